"""Total rows as checksums: taken out of the body after being compared with the rows they add up."""

from collections.abc import Iterable, Iterator

from sdsf_analysis.model.problems import Problem
from sdsf_analysis.model.status import Status
from sdsf_analysis.reading.sheet import address
from sdsf_analysis.reading.values import clean_text, read_number
from sdsf_analysis.recipes.parse import Context, Parsed
from sdsf_analysis.recipes.recipe import SUMMED
from sdsf_analysis.recipes.rounding import unrounded

TOLERANCE = 0.5
Bounds = tuple[float, float]


def check_totals(columns: Iterable[Parsed], context: Context) -> Iterator[Problem]:
    """Compare each total of a summed column with its rows.

    A total answers for its section, the outermost one also for all rows. The total of a rounded column is
    compared with the sum of its rows' bounds.
    """
    for parsed in columns:
        if parsed.match.recipe.type in SUMMED:
            yield from _check_column(parsed, context)


def _check_column(parsed: Parsed, context: Context) -> Iterator[Problem]:
    for row, candidates in _candidates(context.table.total_rows, list(context.table.body_rows)):
        total = read_number(context.table.cell(row, parsed.match.column.index)).value
        sums = [(rows, bounds) for rows in candidates if (bounds := _sum(parsed, rows))]
        if total is None or len(sums) < len(candidates):
            continue
        # the sender rounds the total of the true counts, not the sum of the rounded ones
        written = unrounded(total, parsed.match.recipe.rounded)
        rows, nearest = min(sums, key=lambda pair: _gap(pair[1], written))
        if _gap(nearest, written) > TOLERANCE:
            yield _mismatch(parsed, context, row, rows, nearest)


def _candidates(totals: tuple[int, ...], body: list[int]) -> Iterator[tuple[int, list[list[int]]]]:
    """Rows that each total may answer for: its section, and all rows for the outermost total.

    Sections stand above their totals, or below them where a total comes before the first row.
    """
    if not totals or not body:
        return
    is_above = body[0] < totals[0]
    edges = (0, *totals, max(*totals, *body) + 1)
    outermost = totals[-1] if is_above else totals[0]
    for position, row in enumerate(totals):
        start, stop = (edges[position], row) if is_above else (row, edges[position + 2])
        section = [r for r in body if start < r < stop]
        found = [rows for rows in (section, body if row == outermost else []) if rows]
        if found:
            yield row, found


def _gap(one: Bounds, two: Bounds) -> float:
    """How far two intervals are from each other, zero where they meet."""
    return max(one[0] - two[1], two[0] - one[1], 0.0)


def _sum(parsed: Parsed, rows: Iterable[int]) -> Bounds | None:
    """Bounds of the sum of the rows, None where a mark without bounds stands for one of them."""
    found = [_bounds(parsed, row) for row in rows]
    known = [bounds for bounds in found if bounds]
    if len(known) < len(found):
        return None
    return sum(low for low, _ in known), sum(high for _, high in known)


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


def _mismatch(parsed: Parsed, context: Context, row: int, rows: list[int], found: Bounds) -> Problem:
    column = parsed.match.column
    place = f"{address(rows[0], column.index)}:{address(rows[-1], column.index)}"
    written = clean_text(context.table.cell(row, column.index))
    low, high = (_french(bound) for bound in found)
    said = f"vaut {low}" if low == high else f"est comprise entre {low} et {high}"
    message = (
        f"Le total {address(row, column.index)} vaut {written}, la somme de {place} {said} "
        f"(colonne « {column.label} »)."
    )
    sheet = context.table.sheet.name or ""
    return Problem(context.source, sheet, address(row, column.index), "total_mismatch", message, written)


def _french(value: float) -> str:
    return f"{value:.12g}".replace(".", ",")
