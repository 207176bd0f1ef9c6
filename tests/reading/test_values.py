"""One cell, one value: what is known, withheld, missing or in error never become one another."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdsf_analysis.model.status import Status
from sdsf_analysis.reading.typed.dates import find_date, read_date, read_month
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
        ("− 1 300", -1300),
        ("- 45,7 %", -45.7),
        ("0", 0),
        (0, 0),
        ("12 (1)", 12),
        ("12*", 12),
        ("12²", 12),
        ("3.5", 3.5),
        ("1.234,5", 1234.5),
        ("12,345.6", 12345.6),
        ("1.234.567", 1234567),
        ("1 234.5", 1234.5),
        (",5", 0.5),
        ("12\u200b", 12),
        ("1\u2009234", 1234),
        ("1,2E+05", 120_000),
        ("343 500*", 343_500),
        ("[1 350]", 1350),
        ("12 p", 12),
        ("12 (p)", 12),
        ("343 500 (e)", 343_500),
        ("45,7 %*", 45.7),
        ("€ 12,50", 12.5),
        ("25 dont 2 AVIP", 25),
        ("25 (dont 2 AVIP)", 25),
        ("25 places dont 2 AVIP", 25),
    ],
)
def test_numbers_as_written(cell, value):
    number = read_number(cell)
    assert (number.value, number.status) == (value, Status.KNOWN)


@pytest.mark.parametrize(
    "cell",
    [
        "1 23",
        "12 34 56",
        "12e",
        "2023-2024",
        "(12)",
        "9" * 400,
        "bientôt",
        True,
        date(2024, 1, 1),
    ],
)
def test_what_is_no_single_number_is_refused_never_guessed(cell):
    number = read_number(cell)
    assert (number.value, number.status, number.code) == (None, Status.ERROR, "value_refused")


@pytest.mark.parametrize(
    "cell", ["12+3", "20 (10 en août)", "20 places (10 en août)", "12 places + 3", "12 k€", "1,2 M€"]
)
def test_a_number_that_may_be_two_is_a_question_and_no_value(cell):
    number = read_number(cell)
    assert (number.value, number.status, number.code) == (None, Status.ERROR, "number_doubtful")


@pytest.mark.parametrize(
    ("cell", "status", "bounds"),
    [
        ("<5", Status.SECRET, (0, 4)),
        ("moins de 5", Status.SECRET, (0, 4)),
        ("≤ 4", Status.SECRET, (0, 4)),
        ("1 à 4", Status.SECRET, (1, 4)),
        ("1-4", Status.SECRET, (1, 4)),
        ("entre 1 et 4", Status.SECRET, (1, 4)),
        ("4 ou moins", Status.SECRET, (0, 4)),
        ("5 et plus", Status.SECRET, (5, None)),
        ("> 10", Status.SECRET, (11, None)),
        ("<0,5", Status.SECRET, (0, 0.5)),
        ("< 10 %", Status.SECRET, (0, 10)),
        ("s", Status.SECRET, (None, None)),
        ("Confidentiel (secret statistique)", Status.SECRET, (None, None)),
        ("ND ", Status.MISSING, (None, None)),
        ("NR", Status.MISSING, (None, None)),
        ("(nd)", Status.MISSING, (None, None)),
        ("Non disponible pour 2023", Status.MISSING, (None, None)),
        ("…", Status.MISSING, (None, None)),
        (".", Status.MISSING, (None, None)),
        ("/", Status.NOT_APPLICABLE, (None, None)),
        ("XX", Status.NOT_APPLICABLE, (None, None)),
        ("#N/D", Status.ERROR, (None, None)),
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
    ("notes", "legend"),
    [
        (
            ["nd = non disponible, ns = non significatif"],
            {"nd": Status.MISSING, "ns": Status.NOT_SIGNIFICANT},
        ),
        (["(s) : secret statistique"], {"s": Status.SECRET}),
        (['"-" : sans objet'], {"-": Status.NOT_APPLICABLE}),
        (["le symbole « NC » (non concerné) est affiché"], {"nc": Status.NOT_APPLICABLE}),
        (["« NR » signifie non-réponse"], {"nr": Status.MISSING}),
        (["- : résultat rigoureusement nul"], {"-": Status.KNOWN}),
        ([". : donnée nulle"], {".": Status.KNOWN}),
        (["XX : commune non concernée"], {"xx": Status.NOT_APPLICABLE}),
        (["s : effectif inférieur à 5"], {"s": Status.SECRET}),
        (["(1) : depuis le 1er septembre 2010, élargi aux moins de 25 ans", "* : y compris Mayotte"], {}),
        (["Source : Caf ; Champ : allocataires", ""], {}),
    ],
)
def test_the_legends_that_files_write(notes, legend):
    assert read_legend(notes) == legend


def test_a_sign_that_the_legend_says_to_be_nothing_is_a_zero():
    assert read_number("-", read_legend(["- : résultat nul"])).value == 0
    assert read_number("-").value is None


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("28 h/semaine", 0.8),
        ("2 x 0,5", 1.0),
        ("2 × 0,5 ETP", 1.0),
        ("mi-temps", 0.5),
        ("80 %", 0.8),
        ("17,5/35e", 0.5),
        ("0,5 ETP", 0.5),
        ("24h30", 0.7),
        ("28 heures par semaine", 0.8),
        ("28h/35h", 0.8),
        ("un mi-temps", 0.5),
        ("2 mi-temps", 1.0),
        ("2 temps pleins", 2.0),
        ("2 x 80 %", 1.6),
        ("2 x mi-temps", 1.0),
        ("1,5 dont 0,5 vacant", 1.5),
        (0.8, 0.8),
    ],
)
def test_full_time_equivalents(cell, value):
    assert read_fte(cell).value == pytest.approx(value)


@pytest.mark.parametrize("cell", ["1607 h", "1 607 heures", "2 x 1607 h", "2 x nc", "2 x 2 x 2", "1 + 1"])
def test_hours_of_a_year_and_sums_of_posts_are_no_full_time_equivalent(cell):
    assert read_fte(cell).value is None and read_fte(cell).code


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("31/12/2024", date(2024, 12, 31)),
        ("31-12-24", date(2024, 12, 31)),
        ("31.12.24", date(2024, 12, 31)),
        ("1er janvier 2025", date(2025, 1, 1)),
        ("2024-02-29", date(2024, 2, 29)),
        (datetime.fromisoformat("2024-05-02T10:00"), date(2024, 5, 2)),
        ("le 31/12/2024", None),
        ("lundi 6 mai 2024", date(2024, 5, 6)),
        ("06/05/24", date(2024, 5, 6)),
        (45292, date(2024, 1, 1)),
        ("45292", date(2024, 1, 1)),
        (None, None),
    ],
)
def test_dates(cell, day):
    assert read_date(cell)[0] == day


@pytest.mark.parametrize("cell", ["31/02/2024", "12/2024", 2024, 45292.5, float("nan"), "bientôt"])
def test_what_is_no_date_is_refused(cell):
    assert read_date(cell) == (None, "value_refused")


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("juin-20*", "2020-06"),
        ("janv.-24", "2024-01"),
        ("févr. 2024", "2024-02"),
        ("06/24", "2024-06"),
        ("06/2024", "2024-06"),
        ("2024-06", "2024-06"),
        ("T1 2024", "2024-01"),
        ("4e trimestre 2023", "2023-10"),
        ("2023-2024", ""),
        ("13/24", ""),
        ("ju 24", ""),
        ("3-5", ""),
        ("Gex 24", ""),
    ],
)
def test_a_month_or_a_quarter_keeps_no_day(text, month):
    assert read_month(text) == month


def test_small_readers():
    assert find_date("situation au 31 décembre 2024 (provisoire)") == date(2024, 12, 31)
    assert [read_tick(c) for c in ("X", "✓", "O", 1.0, True, "", "non", "en cours", "?")] == [
        *[True] * 5, False, False, None, None]  # fmt: skip
    assert clean_text(200040350.0) == "200040350" and clean_text(" a\u00a0 b\n") == "a b"
    assert is_error("#REF!") and is_error("Err:502") and not is_error("# 12")


@pytest.mark.parametrize(
    ("cell", "status", "high"),
    [
        ("nd (1)", Status.MISSING, None),
        ("ND*", Status.MISSING, None),
        ("NS (a)", Status.NOT_SIGNIFICANT, None),
        ("s¹", Status.SECRET, None),
        ("<5 (1)", Status.SECRET, 4),
        ("1 à 4*", Status.SECRET, 4),
        ("Gex (1)", Status.ERROR, None),
        ("Gex*", Status.ERROR, None),
    ],
)
def test_a_sign_that_calls_a_note_keeps_its_meaning(cell, status, high):
    number = read_number(cell)
    assert (number.value, number.status, number.high) == (None, status, high)


def test_the_legend_explains_a_sign_that_calls_a_note_too():
    assert read_number("nd (1)", read_legend(["nd : sans objet"])).status is Status.NOT_APPLICABLE
