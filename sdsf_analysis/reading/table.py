"""What a sheet holds once laid out: its tables, their columns, and the rows of each kind."""

from dataclasses import dataclass, field

from sdsf_analysis.reading.layouts.totals import label_of_total
from sdsf_analysis.reading.sheet import Cell, Place, Sheet
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
    bare: dict[Place, str] = field(default_factory=dict)

    def cell(self, row: int, column: int) -> Cell:
        """Value at a place: merges filled inside their range only, labels without the marks of notes."""
        place = (row, column)
        if place in self.bare:
            return self.bare[place]
        return self.filled[place] if place in self.filled else self.sheet.cell(row, column)

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
