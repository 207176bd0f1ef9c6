"""A file to be dirtied: spots that know how they should be read, and carry the fault planted in them.

A fault travels with its spot: whatever is inserted above or beside it afterwards, its address is true.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from sdsf_analysis.demo.cells import Value
from sdsf_analysis.demo.placing import column_letters

LineRole = Literal["title", "header", "body", "total", "note", "blank", "repeated", "continued", "refused"]
Format = Literal["xlsx", "ods", "csv", "html"]
TEXT_FORMATS = ("csv", "html")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a right reader answers for a cell: kind and value of `sdsf read`, bounds where known."""

    kind: str
    value: Value = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Plant:
    """A fault planted somewhere: its number and behaviour, the problem expected, what it must say.

    Where a fault takes several cells of a row, the others than the first of them bear it ``aside``.
    """

    fault: str
    behaviour: str
    codes: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Spot:
    """One cell: what it holds, how it looks, how it should be read.

    Attributes
    ----------
    value : str, int, float, date or None
        What the file holds.
    reading : Reading or None
        What a reader must answer, None where several answers are fair.
    truth : float or None
        The number that the sender knows, which totals add up.
    form : str
        Number format of a workbook.
    look : str
        ``struck``, ``coloured`` or ``commented``.
    span : (int, int)
        Rows and columns that a merged cell covers.
    """

    value: Value = None
    reading: Reading | None = None
    truth: float | None = None
    form: str = ""
    look: str = ""
    span: tuple[int, int] = (1, 1)
    plant: Plant | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a sheet and what it is; ``commune`` is the official code of the one it speaks of.

    ``table`` counts the tables of a sheet from top to bottom; those side by side share their lines.

    A text file has no line for the role ``continued``: the line break is in a cell of the line above.
    """

    role: LineRole
    spots: tuple[Spot, ...]
    hidden: bool = False
    commune: str = ""
    table: int = 0

    @property
    def is_planted(self) -> bool:
        """Whether some spot carries a fault."""
        return any(spot.plant for spot in self.spots)


@dataclass(frozen=True)
class Page:
    """One sheet: its lines from the first, the role of each of its columns."""

    name: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    hidden: bool = False
    hidden_columns: frozenset[int] = frozenset()
    filtered: bool = False
    ghost: bool = False
    n_tables: int = 1
    plants: tuple[Plant, ...] = ()

    def rows(self, role: LineRole, table: int | None = None) -> list[int]:
        """1-based rows of a role, in one table or in all.

        Examples
        --------
        >>> Page("s", ("text",), (Line("title", ()), Line("body", ()), Line("body", ()))).rows("body")
        [2, 3]
        """
        return [
            row
            for row, line in enumerate(self.lines, start=1)
            if line.role == role and table in (None, line.table)
        ]

    @property
    def is_stacked(self) -> bool:
        """Whether its tables stand one under the other."""
        return any(line.table for line in self.lines)

    def spots(self) -> Iterator[tuple[str, str, Spot]]:
        """Address, role of the line and spot of each cell, in reading order."""
        for row, line in enumerate(self.lines, start=1):
            for column, spot in enumerate(line.spots):
                yield f"{column_letters(column)}{row}", line.role, spot


@dataclass(frozen=True)
class Draft:
    """A file about to be written: its sheets, its format, and what is done to its bytes at the end."""

    departement: str
    pages: tuple[Page, ...]
    format: Format = "xlsx"
    stem: str = "donnees_fictives"
    suffix: str = ""
    encoding: str = "utf-8"
    delimiter: str = ";"
    mac_dates: bool = False
    linked: bool = False
    plants: tuple[Plant, ...] = ()
    damages: tuple[Callable[[bytes], bytes], ...] = field(default=(), repr=False)

    @property
    def name(self) -> str:
        """Name of the file."""
        return self.stem + (self.suffix or f".{self.format}")

    @property
    def page(self) -> Page:
        """The first sheet, where faults are planted."""
        return self.pages[0]

    def with_page(self, page: Page) -> "Draft":
        """The same file, its first sheet changed."""
        return replace(self, pages=(page, *self.pages[1:]))
