"""A file of one row per child is known by its labels; `read` and `propose` refuse it as the build does."""

import json

import pytest
from click.testing import CliRunner

from sdsf_analysis.cli_files import propose as propose_command
from sdsf_analysis.cli_files import read as read_command
from sdsf_analysis.errors import ReadingError
from sdsf_analysis.reading.layout import find_tables
from sdsf_analysis.reading.sheet import Sheet
from sdsf_analysis.recipes.children import rows_of_children
from sdsf_analysis.recipes.inspection import read
from sdsf_analysis.recipes.propose import propose

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
        ["Nom de l'élu", "Prénom de l'élu", "Date de naissance", "Libellé de la fonction"],
        ["Nom", "Date de naissance", "Date de début du mandat"],
    ],
)
def test_labels_of_something_else(labels):
    assert not is_refused(labels)


@pytest.fixture
def inscrits(tmp_path):
    path = tmp_path / "inscrits.csv"
    path.write_text(CHILDREN, encoding="utf-8")
    return path


@pytest.mark.parametrize("reader", [read, propose])
def test_it_is_neither_read_nor_drafted(inscrits, reader):
    expected = rows_of_children("inscrits.csv", [_table_of_children()])
    with pytest.raises(ReadingError) as refusal:
        reader(inscrits)
    assert refusal.value.code == "rows_of_children" and str(refusal.value) == expected.message


@pytest.mark.parametrize("command", [read_command, propose_command])
def test_no_command_shows_a_word_of_it(inscrits, command):
    answered = CliRunner().invoke(command, [str(inscrits)], catch_exceptions=True)
    said = answered.output + str(answered.exception)
    assert not any(word in said for word in ("Durandal", "Zélie", "2022", "Prénom", "Né(e)"))


def test_as_json_it_is_an_unreadable_file(inscrits):
    answered = CliRunner().invoke(read_command, [str(inscrits), "--format", "json"], standalone_mode=False)
    answer = json.loads(answered.stdout)
    (problem,) = answer["problems"]
    assert (answered.return_value, answer["sheets"]) == (2, [])
    assert (problem["code"], problem["found"], problem["cell"]) == ("rows_of_children", None, None)


def _table_of_children():
    rows = [line.split(";") for line in CHILDREN.splitlines()]
    (table,) = find_tables(Sheet(None, rows))
    return table
