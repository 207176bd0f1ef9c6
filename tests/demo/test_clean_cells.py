"""What is not listed as a fault is clean: types, names, codes and totals."""

import datetime

import pytest
from openpyxl.utils import get_column_letter

from sdsf_analysis.demo.generator import ROWS, drawn_layout
from sdsf_analysis.demo.layouts import document
from sdsf_analysis.demo.setting import Setting
from sdsf_analysis.territories import reference

DEPARTEMENTS = ["01", "42", "976"]
WORDS = {"of": "", "date": "", "population_year": "", "baseline": "", "midterm": "", "target": "", "ctg": ""}
NUMBERS = {"integer", "decimal", "decimals", "percent", "year"}
EXPLAINED = {"Allocataires par commune 2022-2024.xlsx": {"s", "<5"}}
UNEXPLAINED = {"s", "nd", "nc", "fermé", "à compléter"}
TYPE_FAULTS = {"number_as_text", "date_as_text", "note_mark", "mark_unexplained", "number_doubtful"}
KINDS = [kind for kind in ROWS if document(kind, WORDS).name.endswith(".xlsx")]


def sheets(departement, kind):
    """Sheets of one table of a file, as its sender lays it out in a département."""
    blank = document(kind, WORDS, drawn_layout(kind, Setting(departement)))
    return [(blank.name, sheet.name, sheet.tables[0]) for sheet in blank.sheets if len(sheet.tables) == 1]


def data_rows(sheet, table):
    """Rows under the header, notes left out: a note has one cell only; so is the header of a second page."""
    titles = next(row[0].row for row in sheet if row[0].value == table.columns[0].path[0])
    first = titles + max(len(column.path) for column in table.columns)
    rows = sheet.iter_rows(min_row=first, max_col=len(table.columns))
    labels = [column.path[-1] for column in table.columns]
    rows = [row for row in rows if [cell.value for cell in row] != labels]
    return [row for row in rows if any(cell.value is not None for cell in row[1:])]


@pytest.mark.parametrize("departement", DEPARTEMENTS)
@pytest.mark.parametrize("kind", KINDS)
def test_only_listed_cells_have_another_type_than_their_column(demo, departement, kind):
    for name, sheet, table in sheets(departement, kind):
        assert_types(demo(departement), name, sheet, table)


def assert_types(made, name, sheet, table):
    listed = {fault["cell"] for fault in made.faults if (fault["source"], fault["sheet"]) == (name, sheet)}
    # values of any unit stand in one column of a plan
    unlike, mixed = set(), set()
    for row in data_rows(made.book(name)[sheet], table):
        for cell, column in zip(row, table.columns, strict=True):
            if column.style == "general":
                mixed.add(cell.coordinate)
            elif is_unlike(cell.value, column.style) and cell.value not in EXPLAINED.get(name, ()):
                unlike.add((cell.coordinate, cell.value))
    assert {address for address, value in unlike if value not in UNEXPLAINED} <= listed
    badly_typed = {fault["cell"] for fault in made.faults if is_of_type(fault, name, sheet)}
    assert badly_typed - mixed <= {address for address, _ in unlike}


def is_of_type(fault, name, sheet):
    is_name = fault["remark"] == "appel de note derrière un nom"
    is_there = (fault["source"], fault["sheet"]) == (name, sheet)
    return is_there and fault["code"] in TYPE_FAULTS and not is_name


def is_unlike(value, style):
    if value is None:
        return False
    if style in NUMBERS:
        return not isinstance(value, (int, float))
    if style == "date":
        return not isinstance(value, datetime.datetime)
    return not isinstance(value, str)


@pytest.mark.parametrize("departement", DEPARTEMENTS)
@pytest.mark.parametrize("kind", KINDS)
def test_codes_and_names_of_communes_are_the_reference(demo, departement, kind):
    for name, sheet, table in sheets(departement, kind):
        assert_places(demo(departement), departement, (name, sheet), table)


def assert_places(made, departement, place, table):
    name, sheet = place
    listed = {fault["cell"] for fault in made.faults if (fault["source"], fault["sheet"]) == (name, sheet)}
    communes = reference.communes(2026, departement).set_index("code")["name"].to_dict()
    heads = [column.path[-1] for column in table.columns]
    codes = next((heads.index(head) for head in ("Code INSEE", "Code", "CODGEO") if head in heads), None)
    towns = next((heads.index(head) for head in ("Commune", "LIBGEO") if head in heads), None)
    for row in data_rows(made.book(name)[sheet], table) if towns is not None else []:
        places = {row[place].coordinate for place in (0, codes or 0, towns)}
        if places & listed or row[towns].value is None:
            continue
        assert row[towns].value in communes.values(), row[towns].coordinate
        if codes is not None:
            assert communes[row[codes].value] == row[towns].value, row[codes].coordinate


@pytest.mark.parametrize("departement", DEPARTEMENTS)
def test_totals_of_the_creches_add_up(demo, departement):
    made = demo(departement)
    sheet = made.book("EAJE activité 2022-2024.xlsx")["Activité"]
    for column in (8, 9, 10, 11, 15, 17, 18, 19, 23, 25, 26, 27, 31, 33):
        assert_totals(made, sheet, column, first_row=7)


@pytest.mark.parametrize("departement", DEPARTEMENTS)
def test_totals_of_the_cantons_add_up_but_one(demo, departement):
    made = demo(departement)
    for year in ("2023", "2024"):
        for column in range(3, 8):
            assert_totals(made, made.book("PMI assistants maternels.xlsx")[year], column, first_row=4)


def assert_totals(made, sheet, column, first_row):
    wrong = {fault["cell"] for fault in made.planted("total_mismatch") if fault["sheet"] == sheet.title}
    group = whole = 0
    for row in sheet.iter_rows(min_row=first_row, max_col=column):
        label, value = str(row[0].value), row[-1].value
        address = f"{get_column_letter(column)}{row[0].row}"
        if label == "TOTAL GÉNÉRAL":
            assert value == whole
            return
        if label.startswith("Total "):
            assert (value == group) != (address in wrong), address
            group = 0
        else:
            group, whole = group + as_number(value), whole + as_number(value)
    raise AssertionError("no grand total")


def as_number(value):
    text = str(value or 0)
    for more in (" dont 2 AVIP", "+3", " (10 en août)", "*", " €"):
        text = text.removesuffix(more)
    text = text.replace(" ", "")
    return int(text) if text.lstrip("-").isdigit() else 0


def test_the_total_of_the_conventions_is_the_population_covered(ain):
    sheet = ain.book("Suivi CTG.xlsx")["CTG"]
    rows = list(sheet.iter_rows(min_row=5, values_only=True))
    total = next(row[20] for row in rows if row[0] == "TOTAL")
    assert total == sum(row[20] or 0 for row in rows if str(row[0]).startswith("CTG-"))
