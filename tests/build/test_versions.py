"""Versions of one file are asked about; lists of other dates, or of a school year, are not versions."""

import pytest

EAJE = (
    "EAJE – situation au {day}\n\n"
    "N° équipement;Nom;Gestionnaire;Commune;Code INSEE;Type d'accueil;Places agréées;Heures réalisées 2023\n"
    "90001;Les Loupiots;Commune de Belfort;Belfort;90010;Multi-accueil;{places};1000\n"
)
ALSH = (
    "Accueils de loisirs – {said}\n\n"
    "Nom;Organisateur;Commune;Places extrascolaire;Tranche d'âge\n"
    "Les Cabris;Commune de Delle;Delle;{places};6-11\n"
)
MICRO = (
    "Nom;Gestionnaire;Adresse;CP;Ville;Places;Ouverture;Fermeture\n"
    "Lune;SAS A;1 rue;90000;BELFORT;{};01/09/2019;\n"
)


def codes(result):
    return [problem.code for problem in result.problems]


def eaje(day, places):
    return EAJE.format(day=day, places=places)


@pytest.mark.parametrize(
    "name", ["EAJE 2023 V2.csv", "EAJE 2023 VF.csv", "Copie de EAJE 2023.csv", "vf/EAJE.csv"]
)
def test_a_version_of_a_list_is_asked_about_and_neither_counts(small, name):
    files = {"EAJE 2023.csv": eaje("31/12/2023", 30), name: eaje("31/12/2023", 32)}
    result = small(files).build()
    assert codes(result) == ["duplicate_claim"]
    assert result.frames["offer"].empty
    chosen = small(files, sources=f'eaje = "{name}"').build()
    assert codes(chosen) == ["source_set_aside"]
    assert chosen.frames["offer"]["capacity"].tolist() == [32.0]


def test_a_version_of_one_year_leaves_the_list_of_another_alone(small):
    result = small(
        {
            "EAJE 2023.csv": eaje("31/12/2023", 30),
            "EAJE 2024.csv": eaje("31/12/2024", 32),
            "EAJE 2024 V2.csv": eaje("31/12/2024", 34),
        }
    ).build()
    assert [code for code in codes(result) if code == "duplicate_claim"] == ["duplicate_claim"]
    assert result.frames["offer"]["capacity"].tolist() == [30.0]


def test_two_lists_without_a_date_are_versions(small):
    result = small({"MC.csv": MICRO.format(10), "MC V2.csv": MICRO.format(12)}).build()
    assert codes(result) == ["duplicate_claim"]
    assert result.frames["offer"].empty


def test_a_school_year_and_a_calendar_year_are_not_versions(small):
    result = small(
        {
            "ALSH 2023-2024.csv": ALSH.format(said="année scolaire 2023-2024, au 01/09/2023", places=40),
            "ALSH 2024.csv": ALSH.format(said="situation au 31/12/2024", places=48),
        }
    ).build()
    assert "duplicate_claim" not in codes(result)
    frame = result.frames["offer"]
    assert frame["capacity"].tolist() == [40.0, 48.0]
    assert frame["service"].nunique() == 1


def test_two_parts_of_a_list_do_not_follow_each_other(small):
    south = ALSH.format(said="situation au 30/11/2024", places=40)
    north = ALSH.format(said="situation au 31/12/2024", places=30).replace("Delle", "Belfort")
    result = small({"ALSH sud.csv": south, "ALSH nord.csv": north.replace("Cabris", "Lutins")}).build()
    assert not [code for code in codes(result) if code.startswith("service")]
    assert len(result.frames["offer"]) == 2


def test_communes_without_a_childminder_any_more_are_not_renumbered(small):
    def sheet(day, commune):
        return f"Assistants maternels agréés au {day}\n\nCommune;Agréés;Places\nBelfort;3;9\n{commune};2;6\n"

    files = {"AM 2023.csv": sheet("31/12/2023", "Delle"), "AM 2024.csv": sheet("31/12/2024", "Bavilliers")}
    found = [code for code in codes(small(files).build()) if code.startswith("service")]
    assert found == ["service_unlisted"]
