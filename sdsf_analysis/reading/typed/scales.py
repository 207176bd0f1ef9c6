"""Rates of one measure that stand on one row in two scales: 0.55 at the start, 60 at mid-term."""

from collections.abc import Mapping, Sequence

from sdsf_analysis.reading.sheet import Place
from sdsf_analysis.reading.table import Table
from sdsf_analysis.reading.text import normalise
from sdsf_analysis.reading.typed.columns import PERCENT_GAP, SMALL
from sdsf_analysis.reading.values import clean_text, read_number

_UNITS = ("%", "pourcentage", "taux", "pour cent", "part")


def scales_apart(values: Sequence[float | None]) -> list[int]:
    """Positions of the values that are a share of one where the others are points, or may be.

    Parameters
    ----------
    values : sequence of float or None
        Values of one measure in percent, none of which bears a percent sign.

    Examples
    --------
    >>> scales_apart([0.55, 60.0, 70.0]), scales_apart([0.5, 0.8]), scales_apart([0.9, 3.1, 4.0])
    ([0], [], [])
    """
    sizes = {position: abs(value) for position, value in enumerate(values) if value}
    small = {position: size for position, size in sizes.items() if size <= SMALL}
    large = [size for size in sizes.values() if size > SMALL]
    if not small or not large or min(large) < PERCENT_GAP * max(small.values()):
        return []
    return sorted(small)


def mixed_rows(table: Table, kinds: Mapping[int, str]) -> dict[Place, str]:
    """Cells of rows in percent, by their column of units, that are of another scale than the rest of the row.

    Parameters
    ----------
    table : Table
    kinds : mapping of int to str
        Kind of each column by its index.

    Returns
    -------
    dict
        Place → code of the problem.

    Examples
    --------
    >>> from sdsf_analysis.reading.layout import find_tables
    >>> from sdsf_analysis.reading.sheet import Sheet
    >>> header = ["Indicateur", "Unité", "Valeur initiale", "Mi-parcours"]
    >>> rows = [header, ["Couverture", "%", 0.55, 60.0], ["Crèches", "nombre", 1.0, 30.0]]
    >>> mixed_rows(*find_tables(Sheet("Plan", rows)), {1: "text", 2: "text", 3: "number", 4: "number"})
    {(2, 3): 'scale_mixed'}
    """
    labels = {c.index: normalise(c.path[-1]) for c in table.columns if c.path}
    units = next((index for index, label in labels.items() if label.startswith("unite")), None)
    columns = [index for index, kind in kinds.items() if kind in ("number", "percent")]
    if units is None or len(columns) < 2:
        return {}
    found: dict[Place, str] = {}
    for row in table.body_rows:
        if normalise(clean_text(table.cell(row, units))).startswith(_UNITS):
            apart = scales_apart([_bare(table, row, column) for column in columns])
            found |= {(row, columns[position]): "scale_mixed" for position in apart}
    return found


def _bare(table: Table, row: int, column: int) -> float | None:
    """Value in points of a cell, where its sign says its scale; as it is where nothing does."""
    number = read_number(table.cell(row, column))
    if number.value is not None and (row, column) in table.sheet.marks.percents and not number.percent:
        return number.value * 100
    return number.value
