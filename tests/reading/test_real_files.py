"""Real institutional files: formats, sheets and telling cells, as read by eye before any reader was run."""

import tomllib
from functools import cache
from pathlib import Path

import pytest

from sdsf_analysis.reading.files import open_file
from sdsf_analysis.reading.text import column_index

ROOT = Path(__file__).parents[2]
REAL = ROOT.parent / "shared" / "data" / "real"
EXPECTED = tomllib.loads((ROOT / "tests" / "data" / "real_readings.toml").read_text(encoding="utf-8"))["file"]

pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason="the real files are not beside this checkout")


@cache
def opened(name):
    return open_file(REAL / name)


def collapsed(cell):
    """Text whose white space counts as one; numbers as they are."""
    return " ".join(str(cell or "").split()) if cell is None or isinstance(cell, str) else cell


@pytest.mark.parametrize("entry", EXPECTED, ids=lambda entry: entry["name"])
def test_format_encoding_and_delimiter(entry):
    found = opened(entry["name"])
    assert found.format in (entry["format"], *entry.get("or_formats", ()))
    if "encoding" in entry:
        assert found.encoding in (entry["encoding"], *entry.get("or_encodings", ()))
        assert found.delimiter == entry["delimiter"]


@pytest.mark.parametrize("entry", EXPECTED, ids=lambda entry: entry["name"])
def test_telling_cells_stand_at_their_addresses(entry):
    sheets = {sheet.name: sheet for sheet in opened(entry["name"]).sheets}
    for sheet in entry["sheet"]:
        # what describes the table of an archive stands beside it under the name of its file
        found = sheets[sheet.get("name", sheet.get("member") if sheet.get("member") in sheets else None)]
        assert found.hidden == sheet.get("hidden", False)
        for cell in sheet.get("cell", ()):
            letters = cell["address"].rstrip("0123456789")
            value = found.cell(int(cell["address"][len(letters) :]), column_index(letters))
            assert collapsed(value) == collapsed(cell["raw"]), (sheet.get("name"), cell["address"])
