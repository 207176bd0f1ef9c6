"""Distance to the nearest service: the worked number, bounds, thresholds."""

import numpy as np
import pandas as pd
import pytest

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.indicators.access.accessible import accessible_places
from sdsf_analysis.indicators.access.means import mean_bounds, weighted_means
from sdsf_analysis.indicators.access.nearest import nearest_service
from sdsf_analysis.indicators.example import example_tables
from sdsf_analysis.indicators.measures import sum_parts

DAY = "2024-06-30"


def test_the_worked_number_weighted_and_not():
    km = np.array([0, 12.5, 4.0])
    for people, expected in (([120.0, 45, 300], 3.7903), ([1.0, 1, 1], 5.5)):
        rows = pd.DataFrame({"value": people, "status": "known", "low": np.nan, "high": np.nan})
        found = weighted_means(km, sum_parts(rows), np.zeros(3, np.intp), 1)
        assert found["value"].round(4).tolist() == [expected]


def test_bounds_hold_every_mean_that_the_counts_allow():
    km, low, high = np.array([3.0, 9, 1]), np.array([1.0, 0, 2]), np.array([4.0, 4, 5])
    least, most = mean_bounds(km, low, high)
    corners = np.array(np.meshgrid(*zip(low, high, strict=True))).reshape(3, -1)
    means = km @ corners / corners.sum(axis=0)
    assert (least, most) == pytest.approx((means.min(), means.max()))


def test_the_example_by_hand():
    found = nearest_service(example_tables(), DAY).set_index(["territory", "measure"])
    # 30 children at 2 km on average in their commune, 15 at 10.0076 km
    assert found.loc[("E1", "mean_km"), "value"] == pytest.approx((30 * 2 + 15 * 10.0076) / 45, abs=1e-4)
    assert found.loc[("E2", "beyond_1"), ["status", "low"]].tolist() == ["secret", 100 / 61]
    assert "vol d'oiseau" in found.attrs["remark"] and "départements voisins" in found.attrs["remark"]


@pytest.mark.parametrize("given", [[], [0, 5], [10, 5], ["loin"], [1, 2, 3, 4]])
def test_thresholds_rise_above_zero_and_are_three_at_most(given):
    with pytest.raises(QuestionError, match="thresholds_km"):
        nearest_service(example_tables(), DAY, thresholds_km=given)


def test_a_commune_that_no_service_reaches_has_zero_and_a_flag():
    found = accessible_places(example_tables(), DAY, radius_km=5).set_index(["territory", "measure"])
    assert found.loc[("01002", "accessible_places"), ["value", "status"]].tolist() == [0, "known"]
    assert found.loc[("01002", "out_of_reach"), "value"] == 100
