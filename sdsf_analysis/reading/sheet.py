"""A sheet as received: cells at their true addresses, merged ranges, marks that values alone do not show."""

from dataclasses import dataclass, field
from typing import NamedTuple

from sdsf_analysis.errors import ReadingError
from sdsf_analysis.model.problems import Problem
from sdsf_analysis.reading.text import column_letter

Cell = object
Place = tuple[int, int]
# A sheet's rectangle is allocated whole by calamine: 40 million cells are about 1 GB.
MAX_CELLS = 40_000_000


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
        Place → error written by Excel (``#N/A``…), or the word for a formula never computed.
    percents : frozenset
        Places whose number format is a percentage.
    """

    masked: dict[Place, str] = field(default_factory=dict)
    errors: dict[Place, str] = field(default_factory=dict)
    percents: frozenset[Place] = frozenset()


@dataclass(frozen=True)
class Sheet:
    """Cells of one sheet as it shows them; ``rows[0][0]`` is A1 whatever the sheet's own extent.

    ``name`` is None for the only sheet of a text file. A value that a number format hides is not here.
    """

    name: str | None
    rows: list[list[Cell]]
    merged: tuple[Range, ...] = ()
    hidden: bool = False
    marks: Marks = field(default_factory=Marks)

    def cell(self, row: int, column: int) -> Cell:
        """Value at a 1-based place, None outside the sheet."""
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


def check_size(height: int, width: int, sheet: str | None = None, filled: int = 0) -> bool:
    """Say whether a rectangle of cells can be held in memory; refuse it where the sheet's name is given.

    Raises
    ------
    ReadingError
        If the sheet is too large.

    Examples
    --------
    >>> check_size(1_048_576, 16_384)
    False
    """
    if height * width <= MAX_CELLS:
        return True
    if sheet is not None:
        raise ReadingError(
            "file_too_large",
            f"La feuille « {sheet} » étend {filled} cellules remplies sur {height} lignes et "
            f"{width} colonnes : elle ne peut pas être lue sans risque.",
        )
    return False
