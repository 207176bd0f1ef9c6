"""From a value back to its cells, or one French sentence."""

import pytest

from sdsf_analysis.build.trace import trace
from sdsf_analysis.errors import QuestionError
from sdsf_analysis.indicators.evidence import TRACED

SECTORS = "Code INSEE;Commune;Secteur Caf\n90010;Belfort;Nord\n90008;Bavilliers;Sud\n"
LIST = (
    "N° CTG;Nom de la CTG;Date de signature;Début;Fin;Statut;Jeunesse\n"
    "A;CTG A;;01/01/2022;31/12/2026;signée;x\n"
)
COMMUNES = "N° CTG;Code INSEE;Commune\nA;90010;Belfort\n"
FAMILIES = "Code;Commune;Année;Foyers;Enfants 0-2\n90010;Belfort;2023;100;<5\n90008;Bavilliers;2023;50;10\n"


@pytest.fixture
def workspace(small):
    files = {"Secteurs.csv": SECTORS, "Suivi.csv": LIST, "Communes.csv": COMMUNES, "Familles.csv": FAMILIES}
    workspace = small(files)
    workspace.build()
    return workspace


def cells(found):
    return [
        tuple(row) for row in found[["column", "source", "cell", "found", "origin"]].fillna("").to_numpy()
    ]


def test_a_value_leads_to_its_cell_and_a_constant_to_the_recipe(workspace):
    found = workspace.trace("membership", level="caf_sector", territory="Nord")
    assert cells(found) == [
        ("level", "Secteurs.csv", "", "", "recette"),
        ("territory", "Secteurs.csv", "C2", "Nord", "cellule"),
        ("commune", "Secteurs.csv", "A2", "90010", "cellule"),
    ]
    assert list(found["value"]) == ["caf_sector", "Nord", "90010"]


@pytest.mark.parametrize("column", ["value", "status", "low", "high"])
def test_a_mark_leads_to_its_cell_whatever_is_asked_of_the_number(workspace, column):
    found = workspace.trace("families", commune="90010", measure="children_0_2", column=column)
    assert cells(found) == [(column, "Familles.csv", "E2", "<5", "cellule")]


def test_a_measure_leads_to_the_label_of_its_column(workspace):
    found = workspace.trace("families", commune="90010", measure="children_0_2", year=2023)
    assert ("measure", "Familles.csv", "E1", "Enfants 0-2", "intitulé de colonne") in cells(found)
    assert ("year", "Familles.csv", "C2", "2023", "cellule") in cells(found)


def test_a_date_that_the_convention_lends_leads_to_the_convention(workspace):
    found = workspace.trace("membership", level="ctg", commune="90010", column="starts_on")
    assert cells(found) == [("starts_on", "Suivi.csv", "D2", "01/01/2022", "cellule")]


@pytest.mark.parametrize("day", ["2022-01-01", "01/01/2022"])
def test_a_date_may_be_given_as_in_france(workspace, day):
    assert set(workspace.trace("ctg", starts_on=day)["key"]) == {"A"}


def test_a_territory_leads_to_its_communes(workspace):
    found = workspace.trace("territories", level="caf_sector", territory="Nord")
    assert ("commune", "Secteurs.csv", "A2", "90010", "cellule") in cells(found)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ({"name": "membershi"}, "Le nom le plus proche : membership"),
        ({"name": "ctg", "column": "star"}, "la colonne « star » n'existe pas"),
        ({"name": "ctg", "nom": "A"}, "la colonne « nom » n'existe pas"),
        ({"name": "membership", "territory": "Nrd"}, "vaut « Nrd ». Le plus proche : Nord"),
        ({"name": "membership", "level": "epci"}, "géographie officielle"),
        (
            {"name": "ctg", "ctg": "A", "column": "replaces"},
            "Aucun fichier ne donne « numéro de la CTG remplacée »",
        ),
        ({"name": "problems"}, "est un registre"),
        ({"name": "families", "measure": "legal_population"}, "des populations légales de l'INSEE"),
        ({"name": "ctg_coverage", "territory": "200"}, "n'a le code « 200 »."),
        ({"name": "ctg_coverage", "territory": "90010"}, "c'est une commune, de 200069052 ; écrire"),
        ({"name": "ctg_coverage", "territory": "A"}, "ajouter by=ctg."),
        ({"name": "ctg_coverage", "commune": "90010"}, "pas par commune"),
        ({"name": "ctg_counters", "on": "1999-01-01"}, "Aucune convention n'est en vigueur"),
    ],
)
def test_what_leads_nowhere_is_said(workspace, question, words):
    with pytest.raises(QuestionError, match="(?s).*" + words.replace(".", r"\.")):
        workspace.trace(question["name"], **{k: v for k, v in question.items() if k != "name"})


def test_an_indicator_leads_to_the_cells_of_the_rows_it_rests_on(workspace):
    (epci,) = workspace.tables.membership.query("level == 'epci' and commune == '90010'")["territory"]
    found = workspace.trace("ctg_coverage", territory=epci, on="2024-06-30")
    assert ("commune", "Communes.csv", "B2", "90010", "cellule") in cells(found)
    assert ("ends_on", "Suivi.csv", "E2", "31/12/2026", "cellule") in cells(found)
    assert ("value", "Familles.csv", "E2", "<5", "cellule") in cells(found)
    (population,) = [line for line in cells(found) if line[0] == "population"]
    assert population[1:4] == ("", "", "") and "population légale, INSEE, année 20" in population[4]
    held = workspace.tables.membership.query("level == 'epci'").query(f"territory == '{epci}'")["commune"]
    territories = workspace.tables.territories.query("level == 'commune'")
    counted = territories[territories["territory"].isin(held)]
    assert found.set_index("column").loc["population", "value"] == f"{counted['population'].sum():.0f}"
    assert set(workspace.trace("ctg_counters")["table"]) == {"ctg", "membership"}


def test_a_name_that_is_none_is_answered_by_all_that_can_be_traced(workspace):
    with pytest.raises(QuestionError, match=r"membership.*ctg_coverage"):
        trace(workspace.tables, "nimporte", {}, indicators=TRACED)


def test_every_value_of_the_demo_is_found_in_its_file(ain):
    officer = ain.trace("officers", column="officer")
    assert set(officer["found"].fillna("")) == {""}
    service = ain.tables.offer.query("kind == 'laep'")["service"].iloc[0]
    assert len(ain.trace("offer", service=service, column="service")) == 2
