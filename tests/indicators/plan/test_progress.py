"""From the first value to the target: worked numbers, and what has no ratio."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.indicators.plan.paths import Bounded, paths
from sdsf_analysis.indicators.plan.progress import plan_progress
from sdsf_analysis.model.tables import Tables, table

START, MID, END = "2021-01-01", "2023-01-01", "2025-01-01"


@pytest.fixture
def only(plan):
    """Progress of one indicator, at a day after its measure."""

    def ask(values, on="2023-06-30", direction="increase", start=None):
        (row,) = plan_progress(plan(values=values, direction=direction), on, start=start).to_dict("records")
        return row

    return ask


def way(first, now, target, end=END):
    return [(START, "baseline", first), (MID, "measure", now), (end, "target", target)]


def test_the_worked_number_of_the_method():
    one = [Bounded(*([np.array([value])] * 3)) for value in (48.0, 51.0, 56.0)]
    found = paths(*one, np.array([3 / 6]))
    assert [found[name][0] for name in ("progress", "expected_progress", "gap")] == [37.5, 50.0, -1.0]
    assert np.isnan(
        [found[name][0] for name in ("progress_low", "progress_high", "gap_low", "gap_high")]
    ).all()


@pytest.mark.parametrize(
    ("path", "direction", "progress", "state"),
    [
        ((48, 51, 56), "increase", 37.5, "behind"),
        ((48, 52, 56), "increase", 50, "on_track"),
        ((96, 81, 40), "decrease", 26.79, "behind"),
        ((40, 30, 20), "decrease", 50, "on_track"),
        ((48, 45, 56), "increase", -37.5, "backwards"),
        ((40, 41, 20), "decrease", -5, "backwards"),
        ((120, 340, 300), "increase", 122.22, "exceeded"),
        ((2, 6, 6), "increase", 100, "reached"),
        ((48, 48, 56), "increase", 0, "unmoved"),
        ((0, 6, 12), "increase", 50, "on_track"),
        ((9, 4, 12), "decrease", -166.67, "contrary"),
    ],
)
def test_each_state_of_an_indicator(only, path, direction, progress, state):
    row = only(way(*path), direction=direction)
    assert row["progress"] == pytest.approx(progress, abs=0.01)
    assert row["state"] == state


@pytest.mark.parametrize(
    ("now", "direction", "state"),
    [
        (50, "increase", "maintained"),
        (51, "increase", "maintained"),
        (49, "increase", "not_maintained"),
        (49, "decrease", "maintained"),
        (51, None, "not_maintained"),
        (50, None, "maintained"),
        ((45, 49), "increase", "not_maintained"),
        ((45, 55), "increase", "withheld"),
    ],
)
def test_a_target_equal_to_the_first_value_has_no_ratio(only, now, direction, state):
    row = only(way(50, now, 50), direction=direction)
    assert np.isnan(row["progress"]) and row["state"] == state


def test_a_missing_value_is_not_zero(only):
    row = only(way(61, None, 35), direction="decrease")
    assert np.isnan(row["value"]) and np.isnan(row["progress"]) and np.isnan(row["gap"])
    assert (row["status"], row["state"]) == ("missing", "no_value")
    assert only(way(61, 0, 35), direction="decrease")["state"] == "exceeded"


def test_what_lacks_a_target_or_a_first_value_says_so(only):
    assert only(way(8, 5, None))["state"] == "no_target"
    assert only(way(8, 5, None)[:2])["state"] == "no_target"
    assert only(way(None, 5, 9))["state"] == "no_baseline"
    assert only(way(8, 5, 9)[1:])["state"] == "no_baseline"


def test_the_latest_value_not_after_the_day_counts(only):
    values = [*way(10, 14, 20), ("2024-01-01", "measure", 18), ("2024-06-01", "measure", None)]
    assert only(values, "2023-12-31")["value"] == 14
    # the empty cell of June does not erase what January said
    assert [only(values, "2024-12-31")[name] for name in ("value", "measured_on")] == [
        18,
        pd.Timestamp("2024-01-01"),
    ]
    assert only(values, "2022-12-31")["state"] == "no_value"


def test_a_measure_is_compared_with_what_was_expected_on_its_own_date(only):
    early, late = (only(way(48, 52, 56), on) for on in ("2023-01-01", "2024-12-31"))
    assert early["expected"] == late["expected"] == pytest.approx(52, abs=0.01)


def test_after_the_date_of_the_target_the_target_itself_is_expected(only):
    row = only(way(48, 51, 56, end="2022-01-01"))
    assert (row["expected_progress"], row["expected"], row["gap"]) == (100, 56, -5)
    assert row["state"] == "behind"


def test_a_target_without_a_date_has_a_ratio_and_no_expected_point(only):
    row = only(way(48, 51, 56, end=None))
    assert row["progress"] == 37.5 and row["state"] == "advancing"
    assert np.isnan(row["expected"]) and np.isnan(row["gap"])


def test_a_withheld_value_gives_bounds_and_a_state_only_where_they_agree(only):
    row = only(way(0, (1, 4), 10))
    assert np.isnan(row["progress"]) and np.isnan(row["value"])
    assert [row[name] for name in ("progress_low", "progress_high")] == [10, 40]
    assert row["state"] == "behind"
    assert only(way(0, (1, 4), 4))["state"] == "withheld"
    assert only(way((1, 4), 3, 4))["state"] == "withheld"


def test_the_same_review_between_two_dates(only):
    values = [*way(10, 14, 20), ("2024-01-01", "measure", 18)]
    row = only(values, "2024-06-30", start="2023-06-30")
    assert (row["baseline"], row["value"], row["progress"]) == (14, 18, pytest.approx(66.67, abs=0.01))
    assert row["expected_progress"] == pytest.approx(50, abs=0.1)
    assert only(values, "2023-12-31", start="2023-06-30")["state"] == "no_value"
    assert only(values, "2024-06-30", start="2020-01-01")["state"] == "no_baseline"


def test_dates_the_wrong_way_round_are_refused(plan):
    with pytest.raises(QuestionError, match=r"Le début \(1er janvier 2024\) est après la date"):
        plan_progress(plan(), "2023-01-01", start="2024-01-01")


def test_without_any_file_the_recipe_is_named():
    nothing = Tables(lambda name: table(name).empty())
    found = plan_progress(nothing, "2024-06-30")
    assert found.empty and "recette action_plan" in found.attrs["remark"]


@given(
    st.lists(
        st.tuples(*[st.tuples(st.integers(-20, 20), st.integers(0, 6), st.floats(0, 1))] * 3),
        min_size=1,
        max_size=5,
    ),
    st.floats(0, 1),
)
def test_bounds_hold_whatever_the_values_within_theirs(drawn, share):
    bounds = [
        Bounded(
            np.full(len(drawn), np.nan),
            np.array([float(one[role][0]) for one in drawn]),
            np.array([float(one[role][0] + one[role][1]) for one in drawn]),
        )
        for role in range(3)
    ]
    inside = [np.array([one[role][0] + one[role][1] * one[role][2] for one in drawn]) for role in range(3)]
    time = np.full(len(drawn), share)
    wide = paths(*bounds, time)
    exact = paths(*(Bounded(value, value, value) for value in inside), time)
    for name in ("progress", "gap"):
        low, high, value = wide[f"{name}_low"], wide[f"{name}_high"], exact[name]
        told = ~np.isnan(low) & ~np.isnan(value)
        assert (low[told] <= value[told] + 1e-6).all() and (value[told] <= high[told] + 1e-6).all()
