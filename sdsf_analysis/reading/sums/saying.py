"""What is said of sums and totals: addresses of what was added up, figures in French."""

import numpy as np

from sdsf_analysis.model.french import number
from sdsf_analysis.reading.doubts import Doubt
from sdsf_analysis.reading.sheet import address
from sdsf_analysis.reading.sums.scopes import Scope, Sums
from sdsf_analysis.reading.table import Table
from sdsf_analysis.reading.values import clean_text

_SHOWN = 6
_DECIMALS = 4


def mismatch(table: Table, sums: Sums, position: int, scope: Scope, k: int) -> Doubt:
    """Doubt of a total that differs from what it adds up in one column."""
    row, column = sums.totals.rows[position], sums.totals.columns[k]
    low, high = (float(bound[k]) for bound in sums.bounds(scope))
    return differing(table, row, column, added(sums, scope, column), (low, high))


def differing(table: Table, row: int, column: int, place: str, bounds: tuple[float, float]) -> Doubt:
    """Doubt of a total at a place, with the bounds of the sum of what stands elsewhere."""
    label = next(c.label for c in table.columns if c.index == column)
    cell = table.cell(row, column)
    written = figure(cell) if isinstance(cell, int | float) else clean_text(cell)
    message = (
        f"Le total {address(row, column)} vaut {written}, la somme de {place} {_said(*bounds)} "
        f"(colonne « {label} »)."
    )
    return Doubt(row, column, "total_mismatch", message, clean_text(cell), (place,))


def derivable(row: int, column: int, total: str) -> Doubt:
    """Doubt of a withheld cell that a total gives away; what it would be is not said."""
    message = (
        f"La valeur retenue en {address(row, column)} se déduit du total {total} et des autres cellules : "
        "le secret n'est pas tenu."
    )
    return Doubt(row, column, "secret_derivable", message, "", (total,))


def added(sums: Sums, scope: Scope, column: int) -> str:
    """Addresses of what a scope adds up in a column.

    Returns
    -------
    str
        « D4:D9 », « D4:D9 (sans D5 et D6) » or « D12 et D20 ».
    """
    figures, kept = sums.cells(scope)
    rows = [figures.rows[k] for k in np.flatnonzero(kept)]
    if scope.totals:
        return _listed([address(row, column) for row in rows])
    place = (
        address(rows[0], column)
        if len(rows) == 1
        else f"{address(rows[0], column)}:{address(rows[-1], column)}"
    )
    inside = [row for row in figures.rows if rows[0] < row < rows[-1]]
    without = [address(row, column) for row in inside if row not in set(rows)]
    return f"{place} (sans {_listed(without)})" if without else place


def rows_place(rows: tuple[int, ...]) -> str:
    """Rows of a run, first and last.

    Examples
    --------
    >>> rows_place((4, 5, 6))
    '4 à 6'
    """
    return f"{rows[0]} à {rows[-1]}"


def figure(value: float) -> str:
    r"""Write a figure as in French, with the decimals that it has.

    Examples
    --------
    >>> figure(1234.5), figure(20.0)
    ('1\u202f234,5', '20')
    """
    decimals = next(d for d in range(_DECIMALS + 1) if d == _DECIMALS or abs(round(value, d) - value) < 1e-9)
    return number(value, decimals)


def _said(low: float, high: float) -> str:
    if low == high:
        return f"vaut {figure(low)}"
    if np.isinf(high):
        return f"vaut au moins {figure(low)}"
    return f"est comprise entre {figure(low)} et {figure(high)}"


def _listed(places: list[str]) -> str:
    shown = [*places[:_SHOWN], "…"] if len(places) > _SHOWN else places
    return " et ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)
