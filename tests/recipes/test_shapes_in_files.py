"""Drawn sheets written as files: read the same in a workbook and in a text, and nothing clean accused."""

import csv
import re
import tomllib
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from sdsf_analysis.reading.layout import find_layout
from sdsf_analysis.reading.sheet import Sheet, ranges_of
from sdsf_analysis.reading.text import column_index
from sdsf_analysis.recipes.inspection import read

DATA = Path(__file__).parents[1] / "data"
FILES = ("layout_shapes.toml", "published_shapes.toml")
SHAPES = {
    shape["name"]: shape
    for name in FILES
    for shape in tomllib.loads((DATA / name).read_text(encoding="utf-8"))["shape"]
}
UNMERGED = [name for name, shape in SHAPES.items() if "merged" not in shape]
ACCUSING = {"value_refused", "row_ragged", "total_mismatch", "scale_mixed"}
# a remark, an answer in words, « 2 ex æquo » among numbers: said, rightly
SAID = {
    "rank, then value, ties, ex aequo",
    "a remark where numbers stand is no header",
    "a questionnaire: numbered questions, answers, blocks",
}


def cell(text):
    text = text.strip()
    if re.fullmatch(r"d\d{4}-\d\d-\d\d", text):
        return date.fromisoformat(text[1:])
    return float(text) if re.fullmatch(r"-?\d+(\.\d+)?", text) else text.removeprefix("'") or None


def drawn(shape):
    rows = [[cell(one) for one in line.split("|")] for line in shape["rows"].splitlines()]
    return Sheet("Données", rows, tuple(ranges_of(shape.get("merged", ""))))


def as_workbook(sheet, path):
    with xlsxwriter.Workbook(path) as book:
        page, day = book.add_worksheet("Données"), book.add_format({"num_format": "dd/mm/yyyy"})
        for merged in sheet.merged:
            page.merge_range(merged.top - 1, merged.left - 1, merged.bottom - 1, merged.right - 1, "")
        for r, row in enumerate(sheet.rows):
            for c, value in enumerate(row):
                if isinstance(value, date):
                    page.write_datetime(r, c, value, day)
                elif value is not None:
                    (page.write_number if isinstance(value, float) else page.write_string)(r, c, value)


def written(value):
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    return f"{value:.12g}".replace(".", ",") if isinstance(value, float) else value or ""


def as_text(sheet, path):
    width = max(map(len, sheet.rows))
    with path.open("w", encoding="utf-8", newline="") as stream:
        lines = ([written(value) for value in row] + [""] * (width - len(row)) for row in sheet.rows)
        csv.writer(stream, delimiter=";").writerows(lines)


def rows_of(layout):
    names = ("range", "header_rows", "body_rows", "total_rows", "title_rows", "note_rows", "section_rows")
    return layout.reason, [tuple(getattr(table, name) for name in names) for table in layout.tables]


def check(name, path):
    reading = read(path)
    assert rows_of(reading.sheets[0].layout) == rows_of(find_layout(drawn(SHAPES[name])))
    for place, (kind, value) in SHAPES[name].get("kinds", {}).items():
        letters, row = re.fullmatch(r"([A-Z]+)(\d+)", place).groups()
        found = reading.tables[0].cell(int(row), column_index(letters))
        assert (place, found.kind, found.value) == (place, kind, None if value == "null" else value)
    accused = [(p.code, p.cell) for p in reading.problems if p.code in ACCUSING]
    assert name in SAID or not accused


@pytest.mark.parametrize("name", SHAPES)
def test_a_workbook(name, tmp_path):
    as_workbook(drawn(SHAPES[name]), tmp_path / "classeur.xlsx")
    check(name, tmp_path / "classeur.xlsx")


@pytest.mark.parametrize("name", UNMERGED)
def test_a_text(name, tmp_path):
    as_text(drawn(SHAPES[name]), tmp_path / "texte.csv")
    check(name, tmp_path / "texte.csv")
