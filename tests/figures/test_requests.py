"""What was asked of partners, as it is laid out for a reader."""

import re

import pandas as pd
import pytest

from sdsf_analysis.figures.requests import requests_grid, requests_sentence
from sdsf_analysis.model.requests import STATES


@pytest.mark.parametrize("states", [list(STATES), ["undated"], ["to_come", "late"], ["received_late"] * 3])
def test_every_request_is_counted_in_the_sentence(states):
    said = re.sub(r"\(.*?\)", "", str(requests_sentence(pd.DataFrame({"state": states}))))
    asked, *parts = map(int, re.findall(r"\d+", said.split(".")[0]))
    assert asked == sum(state != "not_asked" for state in states) == sum(parts)
    assert ("1 fichier reçu sans avoir été demandé." in said) == ("not_asked" in states)


def test_a_file_that_nobody_asked_for_is_named_last(ain):
    files = ain.partner_files()
    grid = requests_grid(files, ain.titles)
    asked = set(ain.requests()["source"].dropna())
    unasked = grid[grid["État"] == "reçu sans avoir été demandé"]
    assert set(unasked["Fichier"]) == {entry["source"] for entry in ain.manifest["inputs"]} - asked
    assert len(unasked) == len(grid) - len(ain.requests()) > 0
    assert list(grid.index[-len(unasked) :]) == list(unasked.index)


def test_the_grid_has_few_columns_and_says_how_late(ain):
    grid = requests_grid(ain.requests(), ain.titles)
    assert len(grid) == len(ain.requests())
    assert list(grid)[:2] == ["État", "Partenaire"]
    assert grid.index[0] == "Activité des EAJE, prévisionnel 2025"
    assert grid["État"].iloc[0] == "en retard (11 jours)"
    assert {"attendu", "sans échéance", "reçu"} <= set(grid["État"])
