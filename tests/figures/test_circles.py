"""Circles: an area is a quantity, what is not known has none and is said."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.collections import PathCollection

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.figures.circles import circles
from sdsf_analysis.figures.discs import Scale, round_values, scale_of
from sdsf_analysis.territories import reference

NAN = float("nan")


@pytest.fixture(scope="module")
def communes():
    codes = reference.communes(2026, "90")["code"]
    return pd.DataFrame({"commune": codes, "places": [float(n) for n in range(1, len(codes) + 1)]})


def discs(page):
    return next(
        c for c in page.axes[0].collections if isinstance(c, PathCollection) and c.get_zorder() == 4.5
    )


def words(page):
    return "\n".join(text.get_text() for axes in page.axes for text in axes.texts).replace("\u202f", " ")


def test_an_area_is_proportional_and_the_largest_is_drawn_first(communes):
    sizes = discs(circles(communes, "places", title="Essai")).get_sizes()
    assert (np.diff(sizes) <= 0).all() and len(sizes) == len(communes)
    assert sizes[0] / sizes[-1] == pytest.approx(len(communes))


def test_the_legend_has_the_scale_of_the_map(communes):
    page = circles(communes, "places", title="Essai", unit="places")
    top = (discs(page).get_sizes()[0] ** 0.5) / 2 / 72 * 25.4
    legend = [patch for patch in page.axes[1].patches if hasattr(patch, "radius")]
    assert legend[0].radius == pytest.approx(top * (100 / len(communes)) ** 0.5)


def test_what_is_missing_withheld_negative_or_zero_has_no_circle_and_is_said(communes):
    frame = communes.assign(status="known")
    frame.loc[:1, ["places", "status"]] = [[NAN, "secret"], [NAN, "missing"]]
    frame.loc[2:3, "places"] = [-4.0, 0.0]
    page = circles(frame, "places", title="Essai")
    assert len(discs(page).get_sizes()) == len(communes) - 4
    for said in ("secret, retenu par l'expéditeur : 1", "manquant : 1", "valeur négative, sans cercle : 1"):
        assert said in page.alt_text
    assert "valeur nulle : 1 territoire" in page.alt_text
    assert "sans cercle : 1 territoire" in "\n".join(text.get_text() for text in page.texts)


def test_over_classes_a_cross_stands_for_what_has_no_circle(communes):
    frame = communes.assign(rate=np.arange(len(communes)) % 7 / 3, status="known")
    frame.loc[0, ["places", "status"]] = [NAN, "secret"]
    page = circles(frame, "places", title="Essai", beneath="rate", beneath_unit="%", classes=3)
    assert [line.get_marker() for line in page.axes[0].lines if line.get_zorder() == 4.6] == ["X"]
    assert "secret, retenu par l'expéditeur\n1 territoire" in words(page)
    assert "Rate (%)\nde 1,6 à 2,0 %\n28 territoires" in words(page)


def test_two_maps_compare_by_the_same_largest_value(communes):
    half = circles(communes.assign(places=communes["places"] / 2), "places", title="Essai", largest=101)
    whole = circles(communes, "places", title="Essai", largest=101)
    radii = [discs(page).get_sizes()[0] for page in (half, whole)]
    assert radii[0] < radii[1] or radii[0] == pytest.approx(radii[1])


@pytest.mark.parametrize("value", [NAN, 0.0, -1.0])
def test_nothing_above_zero_is_a_strip_that_says_why(communes, value):
    page = circles(communes.assign(places=value), "places", title="Essai")
    assert page.alt_text.startswith("Essai. Aucun territoire n'a de valeur connue au-dessus de zéro")


def test_a_single_value_and_the_same_bytes_twice(communes):
    one, two = (circles(communes.head(1), "places", title="Essai", unit="place").png(60) for _ in range(2))
    assert one == two


def test_two_rows_of_a_territory_are_refused(communes):
    with pytest.raises(QuestionError, match="plusieurs lignes pour un même territoire"):
        circles(pd.concat([communes, communes.head(1)]), "places", title="Essai")


def test_codes_without_outline_are_said(communes):
    frame = pd.concat([communes, pd.DataFrame({"commune": ["90999"], "places": [4.0]})], ignore_index=True)
    notes = "\n".join(text.get_text() for text in circles(frame, "places", title="Essai").texts)
    assert "Hors carte, faute de contour : 1 territoire (90999)" in notes


@given(st.lists(st.floats(0.001, 1e9), min_size=1, max_size=50))
def test_the_largest_disc_stays_between_its_limits(values):
    scale = scale_of(np.array(values), 10_000)
    assert 4 <= scale.radius <= 10
    assert scale.of(max(values)) == pytest.approx(scale.radius)


@given(st.floats(1e-6, 1e12))
def test_values_of_the_legend_are_round_and_never_above_the_largest(top):
    found = round_values(top)
    assert found[0] <= top * (1 + 1e-9) and found == sorted(set(found), reverse=True)
    assert Scale(top, 10.0).of(found[0]) > 5
