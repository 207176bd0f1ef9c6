"""Inequality on tables: what is counted, what is left out, what has no meaning."""

import pandas as pd
import pytest

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.indicators.equity.inequality import inequality, lorenz_points
from sdsf_analysis.indicators.example import example_tables
from sdsf_analysis.model.tables import Tables, table

DAY = "2024-06-30"


def tables_with(**others):
    known = example_tables()
    return Tables(lambda name: others[name] if name in others else getattr(known, name))


def children(*values):
    known = example_tables().families.query("measure == 'children_0_2'")
    status = ["known" if value is not None else "missing" for value in values]
    return table("families").conform(known.assign(value=list(values), status=status, low=None, high=None))


def told(found):
    return found.set_index("measure")["value"].round(4).to_dict()


def test_communes_by_hand():
    # 80, 0 and 20 places for 100 children, of 30, 15 and 60 children; the fourth commune's are withheld
    found = inequality(example_tables(), DAY)
    values, status = told(found), found.set_index("measure")["status"]
    assert (values["gini"], values["d1"], values["d9"]) == (0.4286, 0.0, 80.0)
    assert status[["d9_d1", "extremes_ratio"]].tolist() == ["not_applicable"] * 2
    assert found[["numerator", "denominator"]].drop_duplicates().values.tolist() == [[36.0, 105.0]]
    assert "laissés de côté : 01005." in found.attrs["remark"]


def test_between_and_within_epci_add_up():
    values = told(inequality(example_tables(), DAY))
    assert values["theil"] == pytest.approx(values["theil_between"] + values["theil_within"], abs=2e-4)


def test_a_single_territory_has_no_inequality_and_says_so():
    found = inequality(example_tables(), DAY, unit="epci")
    assert set(found["status"]) == {"not_applicable"}
    assert "Un seul territoire" in found.attrs["remark"]


def test_all_alike_is_zero():
    tables = tables_with(families=children(24, 0, 12, 0))
    values = told(inequality(tables, DAY))
    names = ["gini", "theil", "d9_d1", "extremes_ratio"]
    assert [values[name] for name in names] == [0.0, 0.0, 1.0, 1.0]


def test_territories_without_children_and_tables_without_places():
    assert set(inequality(tables_with(families=children(0, 0, 0, 0)), DAY)["status"]) == {"missing"}
    nothing = inequality(tables_with(offer=table("offer").empty()), DAY)
    assert set(nothing["status"]) == {"missing"} and "(recette eaje)" in nothing.attrs["remark"]
    before = inequality(example_tables(), "2001-06-30")
    assert told(before)["d9"] == 0 and pd.isna(told(before)["gini"])
    assert "rien à répartir" in before.attrs["remark"] and "daté que par la liste" in before.attrs["remark"]


def test_a_place_that_is_not_known_leaves_its_territory_out():
    offer = example_tables().offer.assign(capacity_status="missing", capacity=None)
    found = inequality(tables_with(offer=table("offer").conform(offer)), DAY)
    assert "laissés de côté : 01001, 01004, 01005." in found.attrs["remark"]


def test_the_curve_ends_where_everything_is_counted():
    points = lorenz_points(example_tables(), DAY)
    assert points["territory"].tolist()[1:] == ["01002", "01004", "01001"]
    assert pd.isna(points["territory"].iloc[0])
    assert points[["population_share", "offer_share"]].iloc[-1].tolist() == [1.0, 1.0]
    assert lorenz_points(tables_with(offer=table("offer").empty()), DAY).empty


def test_unknown_questions_are_answered_with_the_known_ones():
    with pytest.raises(QuestionError, match="eaje_places"):
        inequality(example_tables(), DAY, of="eaje_place")
    with pytest.raises(QuestionError, match="commune, epci"):
        inequality(example_tables(), DAY, unit="region")


def test_places_that_children_reach_are_shared_more_evenly_than_those_that_stand_there():
    tables = tables_with(families=children(30, 15, 60, 3))
    standing, reached = (inequality(tables, DAY, of=of) for of in ("eaje_places", "accessible_places"))
    assert told(reached)["gini"] < told(standing)["gini"]
    # no place is lost or counted twice
    assert reached["numerator"].iloc[0] == pytest.approx(36.0)
    assert reached["denominator"].iloc[0] == 108
    assert "vol d'oiseau" in reached.attrs["remark"]
    assert lorenz_points(tables, DAY, of="accessible_places")["offer_share"].iloc[-1] == 1
