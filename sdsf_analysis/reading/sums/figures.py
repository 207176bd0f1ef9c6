"""The numbers of a table as arrays of bounds, for whatever adds rows or columns up."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sdsf_analysis.model.status import Status
from sdsf_analysis.reading.sheet import Cell
from sdsf_analysis.reading.table import Table, plain_numbers
from sdsf_analysis.reading.text import is_blank
from sdsf_analysis.reading.values import Legend, read_number

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
MAX_DECIMALS = 6
_NOISE = 1e-12


@dataclass(frozen=True)
class Figures:
    """Numbers of some rows and columns of a table.

    Attributes
    ----------
    rows, columns : tuple of int
        Rows and columns of the sheet, one per line and per column of the arrays.
    low, high : ndarray
        Bounds: equal where the number is known, zero where the cell is empty or has no object, infinite
        above where a mark gives no bound.
    known, blank, secret : ndarray of bool
        Cells that hold a number; that are empty; that the sender withholds.
    """

    rows: tuple[int, ...]
    columns: tuple[int, ...]
    low: Floats
    high: Floats
    known: Flags
    blank: Flags
    secret: Flags

    @cached_property
    def decimals(self) -> npt.NDArray[np.int64]:
        """Decimals written in each column, `MAX_DECIMALS` at most."""
        return _decimals(np.where(self.known, self.low, 0.0))

    def lines(self, rows: Iterable[int]) -> "Figures":
        """Give the same numbers for some of the rows."""
        if rows == self.rows:
            return self
        places = {row: position for position, row in enumerate(self.rows)}
        kept = [places[row] for row in rows]
        arrays = (array[kept] for array in self._arrays)
        return Figures(tuple(self.rows[k] for k in kept), self.columns, *arrays)

    def turned(self) -> "Figures":
        """Rows as columns and columns as rows, to add columns up."""
        return Figures(self.columns, self.rows, *(array.T for array in self._arrays))

    @property
    def _arrays(self) -> tuple[npt.NDArray[Any], ...]:
        return self.low, self.high, self.known, self.blank, self.secret


def read_figures(table: Table, kinds: Mapping[int, str], legend: Legend) -> Figures:
    """Read the columns of numbers of a table, its records and its totals in the order of the sheet.

    Parameters
    ----------
    table : Table
    kinds : mapping of int to str
        Kind of each column by its index on the sheet; only « number » is read, years are not.
    legend : dict
        Meaning of the marks by the file's own legend.

    Examples
    --------
    >>> from sdsf_analysis.reading.layout import find_tables
    >>> from sdsf_analysis.reading.sheet import Sheet
    >>> rows = [["Commune", "Année", "Places"], ["Gex", 2023.0, 20.0], ["Thoiry", 2023.0, "<5"]]
    >>> figures = read_figures(find_tables(Sheet("CTG", rows))[0], {1: "text", 2: "number", 3: "number"}, {})
    >>> figures.columns, figures.low.tolist(), figures.high.tolist()
    ((3,), [[20.0], [0.0]], [[20.0], [4.0]])
    """
    rows = tuple(sorted((*table.body_rows, *table.total_rows)))
    indexes = [column.index for column in table.columns if kinds.get(column.index) == "number"]
    # a line of each array is a column, read where it stays
    shape = len(indexes), len(rows)
    arrays = (*(np.empty(shape) for _ in range(2)), *(np.zeros(shape, bool) for _ in range(3)))
    kept: list[int] = []
    for index in indexes:
        found = ColumnFigures(*(array[len(kept)] for array in arrays))
        _read_column(found, table, rows, index, legend)
        if not found.are_years():
            kept.append(index)
    return Figures(rows, tuple(kept), *(array[: len(kept)].T for array in arrays))


def gather(rows: tuple[int, ...], read: Mapping[int, "ColumnFigures"]) -> Figures:
    """Put columns read one by one side by side."""
    low, high, known, blank, secret = (
        np.array([array[k] for array in read.values()]).reshape(len(read), len(rows)).T for k in range(5)
    )
    return Figures(rows, tuple(read), low, high, known, blank, secret)


class ColumnFigures(NamedTuple):
    """The arrays of `Figures` for one column."""

    low: Floats
    high: Floats
    known: Flags
    blank: Flags
    secret: Flags

    def are_years(self) -> bool:
        """Say whether the column holds nothing but years."""
        found = self.low[self.known]
        if not found.size or found.min() < _FIRST_YEAR or found.max() > _LAST_YEAR:
            return False
        return bool((found == np.floor(found)).all())


def _decimals(values: Floats) -> npt.NDArray[np.int64]:
    """Decimals that the numbers of each column are written with."""
    found, left = np.full(values.shape[1], MAX_DECIMALS), np.arange(values.shape[1])
    for places in range(MAX_DECIMALS):
        scaled = values[:, left] * 10.0**places
        is_whole = (np.abs(scaled - np.rint(scaled)) <= _NOISE * (1 + np.abs(scaled))).all(axis=0)
        found[left[is_whole]] = places
        left = left[~is_whole]
        if not left.size:
            break
    return found


_Unlike = dict[tuple[Cell, bool], list[int]]


def _cells_and_numbers(table: Table, rows: tuple[int, ...], index: int) -> tuple[list[Cell], Floats]:
    """Cells of some rows in one column, merges not filled, and their plain numbers."""
    if rows == table.body_rows and not table.filled:
        column = table.column(index)
        return column.cells, column.numbers
    cells = table.stored(index, rows)
    return cells, plain_numbers(cells, is_text_file=table.is_text_file)


def _unlike(rows: tuple[int, ...], cells: list[Cell], numbers: Floats, masked: set[int]) -> _Unlike:
    """Positions of the cells that are no plain number, by what they hold and whether it is masked."""
    found = _Unlike()
    positions = set(np.flatnonzero(np.isnan(numbers)).tolist())
    if masked:
        positions.update(k for k, row in enumerate(rows) if row in masked)
    for k in positions:
        found.setdefault((cells[k], rows[k] in masked), []).append(k)
    return found


def _read_column(
    found: ColumnFigures, table: Table, rows: tuple[int, ...], index: int, legend: Legend
) -> None:
    """Numbers of a column: the plain ones at once, the others once for each thing that they hold."""
    cells, numbers = _cells_and_numbers(table, rows, index)
    masked = table.sheet.marks.masked_rows.get(index, set())
    found.low[:], found.high[:], found.known[:] = numbers, numbers, np.isfinite(numbers)
    found.blank[:], found.secret[:] = False, False
    for (cell, is_masked), places in _unlike(rows, cells, numbers, masked).items():
        _place(found, places, cell, legend, is_masked=is_masked)


def _place(found: ColumnFigures, k: list[int], cell: Cell, legend: Legend, *, is_masked: bool) -> None:
    found.low[k], found.high[k], found.known[k] = 0.0, np.inf, False
    # a format that shows nothing withholds the value
    if is_blank(cell) and not is_masked:
        found.blank[k], found.high[k] = True, 0.0
        return
    number = read_number(cell, legend)
    if is_masked:
        found.secret[k] = True
    elif number.value is not None and not number.percent:
        found.low[k], found.high[k], found.known[k] = number.value, number.value, True
        return
    found.secret[k] |= number.status is Status.SECRET
    if number.status is Status.NOT_APPLICABLE:
        found.high[k] = 0.0
    elif number.low is not None and number.high is not None:
        found.low[k], found.high[k] = number.low, number.high
