"""Rates that rest on few cases: the worked numbers, and what smoothing may never do."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdsf_analysis.indicators.equity.smoothing import empirical_bayes, poisson_limits


def test_the_worked_numbers():
    various = empirical_bayes([0, 9, 4, 70, 2], [25, 50, 30, 400, 60])
    assert various == pytest.approx([0.118126, 0.160896, 0.146214, 0.170433, 0.104026], abs=5e-7)
    alike = empirical_bayes([3, 10, 4, 41, 5], [12, 40, 18, 150, 22])
    assert alike == pytest.approx([0.260331] * 5, abs=5e-7)


def test_a_stable_rate_is_never_pushed_away_from_the_mean():
    smoothed = empirical_bayes([0, 2, 5, 30, 8], [10, 15, 40, 200, 90])
    assert smoothed[2:].max() < 0.16


counts = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 400)), min_size=1, max_size=9)


@given(counts)
def test_a_smoothed_rate_lies_between_the_raw_one_and_the_mean(found):
    events, base = (np.array(one, float) for one in zip(*found, strict=True))
    smoothed = empirical_bayes(events, base)
    assert np.isnan(smoothed[base == 0]).all()
    has = base > 0
    if has.any():
        mean = events[has].sum() / base[has].sum()
        raw = events[has] / base[has]
        assert (smoothed[has] >= np.minimum(raw, mean) - 1e-12).all()
        assert (smoothed[has] <= np.maximum(raw, mean) + 1e-12).all()


def test_the_limits_of_few_and_many_cases():
    low, high = poisson_limits([3, 300, 0])
    assert (100 * low[:2] / [8, 800]).round(1).tolist() == [7.7, 33.4]
    assert (100 * high[:2] / [8, 800]).round(1).tolist() == [109.6, 42.0]
    assert low[2] == 0 and high[2] == pytest.approx(3.689, abs=1e-3)
