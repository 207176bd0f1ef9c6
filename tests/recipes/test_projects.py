"""Projects are services to come: none of their places is open; a state that says otherwise is asked about."""

from datetime import date

import pytest

from sdsf_analysis.recipes.propose import propose
from sdsf_analysis.recipes.recipe import load_recipe

TITLE = ["Projets, situation au 31/12/2023"]
HEADER = ["Nom", "Commune", "Type", "Places", "Financement", "Cofinanceur", "État", "Ouverture prévue"]
OTHER = ["Intitulé du projet", "Ville", "Mode d'accueil", "Places prévues", "Mode de financement",
         "Cofinanceurs", "Avancement", "Date prévisionnelle d'ouverture"]  # fmt: skip
COLUMNS = (
    "service",
    "kind",
    "capacity",
    "funding",
    "cofinancer",
    "stage",
    "valid_from",
    "planned_on",
    "opened_on",
)


def project(state, places=12):
    return ["Les Loups", "Gex", "Micro-crèche", places, "Paje", "CA du Pays de Gex", state, date(2025, 9, 1)]


@pytest.mark.parametrize("header", [HEADER, OTHER], ids=["usual words", "other words"])
def test_a_project_is_known_with_what_is_planned(read, header):
    result = read([TITLE, [], header, project("accordé")])
    assert result.recognition.recipe.name == "projects" and result.codes == []
    assert result.rows("offer", *COLUMNS) == [
        ("projet-01173-les-loups", "micro_creche", 12.0, "paje", "CA du Pays de Gex", "granted",
         date(2023, 12, 31), date(2025, 9, 1), None)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "stage"),
    [
        ("à l'étude", "planned"),
        ("en projet", "planned"),
        ("Validé", "granted"),
        ("financement accordé", "granted"),
        ("en travaux", "building"),
        ("Chantier", "building"),
    ],
)
def test_states_in_the_words_of_the_caf(read, word, stage):
    assert read([TITLE, [], HEADER, project(word)]).rows("offer", "stage") == [(stage,)]


@pytest.mark.parametrize("word", ["ouvert", "open", "Ouverte", "fermé", "places gelées", "livré"])
def test_a_project_that_is_said_open_or_closed_is_asked_about_and_gives_no_place(read, word):
    result = read([TITLE, [], HEADER, project(word)])
    assert result.codes == [("G4", "choice_unknown")] and result.applied.rows == {}


def test_a_project_without_a_state_gives_no_place(read):
    assert read([TITLE, [], HEADER, project(None)]).applied.rows == {}


def test_no_project_of_the_demo_is_counted_as_open_nor_bears_the_name_of_a_creche(ain_result):
    offer = ain_result.frames["offer"]
    is_project = offer["service"].str.startswith("projet-")
    assert set(offer.loc[is_project, "stage"]) == {"planned", "granted", "building"}
    assert set(offer.loc[~is_project, "stage"]) <= {"open", "closed"}
    assert (
        offer.loc[is_project, "opened_on"].isna().all() and offer.loc[is_project, "planned_on"].notna().all()
    )
    names = set(offer.loc[~is_project, "name"])
    extended = offer.loc[is_project & offer["name"].str.endswith(" – extension"), "name"]
    assert set(extended.str.removesuffix(" – extension")) <= names and len(extended) == 2
    assert not set(offer.loc[is_project, "name"]) & names


def test_a_layout_never_seen_ends_in_a_useful_draft(tmp_path):
    path = tmp_path / "Créations de places.csv"
    path.write_text(
        "Nom de la future structure;Commune;Type d'accueil prévu;Places à créer;Financement;"
        "Avancement du dossier;Ouverture prévue au\nLes Loups;Gex;Micro-crèche;12;Paje;accordé;01/09/2025\n"
        "Les Ours;Oyonnax;Multi-accueil;24;PSU;travaux;01/03/2025\n",
        encoding="utf-8",
    )
    draft = propose(path)
    assert "(projects)" in draft
    part = load_recipe(draft, "brouillon").tables[0]
    assert part.place and {"planned_on", "funding", "stage"} <= set(part.columns)
