"""Total rows as checksums, for columns that a recipe knows to add up."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from sdsf_analysis.model.problems import Problem
from sdsf_analysis.model.status import Status
from sdsf_analysis.reading.checksums import total_doubts
from sdsf_analysis.reading.sheet import address
from sdsf_analysis.reading.sums.figures import ColumnFigures, gather
from sdsf_analysis.reading.sums.judging import judge_quantities
from sdsf_analysis.reading.sums.rounding import Rounding
from sdsf_analysis.reading.sums.scopes import Sums
from sdsf_analysis.reading.text import normalise
from sdsf_analysis.reading.values import clean_text, read_number
from sdsf_analysis.recipes.parse import Context, Parsed
from sdsf_analysis.recipes.recipe import NATURE, SUMMED
from sdsf_analysis.recipes.rounding import unrounded

TOLERANCE = 0.5
Bounds = tuple[float, float]


def check_totals(columns: Iterable[Parsed], context: Context) -> Iterator[Problem]:
    """Compare each total of a summed column with its rows.

    The total of a rounded column is compared with the sum of its rows' bounds: the sender rounds the total of
    the true counts, not the sum of the rounded ones. Where rows are forecast, updated or actual, a total is
    compared with the rows of its own nature and year; one that does not say them is a sum of nothing.
    """
    columns = list(columns)
    for part in _parts(columns, context):
        yield from _check_part(columns, part)


def _parts(columns: list[Parsed], context: Context) -> Iterator[Context]:
    """The table as a whole, or its rows and totals of each nature and year where lines bear them."""
    if all(parsed.match.recipe.list != NATURE for parsed in columns):
        yield context
        return
    axes = [
        parsed.match.column.index
        for parsed in columns
        if parsed.match.recipe.list == NATURE or parsed.match.recipe.type == "year"
    ]
    table = context.table
    said = {
        row: tuple(normalise(clean_text(table.cell(row, axis))) for axis in axes)
        for row in (*table.body_rows, *table.total_rows)
    }
    for key in dict.fromkeys(said[row] for row in table.total_rows if all(said[row])):
        body = tuple(row for row in table.body_rows if said[row] == key)
        totals = tuple(row for row in table.total_rows if said[row] == key)
        yield replace(context, table=replace(table, body_rows=body, total_rows=totals))


def _check_part(columns: list[Parsed], context: Context) -> Iterator[Problem]:
    summed = [parsed for parsed in columns if parsed.match.recipe.type in SUMMED]
    table, totals = context.table, context.table.summing_rows
    if not summed or not totals or not table.body_rows:
        return
    indexes = [parsed.match.column.index for parsed in summed]
    body = [_column([_bounds(parsed, row) for row in table.body_rows]) for parsed in summed]
    foot = [_column([_total(parsed, context, row) for row in totals]) for parsed in summed]
    sums = Sums(
        gather(table.body_rows, dict(zip(indexes, body, strict=True))),
        gather(totals, dict(zip(indexes, foot, strict=True))),
        np.zeros(len(table.body_rows), bool),
        Rounding(np.full((len(totals), len(summed)), TOLERANCE), np.zeros(len(summed))),
    )
    sheet = table.sheet.name or ""
    for doubt in total_doubts(table, sums, judge_quantities(sums)):
        place = address(doubt.row, doubt.column)
        yield Problem(context.source, sheet, place, doubt.code, doubt.message, doubt.found)


def _column(bounds: Sequence[Bounds | None]) -> ColumnFigures:
    known = np.array([one is not None for one in bounds])
    low, high = (np.array([one[side] if one else beyond for one in bounds])
                 for side, beyond in ((0, 0.0), (1, np.inf)))  # fmt: skip
    nothing = np.zeros_like(known)
    return ColumnFigures(low, high, known, nothing, nothing)


def _total(parsed: Parsed, context: Context, row: int) -> Bounds | None:
    """Bounds of what stands behind a total."""
    total = read_number(context.table.cell(row, parsed.match.column.index)).value
    return None if total is None else unrounded(total, parsed.match.recipe.rounded)


def _bounds(parsed: Parsed, row: int) -> Bounds | None:
    """Bounds of one row, None for a mark without any; an empty cell adds nothing."""
    entry = parsed.entries[row]
    is_rounded = parsed.match.recipe.rounded is not None
    if is_rounded and entry.low is not None and entry.high is not None:
        return entry.low, entry.high
    if isinstance(entry.value, int | float):
        return entry.value, entry.value
    is_empty = entry.status == Status.MISSING and not parsed.found[row]
    return (0.0, 0.0) if is_empty or entry.status == Status.NOT_APPLICABLE else None
