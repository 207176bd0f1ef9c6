"""Sheets drawn as institutions lay them out: every row where it belongs, every label over its columns."""

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest

from sdsf_analysis.reading.layout import find_layout
from sdsf_analysis.reading.sheet import Sheet, ranges_of

DATA = Path(__file__).parents[1] / "data" / "layout_shapes.toml"
SHAPES = tomllib.loads(DATA.read_text(encoding="utf-8"))["shape"]
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
    layout = find_layout(drawn(shape))
    assert layout.reason == shape.get("none", "")
    assert len(layout.tables) == len(shape.get("table", ()))
    for table, wanted in zip(layout.tables, shape.get("table", ()), strict=True):
        found = {kind: list(getattr(table, f"{kind}_rows")) for kind in ROWS}
        assert found == {kind: numbers(wanted.get(kind, "")) for kind in ROWS}
        assert table.range == wanted.get("range", table.range)
        paths = {column.letter: column.label if column.path else "" for column in table.columns}
        assert paths | wanted.get("paths", {}) == paths
