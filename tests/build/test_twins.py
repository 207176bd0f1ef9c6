"""One structure in the files of two partners: one service, its places once, what they contradict shown."""

import pandas as pd
import pytest

from sdsf_analysis.errors import WorkspaceError
from sdsf_analysis.model.rulings import template

CAF = (
    "EAJE – situation au 31/12/2024\n\n"
    "N° équipement;Nom;Gestionnaire;Commune;Code INSEE;Type d'accueil;Places agréées;Heures réalisées 2023\n"
    "90001;Multi-accueil Les Loupiots;Commune de Belfort;Belfort;90010;Multi-accueil;30;1000\n"
    "90002;Ribambelle;Association A;Delle;90033;Multi-accueil;20;2000\n"
)
HEADER = "Nom;Commune;Type d'accueil;Capacité autorisée;Date d'autorisation;Date d'ouverture;Gestionnaire\n"
LOUPIOTS = "LES LOUPIOTS;Belfort;Multi-accueil;{};01/03/2008;01/09/2008;Ville de Belfort\n"
ONLY = "Les Cabris;Delle;Jardin d'enfants;15;01/03/2012;01/09/2012;Association B\n"


def pmi(*lines, header=HEADER):
    return f"Liste PMI – situation au 31/12/2024\n\n{header}{''.join(lines)}"


def offer(result):
    frame = result.frames["offer"].set_index("service")
    return {name: row["capacity"] for name, row in frame.iterrows()}


def authorised(result):
    rows = result.frames["activity"].query("measure == 'authorised_capacity'")
    return dict(zip(rows["service"], rows["value"], strict=True))


def codes(result):
    return [(p.code, p.source, p.cell) for p in result.problems]


def test_a_structure_of_two_partners_is_one_service_and_keeps_both_figures(small):
    result = small({"EAJE.csv": CAF, "PMI.csv": pmi(LOUPIOTS.format(30), ONLY)}).build()
    assert codes(result) == []
    assert offer(result) == {"90001": 30.0, "90002": 20.0, "pmi-90033-les-cabris": 15.0}
    assert authorised(result) == {"90001": 30.0, "pmi-90033-les-cabris": 15.0}
    row = result.frames["offer"].set_index("service").loc["90001"]
    assert (row["operator"], row["funding"]) == ("Commune de Belfort", "psu")


def test_a_project_of_the_caf_is_not_the_open_structure_of_its_name(small):
    header = "Projets, situation au 31/12/2024\n\nNom;Commune;Type d'accueil;Places prévues;État\n"
    project = header + "Les Loupiots;Belfort;Multi-accueil;12;travaux\n"
    result = small({"Projets.csv": project, "PMI.csv": pmi(LOUPIOTS.format(34))}).build()
    stages = result.frames["offer"].set_index("service")["stage"].to_dict()
    assert codes(result) == []
    assert stages == {"pmi-90010-les-loupiots": "open", "projet-90010-les-loupiots": "building"}


def test_the_opening_that_only_one_partner_knows_dates_the_service_and_is_cited(small):
    result = small({"EAJE.csv": CAF, "PMI.csv": pmi(LOUPIOTS.format(30))}).build()
    row = result.frames["offer"].set_index("service").loc["90001"]
    assert row["opened_on"] == row["valid_from"] == pd.Timestamp("2008-09-01")
    ledger = result.frames["ledger"].query("table == 'offer' and key.str.startswith('90001|')")
    for column in ("opened_on", "valid_from"):
        cited = ledger[ledger["column"] == column]
        assert cited[["source", "cell", "found"]].values.tolist() == [["PMI.csv", "F4", "01/09/2008"]]


def test_a_contradiction_names_both_cells_and_counts_no_place_twice(small):
    result = small({"EAJE.csv": CAF, "PMI.csv": pmi(LOUPIOTS.format(34))}).build()
    (problem,) = result.problems
    assert (problem.code, problem.source, problem.cell, problem.found) == (
        "sources_disagree", "PMI.csv", "D4", "34"
    )  # fmt: skip
    assert "34 places selon le Département, 30 places selon la Caf" in problem.message
    assert "la cellule G4 de « EAJE.csv »" in problem.message
    assert 'offer = "Département"' in problem.suggestion
    assert offer(result)["90001"] == 30.0
    assert authorised(result)["90001"] == 34.0


@pytest.mark.parametrize(("partner", "places"), [("Caf", 30.0), ("Département", 34.0)])
def test_the_settings_say_which_partner_counts(small, partner, places):
    files = {"EAJE.csv": CAF, "PMI.csv": pmi(LOUPIOTS.format(34))}
    result = small(files, sources=f'offer = "{partner}"').build()
    assert [code for code, _, _ in codes(result)] == ["sources_settled"]
    assert offer(result) == {"90001": places, "90002": 20.0}
    assert result.frames["offer"].set_index("service").loc["90001", "funding"] == "psu"
    assert authorised(result)["90001"] == 34.0


def test_a_partner_that_sends_nothing_is_refused(small):
    with pytest.raises(WorkspaceError, match="le partenaire « Caff »"):
        small({"EAJE.csv": CAF}, sources='offer = "Caff"').build()


NEAR = "Les Loupiot;Belfort;Multi-accueil;30;01/03/2008;01/09/2008;Ville de Belfort\n"


def test_a_near_name_is_asked_about_and_waits(small):
    result = small({"EAJE.csv": CAF, "PMI.csv": pmi(NEAR)}).build()
    (problem,) = result.problems
    assert (problem.code, problem.cell, problem.repaired_to) == ("structure_near", "A4", "90001")
    assert offer(result) == {"90001": 30.0, "90002": 20.0}
    assert authorised(result) == {}


@pytest.mark.parametrize(
    ("decision", "services", "holder"),
    [
        ("même structure;90001", ["90001", "90002"], "90001"),
        ("garder;", ["90001", "90002", "pmi-90010-les-loupiot"], "pmi-90010-les-loupiot"),
    ],
)
def test_a_ruling_says_whether_they_are_one(small, decision, services, holder):
    line = f"PMI.csv;;A4;structure_near;pmi-90010-les-loupiot;{decision};appel;;"
    files = {"EAJE.csv": CAF, "PMI.csv": pmi(NEAR), "decisions.csv": template() + line}
    result = small(files).build()
    assert [code for code, _, _ in codes(result)] == ["decision_applied"]
    assert sorted(offer(result)) == services
    assert authorised(result) == {holder: 30.0}


def test_two_structures_of_one_name_in_a_commune_are_asked_about(small):
    twice = LOUPIOTS.format(20) + LOUPIOTS.format(10).replace("LES LOUPIOTS", "Crèche Les Loupiots")
    result = small({"EAJE.csv": CAF.replace("Multi-accueil Les", "Les"), "PMI.csv": pmi(twice)}).build()
    assert [code for code, _, _ in codes(result)] == ["structure_near"] * 2
    assert offer(result)["90001"] == 30.0


def test_the_same_name_in_another_commune_is_another_structure(small):
    result = small(
        {"EAJE.csv": CAF, "PMI.csv": pmi(LOUPIOTS.format(34).replace("Belfort;M", "Delle;M"))}
    ).build()
    assert codes(result) == []
    assert len(offer(result)) == 3


def test_a_list_without_types_is_read_too(small):
    header = "Nom;Commune;Capacité autorisée;Date d'autorisation;Gestionnaire\n"
    line = "Les Cabris;Delle;15;01/03/2012;Association B\n"
    result = small({"PMI.csv": pmi(line, header=header)}).build()
    assert codes(result) == []
    (row,) = result.frames["offer"].to_dict("records")
    assert (row["kind"], row["valid_from"], row["capacity"]) == (
        "eaje_collective", pd.Timestamp("2012-03-01"), 15.0
    )  # fmt: skip
