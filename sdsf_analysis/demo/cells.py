"""The parts of a fictitious file: cells that may carry a planted fault, rows, tables, sheets, documents."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Value = str | int | float | date | None
Role = Literal[
    "title", "heading", "header", "repeated", "body", "closed", "struck", "subtotal", "total", "note"
]


@dataclass(frozen=True, slots=True)
class Cell:
    """A value, the style that overrides its column's, and the fault planted in it, if any."""

    value: Value
    style: str = ""
    fault: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """Cells from left to right; the role says whether it is a record, a closed service or a total.

    A ``hidden`` row is one that a filter left in force does not show.
    """

    cells: tuple[Value | Cell, ...]
    role: Role = "body"
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """Header labels from top to bottom, style of the values, width in characters.

    A ``merged`` column shows equal consecutive values once, in one merged cell.
    """

    path: tuple[str, ...]
    style: str = "text"
    width: int = 12
    merged: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a sheet: its own title line, its columns, its rows and the notes under it.

    A filter left in force on the column ``filtered_on`` is what hides its hidden rows. Its header comes again
    once after ``page`` rows, those of the first printed page. Where the layout is a variant, ``order`` says
    which cell of the rows goes to each of its columns.
    """

    key: str
    columns: tuple[Column, ...]
    heading: str = ""
    rows: tuple[Row, ...] = ()
    notes: tuple[str, ...] = ()
    filtered_on: str = ""
    page: int = 0
    order: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: the title lines at its top, then its tables, one under the other; none on a page of texts."""

    name: str
    titles: tuple[str, ...]
    tables: tuple[Table, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A file to write: its name says its format, the encoding is that of a CSV."""

    name: str
    sheets: tuple[Sheet, ...]
    encoding: str = "utf-8"


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """A fault planted in a cell; without sheet and cell, a fault of the whole file."""

    source: str
    sheet: str
    cell: str
    code: str
    remark: str = field(default="", compare=False)


def as_cell(value: Value | Cell) -> Cell:
    """Wrap a plain value.

    Examples
    --------
    >>> as_cell(12).value
    12
    """
    return value if isinstance(value, Cell) else Cell(value)


def plain(value: Value | Cell) -> Value:
    """Value of a cell or of a plain value.

    Examples
    --------
    >>> plain(Cell("x")), plain(None)
    ('x', None)
    """
    return value.value if isinstance(value, Cell) else value
