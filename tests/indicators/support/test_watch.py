"""The watch list: each alert with its rule and figures, aids that add up, what became of the structure."""

import pandas as pd
import pytest

import sdsf_analysis as sdsf
from sdsf_analysis.errors import QuestionError
from sdsf_analysis.indicators.example import example_tables
from sdsf_analysis.indicators.support.alerts import RULES
from sdsf_analysis.indicators.support.example import support_example
from sdsf_analysis.indicators.support.outcomes import outcomes
from sdsf_analysis.model.tables import Tables, table

ON = "2024-12-31"


def tables_of(activity, status="known", nature="actual"):
    """Tables of the example with some activity of ``c1``: « measure year value »."""
    rows = [line.split() for line in activity.strip().splitlines()]
    frame = pd.DataFrame(rows, columns=["measure", "year", "value"], dtype="str")
    frame = frame.astype({"year": "int64", "value": "float64"})
    frame = table("activity").conform(frame.assign(service="c1", nature=nature, status=status))
    known = example_tables()
    return Tables(lambda name: frame if name == "activity" else getattr(known, name))


def rules(tables, on=ON, **options):
    return sdsf.watch_list(tables, on, **options)["rule"].tolist()


@pytest.mark.parametrize(
    ("activity", "expected"),
    [
        ("occupancy_rate 2024 59.9", ["occupancy_low"]),
        ("occupancy_rate 2024 60", []),
        ("billing_rate 2024 117.1", ["billing_high"]),
        ("billing_rate 2024 117", []),
        ("cash 2024 14", ["cash_low"]),
        ("cash 2024 15", []),
        ("result 2024 -51\nbudget 2024 1000", ["deficit"]),
        ("result 2024 -50\nbudget 2024 1000", []),
        ("result 2024 -51\nhours_done 2024 100\nhourly_cost_price 2024 10", ["deficit"]),
        ("result 2024 -51", []),
        ("result 2024 -51\nbudget 2024 0", []),
        ("occupancy_rate 2022 80\noccupancy_rate 2023 78\noccupancy_rate 2024 75", ["occupancy_falling"]),
        ("occupancy_rate 2022 80\noccupancy_rate 2023 81\noccupancy_rate 2024 75", []),
        ("occupancy_rate 2022 80\noccupancy_rate 2023 79\noccupancy_rate 2024 76", []),
        ("occupancy_rate 2022 80\noccupancy_rate 2024 70", []),
        ("billing_rate 2022 100\nbilling_rate 2023 101\nbilling_rate 2024 105", ["billing_rising"]),
        ("result 2022 -1\nresult 2023 -1\nresult 2024 -1", ["deficit_running"]),
        ("result 2022 -1\nresult 2023 0\nresult 2024 -1", []),
        ("cash 2022 90\ncash 2023 60\ncash 2024 29", ["cash_falling"]),
        ("cash 2022 90\ncash 2023 60\ncash 2024 30", []),
    ],
)
def test_a_rule_begins_beyond_its_threshold(activity, expected):
    assert rules(tables_of(activity)) == expected


def test_a_threshold_is_an_option_and_comes_back_with_the_alert():
    (row,) = sdsf.watch_list(tables_of("occupancy_rate 2024 68"), ON, occupancy_min=70).to_dict("records")
    assert (row["value"], row["threshold"], row["unit"], row["year"]) == (68, 70, "%", 2024)
    assert "68,0" in row["label"] and "70,0" in row["label"] and "2024" in row["figures"]
    two = tables_of("occupancy_rate 2023 80\noccupancy_rate 2024 70")
    assert rules(two, years=2) == ["occupancy_falling"] and rules(two) == []


@pytest.mark.parametrize("more", [{"status": "secret"}, {"status": "error"}, {"nature": "forecast"}])
def test_what_is_not_an_actual_known_figure_gives_no_alert(more):
    assert rules(tables_of("occupancy_rate 2024 10", **more)) == []


def test_a_structure_without_a_figure_of_the_last_year_is_not_judged_on_an_old_one():
    rows = tables_of("occupancy_rate 2022 10").activity
    later = rows.assign(service="m1", year=2024, value=90.0)
    both = table("activity").conform(pd.concat([rows, later]))
    known = example_tables()
    assert rules(Tables(lambda name: both if name == "activity" else getattr(known, name))) == []


def test_only_what_is_known_at_the_date_counts():
    tables = support_example()
    early = sdsf.watch_list(tables, "2023-03-31")
    assert "reported" not in set(early["rule"])
    assert set(sdsf.watch_list(tables, "2022-12-31")["rule"]) <= set(RULES) - {"aid", "reported"}


def test_the_aids_add_up_whatever_the_number_of_alerts():
    found = sdsf.watch_list(support_example(), ON, occupancy_min=90)
    assert found["aid_eur"].sum() == 20000
    assert "20" in found.attrs["remark"] and "fermée : 1" in found.attrs["remark"]


def test_the_caf_s_own_words_are_kept():
    found = sdsf.watch_list(support_example(), ON)
    (row,) = found[found["rule"] == "reported"].to_dict("records")
    assert (row["reason"], row["support"], row["follow_up"]) == (
        "retard de versement",
        "suivi trimestriel",
        "suivi poursuivi",
    )
    assert row["label"] == "Signalée par la Caf : Trésorerie." and row["epci"] == "E2"


FIRST, LAST = pd.Timestamp("2023-06-30"), pd.Timestamp("2024-12-31")


@pytest.mark.parametrize(
    ("periods", "outcome"),
    [
        ("2020-01-01 - 01001 open -", "open"),
        ("2020-01-01 2024-05-31 01001 open -\n2024-06-01 - 01004 open -", "moved"),
        ("2020-01-01 2022-05-31 01001 open -\n2022-06-01 - 01004 open -", "open"),
        ("2020-01-01 2024-05-31 01001 open 2024-05-31", "closed"),
        ("2020-01-01 2024-05-31 01001 open -\n2024-06-01 - 01001 closed -", "closed"),
        ("2020-01-01 2025-05-31 01001 open 2025-05-31", "open"),
        ("2020-01-01 2024-05-31 01001 open -", "unknown"),
        ("2020-01-01 2024-05-31 01001 open -\n2024-06-01 - 01001 frozen -", "frozen"),
        ("2025-06-01 - 01001 open -", "unknown"),
    ],
)
def test_what_became_of_a_structure(periods, outcome):
    columns = ["valid_from", "valid_to", "commune", "stage", "closed_on"]
    rows = pd.DataFrame([line.split() for line in periods.splitlines()], columns=columns, dtype="str")
    offer = table("offer").conform(rows.replace("-", None).assign(service="a", kind="eaje_collective"))
    found = outcomes(offer, pd.Series({"a": FIRST}), LAST)
    assert found["outcome"].tolist() == [outcome]


def test_a_structure_that_no_list_names_is_unknown():
    found = outcomes(table("offer").empty(), pd.Series({"a": FIRST}), LAST)
    assert found["outcome"].tolist() == ["unknown"]


def test_nothing_received_is_said_with_the_files_that_would_bring_it():
    found = sdsf.watch_list(Tables(lambda name: table(name).empty()), ON)
    assert found.empty and found["alerts"].dtype == "int64"
    assert "recette ida" in found.attrs["remark"] and "recette eaje" in found.attrs["remark"]


@pytest.mark.parametrize("options", [{"years": 1}, {"cash_min": float("nan")}])
def test_what_is_no_threshold_is_refused(options):
    with pytest.raises(QuestionError, match="seuils"):
        sdsf.watch_list(support_example(), ON, **options)
