"""Colours told apart by everyone: measured as they are seen, colour-blind or printed in grey."""

import warnings
from itertools import combinations, pairwise

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.figures.palettes import CATEGORIES, MOST_CLASSES, STATUSES, colours

with warnings.catch_warnings():
    # an old library, whose own text is not written as newer Pythons want it
    warnings.simplefilter("ignore")
    from colorspacious import cspace_convert, deltaE

SIGHTS = ["normal", "protanomaly", "deuteranomaly", "tritanomaly"]


def seen(colour, sight):
    rgb = np.asarray(to_rgb(colour))
    if sight == "normal":
        return rgb
    space = {"name": "sRGB1+CVD", "cvd_type": sight, "severity": 100}
    return np.clip(cspace_convert(rgb, space, "sRGB1"), 0, 1)


def least(pairs, sight):
    return min(deltaE(seen(a, sight), seen(b, sight), input_space="sRGB1") for a, b in pairs)


def lightness(colour):
    return cspace_convert(np.asarray(to_rgb(colour)), "sRGB1", "CAM02-UCS")[0]


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("palette", ["sequence", "divergence"])
def test_five_classes_are_told_apart(palette, sight):
    assert least(combinations(colours(5, palette), 2), sight) > 12


@pytest.mark.parametrize("sight", SIGHTS)
def test_as_many_classes_as_are_allowed_differ_from_their_neighbours(sight):
    assert least(pairwise(colours(MOST_CLASSES)), sight) > 6


@pytest.mark.parametrize("count", range(2, MOST_CLASSES + 1))
def test_a_sequence_darkens_steadily(count):
    steps = [light - dark for light, dark in pairwise(map(lightness, colours(count)))]
    assert min(steps) > 3 and max(steps) < 3 * min(steps)


def test_both_halves_of_a_divergence_lighten_towards_the_middle():
    low, lower, middle, higher, high = map(lightness, colours(5, "divergence"))
    assert low < lower < middle > higher > high


@pytest.mark.parametrize("sight", SIGHTS)
def test_categories_are_told_apart(sight):
    assert least(combinations(CATEGORIES, 2), sight) > 11


def test_each_status_has_its_own_pattern():
    assert len({(fill.face, fill.hatch) for fill in STATUSES.values()}) == len(STATUSES)


def test_more_classes_than_eyes_tell_apart_are_refused():
    with pytest.raises(QuestionError, match="plus de 8"):
        colours(9)
