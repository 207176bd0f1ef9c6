"""Accessible places: the worked numbers, the identity, what no child reaches, PySAL as an oracle."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.indicators.access.catchment import decay_weights, floating_catchment
from sdsf_analysis.territories.distances import Pairs

STEPS = "10:1,15:0.3,20:0.1"
KIDS, PLACES = np.array([100.0, 60, 40]), np.array([30.0, 0, 10])


def every_pair(matrix):
    matrix = np.asarray(matrix, float)
    origin, site = np.indices(matrix.shape)
    return Pairs(origin.ravel(), site.ravel(), matrix.ravel())


def access(matrix, places, kids):
    pairs = every_pair(matrix)
    return floating_catchment(pairs, decay_weights(pairs.km, 20, STEPS), places, kids)


@pytest.mark.parametrize(("back", "expected"), [(12, [25.4237, 17.6271, 10.0]), (9, [18.75, 28.75, 10.0])])
def test_the_worked_numbers_symmetric_or_not(back, expected):
    found = access([[0, 12, 25], [back, 0, 8], [25, 8, 0]], PLACES, KIDS)
    assert (100 * found.access).round(4).tolist() == expected
    assert KIDS @ found.access == pytest.approx(40)


def test_places_without_any_child_within_reach_reach_nobody_and_nothing_is_infinite():
    found = access([[0, 99]], np.array([10.0, 5]), np.array([20.0]))
    assert found.access.tolist() == [0.5] and found.demand.tolist() == [20, 0]


def test_a_demand_that_is_not_known_leaves_what_rests_on_it_unknown():
    pairs = Pairs(np.array([0, 1]), np.array([0, 1]), np.zeros(2))
    found = floating_catchment(pairs, np.ones(2), np.array([3.0, 4.0]), np.array([np.nan, 2.0]))
    assert np.isnan(found.access[0]) and found.access[1] == 2


@given(st.data())
def test_no_place_is_lost_or_counted_twice(data):
    n, m = data.draw(st.integers(1, 5)), data.draw(st.integers(1, 5))
    numbers = st.floats(0.5, 500)
    kids = np.array(data.draw(st.lists(numbers, min_size=n, max_size=n)))
    places = np.array(data.draw(st.lists(numbers, min_size=m, max_size=m)))
    km = data.draw(st.lists(st.floats(0, 30), min_size=n * m, max_size=n * m))
    found = access(np.reshape(km, (n, m)), places, kids)
    assert kids @ found.access == pytest.approx(places[found.demand > 0].sum())


@pytest.mark.parametrize("decay", ["linear", "10:2", "20:1,10:1", "10", "10:x"])
def test_a_decay_that_is_none_lists_those_that_are(decay):
    with pytest.raises(QuestionError, match="steps, gaussian, none"):
        decay_weights(np.zeros(1), 20, decay)


@pytest.mark.parametrize("radius", [0, -1, np.inf, np.nan])
def test_a_radius_is_above_zero(radius):
    with pytest.raises(QuestionError, match="rayon"):
        decay_weights(np.zeros(1), radius)


def test_pysal_gives_the_same_numbers():
    fca, weights = pytest.importorskip("access.fca"), pytest.importorskip("access.weights")
    draw = np.random.default_rng(5)
    pairs = every_pair(draw.uniform(0, 25, (30, 30)))
    kids, places = draw.integers(1, 90, 30).astype(float), draw.integers(0, 40, 30).astype(float)
    costs = pd.DataFrame({"origin": pairs.origin, "dest": pairs.site, "cost": pairs.km})
    step = weights.step_fn({10: 1, 15: 0.3, 20: 0.1})
    frames = pd.DataFrame({"demand": kids}), pd.DataFrame({"supply": places})
    theirs = fca.two_stage_fca(*frames, costs, 20, demand_index=True, supply_index=True, weight_fn=step)
    ours = floating_catchment(pairs, decay_weights(pairs.km, 20, STEPS), places, kids).access
    np.testing.assert_allclose(theirs.reindex(range(30)).fillna(0), ours, atol=1e-12)
