"""Measures of inequality: the worked numbers, what they keep, an oracle that expands the weights."""

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdsf_analysis.indicators.equity.measures import extremes_ratio, gini, lorenz, quantile, theil

RATES, CHILDREN = [20, 35, 50, 60, 80], [400, 300, 150, 100, 50]


def test_the_worked_numbers():
    assert gini(RATES, CHILDREN) == pytest.approx(0.2493056, abs=5e-8)
    assert gini(RATES, [1] * 5) == pytest.approx(0.2367347, abs=5e-8)
    assert gini([1, 2, 3, 4, 5], [1] * 5) == pytest.approx(0.266667, abs=5e-7)
    split = theil(RATES, CHILDREN, list("NNSSS"))
    assert split == pytest.approx((0.1034633, 0.0757945, 0.0276687), abs=5e-8)
    assert theil(RATES, [1] * 5, list("NNSSS")).total == pytest.approx(0.0925707, abs=5e-8)
    assert [quantile(RATES, CHILDREN, share) for share in (0.1, 0.9)] == [20, 60]
    assert extremes_ratio([10, 12, 20, 30, 36], 2) == 3.0


def expanded_gini(values):
    """Gini of a population, each person for one: mean difference over twice the mean."""
    values = np.asarray(values, float)
    return np.abs(values[:, None] - values[None, :]).mean() / (2 * values.mean())


areas = st.lists(
    st.tuples(st.integers(0, 90), st.integers(0, 6), st.sampled_from("ABC")), min_size=1, max_size=8
)


@given(areas)
def test_a_weight_is_as_many_persons(found):
    rates, weights, groups = zip(*found, strict=True)
    people = np.repeat(rates, weights)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        index, split = gini(rates, weights), theil(rates, weights, groups)
    if not people.sum():
        assert np.isnan(index) and np.isnan(split.total)
        return
    assert index == pytest.approx(expanded_gini(people), abs=1e-9)
    assert split.between + split.within == pytest.approx(split.total, abs=1e-12)
    assert split.between > -1e-9 and split.within > -1e-9
    assert quantile(rates, weights, 0.9) in people and quantile(rates, weights, 0.1) <= np.median(people)


@given(areas, st.floats(0.01, 100))
def test_a_unit_of_measure_changes_nothing(found, scale):
    rates, weights, _ = zip(*found, strict=True)
    scaled = [rate * scale for rate in rates]
    assert gini(scaled, weights) == pytest.approx(gini(rates, weights), abs=1e-9, nan_ok=True)


def test_all_served_alike_is_zero_and_nothing_shared_has_no_index():
    assert gini([7, 7, 7], [1, 50, 3]) == pytest.approx(0)
    assert theil([7, 7], [1, 5], ["A", "B"]) == pytest.approx((0, 0, 0))
    assert np.isnan(gini([0, 0], [3, 4])) and lorenz([0, 0], [3, 4])[0].size == 0


def test_a_territory_that_has_nothing_adds_nothing_to_theil():
    assert theil([0, 10], [1, 1], ["A", "A"]).total == pytest.approx(np.log(2))


def test_the_official_ratio_needs_two_ends_and_something_at_the_worst_one():
    assert np.isnan(extremes_ratio([1, 2, 3], 2))
    assert np.isnan(extremes_ratio([0, 0, 3, 4], 2))


def test_nobody_is_answered_without_a_warning():
    for answer in (gini([], []), quantile([], [], 0.5), theil([], [], []).total, gini([5], [0])):
        assert np.isnan(answer)
