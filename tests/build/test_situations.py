"""A table that needs a date and has none says which rows are lost."""

import pytest

EAJE = "N° équipement;Nom;Code INSEE;Commune;Type d'accueil;Places agréées"
LINE = "E1;Les Lutins;90010;Belfort;multi-accueil;20"


@pytest.mark.parametrize(
    ("columns", "activity", "lost"),
    [
        ("Heures réalisées 2023;Heures réalisées 2024", 2, 1),
        ("Heures réalisées;Heures facturées", 0, 2),
        ("Observations;Gestionnaire", 0, 1),
    ],
)
def test_rows_without_a_date_are_never_lost_without_a_word(small, columns, activity, lost):
    result = small({"EAJE.csv": f"{EAJE};{columns}\n{LINE};1000;1100\n"}).build()
    (problem,) = result.problems
    assert (problem.code, problem.source, str(problem.severity)) == ("situation_missing", "EAJE.csv", "error")
    assert problem.message.count("«") == lost
    assert (len(result.frames["offer"]), len(result.frames["activity"])) == (0, activity)


def test_years_in_every_label_are_date_enough_for_a_table_of_years(small):
    line = "Code INSEE;Commune;Familles 2023;Familles 2024\n90010;Belfort;10;12\n"
    assert "situation_missing" not in {p.code for p in small({"MSA.csv": line}).build().problems}
