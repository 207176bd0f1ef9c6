"""A sheet as received: cells at their true addresses, merged ranges, marks that values alone do not show."""

from dataclasses import dataclass, field
from typing import NamedTuple

from sdsf_analysis.model.problems import Problem
from sdsf_analysis.reading.text import column_letter

Cell = object
Place = tuple[int, int]


class Range(NamedTuple):
    """A rectangle of cells, 1-based, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Marks:
    """What the values of a workbook's cells do not say.

    Attributes
    ----------
    masked : dict
        Place → text shown, where the number format hides the stored value.
    errors : dict
        Place → error written by Excel (``#N/A``…).
    percents : frozenset
        Places whose number format is a percentage.
    """

    masked: dict[Place, str] = field(default_factory=dict)
    errors: dict[Place, str] = field(default_factory=dict)
    percents: frozenset[Place] = frozenset()


@dataclass(frozen=True)
class Sheet:
    """Cells of one sheet; ``rows[0][0]`` is A1 whatever the sheet's own extent.

    ``name`` is None for the only sheet of a text file.
    """

    name: str | None
    rows: list[list[Cell]]
    merged: tuple[Range, ...] = ()
    hidden: bool = False
    marks: Marks = field(default_factory=Marks)

    def cell(self, row: int, column: int) -> Cell:
        """Value at a 1-based place, None outside the sheet; a masked cell gives what it shows."""
        if (row, column) in self.marks.masked:
            return self.marks.masked[row, column]
        if (row, column) in self.marks.errors:
            return self.marks.errors[row, column]
        if not 0 < row <= len(self.rows) or not 0 < column <= len(self.rows[row - 1]):
            return None
        return self.rows[row - 1][column - 1]


@dataclass(frozen=True)
class SourceFile:
    """A file opened: its true format and its sheets, with what was noticed on the way."""

    source: str
    format: str
    sheets: tuple[Sheet, ...]
    encoding: str | None = None
    delimiter: str | None = None
    problems: tuple[Problem, ...] = ()


def address(row: int, column: int) -> str:
    """Address of a 1-based place.

    Examples
    --------
    >>> address(12, 28)
    'AB12'
    """
    return f"{column_letter(column)}{row}"
