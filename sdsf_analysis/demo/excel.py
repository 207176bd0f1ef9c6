"""Write a document as an Excel workbook, with the same bytes each time."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from sdsf_analysis.demo.cells import Document, Fault, Role, Sheet, plain
from sdsf_analysis.demo.placing import Placed, filter_range, place, planted, told_once

CREATED = datetime(2025, 1, 15, 9, 0)  # noqa: DTZ001 - a workbook's date bears no time zone
HEADER_HEIGHT = 32
TEXT_WIDTH = 100
NUMBER_FORMATS = {
    "integer": "#,##0",
    "decimal": "0.00",
    "decimals": "#,##0.00",
    "percent": "0.0%",
    "points": "0.0",
    "date": "dd/mm/yyyy",
    "day_month": "d-mmm",
    "code": "@",
    "year": "0",
    "masked": '"<5"',
}
HEADER_LOOK: dict[str, Any] = {
    "bold": True,
    "bg_color": "#DDEBF7",
    "border": 1,
    "text_wrap": True,
    "align": "center",
    "valign": "vcenter",
}
ROLE_LOOKS: dict[Role, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 13},
    "heading": {"bold": True, "font_size": 12, "font_color": "#1F4E79"},
    "header": HEADER_LOOK,
    "repeated": HEADER_LOOK,
    "body": {"border": 1, "border_color": "#BFBFBF", "valign": "vcenter"},
    "closed": {"border": 1, "border_color": "#BFBFBF", "bg_color": "#D9D9D9", "font_color": "#7F7F7F"},
    "struck": {"border": 1, "border_color": "#BFBFBF", "font_strikeout": True},
    "subtotal": {"border": 1, "bold": True, "bg_color": "#F2F2F2"},
    "total": {"border": 1, "bold": True, "bg_color": "#D9E1F2"},
    "note": {"italic": True, "font_size": 9},
}


class Looks:
    """Cell formats of a workbook, made once for each role and style."""

    def __init__(self, workbook: xlsxwriter.Workbook) -> None:
        self._workbook = workbook
        self._made: dict[tuple[Role, str, bool], Any] = {}

    def of(self, item: Placed) -> Any:
        """Return the format of a placed cell."""
        key = (item.role, item.cell.style, item.is_merged)
        if key not in self._made:
            self._made[key] = self._workbook.add_format(_look(*key))
        return self._made[key]


def write_workbook(document: Document, folder: Path) -> list[Fault]:
    """Write a document as .xlsx.

    Parameters
    ----------
    document : Document
        What to write; its name ends with .xlsx.
    folder : Path
        Where to write it.

    Returns
    -------
    list of Fault
        The planted faults, in reading order, each at the address where it was written.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from sdsf_analysis.demo.cells import Cell, Column, Row, Table
    >>> rows = (Row((Cell("12*", fault="note_mark"),)),)
    >>> document = Document("a.xlsx", (Sheet("s", ("t",), (Table("s", (Column(("n",)),), rows=rows),)),))
    >>> with TemporaryDirectory() as folder:
    ...     write_workbook(document, Path(folder))[0].cell
    'A4'
    """
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    noted: list[tuple[Fault, str]] = []
    with xlsxwriter.Workbook(folder / document.name, options) as workbook:
        workbook.set_properties({"author": "Données fictives", "created": CREATED})
        looks = Looks(workbook)
        for sheet in document.sheets:
            placed = place(sheet)
            _write_sheet(workbook.add_worksheet(sheet.name), sheet, placed, looks)
            noted += planted(document.name, sheet.name, placed)
    return told_once(noted)


def _look(role: Role, style: str, is_merged: bool) -> dict[str, Any]:
    look = ROLE_LOOKS[role] | ({"num_format": NUMBER_FORMATS[style]} if style in NUMBER_FORMATS else {})
    if is_merged and role == "body":
        look |= {"text_wrap": True, "valign": "top"}
    return look | ({"align": "center"} if style == "tick" else {})


def _write_sheet(worksheet: Any, sheet: Sheet, placed: list[Placed], looks: Looks) -> None:
    widths = [column.width for table in sheet.tables[:1] for column in table.columns] or [TEXT_WIDTH]
    for index, width in enumerate(widths):
        worksheet.set_column(index, index, width)
    for item in placed:
        _write_cell(worksheet, item, looks.of(item))
    _write_filter(worksheet, sheet, placed)
    headers = {row for item in placed if item.role == "header" for row in range(item.row, item.last_row + 1)}
    for row in headers - {row - 1 for row in headers}:
        worksheet.set_row(row, HEADER_HEIGHT)
    if len(sheet.tables) == 1:
        worksheet.freeze_panes(max(headers) + 1, 0)
    worksheet.set_landscape()
    worksheet.fit_to_pages(1, 0)


def _write_filter(worksheet: Any, sheet: Sheet, placed: list[Placed]) -> None:
    """Filter that hides the hidden rows: it shows the other values of its column."""
    hidden = {item.row for item in placed if item.hidden}
    if not hidden:
        return
    worksheet.autofilter(filter_range(placed))
    table = sheet.tables[0]
    column = [column.path[-1] for column in table.columns].index(table.filtered_on)
    shown = {str(plain(row.cells[column])) for row in table.rows if not row.hidden}
    worksheet.filter_column_list(column, sorted(shown))
    for row in hidden:
        worksheet.set_row(row, None, None, {"hidden": True})


def _write_cell(worksheet: Any, item: Placed, look: Any) -> None:
    if item.is_merged:
        worksheet.merge_range(item.row, item.column, item.last_row, item.last_column, None, look)
    match item.cell.value:
        case None:
            worksheet.write_blank(item.row, item.column, None, look)
        case str() as text:
            worksheet.write_string(item.row, item.column, text, look)
        case date() as day:
            worksheet.write_datetime(item.row, item.column, day, look)
        case number:
            worksheet.write_number(item.row, item.column, number, look)
