"""Cells, formats, and texts that stay texts."""

import io
from math import nan

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdsf_analysis.publish.workbook.book import Book, lines, widths_of
from sdsf_analysis.publish.workbook.cells import (
    Cell,
    column_form,
    quantity_cell,
    share_form,
    text_cell,
    unknown_words,
)
from sdsf_analysis.publish.workbook.grids import Grid

TEXTS = st.text(st.characters(min_codepoint=32, max_codepoint=0x2FF, exclude_characters="\x7f"), max_size=40)


@given(st.tuples(st.sampled_from("=+-@"), TEXTS).map("".join))
def test_whatever_begins_like_a_formula_is_written_as_a_text(text):
    book = Book("bandeau")
    sheet = book.sheet("Essai", "Essai", "#000000", "source")
    book.cell(sheet, 5, 0, text_cell(text))
    read = openpyxl.load_workbook(io.BytesIO(book.close(pd.Timestamp(2024, 12, 31))))["Essai"]["A6"]
    assert (read.data_type, read.quotePrefix) == ("s", True)
    assert read.value == text


@pytest.mark.parametrize(
    ("status", "low", "high", "words"),
    [
        ("secret", nan, nan, "secret"),
        ("secret", 3, 7, "entre 3 et 7"),
        ("missing", 12, nan, "au moins 12"),
        ("missing", 0, nan, "n. d."),
        ("missing", nan, 9, "au plus 9"),
        ("masked", nan, nan, "masqué"),
        ("not_applicable", nan, nan, "sans objet"),
        ("error", nan, nan, "erreur"),
        (nan, nan, nan, "n. d."),
    ],
)
def test_what_is_not_known_is_said_in_words(status, low, high, words):
    row = {"value": nan, "status": status, "low": low, "high": high}
    assert quantity_cell(row, "places", "#,##0") == Cell(words, is_status=True)


def test_a_true_zero_is_a_zero():
    row = {"value": 0.0, "status": "known", "low": nan, "high": nan}
    assert quantity_cell(row, "places", "#,##0").value == 0


@given(st.floats(0, 100))
def test_no_share_reads_nothing_or_everything_unless_it_is(value):
    decimals = share_form(value).split(" ")[0].partition(".")[2]
    shown = round(value, len(decimals))
    assert shown not in (0, 100) or len(decimals) == 3 or round(value, 6) in (0, 100)


@given(
    st.lists(st.floats(-1e9, 1e9), max_size=5), st.sampled_from(["%", "points", "places", "ETP", "indice"])
)
def test_every_unit_has_a_format(values, unit):
    assert column_form(values, unit)


def test_bounds_of_a_share_bear_their_sign():
    assert (
        unknown_words({"status": "secret", "low": 64.5, "high": 66.5}, "%")
        == "entre 64,5\u202f% et 66,5\u202f%"
    )


def test_a_long_word_makes_its_column_wide_enough_and_a_long_text_takes_lines():
    grid = Grid(("Territoire", "Anticonstitutionnellement"), [[Cell("A"), Cell(1.0)]])
    assert widths_of([grid])[1] >= len("Anticonstitutionnellement")
    assert lines("mot " * 50, 20) > 5
    assert widths_of([]) == []
