"""The tables of a sheet: titles, header of one to four rows, body, totals, notes, at their own rows."""

from dataclasses import dataclass
from functools import lru_cache

from sdsf_analysis.model.status import Status
from sdsf_analysis.reading.sheet import Cell, Place, Range, Sheet
from sdsf_analysis.reading.text import column_letter, is_blank, normalise
from sdsf_analysis.reading.values import clean_text, find_date, read_number

MAX_HEADER_ROWS = 4
_TOTAL_WORDS = ("total", "sous total", "ensemble", "totaux")
_NOTE_WORDS = ("source", "note", "lecture", "champ", "nb", "legende", "donnees fictives", "precision")
_NUMERIC_SHARE = 0.5
SENTENCE_WORDS = 4


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
        return " › ".join(self.path)


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
    title_rows: tuple[int, ...]
    note_rows: tuple[int, ...]
    titles: tuple[str, ...]
    notes: tuple[str, ...]
    filled: dict[Place, Cell]

    def cell(self, row: int, column: int) -> Cell:
        """Value at a place, merged ranges filled down."""
        value = self.sheet.cell(row, column)
        return self.filled.get((row, column)) if is_blank(value) else value

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
    """
    return _Scan(sheet).tables()


class _Scan:
    """One pass over the rows of a sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.height = len(sheet.rows)
        self.filled = [
            [c for c, value in enumerate(row, start=1) if not is_blank(value)] for row in sheet.rows
        ]
        self.across = _by_row(m for m in sheet.merged if m.right > m.left)
        self.down = [m for m in sheet.merged if m.bottom > m.top]

    def tables(self) -> list[Table]:
        found: list[Table] = []
        titles: list[int] = []
        row = 1
        while row <= self.height:
            if not self.columns_of(row):
                row += 1
            elif self.starts_header(row):
                table, row = self.read_table(row, titles)
                found.append(table)
                titles = []
            else:
                titles.append(row)
                row += 1
        if found and titles:
            found[-1] = self.with_notes(found[-1], titles)
        return found

    def columns_of(self, row: int) -> list[int]:
        """Columns that show something in a row."""
        return self.filled[row - 1] if row <= self.height else []

    def width(self, row: int) -> int:
        """Columns that a row's cells cover, merged ranges included."""
        covered = set(self.columns_of(row))
        for merged in self.across.get(row, ()):
            covered.update(range(merged.left, merged.right + 1))
        return len(covered)

    def is_lone(self, row: int) -> bool:
        """Say whether a row holds a single text, however wide its merge."""
        return len(self.columns_of(row)) == 1

    def kinds(self, row: int) -> list[str]:
        return [_kind(self.sheet.cell(row, c)) for c in self.columns_of(row)]

    def starts_header(self, row: int) -> bool:
        """Say whether a table's header begins at a row."""
        columns = self.columns_of(row)
        if self.is_lone(row) or any(kind in ("number", "date") for kind in self.kinds(row) if kind != "year"):
            return False
        below = [self.width(r) for r in range(row + 1, min(row + 12, self.height + 1)) if self.columns_of(r)]
        usual = max(below, default=0)
        return (self.width(row) >= 0.6 * usual or self._merges_down(row)) and len(columns) >= 2

    def _merges_down(self, row: int) -> bool:
        return any(m.top == row for m in self.down) and bool(self.across.get(row))

    def header_bottom(self, top: int) -> int:
        """Last row of the header that begins at a row."""
        bottom = max([top, *(m.bottom for m in self.down if m.top == top)])
        while bottom - top + 1 < MAX_HEADER_ROWS and self._continues(bottom):
            bottom += 1
        return min(bottom, self.height)

    def _continues(self, bottom: int) -> bool:
        if self.across.get(bottom) and not self.is_lone(bottom + 1) and self.columns_of(bottom + 1):
            return True
        return self._is_code_row(bottom + 1)

    def _is_code_row(self, row: int) -> bool:
        """A second row of labels: texts over columns of numbers."""
        columns = self.columns_of(row)
        if len(columns) < 2 or any(kind != "text" for kind in self.kinds(row)):
            return False
        numeric = [c for c in columns if self._is_numeric_below(row, c)]
        return len(numeric) >= _NUMERIC_SHARE * len(columns)

    def _is_numeric_below(self, row: int, column: int) -> bool:
        cells = [self.sheet.cell(r, column) for r in range(row + 1, min(row + 20, self.height) + 1)]
        kinds = [_kind(cell) for cell in cells if not is_blank(cell)]
        return bool(kinds) and sum(k in ("number", "year", "mark") for k in kinds) > _NUMERIC_SHARE * len(
            kinds
        )

    def read_table(self, top: int, titles: list[int]) -> tuple[Table, int]:
        bottom = self.header_bottom(top)
        last = self.last_row(bottom)
        rows = [r for r in range(bottom + 1, last + 1) if self.columns_of(r)]
        while rows and (self.is_note(rows[-1]) or self.is_sentence(rows[-1])):
            last = rows.pop() - 1
        columns = self.header(top, bottom, rows)
        labels = [normalise(clean_text(self.sheet.cell(bottom, c.index))) for c in columns]
        rows = [
            r for r in rows if [normalise(clean_text(self.sheet.cell(r, c.index))) for c in columns] != labels
        ]
        totals = tuple(r for r in rows if self.is_total(r))
        table = Table(
            sheet=self.sheet,
            header_rows=tuple(range(top, bottom + 1)),
            body_rows=tuple(r for r in rows if r not in totals),
            total_rows=totals,
            columns=columns,
            title_rows=tuple(titles),
            note_rows=(),
            titles=tuple(self.text(r) for r in titles),
            notes=(),
            filled=self.fill_down(bottom + 1, last),
        )
        following, notes = self.notes_after(last + 1)
        return (self.with_notes(table, notes) if notes else table), following

    def last_row(self, bottom: int) -> int:
        """Last row of a body: blank rows are layout unless a lone text or a new header follows."""
        row = last = bottom
        while row < self.height:
            row += 1
            if not self.columns_of(row):
                continue
            parted = row > last + 1
            if parted and (self.is_lone(row) or self.starts_header(row)):
                break
            last = row
        return last

    def notes_after(self, row: int) -> tuple[int, list[int]]:
        """Lone texts that follow a body and read as notes, and the row after them."""
        notes: list[int] = []
        while row <= self.height:
            if self.columns_of(row):
                if not (self.is_note(row) or (self.is_sentence(row) and not self.columns_of(row + 1))):
                    break
                notes.append(row)
            row += 1
        return row, notes

    def is_note(self, row: int) -> bool:
        if not self.is_lone(row):
            return False
        text = self.text(row).strip()
        return text.startswith(("*", "(")) or normalise(text).startswith(_NOTE_WORDS) or " : " in text

    def is_sentence(self, row: int) -> bool:
        """A lone text of several words at the foot of a body."""
        return self.is_lone(row) and len(self.text(row).split()) >= SENTENCE_WORDS

    def is_total(self, row: int) -> bool:
        first = next((self.sheet.cell(row, c) for c in self.columns_of(row)), None)
        label = normalise(first) if isinstance(first, str) else ""
        return any(label == word or label.startswith(f"{word} ") for word in _TOTAL_WORDS)

    def text(self, row: int) -> str:
        return " ".join(clean_text(self.sheet.cell(row, c)) for c in self.columns_of(row))

    def header(self, top: int, bottom: int, body: list[int]) -> tuple[Column, ...]:
        """Label paths: a merged label stands over every column of its range."""
        spread = {
            (r, c): self.sheet.cell(m.top, m.left)
            for m in self.sheet.merged
            if top <= m.top <= bottom
            for r in range(m.top, min(m.bottom, bottom) + 1)
            for c in range(m.left, m.right + 1)
        }
        indexes = sorted({c for r in (*range(top, bottom + 1), *body[:50]) for c in self.columns_of(r)})
        return tuple(Column(c, self._path(spread, top, bottom, c)) for c in indexes)

    def _path(self, spread: dict[Place, Cell], top: int, bottom: int, column: int) -> tuple[str, ...]:
        path: list[str] = []
        for row in range(top, bottom + 1):
            label = clean_text(spread.get((row, column), self.sheet.cell(row, column)))
            if label and (not path or path[-1] != label):
                path.append(label)
        return tuple(path)

    def fill_down(self, first: int, last: int) -> dict[Place, Cell]:
        """Cells that a vertical merge covers in the body: filled inside the merged range only."""
        return {
            (r, c): self.sheet.cell(m.top, m.left)
            for m in self.down
            if first <= m.top <= last
            for r in range(m.top, m.bottom + 1)
            for c in range(m.left, m.right + 1)
        }

    def with_notes(self, table: Table, rows: list[int]) -> Table:
        changed = {
            "note_rows": (*table.note_rows, *rows),
            "notes": (*table.notes, *(self.text(r) for r in rows)),
        }
        return Table(**{**table.__dict__, **changed})


def _by_row(merged: "object") -> dict[int, list[Range]]:
    rows: dict[int, list[Range]] = {}
    for one in merged:  # type: ignore[attr-defined]
        for row in range(one.top, one.bottom + 1):
            rows.setdefault(row, []).append(one)
    return rows


def _kind(cell: Cell) -> str:
    if isinstance(cell, str):
        return _kind_of_text(cell)
    if isinstance(cell, bool):
        return "text"
    if isinstance(cell, int | float):
        return "year" if 1900 <= cell <= 2100 and float(cell).is_integer() else "number"
    return "date"


@lru_cache(maxsize=50_000)
def _kind_of_text(text: str) -> str:
    number = read_number(text)
    if number.value is not None:
        return "year" if len(text.strip()) == 4 and 1900 <= number.value <= 2100 else "number"
    if number.status is not Status.ERROR or number.code == "value_error":
        return "mark"
    return "date" if find_date(text, whole=True) else "text"
