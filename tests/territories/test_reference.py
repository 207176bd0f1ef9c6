"""The embedded geography: counts published by INSEE, keys, and errors that say what to write."""

import pytest

from sdsf_analysis.errors import TerritoryError
from sdsf_analysis.territories import reference


@pytest.mark.parametrize(("year", "count"), [(2021, 393), (2022, 393), (2023, 392), (2026, 391)])
def test_communes_of_the_ain(year, count):
    frame = reference.communes(year, "01")
    assert len(frame) == count and frame["code"].is_unique and frame["code"].is_monotonic_increasing


def test_the_loire_of_2023_has_its_communes_and_population():
    frame = reference.communes(2023, "42")
    assert len(frame) == 323 and (frame["departement"] == "42").all()


@pytest.mark.parametrize("year", reference.YEARS)
def test_codes_are_texts_of_five_characters_and_former_communes_lead_somewhere(year):
    communes, former = reference.communes(year), reference.former_communes(year)
    assert communes["code"].str.fullmatch(r"\d[\dAB]\d{3}").all() and communes["code"].is_unique
    assert set(former["chef_lieu"]) <= set(communes["code"])


def test_arrondissements_are_apart_from_communes():
    frame = reference.arrondissements(2026)
    assert frame["departement"].value_counts().to_dict() == {"75": 20, "13": 16, "69": 9}
    assert not set(frame["code"]) & set(reference.communes(2026)["code"])


def test_epci_of_a_year_are_unique():
    frame = reference.epci(2026)
    assert frame["code"].is_unique and frame["code"].str.fullmatch(r"\d{9}").all()


def test_a_frame_handed_out_may_be_changed_without_harm():
    communes, history = reference.communes(2026, "01"), reference.history()
    communes["name"] = history["nom"] = "x"
    assert reference.communes(2026, "01")["name"].iloc[0] != "x"
    assert reference.history()["nom"].iloc[0] != "x"


def test_departements_have_their_french_forms():
    assert reference.departement_row("01")["of"] == "de l'Ain"
    assert reference.departement_row("2A")["name"] == "Corse-du-Sud"
    codes = set(reference.communes(2026)["departement"])
    assert codes <= set(reference.departements()["code"])


@pytest.mark.parametrize("call", [lambda: reference.communes(2020), lambda: reference.communes(2026, "20"),
                                  lambda: reference.departement_row("1")])  # fmt: skip
def test_what_does_not_exist_is_said(call):
    with pytest.raises(TerritoryError, match=r"n'est pas fournie|n'existe pas"):
        call()


def test_names_of_a_code_are_those_of_every_year():
    names = reference.names_by_code()
    frames = (reference.communes, reference.former_communes, reference.arrondissements)
    for year in reference.YEARS:
        for code, name in (pair for of_year in frames for pair in of_year(year)[["code", "name"]].to_numpy()):
            assert name in names[code]
    past = reference.history().dropna(subset=["code", "nom"])
    assert all(name in names[code] for code, name in past[["code", "nom"]].to_numpy())
    assert set(names) == reference.commune_codes()
