"""Workbooks made on the fly, then damaged as senders and mail servers do."""

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest

DATA = Path(__file__).parents[1] / "data"


@pytest.fixture
def data():
    return DATA


@pytest.fixture
def workbook(tmp_path):
    """Write cells given as address → value, or (value, number format); give the path."""

    def write(cells, name="classeur.xlsx", merged=()):
        book = openpyxl.Workbook()
        for address, value in cells.items():
            cell = book.active[address]
            cell.value, cell.number_format = value if isinstance(value, tuple) else (value, "General")
        for one in merged:
            book.active.merge_cells(one)
        path = tmp_path / name
        book.save(path)
        return path

    return write


@pytest.fixture
def rewrite(tmp_path):
    """Copy a workbook, one of its parts changed by a function of its bytes."""

    def change(path, part, function):
        target = tmp_path / f"change-{path.name}"
        with ZipFile(path) as source, ZipFile(target, "w", ZIP_DEFLATED) as copy:
            for item in source.namelist():
                content = source.read(item)
                copy.writestr(item, function(content) if item == part else content)
        return target

    return change
