"""Worked numbers of the coverage, general properties, and plausibility beside published figures."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdsf_analysis.indicators.childcare.change import split_change
from sdsf_analysis.indicators.childcare.rounding import ROUNDINGS, rounded
from sdsf_analysis.indicators.ratios import ratio
from sdsf_analysis.indicators.sums import sums_by

COUNTS = st.integers(1, 100_000)


def cells(*values):
    frame = pd.DataFrame({"value": map(float, values), "status": "known"})
    return frame.assign(low=np.nan, high=np.nan)


def test_figures_rounded_to_five_give_the_worked_interval():
    share = ratio(rounded(cells(25), "nearest"), rounded(cells(60), "nearest")).round(1)
    assert share[["value", "low", "high"]].values.tolist() == [[41.7, 37.1, 46.6]]


@pytest.mark.parametrize(
    ("rounding", "bounds"), [("nearest", [24, 36]), ("floor", [30, 42]), ("unknown", [24, 42])]
)
def test_three_rounded_cells_summed(rounding, bounds):
    rows = rounded(cells(5, 10, 15), rounding).assign(commune=["01001", "01002", "01004"])
    zone = pd.DataFrame({"territory": "a", "commune": rows["commune"]})
    assert sums_by(rows, zone)[["low", "high"]].values.tolist() == [bounds]


@given(st.integers(0, 5000), st.sampled_from(["nearest", "floor"]))
def test_the_count_is_within_the_bounds_of_what_its_sender_wrote(count, rounding):
    written = 5 * ((count + 2) // 5) if rounding == "nearest" else 5 * (count // 5)
    for rule in (rounding, "unknown"):
        low, high = rounded(cells(written), rule)[["low", "high"]].iloc[0]
        assert low <= count <= high
    assert set(ROUNDINGS) == {"nearest", "floor", "unknown"}


def test_what_is_no_known_multiple_of_five_keeps_its_bounds():
    rows = pd.DataFrame(
        {"value": [7.0, None], "status": ["known", "secret"], "low": [None, 1], "high": [None, 4]}
    )
    found = rounded(rows)
    assert pd.isna(found.loc[0, ["low", "high"]]).all() and found.loc[1, ["low", "high"]].tolist() == [1, 4]


def test_the_worked_change_is_split_into_offer_and_births():
    offer, births = split_change((2688, 2652), (5600, 5100))
    assert (round(float(offer), 4), round(float(births), 4)) == (-0.6744, 4.6744)
    assert offer + births == pytest.approx(4.0)


@given(COUNTS, COUNTS, COUNTS, COUNTS)
def test_the_two_effects_are_the_whole_change(before, after, few, many):
    offer, births = split_change((before, after), (few, many))
    assert offer + births == pytest.approx(100 * after / many - 100 * before / few, rel=1e-9, abs=1e-7)


def test_the_anchors_of_published_rates():
    # PACA 2021: 51 places for 100 of its 154,500 children
    assert round(ratio(cells(78_800), cells(154_500)).loc[0, "value"]) == 51
    # Nouvelle-Aquitaine, 67 in 2020: 7 % more places and 12 % fewer children than in 2010
    before, after = (ratio(cells(p), cells(k)).loc[0, "value"] for p, k in ((55.1, 100), (55.1 * 1.07, 88)))
    assert round(after) == 67
    offer, births = split_change((55.1, 55.1 * 1.07), (100, 88))
    assert offer + births == pytest.approx(after - before) and births > offer > 0
