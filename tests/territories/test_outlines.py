import geopandas as gpd
import numpy as np
import pandas as pd
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


@pytest.mark.parametrize("level", outlines.LEVELS)
@pytest.mark.parametrize("departement", ["01", "29", "2A", "974"])
def test_the_outlines_of_a_level_cover_the_departement(departement, level):
    found = outlines.outlines(departement, level)
    metres = outlines.projection(departement)
    communes = outlines.outlines(departement, "commune").to_crs(metres)
    # islands outside any EPCI are in no EPCI
    known = reference.communes(outlines.OUTLINE_YEAR, departement)
    inside = known if level == "commune" else known.dropna(subset=[level])
    expected = communes[communes["territory"].isin(inside["code"])].area.sum()
    # the borders of some neighbours overlap by a few metres
    assert found.to_crs(metres).area.sum() == pytest.approx(expected, rel=1e-4)
    assert found["communes"].sum() == len(inside)
    assert found["territory"].is_monotonic_increasing


def test_communes_without_outline_are_counted_and_keep_their_territory():
    found = outlines.outlines("15", "epci")
    assert found["without_outline"].sum() == 4
    assert found.geometry.notna().all()
    lone = outlines.outlines("15", "commune").set_index("territory")
    assert lone.geometry[["15031", "15035", "15047", "15171"]].isna().all()
    assert outlines.outlines("975", "departement")["without_outline"].tolist() == [2]
    assert outlines.outlines("976", "arrondissement").empty


def test_an_epci_across_the_border_is_drawn_whole_or_in_part():
    inside = outlines.outlines("01", "epci").set_index("territory").to_crs(2154)
    whole = outlines.outlines("01", "epci", whole=True).set_index("territory").to_crs(2154)
    crossing = ["200040590", "200070308", "200071371", "200070555"]
    assert inside.loc[crossing, "communes"].tolist() == [1, 1, 20, 18]
    assert whole.loc[crossing, "communes"].tolist() == [18, 39, 20, 18]
    assert whole.area["200070308"] > 100 * inside.area["200070308"]


def test_a_perimeter_of_the_workspace_is_drawn_from_its_communes():
    members = pd.DataFrame({"territory": ["CTG-1", "CTG-1", "CTG-2"], "commune": ["01004", "01053", "01004"]})
    found = outlines.outlines("01", "ctg", members)
    assert found[["territory", "communes"]].to_numpy().tolist() == [["CTG-1", 2], ["CTG-2", 1]]
    assert found.geometry.iloc[1].equals(
        outlines.outlines("01", "commune").set_index("territory").geometry["01004"]
    )


def test_an_unknown_level_lists_the_others_and_names_the_nearest():
    with pytest.raises(TerritoryError, match=r"commune, epci.* le plus proche est « departement »"):
        outlines.outlines("01", "département")
