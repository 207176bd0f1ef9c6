"""Maps of categories: what each territory is, in words, told apart in grey."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_rgb

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.figures.category_map import FILLS, category_map
from sdsf_analysis.territories import reference


@pytest.fixture(scope="module")
def communes():
    codes = reference.communes(2026, "90")["code"]
    states = np.array(["white", "served", "unknown"])[np.arange(len(codes)) % 3]
    said = {"white": "aucun service", "served": "un service au moins", "unknown": "on ne sait pas"}
    return pd.DataFrame({"commune": codes, "state": states, "label": [said[state] for state in states]})


def test_the_words_of_the_frame_are_those_of_the_legend(communes):
    page = category_map(communes, "state", title="Essai", order=["served", "white"])
    assert page.alt_text.startswith(
        "Carte. Essai. Un service au moins : 34 ; aucun service : 34 ; on ne sait"
    )
    assert (
        sum(int(part.split(" : ")[1].split()[0]) for part in page.alt_text.split(". ")[2].split(" ; ")) == 101
    )


def test_a_category_keeps_its_colour_when_another_is_absent(communes):
    some = communes[communes["state"] != "served"]
    pages = [category_map(f, "state", title="E", order=["served", "white"]) for f in (communes, some)]
    white = [page.axes[1].patches[2 if page is pages[0] else 0].get_facecolor() for page in pages]
    assert white[0] == white[1] == (*to_rgb(FILLS[1].face), 1.0)


def test_missing_is_hatched_and_said(communes):
    page = category_map(communes.assign(state=None), "state", title="Essai")
    assert page.alt_text == "Essai. Aucun territoire n'a de catégorie connue : pas de carte."
    some = category_map(
        communes.assign(state=communes["state"].where(communes.index > 4)), "state", title="E"
    )
    assert "sans donnée : 5" in some.alt_text


def test_too_many_categories_are_refused(communes):
    with pytest.raises(QuestionError, match="101 catégories : on n'en distingue pas plus de 7"):
        category_map(communes, "commune", title="Essai")


def test_categories_differ_in_grey_by_their_shade_or_their_pattern():
    grey = [np.dot(to_rgb(fill.face), (0.299, 0.587, 0.114)) for fill in FILLS]
    for one in range(len(FILLS)):
        for other in range(one):
            assert FILLS[one].hatch != FILLS[other].hatch or abs(grey[one] - grey[other]) > 0.2
