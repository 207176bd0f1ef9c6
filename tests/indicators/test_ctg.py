from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.indicators.ctg import (
    covered_communes,
    ctg_at,
    ctg_counters,
    ctg_coverage,
    ctg_renewals,
    ctg_states,
)
from sdsf_analysis.indicators.example import example_tables
from sdsf_analysis.model.tables import Tables, table

LONG = ["measure", "numerator", "denominator", "value", "status", "low", "high"]


def changed(**frames):
    """Example tables, some of them replaced."""
    example = example_tables()
    return Tables(
        lambda name: table(name).conform(frames[name]) if name in frames else getattr(example, name)
    )


def counters(tables, on):
    return ctg_counters(tables, on).set_index("measure")


def shares(tables, on, measure, by="epci"):
    frame = ctg_coverage(tables, on, by)
    return frame[frame["measure"] == measure].set_index("territory")


@pytest.mark.parametrize(
    ("on", "communes", "population"),
    [
        ("2023-12-31", 75.0, 93.33),
        ("2024-03-01", 50.0, 80.0),
        ("2026-06-30", 50.0, 66.67),
        ("2026-07-01", 25.0, 13.33),
    ],
)
def test_worked_numbers_of_the_method(on, communes, population):
    found = counters(example_tables(), on)
    assert found.loc["communes_covered", "value"] == communes
    assert round(found.loc["population_covered", "value"], 2) == population


@pytest.mark.parametrize("on", ["2024-06-30", date(2024, 6, 30), pd.Timestamp("2024-06-30 23:59")])
def test_a_day_is_a_text_a_date_or_a_timestamp(on):
    expected = ctg_counters(example_tables(), pd.Timestamp("2024-06-30"))
    pd.testing.assert_frame_equal(ctg_counters(example_tables(), on), expected)


@pytest.mark.parametrize("on", ["30/06/2024", "2024-02-30", "", None, pd.NaT, 2024])
def test_what_is_not_a_day_is_refused_in_french(on):
    with pytest.raises(QuestionError, match=r"n'est pas une date\. L'écrire année-mois-jour"):
        ctg_counters(example_tables(), on)


def test_an_unknown_level_lists_the_levels():
    with pytest.raises(QuestionError, match=r"« canton »\. Choisir parmi : commune, ctg, epci\.$"):
        ctg_coverage(example_tables(), "2024-06-30", by="canton")
    with pytest.raises(QuestionError, match=r"Le plus proche : epci\."):
        ctg_coverage(example_tables(), "2024-06-30", by="EPCI")


@pytest.mark.parametrize(
    ("on", "meant"), [("30/06/2024", "2024-06-30"), ("2024-02-30", "2024-02-29"), ("1.1.2024", "2024-01-01")]
)
def test_a_day_written_otherwise_is_given_as_it_should_be(on, meant):
    with pytest.raises(QuestionError, match=f"Voulait-on dire {meant}"):
        ctg_counters(example_tables(), on)


def test_columns_and_order_of_the_two_answers():
    found = ctg_counters(example_tables(), "2024-06-30")
    assert found.columns.tolist() == ["date", *LONG]
    assert found["measure"].tolist()[:3] == ["ctg_in_force", "officers", "population_covered"]
    assert found["measure"].is_unique
    coverage = ctg_coverage(example_tables(), "2024-06-30")
    assert coverage.columns.tolist() == ["territory", *LONG]
    assert coverage["territory"].tolist() == ["E1"] * 3 + ["E2"] * 3
    assert coverage["measure"].tolist() == ["communes", "population", "children_0_2"] * 2
    assert coverage.attrs == {
        "population_year": [2023],
        "children_0_2": {"year": 2023, "regime": "all"},
        "of": "perimeter",
        "basis": "effective",
        "question": '{"name": "ctg_coverage", "on": "2024-06-30", "by": "epci", "of": "perimeter", '
        '"basis": "effective"}',
    }


def test_a_retroactive_convention_is_in_force_but_not_yet_signed():
    before, after = counters(example_tables(), "2021-02-28"), counters(example_tables(), "2021-03-01")
    names = ["ctg_in_force", "ctg_signed_in_force", "ctg_retroactive", "ctg_signature_unknown"]
    assert before.loc[names, "value"].tolist() == [2, 1, 1, 0]
    assert after.loc[names, "value"].tolist() == [2, 2, 0, 0]


def test_states_follow_the_dates():
    states = [
        ctg_states(example_tables().ctg, day).tolist() for day in ("2019-11-30", "2023-12-31", "2024-01-01")
    ]
    assert states == [
        ["closed", "closed", "closed", "closed", "preparation"],
        ["in_force", "in_force", "closed", "in_force", "preparation"],
        ["in_force", "renewal", "closed", "in_force", "preparation"],
    ]


def test_a_convention_without_its_end_is_doubtful_not_in_force():
    rows = example_tables().ctg
    rows.loc[rows["ctg"] == "A", "ends_on"] = pd.NaT
    found = counters(changed(ctg=rows), "2024-06-30")["value"]
    assert found[["ctg_in_force", "ctg_undated"]].tolist() == [2, 1]
    assert "01001" not in set(covered_communes(changed(ctg=rows), "2024-06-30"))


def test_what_has_no_end_is_named_beside_every_answer_that_leaves_it_out():
    rows = example_tables().ctg
    rows.loc[rows["ctg"] == "A", "ends_on"] = pd.NaT
    tables = changed(ctg=rows)
    for frame in (ctg_counters(tables, "2024-06-30"), ctg_coverage(tables, "2024-06-30")):
        assert frame.attrs["remark"] == "CTG dont la période est incomplète, non comptées : A."
    assert "non comptées : A." in ctg_renewals(tables, "2024-06-30").attrs["remark"]


def test_a_successor_that_takes_up_the_communes_makes_a_renewal_as_the_list_says():
    rows = example_tables().ctg.assign(replaces=None, stage="ended")
    tables = changed(ctg=rows)
    assert counters(tables, "2024-03-01").loc["ctg_renewal", "value"] == 1
    listed = ctg_renewals(tables, "2024-03-01").set_index("ctg")
    assert listed.loc["B1", ["situation", "successor"]].tolist() == ["ended_under_way", "B2"]
    assert counters(tables, "2024-06-01").loc["ctg_renewal", "value"] == 0


def test_a_project_never_covers_even_with_dates():
    rows = example_tables().ctg
    dates = pd.Timestamp("2024-01-01"), pd.Timestamp("2028-12-31")
    rows.loc[rows["ctg"] == "D", ["starts_on", "ends_on"]] = dates
    assert "01005" not in set(covered_communes(changed(ctg=rows), "2024-06-30"))


def test_a_commune_of_two_conventions_counts_once():
    rows = example_tables().membership
    twice = pd.concat([rows, rows[rows["territory"] == "A"].assign(territory="C")])
    assert counters(changed(membership=twice), "2024-06-30").loc["communes_covered", "numerator"] == 3
    assert len(ctg_at(changed(membership=twice), "2024-06-30")) == 5


def test_a_commune_that_left_the_perimeter_is_no_longer_covered():
    rows = example_tables().membership
    rows.loc[rows["territory"] == "A", "ends_on"] = pd.Timestamp("2023-06-30")
    assert "01001" in set(covered_communes(changed(membership=rows), "2023-06-30"))
    assert "01001" not in set(covered_communes(changed(membership=rows), "2023-07-01"))


def test_communes_of_another_departement_are_left_out():
    rows = example_tables().membership
    wide = pd.concat(
        [rows, rows[rows["territory"].isin(["A", "E1"])].assign(commune="71001").drop_duplicates()]
    )
    assert counters(changed(membership=wide), "2024-06-30").loc["communes_covered", "denominator"] == 4
    assert shares(changed(membership=wide), "2024-06-30", "communes").loc["E1", "denominator"] == 2


def test_persons_posts_and_vacancies_are_told_apart():
    found = counters(example_tables(), "2024-06-30")["value"]
    names = ["officers", "officer_posts", "officer_posts_vacant", "officer_posts_elsewhere"]
    assert found[names].tolist() == [1, 3, 1, 1]
    assert found[["officer_fte_agreed", "officer_fte_funded"]].tolist() == [2.0, 1.5]


def test_a_post_without_its_time_leaves_the_sum_unknown():
    rows = example_tables().officers
    rows.loc[rows["officer"] == "vacant-1", "fte_funded"] = None
    row = counters(changed(officers=rows), "2024-06-30").loc["officer_fte_funded"]
    assert (row["status"], row["low"]) == ("missing", 1.0)
    assert pd.isna(row["value"])


@pytest.mark.parametrize(("absent", "left"), [("ctg", {"population_year"}), ("officers", None)])
def test_a_file_not_received_is_missing_not_zero(absent, left):
    found = counters(changed(**{absent: table(absent).empty()}), "2024-06-30")
    known = set(found.index[found["status"] == "known"])
    expected = left or {name for name in found.index if not name.startswith("officer")}
    assert known == expected
    assert found.loc[~found.index.isin(known), "value"].isna().all()


def test_a_withheld_count_gives_bounds_and_no_value():
    row = shares(example_tables(), "2024-06-30", "children_0_2").loc["E2"]
    assert (row["status"], row["numerator"]) == ("secret", 60.0)
    assert row[["denominator", "value"]].isna().all()
    assert row[["low", "high"]].tolist() == pytest.approx([100 * 60 / 64, 100 * 60 / 61])


def test_a_missing_count_makes_the_share_missing_never_zero():
    rows = example_tables().families
    found = shares(changed(families=rows[rows["commune"] != "01001"]), "2024-06-30", "children_0_2")
    assert found["status"].tolist() == ["missing", "secret"]
    assert found.loc["E1", ["numerator", "denominator", "value"]].isna().all()


def test_a_territory_without_children_has_no_rate():
    rows = example_tables().families.assign(value=0.0, status="known", low=None, high=None)
    found = shares(changed(families=rows), "2024-06-30", "children_0_2")
    assert found["status"].tolist() == ["not_applicable"] * 2
    assert found["value"].isna().all()


def test_children_are_of_the_latest_year_known_at_the_date():
    rows = example_tables().families
    rows = pd.concat([rows.assign(year=year) for year in (2022, 2023, 2025)])
    years = [
        ctg_coverage(changed(families=rows), on).attrs["children_0_2"]["year"]
        for on in ("2021-06-30", "2022-06-30", "2024-06-30", "2026-06-30")
    ]
    assert years == [2025, 2022, 2023, 2025]


def test_children_under_18_are_the_sum_of_four_bands():
    rows = example_tables().families.assign(value=10.0, status="known", low=None, high=None)
    bands = ["children_0_2", "children_3_5", "children_6_11", "children_12_17"]
    whole = pd.concat([rows.assign(measure=band) for band in bands])
    assert shares(changed(families=whole), "2024-06-30", "children_0_17")["denominator"].tolist() == [
        80.0,
        80.0,
    ]
    holed = whole[(whole["measure"] != "children_6_11") | (whole["commune"] != "01001")]
    found = shares(changed(families=holed), "2024-06-30", "children_0_17")
    assert found["status"].tolist() == ["missing", "known"]
    without = whole[whole["measure"] != "children_6_11"]
    assert "children_0_17" not in set(ctg_coverage(changed(families=without), "2024-06-30")["measure"])


@settings(max_examples=8, deadline=None, derandomize=True)
@given(st.dates(date(2019, 1, 1), date(2030, 1, 1)))
def test_the_whole_is_the_sum_of_its_territories(on):
    tables = example_tables()
    parts, whole = shares(tables, on, "population"), counters(tables, on).loc["population_covered"]
    assert parts["numerator"].sum() == whole["numerator"]
    assert parts["denominator"].sum() == whole["denominator"]
    assert parts["value"].between(0, 100).all()


def test_without_any_convention_received_nothing_is_zero():
    tables = changed(ctg=example_tables().ctg.iloc[:0])
    shares = ctg_coverage(tables, "2024-06-30")
    assert set(shares["status"]) == {"missing"}
    assert shares[["numerator", "value"]].isna().all(axis=None)
    assert shares.loc[shares["measure"] == "population", "denominator"].tolist() == [1500.0, 2250.0]


def test_a_region_is_said_to_be_counted_in_its_part_only():
    rows = example_tables().membership
    region = rows[rows["level"] == "epci"].assign(level="region", territory="84")
    tables = changed(membership=pd.concat([rows, region]))
    frame = ctg_coverage(tables, "2024-06-30", "region")
    assert frame["denominator"].tolist()[:2] == [4, 3750]
    assert "seules les communes du département" in frame.attrs["remark"]
