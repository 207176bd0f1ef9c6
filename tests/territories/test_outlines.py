import geopandas as gpd
import numpy as np
import pytest
from shapely.geometry import box

from sdsf_analysis.errors import TerritoryError
from sdsf_analysis.territories import outlines, reference


def test_every_commune_of_a_departement_with_outlines_has_its_own():
    found = outlines.commune_outlines("42")
    assert found["code"].tolist() == sorted(reference.communes(2026, "42")["code"])
    assert found.geometry.is_valid.all()
    assert found.columns.tolist() == ["code", "geometry"]


def test_communes_without_outline_keep_a_row_without_place():
    known = outlines.places("15").set_index("code")
    assert len(known) == 250
    without = known[known["area_km2"].isna()]
    assert without.index.tolist() == ["15031", "15035", "15047", "15171"]
    assert without[["longitude", "latitude"]].isna().all(axis=None)


def test_a_collectivity_without_any_outline_gives_an_empty_frame_with_its_columns():
    assert outlines.commune_outlines("975").empty
    assert outlines.commune_outlines("975").columns.tolist() == ["code", "geometry"]
    assert outlines.places("975")["area_km2"].isna().tolist() == [True, True]


@pytest.mark.parametrize(
    ("departement", "area"), [("01", 5762), ("2A", 4014), ("75", 105), ("973", 83534), ("974", 2504)]
)
def test_area_in_the_legal_projection_is_the_published_one(departement, area):
    assert outlines.places(departement)["area_km2"].sum() == pytest.approx(area, rel=0.012)


def test_the_point_is_inside_the_outline():
    found = outlines.commune_outlines("2A")
    point = outlines.places("2A")
    points = gpd.GeoSeries(gpd.points_from_xy(point["longitude"], point["latitude"], crs=4326))
    inside = found.geometry.contains(points)
    assert inside.all()


@pytest.mark.parametrize(
    ("departement", "epsg"),
    [("01", 2154), ("2B", 2154), ("971", 5490), ("973", 2972), ("975", 4467), ("976", 4471), ("978", 5490)],
)
def test_projection(departement, epsg):
    assert outlines.projection(departement) == epsg


def test_projection_covers_every_place_or_says_why():
    for code in reference.departements()["code"]:
        if code in ("984", "989"):
            with pytest.raises(TerritoryError, match="projection légale"):
                outlines.projection(code)
        else:
            assert outlines.projection(code) > 2000
    with pytest.raises(TerritoryError, match="« 99 » n'existe pas"):
        outlines.projection("99")


def test_dissolve_keeps_the_surface_and_leaves_out_what_has_no_value():
    frame = outlines.commune_outlines("01").to_crs(2154)
    epci = reference.communes(2026, "01").set_index("code")["epci"]
    frame["epci"] = frame["code"].map(epci).where(frame["code"] != "01053")
    union = outlines.dissolve(frame, "epci")
    assert union["epci"].tolist() == sorted(epci.unique())
    lost = frame.loc[frame["code"] == "01053"].area.sum()
    assert union.area.sum() == pytest.approx(frame.area.sum() - lost)


def test_dissolve_survives_neighbours_that_overlap():
    frame = gpd.GeoDataFrame(
        {"zone": ["a", "a", "b"]}, geometry=[box(0, 0, 2, 2), box(1, 0, 3, 2), box(5, 0, 6, 1)]
    )
    union = outlines.dissolve(frame, "zone")
    np.testing.assert_allclose(union.area, [6.0, 1.0])
