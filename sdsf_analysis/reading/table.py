"""What a sheet holds once laid out: its tables, their columns, and the rows of each kind."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sdsf_analysis.reading.layouts.totals import label_of_total
from sdsf_analysis.reading.sheet import Cell, Place, Range, Sheet
from sdsf_analysis.reading.text import column_letter, is_blank


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
Floats = NDArray[np.float64]
Objects = NDArray[Any]


class Cells(NamedTuple):
    """Cells of the records in one column, merges filled; their plain numbers, and where they are none."""

    cells: list[Cell]
    numbers: Floats
    odd: list[int]


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
        numbers = self.numbers[:, index - 1]
        return Cells(self._cells[index - 1].tolist(), numbers, np.flatnonzero(np.isnan(numbers)).tolist())

    def cells_of(self, index: int, rows: Sequence[int]) -> list[Cell]:
        """Cells of some rows in one column: merges filled, labels with the marks of their notes."""
        cells = [line[index - 1] if len(line) >= index else None for line in self.lines(rows)]
        if self.filled:
            cells = [self.filled.get((row, index), cell) for row, cell in zip(rows, cells, strict=True)]
        return cells

    def lines(self, rows: Sequence[int]) -> list[list[Cell]]:
        """Whole rows of the sheet."""
        every = self.sheet.rows
        is_run = bool(rows) and rows[-1] - rows[0] == len(rows) - 1
        return every[rows[0] - 1 : rows[-1]] if is_run else [every[row - 1] for row in rows]

    @cached_property
    def numbers(self) -> Floats:
        """Plain numbers of the records, a column of the array for each of the sheet; NaN for all else.

        A number is stored as one or, in a text file, written without anything else.
        """
        numbers = self.numbers_of(self.body_rows)
        for (row, column), cell in self._filled_records():
            numbers[row, column] = self._plain([[cell]])[0][0]
        return numbers

    def numbers_of(self, rows: Sequence[int]) -> Floats:
        """Plain numbers of some rows, merges not filled."""
        width = self.columns[-1].index
        # row by row, as the cells stand in memory
        numbers = self._plain(_of_width(self.lines(rows), width))
        return np.array(numbers, np.float64).reshape(len(rows), width)

    def _plain(self, lines: list[list[Cell]]) -> list[list[float]]:
        if self.sheet.name is None:
            written, nan = self._written, np.nan
            return [[written.get(cell, nan) for cell in line] for line in lines]
        return [
            [cell if type(cell) is float or type(cell) is int else np.nan for cell in line] for line in lines
        ]

    @cached_property
    def _written(self) -> dict[Cell, float]:
        """Numbers that the texts of the sheet write, each read once."""
        return {t: float(t.replace(",", ".")) for t in self.sheet.texts if PLAIN_NUMBER.fullmatch(t)}

    @cached_property
    def _cells(self) -> Objects:
        """Cells of the records, column by column."""
        lines, width = self.lines(self.body_rows), self.columns[-1].index
        cells = np.array(_of_width(lines, width), dtype=object).reshape(len(lines), width).T.copy()
        for (row, column), cell in self._filled_records():
            cells[column, row] = cell
        return cells

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

    def _texts(self, row: int) -> list[str]:
        cells = (self.sheet.cell(row, column.index) for column in self.columns)
        return [cell for cell in cells if isinstance(cell, str) and not is_blank(cell)]


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
