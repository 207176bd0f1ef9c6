"""Sheets drawn as institutions lay them out: every row where it belongs, every label over its columns."""

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest

from sdsf_analysis.reading.kinds import column_kinds, read_cell
from sdsf_analysis.reading.layout import file_legend, find_layout
from sdsf_analysis.reading.sheet import Sheet, ranges_of
from sdsf_analysis.reading.text import column_index

DATA = Path(__file__).parents[1] / "data"
FILES = ("layout_shapes.toml", "published_shapes.toml")
SHAPES = [s for name in FILES for s in tomllib.loads((DATA / name).read_text(encoding="utf-8"))["shape"]]
ROWS = ("header", "body", "total", "section", "repeated", "title", "note")


def cell(text):
    text = text.strip()
    if re.fullmatch(r"d\d{4}-\d\d-\d\d", text):
        return date.fromisoformat(text[1:])
    return float(text) if re.fullmatch(r"-?\d+(\.\d+)?", text) else text.removeprefix("'") or None


def drawn(shape):
    rows = [[cell(one) for one in line.split("|")] for line in shape["rows"].splitlines()]
    return Sheet("Feuil1", rows, tuple(ranges_of(shape.get("merged", ""))))


def numbers(text):
    ends = [part.split("-") for part in text.split(",") if part]
    return [row for first, *last in ends for row in range(int(first), int((last or [first])[0]) + 1)]


@pytest.mark.parametrize("shape", SHAPES, ids=[shape["name"] for shape in SHAPES])
def test_every_row_and_label_of_a_drawn_sheet(shape):
    sheet = drawn(shape)
    layout = find_layout(sheet)
    assert layout.reason == shape.get("none", "")
    assert len(layout.tables) == len(shape.get("table", ()))
    for table, wanted in zip(layout.tables, shape.get("table", ()), strict=True):
        found = {kind: list(getattr(table, f"{kind}_rows")) for kind in ROWS}
        assert found == {kind: numbers(wanted.get(kind, "")) for kind in ROWS}
        assert table.range == wanted.get("range", table.range)
        paths = {column.letter: column.label if column.path else "" for column in table.columns}
        assert paths | wanted.get("paths", {}) == paths
    read = {place: kind for table in layout.tables for place, kind in kinds(sheet, layout, table, shape)}
    assert read == {place: (kind, None if value == "null" else value)
                    for place, (kind, value) in shape.get("kinds", {}).items()}  # fmt: skip


def kinds(sheet, layout, table, shape):
    legend = file_legend([sheet], [layout])
    of_columns = column_kinds(table, legend)
    for place in shape.get("kinds", {}):
        letters, row = re.fullmatch(r"([A-Z]+)(\d+)", place).groups()
        column = column_index(letters)
        found = read_cell(table, int(row), column, of_columns[column], legend)
        yield place, (found.kind, found.value)
