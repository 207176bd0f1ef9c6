"""Sums of the real files, on the tables as they were read by eye: what must be said, what must not."""

import tomllib
from functools import cache
from pathlib import Path

import pytest

from sdsf_analysis.reading.checksums import check_sums
from sdsf_analysis.reading.files import open_file
from sdsf_analysis.reading.kinds import column_kinds
from sdsf_analysis.reading.notes import linked_notes, missing_notes
from sdsf_analysis.reading.sheet import address
from sdsf_analysis.reading.table import Column, Table
from sdsf_analysis.reading.text import column_index, is_blank
from sdsf_analysis.reading.values import clean_text

ROOT = Path(__file__).parents[2]
REAL = ROOT.parent / "shared" / "data" / "real"
EXPECTED = tomllib.loads((ROOT / "tests" / "data" / "real_readings.toml").read_text(encoding="utf-8"))["file"]
SUMS = ("total_mismatch", "sum_unlabelled", "secret_derivable")
AIDE = "drees_beneficiaires_aide_sociale_series_1996-2019.xlsx"
MINIMA = "drees_minima_sociaux_dep.xlsx"

pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason="the real files are not beside this checkout")


@cache
def opened(name):
    return {sheet.name: sheet for sheet in open_file(REAL / name).sheets}


def tables(name):
    """Each sheet's tables, as read by eye."""
    for entry in next(one for one in EXPECTED if one["name"] == name)["sheet"]:
        for sheet in (entry.get("name"), *entry.get("like", ())):
            for seen in entry.get("table", ()):
                yield sheet, table_of(opened(name)[sheet], seen)


def table_of(sheet, seen):
    first, last = (column_index(end.rstrip("0123456789")) for end in seen["range"].split(":"))
    totals = tuple(total["row"] for total in seen["total_rows"])
    left_out = {*totals, *seen["header_rows"]}
    rows = range(seen["first_data_row"], seen["last_data_row"] + 1)
    body = (
        r for r in rows if r not in left_out and not all(map(is_blank, sheet.rows[r - 1][first - 1 : last]))
    )
    columns = tuple(Column(c, path(sheet, seen["header_rows"], c)) for c in range(first, last + 1))
    titles, notes = (tuple(text(sheet, row) for row in seen[key]) for key in ("title_rows", "note_rows"))
    return Table(
        sheet, tuple(seen["header_rows"]), tuple(body), totals, columns, {}, titles=titles, notes=notes
    )


def path(sheet, rows, column):
    """Labels of a column, the label of a merged cell above included."""
    over = [m for m in sheet.merged if m.left <= column <= m.right and m.right > m.left and m.top in rows]
    labels = [clean_text(sheet.cell(m.top, m.left)) for m in over]
    labels += [clean_text(sheet.cell(row, column)) for row in rows]
    return tuple(label for k, label in enumerate(labels) if label and label not in labels[:k])


def text(sheet, row):
    return " ".join(clean_text(cell) for cell in sheet.rows[row - 1] if not is_blank(cell))


@cache
def said(name):
    found = {}
    for sheet, table in tables(name):
        for doubt in check_sums(table, column_kinds(table, {}), {}):
            found.setdefault((sheet, doubt.code), []).append(address(doubt.row, doubt.column))
    return found


def of_sheet(name, sheet, code):
    return said(name).get((sheet, code), [])


def sheets_of(name):
    return {sheet for sheet, _ in tables(name)}


def test_the_totals_of_the_aide_sociale_agree_once_overlaps_are_left_out():
    assert [key for key in said(AIDE) if key[1] == "total_mismatch"] == []


def test_former_departements_are_sums_that_no_word_tells():
    assert of_sheet(AIDE, "Tab1-pa", "sum_unlabelled") == ["D26", "D77"]
    national = of_sheet(AIDE, "Données nationales", "sum_unlabelled")
    sheets = {sheet for sheet, code in said(AIDE) if code == "sum_unlabelled"}
    assert "F9" in national and len(sheets) > 35


def test_the_dom_of_the_rmi_differ_from_their_rows():
    assert of_sheet(MINIMA, "Tableau 19", "total_mismatch") == ["E106", "F106", "G106", "H106"]


@pytest.mark.parametrize("sheet", ["Tableau 4", "Tableau 11", "Tableau 16", "Tableau 17", "Tableau 18"])
def test_totals_rounded_to_the_hundred_are_not_accused(sheet):
    assert sheet in sheets_of(MINIMA) and of_sheet(MINIMA, sheet, "total_mismatch") == []


def test_the_births_of_an_epci_are_the_sum_of_its_communes_each_year():
    (found,) = said("insee_melodi_POP_NAISSANCES.csv").values()
    assert len(found) == 17 and found[0] == "G29" and found[-1] == "G477"


@pytest.mark.parametrize("entry", EXPECTED, ids=lambda entry: entry["name"])
def test_clean_files_are_not_accused(entry):
    if entry["name"] in (AIDE, MINIMA, "insee_melodi_POP_NAISSANCES.csv") or entry["format"] == "zip":
        pytest.skip("told apart above, or an archive")
    assert [key for key in said(entry["name"]) if key[1] in SUMS] == []


def test_calls_of_the_minima_sociaux_reach_their_notes():
    links = {(sheet, address(*place)): note for sheet, table in tables(MINIMA)
             for place, note in linked_notes(table).items()}  # fmt: skip
    assert links["Tableau 1", "C101"].startswith("y compris Saint-Barthélemy")
    assert links["Tableau 19", "C102"].startswith("y compris Saint-Barthélemy")
    assert links["Tableau 4", "D4"].startswith("Le nombre d’allocataire")


def test_no_call_of_the_minima_sociaux_lacks_its_note():
    assert [doubt.message for _, table in tables(MINIMA) for doubt in missing_notes(table)] == []
