"""Telling cells of real files, as read by eye: their kind and their value, in whatever table holds them."""

import tomllib
from functools import cache
from pathlib import Path

import pytest

from sdsf_analysis.reading.files import open_file
from sdsf_analysis.reading.kinds import column_kinds, read_cell
from sdsf_analysis.reading.layout import find_layout
from sdsf_analysis.reading.text import column_index
from sdsf_analysis.reading.typed.legends import read_legend

ROOT = Path(__file__).parents[2]
REAL = ROOT.parent / "shared" / "data" / "real"
EXPECTED = tomllib.loads((ROOT / "tests" / "data" / "real_readings.toml").read_text(encoding="utf-8"))["file"]
CELLS = [
    (entry["name"], sheet.get("name"), cell)
    for entry in EXPECTED
    for sheet in entry.get("sheet", ())
    for cell in sheet.get("cell", ())
]

pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason="the real files are not beside this checkout")


@cache
def laid_out(name):
    """Layouts by sheet, and the legend that the texts of the file hold."""
    sheets = open_file(REAL / name).sheets
    layouts = {sheet.name: find_layout(sheet) for sheet in sheets}
    texts = [cell for s in sheets if not layouts[s.name].is_data for row in s.rows for cell in row
             if isinstance(cell, str)]  # fmt: skip
    return layouts, read_legend(texts)


@cache
def typed(name, sheet):
    layouts, legend = laid_out(name)
    # the one sheet of an archive may bear the name of its member
    layout = layouts.get(sheet) or next(iter(layouts.values()))
    return [(table, column_kinds(table, legend), legend) for table in layout.tables]


def place_of(address):
    letters = address.rstrip("0123456789")
    return int(address[len(letters) :]), column_index(letters)


def collapsed(value):
    return " ".join(value.split()) if isinstance(value, str) else value


def holds(table, row, column):
    rows = (*table.header_rows, *table.body_rows, *table.total_rows)
    return min(rows) <= row <= max(rows) and table.columns[0].index <= column <= table.columns[-1].index


@pytest.mark.parametrize(
    ("name", "sheet", "cell"),
    CELLS,
    ids=[f"{name[:24]}-{sheet}-{cell['address']}" for name, sheet, cell in CELLS],
)
def test_a_telling_cell_has_its_kind_and_its_value(name, sheet, cell):
    row, column = place_of(cell["address"])
    readings = [
        read_cell(table, row, column, kinds.get(column, "text"), legend)
        for table, kinds, legend in typed(name, sheet)
        if holds(table, row, column)
    ]
    assert readings, "no table holds the cell"
    values = [cell.get("value"), *cell.get("or_values", ())]
    for reading in readings:
        assert reading.kind in (cell["kind"], *cell.get("or_kinds", ()))
        expected = values if reading.kind in ("text", "code", "number", "percent", "date") else [None]
        assert collapsed(reading.value) in [collapsed(value) for value in expected]
