"""Nothing that rests on too few persons below the EPCI: neither its value, nor its parts, nor its bounds."""

from math import nan

import pandas as pd
import pytest

from sdsf_analysis.indicators.registry import indicator
from sdsf_analysis.publish.workbook.guard import NUMBERS, guarded, guarded_list


def row(measure, numerator, denominator, value, *, status="known", low=nan, high=nan, territory="E1"):
    return {
        "territory": territory,
        "measure": measure,
        "numerator": numerator,
        "denominator": denominator,
        "value": value,
        "status": status,
        "low": low,
        "high": high,
    }


@pytest.mark.parametrize(
    ("name", "one", "is_withheld"),
    [
        # places over children: few children, not few places
        ("places_per_100", row("eaje", 10.0, 3.0, 333.3), True),
        ("places_per_100", row("eaje", 2.0, 40.0, 5.0), False),
        # kilometres are no persons
        ("nearest_service", row("mean_km", 60.0, 40.0, 1.5), False),
        ("nearest_service", row("mean_km", 6.0, 4.0, 1.5), True),
        ("nearest_service", row("beyond_1", 3.0, 40.0, 7.5), True),
        ("nearest_service", row("beyond_1", 0.0, 40.0, 0.0), False),
        ("children_expected", row("children_now", nan, nan, 4.2), True),
        ("places_needed", row("childminders_active", nan, nan, 3.0), True),
        ("places_needed", row("places_eaje", nan, nan, 3.0), False),
        ("ctg_coverage", row("communes", 1.0, 1.0, 100.0), False),
        ("officers_by", row("inhabitants_per_fte", 900.0, 1.5, 600.0), False),
        ("smoothed_rates", row("raw", nan, 40.0, nan, status="secret", low=2.5, high=10.0), True),
        ("smoothed_rates", row("raw", nan, 400.0, nan, status="secret", low=2.5, high=10.0), False),
    ],
)
def test_a_territory_of_one_commune_is_looked_at_as_a_commune(name, one, is_withheld):
    frame = pd.DataFrame([one])
    found = guarded(frame, indicator(name), {"E1"}, 5)
    assert found[NUMBERS].isna().all(axis=None) == is_withheld
    larger = guarded(frame, indicator(name), {"E2"}, 5)
    pd.testing.assert_frame_equal(larger, frame)


def test_what_its_sender_withheld_keeps_its_status_without_its_bounds():
    one = row("raw", nan, 40.0, nan, status="secret", low=2.5, high=10.0)
    found = guarded(pd.DataFrame([one]), indicator("smoothed_rates"), {"E1"}, 5)
    assert found["status"].tolist() == ["secret"]


@pytest.mark.parametrize(("covered", "is_withheld"), [(3.0, True), (38.0, True), (0.0, False), (20.0, False)])
def test_the_part_that_a_ctg_cuts_out_of_an_epci_may_be_a_small_commune(covered, is_withheld):
    frame = pd.DataFrame([row("children_0_2", covered, 40.0, covered * 2.5)])
    found = guarded(frame, indicator("ctg_coverage"), set(), 5)
    assert (found["status"] == "masked").all() == is_withheld


def test_a_threshold_of_zero_withholds_nothing():
    frame = pd.DataFrame([row("beyond_1", 3.0, 40.0, 7.5)])
    pd.testing.assert_frame_equal(guarded(frame, indicator("nearest_service"), {"E1"}, 0), frame)


def test_places_of_those_who_work_alone_tell_how_many_they_are():
    offer = pd.DataFrame(
        {
            "kind": ["childminders", "mam", "preschool", "eaje_collective"],
            "units": [1.0, 3.0, nan, nan],
            "units_status": ["known", "known", "not_applicable", "not_applicable"],
            "capacity": [4.0, 12.0, 3.0, 3.0],
            "capacity_status": ["known"] * 4,
            "capacity_unit": ["places", "places", "children", "places"],
        }
    )
    found = guarded_list(offer, "offer_at", set(), 5)
    assert found["units_status"].tolist()[:2] == ["masked", "masked"]
    assert found["capacity_status"].tolist() == ["masked", "known", "masked", "known"]
    assert found["capacity"].isna().tolist() == [True, False, True, False]


def test_a_running_share_is_withheld_whole():
    points = pd.DataFrame({name: [0.1, 0.4, 1.0] for name in ("population_share", "offer_share")})
    points = points.assign(children=[3.0, 20.0, 50.0], offer=1.0, rate=2.0)
    found = guarded_list(points, "lorenz_points", set(), 5)
    assert found[["population_share", "offer_share"]].isna().all(axis=None)
    assert found["children"].isna().tolist() == [True, False, False]


def test_the_count_of_a_commune_withheld_with_small_bounds_loses_them():
    zones = pd.DataFrame({"commune": ["01001", "01002"], "children": [nan, nan]})
    zones = zones.assign(children_status="secret", children_low=[1.0, 1.0], children_high=[4.0, 40.0])
    found = guarded_list(zones, "white_zones", set(), 5)
    assert found["children_high"].isna().tolist() == [True, False]
    assert found["children_status"].tolist() == ["secret", "secret"]
