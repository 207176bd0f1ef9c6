"""Codes that are right by their number format only: what the sheet shows is what is read."""

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdsf_analysis.demo.faults.clean import clean_draft
from sdsf_analysis.demo.faults.editing import replaced
from sdsf_analysis.demo.faults.page import Spot
from sdsf_analysis.demo.faults.writing import write_draft
from sdsf_analysis.reading.files import open_file
from sdsf_analysis.reading.workbooks.formats import padded, padding
from sdsf_analysis.reading.workbooks.marks import CellStyle, Look, as_shown, find_marks, styles_of


@pytest.mark.parametrize(
    ("value", "form", "read"),
    [
        (1004, "00000", "01004"),
        (1004, "[$-40C]00000", "01004"),
        (1, "00", "01"),
        (42005, "00000", 42005.0),
        (2023, "0000", 2023.0),
        (1004.5, "00000", 1004.5),
        (-5, "000", -5.0),
        (12, '0" places"', 12.0),
        (12, "#,##0.00", 12.0),
        (7, "0", 7.0),
    ],
)
def test_a_workbook_gives_the_code_that_it_shows(tmp_path, value, form, read):
    book = openpyxl.Workbook()
    book.active.append(["Code", "Commune"])
    book.active.append([value, "Gex"])
    book.active["A2"].number_format = form
    book.save(tmp_path / "codes.xlsx")
    (sheet,) = open_file(tmp_path / "codes.xlsx", "codes.xlsx").sheets
    assert sheet.cell(2, 1) == read
    assert sheet.marks.masked == {}


def test_so_does_an_opendocument(tmp_path):
    draft = clean_draft("01", "a", "ods")
    page = replaced(draft.page, 2, {0: Spot(1004, form="00000")})
    path = write_draft(draft.with_page(page), tmp_path)
    (sheet,) = open_file(path, path.name).sheets
    assert sheet.cell(2, 1) == "01004"


def test_so_do_the_records_of_a_binary_workbook():
    styles = styles_of([CellStyle(0), CellStyle(164)], {164: "00000"})
    rows = [[1004.0, 1004.0]]
    marks = find_marks([Look((1, 1), 0), Look((1, 2), 1)], rows, styles)
    assert as_shown(rows, marks) == [[1004.0, "01004"]]


@given(st.integers(0, 10**6), st.integers(2, 9))
def test_a_code_is_never_cut_and_never_another_number(value, digits):
    text = padded(float(value), padding("0" * digits))
    assert text is None or (int(text) == value and len(text) == digits and text[0] == "0")
    assert (text is None) == (len(str(value)) >= digits)
