"""A layout that no recipe reads ends in a draft that names the kind, and that builds once reviewed."""

import re

import pytest

from sdsf_analysis.recipes.propose import propose
from sdsf_analysis.recipes.recipe import load_recipe

SEEN = [
    (
        "alsh",
        """\
Accueils collectifs de mineurs, année scolaire 2023-2024

Intitulé du centre;Localité;Organisateurs;Nombre de places en périscolaire;Nombre de places en extrascolaire;\
Tranches d'âge accueillies;Nb enfants AEEH
Les Pins;Gex;SIVOM du Val;40;24;3-5, 6-11;2
Le Lac;Miribel;Association du Lac;30;20;6-11;0
Les Ours;Oyonnax;Commune d'Oyonnax;60;36;3-5;1
""",
        {"operator", "places_periscolaire", "places_extrascolaire", "audience", "aeeh_children"},
        {"intitule_du_centre": "name"},
    ),
    (
        "parenting",
        """\
Activité 2024 des LAEP

Lieu;Localité;Nombre de séance;Enfants accueillis dans l'année;Gestionnaires
Le Nid;Gex;40;60;CC
Le Pont;Miribel;38;51;Le Pont
Le Lac;Oyonnax;41;77;CCAS
""",
        {"sessions", "children_served"},
        {"lieu": "name"},
    ),
    (
        "avs",
        """\
Centres sociaux du territoire, année 2024

Dénomination;Localité;Début agrément Caf;Fin agrément Caf;Nombre d'habitants de la zone;Budgets
Le Lac;Gex;01/01/2022;31/12/2025;4200;310000
Le Pont;Miribel;01/01/2023;31/12/2026;5200;290000
Les Pins;Oyonnax;01/01/2021;31/12/2024;9100;510000
""",
        {"agreed_from", "agreed_to", "area_population", "budget"},
        {"denomination": "name"},
    ),
    (
        "youth",
        """\
Habitat jeunes : les FJT, année 2024

Dénomination;Localité;Gestionnaires;Nombre de logements agréés;Nombre de jeunes logés
Le Toit;Gex;Association Alfa;60;95
Le Pas;Miribel;CCAS de Miribel;40;61
La Halte;Oyonnax;Association Alfa;72;110
""",
        {"operator", "dwellings", "persons_served"},
        {"denomination": "name"},
    ),
    (
        "france_services",
        """\
Liste au 31/12/2024

nom de la structure d'accueil;categorie de site;commune insee;libelle commune;latitude (y);longitude (x)
FS de Gex;Site;01173;Gex;46,33;6,06
FS de Miribel;Bus;01249;Miribel;45,83;4,95
FS d'Oyonnax;Site;01283;Oyonnax;46,26;5,65
""",
        {"name", "latitude", "longitude"},
        {"categorie_de_site": "category"},
    ),
]


@pytest.mark.parametrize(("kind", "text", "columns", "renamed"), SEEN, ids=[case[0] for case in SEEN])
def test_the_draft_of_an_unseen_layout_names_its_kind_and_builds_once_reviewed(
    small, kind, text, columns, renamed
):
    name = f"Envoi {kind}.csv"
    workspace = small({name: text}, "01")
    assert {problem.code for problem in workspace.build().problems} & {"file_unrecognised", "column_missing"}
    draft = propose(workspace.folders.raw / name)
    assert f"({kind})" in draft and columns <= set(load_recipe(draft, "brouillon").tables[0].columns)
    folder = workspace.folders.root / "recipes"
    folder.mkdir()
    (folder / "essai.toml").write_text(reviewed(draft, renamed), encoding="utf-8")
    offer = workspace.build().frames["offer"]
    assert offer["commune"].tolist() == ["01173", "01249", "01283"]


def test_the_draft_of_services_by_epci_keeps_their_territory(small):
    name = "Envoi TISF.csv"
    text = """\
Intervenantes à domicile, année 2024

Service intervenant;Nom de l'intercommunalité;Heures de TISF;Nombre de familles suivies
ADMR;CC Bugey Sud;1200;40
AAFP;CC Bugey Sud;300;12
ADMR;CC de la Plaine de l'Ain;800;31
"""
    workspace = small({name: text}, "01")
    assert "file_unrecognised" in {problem.code for problem in workspace.build().problems}
    draft = propose(workspace.folders.raw / name)
    assert "(home_help)" in draft
    folder = workspace.folders.root / "recipes"
    folder.mkdir()
    renamed = {"service_intervenant": "name", "nom_de_l_intercommunalite": "territory"}
    (folder / "essai.toml").write_text(reviewed(draft, renamed), encoding="utf-8")
    frames = workspace.build().frames
    assert (len(frames["offer"]), frames["offer"]["commune"].isna().all()) == (3, True)
    assert frames["service_area"].groupby("service").size().sort_values().tolist() == [41, 41, 53]


def reviewed(draft, renamed):
    """The draft as the analyst leaves it: columns named, rows let out."""
    for given, meant in renamed.items():
        draft = re.sub(rf"^# {given} = (.*)$", rf"{meant} = \1", draft, flags=re.MULTILINE)
        draft = re.sub(rf"^{given} = (.*)$", rf"{meant} = \1", draft, flags=re.MULTILINE)
    return re.sub(r"^# (\[\[tables\.outputs|\[tables\.outputs|[a-z_]+ = )", r"\1", draft, flags=re.MULTILINE)
