"""Lines of one key in two sheets: neither enters, and the question names the other cell."""

from io import BytesIO

import openpyxl
import pytest

CTG = ("N° CTG", "Nom de la CTG", "Date de signature", "Début", "Fin", "Statut")
SECTORS = ("Code INSEE", "Commune", "Secteur Caf")
EAJE = ("N° équipement", "Nom", "Code INSEE", "Commune", "Type d'accueil", "Places agréées")
HOURS = ("Heures réalisées 2023", "Heures réalisées 2024")


def workbook(**sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return book


def content(book):
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.fixture
def nursery():
    line = ("E1", "Les Lutins", "90010", "Belfort", "multi-accueil", 20, 1000, 1100)
    return [("Situation au 31/12/2024",), (*EAJE, *HOURS), line]


def test_a_line_in_two_sheets_is_asked_about_once_whatever_it_feeds(small, nursery):
    result = small({"EAJE.xlsx": content(workbook(Un=nursery, Deux=nursery))}).build()
    (problem,) = result.problems
    assert (problem.code, problem.sheet, problem.cell) == ("row_repeated", "Deux", "C3")
    assert problem.message == (
        "Cette ligne dit la même chose que la cellule C3 de la feuille « Un » : E1, 31/12/2024."
    )
    assert len(result.frames["offer"]) == len(result.frames["activity"]) == 0


def test_a_convention_in_two_sheets_leaves_only_its_question(small):
    line = ("A", "CTG A", None, "01/01/2022", "31/12/2026", "signée")
    communes = [("N° CTG", "Code INSEE", "Commune"), ("A", "90010", "Belfort")]
    sheets = workbook(Un=[CTG, line], Deux=[CTG, line], Communes=communes)
    result = small({"Suivi.xlsx": content(sheets)}).build()
    assert [(p.code, p.sheet, p.cell) for p in result.problems if p.code != "date_as_text"] == [
        ("row_repeated", "Deux", "A2")
    ]
    assert len(result.frames["membership"].query("level == 'ctg'")) == 0


def test_a_hidden_sheet_that_gives_rows_is_said_once(small):
    book = workbook(
        Vue=[SECTORS, ("90010", "Belfort", "Nord")],
        Cachée=[SECTORS, ("90008", "Bavilliers", "Sud"), (), (), SECTORS, ("90033", "Delle", "Sud")],
        Notes=[("rien",)],
    )
    book["Cachée"].sheet_state = book["Notes"].sheet_state = "hidden"
    result = small({"Secteurs.xlsx": content(book)}).build()
    found = {(p.code, p.sheet) for p in result.problems}
    said = {("sheet_hidden", "Cachée"), ("header_repeated", "Cachée"), ("sheet_without_data", "Notes")}
    assert len(result.problems) == len(found)
    assert found == said
    assert "90008" in set(result.frames["membership"].query("level == 'caf_sector'")["commune"])


def test_a_commune_in_two_sectors_is_asked_about_and_kept_in_both(small):
    rows = "Code INSEE;Commune;Secteur Caf\n90010;Belfort;Nord\n90008;Bavilliers;Sud\n90010;Belfort;Sud\n"
    result = small({"Secteurs.csv": rows}).build()
    (problem,) = result.problems
    assert (problem.code, problem.cell) == ("zone_overlap", "A4")
    assert "« Nord » et « Sud »" in problem.message
    assert "la cellule A2" in problem.message
    assert len(result.frames["membership"].query("level == 'caf_sector'")) == 3
