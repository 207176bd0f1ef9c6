"""A file of one row per child is refused on sight, and nothing of it is written anywhere."""

import json

import pytest

from sdsf_analysis.build.quarantine import rows_of_children
from sdsf_analysis.reading.layout import find_tables
from sdsf_analysis.reading.sheet import Sheet

CHILDREN = "Nom;Prénom;Né(e) le;Code INSEE;Commune;Secteur Caf\n" + "".join(
    f"Durandal;Zélie;{day:02}/03/2022;90010;Belfort;Nord\n" for day in range(1, 6)
)


def is_refused(labels, rows=(("a", "b"), ("c", "d"))):
    width = len(labels)
    body = [[f"{cell}{column}" for column in range(width)] for cell, _ in rows]
    tables = find_tables(Sheet("Liste", [list(labels), *body]))
    return rows_of_children("f.xlsx", tables) is not None


@pytest.mark.parametrize(
    "labels",
    [
        ["Nom de l'enfant", "Commune"],
        ["Prénom enfant", "Commune"],
        ["NOM ET PRÉNOM DE L'ENFANT", "Quotient familial"],
        ["Identité de l'enfant", "Structure"],
        ["Nom", "Prénom", "Date de naissance", "Structure"],
        ["N° dossier", "Né(e) le", "Commune"],
        ["DDN", "Commune de résidence"],
        ["Date de naissance de l'enfant", "Structure"],
        ["Enfant nom", "Enfant prénom", "Commune"],
    ],
)
def test_labels_of_one_row_per_child(labels):
    assert is_refused(labels)


@pytest.mark.parametrize(
    "labels",
    [
        ["Commune", "Nombre d'enfants", "Naissances"],
        ["Nom", "Commune", "Enfants"],
        ["Nom du LAEP (lieu d'accueil enfants-parents)", "Commune"],
        ["Nom de l'établissement d'accueil de jeunes enfants", "Commune"],
        ["Nom", "Prénom", "Date de naissance", "Date d'agrément"],
        ["Enfants", "Familles", "Date de signature"],
        ["Nom", "Prénom", "Employeur", "ETP"],
        ["Commune de naissance", "Naissances domiciliées"],
    ],
)
def test_labels_of_something_else(labels):
    assert not is_refused(labels)


def test_nothing_of_the_file_is_kept(small):
    result = small({"inscrits.csv": CHILDREN}).build()
    (problem,) = result.problems
    assert (problem.code, str(problem.severity), problem.found) == ("rows_of_children", "error", "")
    (entry,) = result.manifest["inputs"]
    assert (entry["rows"], entry["shapes"]) == ({}, [])
    said = json.dumps(result.manifest, ensure_ascii=False) + repr(problem.record())
    said += "".join(result.frames[name].to_csv() for name in ("problems", "ledger", "membership", "families"))
    assert not any(word in said for word in ("Durandal", "Zélie", "03/2022", "Prénom", "Né(e)"))


def test_a_zoning_without_names_is_read(small):
    counts = "Code INSEE;Commune;Secteur Caf\n90010;Belfort;Nord\n90008;Bavilliers;Sud\n"
    assert small({"secteurs.csv": counts}).build().problems == []
