"""Pivot tables: the rows that head a group and add up those under them, without the word total."""

from dataclasses import dataclass
from functools import cached_property
from math import isclose, isnan

from sdsf_analysis.reading.layouts.grid import Grid
from sdsf_analysis.reading.layouts.wording import is_averaged, is_pivot_label, is_summed
from sdsf_analysis.reading.sheet import Cell
from sdsf_analysis.reading.values import read_number

_MAX_DEPTH = 3
# Heads that add up, where the place of their names already says that they head a group.
_PROVED_SHARE = 0.5
_MIN_HEADS, _MIN_ROWS = 2, 4
_TOLERANCE = 1e-6


@dataclass(frozen=True)
class Outline:
    """Heads of groups among the records of a pivot table, known by the place of their names or by their sums.

    Outside pivot tables a row that adds up others stays a record, and is asked about.

    Parameters
    ----------
    grid : Grid
        Rows of the sheet.
    bottom : int
        Last row of the header.
    rows : list of int
        Records, totals and headings left out.
    numeric : list of int
        Columns of numbers.

    Examples
    --------
    >>> from sdsf_analysis.reading.sheet import Sheet
    >>> rows = [["Étiquettes de lignes", "Somme de Places"], ["CC A", 32.0], ["Cessy", 12.0], ["Gex", 20.0],
    ...         ["CC B", 30.0], ["Oyonnax", 30.0]]
    >>> Outline(Grid(Sheet("TCD", rows)), 1, [2, 3, 4, 5, 6], [2]).heads
    [2, 5]
    """

    grid: Grid
    bottom: int
    rows: list[int]
    numeric: list[int]

    @cached_property
    def heads(self) -> list[int]:
        """Rows that add up those under them; none where the sums do not bear it out."""
        if len(self.rows) < _MIN_ROWS or not self.bottom or not self.numeric:
            return []
        columns = self.grid.columns_of(self.bottom)
        if any(is_pivot_label(self.grid.label(self.bottom, c)) for c in columns[:1]):
            return self._by_sums()
        is_pivot = any(is_summed(self.grid.label(self.bottom, c)) for c in columns if c in self.numeric)
        levels = self._levels() if is_pivot else []
        return self._proved(levels) if len(set(levels)) > 1 else []

    def _levels(self) -> list[int]:
        """Level of each record by the column where its name stands; none where the first names several."""
        first = self.grid.columns_of(self.rows[0])
        names = list(range(first[0], min(self.numeric)))
        if len(names) < 2 or [c for c in names if c in first] != names[:1]:
            return []
        return [self._place(row, names) for row in self.rows]

    def _place(self, row: int, names: list[int]) -> int:
        """Column of the only name of a row; further than all where a row has several, as records do."""
        columns = [c for c in self.grid.columns_of(row) if c in names]
        return columns[0] if len(columns) == 1 else names[-1] + len(columns)

    def _proved(self, levels: list[int]) -> list[int]:
        """Heads by their level, if half of them add up the rows of the next level under them."""
        found: list[int] = []
        proved = 0
        for position, level in enumerate(levels[:-1]):
            if levels[position + 1] > level:
                found.append(self.rows[position])
                proved += self._adds_up(position, self._children(levels, position))
        return found if len(found) >= _MIN_HEADS and proved >= _PROVED_SHARE * len(found) else []

    @staticmethod
    def _children(levels: list[int], position: int) -> list[int]:
        """Positions of the rows right under a head: those of the next level, up to one of its own."""
        below, children = levels[position + 1], []
        for later in range(position + 1, len(levels)):
            if levels[later] <= levels[position]:
                break
            if levels[later] <= below:
                children.append(later)
        return children

    def _adds_up(self, position: int, children: list[int]) -> bool:
        whole = self._values[position]
        sums = [sum(values) for values in zip(*(self._values[c] for c in children), strict=True)]
        return any(_is_same(one, two) and two for one, two in zip(whole, sums, strict=True))

    def _by_sums(self) -> list[int]:
        """Heads of a pivot table, whose indents are lost: every row must be a head or stand in its sum."""
        for depth in range(1, _MAX_DEPTH + 1):
            heads: list[int] = []
            position: int | None = 0
            while position is not None and position < len(self.rows):
                position = self._group(position, depth, heads)
            if position is not None and len(heads) < len(self.rows) - 1:
                return [self.rows[head] for head in sorted(heads)]
        return []

    def _group(self, position: int, depth: int, heads: list[int]) -> int | None:
        """Position after the group that a row heads; None where no sum agrees."""
        if position >= len(self.rows):
            return None
        if depth == 0:
            return position + 1
        heads.append(position)
        whole = self._values[position]
        running, after = [0.0] * len(whole), position + 1
        while after < len(self.rows):
            child = self._values[after]
            following = self._group(after, depth - 1, heads)
            if following is None:
                return None
            running = [one + two for one, two in zip(running, child, strict=True)]
            after = following
            if all(map(_is_same, running, whole)):
                return self._after_zeros(after)
            if any(one > two and not _is_same(one, two) for one, two in zip(running, whole, strict=True)):
                return None
        return None

    def _after_zeros(self, position: int) -> int:
        """Rows of nothing but zeros belong to the group above them."""
        while position < len(self.rows) and not any(self._values[position]):
            position += 1
        return position

    @cached_property
    def _values(self) -> list[list[float]]:
        added = [c for c in self.numeric if not is_averaged(self.grid.label(self.bottom, c))]
        return [[_number(self.grid.sheet.cell(row, c)) for c in added] for row in self.rows]


def _number(cell: Cell) -> float:
    value = float(cell) if isinstance(cell, int | float) else read_number(cell).value
    return 0.0 if value is None or isnan(value) else value


def _is_same(one: float, two: float) -> bool:
    return isclose(one, two, rel_tol=_TOLERANCE, abs_tol=_TOLERANCE)
