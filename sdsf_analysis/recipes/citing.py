"""Where a tidy value comes from: the cell of a file, or in a word what else gave it."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from sdsf_analysis.reading.layout import Column, Table
from sdsf_analysis.reading.sheet import Range, address
from sdsf_analysis.reading.typed.dates import find_date
from sdsf_analysis.reading.typed.school import school_year
from sdsf_analysis.reading.values import clean_text
from sdsf_analysis.recipes.natures import nature_of
from sdsf_analysis.recipes.parse import Parsed

CELL, LABEL, TITLE, RECIPE, RANK = "cellule", "intitulé de colonne", "titre", "recette", "rang"
SHEET_NAME, FILE_NAME, RULING = "nom de la feuille", "nom du fichier", "décision"
LIKENESS = "rapprochement par commune et nom"


class Citation(NamedTuple):
    """One cell behind a tidy value, and what is written there.

    Attributes
    ----------
    cell, found : str
        Empty where no cell says the value.
    origin : str
        What the value is made of, in French: a cell, a column's label, a title, the recipe…
    sheet : str or None
        Sheet of the cell; None for the table's own.
    """

    cell: str = ""
    found: str = ""
    origin: str = CELL
    sheet: str | None = None


FROM_RECIPE, FROM_TITLE = Citation(origin=RECIPE), Citation(origin=TITLE)


def cite_cell(table: Table, parsed: Parsed, row: int) -> Citation:
    """Cite the cell of a column at a row; what a merged cell says is cited where it is written.

    Parameters
    ----------
    table : Table
        The table read.
    parsed : Parsed
        One of its columns.
    row : int
        Row of the sheet.
    """
    column, found = parsed.match.column.index, parsed.found.get(row, "")
    if found and table.repeats(row, column):
        area = next((area for area in table.sheet.merged if _holds(area, row, column)), None)
        row, column = (area.top, area.left) if area else (row, column)
    return Citation(address(row, column), found)


def _holds(area: Range, row: int, column: int) -> bool:
    return area.top <= row <= area.bottom and area.left <= column <= area.right


def cite_label(table: Table, column: Column, said: int | date | str | None = None) -> Citation:
    """Cite the label of a column, or the one above it that says a year, a date or a nature.

    Parameters
    ----------
    table : Table
        The table read.
    column : Column
        One of its columns.
    said : int, datetime.date or str, optional
        The year, the date or the nature that the label says.

    Examples
    --------
    >>> from sdsf_analysis.reading.sheet import Sheet
    >>> sheet = Sheet("A", [["2023", None], ["Heures", "Taux"], [5.0, 6.0]])
    >>> columns = (Column(1, ("2023", "Heures")), Column(2, ("2023", "Taux")))
    >>> table = Table(sheet, (1, 2), (3,), (), columns, {})
    >>> cite_label(table, columns[1]).cell, cite_label(table, columns[1], 2023).cell
    ('B2', 'A1')
    """
    says = _speaker(said)
    for row in reversed(table.header_rows):
        place = _label_at(table, column, row)
        if place and says(text := clean_text(table.sheet.cell(*place))):
            return Citation(address(*place), text, LABEL)
    cell = address(table.header_rows[-1], column.index) if table.header_rows else ""
    return Citation(cell, column.label, LABEL)


def _label_at(table: Table, column: Column, row: int) -> tuple[int, int] | None:
    """Where the label of a column is written on a row of the header: its own cell, or one that spans it."""
    filled = (index for index in range(column.index, 0, -1) if clean_text(table.sheet.cell(row, index)))
    index = next(filled, None)
    if index is None or (
        index < column.index and clean_text(table.sheet.cell(row, index)) not in column.path
    ):
        return None
    return row, index


def _speaker(said: int | date | str | None) -> Callable[[str], bool]:
    if isinstance(said, str):
        return lambda text: nature_of((text,)) == said
    if isinstance(said, date):
        return lambda text: says_date(text, said)
    if said is None:
        return bool
    return lambda text: str(said) in text or str(said)[-2:] in text


def says_date(text: str, day: date) -> bool:
    """Whether a text says a date, or its year where it says no date.

    Examples
    --------
    >>> says_date("Situation au 31/12/2024", date(2024, 12, 31)), says_date("Suivi 2024", date(2024, 12, 31))
    (True, True)
    """
    found = find_date(text)
    return found == day if found else str(day.year) in text or school_year(text) == day.year
