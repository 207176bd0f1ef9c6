"""Lone headings inside a body: which rows of a single cell part it, and which are records without values."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from sdsf_analysis.reading.layouts.adding import AddingRows
from sdsf_analysis.reading.layouts.footers import is_note_row
from sdsf_analysis.reading.layouts.grid import Grid
from sdsf_analysis.reading.layouts.totals import added_up
from sdsf_analysis.reading.layouts.wording import is_key
from sdsf_analysis.reading.text import normalise

# A heading stands where few records show anything.
_RARE_SHARE = 0.3


@dataclass(frozen=True)
class Headings:
    """Headings among the rows of a table.

    Parameters
    ----------
    grid : Grid
        Rows of the sheet.
    bottom : int
        Last row of the header.
    rows : list of int
        Records, totals and headings of the table.
    numeric : list of int
        Columns of numbers.

    Examples
    --------
    >>> from sdsf_analysis.reading.sheet import Sheet
    >>> rows = [["Accueil", "Places"], ["Collectif"], ["Crèche", 20.0], ["Familial"], ["Relais", 8.0]]
    >>> Headings(Grid(Sheet("EAJE", rows)), 1, [2, 3, 4, 5], [2]).found
    [2, 4]
    """

    grid: Grid
    bottom: int
    rows: list[int]
    numeric: list[int]

    @cached_property
    def found(self) -> list[int]:
        """Lone headings: merged over columns, where few records show anything, or over groups of records."""
        lone = [row for row in self.rows if self.grid.is_lone(row)]
        if not lone or len(lone) == len(self.rows):
            return []
        if self._are_over_groups(lone):
            return lone
        return [row for row in lone if self._is_heading(row) and not self._adding.holds(row)]

    def _are_over_groups(self, lone: list[int]) -> bool:
        """Say whether lone texts each stand over a group: after a blank row, or where no place is named."""
        later = [row for row in lone if row > self.bottom + 1]
        are_over = all(len(self.grid.columns_of(row + 1)) > 1 for row in lone)
        if not self.numeric or not later or not are_over or not all(map(self._is_text, lone)):
            return False
        are_parted = all(not self.grid.columns_of(row - 1) for row in later)
        # a place whose values are all unknown is a record
        names_places = is_key(self.grid.label(self.bottom, self.grid.columns_of(lone[0])[0]))
        return are_parted or (len(later) < len(lone) and not names_places)

    def _is_heading(self, row: int) -> bool:
        if not self._is_text(row):
            return False
        column = self.grid.columns_of(row)[0]
        # a text alone where others bear a year or a number names no record
        is_apart = column in self.numeric or column in self._rare
        return is_apart or self._is_totalled(row) or row in self.grid.across or is_note_row(self.grid, row)

    def _is_totalled(self, row: int) -> bool:
        """Whether a text that begins the body, or follows a total, is what a total says that it adds up."""
        if normalise(self.grid.text(row)) not in self._totalled:
            return False
        place = self.rows.index(row)
        return not place or self._adding.holds(self.rows[place - 1])

    def _is_text(self, row: int) -> bool:
        return self.grid.kind(row, self.grid.columns_of(row)[0]) == "text"

    @cached_property
    def _adding(self) -> AddingRows:
        return AddingRows(self.grid, self.rows, self.numeric)

    @cached_property
    def _totalled(self) -> set[str]:
        """What the totals say that they add up: « Total Bugey » makes a heading of « Bugey »."""
        labels = {self.grid.label(row, self.grid.columns_of(row)[0]) for row in self._adding.hinted}
        return {said for label in labels if (said := added_up(label))}

    @cached_property
    def _rare(self) -> set[int]:
        """Columns where few records show anything."""
        records = [row for row in self.rows if not self.grid.is_lone(row) and not self._adding.holds(row)]
        counts = Counter(column for row in records for column in self.grid.columns_of(row))
        return {c for c in range(1, self.grid.right + 1) if counts[c] < _RARE_SHARE * len(records)}
