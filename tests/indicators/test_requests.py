"""What was asked, at any date."""

import pandas as pd
import pytest

from sdsf_analysis.indicators.requests import requests_followed
from sdsf_analysis.model.tables import Tables, table

CODES = {"question": "commune_unknown", "warning": "note_mark"}


def followed(requests, on, problems=()):
    rows = [
        {"source": source, "code": CODES[severity], "severity": severity} for source, severity in problems
    ]
    frames = {
        "requests": table("requests").conform(pd.DataFrame(requests)),
        "problems": table("problems").conform(pd.DataFrame(rows)),
        "ledger": table("ledger").conform(pd.DataFrame({"source": ["b.csv"]})),
    }
    return requests_followed(Tables(lambda name: frames.get(name, table(name).empty())), on)


def request(**given):
    usual = {
        "request": "1",
        "kind": "ctg",
        "partner": "Caf",
        "asked_on": "2024-11-04",
        "due_on": "2024-11-29",
    }
    return usual | given


@pytest.mark.parametrize(
    ("given", "on", "state", "days"),
    [
        ({}, "2024-11-03", "to_come", None),
        ({}, "2024-11-29", "awaited", None),
        ({}, "2024-11-30", "late", 1),
        ({"due_on": None}, "2024-11-30", "undated", None),
        ({"received_on": "2024-11-29"}, "2024-12-31", "received", None),
        ({"received_on": "2024-12-02"}, "2024-12-31", "received_late", 3),
        # what came later was late until it came
        ({"received_on": "2024-12-02"}, "2024-12-01", "late", 2),
        ({"source": "b.csv"}, "2024-12-31", "received", None),
        ({"due_on": None, "received_on": "2024-12-02"}, "2024-12-31", "received", None),
    ],
)
def test_state_of_a_request(given, on, state, days):
    row = followed([request(**given)], on).loc[0]
    assert row["state"] == state
    assert (None if pd.isna(row["days_late"]) else row["days_late"]) == days


def test_versions_and_problems_of_the_file_that_is_there():
    lines = [
        request(received_on="2024-11-27", source="a.csv", version="V1"),
        request(request="2", asked_on="2024-12-02", received_on="2024-12-18", source="b.csv", version="V2"),
        request(request="3", asked_on="2024-12-03", version="V3"),
    ]
    found = followed(lines, "2024-12-20", [("b.csv", "question"), ("b.csv", "warning"), ("b.csv", "warning")])
    assert found["versions"].tolist() == [2, 2, 2]
    # the first version is no longer there: nothing is known of its problems, which is not none
    assert found["question"].isna().tolist() == [True, False, True]
    assert found.loc[1, ["question", "error", "warning"]].tolist() == [1, 0, 2]


def test_nothing_asked():
    assert followed([], "2024-12-20").empty
