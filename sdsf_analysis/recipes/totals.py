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

    A total answers for the rows since the total before it, or for all rows. Rounded columns are not
    compared: their totals legitimately differ.
    """
    for parsed in columns:
        if parsed.match.recipe.type in SUMMED and not parsed.match.recipe.rounded:
            yield from _check_column(parsed, context)


def _check_column(parsed: Parsed, context: Context) -> Iterator[Problem]:
    table = context.table
    previous = 0
    for row in table.total_rows:
        section = [r for r in table.body_rows if previous < r < row]
        previous = row
        total = read_number(table.cell(row, parsed.match.column.index)).value
        sums = [_sum(parsed, rows) for rows in (section, table.body_rows) if rows]
        known = [value for value in sums if value is not None]
        agrees = total is None or any(abs(value - total) <= TOLERANCE for value in known)
        if len(known) == len(sums) and not agrees:
            yield _mismatch(parsed, context, row, section or list(table.body_rows))


def _sum(parsed: Parsed, rows: Iterable[int]) -> float | None:
    """Sum of the rows, None where one of them is withheld or in error; an empty cell adds nothing."""
    entries = [parsed.entries[row] for row in rows]
    if any(entry.status not in (Status.KNOWN, Status.MISSING, Status.NOT_APPLICABLE) for entry in entries):
        return None
    return sum(entry.value for entry in entries if isinstance(entry.value, int | float))


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
    return f"{value:g}".replace(".", ",")
