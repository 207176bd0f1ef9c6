"""What the XML of a workbook says beside its values: hidden values never come out, errors are named."""

import re
from pathlib import Path

import pytest

from sdsf_analysis.errors import ReadingError
from sdsf_analysis.reading.files import open_file
from sdsf_analysis.reading.workbooks.marks import NOT_COMPUTED

SHEET = "xl/worksheets/sheet1.xml"
TRUE_VALUE = 3.25


def everything(path: Path) -> str:
    return repr(open_file(path))


@pytest.mark.parametrize("code", ['"<5"', ";;;", '"***"', '[<5]"<5";0', '0;0;0;"x"'])
def test_a_hidden_value_is_nowhere_in_what_was_read(workbook, code):
    value = "secret-3.25" if code.startswith("0;") else TRUE_VALUE
    path = workbook({"A1": "Commune", "B1": "Enfants", "A2": "Gex", "B2": (value, code)})
    assert "3.25" not in everything(path)
    (sheet,) = open_file(path).sheets
    assert (2, 2) in sheet.marks.masked


def test_a_hidden_result_of_a_formula_is_hidden_too(workbook, rewrite):
    path = workbook({"A1": "Enfants", "A2": ("=1+2.25", '"<5"')})
    path = rewrite(path, SHEET, lambda xml: re.sub(rb"</f><v ?/?>(</v>)?", b"</f><v>3.25</v>", xml))
    assert "3.25" not in everything(path)
    assert open_file(path).sheets[0].cell(2, 1) == "<5"


def strip_references(xml: bytes) -> bytes:
    return re.sub(rb' r="[A-Z]*\d+"', b"", xml)


def single_quotes(xml: bytes) -> bytes:
    return re.sub(rb"(<c [^>]*>)", lambda m: m[1].replace(b'"', b"'"), xml)


def prefixed(xml: bytes) -> bytes:
    xml = re.sub(rb"<(/?)(\w)", rb"<\1x:\2", xml.removeprefix(b"<?xml"))
    return xml.replace(b"xmlns=", b"xmlns:x=")


@pytest.mark.parametrize("writer", [strip_references, single_quotes, prefixed])
def test_other_ways_to_write_the_same_sheet_hide_as_well(workbook, rewrite, writer):
    path = workbook({"A1": "Commune", "B1": "Enfants", "A2": "Gex", "B2": (TRUE_VALUE, '"<5"')})
    changed = rewrite(path, SHEET, writer)
    assert open_file(changed).sheets[0].rows == [["Commune", "Enfants"], ["Gex", "<5"]]


def test_errors_and_formulas_never_computed_are_not_empty_cells(workbook, rewrite):
    path = workbook({"A1": "Places", "A2": "=1+1", "A3": "#N/A", "A4": None, "A5": 0})
    sheet = open_file(path).sheets[0]
    assert [sheet.cell(row, 1) for row in (2, 3)] == [NOT_COMPUTED, "#N/A"]
    assert sheet.marks.errors == {(2, 1): NOT_COMPUTED, (3, 1): "#N/A"}
    assert sheet.cell(5, 1) == 0


def test_percent_formats_are_told(workbook):
    path = workbook({"A1": "Taux", "A2": (0.457, "0.0%"), "A3": (45.7, "0.0")})
    assert open_file(path).sheets[0].marks.percents == {(2, 1)}


def test_two_cells_at_opposite_corners_are_refused_before_calamine_allocates(workbook):
    path = workbook({"A1": "x", "XFD1048576": "y"})
    with pytest.raises(ReadingError, match="1\u202f048\u202f576 lignes et 16\u202f384 colonnes") as caught:
        open_file(path)
    assert caught.value.code == "file_too_large"


def test_opposite_corners_without_references_or_with_styled_ghosts(workbook, rewrite):
    ghost = workbook({"A1": "x", "B2": 2, "C1048576": (None, "0.00")})
    assert open_file(ghost).sheets[0].rows[1][1] == 2
    far = workbook({"A1": "x", "XFD1048576": "y"})
    with pytest.raises(ReadingError):
        open_file(rewrite(far, SHEET, single_quotes))


def test_a_sheet_that_the_archive_lacks_is_refused(workbook, rewrite):
    path = workbook({"A1": "x"})
    broken = rewrite(
        path, "xl/_rels/workbook.xml.rels", lambda xml: xml.replace(b"sheet1.xml", b"sheet9.xml")
    )
    with pytest.raises(ReadingError):
        open_file(broken)


def test_addresses_hold_where_the_table_is_not_at_a1(workbook):
    sheet = open_file(workbook({"C4": "Commune", "D9": 12}, merged=["C4:D4"])).sheets[0]
    assert (sheet.cell(4, 3), sheet.cell(9, 4)) == ("Commune", 12)
    assert sheet.merged == ((4, 3, 4, 4),)


def test_an_xls_hides_errs_and_merges_as_an_xlsx_does(data):
    families, merged = open_file(data / "masques.xls").sheets
    assert families.rows[3][1:] == [120, 31, 28, "<5", 12]
    assert families.marks.masked == {(4, 5): "<5", (5, 3): "", (5, 4): "***"}
    assert families.marks.errors == {(7, 2): "#N/A"} and families.cell(7, 2) == "#N/A"
    assert merged.marks.percents == {(2, 2)} and merged.merged == ((1, 1, 1, 3),)
