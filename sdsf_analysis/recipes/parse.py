"""Cells of one column read by their declared type, each doubt reported at its own address."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from sdsf_analysis.model.problems import Problem
from sdsf_analysis.model.status import Status
from sdsf_analysis.reading.layout import Table
from sdsf_analysis.reading.sheet import Cell, address
from sdsf_analysis.reading.text import is_blank, normalise
from sdsf_analysis.reading.values import (
    MARKS,
    Legend,
    Number,
    clean_text,
    read_date,
    read_fte,
    read_number,
    read_tick,
)
from sdsf_analysis.recipes.matching import ColumnMatch
from sdsf_analysis.recipes.recipe import NUMERIC

FRACTION_LIMIT = 1.5
# What the marks below say is enough for the message; a cell that reads well raises no problem.
MESSAGES = {
    "number_as_text": "« {found} » est un texte ; il est relu {repaired}.",
    "note_mark": "« {found} » porte un appel de note ; le nombre retenu est {repaired}.",
    "mark_unexplained": "« {found} » n'est pas expliqué dans le fichier ; il est compris « {repaired} ».",
    "value_error": "La cellule montre « {found} » : aucune valeur.",
    "value_refused": "« {found} » n'est pas une valeur attendue dans la colonne « {label} ».",
    "value_masked_by_format": "La cellule montre « {found} » et cache une valeur, qui n'est pas lue.",
    "date_as_text": "« {found} » est un texte ; il est relu {repaired}.",
    "age_band_as_date": "La tranche d'âge est devenue une date ({found}) : l'original est perdu.",
    "choice_unknown": "« {found} » n'est pas un mot attendu dans la colonne « {label} ».",
    "scale_mixed": "« {found} » : on ne sait s'il s'agit d'une part (0,31) ou d'un pourcentage (31).",
}


@dataclass(frozen=True)
class Context:
    """What a column needs to know of its file."""

    source: str
    table: Table
    legend: Legend
    is_text_file: bool

    def problem(self, match: ColumnMatch, row: int, code: str, repaired: str = "") -> Problem:
        """Problem at a cell of a matched column; blanked where the column is personal."""
        cell = self.table.cell(row, match.column.index)
        found = "" if match.recipe.personal else clean_text(cell)
        repaired = "" if match.recipe.personal else repaired
        message = MESSAGES[code].format(found=found, repaired=repaired, label=match.column.label)
        sheet = self.table.sheet.name or ""
        return Problem(self.source, sheet, address(row, match.column.index), code, message, found, repaired)


class Entry(NamedTuple):
    """One cell read: a value, and its status and bounds where it is a number."""

    value: str | float | date | bool | None
    status: str | None = None
    low: float | None = None
    high: float | None = None


@dataclass
class Parsed:
    """One column read: entries by row of the sheet, and the doubts."""

    match: ColumnMatch
    entries: dict[int, Entry] = field(default_factory=dict)
    found: dict[int, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def parse(match: ColumnMatch, context: Context) -> Parsed:
    """Read every body cell of a matched column.

    Parameters
    ----------
    match : ColumnMatch
        Column of the sheet and its meaning.
    context : Context
        File and table that it belongs to.
    """
    parsed = Parsed(match)
    read = _reader(match, context)
    for row in context.table.body_rows:
        cell = context.table.cell(row, match.column.index)
        entry, code, repaired = read(cell, row)
        if (row, match.column.index) in context.table.sheet.marks.masked:
            code = "value_masked_by_format"
            entry = Entry(None, str(Status.SECRET), entry.low, entry.high)
        parsed.entries[row] = entry
        parsed.found[row] = "" if match.recipe.personal else clean_text(cell)
        if code and not (context.is_text_file and code in ("number_as_text", "date_as_text")):
            parsed.problems.append(context.problem(match, row, code, repaired))
    return parsed


Reader = Callable[[Cell, int], tuple[Entry, str, str]]


def _reader(match: ColumnMatch, context: Context) -> Reader:
    """Reader of a cell and its row: the entry, the code of the doubt (or empty), what it was repaired to."""
    if match.recipe.type == "percent":
        return _percent_reader(match, context)
    if match.recipe.type in NUMERIC:
        return _number_reader(match, context)
    simple = _SIMPLE_READERS[match.recipe.type]
    return lambda cell, _: simple(cell, match)


def _number_reader(match: ColumnMatch, context: Context) -> Reader:
    """Numbers as written; one shown as a percentage is given in %, but for full-time equivalents."""
    base = read_fte if match.recipe.type == "fte" else read_number
    percents = context.table.sheet.marks.percents if match.recipe.type == "number" else frozenset()

    def read(cell: Cell, row: int) -> tuple[Entry, str, str]:
        number = base(cell, context.legend)
        if number.value is not None and (row, match.column.index) in percents:
            number = Number(number.value * 100, number.status, code=number.code)
        return _entry(number, match.recipe.rounded), number.code, _repaired(number)

    return read


def _percent_reader(match: ColumnMatch, context: Context) -> Reader:
    """Rates in %: a cell shown as a percentage holds a share; bare numbers are of one scale or the other."""
    column, percents = match.column.index, context.table.sheet.marks.percents
    bare = [
        abs(float(value))
        for row in context.table.body_rows
        if isinstance(value := context.table.cell(row, column), int | float) and (row, column) not in percents
    ]
    are_shares = max(bare, default=0) <= FRACTION_LIMIT

    def read(cell: Cell, row: int) -> tuple[Entry, str, str]:
        number = read_number(cell, context.legend)
        if isinstance(cell, int | float) and number.value is not None:
            if (row, column) in percents or are_shares:
                number = Number(number.value * 100, number.status)
            elif 0 < abs(number.value) <= FRACTION_LIMIT:
                return Entry(None, str(Status.ERROR)), "scale_mixed", ""
        return _entry(number, None), number.code, _repaired(number)

    return read


def _entry(number: Number, rounded: int | None) -> Entry:
    low, high = number.low, number.high
    if rounded and number.value is not None:
        # Nearest or floor: the sender's rule is not written, the interval is the union of both.
        low, high = max(0.0, number.value - rounded // 2), number.value + rounded - 1
    return Entry(number.value, str(number.status), low, high)


def _repaired(number: Number) -> str:
    if number.value is None:
        return number.status.label
    return f"{number.value:g}".replace(".", ",") + (" %" if number.percent else "")


def _read_text(cell: Cell, _: ColumnMatch) -> tuple[Entry, str, str]:
    text = clean_text(cell)
    return Entry(None if not text or text.casefold() in MARKS else text), "", ""


def _read_date(cell: Cell, _: ColumnMatch) -> tuple[Entry, str, str]:
    if isinstance(cell, str) and cell.strip().casefold() in MARKS:
        return Entry(None), "mark_unexplained", Status.MISSING.label
    day, code = read_date(cell)
    return Entry(day), code, f"{day:%d/%m/%Y}" if day and code else ""


def _read_year(cell: Cell, _: ColumnMatch) -> tuple[Entry, str, str]:
    number = read_number(cell)
    if number.value is None or not number.value.is_integer():
        return Entry(None), "" if is_blank(cell) else "value_refused", ""
    return Entry(int(number.value)), "", ""


def _read_choice(cell: Cell, match: ColumnMatch) -> tuple[Entry, str, str]:
    if isinstance(cell, date):
        return Entry(None), "age_band_as_date" if match.recipe.list == "audience" else "choice_unknown", ""
    text = clean_text(cell)
    if not text:
        return Entry(None), "", ""
    code = match.recipe.choice_codes().get(normalise(text))
    return Entry(code), "" if code else "choice_unknown", ""


def _read_tick(cell: Cell, _: ColumnMatch) -> tuple[Entry, str, str]:
    tick = read_tick(cell)
    return Entry(tick), "" if tick is not None else "choice_unknown", ""


_SIMPLE_READERS = {
    "text": _read_text,
    "date": _read_date,
    "year": _read_year,
    "choice": _read_choice,
    "tick": _read_tick,
}


def first_marks(problems: list[Problem]) -> list[Problem]:
    """Keep one « mark_unexplained » per mark, the first in reading order, and every other problem."""
    first: dict[str, Problem] = {}
    for problem in problems:
        if problem.code == "mark_unexplained":
            first.setdefault(problem.found.casefold(), problem)
    return [p for p in problems if p.code != "mark_unexplained" or first[p.found.casefold()] is p]
