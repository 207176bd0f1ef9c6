"""Communes that a file puts in an EPCI of another year."""

import pytest

HEADER = "N° équipement;Nom;Code INSEE;Commune;Type d'accueil;Places agréées;EPCI"
TITLE = "Situation au 31/12/2024;;;;;;"


def nursery(name: str, epci: str) -> str:
    return f"{name};{name};06054;Drap;multi-accueil;20;{epci}"


def build(small, *lines):
    text = "\n".join([TITLE, HEADER, *lines])
    return small({"EAJE.csv": text + "\n"}, departement="06").build()


def asked(result):
    return [problem for problem in result.problems if problem.code == "epci_of_other_year"]


@pytest.mark.parametrize(
    "written", ["CC du Pays des Paillons", "240600593", "Communauté de communes du Pays des Paillons"]
)
def test_the_epci_of_another_year_is_a_question_with_both(small, written):
    result = build(small, nursery("L1", written), nursery("L2", "Métropole Nice Côte d'Azur"))
    (problem,) = asked(result)
    assert (problem.cell, problem.found, str(problem.severity)) == ("G3", written, "question")
    assert "(240600593) est son EPCI de 2019 et 2021" in problem.message
    assert "Métropole Nice Côte d'Azur (200030195)" in problem.message
    # the row is kept, in its EPCI of the year asked
    assert len(result.frames["offer"]) == 2


def test_an_epci_that_never_was_or_is_blank_is_not_asked_about(small):
    assert asked(build(small, nursery("L1", ""), nursery("L2", "CC Bugey Sud"))) == []


def test_the_geography_year_of_a_file_is_told(small):
    result = build(small, nursery("L1", ""))
    (told,) = [entry["geography"] for entry in result.manifest["inputs"]]
    assert told["certainty"] == "same"
    assert told["years"] == [2019, 2021, 2022, 2023, 2024, 2025, 2026]
