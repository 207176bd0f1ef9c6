"""All of France: every territory in a class, overseas in its own projection, borders without a union."""

import numpy as np
import pandas as pd
import pytest
import shapely

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.figures.choropleth import choropleth
from sdsf_analysis.figures.country import MAINLAND, borders, country
from sdsf_analysis.figures.france_map import france_map
from sdsf_analysis.territories import outlines, reference


@pytest.fixture(scope="module")
def departements():
    codes = [code for code in reference.departements()["code"] if not code.startswith("98")]
    return pd.DataFrame({"departement": codes, "rate": [float(n) for n in range(len(codes))]})


def counts(page):
    return [int(part.rsplit(" : ", 1)[1].split()[0]) for part in page.alt_text.split(". ")[2].split(" ; ")]


def test_every_departement_with_an_outline_is_in_the_legend_the_others_are_said(departements):
    page = france_map(departements, "rate", title="Essai")
    assert sum(counts(page)) == 101
    notes = "\n".join(text.get_text() for text in page.texts)
    assert "Hors carte, faute de contour : 3 territoires (975, 977, 978)" in notes


def test_each_part_overseas_is_in_its_own_projection_and_keeps_its_area():
    parts = country()
    assert parts[MAINLAND].communes.crs.to_epsg() == 2154
    for code in ("971", "974", "976"):
        assert parts[code].communes.crs.to_epsg() == outlines.projection(code)
    reunion = outlines.places("974")["area_km2"].sum()
    assert parts["974"].communes.area.sum() / 1e6 == pytest.approx(reunion)


def test_a_frame_of_each_part_overseas_bears_its_name(departements):
    page = france_map(departements, "rate", title="Essai")
    names = [text.get_text() for axes in page.axes for text in axes.texts]
    assert {"Guadeloupe", "Martinique", "Guyane", "La Réunion", "Mayotte"} <= set(names)


def test_borders_are_those_of_the_union():
    communes = country()["974"].communes
    lines = borders(communes.geometry, communes["departement"])
    length = np.hypot(*(lines[:, 2:] - lines[:, :2]).T).sum()
    assert length == pytest.approx(shapely.union_all(communes.geometry.to_numpy()).length, rel=0.01)


def test_the_same_map_twice_has_the_same_bytes(departements):
    first, second = (france_map(departements, "rate", title="Essai").png(50) for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    ("options", "said"),
    [({"level": "canton"}, "commune"), ({"column": "taux"}, "rate"), ({"method": "quantiles"}, "quantile")],
)
def test_what_cannot_be_drawn_is_said(departements, options, said):
    options = {"column": "rate"} | options
    with pytest.raises(QuestionError, match=said):
        france_map(departements, options.pop("column"), title="Essai", **options)


def test_nothing_known_is_a_strip(departements):
    assert "pas de carte" in france_map(departements.assign(rate=np.nan), "rate", title="Essai").alt_text


def test_a_zoom_is_drawn_larger_and_marked_on_the_map():
    codes = reference.communes(2026, "01")["code"]
    frame = pd.DataFrame({"commune": codes, "rate": [float(n % 50) for n in range(len(codes))]})
    page = choropleth(frame, "rate", title="Essai", unit="places", zoom="200071751")
    whole, zoom = page.axes[0], page.axes[2]
    assert np.ptp(zoom.get_xlim()) < np.ptp(whole.get_xlim()) / 2
    assert len(whole.patches) > 0
    boxes = [text.get_window_extent() for text in zoom.texts]
    assert len(boxes) > 10
    assert not any(box.overlaps(other) for i, box in enumerate(boxes) for other in boxes[:i])
    with pytest.raises(QuestionError, match="Le territoire du zoom"):
        choropleth(frame, "rate", title="Essai", zoom="99999")
