"""Every number leads back to the cell it came from, and no row is lost without a word."""

import csv
import random
import re
from datetime import datetime

import openpyxl
import pandas as pd
import pytest

from sdsf_analysis.model.tables import table, tables
from sdsf_analysis.reading.values import clean_text

SAMPLE = 4000
_TOTAL = re.compile(r"^(total|sous-total|ensemble)", re.IGNORECASE)


def texts_of(path):
    """Texts of the cells of a file by (sheet, cell), as another library reads them."""
    if path.suffix == ".csv":
        data = path.read_bytes()
        text = data.decode("utf-8-sig") if b"\xc3" in data else data.decode("cp1252")
        lines = csv.reader(text.splitlines(), delimiter=";")
        return {
            ("", f"{openpyxl.utils.get_column_letter(column)}{row}"): cell
            for row, line in enumerate(lines, 1)
            for column, cell in enumerate(line, 1)
        }
    cells = {}
    for sheet in openpyxl.load_workbook(path):
        rows = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
        cells |= {(sheet.title, cell.coordinate): cell for cell in rows}
        for area in sheet.merged_cells.ranges:
            # what a merged label covers says what the label says
            anchor = sheet.cell(area.min_row, area.min_col)
            covered = [sheet.cell(*place).coordinate for place in area.cells]
            cells |= dict.fromkeys(((sheet.title, place) for place in covered), anchor)
    return cells


@pytest.fixture(scope="module")
def cells(ain_folders, ain_result):
    paths = [path for path in ain_folders.raw.iterdir() if path.suffix in (".xlsx", ".csv")]
    return {path.name: texts_of(path) for path in paths}


def shown(cell):
    if cell is None or isinstance(cell, str):
        return clean_text(cell)
    value = cell.value
    return clean_text(value.date() if isinstance(value, datetime) else value)


def keys_of(frame, name):
    parts = frame[list(table(name).key)].astype("str").fillna("")
    return parts.iloc[:, 0].str.cat(parts.iloc[:, 1:], sep="|") if parts.shape[1] > 1 else parts.iloc[:, 0]


def test_every_entry_is_the_text_of_its_cell(ain, cells):
    ledger = ain.tables.ledger.fillna("")
    # the cells of a person are cited and never copied
    is_copied = ledger["source"].isin(list(cells)) & (ledger["cell"] != "") & (ledger["column"] != "officer")
    lines = ledger[is_copied].to_dict("records")
    for line in random.Random(1).sample(lines, SAMPLE):  # noqa: S311 (a sample, not a secret)
        cell = cells[line["source"]].get((line["sheet"], line["cell"]))
        if line["found"] != "<5":  # shown by the number format; the cell hides another value
            assert shown(cell) == line["found"], line


def test_entries_speak_of_rows_that_exist(ain):
    for name, lines in ain.tables.ledger.groupby("table"):
        assert set(lines["key"]) <= set(keys_of(getattr(ain.tables, name), name))
        assert set(lines["column"]) <= set(table(name).names)


@pytest.mark.parametrize("name", [name for name in tables() if table(name).key])
def test_every_value_of_a_file_has_its_origin(ain, name):
    frame, own = getattr(ain.tables, name), ain.tables.ledger.query("table == @name")
    numbers = {c: q.value for q in table(name).quantities for c in (q.status, q.low, q.high)}
    keys = keys_of(frame, name)
    for column in table(name).names:
        cited = set(own.loc[own["column"] == numbers.get(column, column), "key"])
        filled = frame[column].notna() & keys.isin(own["key"])
        assert set(keys[filled]) <= cited, column


def test_every_origin_but_the_recipe_is_a_place(ain):
    ledger = ain.tables.ledger.fillna("")
    likened = {"rapprochement par commune et nom", "sorte de fichier et partenaire"}
    places = {"cellule", "intitulé de colonne", "titre", "rang", "décision", *likened}
    assert set(ledger["origin"]) == {*places, "recette", "nom du fichier"}
    assert ((ledger["cell"] == "") == ~ledger["origin"].isin(places)).all()


def test_a_label_and_a_title_are_where_they_are_said_to_be(ain):
    activity = ain.tables.ledger.query("table == 'activity' and source == 'EAJE activité 2022-2024.xlsx'")
    # frozen places are of the date of the list, the other measures of the year of their column
    years = activity[(activity["column"] == "year") & ~activity["key"].str.endswith("frozen_places")]
    assert len(years) > 100
    assert (years["key"].str.split("|").str[1] == years["found"]).all()
    dated = ain.tables.ledger.query("table == 'offer' and column == 'valid_from' and origin == 'titre'")
    days = pd.to_datetime(dated["key"].str.split("|").str[1]).dt
    said = [day in found or year in found for day, year, found in
            zip(days.strftime("%d/%m/%Y"), days.strftime("%Y"), dated["found"], strict=True)]  # fmt: skip
    assert said
    assert all(said)


def test_a_template_leads_to_each_of_its_cells(ain):
    own = ain.tables.ledger.query("table == 'offer' and column == 'service'")
    laep = own[own["key"].str.startswith("laep-")]
    assert len(laep) > 0
    assert (laep.groupby("key")["cell"].nunique() == 2).all()


def test_a_value_lent_by_another_table_leads_to_its_cell(ain):
    own = ain.tables.ledger.query("table == 'membership' and column == 'starts_on' and sheet == 'CTG'")
    starts = own["key"].str.split("|").str[3]
    assert len(own) > 0
    assert (starts == own["found"]).all()


@pytest.mark.parametrize(("name", "column"), [("membership", "commune"), ("published_rates", "territory")])
def test_a_commune_leads_to_the_cell_that_said_it(ain, name, column):
    own = ain.tables.ledger[ain.tables.ledger["table"] == name]
    assert set(own["key"]) == set(own.loc[own["column"] == column, "key"])


def test_a_plain_number_is_the_number_of_its_cell(ain):
    ledger = ain.tables.ledger.query("table == 'families' and column == 'value'")
    once = ledger[~ledger["key"].duplicated(keep=False)]
    families = ain.tables.families
    values = pd.Series(families["value"].to_numpy(), index=keys_of(families, "families"))
    plain = once[once["found"].str.fullmatch(r"\d+")]
    assert len(plain) > 5000
    assert (values[plain["key"]].to_numpy() == plain["found"].astype(float).to_numpy()).all()


def test_members_of_a_merger_lead_to_both_cells(ain):
    ledger = ain.tables.ledger.query("table == 'families' and column == 'value'")
    repeated = ledger[ledger["key"].duplicated(keep=False)].groupby("key").size()
    former = ain.tables.problems.query("code == 'commune_former' and source != 'RPE.xlsx'")
    assert len(former) > 0
    for problem in former.to_dict("records"):
        row = re.sub(r"\D", "", problem["cell"])
        same_row = ledger[(ledger["source"] == problem["source"]) & ledger["cell"].str.endswith(row)]
        assert len(same_row) > 0
    assert (repeated >= 2).all()


@pytest.mark.parametrize(
    ("source", "sheet"),
    [
        ("Suivi CTG.xlsx", "Communes"),
        ("Suivi CTG.xlsx", "Partenaires"),
        ("Secteurs.xlsx", "Secteurs"),
        ("Allocataires par commune 2022-2024.xlsx", "Allocataires"),
        ("MSA familles communes.xlsx", "Familles"),
        ("PMI assistants maternels.xlsx", "2024"),
    ],
)
def test_rows_in_are_rows_out_and_rows_refused(ain, cells, source, sheet):
    rows = {}
    for (name, place), cell in cells[source].items():
        if name == sheet:
            rows.setdefault(int(re.sub(r"\D", "", place)), []).append(cell.value)
    ledger, problems = (
        frame[(frame["source"] == source) & (frame["sheet"] == sheet)]
        for frame in (ain.tables.ledger, ain.tables.problems)
    )
    ledger = ledger[ledger["origin"] == "cellule"]
    read = set(ledger["cell"].str.extract(r"(\d+)", expand=False).astype(int))
    # a header that comes again is said, and is no row
    is_said = problems["severity"].isin(["question", "error"]) | problems["code"].eq("header_repeated")
    refused = problems[is_said]
    named = set(refused["cell"].str.extract(r"(\d+)", expand=False).dropna().astype(int))
    first, last = min(read), max(read)
    body = {
        row
        for row, values in rows.items()
        if first <= row <= last and len(values) > 1 and not any(_TOTAL.match(str(v)) for v in values)
    }
    assert body - read - named == set(), "rows lost without a word"
    assert read & named == set(), "rows both kept and refused"


def test_personal_columns_are_blank(ain):
    officers = ain.tables.ledger.query("table == 'officers'")
    assert {"ctg", "fte_actual"} <= set(officers["column"])
    assert (officers.loc[officers["column"] == "officer", "found"].fillna("") == "").all()
