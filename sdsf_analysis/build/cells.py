"""The cell of each column of a tidy row, for the problems that are found once rows are put together."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property

from sdsf_analysis.model.problems import Problem
from sdsf_analysis.recipes.rows import LEDGER

_ROW, _COLUMN, _SHEET, _CELL = (LEDGER.index(name) for name in ("_row", "column", "sheet", "cell"))


class Cells:
    """Cells of the rows read, by row and column.

    Parameters
    ----------
    lines : iterable of iterable of tuple
        Lines of the ledger of each file, as read.

    Examples
    --------
    >>> cells = Cells([[("r1", "ends_on", "a.xlsx", "CTG", "D4", "2024", "cellule")]])
    >>> cells.at(Problem("a.xlsx", "CTG", "A4", "dates_reversed", "…"), "r1", "ends_on").cell
    'D4'
    """

    def __init__(self, lines: Iterable[Iterable[tuple[str, ...]]]) -> None:
        self._lines = lines

    @cached_property
    def _by_column(self) -> dict[tuple[str, str, str], str]:
        # most builds need none
        return {
            (line[_ROW], line[_COLUMN], line[_SHEET]): line[_CELL] for same in self._lines for line in same
        }

    def at(self, problem: Problem, row: str, column: str) -> Problem:
        """Move the problem of a row to the cell of one of its columns, where that cell is known."""
        cell = self._by_column.get((row, column, problem.sheet))
        return replace(problem, cell=cell) if cell else problem


NO_CELLS = Cells(())
