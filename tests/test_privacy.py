"""What names a person, and what a sender withheld, is found nowhere but in the files received."""

import os
import shutil
import subprocess
import sys
import unicodedata
import zipfile
import zlib
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from PIL import Image

from sdsf_analysis.build.pseudonyms import KEY_FILE
from sdsf_analysis.paths import SETTINGS_FILE, Folders
from sdsf_analysis.workspace import Workspace

OFFICERS, FAMILIES = "Chargés de coopération.xlsx", "MSA familles communes.xlsx"
NAME, FIRST_NAME, MAIL = "Quatrebarbes", "Zéphyrine", "zephyrine@quatrebarbes.example"
# in the words of both senders
PERSON = {
    **dict.fromkeys(("Nom", "Nom de l'agent"), NAME),
    **dict.fromkeys(("Prénom", "Prénom de l'agent"), FIRST_NAME),
    **dict.fromkeys(("Courriel", "Adresse mail"), MAIL),
}
WITHHELD = 731402
SECRETS = ("quatrebarbes", "zephyrine", "731402", "731 402", "731,402", "731.402")


def plain(text):
    letters = unicodedata.normalize("NFKD", text.replace("\u202f", " ").replace("\xa0", " "))
    return "".join(c for c in letters if not unicodedata.combining(c)).lower()


def assert_silent(text, where):
    shown = plain(text)
    assert [secret for secret in SECRETS if secret in shown] == [], where


def plant_person(path):
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    header = next(row for row in sheet.iter_rows() if {cell.value for cell in row} & PERSON.keys())
    for cell in header:
        if cell.value in PERSON:
            for below in (1, 2):  # the same person on two posts
                sheet.cell(cell.row + below, cell.column, PERSON[cell.value])
    book.save(path)


def plant_value(path):
    book = openpyxl.load_workbook(path)
    masked = [c for sheet in book for row in sheet for c in row if c.number_format == '"<5"']
    masked[0].value = WITHHELD
    book.save(path)


def texts_of(path):
    """Everything that a file holds, as texts."""
    data = path.read_bytes()
    yield data.decode("utf-8", "ignore")
    yield data.decode("utf-16-le", "ignore")
    if path.suffix == ".parquet":
        frame = pd.read_parquet(path)
        yield from (text for name in frame for text in frame[name].astype("str").dropna().unique())
        # a whole number among floats
        yield from (str(int(v)) for name in frame.select_dtypes("number") for v in frame[name].dropna())
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as archive:
            yield from (archive.read(name).decode("utf-8", "ignore") for name in archive.namelist())
    if path.suffix == ".png":
        with Image.open(path) as picture:
            yield from map(str, picture.info.values())
    if path.suffix == ".pdf":
        for part in data.split(b"stream\n")[1:]:
            try:
                yield zlib.decompressobj().decompress(part).decode("latin-1")
            except zlib.error:
                continue


@pytest.fixture(scope="module")
def published(tmp_path_factory, ain_folders):
    """A copy of the demo with a person and a withheld value in it, run to the reports; what was said."""
    folders = Folders(tmp_path_factory.mktemp("secret") / "espace")
    for name in ("data/raw", "notebooks"):
        shutil.copytree(ain_folders.root / name, folders.root / name)
    shutil.copy(ain_folders.root / SETTINGS_FILE, folders.root / SETTINGS_FILE)
    plant_person(folders.raw / OFFICERS)
    plant_value(folders.raw / FAMILIES)
    command = [sys.executable, "-m", "sdsf_analysis.cli", "--workspace", str(folders.root), "run"]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return folders, done.stdout + done.stderr


def test_no_byte_that_leaves_the_files_names_the_person_or_tells_the_value(published):
    folders, said = published
    assert_silent(said, "terminal")
    made = [path for name in ("data/processed", "reports") for path in (folders.root / name).rglob("*")]
    files = [path for path in made if path.is_file()]
    assert {".parquet", ".json", ".html", ".svg", ".png", ".pdf", ".xlsx"} <= {path.suffix for path in files}
    for path in files:
        for text in texts_of(path):
            assert_silent(text, path.name)


def test_the_workbook_for_the_public_is_silent_too(published):
    (path,) = Workspace(published[0]).report(only=["classeur"], audience="public").paths
    for text in texts_of(path):
        assert_silent(text, path.name)


def test_the_search_itself_would_find_them(published):
    with pytest.raises(AssertionError):
        assert_silent("Mme ZÉPHYRINE", "")
    tables = Workspace(published[0]).tables
    assert "<5" in set(tables.problems["found"])
    first, second = tables.officers.sort_values(["ctg", "post"])["officer"].head(2)
    assert first == second
    assert first.startswith("p-")


def test_a_real_file_has_pseudonyms_of_its_own_key(small):
    text = "CTG;Nom;Prénom;ETP réels\nA;Quatrebarbes;Zéphyrine;1\nB;QUATREBARBES;Zephyrine;0,5\nB;;;1\n"
    workspace = small({"Chargés.csv": text})
    first = workspace.build().frames["officers"]["officer"].tolist()
    assert first[0] == first[1]
    assert first[2] == "vacant-1"
    assert workspace.build().frames["officers"]["officer"].tolist() == first
    (workspace.folders.raw / KEY_FILE).unlink()
    assert workspace.build().frames["officers"]["officer"].tolist()[0] != first[0]
