"""Web pages saved as workbooks: one table is read as the page shows it, several are refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sdsf_analysis.errors import ReadingError
from sdsf_analysis.reading.files import open_file
from sdsf_analysis.reading.sheet import Range
from sdsf_analysis.reading.texts.webpage import read_page

TABLE = "<table><tr><th>Commune<th>Places</tr><tr><td>Gex</td><td>20</td></tr></table>"
OTHER = "<table><tr><td>a<td>b<tr><td>c<td>d<tr><td>e<td>f</table>"


def rows_of(page):
    return read_page(page.encode())[0].rows


def refused(page):
    with pytest.raises(ReadingError) as caught:
        read_page(page.encode())
    return caught.value


def test_a_page_named_xls_is_read_and_said(tmp_path):
    path = tmp_path / "export.xls"
    path.write_bytes(f"<html><head><title>x</title></head><body>{TABLE}</body></html>".encode("cp1252"))
    opened = open_file(path)
    assert opened.format == "html" and [problem.code for problem in opened.problems] == ["file_disguised"]
    assert opened.sheets[0].rows == [["Commune", "Places"], ["Gex", "20"]]


def test_texts_around_the_table_stand_on_their_own_lines():
    page = f"<h1>Places &amp; crèches</h1><p>au 31/12/2023</p>{TABLE}<p>Source : Caf</p><script>x</script>"
    assert rows_of(page) == [
        ["Places & crèches"],
        ["au 31/12/2023"],
        ["Commune", "Places"],
        ["Gex", "20"],
        ["Source : Caf"],
    ]


def test_spans_are_merged_ranges_at_their_places():
    page = (
        "<p>Titre</p><table><tr><th rowspan=2>Commune<th colspan='2'>Places<tr><th>2022<th>2023"
        "<tr><td>Gex<td>1<td>2</table>"
    )
    sheet, _ = read_page(page.encode())
    assert sheet.rows[1:] == [["Commune", "Places", ""], ["", "2022", "2023"], ["Gex", "1", "2"]]
    assert set(sheet.merged) == {Range(2, 1, 3, 1), Range(2, 2, 2, 3)}


def test_a_span_that_overruns_the_table_ends_with_it():
    sheet, _ = read_page(b"<table><tr><td rowspan=60000>a<td>b<tr><td>c</table>")
    assert sheet.rows == [["a", "b"], ["", "c"]] and sheet.merged == (Range(1, 1, 2, 1),)


def test_blanks_and_line_breaks_are_those_that_the_page_shows():
    page = (
        "<table><tr><td> Crèche \n  du<br> <b>Lac</b> </td><td>&nbsp;</td></tr>"
        "<tr><td>1&nbsp;234</td><td><p>a</p><p>b</p></td></tr></table>"
    )
    assert rows_of(page) == [["Crèche du\nLac", ""], ["1\xa0234", "a\nb"]]


def test_a_table_inside_a_table_of_layout_is_the_one():
    assert rows_of(f"<table><tr><td>Titre</td><td>x</td></tr><tr><td>{TABLE}</td></tr></table>") == [
        ["Titre"],
        ["x"],
        ["Commune", "Places"],
        ["Gex", "20"],
    ]


def test_several_tables_are_refused_with_their_sizes():
    error = refused(TABLE + OTHER)
    assert error.code == "file_not_a_table"
    assert "2 tableaux (2 lignes × 2 colonnes, 3 lignes × 2 colonnes)" in str(error)


def test_a_page_without_a_table_is_refused():
    assert "sans tableau" in str(refused("<html><p>Erreur 404</p></html>"))


def test_a_page_that_was_cut_is_refused():
    assert refused(TABLE[:-20]).code == "file_unreadable"


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("utf-8", "utf-8"),
        ("windows-1252", "cp1252"),
        ("iso-8859-1", "cp1252"),
        ("utf-8", "cp1252"),
        ("iso-8859-1", "utf-8"),
        ("inconnu", "cp1252"),
        ("iso-8859-15", "iso-8859-15"),
    ],
)
def test_the_charset_of_the_page_whatever_it_says(said, written):
    page = f"<meta http-equiv='Content-Type' content='text/html; charset={said}'>" + TABLE.replace(
        "Gex", "Cœur Bâgé"
    )
    assert read_page(page.encode(written))[0].rows[1][0] == "Cœur Bâgé"


@pytest.mark.parametrize(
    "page",
    [
        "<table><tr>" + "<td colspan=16384 rowspan=60000>x" * 2000 + "</table>",
        "<table>" * 1000,
        "<table><tr><td" * 99,
    ],
)
def test_hostile_pages_are_refused(page):
    assert refused(page).code.startswith("file_")


PARTS = ["<table>", "</table>", "<tr>", "<td>", "<td rowspan=3 colspan=2>", "a", "<br>", "<", "</td>"]
PARTS += ["<script>", "</script>", "<!--", "-->", "&amp;", "<p>", "é"]


@given(st.lists(st.sampled_from(PARTS), max_size=40))
@settings(deadline=None)
def test_any_page_is_read_or_refused(parts):
    try:
        sheet, _ = read_page("".join(parts).encode())
    except ReadingError as error:
        assert error.code.startswith("file_")
    else:
        assert all(m.bottom <= len(sheet.rows) for m in sheet.merged)


def test_words_between_a_row_and_its_first_cell():
    page = b"<table><tr><td>Commune<td>Places<tr>mot perdu<td>Gex<td>20</table>"
    assert read_page(page)[0].rows == [["Commune", "Places"], ["Gex", "20"], ["mot perdu"]]
