"""Which rows of a table add up others: by their words, checked against the rest of the table."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from math import isclose

from sdsf_analysis.reading.layouts.grid import SAMPLE, Grid
from sdsf_analysis.reading.layouts.totals import (
    FIRST_CELLS,
    is_acronym,
    is_doubtful,
    is_modality,
    may_be_total,
    total_place,
)
from sdsf_analysis.reading.values import read_number

# A column that nearly every record fills.
_USUAL_SHARE = 0.8
# A sum of rounded addends.
_SUM_TOLERANCE = 0.001


@dataclass(frozen=True)
class AddingRows:
    """Totals among the rows of a table.

    Parameters
    ----------
    grid : Grid
        Rows of the sheet.
    rows : list of int
        Records and totals of the table.
    numeric : list of int
        Columns of numbers.

    Examples
    --------
    >>> from sdsf_analysis.reading.sheet import Sheet
    >>> grid = Grid(Sheet("RPE", [["Gex", 2.0], ["Drom", 1.0], ["Total", 3.0]]))
    >>> adding = AddingRows(grid, [1, 2, 3], [2])
    >>> [adding.holds(row) for row in (1, 2, 3)]
    [False, False, True]
    """

    grid: Grid
    rows: list[int]
    numeric: list[int]

    def holds(self, row: int) -> bool:
        """Say whether a row adds up others."""
        if not self._is_hinted(row):
            return False
        columns = self.grid.columns_of(row)
        texts = {c: self.grid.label(row, c) for c in columns if self.grid.kind(row, c) == "text"}
        place = total_place(texts)
        if place is None or (place in self._modalities and self._is_full(row)):
            return False
        return not is_doubtful(texts[place]) or self._adds_up(row, place)

    @cached_property
    def hinted(self) -> list[int]:
        """Rows whose first cells hold a word that totals bear."""
        return [row for row in self.rows if self._is_hinted(row)] if self.grid.hints else []

    def _is_hinted(self, row: int) -> bool:
        if self.grid.hints.isdisjoint(self.grid.sheet.rows[row - 1]):
            return False
        columns = self.grid.columns_of(row)[:FIRST_CELLS]
        return may_be_total(self.grid.sheet.cell(row, c) for c in columns)

    @cached_property
    def _modalities(self) -> set[int]:
        """First columns that repeat a few values, « Total » among them."""
        columns = {c for row in self.hinted for c in self.grid.columns_of(row)[:FIRST_CELLS]}
        return {c for c in columns if is_modality(self.grid.column(c, self.rows))}

    @cached_property
    def _usual(self) -> set[int]:
        """Columns that nearly every record fills."""
        records = [row for row in self.rows if not self.grid.is_lone(row) and not self._is_hinted(row)]
        counts = Counter(column for row in records for column in self.grid.columns_of(row))
        return {c for c, count in counts.items() if count >= _USUAL_SHARE * len(records)}

    def _is_full(self, row: int) -> bool:
        """Say whether a row shows something wherever records usually do, merged cells included."""
        merged = {c for m in self.grid.down if m.top < row <= m.bottom for c in range(m.left, m.right + 1)}
        return self._usual <= {*self.grid.columns_of(row), *merged}

    def _adds_up(self, row: int, column: int) -> bool:
        """Whether a doubtful label is a total's: no code before it, and capitals or the sum."""
        if column != self.grid.columns_of(row)[0]:
            return False
        above = [r for r in self.rows if r < row]
        if is_acronym(self.grid.label(row, column)):
            labels = [self.grid.label(r, column) for r in above[:SAMPLE]]
            return any(not label.isupper() for label in labels if label)
        # such a sum ends a table
        return row in self.rows[-SAMPLE:] and any(self._is_sum(row, c, above) for c in self.numeric)

    def _is_sum(self, row: int, column: int, above: list[int]) -> bool:
        total = read_number(self.grid.sheet.cell(row, column)).value
        values = (read_number(self.grid.sheet.cell(r, column)).value for r in above)
        return bool(total) and isclose(
            total or 0.0, sum(value or 0.0 for value in values), rel_tol=_SUM_TOLERANCE
        )
