"""Cells of one column read by their declared type, each doubt reported at its own address."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import NamedTuple

from sdsf_analysis.model.problems import Problem
from sdsf_analysis.model.status import Status
from sdsf_analysis.reading.layout import Table
from sdsf_analysis.reading.notes import linked_notes
from sdsf_analysis.reading.sheet import Cell, Place, address
from sdsf_analysis.reading.text import is_blank, normalise
from sdsf_analysis.reading.typed.dates import read_date
from sdsf_analysis.reading.typed.legends import is_sign_of, sign_among_texts, usual_meaning
from sdsf_analysis.reading.typed.school import school_year
from sdsf_analysis.reading.values import (
    Legend,
    Number,
    clean_text,
    is_error,
    measured,
    read_fte,
    read_number,
    read_tick,
)
from sdsf_analysis.recipes.ages import read_audience
from sdsf_analysis.recipes.matching import ColumnMatch
from sdsf_analysis.recipes.messages import cell_message, with_note
from sdsf_analysis.recipes.recipe import NUMERIC, SUMMED, ColumnRecipe
from sdsf_analysis.recipes.rounding import is_rounded, unrounded

FRACTION_LIMIT = 1.5
# A share shown as a percentage beyond 1 000 % was typed as a percentage already.
SHARE_LIMIT = 10
FIRST_YEAR, LAST_YEAR = 1900, 2100
_SAID_ONCE = ("mark_unexplained", "school_year")

# « 1,234 » and « 1.000 » may be thousands as well as decimals.
_THOUSANDS = re.compile(r"[-−+]?\d{1,3}[.,]\d{3}(?!\d).*")


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
        note = self._notes.get((row, match.column.index), "") if code == "note_mark" else ""
        message = cell_message(code, match.recipe, match.column.label, found, repaired)
        message = with_note(message, note)
        sheet = self.table.sheet.name or ""
        return Problem(self.source, sheet, address(row, match.column.index), code, message, found, repaired)

    @cached_property
    def _notes(self) -> dict[Place, str]:
        return linked_notes(self.table)


class Entry(NamedTuple):
    """One cell read: a value, and its status and bounds where it is a number."""

    value: str | float | date | bool | tuple[str, ...] | None
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
    quiet = ("number_as_text", "date_as_text") if context.is_text_file else ()
    for row in context.table.body_rows:
        cell = _cell(match, context.table, row)
        entry, code, repaired = _unreadable(cell, match, context, row) or read(cell, row)
        parsed.entries[row] = entry
        parsed.found[row] = "" if match.recipe.personal else clean_text(cell)
        if code and code not in quiet:
            parsed.problems.append(context.problem(match, row, code, repaired))
    base = match.recipe.rounded
    exact = (row for row, entry in parsed.entries.items() if not is_rounded(entry.value, base))
    if (first := next(exact, None)) is not None:
        parsed.problems.append(context.problem(match, first, "not_rounded"))
    return parsed


def _cell(match: ColumnMatch, table: Table, row: int) -> Cell:
    """Cell of a row; a quantity merged over several rows counts once, at the first of them."""
    adds_up = match.recipe.type in (*SUMMED, "fte")
    if adds_up and table.repeats(row, match.column.index):
        return None
    return table.cell(row, match.column.index)


Reading = tuple[Entry, str, str]
Reader = Callable[[Cell, int], Reading]


def _unreadable(cell: Cell, match: ColumnMatch, context: Context, row: int) -> Reading | None:
    """What a hidden value or an error gives, whatever the type of its column."""
    if (row, match.column.index) in context.table.sheet.marks.masked:
        shown = _bounded(read_number(cell, context.legend), cell, match, context)
        bounds = (shown.low, shown.high) if match.recipe.type in NUMERIC else (None, None)
        return Entry(None, str(Status.SECRET), *bounds), "value_masked_by_format", Status.SECRET.label
    if is_error(cell):
        return Entry(None, str(Status.ERROR)), "value_error", Status.ERROR.label
    return None


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

    def read(cell: Cell, row: int) -> Reading:
        number = _bounded(base(cell, context.legend), cell, match, context)
        is_percent = number.percent or _shows_percent(cell, match, context, row)
        if is_percent and match.recipe.type in SUMMED:
            return Entry(None, str(Status.ERROR)), "value_refused", ""
        if match.recipe.type == "count" and number.value is not None and not _is_whole(cell, number.value):
            return Entry(None, str(Status.ERROR)), "count_not_whole", ""
        if number.value is not None and is_percent and match.recipe.type == "number" and not number.percent:
            number = Number(number.value * 100, number.status, code=number.code)
        return _entry(number, match.recipe), number.code, _repaired(number)

    return read


def _bounded(number: Number, cell: Cell, match: ColumnMatch, context: Context) -> Number:
    """A number whose sign has bounds by the legend in a count alone: « s : moins de 5 » speaks of persons."""
    is_bounded = number.low is not None or number.high is not None
    if not is_bounded or match.recipe.type == "count":
        return number
    if is_sign_of(context.legend, clean_text(cell)):
        return replace(number, low=None, high=None)
    return measured(number, cell)


def _is_whole(cell: Cell, value: float) -> bool:
    is_doubtful = isinstance(cell, str) and _THOUSANDS.fullmatch(cell.strip()) is not None
    return value >= 0 and value.is_integer() and not is_doubtful


def _shows_percent(cell: Cell, match: ColumnMatch, context: Context, row: int) -> bool:
    is_number = isinstance(cell, int | float)
    return is_number and (row, match.column.index) in context.table.sheet.marks.percents


def _percent_reader(match: ColumnMatch, context: Context) -> Reader:
    """Rates in %: a cell shown as a percentage holds a share; bare numbers are of one scale or the other."""
    bare = [
        _bare_size(_cell(match, context.table, row), match, context, row) for row in context.table.body_rows
    ]
    are_shares = max(bare, default=0) <= FRACTION_LIMIT

    def read(cell: Cell, row: int) -> Reading:
        number = _bounded(read_number(cell, context.legend), cell, match, context)
        value = number.value
        if value is None or number.percent:
            return _entry(number, match.recipe), number.code, _repaired(number)
        is_share = _shows_percent(cell, match, context, row)
        if is_share and abs(value) > SHARE_LIMIT:
            return Entry(None, str(Status.ERROR)), "scale_mixed", ""
        if is_share or are_shares:
            number = Number(value * 100, number.status, code=number.code)
        elif 0 < abs(value) <= FRACTION_LIMIT:
            return Entry(None, str(Status.ERROR)), "scale_mixed", ""
        return _entry(number, match.recipe), number.code, _repaired(number)

    return read


def _bare_size(cell: Cell, match: ColumnMatch, context: Context, row: int) -> float:
    """Size of a number that nothing says to be a percentage, be it stored or written; else zero."""
    number = read_number(cell)
    if number.value is None or number.percent or _shows_percent(cell, match, context, row):
        return 0.0
    return abs(number.value)


def _entry(number: Number, recipe: ColumnRecipe) -> Entry:
    low, high = number.low, number.high
    if recipe.rounded and number.value is not None and is_rounded(number.value, recipe.rounded):
        low, high = unrounded(number.value, recipe.rounded)
    return Entry(number.value, str(number.status), low, high)


def _repaired(number: Number) -> str:
    if number.value is None:
        return number.status.label
    return f"{number.value:.12g}".replace(".", ",") + (" %" if number.percent else "")


def _read_text(cell: Cell, match: ColumnMatch) -> Reading:
    text = clean_text(cell)
    is_none = not text or sign_among_texts(text) or match.recipe.says_nothing(text)
    return Entry(None if is_none else text), "", ""


def _read_date(cell: Cell, _: ColumnMatch) -> Reading:
    if isinstance(cell, str) and (meaning := usual_meaning(clean_text(cell))):
        return Entry(None), "" if meaning[1] else "mark_unexplained", Status.MISSING.label
    day, code = read_date(cell)
    return Entry(day), code, f"{day:%d/%m/%Y}" if day and code else ""


def _read_year(cell: Cell, match: ColumnMatch) -> Reading:
    # two years alone are a school year to those who count by them: a beneficiary's « 2023-2024 » is none
    is_bare_enough = match.recipe.type == "school_year"
    if isinstance(cell, str) and (begun := school_year(cell, is_bare_enough=is_bare_enough)):
        return Entry(begun), "school_year", str(begun)
    number = read_number(cell)
    if number.value is None or not number.value.is_integer() or not FIRST_YEAR <= number.value <= LAST_YEAR:
        return Entry(None), "" if is_blank(cell) else "value_refused", ""
    return Entry(int(number.value)), "", ""


def _read_choice(cell: Cell, match: ColumnMatch) -> Reading:
    if isinstance(cell, date):
        return Entry(None), "age_band_as_date" if match.recipe.list == "audience" else "choice_unknown", ""
    text = clean_text(cell)
    if not text or match.recipe.says_nothing(text):
        return Entry(None), "", ""
    code = match.recipe.choice_codes().get(normalise(text))
    if code is None and match.recipe.list == "audience":
        code = read_audience(text)
    return Entry(code), "" if code else "choice_unknown", ""


def _read_tick(cell: Cell, _: ColumnMatch) -> Reading:
    tick = read_tick(cell)
    return Entry(tick), "" if tick is not None else "choice_unknown", ""


_SIMPLE_READERS = {
    "text": _read_text,
    "communes": _read_text,
    "date": _read_date,
    "year": _read_year,
    "school_year": _read_year,
    "choice": _read_choice,
    "tick": _read_tick,
}


def first_marks(problems: list[Problem]) -> list[Problem]:
    """Keep one problem per mark or school year, the first in reading order, and every other problem."""
    first: dict[tuple[str, str], Problem] = {}
    for problem in problems:
        if problem.code in _SAID_ONCE:
            first.setdefault((problem.code, problem.found.casefold()), problem)
    return [p for p in problems if p.code not in _SAID_ONCE or first[p.code, p.found.casefold()] is p]
