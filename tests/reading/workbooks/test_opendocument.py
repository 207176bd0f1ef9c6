"""OpenDocument workbooks: what the cell shows against the value that it holds."""

from zipfile import ZipFile

import pytest

from sdsf_analysis.errors import ReadingError
from sdsf_analysis.reading.files import open_file
from sdsf_analysis.reading.layout import find_tables
from sdsf_analysis.reading.sheet import Range
from sdsf_analysis.reading.workbooks.marks import NOT_COMPUTED

NAMES = (
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    ' xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"'
)
HEAD = '<office:body><office:spreadsheet><table:table table:name="LAEP">'
TAIL = "</table:table></office:spreadsheet></office:body></office:document-content>"
START = f"<office:document-content{NAMES}><office:automatic-styles>"
MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MIMETYPE}"/></manifest:manifest>'
)


@pytest.fixture
def ods(tmp_path):
    def write(rows, mimetype=MIMETYPE, styles="", common=""):
        path = tmp_path / "LAEP.ods"
        with ZipFile(path, "w") as archive:
            archive.writestr("mimetype", mimetype)
            archive.writestr("META-INF/manifest.xml", MANIFEST)
            if common:
                written = f"<office:styles>{common}</office:styles>"
                archive.writestr(
                    "styles.xml", f"<office:document-styles{NAMES}>{written}</office:document-styles>"
                )
            archive.writestr(
                "content.xml", START + styles + "</office:automatic-styles>" + HEAD + rows + TAIL
            )
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


def text(shown, more="", tag="table-cell"):
    return f'<table:{tag} office:value-type="string" {more}><text:p>{shown}</text:p></table:{tag}>'


def spanned(shown, rows=1, columns=1):
    spans = f'table:number-rows-spanned="{rows}" table:number-columns-spanned="{columns}"'
    return text(shown, spans) + '<table:covered-table-cell table:number-columns-repeated="1"/>' * (
        columns - 1
    )


COVERED = "<table:covered-table-cell/>"


def test_labels_merged_over_columns_and_rows_make_paths(ods):
    top = row(spanned("Commune", rows=2), spanned("Places", columns=2), spanned("Observations", rows=2))
    below = row(COVERED, text("2023"), text("2024"), COVERED)
    body = [row(text(name), number(20, "20"), number(25, "25"), text("")) for name in ("Gex", "Ornex")]
    sheet = open_file(ods(top + below + "".join(body))).sheets[0]
    assert sheet.merged == (Range(1, 1, 2, 1), Range(1, 2, 1, 3), Range(1, 4, 2, 4))
    (table,) = find_tables(sheet)
    assert table.header_rows == (1, 2) and table.n_data_rows == 2
    assert [column.path for column in table.columns][:3] == [
        ("Commune",),
        ("Places", "2023"),
        ("Places", "2024"),
    ]


def test_merged_cells_repeated_by_row_are_as_many_ranges_up_to_the_last_value(ods):
    alike = row(spanned("Gex", columns=2), number(3, "3"), repeated=2)
    blank = row('<table:table-cell table:number-columns-spanned="2"/>' + COVERED, repeated=1_000_000)
    sheet = open_file(ods(alike + row(text("Total"), COVERED, number(6, "6")) + blank)).sheets[0]
    assert sheet.merged == (Range(1, 1, 1, 2), Range(2, 1, 2, 2))


def test_a_merge_beyond_the_sheet_ends_with_it_and_a_covered_text_stays(ods):
    huge = text("Pays de Gex", 'table:number-rows-spanned="999999999" table:number-columns-spanned="99999"')
    under = text("Thoiry", tag="covered-table-cell")
    sheet = open_file(ods(row(huge, number(3, "3")) + row(under, number(4, "4")))).sheets[0]
    assert sheet.merged == (Range(1, 1, 1_048_576, 16_384),)
    assert sheet.rows == [["Pays de Gex", 3.0], ["Thoiry", 4.0]]


def test_a_span_that_is_no_number_is_a_damaged_file(ods):
    with pytest.raises(ReadingError) as caught:
        open_file(ods(row(text("Gex", 'table:number-columns-spanned="deux"'))))
    assert caught.value.code == "file_unreadable"


WHITE = (
    '<style:style style:name="Blanc_5f_1" style:display-name="Blanc_1" style:family="table-cell">'
    '<style:text-properties fo:color="#ffffff"/></style:style>'
)
BELOW_FIVE = (
    '<number:number-style style:name="N1P0"><number:text>&lt;5</number:text></number:number-style>'
    '<number:number-style style:name="N1"><number:number number:min-integer-digits="1"/>'
    '<style:map style:condition="value()&lt;5" style:apply-style-name="N1P0"/></number:number-style>'
    '<style:style style:name="Secret" style:family="table-cell" style:data-style-name="N1"/>'
)
VALUES = (3, 12, 8)


def column(styled="", shown="{}"):
    return "".join(row(text("Gex"), number(v, shown.format(v), more=styled)) for v in VALUES)


def read_column(path):
    return [cells[1] for cells in open_file(path).sheets[0].rows]


@pytest.mark.parametrize(
    ("condition", "look", "shown"),
    [
        ("&lt;5", "Blanc_1", ["", 12, 8]),
        ("between(5,10)", "Blanc_1", [3, 12, ""]),
        ("not-between(5,10)", "Blanc_1", ["", "", 8]),
        ("!=3", "Blanc_1", [3, "", ""]),
        ("&lt;[.$Z$1]", "Blanc_1", ["", "", ""]),
        ("formula-is([.B1]&lt;5)", "Blanc_1", ["", "", ""]),
        ("top-elements(2)", "Blanc_1", ["", "", ""]),
        ("formula-is(ISERROR([.B1]))", "Blanc_1", [3, 12, 8]),
        ("formula-is(ISBLANK([.C1]))", "Blanc_1", ["", "", ""]),
        ("contains-text(&quot;nd&quot;)", "Blanc_1", [3, 12, 8]),
        ("is-error", "Blanc_1", [3, 12, 8]),
        ("&lt;100", "Secret", ["<5", 12, 8]),
        ("&lt;5", "Inconnu", [3, 12, 8]),
    ],
)
def test_a_conditional_format_that_hides_a_number_hides_it_here(ods, condition, look, shown):
    rule = (
        "<calcext:conditional-formats><calcext:conditional-format calcext:target-range-address="
        f'"LAEP.B1:LAEP.B3"><calcext:condition calcext:apply-style-name="{look}" calcext:value="{condition}"'
        ' calcext:base-cell-address="LAEP.B1"/></calcext:conditional-format></calcext:conditional-formats>'
    )
    assert read_column(ods(column() + rule, common=WHITE + BELOW_FIVE)) == shown


@pytest.mark.parametrize(
    ("condition", "look", "shown"),
    [
        ("cell-content()&lt;5", "Blanc_5f_1", ["", 12, 8]),
        ("cell-content-is-between(5,10)", "Blanc_5f_1", [3, 12, ""]),
        ("cell-content-is-not-between(5,10)", "Blanc_5f_1", ["", "", 8]),
        ("is-true-formula([.B1]&lt;5)", "Blanc_5f_1", ["", "", ""]),
        ("is-true-formula(ISNA([.B1]))", "Blanc_5f_1", [3, 12, 8]),
        ("cell-content()&lt;100", "Secret", ["<5", 12, 8]),
    ],
)
def test_a_condition_that_a_style_bears_hides_alike(ods, condition, look, shown):
    style = (
        f'<style:style style:name="ce1" style:family="table-cell"><style:map style:condition="{condition}"'
        f' style:apply-style-name="{look}" style:base-cell-address="LAEP.B1"/></style:style>'
    )
    styled = column('table:style-name="ce1"')
    assert read_column(ods(styled, styles=style, common=WHITE + BELOW_FIVE)) == shown


def test_a_number_format_hides_whatever_text_its_writer_left(ods):
    styled = 'table:style-name="Secret"'
    assert read_column(ods(column(styled), styles=BELOW_FIVE)) == ["<5", 12, 8]
    assert read_column(ods(column(styled, shown=""), styles=BELOW_FIVE))[0] in ("", "<5")


def test_a_format_that_shows_nothing_hides_every_value_zero_included(ods):
    nothing = "<number:text/></number:number-style>"
    parts = "".join(f'<number:number-style style:name="N2P{i}">{nothing}' for i in range(3))
    maps = "".join(
        f'<style:map style:condition="value(){test}0" style:apply-style-name="N2P{i}"/>'
        for i, test in enumerate(("&gt;", "&lt;", "="))
    )
    style = (
        f'{parts}<number:text-style style:name="N2"><number:text/>{maps}</number:text-style>'
        '<style:style style:name="Rien" style:family="table-cell" style:data-style-name="N2"/>'
    )
    more = 'table:style-name="Rien"'
    cells = row(number(3, "", more=more), number(0, "", more=more), text("Gex", more), number(5, "5"))
    assert open_file(ods(cells, styles=style)).sheets[0].rows == [["", "", "", 5.0]]


def formatted(code):
    return (
        f'{code}<style:style style:name="ce1" style:family="table-cell" style:data-style-name="N1"/>',
        'table:style-name="ce1"',
    )


def test_a_fraction_or_a_rounded_number_is_seen(ods):
    style, more = formatted(
        '<number:number-style style:name="N1"><number:fraction number:min-denominator-digits="1"/>'
        "</number:number-style>"
    )
    cells = row(number(0.5, "1/2", more=more), number(0.5, "n° 1", more=more), number(7, "***", more=more))
    assert open_file(ods(cells, styles=style)).sheets[0].rows == [[0.5, 0.5, "***"]]


def test_a_zero_shown_as_a_dash_by_an_accounting_format_is_a_zero(ods):
    figure = "<number:number/></number:number-style>"
    style, more = formatted(
        f'<number:number-style style:name="N1P0">{figure}<number:number-style style:name="N1P1">{figure}'
        '<number:number-style style:name="N1"><number:text>-</number:text>'
        '<style:map style:condition="value()&gt;0" style:apply-style-name="N1P0"/>'
        '<style:map style:condition="value()&lt;0" style:apply-style-name="N1P1"/></number:number-style>'
    )
    cells = row(number(0, "-", more=more), number(12, "12", more=more), number(-4, "4", more=more))
    assert open_file(ods(cells, styles=style)).sheets[0].rows == [[0, 12, -4]]
