"""Files of several dates that tell of the same services: successive rows, revisions, what is gone."""

import pandas as pd
import pytest

from sdsf_analysis.indicators.offer import offer_at
from sdsf_analysis.model.rulings import template

HEADER = (
    "N° équipement;Nom;Gestionnaire;Commune;Code INSEE;Type d'accueil;Places agréées;Heures réalisées 2023\n"
)
LOUPIOTS = "90001;Les Loupiots;Commune de Belfort;Belfort;90010;Multi-accueil;{places};1000\n"
RIBAMBELLE = "90002;Ribambelle;Association A;Delle;90033;Multi-accueil;20;2000\n"


def eaje(day, *lines):
    return f"EAJE – situation au {day}\n\n{HEADER}{''.join(lines)}"


def micro(day, *lines):
    header = "Nom;Gestionnaire;Adresse;CP;Ville;Places;Ouverture;Fermeture\n"
    return f"Micro-crèches Paje – situation au {day}\n\n{header}{''.join(lines)}"


def rows(result, *columns):
    frame = result.frames["offer"][["service", "valid_from", "valid_to", *columns]]
    return [
        tuple(
            "" if pd.isna(value) else f"{value:%Y-%m-%d}" if hasattr(value, "year") else value
            for value in row
        )
        for row in frame.itertuples(index=False)
    ]


def ruled(small, files, line):
    return small(files | {"decisions.csv": template() + line}).build()


def doubts(result):
    """Problems, but for the count of the codes that came and went."""
    return [problem for problem in result.problems if problem.code not in ("codes_new", "codes_lost")]


def codes(result):
    return [(p.code, p.source, p.cell) for p in doubts(result)]


def test_two_years_of_one_list_give_two_periods(small):
    result = small(
        {
            "EAJE 2023.csv": eaje("31/12/2023", LOUPIOTS.format(places=30), RIBAMBELLE),
            "EAJE 2024.csv": eaje("31/12/2024", LOUPIOTS.format(places=36), RIBAMBELLE),
        }
    ).build()
    assert codes(result) == []
    assert rows(result, "capacity") == [
        ("90001", "2023-12-31", "2024-12-30", 30.0),
        ("90001", "2024-12-31", "", 36.0),
        ("90002", "2023-12-31", "", 20.0),
    ]
    assert len(result.frames["activity"]) == 2


def test_a_service_that_the_last_list_leaves_out_keeps_its_state_and_is_asked_about(small):
    result = small(
        {
            "EAJE 2023.csv": eaje("31/12/2023", LOUPIOTS.format(places=30), RIBAMBELLE),
            "EAJE 2024.csv": eaje("31/12/2024", LOUPIOTS.format(places=30)),
        }
    ).build()
    (problem,) = doubts(result)
    assert (problem.code, problem.source, problem.cell, problem.found) == (
        "service_unlisted", "EAJE 2023.csv", "A5", "90002"
    )  # fmt: skip
    assert "31/12/2024" in problem.message
    assert "« EAJE 2024.csv »" in problem.message
    assert ("90002", "2023-12-31", "", "open") in rows(result, "stage")


def test_a_closing_told_by_the_analyst_ends_the_last_period(small):
    files = {
        "EAJE 2023.csv": eaje("31/12/2023", LOUPIOTS.format(places=30), RIBAMBELLE),
        "EAJE 2024.csv": eaje("31/12/2024", LOUPIOTS.format(places=30)),
    }
    result = ruled(small, files, "EAJE 2023.csv;;A5;service_unlisted;90002;fermer;31/08/2024;courrier;;")
    assert codes(result) == [("decision_applied", "EAJE 2023.csv", "A5")]
    assert doubts(result)[0].repaired_to == "fermer : 31/08/2024"
    assert ("90002", "2023-12-31", "2024-08-31", "2024-08-31") in rows(result, "closed_on")


MOVED = "90777;Multi-accueil Ribambelle;SAS Cocon;Delle;90033;Multi-accueil;22;2000\n"
RENUMBERED = {
    "EAJE 2023.csv": eaje("31/12/2023", LOUPIOTS.format(places=30), RIBAMBELLE),
    "EAJE 2024.csv": eaje("31/12/2024", LOUPIOTS.format(places=30), MOVED),
}


def test_a_number_that_changes_with_the_operator_is_asked_about_never_guessed(small):
    result = small(RENUMBERED).build()
    (problem,) = doubts(result)
    assert (problem.code, problem.source, problem.cell, problem.found, problem.repaired_to) == (
        "service_renumbered", "EAJE 2024.csv", "A5", "90777", "90002"
    )  # fmt: skip
    # nor counted beside the service that it may be: its places would be there twice until the ruling
    assert {row[0] for row in rows(result)} == {"90001", "90002"}
    assert "90777" not in set(result.frames["activity"]["service"])
    (entry,) = (one for one in result.manifest["accounts"] if one["source"] == "EAJE 2024.csv")
    assert entry["refused"] == {"service_renumbered": 1}


@pytest.mark.parametrize("value", ["90002", ""])
def test_the_ruling_makes_one_service_of_both_with_successive_rows(small, value):
    line = f"EAJE 2024.csv;;A5;service_renumbered;90777;même structure;{value};appel;;"
    result = ruled(small, RENUMBERED, line)
    assert codes(result) == [("decision_applied", "EAJE 2024.csv", "A5")]
    assert [row for row in rows(result, "operator", "capacity") if row[0] == "90002"] == [
        ("90002", "2023-12-31", "2024-12-30", "Association A", 20.0),
        ("90002", "2024-12-31", "", "SAS Cocon", 22.0),
    ]
    assert "90777" not in set(result.frames["activity"]["service"])
    cited = result.frames["ledger"].query("column == 'service' and table == 'offer' and found == '90777'")
    assert cited["origin"].tolist() == ["décision"]


def test_two_structures_kept_apart_leave_the_first_one_to_be_asked_about(small):
    line = "EAJE 2024.csv;;A5;service_renumbered;90777;garder;;deux structures;;"
    assert [code for code, _, _ in codes(ruled(small, RENUMBERED, line))] == [
        "service_unlisted",
        "decision_applied",
    ]
    assert {row[0] for row in rows(ruled(small, RENUMBERED, line))} == {"90001", "90002", "90777"}


def test_a_ruling_may_name_the_heir_of_a_service_that_no_name_tells(small):
    heir = MOVED.replace("Multi-accueil Ribambelle", "Les Trois Lunes")
    files = RENUMBERED | {"EAJE 2024.csv": eaje("31/12/2024", LOUPIOTS.format(places=30), heir)}
    line = "EAJE 2023.csv;;A5;service_unlisted;90002;même structure;90777;reprise;;"
    result = ruled(small, files, line)
    assert codes(result) == [("decision_applied", "EAJE 2023.csv", "A5")]
    assert [row[3] for row in rows(result, "name") if row[0] == "90002"] == ["Ribambelle", "Les Trois Lunes"]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("EAJE 2024.csv;;A5;service_renumbered;90777;même structure;99999;erreur;;", "decision_faulty"),
        ("EAJE 2024.csv;;A5;service_renumbered;90777;fermer;31/08/2024;erreur;;", "decision_faulty"),
        ("EAJE 2023.csv;;A5;service_unlisted;90002;fermer;;sans date;;", "decision_faulty"),
        (
            "EAJE 2024.csv;;A4;service_renumbered;90001;même structure;90002;ancien;;",
            "decision_without_effect",
        ),
    ],
)
def test_a_ruling_that_cannot_be_applied_is_said(small, line, code):
    assert code in [found for found, _, _ in codes(ruled(small, RENUMBERED, line))]


def test_a_number_given_to_another_name_is_one_service_and_is_asked_about(small):
    other = RIBAMBELLE.replace("Ribambelle", "Les Trois Lunes")
    files = {
        "EAJE 2023.csv": eaje("31/12/2023", RIBAMBELLE),
        "EAJE 2024.csv": eaje("31/12/2024", other),
    }
    result = small(files).build()
    assert codes(result) == [("service_renamed", "EAJE 2024.csv", "A4")]
    assert [row[3] for row in rows(result, "name")] == ["Ribambelle", "Les Trois Lunes"]
    (kept,) = ruled(small, files, "EAJE 2024.csv;;A4;service_renamed;90002;garder;;même crèche;;").problems
    assert kept.code == "decision_applied"
    split = ruled(small, files, "EAJE 2024.csv;;A4;service_renamed;90002;remplacer;90002-2;autre;;")
    assert {row[0] for row in rows(split)} == {"90002", "90002-2"}


def test_a_figure_that_a_later_file_changes_is_said_and_counts_once(small):
    result = small(
        {
            "EAJE 2023.csv": eaje("31/12/2023", RIBAMBELLE),
            "EAJE 2024.csv": eaje("31/12/2024", RIBAMBELLE.replace("2000", "2100")),
        }
    ).build()
    (problem,) = doubts(result)
    assert (problem.code, problem.source, problem.cell, problem.found) == (
        "value_revised", "EAJE 2024.csv", "H4", "2100"
    )  # fmt: skip
    assert problem.message == (
        "90002, 2023, réel, heures réalisées : 2100 ici, "
        "2000 dans la cellule H4 de « EAJE 2023.csv », plus ancien."
    )
    assert result.frames["activity"]["value"].tolist() == [2100.0]


def test_an_opening_does_not_date_what_a_later_list_changes(small):
    line = "Pirouette;SAS Cocon;1 rue;90000;BELFORT;{};01/09/2019;{}\n"
    result = small(
        {
            "MC 2023.csv": micro("31/12/2023", line.format(10, "")),
            "MC 2024.csv": micro("31/12/2024", line.format(12, "")),
        }
    ).build()
    assert codes(result) == []
    service = "mc-90010-pirouette"
    assert rows(result, "capacity") == [
        (service, "2019-09-01", "2024-12-30", 10.0),
        (service, "2024-12-31", "", 12.0),
    ]
    ledger = result.frames["ledger"].query("column == 'valid_from' and key.str.contains('2024-12-31')")
    assert ledger[["found", "origin"]].values.tolist() == [
        ["Micro-crèches Paje – situation au 31/12/2024", "titre"]
    ]


def test_a_closing_ends_the_period_without_opening_another(small):
    line = "Pirouette;SAS Cocon;1 rue;90000;BELFORT;10;01/09/2019;{}\n"
    result = small(
        {
            "MC 2023.csv": micro("31/12/2023", line.format("")),
            "MC 2024.csv": micro("31/12/2024", line.format("31/07/2024")),
        }
    ).build()
    assert codes(result) == []
    assert rows(result, "closed_on") == [("mc-90010-pirouette", "2019-09-01", "2024-07-31", "2024-07-31")]


def test_a_closing_before_a_day_that_saw_the_service_is_asked_about(small):
    line = "Pirouette;SAS Cocon;1 rue;90000;BELFORT;{};;{}\n"
    result = small(
        {
            "MC 2023.csv": micro("31/12/2023", line.format(10, "")),
            "MC 2024.csv": micro("31/12/2024", line.format(10, "30/06/2023")),
        }
    ).build()
    assert [code for code, _, _ in codes(result)] == ["offer_overlap"]
    assert rows(result) == [("mc-90010-pirouette", "2023-12-31", "")]


def test_a_service_closed_before_its_only_list_is_known_on_its_last_day(small):
    line = "Pirouette;SAS Cocon;1 rue;90000;BELFORT;10;;30/06/2023\n"
    result = small({"MC 2024.csv": micro("31/12/2024", line)}).build()
    assert codes(result) == []
    assert rows(result) == [("mc-90010-pirouette", "2023-06-30", "2023-06-30")]
    cited = result.frames["ledger"].query("table == 'offer' and column == 'valid_from'")
    assert cited[["cell", "found"]].values.tolist() == [["H4", "30/06/2023"]]


def test_a_service_gone_from_the_third_of_three_lists_is_asked_about(small):
    both = (LOUPIOTS.format(places=30), RIBAMBELLE)
    result = small(
        {
            "EAJE 2022.csv": eaje("31/12/2022", *both),
            "EAJE 2023.csv": eaje("31/12/2023", *both),
            "EAJE 2024.csv": eaje("31/12/2024", LOUPIOTS.format(places=30)),
        }
    ).build()
    assert ("service_unlisted", "EAJE 2023.csv", "A5") in codes(result)
    assert len(result.frames["offer"]) == 2


@pytest.mark.parametrize("title", ["EAJE – activité prévisionnelle 2025", "EAJE : budget prévisionnel 2025"])
def test_a_forecast_is_no_list_that_a_service_may_be_gone_from(small, title):
    ahead = eaje("31/12/2025", LOUPIOTS.format(places=30)).replace("EAJE – situation au 31/12/2025", title)
    result = small(
        {
            "EAJE 2024.csv": eaje("31/12/2024", LOUPIOTS.format(places=30), RIBAMBELLE).replace(
                "réalisées 2023", "réalisées 2024"
            ),
            "EAJE à venir.csv": ahead.replace("réalisées 2023", "réalisées 2025"),
        }
    ).build()
    assert "service_unlisted" not in {problem.code for problem in result.problems}
    said = result.frames["activity"][["year", "nature"]].drop_duplicates().values.tolist()
    assert said == [[2024, "actual"], [2025, "forecast"]]


STATED = (
    "N° équipement;Nom;Commune;Code INSEE;Type d'accueil;Places agréées;État;Date d'ouverture\n"
    "90001;Les Loupiots;Belfort;90010;Multi-accueil;30;{};{}\n"
)


@pytest.mark.parametrize(
    ("state", "opening", "stage"),
    [
        ("gelée", "01/09/2015", "frozen"),
        ("fermée", "01/09/2015", "closed"),
        ("projet", "01/09/2026", "planned"),
    ],
)
def test_what_was_not_so_at_the_opening_begins_with_the_list_that_says_it(small, state, opening, stage):
    list_of_2024 = "EAJE – situation au 31/12/2024\n\n" + STATED.format(state, opening)
    result = small({"EAJE 2024.csv": list_of_2024}).build()
    assert rows(result, "stage") == [("90001", "2024-12-31", "", stage)]
    ledger = result.frames["ledger"].query("table == 'offer' and column == 'valid_from'")
    assert ledger["cell"].tolist() == ["A1"]


def test_a_structure_first_seen_frozen_is_neither_open_nor_frozen_before_and_is_named(small):
    files = {"EAJE 2024.csv": "EAJE – situation au 31/12/2024\n\n" + STATED.format("gelée", "01/09/2015")}
    workspace = small(files)
    workspace.build()
    for stages in (["open"], ["open", "frozen"]):
        found = offer_at(workspace.tables, "2020-06-30", stages=stages)
        assert found.empty and "90001" in found.attrs["remark"]
    assert offer_at(workspace.tables, "2010-06-30").attrs.get("remark", "") == ""


def test_a_structure_seen_open_then_frozen_is_open_until_the_list_that_says_it(small):
    files = {
        f"EAJE {year}.csv": f"EAJE – situation au 31/12/{year}\n\n" + STATED.format(state, "01/09/2015")
        for year, state in ((2023, "ouverte"), (2024, "gelée"))
    }
    assert rows(small(files).build(), "stage") == [
        ("90001", "2015-09-01", "2024-12-30", "open"),
        ("90001", "2024-12-31", "", "frozen"),
    ]
