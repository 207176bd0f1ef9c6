"""The Cnaf's own file through a build: what is answered is what was published (facts of 2021)."""

from pathlib import Path

import pytest

from sdsf_analysis.indicators.childcare.coverage import childcare_coverage
from sdsf_analysis.indicators.childcare.gap import coverage_gap

NAME = "caf_txcouv_pe_com_EAJE_assmat.csv"
REAL = Path(__file__).parents[3].parent / "shared" / "data" / "real" / NAME
RATES_2021 = {
    "01": {"Ambérieu-en-Bugey": 71.7, "Miribel": 67.2, "Bourg-en-Bresse": 60.6, "Valserhône": 54.2,
           "Gex": 51.0, "Ferney-Voltaire": 43.4, "Oyonnax": 35.9, "Saint-Genis-Pouilly": 32.6},
    "42": {"Montbrison": 90.0, "Saint-Just-Saint-Rambert": 75.5, "Le Chambon-Feugerolles": 54.5,
           "Riorges": 53.0, "Saint-Chamond": 52.1, "Roanne": 50.3, "Firminy": 47.8, "Rive-de-Gier": 44.2,
           "Saint-Étienne": 38.9},
}  # fmt: skip
pytestmark = pytest.mark.skipif(
    not REAL.is_file(), reason=f"fichier réel absent : ../shared/data/real/{NAME}"
)


@pytest.fixture
def tables(small):
    def build(departement):
        workspace = small({NAME: REAL}, departement)
        workspace.build()
        return workspace.tables

    return build


@pytest.mark.parametrize("departement", RATES_2021)
def test_the_published_rates_are_answered_unchanged(tables, departement):
    built = tables(departement)
    found = childcare_coverage(built, "commune", 2021)
    communes = built.territories[built.territories["level"] == "commune"].set_index("territory")["name"]
    totals = found[(found["measure"] == "coverage_total") & (found["status"] == "known")]
    named = dict(zip(totals["territory"].map(communes), totals["value"], strict=True))
    assert named == RATES_2021[departement]
    # nothing was received on the places: no estimate, and the files that would bring it are named
    estimates = found["measure"].str.startswith("local_")
    assert (found.loc[estimates, "status"] == "missing").all()
    assert "recette eaje" in found.attrs["remark"] and "recette insee_ages" in found.attrs["remark"]


def test_the_components_of_bourg_add_up_to_60_5_and_60_6_is_published(tables):
    found = coverage_gap(tables("01"), year=2021)
    bourg = found[(found["territory"] == "01053") & (found["reading"] == "cnaf")].set_index("component")
    assert bourg.loc["total", "theirs"] == 60.6
    assert bourg["theirs"].drop("total").sum() == pytest.approx(60.5)
    assert bourg.loc["rounding", "difference"] == pytest.approx(0.1)
