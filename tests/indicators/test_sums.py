"""Counts by commune summed by territory, and the count that a question rests on."""

import pandas as pd

from sdsf_analysis.indicators.example import example_tables
from sdsf_analysis.indicators.sums import family_count, sums_by
from sdsf_analysis.model.tables import Tables, table

ZONES = pd.DataFrame({"territory": ["E1", "E1", "E2"], "commune": ["01001", "01002", "01004"]})


def tables_with(*lines):
    columns = ["commune", "year", "regime", "measure", "value"]
    rows = pd.DataFrame([line.split() for line in lines], columns=columns, dtype="str")
    rows = rows.astype({"year": "int64", "value": "float64"}).assign(status="known")
    known = example_tables()
    frames = {"families": table("families").conform(rows), "territories": known.territories}
    return Tables(lambda name: frames[name] if name in frames else table(name).empty())


def test_a_territory_without_any_row_has_a_true_zero():
    rows = pd.DataFrame({"commune": ["01001"], "value": [3.0], "status": "known", "low": None, "high": None})
    found = sums_by(rows, ZONES)
    assert found["value"].to_dict() == {"E1": 3.0, "E2": 0.0}
    assert set(found["status"]) == {"known"}


def test_several_rows_of_one_commune_add_up():
    rows = pd.DataFrame({"commune": ["01001", "01001"], "value": [3.0, 4.0], "status": "known"})
    found = sums_by(rows.assign(low=float("nan"), high=float("nan")), ZONES)
    assert found.loc["E1"].tolist() == [7.0, "known", 7.0, 7.0]


def test_the_caf_and_the_msa_never_add_up():
    tables = tables_with("01001 2023 caf births 5", "01001 2023 msa births 2")
    found = family_count(tables, "births", 2024)
    assert (found.regime, found.rows["value"].sum()) == ("caf", 5.0)


def test_the_year_is_the_latest_not_after_the_question_else_the_latest():
    tables = tables_with("01001 2021 all births 5", "01001 2023 all births 7")
    assert [family_count(tables, "births", year).year for year in (2020, 2022, 2030, None)] == [
        2023,
        2021,
        2023,
        2023,
    ]


def test_a_commune_that_the_file_does_not_name_is_missing_and_not_zero():
    found = family_count(tables_with("01002 2023 all births 5"), "births").rows
    assert found["status"].tolist() == ["missing", "known", "missing", "missing"]
    assert found["value"].isna().tolist() == [True, False, True, True]


def test_a_measure_that_no_file_gives_has_neither_year_nor_regime():
    found = family_count(example_tables(), "births")
    assert (found.year, found.regime) == (None, None)
    assert set(found.rows["status"]) == {"missing"} and len(found.rows) == 4
