"""Totals found by trying what they add up; sums that no word tells; secrets that totals give away."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sdsf_analysis.reading.checksums import check_sums
from sdsf_analysis.reading.sheet import Marks, Sheet, address
from sdsf_analysis.reading.table import Column, Table
from sdsf_analysis.reading.values import clean_text

TOTAL_WORDS = ("Total", "Sous-total", "France", "DOM", "Ensemble du")


def table_of(labels, rows, notes=(), masked=None):
    """A table whose first column names the rows; totals are told by their names."""
    named = [row for row, cells in enumerate(rows, start=2) if any(cell is not None for cell in cells)]
    totals = tuple(row for row in named if str(rows[row - 2][0]).startswith(TOTAL_WORDS))
    return Table(
        sheet=Sheet("Feuille", [list(labels), *map(list, rows)], marks=Marks(masked=masked or {})),
        header_rows=(1,),
        body_rows=tuple(row for row in named if row not in totals),
        total_rows=totals,
        columns=tuple(
            Column(k, (label,) if isinstance(label, str) else label)
            for k, label in enumerate(labels, start=1)
        ),
        filled={},
        notes=tuple(notes),
    )


def check(labels, rows, kinds=None, legend=None, **options):
    kinds = {1: "text"} | dict.fromkeys(range(2, len(labels) + 1), "number") | (kinds or {})
    return check_sums(table_of(labels, rows, **options), kinds, legend or {})


def said(doubts, code):
    return [address(doubt.row, doubt.column) for doubt in doubts if doubt.code == code]


COMMUNES = [GEX, THOIRY, DIVONNE] = [("Gex", 20.0, 41.0), ("Thoiry", 12.0, 30.0), ("Divonne", 9.0, 17.0)]
LABELS = ("Commune", "Places", "Enfants")


@pytest.mark.parametrize(
    "rows",
    [
        [*COMMUNES, ("Total", 41.0, 88.0)],
        [("Total", 41.0, 88.0), *COMMUNES],
        [
            COMMUNES[0],
            ("Sous-total", 20.0, 41.0),
            *COMMUNES[1:],
            ("Sous-total", 21.0, 47.0),
            ("Total", 41.0, 88.0),
        ],
        [
            ("Total", 41.0, 88.0),
            ("Sous-total", 32.0, 71.0),
            *COMMUNES[:2],
            ("Sous-total", 9.0, 17.0),
            COMMUNES[2],
        ],
        [*COMMUNES[:2], ("France métropolitaine", 32.0, 71.0), COMMUNES[2], ("France", 41.0, 88.0)],
        [*COMMUNES, ("DOM", 9.0, 17.0), ("France", 41.0, 88.0)],
        [*COMMUNES, (None, None, None), ("Total", 41.0, None)],
        [("Gex", "s", 41.0), *COMMUNES[1:], ("Total", 41.0, "nd")],
        [("Gex", "-", None), *COMMUNES[1:], ("Total", 21.0, 47.0)],
        [*COMMUNES, ("Total", "41", "88")],
    ],
)
def test_totals_that_agree(rows):
    assert said(check(LABELS, rows), "total_mismatch") == []


def test_a_wrong_total_names_both_cells_and_both_figures():
    (doubt,) = check(LABELS, [*COMMUNES, ("Total", 1041.0, 88.0)])
    assert (doubt.code, address(doubt.row, doubt.column), doubt.others) == (
        "total_mismatch",
        "B5",
        ("B2:B4",),
    )
    assert doubt.message == "Le total B5 vaut 1\u202f041, la somme de B2:B4 vaut 41 (colonne « Places »)."


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        ([*COMMUNES, ("Total", 42.0, 88.0)], ["B5"]),
        ([("Total", 41.0, 89.0), *COMMUNES], ["C2"]),
        ([*COMMUNES[:2], ("Sous-total", 33.0, 71.0), COMMUNES[2], ("Total", 41.0, 88.0)], ["B4"]),
        ([("Gex", "s", 41.0), *COMMUNES[1:], ("Total", 15.0, 88.0)], ["B5"]),
        ([("Gex", "<5", 41.0), *COMMUNES[1:], ("Total", 28.0, 88.0)], ["B5"]),
    ],
)
def test_totals_that_differ(rows, wrong):
    assert said(check(LABELS, rows), "total_mismatch") == wrong


def test_a_record_that_is_changed_is_seen_in_its_sub_total_and_in_the_total():
    rows = [("Gex", 25.0, 41.0), COMMUNES[1], ("Sous-total", 32.0, 71.0), COMMUNES[2], ("Total", 41.0, 88.0)]
    assert said(check(LABELS, rows), "total_mismatch") == ["B4", "B6"]


@pytest.mark.parametrize(
    "column",
    [
        ("Taux de couverture", 52.3, 61.0, 48.8, 54.5),
        ("Âge moyen", 31.0, 29.0, 35.0, 31.0),
        ("Revenu médian", 21_000.0, 23_500.0, 19_800.0, 21_450.0),
        ("Indicateur", 1.2, 0.8, 1.1, 1.05),
        ("Rang", 1.0, 3.0, 2.0, None),
        ("Exercice", 2023.0, 2023.0, 2023.0, 2023.0),
    ],
)
def test_what_does_not_add_up_is_not_accused(column):
    label, *cells = column
    rows = [(*row, cell) for row, cell in zip([*COMMUNES, ("Total", 41.0, 88.0)], cells, strict=True)]
    assert check((*LABELS, label), rows) == []


def test_a_total_of_something_else_is_not_accused():
    assert check(LABELS, [*COMMUNES, ("Ensemble du département", 4100.0, 9000.0)]) == []


def test_a_total_rounded_to_the_hundred_is_not_accused():
    rows = [("Ain", 7336.0), ("Loire", 11_214.0), ("Rhône", 30_121.0), ("France métropolitaine", 48_700.0),
            ("Réunion", 9_180.0), ("DOM", 9_200.0), ("France", 57_900.0)]  # fmt: skip
    assert check(("Dép.", "Foyers"), rows) == []
    rows[3] = ("France métropolitaine", 49_700.0)
    assert said(check(("Dép.", "Foyers"), rows), "total_mismatch") == ["B5"]


def test_estimates_add_up_but_for_the_noise_of_floats():
    values = [0.1 + k * 1.37 for k in range(40)]
    rows = [*((f"c{k}", value) for k, value in enumerate(values)), ("Total", sum(values))]
    assert check(("Commune", "Population"), rows) == []


def test_overlapping_rows_are_found_by_trying():
    rows = [("01", 253.0, 248.0, 590.0), ("20", 359.0, 378.0, 498.0), ("2A", 142.0, 140.0, 260.0),
            ("2B", 217.0, 238.0, 238.0), ("69", 633.0, 624.0, 1275.0), ("69D", None, None, 347.0),
            ("69M", None, None, 928.0), ("Total", 1245.0, 1250.0, 2363.0)]  # fmt: skip
    doubts = check(("Code", "2013", "2014", "2015"), rows, kinds={1: "code"})
    assert said(doubts, "sum_unlabelled") == ["B3", "B6"] and said(doubts, "total_mismatch") == []


def test_a_region_above_or_under_its_parts_is_said():
    region = ("Région", 41.0, 88.0, 63.0, 120.0)
    rows = [
        ("Ain", 20.0, 41.0, 30.0, 50.0),
        ("Isère", 12.0, 30.0, 20.0, 40.0),
        ("Loire", 9.0, 17.0, 13.0, 30.0),
    ]
    labels = ("Nom", "a", "b", "c", "d")
    others = [("Var", 11.0, 27.0, 33.0, 70.0), ("Gard", 15.0, 31.0, 22.0, 64.0)]
    assert said(check(labels, [region, *rows, *others]), "sum_unlabelled") == ["B2"]
    assert said(check(labels, [*rows, region, *others]), "sum_unlabelled") == ["B5"]
    assert "lignes 2 à 4" in check(labels, [*rows, region, *others])[0].message


def test_a_lone_column_says_it_only_of_a_whole_block():
    block = [(f"c{k}", float(value)) for k, value in enumerate((109, 89, 481, 113, 26, 94))]
    rows = [*block, ("CA Paris-Saclay", 912.0), *block, ("CA Paris-Saclay", 912.0)]
    assert said(check(("Nom", "Naissances"), rows), "sum_unlabelled") == ["B8", "B15"]
    assert check(("Nom", "Naissances"), [("x", 7.0), *block[:3], ("y", 679.0), *block]) == []


def test_a_modality_called_total_says_itself_what_it_is():
    sexes = (("Hommes", 120.0, 340.0, 99.0), ("Femmes", 131.0, 362.0, 87.0), ("Total", 251.0, 702.0, 186.0))
    rows = [(name, *sex) for name in ("Gex", "Thoiry") for sex in sexes]
    assert check(("Commune", "Sexe", "a", "b", "c"), rows, kinds={2: "text"}) == []


def test_a_section_of_zeros_agrees_with_its_total():
    """What agrees on nothing is still preferred to another scope that a single column would excuse."""
    nothing = ("Ouge", 0.0, 0.0)
    rows = [("Marnay", 1.0, 0.0), ("Pin", 2.0, 0.0), ("Sous-total", 3.0, 0.0), nothing, nothing]
    rows += [("Sous-total", 0.0, 0.0), ("Gray", 4.0, 6.0), ("Sous-total", 4.0, 6.0), ("Total", 7.0, 6.0)]
    assert said(check(LABELS, rows), "total_mismatch") == []
    rows = [*([("x", 1.0, 0.0), ("Sous-total", 1.0, 0.0)] * 4), nothing, ("Sous-total", 0.0, 0.0),
            *([("y", 1.0, 1.0), ("Sous-total", 1.0, 1.0)] * 4), ("Total", 8.0, 4.0)]  # fmt: skip
    assert said(check(LABELS, rows), "total_mismatch") == []


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(10, 300), st.integers(2, 8), st.sampled_from([3, 30, 3000]))
def test_clean_tables_are_not_accused(seed, count, width, size):
    values = np.random.default_rng(seed).negative_binomial(1, 1 / size, (count, width)).astype(float)
    rows = [(f"commune {k}", *line) for k, line in enumerate(values.tolist())]
    rows.append(("Total", *values.sum(axis=0).tolist()))
    assert check(("Commune", *(f"c{k}" for k in range(width))), rows) == []


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(4, 60), st.integers(2, 6))
def test_a_planted_mistake_is_found_alone(seed, count, width):
    dice = np.random.default_rng(seed)
    values = dice.integers(1, 900, (count, width)).astype(float)
    total = values.sum(axis=0)
    wrong = int(dice.integers(width))
    total[wrong] += float(dice.integers(1, 9))
    if (total % 100 == 0).any():
        return
    rows = [*((f"commune {k}", *line) for k, line in enumerate(values.tolist())), ("Total", *total.tolist())]
    doubts = check(("Commune", *(f"c{k}" for k in range(width))), rows)
    assert said(doubts, "total_mismatch") == [address(count + 2, wrong + 2)]


@pytest.mark.parametrize(
    ("mark", "given"),
    [("s", ["B3"]), ("<5", ["B3"]), ("nd", []), (None, []), ("-", [])],
)
def test_a_secret_that_the_total_gives_away_is_named_and_not_told(mark, given):
    rows = [COMMUNES[0], ("Thoiry", mark, 30.0), COMMUNES[2], ("Total", 32.0, 88.0)]
    doubts = [doubt for doubt in check(LABELS, rows) if doubt.code == "secret_derivable"]
    assert said(doubts, "secret_derivable") == given
    assert all(" 3" not in doubt.message and doubt.found == "" for doubt in doubts)


def test_two_secrets_hide_each_other_but_not_in_two_sections():
    hidden = [("Gex", "s", 41.0), ("Thoiry", "s", 30.0), COMMUNES[2], ("Total", 41.0, 88.0)]
    assert said(check(LABELS, hidden), "secret_derivable") == []
    sections = [hidden[0], ("Ornex", 5.0, 9.0), ("Sous-total", 25.0, 50.0), hidden[1], COMMUNES[2],
                ("Sous-total", 21.0, 47.0), ("Total", 46.0, 97.0)]  # fmt: skip
    assert said(check(LABELS, sections), "secret_derivable") == ["B2", "B5"]


def test_a_value_masked_by_its_format_counts_as_withheld():
    rows = [COMMUNES[0], ("Thoiry", "***", 30.0), COMMUNES[2], ("Total", 41.0, 88.0)]
    assert said(check(LABELS, rows, masked={(3, 2): "***"}), "secret_derivable") == ["B3"]


SEXES = ("Commune", "Hommes", "Femmes", "Ensemble")
PEOPLE = [("Gex", 120.0, 131.0, 251.0), ("Thoiry", 64.0, 71.0, 135.0), ("Divonne", 88.0, 80.0, 168.0),
          ("Ornex", 41.0, 50.0, 91.0), ("Cessy", 52.0, 49.0, 101.0)]  # fmt: skip


def test_columns_called_total_are_checked_and_give_secrets_away():
    rows = [*PEOPLE, ("Versonnex", 20.0, 21.0, 40.0), ("Prévessin", "s", 77.0, 160.0)]
    doubts = check(SEXES, rows)
    assert said(doubts, "total_mismatch") == ["D7"] and said(doubts, "secret_derivable") == ["B8"]
    assert "la somme de B7:C7 vaut 41" in doubts[0].message


def test_columns_under_merged_labels_are_compared_with_their_sisters():
    labels = (
        "Dép.",
        *((sex, age) for sex in ("Ensemble", "Hommes", "Femmes") for age in ("0-2", "3-5", "Total")),
    )
    boys, girls = ([(3.0 * k + one, 2.0 * k + two) for k in range(7)] for one, two in ((4, 9), (5, 7)))
    rows = [("d", b + g, c + h, b + c + g + h, b, c, b + c, g, h, g + h)
            for (b, c), (g, h) in zip(boys, girls, strict=True)]  # fmt: skip
    assert check(labels, rows) == []
    rows[4] = (*rows[4][:3], rows[4][3] + 1, *rows[4][4:])
    assert said(check(labels, rows), "total_mismatch") == ["D6"]


def test_zeros_beside_blanks_are_asked_about_in_a_lone_column_too():
    rows = [("Gex", 20.0), ("Thoiry", 0.0), ("Divonne", None), ("Ornex", 3.0)]
    assert said(check(("Commune", "Places"), rows), "zero_or_blank") == ["B4"]


def test_zeros_beside_blanks_are_asked_about_once_per_column():
    rows = [
        ("Gex", 20.0, 41.0, 3.0),
        ("Thoiry", 0.0, 30.0, 5.0),
        ("Divonne", None, 17.0, 2.0),
        ("Ornex", 3.0, 8.0, 0.0),
    ]
    labels = (*LABELS, "MAM")
    (doubt,) = check(labels, rows)
    assert (doubt.code, address(doubt.row, doubt.column)) == ("zero_or_blank", "B4")
    assert "1 zéro et 1 cellule vide" in doubt.message
    assert check(labels, rows, notes=["Cellule vide : sans objet"]) == []
    assert check(labels, rows, legend={"s": "secret"}) == []


def test_years_before_a_series_begins_are_no_doubt():
    labels = ("Dép.", "2014", "2015", "2016", "2017")
    rows = [("69D", None, None, 347.0, 367.0), ("01", 0.0, 12.0, 0.0, 4.0), ("2A", 3.0, 4.0, 0.0, None)]
    assert check(labels, rows) == []


def test_doubts_quote_the_cell_as_written():
    (doubt,) = check(LABELS, [*COMMUNES, ("Total", "42 ", 88.0)])
    assert doubt.found == clean_text("42 ")


def test_a_value_shown_as_nothing_is_withheld_and_not_empty():
    rows = [["Gex", 20.0], ["Thoiry", ""], ["Divonne", 9.0], ["Ornex", "s"], ["Total", 42.0]]
    shown_as_nothing = table_of(["Commune", "Places"], rows, masked={(3, 2): ""})
    assert check_sums(shown_as_nothing, {1: "text", 2: "number"}, {}) == []
    empty = table_of(["Commune", "Places"], [["Gex", 20.0], ["Thoiry", None], *rows[2:]])
    assert [doubt.code for doubt in check_sums(empty, {1: "text", 2: "number"}, {})] == ["secret_derivable"]


def test_numbers_too_large_to_be_added_accuse_nothing():
    table = table_of(["Commune", "A", "B", "C"], [[f"Commune {n}", 1e308, -1e308, 9e307] for n in range(6)])
    assert check_sums(table, {1: "text", 2: "number", 3: "number", 4: "number"}, {}) == []


def test_rows_that_another_holds_are_not_added_twice():
    rows = [("Collectif", 486.0, 21.0), ("dont crèches", 380.0, 16.0), ("dont familiales", 36.0, 3.0),
            ("Individuel", 730.0, 60.0), ("Ensemble du département", 1216.0, 81.0)]  # fmt: skip
    assert check(LABELS, rows) == []
    assert said(check(LABELS, [*rows[:-1], ("Total", 1217.0, 81.0)]), "total_mismatch") == ["B6"]


def test_shares_of_a_table_in_percent_are_no_sums():
    rows = [
        ("Crèche", 60.1, 25.4, 100.0),
        ("Micro-crèche", 12.5, 27.1, 100.0),
        ("Ensemble du", 52.0, 26.0, 100.0),
    ]
    table = replace(table_of(("Type", "Communes", "Associations", "Ensemble"), rows), titles=("En %",))
    assert check_sums(table, {1: "text", 2: "number", 3: "number", 4: "number"}, {}) == []


def test_a_mean_is_no_sum():
    rows = [*COMMUNES, ("Total", 41.0, 88.0), ("Moyenne", 13.7, 29.3)]
    table = table_of(LABELS, rows)
    table = replace(table, body_rows=(2, 3, 4), total_rows=(5, 6))
    assert check_sums(table, {1: "text", 2: "number", 3: "number"}, {}) == []
