"""A table written as rows, read by the recipe that recognises it."""

from dataclasses import dataclass
from datetime import date

import pytest

from sdsf_analysis.reading.layout import find_tables
from sdsf_analysis.reading.sheet import Marks, Range, Sheet
from sdsf_analysis.reading.values import read_legend
from sdsf_analysis.recipes.apply import apply_recipe
from sdsf_analysis.recipes.parse import Context
from sdsf_analysis.recipes.recipe import shipped_recipes
from sdsf_analysis.recipes.recognise import recognise
from sdsf_analysis.recipes.rows import Applied
from sdsf_analysis.territories.names import CommuneIndex

SITUATION = date(2023, 12, 31)


@dataclass
class Read:
    recognition: object
    applied: Applied

    @property
    def codes(self):
        return [(problem.cell, problem.code) for problem in self.applied.problems]

    def rows(self, table, *columns):
        return [tuple(row.get(c) for c in columns) for row in self.applied.rows.get(table, [])]


@pytest.fixture
def read():
    def from_rows(rows, *, merged=(), marks=None, text_file=False, departement="01", situation=SITUATION):
        sheet = Sheet("Feuille", rows, tuple(Range(*m) for m in merged), marks=marks or Marks())
        table = find_tables(sheet)[0]
        recognition = recognise(table, shipped_recipes())
        context = Context("fichier", table, read_legend(list(table.notes)), text_file)
        options = {"situation": situation, "pseudonym": lambda text: f"p{len(text)}"}
        index = CommuneIndex(departement, 2026)
        return Read(recognition, apply_recipe(recognition, context, index, options))

    return from_rows
