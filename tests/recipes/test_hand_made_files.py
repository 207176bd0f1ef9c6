"""Files as partners write them, unlike those of the demo: other words, another order, counts said « Nb »."""

from datetime import date

import pytest

CASES = [
    (
        [["Micro-crèches CMG structure, situation au 31 décembre 2024"], [],
         ["Dénomination de la structure", "Société", "Code postal", "Localité", "Nb places",
          "Ouverte depuis le", "Fermée le"],
         ["Petits pas", "SAS Pas", "01000", "BOURG EN BRESSE", "25 dont 2 AVIP", "15/01/2021", "31/08/2024"]],
        ("offer", ("kind", "commune", "capacity", "valid_from", "valid_to")),
        [("micro_creche", "01053", 25.0, date(2021, 1, 15), date(2024, 8, 31))],
    ),
    (
        [["Les relais petite enfance – état au 31/12/2024"], [],
         ["Relais", "Porteur", "Commune d'implantation", "Communes du secteur", "Animation (ETP)",
          "Nb AM en activité"],
         ["RPE de Gex", "CA", "Gex", "Gex, Cessy et Ornex", "17,5/35e", 120]],
        ("activity", ("measure", "value")),
        [("childminders_in_area", 120.0), ("staff_fte", 0.5)],
    ),
    (
        [["PAEJ – bilan 2024"], [],
         ["Ville", "Point accueil", "Porteur", "Nombre de jeunes", "Nb d'entretiens"],
         ["Gex", "PAEJ Gex", "Association A", 210, 560]],
        ("activity", ("measure", "value")),
        [("interviews", 560.0), ("persons_served", 210.0)],
    ),
    (
        [["Interventions TISF 2024"], [],
         ["Structure", "Intercommunalité", "Nombre d'heures TISF", "Nb de familles aidées"],
         ["ADMR", "CC Bugey Sud", "850 h", 45]],
        ("activity", ("measure", "value")),
        [("families_served", 45.0), ("home_help_hours", 850.0)],
    ),
    (
        [["Maisons d'assistants maternels au 31/12/2024"], [],
         ["Ville", "Nom MAM", "Nb d'assistants maternels", "Nombre total de places", "Date d'ouverture"],
         ["Viriat", "Cocon", 4, 16, "01/02/2022"]],
        ("offer", ("kind", "commune", "units", "capacity")),
        [("mam", "01451", 4.0, 16.0)],
    ),
    (
        [["Naissances domiciliées par commune"], [], ["Code", "Commune", 2022, 2023],
         ["01173", "Gex", 205, 190]],
        ("families", ("year", "measure", "value")),
        [(2022, "births", 205.0), (2023, "births", 190.0)],
    ),
    (
        [["Effectifs de toute petite section, rentrée 2024"], [],
         ["Commune", "Établissement", "Nombre d'élèves de 2 ans"], ["Gex", "École Perdtemps", 14]],
        ("offer", ("kind", "commune", "capacity")),
        [("preschool", "01173", 14.0)],
    ),
    (
        [["Extraction des versements – arrêté au 31/12/2024"], [],
         ["N° SIAS", "Nom structure", "Commune", "Exercice", "Nature du montant", "Prestation",
          "Montant (€)"],
         ["123", "Les Loups", "Gex", 2023, "Prévisionnel", "PSU", 100000],
         ["123", "Les Loups", "Gex", 2023, "Réel", "PSU", 98000]],
        ("funds", ("year", "nature", "amount_eur")),
        [(2023, "actual", 98000.0), (2023, "forecast", 100000.0)],
    ),
    (
        [["Projets d'ouverture connus au 31/12/2024"], [],
         ["Porteur de projet", "Nom du projet", "Localisation", "Type", "Nb de places prévues", "Stade",
          "Date d'ouverture prévisionnelle"],
         ["CA", "Crèche de Cessy", "Cessy", "multi-accueil", 30, "travaux", "01/09/2025"]],
        ("offer", ("stage", "capacity", "planned_on", "opened_on")),
        [("building", 30.0, date(2025, 9, 1), None)],
    ),
    (
        [["Autorités organisatrices de l'accueil du jeune enfant au 1er janvier 2025"], [],
         ["INSEE", "Commune", "Autorité organisatrice (AO)", "Nature de l'AO", "Depuis"],
         ["01173", "Gex", "CA du Pays de Gex", "EPCI", "01/01/2025"]],
        ("authorities", ("commune", "kind", "starts_on")),
        [("01173", "epci", date(2025, 1, 1))],
    ),
    (
        [["Plan d'actions de la CTG du Pays de Gex"], [],
         ["N° de la CTG", "Orientation stratégique", "Réf.", "Action", "Calendrier début",
          "Calendrier fin", "État", "Indicateur", "Valeur initiale 2022", "Objectif 2026", "Sens"],
         ["12", "Accueil", "1.2", "Réduire l'attente", "01/01/2023", "31/12/2026", "Terminé", "Délai",
          9, 4, "-"]],
        ("action_measures", ("role", "date", "value", "direction")),
        [("baseline", date(2022, 12, 31), 9.0, "decrease"), ("target", date(2026, 12, 31), 4.0, "decrease")],
    ),
    (
        [["Population par âge, estimations"], [], ["GEO", "AGE", "TIME_PERIOD", "OBS_VALUE"],
         ["01173", "Y_LT3", 2022, 512.4], ["01173", "Y_GE65", 2022, 1200.1], ["01173", "_T", 2022, 13500]],
        ("families", ("year", "measure", "value")),
        [(2022, "children_0_2", 512.4), (2022, "population", 13500.0)],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "asked", "expected"), CASES, ids=[case[0][0][0] for case in CASES])
def test_a_file_that_no_demo_has_is_read(read, rows, asked, expected):
    result = read(rows)
    table, columns = asked
    assert not result.recognition.unmapped
    assert sorted(result.rows(table, *columns), key=str) == sorted(expected, key=str)


def test_a_table_that_splits_ages_by_sex_is_not_taken_for_the_whole(small):
    text = "GEO;AGE;SEX;TIME_PERIOD;OBS_VALUE\n01173;Y_LT3;F;2022;250\n01173;_T;F;2022;6500\n"
    result = small({"Ages.csv": text}, departement="01").build()
    assert "children_0_2" not in set(result.frames["families"]["measure"])
    assert "file_unrecognised" in {problem.code for problem in result.problems}
