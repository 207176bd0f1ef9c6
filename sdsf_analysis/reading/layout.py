"""The tables of a sheet: titles, header of one to four rows, body, totals, notes, at their own rows."""

import re
from dataclasses import dataclass, replace
from itertools import dropwhile, takewhile

from sdsf_analysis.reading.header import HeaderScan
from sdsf_analysis.reading.sheet import Cell, Place, Sheet
from sdsf_analysis.reading.text import column_letter, is_blank, normalise
from sdsf_analysis.reading.values import clean_text

_TOTAL_WORDS = ("total", "totaux", "sous total", "sous totaux", "s total")
_WHOLE_WORDS = ("ensemble", "france entiere")
_NOTE_WORDS = ("source", "note", "lecture", "champ", "nb", "legende", "donnees fictives", "precision")
SENTENCE_WORDS = 4
# A total bears its label and, at most, the name of what it adds up.
MAX_TOTAL_TEXTS = 2
# Every total's word holds one of these, however it is spelt: most rows are told apart at once.
_TOTAL_HINT = re.compile("tota|ensemble|france", re.IGNORECASE)


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
    header_rows, body_rows, total_rows, title_rows, note_rows : tuple of int
    columns : tuple of Column
        Columns that bear a label or a value.
    titles, notes : tuple of str
        Texts above and below.
    filled : dict
        Place → text, for cells that a vertical merge covers.
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

    def cell(self, row: int, column: int) -> Cell:
        """Value at a place, merged ranges filled down."""
        value = self.sheet.cell(row, column)
        return self.filled.get((row, column)) if is_blank(value) else value

    def repeats(self, row: int, column: int) -> bool:
        """Say whether a place only repeats the value of a merged cell that begins above or before it."""
        return (row, column) in self.filled and is_blank(self.sheet.cell(row, column))

    @property
    def range(self) -> str:
        """Addresses from the first header cell to the last body or total cell."""
        rows = (*self.header_rows, *self.body_rows, *self.total_rows)
        letters = [column.letter for column in self.columns]
        return f"{letters[0]}{min(rows)}:{letters[-1]}{max(rows)}"


def find_tables(sheet: Sheet) -> list[Table]:
    """Find the tables of a sheet, one under the other.

    A table begins at a wide row of labels and ends before the next one, or before lone texts that a blank
    row parts from it; a lone text above a header is a title, below a body a note.

    Parameters
    ----------
    sheet : Sheet

    Returns
    -------
    list of Table
        Empty for a sheet of documentation.

    Examples
    --------
    >>> rows = [["Suivi 2024"], [], ["Commune", "Places"], ["Gex", 20.0], ["Total", 20.0], ["Source : Caf"]]
    >>> table, = find_tables(Sheet("CTG", rows))
    >>> table.range, table.body_rows, table.total_rows, table.titles, table.notes
    ('A3:B5', (4,), (5,), ('Suivi 2024',), ('Source : Caf',))
    """
    return _Scan(sheet).tables()


class _Scan(HeaderScan):
    """One pass over the rows of a sheet."""

    def tables(self) -> list[Table]:
        """Tables from top to bottom."""
        found: list[Table] = []
        titles: list[int] = []
        row = 1
        while row <= self.height:
            if self.starts_header(row):
                table, row = self._read_table(row)
                found.append(self._titled(table, titles))
                titles = []
            else:
                titles += [row] if self.columns_of(row) else []
                row += 1
        if found and titles:
            found[-1] = self._noted(found[-1], titles)
        return found

    def _read_table(self, top: int) -> tuple[Table, int]:
        """Read the table whose header begins at a row, and give the first row after it and its notes."""
        bottom = self.header_bottom(top)
        last = self._last_row(bottom)
        rows = [r for r in range(bottom + 1, last + 1) if self.columns_of(r)]
        foot = self._foot(rows)
        table = self._table(top, bottom, rows[: len(rows) - len(foot)])
        following, notes = self._notes_after(foot[0] if foot else last + 1)
        return self._noted(table, notes), following

    def _table(self, top: int, bottom: int, rows: list[int]) -> Table:
        columns = tuple(Column(c, path) for c, path in self.header(top, bottom, rows))
        labels = self._words(bottom, columns)
        rows = [row for row in rows if not self._repeats(row, columns, labels)]
        totals = tuple(row for row in rows if self._is_total(row))
        return Table(
            sheet=self.sheet,
            header_rows=tuple(range(top, bottom + 1)),
            body_rows=tuple(row for row in rows if row not in totals),
            total_rows=totals,
            columns=columns,
            filled=self._filled_down(bottom + 1, rows[-1] if rows else bottom),
        )

    def _repeats(self, row: int, columns: tuple[Column, ...], labels: list[str]) -> bool:
        """Say whether a row is the header once more."""
        return self._words(row, columns[:1]) == labels[:1] and self._words(row, columns) == labels

    def _words(self, row: int, columns: tuple[Column, ...]) -> list[str]:
        return [normalise(clean_text(self.sheet.cell(row, column.index))) for column in columns]

    def _last_row(self, bottom: int) -> int:
        """Last row of a body: blank rows are layout unless a lone text or a new header follows."""
        row = last = bottom
        while row < self.height:
            row += 1
            if not self.columns_of(row):
                continue
            is_parted = row > last + 1
            if is_parted and (self.is_lone(row) or self.starts_header(row)):
                break
            last = row
        return last

    def _foot(self, rows: list[int]) -> list[int]:
        """Lone texts that end a body, from the first that reads as a note."""
        lone = list(takewhile(self.is_lone, reversed(rows)))[::-1]
        return list(dropwhile(lambda row: not (self._is_note(row) or self._is_sentence(row)), lone))

    def _notes_after(self, row: int) -> tuple[int, list[int]]:
        """Lone texts that touch a body, or read as notes further down, and the row after them."""
        notes: list[int] = []
        touches = True
        while row <= self.height:
            if not self.columns_of(row):
                touches = False
            elif self._is_note(row) or (self.is_lone(row) and (touches or self._closes(row))):
                notes.append(row)
            else:
                break
            row += 1
        return row, notes

    def _closes(self, row: int) -> bool:
        """Say whether a sentence stands by itself: what is right above a header is its title."""
        return self._is_sentence(row) and not self.columns_of(row + 1)

    def _is_note(self, row: int) -> bool:
        if not self.is_lone(row):
            return False
        text = self._text(row).strip()
        return text.startswith(("*", "(")) or normalise(text).startswith(_NOTE_WORDS) or " : " in text

    def _is_sentence(self, row: int) -> bool:
        """A lone text of several words at the foot of a body."""
        return self.is_lone(row) and len(self._text(row).split()) >= SENTENCE_WORDS

    def _is_total(self, row: int) -> bool:
        """A row led by a total's word that names nothing else: « Ensemble scolaire » runs a service."""
        cells = [self.sheet.cell(row, c) for c in self.columns_of(row)]
        if not any(_TOTAL_HINT.search(cell) for cell in cells if isinstance(cell, str)):
            return False
        texts = [normalise(c) for c, kind in zip(cells, self.kinds(row), strict=True)
                 if isinstance(c, str) and kind == "text"]  # fmt: skip
        if len(texts) > MAX_TOTAL_TEXTS:
            return False
        is_whole = len(texts) == 1 and len(cells) > 1 and texts[0].startswith(_WHOLE_WORDS)
        is_total = bool(texts) and f"{texts[0]} ".startswith(tuple(f"{word} " for word in _TOTAL_WORDS))
        return is_whole or is_total or any(text in _TOTAL_WORDS for text in texts)

    def _text(self, row: int) -> str:
        return " ".join(clean_text(self.sheet.cell(row, c)) for c in self.columns_of(row))

    def _filled_down(self, first: int, last: int) -> dict[Place, Cell]:
        """Cells that a vertical merge covers in the body: filled inside the merged range only."""
        return {
            (r, c): self.sheet.cell(m.top, m.left)
            for m in self.down
            if first <= m.top <= last
            for r in range(m.top, m.bottom + 1)
            for c in range(m.left, m.right + 1)
        }

    def _titled(self, table: Table, rows: list[int]) -> Table:
        return replace(table, title_rows=tuple(rows), titles=tuple(self._text(r) for r in rows))

    def _noted(self, table: Table, rows: list[int]) -> Table:
        notes = (*table.notes, *(self._text(r) for r in rows))
        return replace(table, note_rows=(*table.note_rows, *rows), notes=notes)
