"""A value hidden by its format reaches no table, no ledger, no problem, no title, no sum."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from sdsf_analysis.reading.files import open_file
from sdsf_analysis.reading.layout import find_tables
from sdsf_analysis.reading.values import read_legend
from sdsf_analysis.recipes.apply import apply_recipe
from sdsf_analysis.recipes.parse import Context
from sdsf_analysis.recipes.recipe import shipped_recipes
from sdsf_analysis.recipes.recognise import recognise
from sdsf_analysis.territories.names import CommuneIndex

DATA = Path(__file__).parents[1] / "data"
HIDDEN = 31337
FORMATS = ['[<99999]"<5";0', ";;;", '"***"', '"s"']


def all_that_is_known(path):
    """Every text that reading a file leaves: cells, titles, labels, rows, ledger, problems."""
    left = []
    for sheet in open_file(path).sheets:
        for table in find_tables(sheet):
            recognition = recognise(table, shipped_recipes())
            left += [repr(table)]
            if recognition and recognition.is_complete:
                context = Context(path.name, table, read_legend(list(table.notes)), False)
                options = {"situation": date(2023, 12, 31), "pseudonym": str}
                left += [apply_recipe(recognition, context, CommuneIndex("01", 2026), options)]
    return left


@pytest.fixture
def msa(tmp_path):
    def write(number_format, hidden):
        book = openpyxl.Workbook()
        sheet = book.active
        for row in (["MSA, familles, situation au 31/12/2023", None, None, HIDDEN], [],
                    ["Commune", "Familles", "Enfants 0-2", HIDDEN], ["Gex", HIDDEN, 12, None],
                    ["Miribel", 40, 9, None], ["Total", HIDDEN, 21, None],
                    ["Source : MSA", None, None, HIDDEN]):  # fmt: skip
            sheet.append(row)
        for address in hidden:
            sheet[address].number_format = number_format
        path = tmp_path / "msa.xlsx"
        book.save(path)
        return path

    return write


@pytest.mark.parametrize("number_format", FORMATS)
def test_a_hidden_value_is_nowhere(msa, number_format):
    path = msa(number_format, ["D1", "D3", "B4", "B6", "D7"])
    left = all_that_is_known(path)
    assert str(HIDDEN) not in repr(left)
    rows = [
        row for row in left[-1].rows["families"] if (row["commune"], row["measure"]) == ("01173", "families")
    ]
    assert [(row["value"], row["status"]) for row in rows] == [(None, "secret")]
    problems = [(p.cell, p.code) for p in left[-1].problems]
    assert ("B4", "value_masked_by_format") in problems


def test_a_hidden_row_does_not_show_through_the_message_of_its_total(msa):
    path = msa('"<5"', ["D1", "D3", "B4", "D7"])
    assert "total_mismatch" not in [p.code for p in all_that_is_known(path)[-1].problems]


def test_the_true_xls_of_the_msa_hides_as_well():
    _, applied = all_that_is_known(DATA / "masques.xls")[:2]
    hidden = {(r["commune"], r["measure"]): (r["value"], r["status"], r["high"])
              for r in applied.rows["families"] if r["status"] != "known"}  # fmt: skip
    assert hidden[("01173", "children_6_11")] == (None, "secret", 4.0)
    assert hidden[("01283", "children_0_2")] == (None, "secret", None)
    assert hidden[("01283", "children_3_5")] == (None, "secret", None)
    assert hidden[("01160", "families")] == (None, "error", None)
    masked = [p.cell for p in applied.problems if p.code == "value_masked_by_format"]
    assert sorted(masked) == ["C5", "D5", "E4"]
