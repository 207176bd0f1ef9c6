"""A sheet as received: cells at their true addresses, merged ranges, marks that values alone do not show."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from sdsf_analysis.errors import ReadingError
from sdsf_analysis.model.french import number, plural
from sdsf_analysis.model.problems import Problem
from sdsf_analysis.reading.text import column_index, column_letter

Cell = object
Place = tuple[int, int]
# A sheet's rectangle is allocated whole by calamine: 40 million cells are about 1 GB.
MAX_CELLS = 40_000_000
_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")


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
    hidden_rows, hidden_columns : frozenset
        Rows and columns that the sheet does not show; those beyond its last cell are left out.
    filter : str
        Range of a filter in force, which hides rows; empty without one.
    struck : frozenset
        Places of the values that are struck through.
    coloured : dict
        Place → background colour (``#RRGGBB``) of the values that have one; white is none.
    padded : dict
        Place → text shown, where the number format puts zeros before a whole number: 01004 for 1004.
    """

    masked: dict[Place, str] = field(default_factory=dict)
    errors: dict[Place, str] = field(default_factory=dict)
    percents: frozenset[Place] = frozenset()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    filter: str = ""
    struck: frozenset[Place] = frozenset()
    coloured: dict[Place, str] = field(default_factory=dict)
    padded: dict[Place, str] = field(default_factory=dict)

    @cached_property
    def masked_rows(self) -> dict[int, set[int]]:
        """Rows of the masked cells of each column."""
        return _rows_by_column(self.masked)

    @cached_property
    def percent_rows(self) -> dict[int, set[int]]:
        """Rows of the percentages of each column."""
        return _rows_by_column(self.percents)


def _rows_by_column(places: Iterable[Place]) -> dict[int, set[int]]:
    rows: dict[int, set[int]] = {}
    for row, column in places:
        rows.setdefault(column, set()).add(row)
    return rows


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

    @cached_property
    def texts(self) -> frozenset[str]:
        """Distinct texts of the sheet: what is asked of each of them is asked once, not cell by cell."""
        cells: Iterable[Cell] = chain.from_iterable(self.rows)
        if self.name is None:
            # of a text file, all cells are texts or nearly: what differs first, then its kind
            cells = set(cells)
            if set(map(type, cells)) <= {str}:
                return frozenset(map(str, cells))
        return frozenset({cell for cell in cells if type(cell) is str})


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


def place_of(text: str) -> Place | None:
    """Place of an address, the inverse of `address`; None for what is no address.

    Examples
    --------
    >>> place_of("AB12"), place_of("12")
    ((12, 28), None)
    """
    found = _ADDRESS.fullmatch(text)
    return (int(found[2]), column_index(found[1])) if found else None


def ranges_of(text: str) -> list[Range]:
    """Ranges of a list of addresses, as workbooks write it; what cannot be read is left out.

    Examples
    --------
    >>> ranges_of("A1:B3 D4")
    [Range(top=1, left=1, bottom=3, right=2), Range(top=4, left=4, bottom=4, right=4)]
    """
    corners = [[place_of(one) for one in part.replace("$", "").split(":")] for part in text.split()]
    return [Range(*pair[0], *pair[-1]) for pair in corners if pair[0] and pair[-1]]


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
            f"La feuille « {sheet} » étend {plural(filled, 'cellule remplie', 'cellules remplies')} sur "
            f"{number(height)} lignes et {number(width)} colonnes : elle ne peut pas être lue sans risque.",
        )
    return False
