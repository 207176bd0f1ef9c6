"""The sheets of the indicators: one per theme for its tables, one per list."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sdsf_analysis.model.french import NO_VALUE
from sdsf_analysis.publish.workbook.asked import Answered
from sdsf_analysis.publish.workbook.book import Book, widths_of
from sdsf_analysis.publish.workbook.charts import ROW_PX, Place, curves, ranked_bars
from sdsf_analysis.publish.workbook.grids import Grid
from sdsf_analysis.publish.workbook.plan import CONTENTS, ListPart, TablePart

_TOP, _WIDE = 3, 110
_EMPTY = "Aucune ligne : rien à montrer à cette date."
_UNKNOWN = "Aucune valeur connue, pour aucun de ces territoires."


def write_theme(book: Book, parts: Sequence[Answered], lists: Sequence[Answered]) -> None:
    """Write the sheet of a theme: its tables one under the other, each with its filter, then its chart.

    Parameters
    ----------
    book : Book
    parts, lists : sequence of Answered
        Tables of the sheet, one at least; lists of the theme, for the links.
    """
    theme = parts[0].theme
    sources = "\u00a0; ".join(dict.fromkeys(part.entry.source for part in parts))
    sheet = book.sheet(theme.sheet, theme.title, theme.colour, sources, back=CONTENTS)
    widths = widths_of([part.grid for part in parts if _tells(part.grid)]) or [_WIDE]
    _set_widths(sheet, widths)
    sheet.freeze_panes(_TOP, 1)
    sheet.repeat_rows(0, _TOP - 1)
    row, said = _TOP, set[str]()
    for one in lists:
        book.link(sheet, row, 0, one.part.sheet, f"→ {one.part.sheet}")  # type: ignore[union-attr]
        row += 1
    for part in parts:
        # two tables of one answer have the same remark
        remark = "" if part.remark in said else part.remark
        row = _write_part(book, sheet, row + 1, replace(part, remark=remark), widths)
        said.add(part.remark)


def write_list(book: Book, one: Answered) -> None:
    """Write the sheet of a list: titles that stay in sight, filter, what must be said above.

    Parameters
    ----------
    book : Book
    one : Answered
        Of a `ListPart`.
    """
    part = one.part
    assert isinstance(part, ListPart)  # noqa: S101 - what the plan says
    title = f"{one.entry.label}, {one.period}" if one.period else one.entry.label
    sheet = book.sheet(part.sheet, title, one.theme.colour, one.entry.source, back=CONTENTS)
    widths = widths_of([one.grid]) if one.grid.rows else [_WIDE]
    _set_widths(sheet, widths)
    row = _TOP
    if one.remark:
        book.paragraph(sheet, row, one.remark, _readable(widths))
        row += 1
    if not one.grid.rows:
        book.write(sheet, row, 0, "" if one.remark else _EMPTY, italic=True)
        sheet.freeze_panes(_TOP, 0)
        return
    book.table(sheet, row, one.grid, part.name, widths)
    sheet.freeze_panes(row + 1, 1)
    sheet.repeat_rows(row)


def _write_part(book: Book, sheet: Any, row: int, part: Answered, widths: Sequence[float]) -> int:
    """Write a table under its title and its remark; give the row for the next one."""
    assert isinstance(part.part, TablePart)  # noqa: S101 - what the plan says
    book.write(sheet, row, 0, _heading(part), bold=True, font_size=12)
    row += 1
    nothing = "" if _tells(part.grid) else _UNKNOWN if part.grid.rows else _EMPTY
    if part.remark or nothing:
        book.paragraph(sheet, row, f"{part.remark} {nothing}".strip(), _readable(widths))
        row += 1
    if nothing:
        return row + 1
    after = book.table(sheet, row, part.grid, f"{part.part.name}{part.part.start}".rstrip("_"), widths)
    drawn = _chart(book, sheet, row, part)
    if not drawn:
        return after + 1
    chart, height = drawn
    # a filter that hides rows moves the chart and leaves its size
    sheet.insert_chart(after + 1, 0, chart, {"object_position": 2, "description": part.entry.label})
    return after + 2 + -(-height // ROW_PX)


def _tells(grid: Grid) -> bool:
    """Whether a table holds a number, or something else than « n. d. » where one is due."""
    cells = [cell for row in [*grid.rows, grid.foot] for cell in row]
    return any(isinstance(one.value, float) or (one.is_status and one.value != NO_VALUE) for one in cells)


def _heading(part: Answered) -> str:
    own = part.part.title if isinstance(part.part, TablePart) else ""
    unit = f" (en {part.grid.unit})" if part.grid.unit else ""
    return f"{own or part.entry.label}{unit}" + (f", {part.period}" if part.period else "")


def _chart(book: Book, sheet: Any, row: int, part: Answered) -> tuple[Any, int] | None:
    place = Place(book.book, sheet, row)
    if part.grid.titles[0] == "Date":
        return curves(place, part.grid, part.entry.label)
    return ranked_bars(place, part.grid, _heading(part), part.theme.colour)


def _set_widths(sheet: Any, widths: Sequence[float]) -> None:
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)


def _readable(widths: Sequence[float]) -> list[float]:
    """Columns over which a text is read without turning the head."""
    kept: list[float] = []
    for width in widths:
        if sum(kept) >= _WIDE:
            break
        kept.append(width)
    return kept
