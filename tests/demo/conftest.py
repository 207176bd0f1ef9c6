"""Demo folders, written once for the session, and their faults as the list says them."""

import csv
from pathlib import Path

import openpyxl
import pytest

from sdsf_analysis.demo import generator, write_demo


class Demo:
    """A written demo: raw files read back by openpyxl and csv, and the list of planted faults."""

    def __init__(self, folder: Path, departement: str, **options):
        self.departement = departement
        self.paths = write_demo(departement, folder, **options)
        self.folder = folder
        self.raw = folder / "data" / "raw"
        self._books = {}

    @property
    def faults(self):
        with (self.folder / "demo_faults.csv").open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream, delimiter=";"))

    def book(self, name):
        if name not in self._books:
            self._books[name] = openpyxl.load_workbook(self.raw / name)
        return self._books[name]

    def lines(self, name):
        encoding = "cp1252" if name.startswith("Micro") else "utf-8-sig"
        with (self.raw / name).open(encoding=encoding, newline="") as stream:
            return list(csv.reader(stream, delimiter=";"))

    def value(self, fault):
        if fault["source"].endswith(".csv"):
            cell = openpyxl.utils.cell.coordinate_from_string(fault["cell"])
            column = openpyxl.utils.column_index_from_string(cell[0]) - 1
            return self.lines(fault["source"])[cell[1] - 1][column]
        return self.cell(fault).value

    def cell(self, fault):
        return self.book(fault["source"])[fault["sheet"]][fault["cell"]]

    def planted(self, code):
        return [fault for fault in self.faults if fault["code"] == code]

    def body(self, name, sheet, first_row):
        """Rows from the first data row on, total and note rows left out."""
        rows = self.book(name)[sheet].iter_rows(min_row=first_row, values_only=True)
        kept = [row for row in rows if any(value is not None for value in row[1:])]
        return [row for row in kept if not str(row[0]).upper().startswith("TOTAL")]


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    made = {}

    def make(departement, *, is_in_first_layouts=False, **options):
        key = (departement, is_in_first_layouts, *options.items())
        if key not in made:
            with pytest.MonkeyPatch.context() as patched:
                if is_in_first_layouts:
                    patched.setattr(generator, "drawn_layout", lambda *_: 0)
                made[key] = Demo(tmp_path_factory.mktemp(f"demo_{departement}"), departement, **options)
        return made[key]

    return make


@pytest.fixture
def first(demo):
    """Demo of a département whose senders all use the layout that they are asked for."""
    return lambda departement: demo(departement, is_in_first_layouts=True)


@pytest.fixture
def first_ain(first):
    return first("01")


@pytest.fixture
def ain(demo):
    return demo("01")
