"""A file received written anew as an .xlsx: same sheets, same addresses, nothing that was hidden."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO
from math import isfinite
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import OverlappingRange

from sdsf_analysis.model.problems import Severity
from sdsf_analysis.publish.returns.remarks import COLOURS, Remark, by_sheet, colours, comments, said
from sdsf_analysis.publish.returns.summary import MAX_NAME, free_name, write_summary
from sdsf_analysis.reading.sheet import Cell, Place, Sheet, SourceFile
from sdsf_analysis.reading.text import is_blank

AUTHOR = "SDSF"
OPTIONS = {
    # a text of the file never becomes a formula, a link or a number
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": True,
}
# Any date that is not the clock's: the same input gives the same bytes.
CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook's date bears no time zone
ONLY_SHEET = "Données"
_MAX_WIDTH, _USUAL_WIDTH, _ROWS_MEASURED = 40, 9, 200
_FIRST_DAY = date(1900, 3, 1)
_MAX_CHARACTERS = 32_767
_FORBIDDEN = frozenset("[]:*?/\\")


def rewrite(opened: SourceFile, title: str, some: list[Remark]) -> bytes:
    """Write a file as a workbook whose cells in cause are coloured and commented.

    Parameters
    ----------
    opened : SourceFile
        The file; what its number formats hide is not in it.
    title : str
        Its name, for the sheet « À corriger ».
    some : list of Remark

    Returns
    -------
    bytes
        The .xlsx, the same for the same input.

    Examples
    --------
    >>> rewrite(SourceFile("a.csv", "csv", (Sheet(None, [["=1+1"]]),)), "a.csv", [])[:2]
    b'PK'
    """
    stream = BytesIO()
    has_merges = any(sheet.merged for sheet in opened.sheets)
    # rows written one after the other need little memory; a merge needs those under it
    book = xlsxwriter.Workbook(stream, OPTIONS | {"constant_memory": not has_merges})
    book.set_properties({"created": CREATED})
    names = sheet_names(opened)
    told, shown = by_sheet(some), by_sheet(said(some)[0])
    looks = _Looks(book)
    for sheet in opened.sheets:
        key = sheet.name or ""
        target = book.add_worksheet(names[key])
        # a row already written takes no comment
        add_comments(target, comments(shown.get(key, [])))
        _Writer(target, sheet, looks, colours(told.get(key, []))).write()
    summary = book.add_worksheet(free_name(names.values()))
    write_summary(book, summary, title, some, names)
    summary.activate()
    book.close()
    return stream.getvalue()


def sheet_names(opened: SourceFile) -> dict[str, str]:
    """Name that Excel accepts for each sheet of a file, told apart where two become one.

    Examples
    --------
    >>> sheet_names(SourceFile("a", "ods", (Sheet("2023/2024", []), Sheet("2023:2024", []))))
    {'2023/2024': '2023-2024', '2023:2024': '2023-2024 (2)'}
    """
    names: dict[str, str] = {}
    for sheet in opened.sheets:
        plain = "".join("-" if c in _FORBIDDEN else c for c in sheet.name or ONLY_SHEET)
        base = plain.strip("'")[:MAX_NAME] or ONLY_SHEET
        taken = {name.casefold() for name in names.values()}
        tries = (base, *(f"{base[: MAX_NAME - 6]} ({n})" for n in range(2, len(taken) + 3)))
        names[sheet.name or ""] = next(name for name in tries if name.casefold() not in taken)
    return names


def add_comments(target: Any, texts: dict[Place, str]) -> None:
    """Write a comment at each place of a sheet."""
    for (row, column), text in texts.items():
        size = {"width": 320, "height": 24 + 17 * (text.count("\n") + 1 + len(text) // 50)}
        target.write_comment(row - 1, column - 1, text, {"author": AUTHOR, **size})


class _Looks:
    """Cell formats of a workbook, made once for each number format and colour."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[str, Severity | None], Any] = {}

    def of(self, number_format: str, severity: Severity | None) -> Any:
        """Format of a cell, None for a plain one."""
        key = (number_format, severity)
        if not number_format and severity is None:
            return None
        if key not in self._made:
            look = {"num_format": number_format} if number_format else {}
            colour = {"bg_color": COLOURS[severity]} if severity else {}
            self._made[key] = self._book.add_format(look | colour)
        return self._made[key]


@dataclass(frozen=True)
class _Writer:
    """Writes the cells of one sheet, some of them coloured."""

    target: Any
    sheet: Sheet
    looks: _Looks
    coloured: dict[Place, Severity]

    def write(self) -> None:
        """Write the sheet from top to bottom."""
        self._lay_out()
        merged = {(block.top, block.left): block for block in self.sheet.merged}
        extra: dict[int, list[int]] = {}
        for row, column in self.coloured:
            if self.sheet.cell(row, column) is None:
                extra.setdefault(row, []).append(column)
        for row in range(1, max([len(self.sheet.rows), *extra]) + 1):
            cells = self.sheet.rows[row - 1] if row <= len(self.sheet.rows) else []
            blank = ((column, None) for column in sorted(extra.get(row, ())) if column > len(cells))
            for column, cell in (*enumerate(cells, start=1), *blank):
                if block := merged.get((row, column)):
                    _merge(self.target, block)
                self._write_cell((row, column), cell)

    def _lay_out(self) -> None:
        for column, width in enumerate(_widths(self.sheet)):
            self.target.set_column(column, column, width)
        for column in self.sheet.marks.hidden_columns:
            self.target.set_column(column - 1, column - 1, None, None, {"hidden": True})
        for row in sorted(self.sheet.marks.hidden_rows):
            self.target.set_row(row - 1, None, None, {"hidden": True})
        if self.sheet.hidden:
            self.target.hide()

    def _write_cell(self, place: Place, cell: Cell) -> None:
        is_percent = place in self.sheet.marks.percents
        write, value, number_format = _as_written(self.target, cell, is_percent=is_percent)
        look = self.looks.of(number_format, self.coloured.get(place))
        if value is not None:
            write(place[0] - 1, place[1] - 1, value, look)
        elif look is not None:
            self.target.write_blank(place[0] - 1, place[1] - 1, None, look)


def _widths(sheet: Sheet) -> list[int]:
    """Width of each column, by the texts of its first rows."""
    widths: list[int] = []
    for row in sheet.rows[:_ROWS_MEASURED]:
        alone = sum(not is_blank(cell) for cell in row) < 2
        widths += [_USUAL_WIDTH] * (len(row) - len(widths))
        for column, cell in enumerate(row):
            # a title runs over the columns that follow
            if not alone and isinstance(cell, str):
                widths[column] = max(widths[column], min(len(cell) + 2, _MAX_WIDTH))
    return widths


def _merge(target: Any, block: Any) -> None:
    try:
        target.merge_range(block.top - 1, block.left - 1, block.bottom - 1, block.right - 1, "")
    except OverlappingRange:
        return


def _as_written(target: Any, cell: Cell, *, is_percent: bool) -> tuple[Callable[..., int], Any, str]:
    """How a cell is written: the function, the value (None for a blank), the number format."""
    if isinstance(cell, bool):
        return target.write_boolean, cell, ""
    if isinstance(cell, int | float):
        if not isfinite(cell):
            return target.write_string, str(cell), ""
        return target.write_number, cell, "0.0%" if is_percent else ""
    if isinstance(cell, datetime | date):
        return _date_as_written(target, cell)
    if isinstance(cell, time | timedelta):
        return target.write_datetime, cell, "[hh]:mm:ss"
    return target.write_string, None if is_blank(cell) else str(cell)[:_MAX_CHARACTERS], ""


def _date_as_written(target: Any, day: date) -> tuple[Callable[..., int], Any, str]:
    """Excel counts a day that never was, 29 February 1900: what comes before it is a text."""
    has_hour = isinstance(day, datetime) and day.time() != time()
    whole = day.date() if isinstance(day, datetime) else day
    if whole < _FIRST_DAY:
        return target.write_string, day.isoformat(), ""
    return target.write_datetime, day, "dd/mm/yyyy hh:mm" if has_hour else "dd/mm/yyyy"
