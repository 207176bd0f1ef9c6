"""The Cnaf's own file, read unchanged; it stays beside the repository and is never part of it."""

from collections import Counter
from pathlib import Path

import pytest

from sdsf_analysis.reading.files import open_file
from sdsf_analysis.reading.layout import find_tables
from sdsf_analysis.recipes.apply import apply_recipe
from sdsf_analysis.recipes.parse import Context
from sdsf_analysis.recipes.recipe import shipped_recipes
from sdsf_analysis.recipes.recognise import recognise
from sdsf_analysis.territories.names import CommuneIndex

NAME = "caf_txcouv_pe_com_EAJE_assmat.csv"
REAL = Path(__file__).parents[2].parent / "shared" / "data" / "real" / NAME
# Overall rates of 2021, as the Cnaf publishes them: places for 100 children under three.
RATES_2021 = {
    "01": {
        "Ambérieu-en-Bugey": 71.7,
        "Miribel": 67.2,
        "Bourg-en-Bresse": 60.6,
        "Valserhône": 54.2,
        "Gex": 51.0,
        "Ferney-Voltaire": 43.4,
        "Oyonnax": 35.9,
        "Saint-Genis-Pouilly": 32.6,
    },
    "42": {
        "Montbrison": 90.0,
        "Saint-Just-Saint-Rambert": 75.5,
        "Le Chambon-Feugerolles": 54.5,
        "Riorges": 53.0,
        "Saint-Chamond": 52.1,
        "Roanne": 50.3,
        "Firminy": 47.8,
        "Rive-de-Gier": 44.2,
        "Saint-Étienne": 38.9,
    },
}
pytestmark = pytest.mark.skipif(
    not REAL.is_file(), reason=f"fichier réel absent : ../shared/data/real/{NAME}"
)


def published(departement):
    opened = open_file(REAL)
    (table,) = find_tables(opened.sheets[0])
    recognition = recognise(table, shipped_recipes())
    assert recognition.recipe.name == "published_rates" and recognition.is_complete
    assert recognition.unmapped == ()
    index = CommuneIndex(departement, 2026)
    context = Context(NAME, table, {}, opened.format == "csv")
    return index, table, apply_recipe(recognition, context, index, {"situation": None, "pseudonym": str})


@pytest.mark.parametrize("departement", ["01", "42"])
def test_overall_rates_of_2021_are_those_published(departement):
    _, _, applied = published(departement)
    names = {
        name: CommuneIndex(departement, 2026).resolve(None, name).code for name in RATES_2021[departement]
    }
    found = {
        row["territory"]: row["value"]
        for row in applied.rows["published_rates"]
        if row["year"] == 2021 and row["indicator"] == "coverage_total"
    }
    assert found == {names[name]: rate for name, rate in RATES_2021[departement].items()}


def test_components_of_bourg_are_kept_as_published_and_not_recomputed():
    _, _, applied = published("01")
    bourg = {
        row["indicator"]: row["value"]
        for row in applied.rows["published_rates"]
        if (row["territory"], row["year"]) == ("01053", 2021)
    }
    assert bourg == {
        "coverage_eaje_psu": 28.5,
        "coverage_eaje_other": 1.6,
        "coverage_eaje": 30.1,
        "coverage_preschool": 5.2,
        "coverage_childminders": 24.6,
        "coverage_home_care": 0.6,
        "coverage_individual": pytest.approx(25.2, abs=0.1),
        "coverage_total": 60.6,
    }


@pytest.mark.parametrize("departement", ["01", "42"])
def test_codes_are_repaired_and_the_rest_of_france_counted_once(departement):
    _, table, applied = published(departement)
    codes = Counter(problem.code for problem in applied.problems)
    own = {row["_cell"] for row in applied.rows["published_rates"]}
    elsewhere = [problem for problem in applied.problems if problem.code == "rows_elsewhere"]
    assert len(elsewhere) == 1 and int(elsewhere[0].found) == len(table.body_rows) - len(own)
    assert codes["code_lost_zero"] == (len(own) if departement == "01" else 0)
    assert set(codes) <= {"rows_elsewhere", "code_lost_zero"}
    assert all(row["territory"].startswith(departement) for row in applied.rows["published_rates"])
