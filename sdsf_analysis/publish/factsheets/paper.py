"""A fact sheet on paper: two A4 pages drawn by matplotlib, so that no browser is needed."""

from collections.abc import Sequence
from textwrap import wrap
from typing import Any, NamedTuple

from matplotlib.axes import Axes

from sdsf_analysis.figures.frame import panel
from sdsf_analysis.figures.ground import Ground
from sdsf_analysis.figures.style import ACCENT, INK, MUTED, RULE, WARNING, Page, house_style
from sdsf_analysis.model.french import spaced
from sdsf_analysis.publish.factsheets.facts import Line
from sdsf_analysis.publish.factsheets.sections import Section
from sdsf_analysis.publish.factsheets.sheet import Sheet

SIZE_MM = (210.0, 297.0)
_MARGIN_MM, _GUTTER_MM, _TOP_MM, _BOTTOM_MM = 12.0, 8.0, 28.0, 17.0
_COLUMN_MM = (SIZE_MM[0] - 2 * _MARGIN_MM - _GUTTER_MM) / 2
_MAP_MM = 62.0
_ROW_MM, _LINE_MM, _HEADING_MM, _GAP_MM, _NOTE_MM = 4.3, 3.2, 6.4, 4.0, 3.0
_TEXT_PT, _SMALL_PT, _HEADING_PT = 7.0, 6.0, 8.5
# letters of a label beside its two numbers, of a paragraph, of a note
_LABEL_LETTERS, _ALONE_LETTERS, _PARAGRAPH_LETTERS, _NOTE_LETTERS = 33, 30, 66, 78
_HERE_MM, _NUMBER_LETTERS, _SHORT_LETTERS, _BESIDE_LONG_LETTERS = 61.0, 19, 8, 22


Row = tuple[list[str], list[str], list[str]]


class Block(NamedTuple):
    """Something that stands in a column: its height, and how it is drawn from its top."""

    height: float
    section: Section | None
    words: tuple[str, Sequence[str]] | None


def as_pages(sheet: Sheet, here: Ground) -> list[Page]:
    """Draw the sheet of a territory on A4 pages, in two columns.

    Parameters
    ----------
    sheet : Sheet
    here : Ground
        Of the département.

    Returns
    -------
    list of Page
        Two where all fits, more where the analyst wrote much.
    """
    blocks = [Block(_section_height(section), section, None) for section in sheet.sections]
    blocks += [
        Block(_words_height(paragraphs), None, (title, paragraphs)) for title, paragraphs in sheet.words
    ]
    pages: list[Page] = []
    with house_style():
        axes, top, column = _new_page(sheet, pages, here), _MAP_MM + _GAP_MM, 0
        for block in blocks:
            if top + block.height > _room() and top > 0:
                column, top = column + 1, 0.0
                if column == 2:
                    axes, column = _new_page(sheet, pages, here), 0
            left = column * (_COLUMN_MM + _GUTTER_MM)
            _draw(axes, block, left, _room() - top)
            top += block.height + _GAP_MM
        for number, page in enumerate(pages, 1):
            _foot(page, sheet, f"{number} / {len(pages)}")
    return pages


def _room() -> float:
    return SIZE_MM[1] - _TOP_MM - _BOTTOM_MM


def _new_page(sheet: Sheet, pages: list[Page], here: Ground) -> Axes:
    page = Page(SIZE_MM)
    page.alt_text = f"Fiche de territoire : {sheet.name}."
    width, height = SIZE_MM
    page.text(
        _MARGIN_MM / width, 1 - 12 / height, _cut(sheet.name, 58), size=15, weight="bold", color=INK, va="top"
    )
    page.text(_MARGIN_MM / width, 1 - 20 / height, sheet.subtitle, size=7.5, color=MUTED, va="top")
    if sheet.fictitious:
        corner = 1 - _MARGIN_MM / width, 1 - 8 / height
        page.text(
            *corner, "DONNÉES FICTIVES", size=7.5, weight="bold", color=WARNING, ha="right", va="center"
        )
    axes = panel(page, _MARGIN_MM, _BOTTOM_MM, width - 2 * _MARGIN_MM, _room())
    axes.plot([0, width - 2 * _MARGIN_MM], [_room() + 2.5] * 2, color=ACCENT, lw=1.6, clip_on=False)
    if not pages:
        draw_locator(page, here, sheet, (_MARGIN_MM, _BOTTOM_MM + _room() - _MAP_MM, _COLUMN_MM, _MAP_MM))
    pages.append(page)
    return axes


def draw_locator(page: Page, here: Ground, sheet: Sheet, place: tuple[float, float, float, float]) -> Axes:
    """Draw where a territory is in its département.

    Parameters
    ----------
    page : Page
    here : Ground
    sheet : Sheet
    place : tuple of float
        Left, bottom, width, height, in millimetres.
    """
    axes = panel(page, *place)
    inside = here.communes[here.communes["code"].isin(sheet.communes)]
    here.whole.plot(ax=axes, facecolor="#F1F1EF", edgecolor=INK, linewidth=0.9)
    if len(inside):
        inside.plot(ax=axes, facecolor=ACCENT, edgecolor=ACCENT, linewidth=0.3)
    here.epci.boundary.plot(ax=axes, color=INK, linewidth=0.4)
    west, south, east, north = here.bounds
    scale = max((east - west) / place[2], (north - south) / place[3]) * 1.03
    middle, centre = (west + east) / 2, (south + north) / 2
    axes.set_xlim(middle - scale * place[2] / 2, middle + scale * place[2] / 2)
    axes.set_ylim(centre - scale * place[3] / 2, centre + scale * place[3] / 2)
    return axes


def _section_height(section: Section) -> float:
    rows = sum(_row_height(_row(line)) for line in section.lines)
    return _HEADING_MM + (_ROW_MM if section.is_compared else 0) + rows + _NOTE_MM * len(_notes(section))


def _words_height(paragraphs: Sequence[str]) -> float:
    return _HEADING_MM + sum(_LINE_MM * len(_paragraph(text)) + 1.2 for text in paragraphs)


def _row(line: Line) -> Row:
    """Lines of a label, of what is known here and of the département: wider where nothing stands beside."""
    if not line.whole:
        return wrap(line.label, _ALONE_LETTERS), wrap(line.here, _ALONE_LETTERS), []
    letters = _LABEL_LETTERS if len(line.here) <= _SHORT_LETTERS else _BESIDE_LONG_LETTERS
    return wrap(line.label, letters), wrap(line.here, _NUMBER_LETTERS), wrap(line.whole, _NUMBER_LETTERS)


def _row_height(row: Row) -> float:
    return _ROW_MM + _LINE_MM * (max(map(len, row)) - 1)


def _paragraph(text: str) -> list[str]:
    return wrap(spaced(text), _PARAGRAPH_LETTERS)


def _notes(section: Section) -> list[str]:
    return wrap(spaced(section.note), _NOTE_LETTERS)


def _draw(axes: Axes, block: Block, left: float, top: float) -> None:
    if block.section is not None:
        _draw_section(axes, block.section, left, top)
    elif block.words is not None:
        _draw_words(axes, *block.words, left, top)


def _draw_section(axes: Axes, section: Section, left: float, top: float) -> None:
    axes.text(left, top, section.title, size=_HEADING_PT, weight="bold", color=ACCENT, va="top")
    top -= _HEADING_MM
    right = left + _COLUMN_MM
    if section.is_compared:
        for place, word in ((left + _HERE_MM, "ici"), (right, "département")):
            axes.text(place, top - 0.6, word, size=_SMALL_PT, color=MUTED, va="top", ha="right")
        top -= _ROW_MM
        axes.plot([left, right], [top + 0.4] * 2, color=INK, lw=0.6)
    for line in section.lines:
        row = _row(line)
        _draw_row(axes, row, left, top)
        top -= _row_height(row)
        axes.plot([left, right], [top + 0.4] * 2, color=RULE, lw=0.4)
    for note in _notes(section):
        axes.text(left, top - 0.4, note, size=_SMALL_PT, color=MUTED, va="top")
        top -= _NOTE_MM


def _draw_row(axes: Axes, row: Row, left: float, top: float) -> None:
    label, here, whole = row
    right = left + _COLUMN_MM
    text: dict[str, Any] = {"size": _TEXT_PT, "va": "top", "linespacing": 1.2}
    axes.text(left, top - 0.4, "\n".join(label), **text)
    axes.text(left + _HERE_MM if whole else right, top - 0.4, "\n".join(here), ha="right", **text)
    if whole:
        axes.text(right, top - 0.4, "\n".join(whole), ha="right", color=MUTED, **text)


def _draw_words(axes: Axes, title: str, paragraphs: Sequence[str], left: float, top: float) -> None:
    axes.text(left, top, title, size=_HEADING_PT, weight="bold", color=ACCENT, va="top")
    top -= _HEADING_MM
    for text in paragraphs:
        lines = _paragraph(text)
        axes.text(left, top, "–", size=_TEXT_PT, va="top")
        axes.text(left + 2.5, top, "\n".join(lines), size=_TEXT_PT, va="top", linespacing=1.2)
        top -= _LINE_MM * len(lines) + 1.2


def _foot(page: Page, sheet: Sheet, number: str) -> None:
    width, height = SIZE_MM
    notes = [line for note in sheet.notes for line in wrap(spaced(note), 165)]
    page.text(
        _MARGIN_MM / width, 6 / height, "\n".join(notes), size=5.5, color=MUTED, va="bottom", linespacing=1.3
    )
    page.text(1 - _MARGIN_MM / width, 6 / height, number, size=6, color=MUTED, ha="right", va="bottom")


def _cut(name: str, letters: int) -> str:
    return name if len(name) <= letters else f"{name[: letters - 1].rstrip()}…"
