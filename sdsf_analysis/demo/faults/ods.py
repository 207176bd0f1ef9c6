"""Write a draft as an OpenDocument workbook, with what may be hidden or merged in it."""

import io
from datetime import date
from html import escape
from zipfile import ZipFile

from sdsf_analysis.demo.faults.page import Draft, Page, Spot
from sdsf_analysis.demo.faults.showing import covered, shown
from sdsf_analysis.demo.opendocument import HEAD, MANIFEST, MIMETYPE

HIDDEN_STYLE = """<style:style style:name="masque" style:family="table">\
<style:table-properties table:display="false"/></style:style></office:automatic-styles>
"""


def as_ods(draft: Draft) -> bytes:
    """Bytes of an .ods workbook.

    Examples
    --------
    >>> from sdsf_analysis.demo.faults.clean import clean_draft
    >>> as_ods(clean_draft("01", "a", "ods"))[:2]
    b'PK'
    """
    sheets = "".join(_ods_sheet(page) for page in draft.pages)
    body = f"<office:body><office:spreadsheet>{sheets}</office:spreadsheet></office:body>"
    stream = io.BytesIO()
    with ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", MIMETYPE)
        archive.writestr("content.xml", f"{HEAD}{HIDDEN_STYLE}{body}</office:document-content>")
        archive.writestr("META-INF/manifest.xml", MANIFEST)
    return stream.getvalue()


def _ods_sheet(page: Page) -> str:
    hidden = covered(page)
    style = ' table:style-name="masque"' if page.hidden else ""
    columns = "".join(
        f"<table:table-column{_collapsed(column + 1 in page.hidden_columns)}/>"
        for column in range(len(page.columns))
    )
    rows = []
    for row, line in enumerate(page.lines):
        cells = (
            "<table:covered-table-cell/>" if (row, column) in hidden else _ods_cell(spot)
            for column, spot in enumerate(line.spots)
        )
        rows.append(f"<table:table-row{_collapsed(line.hidden)}>{''.join(cells)}</table:table-row>")
    return f'<table:table table:name="{escape(page.name)}"{style}>{columns}{"".join(rows)}</table:table>'


def _collapsed(hidden: bool) -> str:
    return ' table:visibility="collapse"' if hidden else ""


def _ods_cell(spot: Spot) -> str:
    if spot.value is None and spot.span == (1, 1):
        return "<table:table-cell/>"
    spans = f'table:number-rows-spanned="{spot.span[0]}" table:number-columns-spanned="{spot.span[1]}"'
    if spot.value is None:
        return f"<table:table-cell {spans}/>"
    text = f"<text:p>{escape(shown(spot))}</text:p>"
    return f"<table:table-cell {spans} {_ods_type(spot)}>{text}</table:table-cell>"


def _ods_type(spot: Spot) -> str:
    match spot.value:
        case date() as day:
            return f'office:value-type="date" office:date-value="{day.isoformat()}"'
        case int() | float() as value:
            kind = "percentage" if spot.form.endswith("%") else "float"
            return f'office:value-type="{kind}" office:value="{value}"'
        case _:
            return 'office:value-type="string"'
