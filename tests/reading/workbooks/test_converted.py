"""Files of the demo converted by LibreOffice: an .ods is read exactly as the .xlsx that it comes from."""

import shutil
import subprocess

import pytest

from sdsf_analysis.build.intake import Reader
from sdsf_analysis.build.pseudonyms import Pseudonyms
from sdsf_analysis.recipes import inspection
from sdsf_analysis.recipes.recipe import all_recipes
from sdsf_analysis.territories.names import CommuneIndex

pytestmark = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice n'est pas installé")

WITH_MERGES = ["EAJE activité 2022-2024", "PMI assistants maternels", "Plan d'actions SDSF", "Suivi CTG"]


@pytest.fixture(scope="module")
def pairs(ain_folders, tmp_path_factory):
    """Workbooks of the demo and their copies, by name."""
    folder = tmp_path_factory.mktemp("ods")
    books = {path.stem: path for path in sorted(ain_folders.raw.glob("*.xlsx"))}
    profile = f"-env:UserInstallation={(folder / 'profil').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "ods", "--outdir", str(folder)]
    subprocess.run([*command, *map(str, books.values())], check=True, capture_output=True, timeout=300)
    return {name: (path, folder / f"{name}.ods") for name, path in books.items()}


def understood(path):
    reading = inspection.read(path)
    merged = [(sheet.name, set(sheet.merged)) for sheet in reading.source.sheets]
    tables = [
        (
            known.table.header_rows,
            (known.table.first_data_row, known.table.last_data_row, known.table.n_data_rows),
            known.table.total_rows,
            [(column.index, column.path) for column in known.table.columns],
        )
        for known in reading.tables
    ]
    return merged, tables


def test_every_workbook_has_the_same_tables(pairs):
    assert pairs.keys() >= set(WITH_MERGES)
    for one, other in pairs.values():
        assert understood(other) == understood(one)


@pytest.mark.parametrize("name", WITH_MERGES)
def test_rows_under_merged_headers_are_the_same(pairs, ain_folders, name):
    recipes, index = all_recipes(ain_folders.recipes), CommuneIndex("01", 2026)
    reader = Reader(recipes, index, Pseudonyms(ain_folders.raw, 1))
    one, other = (reader.read(path, name) for path in pairs[name])
    assert one.rows and other.rows == one.rows
    assert other.ledger == one.ledger
    assert [(p.cell, p.code) for p in other.problems] == [(p.cell, p.code) for p in one.problems]
