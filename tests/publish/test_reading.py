"""What the terminal says of one file, to be read aloud by an analyst."""

import pytest
from openpyxl import Workbook

from sdsf_analysis.publish.reading import reading_text
from sdsf_analysis.recipes.answer import places_asked
from sdsf_analysis.recipes.inspection import read


@pytest.fixture
def path(tmp_path):
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "RPE"
    for row in (
        ["Relais petite enfance"],
        [],
        ["Commune", "2023", None],
        [None, "Places", "Heures"],
        ["Gex", 12, "1 à 4"],
        ["Belley", 8, 5],
        ["Oyonnax", 4, 6],
        ["Total", 24, None],
        ["Source : Caf"],
    ):
        sheet.append(row)
    sheet.merge_cells("B3:C3")
    sheet.merge_cells("A3:A4")
    workbook.create_sheet("À lire").append(["Ce fichier présente les relais petite enfance du département."])
    workbook.save(tmp_path / "rpe.xlsx")
    return tmp_path / "rpe.xlsx"


def test_tables_columns_totals_and_notes(path):
    said = reading_text(read(path), [])
    assert said.startswith("rpe.xlsx — format xlsx, 2 feuilles, 1 tableau\n")
    for line in (
        "Feuille « RPE »",
        "  Tableau A3:C8 : 3 lignes, en-tête lignes 3 à 4",
        "    Titre : Relais petite enfance",
        "    B  2023 › Places (nombre)",
        "    Totaux, hors des données : Total (ligne 8)",
        "    Note : Source : Caf",
        "Feuille « À lire » : pas de données (documentation)",
    ):
        assert line in said.splitlines()


def test_a_cell_asked_for(path):
    said = reading_text(read(path), places_asked(["C5"]))
    assert "  C5 : « 1 à 4 », secret, aucune valeur, de 1 à 4" in said.splitlines()


def test_cells_outside_tables_and_covered_by_a_merge(path):
    said = reading_text(read(path), places_asked(["RPE!Z99", "RPE!B5", "RPE!C3"])).splitlines()
    assert "  Z99 : dans aucun tableau" in said
    assert "  B5 : « 12 », nombre, valeur 12" in said


def test_what_names_a_person_is_not_shown(tmp_path):
    lines = "CTG;Nom;Prénom;Courriel;ETP réels\n01-1;Zyx;Ada;ada@zyx.fr;0,5\n01-2;Zyx;Bob;bob@zyx.fr;1\n"
    (tmp_path / "a.csv").write_text(lines, encoding="utf-8")
    said = reading_text(read(tmp_path / "a.csv"), places_asked(["B2"]))
    assert "  B2 : donnée personnelle, non montrée" in said.splitlines()
    assert "zyx" not in said.casefold()


def test_the_file_is_named_once_and_no_ruling_is_proposed(path):
    said = reading_text(read(path), [])
    assert said.count("rpe.xlsx") == 1
    assert "decisions.csv" not in said


def test_a_text_says_its_encoding_and_its_delimiter(tmp_path):
    (tmp_path / "a.csv").write_bytes("Commune\tPlaces\nThézillieu\t3\nGex\t5\n".encode("cp1252"))
    first = reading_text(read(tmp_path / "a.csv"), []).splitlines()[0]
    assert first == "a.csv — format texte, codage cp1252, séparateur tabulation, 1 feuille, 1 tableau"


def test_the_note_of_a_label_and_of_a_number_is_given_and_the_notes_left_out_are_counted(tmp_path):
    workbook = Workbook()
    for row in (
        ["Commune", "Places (1)"],
        ["Gex", "12*"],
        ["Belley", 8],
        ["Oyonnax", 9],
        [],
        ["(1) Au 31 décembre."],
        ["* Estimation."],
        ["Champ : Ain."],
        ["Lecture : rien."],
        ["Source : Caf"],
    ):
        workbook.active.append(row)
    workbook.save(tmp_path / "eaje.xlsx")
    said = reading_text(read(tmp_path / "eaje.xlsx"), [])
    assert "    B  Places (1) (nombre), note : Au 31 décembre." in said.splitlines()
    assert "    … et 1 autre note" in said.splitlines()
    assert "« 12* » porte un appel de note (« Estimation ») ; le nombre retenu est 12." in said
