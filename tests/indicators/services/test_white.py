"""Communes without a service: each emptiness has its own words, and doubt is one of them."""

import pandas as pd
import pytest

import sdsf_analysis as sdsf
from sdsf_analysis.indicators.example import example_tables
from sdsf_analysis.model.tables import Tables, table

ON = "2024-12-31"


def tables_with(**points):
    """The example with points on one meridian: a tenth of a degree is 11.1 km."""
    known = example_tables()
    latitudes = [46.0, 46.05, 47.0, 47.5] if not points else points["latitudes"]
    ground = table("territories").conform(known.territories.assign(longitude=5.0, latitude=latitudes))
    offer = known.offer[known.offer["service"] == "c1"]
    families = points.get("families", known.families)
    frames = {"territories": ground, "offer": offer, "families": families}
    return Tables(lambda name: frames[name] if name in frames else getattr(known, name))


def states(tables, **options):
    found = sdsf.white_zones(tables, ON, served=True, **options)
    return found["state"].tolist()


def test_each_emptiness_has_its_own_words():
    assert states(tables_with()) == ["served", "near", "white", "few_children"]
    words = sdsf.white_zones(tables_with(), ON)["label"].tolist()
    assert words == [
        "aucun service, mais un à 10 km au plus",
        "aucun service, et des enfants",
        "aucun service, et moins de 5 enfants",
    ]


def test_withheld_children_that_may_be_many_or_few_leave_a_doubt():
    assert states(tables_with(), few=3)[3] == "unknown"
    assert states(tables_with(), few=1)[3] == "white"


def test_without_children_nor_points_nobody_knows():
    none = table("families").empty()
    assert states(tables_with(latitudes=[46.0, 46.05, 47.0, 47.5], families=none))[2:] == ["unknown"] * 2
    assert states(tables_with(latitudes=[None] * 4)) == ["served"] + ["unknown"] * 3


def test_a_kind_that_no_list_brings_is_unknown_everywhere_and_says_the_file():
    found = sdsf.white_zones(tables_with(), ON, kinds=["laep"])
    assert set(found["state"]) == {"unknown"}
    assert "Soutien à la parentalité" in found.attrs["remark"]


@pytest.mark.parametrize(("of", "group"), [("kind", "childminders"), ("family", "early_childhood")])
def test_childminders_are_professionals_and_no_service(of, group):
    known = example_tables()
    line = {
        "service": "am", "kind": "childminders", "commune": "01001", "stage": "open",
        "valid_from": pd.Timestamp("2023-12-31"), "units": 7.0, "units_status": "known",
        "capacity": 21.0, "capacity_status": "known", "capacity_unit": "places",
    }  # fmt: skip
    offer = pd.concat([known.offer, pd.DataFrame([line])], ignore_index=True)
    tables = Tables(lambda name: table("offer").conform(offer) if name == "offer" else getattr(known, name))
    found = sdsf.services_by(tables, ON, of=of).query("group == @group")
    expected = ["not_applicable"] * 2 if of == "kind" else ["known"] * 2
    assert found["services_status"].tolist() == expected
    assert found["services"].isna().tolist() == [status != "known" for status in expected]
    assert found["units"].sum() == 7


def test_an_unknown_capacity_is_never_zero_and_its_service_is_named():
    known = example_tables()
    lost = known.offer["service"].eq("c2")
    offer = known.offer.assign(
        capacity=known.offer["capacity"].mask(lost),
        capacity_status=known.offer["capacity_status"].mask(lost, "error"),
    )
    tables = Tables(lambda name: table("offer").conform(offer) if name == "offer" else getattr(known, name))
    found = sdsf.services_by(tables, ON, kinds=["eaje_collective"])
    first = found.iloc[0]
    assert (first["services"], first["capacity_status"], first["capacity_low"]) == (2, "missing", 30.0)
    assert pd.isna(first["capacity"]) and "c2" in found.attrs["remark"]
    rate = sdsf.places_per_100(tables, ON)
    assert rate.iloc[0][["status", "low"]].tolist() == ["missing", 100 * 30 / 45]
