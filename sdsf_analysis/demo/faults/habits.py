"""Habits of senders, beside the numbered faults: years as columns, decomposed accents, remarks in numbers."""

import io
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from zipfile import ZipFile

from sdsf_analysis.demo.dice import Dice
from sdsf_analysis.demo.faults.editing import replaced, said_of_page
from sdsf_analysis.demo.faults.fault import Dirty, in_cell, in_page, times
from sdsf_analysis.demo.faults.files import SEPARATOR_LINE, damaged, is_plain, of_file
from sdsf_analysis.demo.faults.page import Draft, Line, Page, Plant, Reading, Spot

YEARS = {"places": 2022, "children": 2023}
UNSURE: tuple[Callable[[int], str], ...] = (
    lambda count: f"{count}+3",
    lambda count: f"{count} ({count // 2} en août)",
)
FTE: tuple[tuple[str, float], ...] = (
    ("mi-temps", 0.5),
    ("0,8 ETP", 0.8),
    ("17,5/35e", 0.5),
    ("28 h", 0.8),
    ("2 x 0,5", 1.0),
)
WORDS = ("x", "✓", "O", "en cours", "2023-2024", "rentrée 24", "mat./élém.", "-6 / +6")
CHILD_LABELS = ("Nom de l'enfant", "Prénom enfant", "NOM ET PRÉNOM DE L'ENFANT", "Identité de l'enfant")
PDF = b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"


def wide_years(page: Page, _: Dice, plant: Plant) -> Page | None:
    """One column for each year, its label a number."""
    row = page.rows("header")[-1]
    if len({spot.value for spot in page.lines[row - 1].spots}) < len(page.columns):
        return None
    years = (
        replace(spot, value=YEARS.get(name, spot.value))
        for name, spot in zip(page.columns, page.lines[row - 1].spots, strict=False)
    )
    line = replace(page.lines[row - 1], spots=tuple(years))
    return said_of_page(replace(page, lines=(*page.lines[: row - 1], line, *page.lines[row:])), plant)


def decomposed(spot: Spot, _: Dice) -> Spot | None:
    """A name whose accents stand apart from their letters, as macOS writes file names."""
    written = unicodedata.normalize("NFD", str(spot.value))
    return replace(spot, value=written, reading=None) if written != spot.value else None


def with_remark(spot: Spot, _: Dice) -> Spot:
    """A count and what it includes: « 25 dont 2 AVIP »."""
    return replace(spot, value=f"{spot.value} dont 2 AVIP")


def unsure(spot: Spot, dice: Dice) -> Spot:
    """Two numbers in one cell: « 12+3 », « 20 (10 en août) »; neither is the right one for sure."""
    written = dice.pick(UNSURE)(int(spot.truth or 0))
    return Spot(written, Reading("error"))


def fte_in_words(_: Spot, dice: Dice) -> Spot:
    """A full-time equivalent as people write it: « mi-temps », « 17,5/35e »."""
    written, value = dice.pick(FTE)
    return Spot(written, Reading("number", value), value)


def own_words(_: Spot, dice: Dice) -> Spot:
    """A tick, a school year or a band, which are texts and no number, date or missing value."""
    written = dice.pick(WORDS)
    return Spot(written, Reading("text", written))


def commented(page: Page, dice: Dice, plant: Plant) -> Page | None:
    """A comment on a cell, whose value is read and whose text is not."""
    free = [row for row in page.rows("body") if not page.lines[row - 1].is_planted]
    if not free:
        return None
    row, column = dice.pick(free), page.columns.index("operator")
    spot = replace(page.lines[row - 1].spots[column], look="commented")
    return said_of_page(replaced(page, row, {column: spot}), plant)


def linked(draft: Draft, _: Dice) -> Draft:
    """A link to a workbook of a drive that nobody has any more."""
    return replace(draft, linked=True)


def of_children(draft: Draft, dice: Dice) -> Draft:
    """A label that says that each row is a child."""
    page, label = draft.page, dice.pick(CHILD_LABELS)
    row, column = page.rows("header")[-1], page.columns.index("operator")
    return draft.with_page(replaced(page, row, {column: Spot(label)}))


def lock_file(draft: Draft, _: Dice) -> Draft:
    """The small file that Excel leaves beside a workbook that is open."""
    return replace(draft, stem=f"~${draft.stem}", damages=(lambda _: b"\x06Caf de l'Ain".ljust(165, b"\0"),))


def separator_line(page: Page, _: Dice, plant: Plant) -> Page:
    """The line « sep=; » that tells Excel the separator of a text."""
    said = Line("blank", (Spot(SEPARATOR_LINE),))
    return said_of_page(replace(page, lines=(said, *page.lines)), plant)


def wide_text(draft: Draft, _: Dice) -> Draft | None:
    """What Excel calls « Texte Unicode »: UTF-16, tabs."""
    return replace(draft, encoding="utf-16", delimiter="\t") if is_plain(draft) else None


def trailing_blanks(page: Page, _: Dice, plant: Plant) -> Page:
    """Empty cells at the end of every line, as Excel writes columns that were once used."""
    lines = tuple(replace(line, spots=(*line.spots, *(Spot(),) * 3)) for line in page.lines)
    return said_of_page(replace(page, lines=lines), plant)


def archived(draft: Draft, _: Dice) -> Draft:
    """The file inside a zip, beside what macOS adds."""
    return replace(draft, suffix=".zip", damages=(*draft.damages, partial(_zipped, draft.name)))


def _zipped(name: str, content: bytes) -> bytes:
    stream = io.BytesIO()
    with ZipFile(stream, "w") as archive:
        archive.writestr(name, content)
        archive.writestr(f"__MACOSX/._{name}", b"\0")
    return stream.getvalue()


DIRTY: dict[str, Dirty] = {
    "5": of_file(lock_file),
    "D2": in_page(wide_years),
    "D7": in_cell("commune", decomposed),
    "H1": in_cell("places", with_remark),
    "H2": in_cell("places", unsure),
    "H3": damaged(lambda _: PDF),
    "H4": in_page(separator_line),
    "H5": of_file(wide_text),
    "H6": in_page(trailing_blanks),
    "H7": of_file(archived),
    "H8": in_cell("fte", fte_in_words),
    "H9": times(2, in_cell("remark", own_words)),
    "H10": in_page(commented),
    "H11": of_file(linked),
    "H12": of_file(of_children),
}
