"""What became of the services of a list, on rows made by hand: several recipes, projects that open."""

import pandas as pd
import pytest

from sdsf_analysis.build.listings import listing_doubts
from sdsf_analysis.build.periods import SEEN
from sdsf_analysis.build.structure_names import likeness
from sdsf_analysis.model.tables import table

RECIPES = {"P23": "projects", "P24": "projects", "E24": "eaje"}


def observed(*rows):
    names = ["_source", "service", SEEN, "kind", "name", "commune", "stage"]
    frame = pd.DataFrame([dict(zip(names, row, strict=True)) for row in rows])
    marks = frame[["_source"]].assign(_row=frame.index.astype("str"), _sheet="", _cell="A1")
    seen = pd.to_datetime(frame[SEEN]).astype("datetime64[us]")
    tidy = table("offer").cast(frame.drop(columns=["_source", SEEN]).assign(valid_from=frame[SEEN]))
    return tidy.join(marks).assign(**{SEEN: seen})


PROJECT = ("P23", "projet-a", "2023-12-31", "micro_creche", "Les Cabris", "90033", "building")
OTHER = ("P24", "projet-b", "2024-12-31", "micro_creche", "Les Lutins", "90033", "planned")
OPENED = ("E24", "90007", "2024-12-31", "eaje_collective", "Multi-accueil Les Cabris", "90033", "open")


def asked(*rows):
    return [(p.code, p.found, p.repaired_to) for p in listing_doubts(observed(*rows), RECIPES)]


def test_a_project_that_opens_in_another_list_is_asked_about():
    assert asked(PROJECT, OTHER, OPENED) == [("service_renumbered", "90007", "projet-a")]


def test_a_project_that_nothing_follows_is_no_longer_listed():
    assert asked(PROJECT, OTHER) == [("service_unlisted", "projet-a", "")]


def test_an_open_service_is_not_sought_in_other_lists():
    was_open = (*PROJECT[:-1], "open")
    assert asked(was_open, OTHER, OPENED) == [("service_unlisted", "projet-a", "")]


def test_a_list_alone_says_nothing_of_what_is_gone():
    assert asked(PROJECT, OPENED) == []


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ("CRÈCHE « LES P'TITS LOUPS »", "Crèche les p tits loups", "same"),
        ("Micro-crèche Lune", "Lune", "same"),
        ("Les Lutins", "Les Lutin", "near"),
        ("Crèche Belfort", "Multi-accueil de Belfort", "near"),
        ("Les Lutins du Bois", "Les Lutins", "near"),
        ("Les Lutins 1", "Les Lutins 2", "other"),
        ("Multi-accueil", "Micro-crèche", "other"),
        ("Lune", "Lion", "other"),
    ],
)
def test_names(one, two, expected):
    assert likeness(one, two) == likeness(two, one) == expected
