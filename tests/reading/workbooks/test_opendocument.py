"""OpenDocument workbooks: what the cell shows against the value that it holds."""

from zipfile import ZipFile

import pytest

from sdsf_analysis.errors import ReadingError
from sdsf_analysis.reading.files import open_file
from sdsf_analysis.reading.workbooks.marks import NOT_COMPUTED

HEAD = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
    '<office:body><office:spreadsheet><table:table table:name="LAEP">'
)
TAIL = "</table:table></office:spreadsheet></office:body></office:document-content>"
MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MIMETYPE}"/></manifest:manifest>'
)


@pytest.fixture
def ods(tmp_path):
    def write(rows, mimetype=MIMETYPE):
        path = tmp_path / "LAEP.ods"
        with ZipFile(path, "w") as archive:
            archive.writestr("mimetype", mimetype)
            archive.writestr("META-INF/manifest.xml", MANIFEST)
            archive.writestr("content.xml", HEAD + rows + TAIL)
        return path

    return write


def number(value, shown, kind="float", more=""):
    text = "" if shown is None else f"<text:p>{shown}</text:p>"
    return (
        f'<table:table-cell office:value-type="{kind}" office:value="{value}" {more}>{text}'
        "</table:table-cell>"
    )


def row(*cells, repeated=1):
    return f'<table:table-row table:number-rows-repeated="{repeated}">{"".join(cells)}</table:table-row>'


EMPTY = '<table:table-cell table:number-columns-repeated="2"/>'


def test_a_number_shown_as_something_else_is_hidden(ods):
    sheet = open_file(
        ods(row(number(3, "&lt;5"), EMPTY, number(4, "***")) + row(number(7, ""), number(5, "&lt;5")))
    ).sheets[0]
    assert sheet.marks.masked == {(1, 1): "<5", (1, 4): "***", (2, 1): "", (2, 2): "<5"}
    assert sheet.rows[0][0] == "<5" and sheet.rows[1][:2] == ["", "<5"]


def test_numbers_however_they_are_shown_stay(ods):
    cells = [
        number(1234.5, "1 234,50 €", "currency"),
        number(0.457, "45,7 %", "percentage"),
        number(12, "12 h"),
        number(0, "-"),
        number(8, None),
        number(3.14159, "3,14"),
    ]
    sheet = open_file(ods(row(*cells))).sheets[0]
    assert sheet.marks.masked == {} and sheet.marks.percents == {(1, 2)}
    assert sheet.rows[0] == [1234.5, 0.457, 12, 0, 8, 3.14159]


def test_repeated_hidden_cells_are_all_hidden(ods):
    cell = number(3, "&lt;5", more='table:number-columns-repeated="2"')
    sheet = open_file(ods(row(cell, repeated=2))).sheets[0]
    assert sheet.rows == [["<5", "<5"], ["<5", "<5"]]


def test_errors_are_named(ods):
    error = (
        '<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value=""'
        ' calcext:value-type="error"><text:p>#DIV/0 !</text:p></table:table-cell>'
    )
    never = '<table:table-cell table:formula="of:=1+1"/>'
    sheet = open_file(ods(row(error, never, number(1, "1")))).sheets[0]
    assert sheet.marks.errors == {(1, 1): "#DIV/0 !", (1, 2): NOT_COMPUTED}


def test_a_cell_far_away_is_refused_and_a_text_document_is_no_table(ods):
    far = row(number(1, "1")) + row(EMPTY, repeated=1_000_000)
    far += row('<table:table-cell table:number-columns-repeated="16000"/>', number(2, "2"))
    with pytest.raises(ReadingError) as caught:
        open_file(ods(far))
    assert caught.value.code == "file_too_large"
    with pytest.raises(ReadingError) as caught:
        open_file(ods(row(), mimetype="application/vnd.oasis.opendocument.text"))
    assert caught.value.code == "file_not_a_table"
