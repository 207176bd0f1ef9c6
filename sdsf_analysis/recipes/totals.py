"""Total rows as checksums: taken out of the body after being compared with the rows they add up."""

from collections.abc import Iterable, Iterator

from sdsf_analysis.model.problems import Problem
from sdsf_analysis.model.status import Status
from sdsf_analysis.reading.sheet import address
from sdsf_analysis.reading.values import clean_text, read_number
from sdsf_analysis.recipes.parse import Context, Parsed
from sdsf_analysis.recipes.recipe import SUMMED

TOLERANCE = 0.5


def check_totals(columns: Iterable[Parsed], context: Context) -> Iterator[Problem]:
    """Compare each total of a summed column with its rows.

    A total answers for its section, the outermost one also for all rows. Rounded columns are not compared:
    their totals legitimately differ.
    """
    for parsed in columns:
        if parsed.match.recipe.type in SUMMED and not parsed.match.recipe.rounded:
            yield from _check_column(parsed, context)


def _check_column(parsed: Parsed, context: Context) -> Iterator[Problem]:
    for row, candidates in _candidates(context.table.total_rows, list(context.table.body_rows)):
        total = read_number(context.table.cell(row, parsed.match.column.index)).value
        sums = [_sum(parsed, rows) for rows in candidates]
        if total is None or None in sums or any(_is_near(value, total) for value in sums):
            continue
        yield _mismatch(parsed, context, row, candidates[0])


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


def _is_near(value: float | None, total: float) -> bool:
    return value is not None and abs(value - total) <= TOLERANCE


def _sum(parsed: Parsed, rows: Iterable[int]) -> float | None:
    """Sum of the rows, None where a mark stands for one of them; an empty cell adds nothing."""
    if any(_is_withheld(parsed, row) for row in rows):
        return None
    values = (parsed.entries[row].value for row in rows)
    return sum(value for value in values if isinstance(value, int | float))


def _is_withheld(parsed: Parsed, row: int) -> bool:
    status = parsed.entries[row].status
    is_empty = status == Status.MISSING and not parsed.found[row]
    return not is_empty and status not in (Status.KNOWN, Status.NOT_APPLICABLE)


def _mismatch(parsed: Parsed, context: Context, row: int, rows: list[int]) -> Problem:
    column = parsed.match.column
    place = f"{address(rows[0], column.index)}:{address(rows[-1], column.index)}"
    written = clean_text(context.table.cell(row, column.index))
    found = _french(_sum(parsed, rows) or 0)
    message = (
        f"Le total {address(row, column.index)} vaut {written}, la somme de {place} vaut {found} "
        f"(colonne « {column.label} »)."
    )
    sheet = context.table.sheet.name or ""
    return Problem(context.source, sheet, address(row, column.index), "total_mismatch", message, written)


def _french(value: float) -> str:
    return f"{value:.12g}".replace(".", ",")
