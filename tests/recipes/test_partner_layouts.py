"""Layouts of one kind of file that differ by their sender, read by synonyms; hand-made, one test per kind."""

from datetime import date, datetime

import pytest

ALSH = ["Nom", "Organisateur", "Commune", "Périscolaire > Places", "Extrascolaire > Places", "Tranche d'âge"]
ALSH_COLUMNS = ("name", "commune", "operator_kind", "capacity", "audience")


def split_header(labels):
    """Two rows of labels, the upper ones written once over each of their columns."""
    paths = [label.split(" > ") for label in labels]
    return [
        [path[0] if len(path) > 1 else None for path in paths],
        [path[-1] for path in paths],
    ]


def test_leisure_centres_under_two_rows_of_labels(read):
    rows = [
        ["Les Pins", "SIVOM du Val", "Gex", 40, 24, "3-5, 6-11"],
        ["Le Lac", "Association du Lac", "Miribel", 30, None, "12-17"],
    ]
    result = read([["ALSH, année 2024"], [], *split_header(ALSH), *rows])
    assert result.rows("offer", *ALSH_COLUMNS) == [
        ("Les Pins", "01173", "syndicat", 24.0, "age_3_11"),
        ("Le Lac", "01249", "association", 30.0, "age_12_17"),
    ]


def test_leisure_centres_in_one_row_of_labels_with_levels_of_school(read):
    header = ["Code INSEE", "Structure", "Statut du gestionnaire", "Places péri", "Heures péri",
              "Places extra", "Heures extra", "Public accueilli", "Dont AEEH", "Année scolaire"]  # fmt: skip
    row = ["01173", "Les Pins", "communal", 40, 9000, 24, 8000.5, "mat./élém.", 2, "2023-2024"]
    result = read([header, row])
    assert result.codes == [("J2", "school_year")]
    assert result.rows("offer", *ALSH_COLUMNS) == [("Les Pins", "01173", "commune", 24.0, "nursery_primary")]
    assert set(result.rows("activity", "year", "measure", "value")) == {
        (2023, "places_periscolaire", 40.0),
        (2023, "hours_periscolaire", 9000.0),
        (2023, "places_extrascolaire", 24.0),
        (2023, "hours_extrascolaire", 8000.5),
        (2023, "aeeh_children", 2.0),
    }


@pytest.mark.parametrize("age", ["primaire", "6", "tous âges"])
def test_an_age_that_is_not_sure_is_asked_about_and_its_row_is_kept(read, age):
    result = read([["ALSH 2024"], [], ALSH, ["Les Pins", "CC", "Gex", 40, 24, age]])
    assert result.codes == [("F4", "choice_unknown")]
    assert result.rows("offer", "audience") == [(None,)]


def test_two_capacities_in_a_cell_give_none(read):
    result = read([["ALSH 2024"], [], ALSH, ["Les Pins", "CC", "Gex", 40, "20 (10 en août)", "6-11"]])
    assert result.codes == [("E4", "number_doubtful")]
    assert result.rows("offer", "capacity", "capacity_status") == [(None, "error")]


@pytest.mark.parametrize(
    ("title", "table", "kind", "measures"),
    [
        ("LAEP 2024", [["Nom", "Gestionnaire", "Commune", "Séances", "Enfants"],
         ["Le Nid", "CC", "Gex", 40, 60]], "laep", {"sessions": 40, "children_served": 60}),
        ("LAEP 2024", [["Ville", "Lieu d'accueil", "Nb de séances", "Enfants différents", "Familles"],
         ["Gex", "Le Nid", 40, 6, 5]], "laep", {"sessions": 40, "children_served": 6, "families_served": 5}),
        ("CLAS 2024", [["Porteur", "Commune", "Collectifs", "Enfants"],
         ["Le Nid", "Gex", 2, 20]], "clas", {"groups": 2, "children_served": 20}),
        ("CLAS 2024", [["Structure porteuse", "Code INSEE", "Nombre de groupes", "Nombre d'enfants inscrits"],
         ["Le Nid", "01173", 2, 20]], "clas", {"groups": 2, "children_served": 20}),
        ("REAAP 2024", [["Action", "Porteur", "Commune", "Actions"],
         ["Café", "CC", "Gex", 3]], "reaap", {"parenting_actions": 3}),
        ("Reaap 2024", [["Porteur de projet", "Intitulé de l'action", "Commune", "Nb d'actions"],
         ["CC", "Café", "Gex", 3]], "reaap", {"parenting_actions": 3}),
        ("Médiation familiale 2024", [["Service", "Commune", "Mesures", "Familles"],
         ["SMF", "Gex", 80, 150]], "family_mediation", {"mediations": 80, "families_served": 150}),
        ("Médiation familiale 2024", [["Nom du service", "Ville", "Nombre de mesures", "Nombre de familles"],
         ["SMF", "Gex", 80, 150]], "family_mediation", {"mediations": 80, "families_served": 150}),
        ("Espaces de rencontre 2024", [["Nom", "Commune", "Heures d'ouverture", "Enfants"],
         ["Le Pont", "Gex", 400.5, 70]], "meeting_space", {"opening_hours": 400.5, "children_served": 70}),
        ("Espaces de rencontre 2024", [["Espace de rencontre", "Commune", "Heures", "Nombre d'enfants"],
         ["Le Pont", "Gex", 400.5, 70]], "meeting_space", {"opening_hours": 400.5, "children_served": 70}),
        ("Ludothèques 2024", [["Nom", "Gestionnaire", "Commune", "Heures d'ouverture"],
         ["Le Dé", "CC", "Gex", 900]], "ludotheque", {"opening_hours": 900}),
        ("Ludothèques 2024", [["Commune", "Ludothèque", "Structure porteuse", "Ouverture annuelle (h)"],
         ["Gex", "Le Dé", "CC", 900]], "ludotheque", {"opening_hours": 900}),
    ],
)  # fmt: skip
def test_sheets_of_parenting_in_two_layouts(read, title, table, kind, measures):
    result = read([[title], [], *table])
    assert result.codes == []
    assert result.rows("offer", "kind", "commune") == [(kind, "01173")]
    assert dict(result.rows("activity", "measure", "value")) == measures
    assert {year for (year,) in result.rows("activity", "year")} == {2023}


def test_an_action_for_the_whole_departement_is_asked_about(read):
    header = ["Action", "Porteur", "Commune", "Actions"]
    result = read([["REAAP 2024"], [], header, ["Café", "CC", "Tout le département", 3]])
    assert [code for _, code in result.codes] == ["commune_unknown"] and result.applied.rows == {}


AVS_HEADERS = [
    ["Nom", "Commune", "Agrément du", "au", "Habitants de la zone", "Budget", "Résultat"],
    ["Structure", "Ville", "Agrément > Début", "Agrément > Fin", "Population de la zone",
     "Budget total (€)", "Résultat de l'exercice (€)"],
]  # fmt: skip


@pytest.mark.parametrize("header", AVS_HEADERS)
@pytest.mark.parametrize(("title", "kind"), [("Centres sociaux", "centre_social"), ("EVS", "evs")])
def test_a_centre_is_in_the_offer_for_as_long_as_it_is_agreed(read, header, title, kind):
    row = ["Le Lac", "Gex", datetime(2022, 1, 1), datetime(2025, 12, 31), 4200, 310000, -1250]  # noqa: DTZ001
    result = read([[f"{title} 2024"], [], *split_header(header), row])
    assert result.codes == []
    assert result.rows("offer", "kind", "valid_from", "valid_to") == [
        (kind, date(2022, 1, 1), date(2025, 12, 31))
    ]
    assert dict(result.rows("activity", "measure", "value")) == {
        "area_population": 4200.0,
        "budget": 310000.0,
        "result": -1250.0,
    }


def test_without_agreement_the_date_of_situation_stands(read):
    row = ["Le Lac", "Gex", None, None, 4200, 310000, None]
    result = read([["Centres sociaux"], [], AVS_HEADERS[0], row])
    assert result.rows("offer", "valid_from", "valid_to") == [(date(2023, 12, 31), None)]
