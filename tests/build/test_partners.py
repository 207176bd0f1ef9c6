import pandas as pd
import pytest

from sdsf_analysis.build.partners import code_partners
from sdsf_analysis.model.tables import table
from sdsf_analysis.recipes.rows import MARKS
from sdsf_analysis.territories.names import CommuneIndex


def coded(kind, partner, departement="01"):
    row = pd.DataFrame([{"ctg": "A", "partner": partner, "kind": kind, "role": "signatory"}])
    marks = pd.DataFrame({mark: ["x"] for mark in MARKS}, dtype="str")
    frame, problems = code_partners(
        table("ctg_partners").cast(row).join(marks), CommuneIndex(departement, 2026)
    )
    level, territory = frame.loc[0, ["level", "territory"]]
    return None if pd.isna(level) else level, None if pd.isna(territory) else territory, len(problems)


@pytest.mark.parametrize(
    ("kind", "partner", "answer"),
    [
        ("epci", "Communauté de communes Bugey Sud", ("epci", "200040350", 0)),
        ("commune", "Commune d'Oyonnax", ("commune", "01283", 0)),
        ("commune", "VILLE DE GEX", ("commune", "01173", 0)),
        ("commune", "Oyonax", (None, None, 1)),
        ("epci", "CC de Nulle Part", (None, None, 1)),
        ("syndicat", "SIVOM du Valromey", ("syndicat", None, 0)),
        ("other", "Caf de l'Ain", (None, None, 0)),
    ],
)
def test_partners_have_a_code_on_an_exact_name_only(kind, partner, answer):
    assert coded(kind, partner) == answer


def test_of_two_epci_of_one_name_the_departements_own_is_meant():
    codes = {
        departement: coded("epci", "CC des Quatre Rivières", departement)[1] for departement in ("70", "74")
    }
    assert codes["70"] != codes["74"]
    assert coded("epci", "CC des Quatre Rivières", "01") == (None, None, 1)
