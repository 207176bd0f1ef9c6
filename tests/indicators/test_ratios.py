"""One sum over another: the worked numbers, the statuses, the bounds."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdsf_analysis.indicators.ratios import ratio


def sums(value, status="known", low=None, high=None):
    return pd.DataFrame({"value": [value], "status": [status], "low": [low], "high": [high]}).astype(
        {"value": "float64", "low": "float64", "high": "float64"}
    )


def first(frame):
    return frame.iloc[0].to_dict()


def test_an_exact_ratio_has_no_bounds():
    found = first(ratio(sums(25), sums(50)))
    assert (found["value"], found["status"]) == (50.0, "known")
    assert pd.isna(found["low"]) and pd.isna(found["high"])


def test_figures_rounded_to_five_give_the_worked_interval():
    found = first(ratio(sums(25, low=23, high=27), sums(60, low=58, high=62)).round(1))
    assert (found["value"], found["low"], found["high"]) == (41.7, 37.1, 46.6)


@pytest.mark.parametrize(
    ("top", "bottom", "status"),
    [("known", "secret", "secret"), ("secret", "missing", "missing"), ("missing", "known", "missing"),
     ("masked", "known", "secret"), ("not_significant", "known", "secret"), ("error", "known", "missing")],
)  # fmt: skip
def test_what_is_not_known_keeps_its_reason_and_no_value(top, bottom, status):
    one = sums(None if top != "known" else 5.0, top, 1, 9)
    two = sums(None if bottom != "known" else 10.0, bottom, 8, 12)
    found = first(ratio(one, two))
    assert found["status"] == status and pd.isna(found["value"])
    assert found["low"] <= found["high"]


def test_a_denominator_of_zero_is_not_applicable_and_never_zero():
    found = first(ratio(sums(3), sums(0)))
    assert found["status"] == "not_applicable"
    assert pd.isna([found["value"], found["low"], found["high"]]).all()


def test_a_denominator_that_may_be_zero_gives_no_upper_bound():
    found = first(ratio(sums(3), sums(None, "secret", 0, 4)))
    assert pd.isna(found["high"]) and found["low"] == 75.0


def test_nothing_gives_nothing():
    assert ratio(sums(1)[:0], sums(1)[:0]).empty


def test_the_denominator_follows_the_index_of_the_numerator():
    tops = pd.concat([sums(1), sums(4)]).set_axis(["a", "b"])
    bottoms = pd.concat([sums(8), sums(10)]).set_axis(["b", "a"])
    assert ratio(tops, bottoms)["value"].tolist() == [10.0, 50.0]


numbers = st.integers(0, 1000)


@given(numbers, numbers, numbers, numbers, st.data())
def test_the_true_ratio_is_always_between_the_bounds(low, more, least, wider, data):
    top = data.draw(st.integers(low, low + more))
    bottom = data.draw(st.integers(least, least + wider))
    one, two = sums(None, "secret", low, low + more), sums(None, "secret", least, least + wider)
    found = first(ratio(one, two))
    if bottom:
        exact = 100 * top / bottom
        assert not found["low"] > exact + 1e-9 and not found["high"] < exact - 1e-9


def test_what_is_below_zero_is_least_over_the_least_denominator():
    found = first(ratio(sums(-30), sums(None, "secret", 10, 15), per=1))
    assert (found["low"], found["high"]) == (-3.0, -2.0)
