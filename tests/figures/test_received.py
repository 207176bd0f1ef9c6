import pandas as pd
import pytest

from sdsf_analysis.figures.doubts import doubts_page
from sdsf_analysis.figures.received import (
    absent_grid,
    decisions_grid,
    decisions_sentence,
    files_grid,
    severity_grid,
    treated_grid,
    unread_grid,
)
from sdsf_analysis.model.problems import Problem
from sdsf_analysis.recipes.recipe import shipped_recipes

RECIPES = shipped_recipes()
INPUTS = [
    {"source": "pmi.xlsx", "recipes": ["childminders"], "period": "2024-12-31", "rows": {"offer": 1782}},
    {"source": "ctg.xlsx", "recipes": ["ctg"], "period": "", "rows": {"ctg": 16, "membership": 388}},
    {"source": "note.xlsx", "recipes": [], "period": "", "rows": {}},
    {"source": "vieux.xlsx", "recipes": ["eaje"], "period": "2022", "rows": {}},
]
FOUND = [
    Problem("ctg.xlsx", "CTG", "B4", "commune_unknown", "…", found="Boissek"),
    Problem("ctg.xlsx", "CTG", "B5", "commune_unknown", "…"),
    Problem("pmi.xlsx", "", "C3", "date_as_text", "…"),
    Problem("note.xlsx", "", "", "file_unrecognised", "…"),
    Problem("pmi.xlsx", "", "", "encoding_guessed", "…"),
    Problem("pmi.xlsx", "", "C9", "decision_applied", "…"),
]


@pytest.fixture
def problems():
    return pd.DataFrame([problem.record() for problem in FOUND])


def test_files_by_partner_and_kind(problems):
    grid = files_grid(INPUTS, RECIPES, problems)
    assert grid.index.tolist() == ["vieux.xlsx", "ctg.xlsx", "pmi.xlsx", "note.xlsx"]
    assert grid["Partenaire"].tolist() == ["Caf", "Caf", "Département", "inconnu"]
    assert grid["Année ou date"].tolist() == ["2022", "non dite", "31 décembre 2024", "non dite"]
    assert grid.loc["pmi.xlsx", "Lignes produites"] == "Offre de services\u00a0: 1\u202f782"
    assert grid.loc["vieux.xlsx", "Lignes produites"] == "non lu"
    assert grid.loc["ctg.xlsx", "Décisions à prendre"] == "2"


def test_what_is_absent_is_each_kind_of_which_nothing_was_read():
    grid = absent_grid(INPUTS, RECIPES)
    assert len(grid) == len(RECIPES) - 2
    assert grid.loc["Activité des EAJE", "Partenaire"] == "Caf"
    assert "Offre de services" in grid.loc["Activité des EAJE", "Ce qu'il apporterait"]
    assert absent_grid([{**INPUTS[0], "recipes": [recipe.name for recipe in RECIPES]}], RECIPES).empty


def test_each_problem_is_in_its_place(problems):
    assert decisions_sentence(problems) == "2 décisions à prendre ; 1 décision déjà prise et appliquée."
    assert decisions_grid(problems)["Nombre"].tolist() == [2]
    assert "date écrite comme du texte" in [cause.lower() for cause in treated_grid(problems).index]
    assert unread_grid(INPUTS, problems)["Où"].tolist() == ["note.xlsx"]
    counts = severity_grid(problems)["Nombre"].astype(int)
    assert counts.sum() == len(problems)
    assert counts["Décisions à prendre"] == 2


def test_what_was_found_in_a_cell_is_not_shown(problems):
    grids = (files_grid(INPUTS, RECIPES, problems), decisions_grid(problems), treated_grid(problems))
    assert not [grid for grid in grids if "Boissek" in grid.to_string()]


def test_the_figure_says_each_file_and_that_data_are_made_up(problems):
    page = doubts_page(problems, fictitious=True)
    words = [text.get_text() for text in (*page.texts, *page.axes[0].texts)]
    assert words[0] == "2 décisions à prendre, dans 1 fichier"
    assert {"ctg.xlsx", "2 décisions", "DONNÉES FICTIVES"} <= set(words)
    assert page.alt_text.startswith("Points à regarder par fichier. ctg.xlsx : 2 décisions. ")
    assert len(page.png()) > 1000


def test_a_long_name_leaves_room_to_its_bar(problems):
    page = doubts_page(problems.assign(source="un nom de fichier " * 9), fictitious=False)
    names = [text for text in page.axes[0].texts if text.get_text().startswith("un nom")]
    assert names[0].get_text().endswith("…")


def test_nothing_received(problems):
    nothing = problems[:0]
    assert files_grid([], RECIPES, nothing).empty
    assert decisions_grid(nothing).empty
    assert len(absent_grid([], RECIPES)) == len(RECIPES)
    assert doubts_page(nothing, fictitious=False).alt_text == "Points à regarder par fichier. Aucun."
