import pandas as pd

from sdsf_analysis.build.periods import offer_periods
from sdsf_analysis.model.tables import table


def observed(*rows):
    names = ["service", "valid_from", "valid_to", "capacity", "_row"]
    frame = pd.DataFrame([dict(zip(names, (*row, f"r{n}"), strict=True)) for n, row in enumerate(rows)])
    marks = frame.pop("_row").astype("str")
    return table("offer").cast(frame).assign(_row=marks)


def periods(*rows):
    found = offer_periods(observed(*rows))
    frame, joined = found.frame, found.joined
    days = frame[["valid_from", "valid_to"]].apply(lambda day: day.dt.strftime("%Y-%m-%d"))
    shown = [tuple(None if pd.isna(v) else v for v in row) for row in days.itertuples(index=False)]
    return shown, frame["capacity"].tolist(), joined


def test_unchanged_observations_join_and_the_ledger_follows():
    days, capacity, joined = periods(("a", "2022-12-31", None, 10.0), ("a", "2023-12-31", None, 10.0))
    assert (days, capacity, joined) == ([("2022-12-31", None)], [10.0], {"r1": "r0"})


def test_a_change_closes_the_day_before():
    days, capacity, joined = periods(
        ("a", "2023-12-31", None, 12.0), ("a", "2022-12-31", None, 10.0), ("b", "2023-06-30", None, 10.0)
    )
    assert days == [("2022-12-31", "2023-12-30"), ("2023-12-31", None), ("2023-06-30", None)]
    assert (capacity, joined) == ([10.0, 12.0, 10.0], {})


def test_a_return_to_an_earlier_state_is_a_third_period():
    days, capacity, _ = periods(
        ("a", "2021-12-31", None, 10.0), ("a", "2022-12-31", None, 12.0), ("a", "2023-12-31", None, 10.0)
    )
    assert capacity == [10.0, 12.0, 10.0]
    assert [end for _, end in days] == ["2022-12-30", "2023-12-30", None]


def test_a_period_that_ended_is_not_bridged_by_a_reopening():
    days, _, joined = periods(("a", "2021-01-01", "2021-06-30", 10.0), ("a", "2023-01-01", None, 10.0))
    assert days == [("2021-01-01", "2021-06-30"), ("2023-01-01", None)]
    assert joined == {}


def test_the_last_observation_says_when_a_joined_period_ends():
    days, _, _ = periods(("a", "2021-01-01", None, 10.0), ("a", "2023-01-01", "2023-08-31", 10.0))
    assert days == [("2021-01-01", "2023-08-31")]


def test_two_lines_of_one_date_are_left_to_be_asked_about():
    days, _, joined = periods(("a", "2023-01-01", None, 10.0), ("a", "2023-01-01", None, 10.0))
    assert (days, joined) == ([("2023-01-01", None)] * 2, {})
