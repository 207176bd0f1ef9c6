"""Columns read by their type: rates at their true scale, counts that are counts, doubts at their cells."""

import pytest

from sdsf_analysis.reading.layout import find_tables
from sdsf_analysis.reading.sheet import Marks, Sheet
from sdsf_analysis.recipes.matching import ColumnMatch
from sdsf_analysis.recipes.parse import Context, parse
from sdsf_analysis.recipes.recipe import ColumnRecipe

EAJE = ["N° équipement", "Nom", "Commune", "Type d'accueil", "Places", "Taux d'occupation", "Trésorerie"]


def rates(read, *cells, percents=(), text_file=False):
    rows = [[str(i), f"S{i}", "Gex", "Multi-accueil", "20", cell, None] for i, cell in enumerate(cells)]
    marks = Marks(percents=frozenset((row + 2, 6) for row in percents))
    result = read([EAJE, *rows], marks=marks, text_file=text_file)
    found = {row["service"]: (row["value"], row["status"]) for row in result.applied.rows["activity"]
             if row["measure"] == "occupancy_rate"}  # fmt: skip
    return list(found.values()), [code for _, code in result.codes if code != "number_as_text"]


def close(values):
    return [(pytest.approx(value), status) for value, status in values]


@pytest.mark.parametrize(
    ("cells", "percents", "expected"),
    [
        ((71.0, 45.7), (), [71.0, 45.7]),
        ((0.71, 0.457), (), [71.0, 45.7]),
        ((0.71, 0.457), (0, 1), [71.0, 45.7]),
        (("71 %", "45,7 %"), (), [71.0, 45.7]),
        (("71 %", "45,7 %"), (0, 1), [71.0, 45.7]),
        ((0.71, "45,7 %"), (0,), [71.0, 45.7]),
        ((0.0, 71.0), (), [0.0, 71.0]),
        ((1.2, 0.9), (), [120.0, 90.0]),
    ],
)
def test_a_rate_comes_out_in_percent_whatever_the_scale_it_is_written_in(read, cells, percents, expected):
    values, codes = rates(read, *cells, percents=percents)
    assert values == close([(value, "known") for value in expected]) and codes == []


def test_shares_written_as_texts_in_a_text_file_are_shares(read):
    assert rates(read, "0,71", "0,457", text_file=True)[0] == close([(71.0, "known"), (45.7, "known")])


@pytest.mark.parametrize(
    ("cells", "percents"), [((71.0, 0.31), ()), (("71", "0,31"), ()), ((0.5, 71.0), (0, 1))]
)
def test_a_doubtful_scale_is_a_question_and_no_value(read, cells, percents):
    values, codes = rates(read, *cells, percents=percents)
    assert codes == ["scale_mixed"] and [status for _, status in values].count("error") == 1
    assert all(value is None for value, status in values if status == "error")


def families(read, **cells):
    header = ["Code", "Commune", "Année", "Foyers", "AEEH"]
    row = {"Code": "01173", "Commune": "Gex", "Année": 2023, "Foyers": 120, "AEEH": 5} | cells
    return read([header, [row[name] for name in header]])


def test_rounded_counts_keep_both_readings_of_their_interval(read):
    result = families(read, Foyers=0)
    assert result.rows("families", "measure", "value", "low", "high") == [
        ("households", 0.0, 0.0, 4.0), ("aeeh_children", 5.0, 3.0, 9.0)]  # fmt: skip


@pytest.mark.parametrize("year", [23, 3023, "2023-2024", 2023.5, "nc"])
def test_a_year_that_is_none_is_refused(read, year):
    result = families(read, **{"Année": year})
    assert ("C2", "value_refused") in result.codes and result.applied.rows == {}


def test_a_percentage_in_a_column_of_counts_is_refused(read):
    result = families(read, Foyers="45 %")
    assert ("D2", "value_refused") in result.codes
    assert result.rows("families", "value", "status")[0] == (None, "error")


def test_an_age_band_that_became_a_date_is_lost_and_said(read):
    from datetime import date

    header = ["Nom", "Commune", "Tranche d'âge", "AEEH"]
    result = read([["ALSH situation au 31/12/2023"], [], header, ["A", "Gex", date(2024, 11, 6), 1]])
    assert ("C4", "age_band_as_date") in result.codes


def test_a_sector_named_c_is_a_name_and_not_a_mark(read):
    result = read(
        [["Code INSEE", "Commune", "Secteur Caf"], ["01173", "Gex", "C"], ["01249", "Miribel", "S"]]
    )
    assert result.rows("membership", "territory", "commune") == [("C", "01173"), ("S", "01249")]


def test_a_large_number_written_as_text_is_said_in_full(read):
    result = families(read, Foyers="1 234 567")
    (problem,) = [p for p in result.applied.problems if p.code == "number_as_text"]
    assert problem.repaired_to == "1234567" and problem.cell == "D2"


def test_a_text_in_a_cell_shown_as_a_percentage_is_not_rescaled(read):
    rows = [
        ["1", "S", "Gex", "Multi-accueil", "20", 71.0, "45"],
        ["2", "T", "Gex", "Multi-accueil", "20", 70.0, 0.45],
    ]
    result = read([EAJE, *rows], marks=Marks(percents=frozenset({(2, 7), (3, 7)})))
    found = [row["value"] for row in result.applied.rows["activity"] if row["measure"] == "cash"]
    assert found == [45.0, 45.0]


@pytest.mark.parametrize(
    ("cell", "code", "value"),
    [
        ("25 dont 2 AVIP", "number_with_remark", (25.0, "known")),
        ("12+3", "number_doubtful", (None, "error")),
        ("20 (10 en août)", "number_doubtful", (None, "error")),
        ("1,234", "count_not_whole", (None, "error")),
        ("1-4", "", (None, "secret")),
        ("20 p", "note_mark", (20.0, "known")),
    ],
)
def test_a_number_and_more_in_a_count(read, cell, code, value):
    result = families(read, AEEH=cell)
    assert [c for place, c in result.codes if place == "E2" and c != "not_rounded"] == [code] * bool(code)
    assert result.rows("families", "value", "status")[1] == value


def test_a_date_left_as_its_serial_number_is_read_and_said(read):
    header = ["Nom", "Commune", "Assistants maternels", "Places", "Ouverture"]
    result = read([["MAM situation au 31/12/2023"], [], header, ["A", "Gex", 3, 12, 45292]])
    assert ("E4", "date_as_serial") in result.codes


def test_a_word_is_kept_in_a_column_of_texts(read):
    rows = [["Code INSEE", "Commune", "Secteur Caf"], ["01173", "Gex", "en cours"]]
    assert read(rows).rows("membership", "territory") == [("en cours",)]


@pytest.mark.parametrize(
    ("note", "cell", "bounds"),
    [
        ("<5 : de 1 à 4.", "<5", (1.0, 4.0)),
        ("Source : Caf", "<5", (0.0, 4.0)),
        ("s : moins de 5 ; nd : non disponible", "s", (0.0, 4.0)),
    ],
)
def test_the_bounds_of_a_count_are_those_that_the_file_gives(read, note, cell, bounds):
    header = ["Code", "Commune", "Année", "Foyers", "AEEH"]
    result = read([header, ["01173", "Gex", 2023, 120, cell], ["01419", "Thoiry", 2023, 60, 10], [note]])
    aeeh = [
        row[1:] for row in result.rows("families", "measure", "status", "low", "high") if "aeeh" in row[0]
    ]
    assert aeeh[0] == ("secret", *bounds)


def test_a_value_hidden_by_its_format_has_the_bounds_of_the_legend_too(read):
    header = ["Code", "Commune", "Année", "Foyers", "AEEH"]
    rows = [header, ["01173", "Gex", 2023, 120, "<5"], ["01419", "Thoiry", 2023, 60, 10], ["<5 : de 1 à 4"]]
    result = read(rows, marks=Marks(masked=frozenset({(2, 5)})))
    bounds = result.rows("families", "status", "low", "high")
    assert ("secret", 1.0, 4.0) in bounds and ("E2", "value_masked_by_format") in result.codes


@pytest.mark.parametrize(
    ("kind", "cell", "value", "code"),
    [
        ("year", "rentrée 24", 2024, "school_year"),
        ("year", "année scolaire 2023-2024", 2023, "school_year"),
        ("year", 2024.0, 2024, ""),
        ("year", "2023-2024", None, "value_refused"),
        ("school_year", "2023-2024", 2023, "school_year"),
        ("school_year", "2023/24", 2023, "school_year"),
        ("school_year", "2022-2024", None, "value_refused"),
        ("school_year", 2024.0, 2024, ""),
    ],
)
def test_a_school_year_is_said_and_is_of_the_year_in_which_it_begins(kind, cell, value, code):
    (table,) = find_tables(Sheet("A", [["Commune", "Année"], ["Gex", cell]]))
    match = ColumnMatch(table.columns[1], "year", ColumnRecipe(headers=("Année",), type=kind))
    parsed = parse(match, Context("a.xlsx", table, {}, is_text_file=False))
    assert parsed.entries[2].value == value
    assert [problem.code for problem in parsed.problems] == ([code] if code else [])
