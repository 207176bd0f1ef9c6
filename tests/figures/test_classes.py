"""Cuts of a map: against a known library, and by rules that hold for any values."""

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.figures.classes import Classes, classify

METHODS = ["quantile", "jenks", "equal", "deviation", "nested_means", "q6"]
VALUES = st.lists(st.floats(-1e4, 1e4).map(lambda one: round(one, 3)), max_size=60)
RATES = np.random.default_rng(7).gamma(4, 12, 120).round(1)


def peer(name, **options):
    """Members of the classes of another library."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import mapclassify

        return getattr(mapclassify, name)(RATES, **options).yb


def moved(found, members):
    """Values that are in another class than with the exact cuts: only those next to a cut."""
    others = RATES[found.place(RATES) != members]
    gaps = np.abs(others[:, None] - np.asarray(found.edges[1:-1])).min(axis=1) if len(others) else others
    return np.max(gaps, initial=0) / np.ptp(RATES)


@pytest.mark.parametrize(
    ("method", "name"), [("quantile", "Quantiles"), ("jenks", "FisherJenks"), ("equal", "EqualInterval")]
)
@pytest.mark.parametrize("classes", [3, 5, 7])
def test_members_are_those_of_the_known_library(method, name, classes):
    assert moved(classify(RATES, method, classes), peer(name, k=classes)) <= 0.01


def test_deviations_are_those_of_the_known_library():
    found = classify(RATES, "deviation")
    assert moved(found, peer("StdMean", multiples=[-1.5, -0.5, 0.5, 1.5])) <= 0.01


def test_nested_means_cut_at_the_mean_then_at_the_mean_of_each_half():
    values = [1, 2, 3, 4, 10, 12, 20, 28]
    assert [classify(values, "nested_means", 4).place(values).tolist()] == [[0, 0, 1, 1, 2, 2, 3, 3]]


def test_q6_keeps_the_five_hundredths_of_each_end_apart():
    places = classify(np.arange(1, 101), "q6").place(np.arange(1, 101))
    assert np.bincount(places).tolist() == [5, 23, 22, 22, 23, 5]


@pytest.mark.parametrize("method", METHODS)
@given(values=VALUES, classes=st.integers(1, 8))
def test_whatever_the_values_the_cuts_increase_and_no_class_is_lost(method, values, classes):
    found = classify(values, method, classes)
    assert all(low < high for low, high in zip(found.edges[:-2], found.edges[1:-1], strict=True))
    assert len(found.labels()) == len(found) <= max(classes, 6, 8)
    places = found.place(values)
    assert ((places >= 0) & (places < len(found))).all()
    if len(values):
        assert set(places) <= set(range(len(found))) and found.edges[0] == min(values)


@given(values=st.lists(st.integers(0, 999).map(lambda one: one / 10), min_size=2, max_size=40))
def test_a_value_is_where_its_legend_says(values):
    found = classify(values, "quantile", 4)
    for value, place in zip(values, found.place(values), strict=True):
        low, high = found.edges[place], found.edges[place + 1]
        assert low <= value < high or (place == len(found) - 1 and value <= high)


def test_a_cut_is_written_with_few_digits():
    assert classify(np.linspace(0.137, 43.16, 400), "quantile").edges[1:-1] == (9, 17, 26, 35)
    assert classify([1.23, 2.94, 3.17, 8.02], "quantile", 2).edges == (1.23, 3.0, 8.02)


def test_breaks_of_the_baseline_are_kept_whatever_the_values():
    before, after = classify([5, 25, 50], "fixed", breaks=[20, 35]), classify([22], "fixed", breaks=[20, 35])
    assert before.edges[1:-1] == after.edges[1:-1] == (20, 35)
    assert after.place([22]).tolist() == [1]


@pytest.mark.parametrize("breaks", [(), (35, 20), (20, 20)])
def test_breaks_that_are_none_or_do_not_increase_are_refused(breaks):
    with pytest.raises(QuestionError, match="de la plus petite à la plus grande"):
        classify([1, 2], "fixed", breaks=breaks)


@pytest.mark.parametrize(("values", "labels"), [([], []), ([float("nan")], []), ([3.5, 3.5], ["3,5 km"])])
def test_nothing_or_one_value_has_no_class_or_one(values, labels):
    assert classify(values).labels("km") == labels


def test_an_unknown_method_is_answered_with_the_nearest():
    with pytest.raises(QuestionError, match="jenks"):
        classify([1, 2], "jenk")


def test_many_values_are_cut_the_same_way_at_every_run():
    many = np.random.default_rng(3).gamma(2, 10, 5000)
    assert classify(many, "jenks").edges == classify(many[::-1], "jenks").edges
    assert len(Classes((), "jenks")) == 0


def test_a_rounder_cut_never_empties_a_class():
    values = [0.0, 4.1, 5.2, 5.8, 6.05, 6.1, 6.2, 6.3, 6.4, 6.5, 6.86, 6.93, 7.1, 9.0, 9.5, 9.6, 23.2]
    cut = classify(values, "quantile", 5)
    assert set(cut.place(values).tolist()) == set(range(len(cut)))
