"""Real institutional files: the tables of every sheet, held to what was read by eye beforehand."""

import tomllib
from functools import cache
from pathlib import Path

import pytest

from sdsf_analysis.reading.files import open_file
from sdsf_analysis.reading.layout import find_layout

ROOT = Path(__file__).parents[2]
REAL = ROOT.parent / "shared" / "data" / "real"
EXPECTED = tomllib.loads((ROOT / "tests" / "data" / "real_readings.toml").read_text(encoding="utf-8"))["file"]
SHEETS = [
    (entry["name"], name, sheet)
    for entry in EXPECTED
    if entry["format"] != "zip"
    for sheet in entry["sheet"]
    for name in (sheet.get("name"), *sheet.get("like", ()))
]
KEYS = ("range", "header_rows", "first_data_row", "last_data_row", "n_data_rows", "total_rows")
# What a reader cannot tell yet, with the reason.
KNOWN_GAPS: dict[tuple[str, str], str] = {}

pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason="the real files are not beside this checkout")


@cache
def layouts(name):
    return {sheet.name: find_layout(sheet) for sheet in open_file(REAL / name).sheets}


def collapsed(text):
    return " ".join(text.split())


def read(table):
    totals = zip(table.total_rows, table.total_labels, strict=True)
    return {
        "range": table.range,
        "header_rows": list(table.header_rows),
        "first_data_row": table.first_data_row,
        "last_data_row": table.last_data_row,
        "n_data_rows": table.n_data_rows,
        "total_rows": [{"row": row, "label": collapsed(label)} for row, label in totals],
    }


def params():
    for file, name, sheet in SHEETS:
        reason = KNOWN_GAPS.get((file, name))
        marks = [pytest.mark.xfail(strict=True, reason=reason)] if reason else []
        yield pytest.param(file, name, sheet, id=f"{file}-{name}", marks=marks)


@pytest.mark.parametrize(("file", "name", "sheet"), list(params()))
def test_tables_of_a_sheet(file, name, sheet):
    layout = layouts(file)[name]
    assert layout.is_data == sheet["is_data"] and layout.reason == sheet.get("reason", "")
    assert len(layout.tables) == len(sheet.get("table", ()))
    for table, expected in zip(layout.tables, sheet.get("table", ()), strict=True):
        found = read(table)
        wanted = {key: expected[key] for key in KEYS}
        for total in wanted["total_rows"]:
            total["label"] = collapsed(total["label"])
        assert found == wanted
        assert_texts(table, expected)
        paths = {column.letter: [collapsed(label) for label in column.path] for column in table.columns}
        for column in expected["columns"]:
            assert paths[column["letter"]] == column["path"]


def assert_texts(table, expected):
    """Rows above a header may stand among titles or notes, but in exactly one of them."""
    either = set(expected.get("either_rows", ()))
    titles, notes = set(table.title_rows), set(table.note_rows)
    assert not titles & notes and either <= titles | notes
    assert titles - either == set(expected["title_rows"]) - either
    assert notes - either == set(expected["note_rows"]) - either
