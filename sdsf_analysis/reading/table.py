"""What a sheet holds once laid out: its tables, their columns, and the rows of each kind."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sdsf_analysis.reading.layouts.totals import is_beside_total, is_of_another_year, label_of_total
from sdsf_analysis.reading.sheet import Cell, Place, Range, Sheet
from sdsf_analysis.reading.text import column_letter, is_blank
from sdsf_analysis.reading.values import clean_text

# A row that says so itself withholds the number that it leaves blank.
WITHHELD = frozenset({"Confidentiel (secret statistique)", "Secret statistique", "secret statistique"})


@dataclass(frozen=True)
class Column:
    """One column of a table: its index on the sheet and its labels from top to bottom."""

    index: int
    path: tuple[str, ...]

    @property
    def letter(self) -> str:
        """Letters of the column."""
        return column_letter(self.index)

    @property
    def label(self) -> str:
        """Labels joined for a reader."""
        return " › ".join(self.path) or "sans intitulé"


# Most numbers of a text file are written so: they are read at once.
PLAIN_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")
_PLAIN_LINE = re.compile(f"^{PLAIN_NUMBER.pattern}$", re.MULTILINE)
Floats = NDArray[np.float64]
_NUMBER_TYPES = frozenset({float, int})


@dataclass(frozen=True)
class Cells:
    """Cells of the records in one column, merges filled: what is asked of them all is asked once.

    Attributes
    ----------
    cells : list
    is_text_file : bool
        Whether all of them are texts: numbers are then those that are written without anything else.
    """

    cells: list[Cell]
    is_text_file: bool

    @cached_property
    def numbers(self) -> Floats:
        """Plain numbers; NaN for all else."""
        return plain_numbers(self.cells, is_text_file=self.is_text_file)

    @cached_property
    def odd(self) -> list[int]:
        """Positions of the cells that are no plain number."""
        found: list[int] = np.flatnonzero(np.isnan(self.numbers)).tolist()
        return found

    @cached_property
    def texts(self) -> list[str]:
        """Text of each cell, blanks collapsed."""
        texts = {cell: clean_text(cell) for cell in set(self.cells)}
        return [texts[cell] for cell in self.cells]


def plain_numbers(cells: Sequence[Cell], *, is_text_file: bool) -> Floats:
    """Numbers that some cells store or, in a text file, write without anything else; NaN for all else.

    Examples
    --------
    >>> plain_numbers([12.0, "3", None], is_text_file=False), plain_numbers(["1,5", "nd"], is_text_file=True)
    (array([12., nan, nan]), array([1.5, nan]))
    """
    if is_text_file:
        # all at once: a part of a text of several lines is found too, and asked for by no cell
        found = _PLAIN_LINE.findall("\n".join(cell for cell in set(cells) if isinstance(cell, str)))
        numbers = map(float, "\n".join(found).replace(",", ".").split("\n")) if found else ()
        written: dict[Cell, float] = dict(zip(found, numbers, strict=True))
        # nothing, where a text is no number, is read as NaN
        return np.array(list(map(written.get, cells)), np.float64)
    # each pass over the cells costs what memory costs: their types are listed once
    kinds = list(map(type, cells))
    distinct = set(kinds)
    if distinct.isdisjoint(_NUMBER_TYPES):
        return np.full(len(cells), np.nan)
    plain: list[Cell] = list(cells)
    for kind in distinct - _NUMBER_TYPES:
        for position in _positions(kind, kinds):
            plain[position] = np.nan
    return np.fromiter(plain, np.float64, len(plain))


def _positions(sought: object, items: Sequence[object]) -> Iterator[int]:
    position = -1
    # the list is searched many times faster than its items are looked at one by one
    for _ in range(items.count(sought)):
        position = items.index(sought, position + 1)
        yield position


@dataclass(frozen=True)
class Table:
    """A table found on a sheet; rows are those of the sheet.

    Attributes
    ----------
    header_rows : tuple of int
        Empty for a block of data without any header: its columns have no path.
    body_rows, total_rows, title_rows, note_rows : tuple of int
        Records, totals and sub-totals, texts above and below.
    columns : tuple of Column
        Columns that bear a label or a value.
    filled : dict
        Place → value of the merged range that covers it, in the body.
    titles, notes : tuple of str
        Texts above and below.
    repeated_rows : tuple of int
        Header, title or page lines printed again inside the body.
    section_rows : tuple of int
        Lone headings that part the body (a canton above its communes).
    spread : tuple of Range
        Header cells from a label to the last one that it is spread over without a merge, or seems to be.
    bare : dict
        Place → label without the mark of the note that it calls.
    """

    sheet: Sheet
    header_rows: tuple[int, ...]
    body_rows: tuple[int, ...]
    total_rows: tuple[int, ...]
    columns: tuple[Column, ...]
    filled: dict[Place, Cell]
    title_rows: tuple[int, ...] = ()
    note_rows: tuple[int, ...] = ()
    titles: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    repeated_rows: tuple[int, ...] = ()
    section_rows: tuple[int, ...] = ()
    spread: tuple[Range, ...] = ()
    bare: dict[Place, str] = field(default_factory=dict)

    def cell(self, row: int, column: int) -> Cell:
        """Value at a place: merges filled inside their range only, labels without the marks of notes."""
        place = (row, column)
        if place in self.bare:
            return self.bare[place]
        return self.filled[place] if place in self.filled else self.sheet.cell(row, column)

    def column(self, index: int) -> Cells:
        """Cells of the records in one column."""
        return self._columns[index - 1]

    def cells_of(self, index: int, rows: Sequence[int]) -> list[Cell]:
        """Cells of some rows in one column: merges filled, labels with the marks of their notes."""
        cells = self.stored(index, rows)
        if self.filled:
            cells = [self.filled.get((row, index), cell) for row, cell in zip(rows, cells, strict=True)]
        return cells

    def stored(self, index: int, rows: Sequence[int]) -> list[Cell]:
        """Cells of some rows in one column as the sheet holds them."""
        return [line[index - 1] if len(line) >= index else None for line in self.lines(rows)]

    def lines(self, rows: Sequence[int]) -> list[list[Cell]]:
        """Whole rows of the sheet."""
        every = self.sheet.rows
        is_run = bool(rows) and rows[-1] - rows[0] == len(rows) - 1
        return every[rows[0] - 1 : rows[-1]] if is_run else [every[row - 1] for row in rows]

    @cached_property
    def _columns(self) -> list[Cells]:
        """Cells of the records, column by column, from the first column of the sheet on."""
        lines, width = self.lines(self.body_rows), self.columns[-1].index
        # row by row, as the cells stand in memory
        columns: list[list[Cell]] = [list(cells) for cells in zip(*_of_width(lines, width), strict=True)]
        columns = columns or [[] for _ in range(width)]
        for (row, column), cell in self._filled_records():
            columns[column][row] = cell
        return [Cells(cells, self.is_text_file) for cells in columns]

    @property
    def is_text_file(self) -> bool:
        """Whether every cell is a text, numbers included."""
        return self.sheet.name is None

    def _filled_records(self) -> Iterator[tuple[Place, Cell]]:
        """Merged cells among the records: their position in the arrays, and their value."""
        positions = {row: position for position, row in enumerate(self.body_rows)} if self.filled else {}
        for (row, column), cell in self.filled.items():
            if row in positions and column <= self.columns[-1].index:
                yield (positions[row], column - 1), cell

    def repeats(self, row: int, column: int) -> bool:
        """Say whether a place only repeats the value of a merged cell that begins above or before it."""
        return (row, column) in self.filled

    @property
    def range(self) -> str:
        """Addresses from the first header cell to the last body or total cell."""
        rows = (*self.header_rows, *self.body_rows, *self.total_rows)
        letters = [column.letter for column in self.columns]
        return f"{letters[0]}{min(rows)}:{letters[-1]}{max(rows)}"

    @property
    def first_row(self) -> int:
        """First row of the range: the header's, or the first record where there is no header."""
        return min((*self.header_rows, *self.body_rows, *self.total_rows))

    @property
    def first_data_row(self) -> int | None:
        """First record, leading totals left out; None without records."""
        return self.body_rows[0] if self.body_rows else None

    @property
    def last_data_row(self) -> int | None:
        """Last record, trailing totals left out; None without records."""
        return self.body_rows[-1] if self.body_rows else None

    @property
    def n_data_rows(self) -> int:
        """Records, without totals, notes, headings, blank or repeated header rows."""
        return len(self.body_rows)

    @property
    def total_labels(self) -> tuple[str, ...]:
        """Label of each total row."""
        return tuple(label_of_total(self._texts(row)) for row in self.total_rows)

    @property
    def summing_rows(self) -> tuple[int, ...]:
        """Totals that add up records, without those that only go with the last: last year's, its share."""
        labels = dict(zip(self.total_rows, self.total_labels, strict=True))
        return tuple(
            row
            for row, label in labels.items()
            if not is_beside_total(label) and not is_of_another_year(label, labels.get(row - 1, ""))
        )

    @cached_property
    def withholding_columns(self) -> tuple[int, ...]:
        """Columns of words that say of a row that its numbers are withheld."""
        if WITHHELD.isdisjoint(self.sheet.texts):
            return ()
        distinct = {column.index: set(self.column(column.index).cells) for column in self.columns}
        said = {index: cells for index, cells in distinct.items() if not WITHHELD.isdisjoint(cells)}
        return tuple(index for index, cells in said.items() if not any(map(_has_figures, cells)))

    def _texts(self, row: int) -> list[str]:
        cells = (self.sheet.cell(row, column.index) for column in self.columns)
        return [cell for cell in cells if isinstance(cell, str) and not is_blank(cell)]


def _has_figures(cell: Cell) -> bool:
    return any(map(str.isdigit, cell)) if isinstance(cell, str) else cell is not None


def _of_width(lines: list[list[Cell]], width: int) -> list[list[Cell]]:
    if set(map(len, lines)) <= {width}:
        return lines
    return [line[:width] + [None] * (width - len(line)) for line in lines]


@dataclass(frozen=True)
class Layout:
    """What a sheet is: its tables, or why it holds none.

    Attributes
    ----------
    reason : str
        ``contents``, ``documentation`` or ``layout`` (nothing to read) where the sheet is no data.
    """

    tables: tuple[Table, ...]
    is_data: bool
    reason: str = ""

    @property
    def why(self) -> str:
        """French words for the reason."""
        return {"contents": "sommaire", "layout": "feuille vide"}.get(self.reason, self.reason)
