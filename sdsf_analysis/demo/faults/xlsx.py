"""Write a draft as an Excel workbook, with formats, hidden parts, filters, strikes and colours."""

import io
from typing import Any

import openpyxl
from openpyxl.comments import Comment
from openpyxl.packaging.relationship import Relationship
from openpyxl.styles import Font, PatternFill
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.workbook.external_link.external import ExternalBook, ExternalLink
from openpyxl.worksheet.worksheet import Worksheet

from sdsf_analysis.demo.faults.page import Draft, Page
from sdsf_analysis.demo.placing import column_letters

LAST_ROW = 1_048_576
GREY = PatternFill("solid", fgColor="FFD9D9D9")
STRUCK = Font(strike=True)


def as_xlsx(draft: Draft) -> bytes:
    """Bytes of an .xlsx workbook; a text that begins with « = » is a formula never computed.

    Examples
    --------
    >>> from sdsf_analysis.demo.faults.clean import clean_draft
    >>> as_xlsx(clean_draft("01", "a"))[:2]
    b'PK'
    """
    book = openpyxl.Workbook()
    book.remove(book.active)
    if draft.mac_dates:
        book.epoch = CALENDAR_MAC_1904
    for page in draft.pages:
        _fill(book.create_sheet(page.name), page)
    if draft.linked:
        book._external_links.append(_link())
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _fill(sheet: Worksheet, page: Page) -> None:
    for row, line in enumerate(page.lines, start=1):
        for column, spot in enumerate(line.spots, start=1):
            if spot.value is not None or spot.look:
                _write(sheet.cell(row, column), spot.value, spot.form, spot.look)
            if spot.span != (1, 1):
                down, right = spot.span
                sheet.merge_cells(None, row, column, row + down - 1, column + right - 1)
        if line.hidden:
            sheet.row_dimensions[row].hidden = True
    for column in page.hidden_columns:
        sheet.column_dimensions[column_letters(column - 1)].hidden = True
    if page.filtered:
        _filter(sheet, page)
    if page.ghost:
        sheet.cell(LAST_ROW, 1).fill = GREY
    sheet.sheet_state = "hidden" if page.hidden else "visible"


def _write(cell: Any, value: object, form: str, look: str) -> None:
    cell.value = value
    if form:
        cell.number_format = form
    if look == "struck":
        cell.font = STRUCK
    if look == "coloured":
        cell.fill = GREY
    if look == "commented":
        cell.comment = Comment("à vérifier", "Données fictives")


def _link() -> ExternalLink:
    """Link to a workbook of a lost drive."""
    link = ExternalLink(externalBook=ExternalBook())
    link.file_link = Relationship(
        type="externalLinkPath", Target="file:///K:/suivi.xlsx", TargetMode="External"
    )
    return link


def _filter(sheet: Worksheet, page: Page) -> None:
    top, bottom = page.rows("header")[-1], page.rows("body")[-1]
    sheet.auto_filter.ref = f"A{top}:{column_letters(len(page.columns) - 1)}{bottom}"
    sheet.auto_filter.add_filter_column(0, ["visible"])
