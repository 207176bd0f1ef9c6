"""The balance of places: the beginning and the movements make the end, whatever happens to the services."""

from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sdsf_analysis as sdsf
from sdsf_analysis.errors import QuestionError
from sdsf_analysis.indicators.example import example_tables
from sdsf_analysis.indicators.services.movements import MOVEMENTS
from sdsf_analysis.model.tables import Tables, table

COMMUNES = ["01001", "01002", "01004", "01005"]
START, END = "2022-12-31", "2024-12-31"


def tables_of(rows):
    columns = ["service", "valid_from", "valid_to", "stage", "commune", "capacity", "opened_on", "closed_on"]
    frame = pd.DataFrame(rows, columns=columns).assign(kind="eaje_collective", capacity_unit="places")
    frame = frame.assign(capacity_status="known")
    offer = table("offer").conform(table("offer").cast(frame))
    known = example_tables()
    return Tables(lambda name: offer if name == "offer" else getattr(known, name))


@st.composite
def services(draw):
    rows = []
    for number in range(draw(st.integers(1, 4))):
        days = sorted(draw(st.sets(st.integers(0, 1200), min_size=2, max_size=6)))
        dates = [pd.Timestamp("2022-01-01") + pd.Timedelta(days=day) for day in days]
        dated = draw(st.booleans())
        for first, following in pairwise(dates):
            gap = draw(st.sampled_from([1, 1, 5]))
            last = max(following - pd.Timedelta(days=gap), first)
            stage = draw(st.sampled_from(["open", "open", "frozen", "closed", "building"]))
            places, commune = draw(st.integers(0, 40)), draw(st.sampled_from(COMMUNES))
            rows.append(
                (f"s{number}", first, last, stage, commune, places, dates[0] if dated else None, None)
            )
    return rows


@settings(max_examples=40, deadline=None)
@given(services(), st.sampled_from(["commune", "epci"]), st.sampled_from(["places", "services"]))
def test_the_start_and_the_movements_make_the_end(rows, by, of):
    tables = tables_of(rows)
    found = sdsf.places_balance(tables, START, END, by=by, of=of)
    values = found.pivot(index="territory", columns="measure", values="value")
    assert (values["start"] + values[list(MOVEMENTS)].sum(axis=1)).equals(values["end"])
    held = sdsf.offer_at(tables, END)
    expected = held["capacity"].sum() if of == "places" else len(held)
    assert values["end"].sum() == expected


@pytest.mark.parametrize(
    ("rows", "movement", "value"),
    [
        ([("a", "2023-05-01", None, "open", "01001", 20, "2023-05-01", None)], "created", 20),
        ([("a", "2023-12-31", None, "open", "01001", 20, None, None)], "not_dated", 20),
        ([("a", "2020-01-01", "2023-06-30", "open", "01001", 20, None, "2023-06-30")], "closed", -20),
        ([("a", "2020-01-01", "2023-06-30", "open", "01001", 20, None, None)], "left", -20),
    ],
)
def test_what_begins_or_ends_is_named_for_what_is_known_of_it(rows, movement, value):
    found = sdsf.places_movements(tables_of(rows), START, END)
    assert found[["movement", "value"]].values.tolist() == [[movement, value]]


def test_a_service_that_moves_leaves_one_territory_for_another():
    rows = [
        ("a", "2020-01-01", "2023-06-30", "open", "01001", 20, None, None),
        ("a", "2023-07-01", None, "open", "01004", 24, None, None),
    ]
    found = sdsf.places_movements(tables_of(rows), START, END)
    assert found[["territory", "movement", "value"]].values.tolist() == [
        ["E1", "moved_out", -20.0],
        ["E2", "moved_in", 24.0],
    ]


def test_an_end_before_the_start_is_refused():
    with pytest.raises(QuestionError, match="échanger start et end"):
        sdsf.places_balance(example_tables(), END, START)
