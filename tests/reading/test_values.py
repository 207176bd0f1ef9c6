"""One cell, one value: what is known, withheld, missing or in error never become one another."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdsf_analysis.model.status import Status
from sdsf_analysis.reading.dates import find_date, read_date
from sdsf_analysis.reading.values import clean_text, is_error, read_fte, read_legend, read_number, read_tick


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1 234,5", 1234.5),
        ("1\u202f234", 1234),
        ("12\u00a0€", 12),
        ("45,7 %", 45.7),
        ("-3", -3),
        ("−3", -3),
        ("0", 0),
        (0, 0),
        ("12 (1)", 12),
        ("12*", 12),
        ("12²", 12),
        ("3.5", 3.5),
    ],
)
def test_numbers_as_written(cell, value):
    number = read_number(cell)
    assert (number.value, number.status) == (value, Status.KNOWN)


@pytest.mark.parametrize(
    "cell",
    [
        "12+3",
        "25 dont 2 AVIP",
        "20 (10 en août)",
        "1.234,5",
        "12,345.6",
        "1 23",
        "bientôt",
        True,
        date(2024, 1, 1),
    ],
)
def test_what_is_no_single_number_is_refused_never_guessed(cell):
    number = read_number(cell)
    assert (number.value, number.status, number.code) == (None, Status.ERROR, "value_refused")


@pytest.mark.parametrize(
    ("cell", "status", "bounds"),
    [
        ("<5", Status.SECRET, (0, 4)),
        ("moins de 5", Status.SECRET, (0, 4)),
        ("≤ 4", Status.SECRET, (0, 4)),
        ("1 à 4", Status.SECRET, (1, 4)),
        ("s", Status.SECRET, (None, None)),
        ("nd", Status.MISSING, (None, None)),
        ("", Status.MISSING, (None, None)),
        (None, Status.MISSING, (None, None)),
        ("ns", Status.NOT_SIGNIFICANT, (None, None)),
        ("-", Status.NOT_APPLICABLE, (None, None)),
        ("#N/A", Status.ERROR, (None, None)),
        (float("nan"), Status.ERROR, (None, None)),
    ],
)
def test_marks_are_never_numbers(cell, status, bounds):
    number = read_number(cell)
    assert (number.value, number.status, (number.low, number.high)) == (None, status, bounds)


@given(st.one_of(st.text(max_size=12), st.none(), st.integers(), st.floats()))
def test_a_value_exists_exactly_where_it_is_known(cell):
    number = read_number(cell)
    assert (number.value is not None) == (number.status is Status.KNOWN)


def test_the_legend_of_a_file_wins_over_the_usual_meaning():
    legend = read_legend(["s : sans objet ; n.d. : non disponible ; Lecture : voir la note"])
    assert legend == {"s": Status.NOT_APPLICABLE, "n.d.": Status.MISSING}
    assert read_number("s", legend).status is Status.NOT_APPLICABLE
    assert read_number("S", {}).code == "mark_unexplained"


@pytest.mark.parametrize(
    ("cell", "value"), [("mi-temps", 0.5), ("80 %", 0.8), ("17,5/35e", 0.5), ("0,5 ETP", 0.5), (0.8, 0.8)]
)
def test_full_time_equivalents(cell, value):
    assert read_fte(cell).value == pytest.approx(value)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("31/12/2024", date(2024, 12, 31)),
        ("1er janvier 2025", date(2025, 1, 1)),
        ("2024-02-29", date(2024, 2, 29)),
        (datetime.fromisoformat("2024-05-02T10:00"), date(2024, 5, 2)),
        (None, None),
    ],
)
def test_dates(cell, day):
    assert read_date(cell)[0] == day


@pytest.mark.parametrize("cell", ["31/02/2024", "12/2024", 45292, "bientôt"])
def test_what_is_no_date_is_refused(cell):
    assert read_date(cell) == (None, "value_refused")


def test_small_readers():
    assert find_date("situation au 31 décembre 2024 (provisoire)") == date(2024, 12, 31)
    assert [read_tick(c) for c in ("X", "✓", "", "non", "?")] == [True, True, False, False, None]
    assert clean_text(200040350.0) == "200040350" and clean_text(" a\u00a0 b\n") == "a b"
    assert is_error("#REF!") and is_error("Err:502") and not is_error("# 12")
