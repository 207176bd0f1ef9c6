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


@pytest.mark.parametrize(
    ("title", "table", "offer", "measures"),
    [
        ("PS jeunes 2024", (["Nom", "Gestionnaire", "Commune", "Jeunes accueillis", "ETP financés"],
         ["Le 12", "CC", "Gex", 80, "1,5 ETP"]),
         ("ps_jeunes", None, None, None, "age_12_25"), {"persons_served": 80, "staff_fte": 1.5}),
        ("Prestation de service Jeunes", (["Structure", "Ville", "Nombre de jeunes", "Postes financés"],
         ["Le 12", "Gex", 80, "mi-temps"]),
         ("ps_jeunes", None, None, None, "age_12_25"), {"persons_served": 80, "staff_fte": 0.5}),
        ("PAEJ 2024", (["Nom", "Porteur", "Commune", "Jeunes accueillis", "Entretiens"],
         ["Le Fil", "CC", "Gex", 90, 210]),
         ("paej", None, None, None, "age_12_25"), {"persons_served": 90, "interviews": 210}),
        ("Points accueil écoute jeunes", (["Point d'accueil", "Ville", "Jeunes accompagnés", "ETP"],
         ["Le Fil", "Gex", 90, 2.5]),
         ("paej", None, None, None, "age_12_25"), {"persons_served": 90, "staff_fte": 2.5}),
        ("Promeneurs du Net 2024", (["Réseau", "Porteur", "Commune siège", "Intervenants", "Structures"],
         ["Pays", "CC", "Gex", 7, 5]),
         ("promeneurs_du_net", None, None, 7, None), {"staff": 7, "partner_structures": 5}),
        ("Promeneurs du Net", (["Structure coordinatrice", "Code INSEE", "Promeneurs actifs"],
         ["Pays", "01173", 7]),
         ("promeneurs_du_net", None, None, 7, None), {"staff": 7}),
        ("FJT 2024", (["Nom", "Gestionnaire", "Commune", "Logements", "Jeunes logés"],
         ["Le Toit", "CC", "Gex", 60, 95]),
         ("fjt", 60, "dwellings", None, "age_16_30"), {"persons_served": 95}),
        ("Habitat jeunes", (["Résidence", "Ville", "Nb logements", "Taux d'occupation"],
         ["Le Toit", "Gex", 60, "92 %"]),
         ("fjt", 60, "dwellings", None, "age_16_30"), {"occupancy_rate": 92}),
    ],
)  # fmt: skip
def test_supports_to_young_people_in_two_layouts(read, title, table, offer, measures):
    result = read([[title], [], *table])
    assert [code for _, code in result.codes if code != "number_as_text"] == []
    columns = ("kind", "capacity", "capacity_unit", "units", "audience")
    assert result.rows("offer", *columns) == [offer]
    assert dict(result.rows("activity", "measure", "value")) == measures


def test_structures_whose_supports_are_ticked_and_a_doubt_is_no_yes(read):
    header = ["Structure", "Commune", "PS jeunes", "PAEJ", "Promeneurs du Net", "FJT", "Logements"]
    rows = [
        ["Le 12", "Gex", "x", "O", None, None, None],
        ["Le Toit", "Miribel", "en cours", "?", "✓", 1, 60],
        ["Le Lac", "Oyonnax", "non", None, "X", None, None],
    ]
    result = read([["Jeunesse 2024"], [], header, *rows])
    assert set(result.rows("offer", "kind", "name", "capacity")) == {
        ("ps_jeunes", "Le 12", None),
        ("paej", "Le 12", None),
        ("promeneurs_du_net", "Le Toit", None),
        ("fjt", "Le Toit", 60.0),
        ("promeneurs_du_net", "Le Lac", None),
    }
    assert result.codes == [("C5", "choice_unknown"), ("D5", "choice_unknown")]


@pytest.mark.parametrize(
    "header",
    [
        ["Service", "Territoire d'intervention", "Heures TISF", "Familles"],
        ["Association", "EPCI", "Heures TISF réalisées", "Nombre de familles"],
    ],
)
def test_home_help_serves_the_communes_of_its_epci(read, header):
    rows = [
        ["ADMR", "CC Bugey Sud", 1200, 40],
        ["ADMR", "200000000", 90, 3],
        ["ADMR", "GBA", 300, 10],
        ["AAFP", "CC du Pays de Gex", 100, 4],
        ["AAFP", "Département de l'Ain", 700.5, 20],
    ]
    result = read([["Aide à domicile 2024"], [], header, *rows])
    assert result.codes == [(cell, "epci_unknown") for cell in ("B5", "B6", "B7")]
    assert result.rows("offer", "service", "commune", "kind") == [
        ("home_help-200040350-admr", None, "home_help"),
        ("home_help-departement-01-aafp", None, "home_help"),
    ]
    served = result.rows("service_area", "service", "commune")
    assert len([one for one, _ in served if one == "home_help-200040350-admr"]) == 41
    assert len([one for one, _ in served if one == "home_help-departement-01-aafp"]) == 391
    assert ("home_help-200040350-admr", "families_served", 40.0) in result.rows(
        "activity", "service", "measure", "value"
    )


@pytest.mark.parametrize(
    ("header", "order"),
    [
        (
            ["code_insee", "nom", "adresse", "commune", "departement", "format", "latitude", "longitude"],
            range(8),
        ),
        (
            ["lib_fs", "format_fs", "lib_com", "insee_com", "dep", "latitude", "longitude"],
            (1, 5, 3, 0, 4, 6, 7),
        ),
    ],
)
def test_of_a_list_of_all_of_france_the_rows_of_the_departement_are_kept(read, header, order):
    rows = [
        ["1173", "FS de Gex", "1 rue", "Gex", "1", "Site", "46.33", "6.06"],
        ["42218", "FS de Saint-Étienne", "2 rue", "Saint-Étienne", "42", "Bus", "45.43", "4.39"],
        ["2A004", "FS d'Ajaccio", "3 rue", "Ajaccio", "2A", "Site", "41.92", "8.73"],
    ]
    result = read([header, *([row[index] for index in order] for row in rows)], text_file=True)
    columns = ("kind", "commune", "category", "latitude", "longitude")
    assert result.rows("offer", *columns) == [("france_services", "01173", "Site", 46.33, 6.06)]
    assert sorted(code for _, code in result.codes) == ["code_lost_zero", "rows_elsewhere"]
    assert [p.found for p in result.applied.problems if p.code == "rows_elsewhere"] == ["2"]


def test_a_list_that_says_france_services_needs_no_format_and_another_list_is_not_taken_for_one(read):
    header = ["id_fs", "lib_fs", "adresse", "lib_com", "insee_com", "lib_departement", "telephone", "mail"]
    row = ["12", "FS de Gex", "1 rue", "Gex", "1173", "Ain", "0450000000", "gex@exemple.fr"]
    result = read([header, row], text_file=True)
    assert result.rows("offer", "service", "kind") == [("fs-01173-12", "france_services")]
    assert "0450000000" not in repr(result.applied) and "gex@" not in repr(result.applied)
    other = read([["nom", "code_insee", "commune"], ["Dojo de Gex", "01173", "Gex"]])
    assert not other.recognition.is_complete


@pytest.mark.parametrize(
    "territory",
    [
        "CC Bugey Sud et CA du Pays de Gex",
        "CC Bugey Sud\nCA du Pays de Gex",
        "CC Bugey Sud / CA du Pays de Gex",
    ],
)
def test_home_help_of_several_epci_serves_the_communes_of_all(read, territory):
    header = ["Service", "Territoire d'intervention", "Heures TISF", "Familles"]
    result = read([["Aide à domicile – année 2023"], [], header, ["ADMR", territory, 900, 40]])
    (service,) = (service for (service,) in result.rows("offer", "service"))
    served = result.rows("service_area", "service", "commune")
    assert (len(served), {one for one, _ in served}) == (68, {service})
    assert result.rows("activity", "service", "measure", "value")[0] == (service, "home_help_hours", 900.0)


def test_one_unknown_territory_among_several_is_asked_about(read):
    header = ["Service", "Territoire d'intervention", "Heures TISF", "Familles"]
    result = read([["Aide à domicile – année 2023"], [], header, ["ADMR", "CC Bugey Sud et GBA", 900, 40]])
    assert ("B4", "epci_unknown") in result.codes
    assert not result.rows("offer", "service")
