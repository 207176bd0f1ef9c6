"""Where each cell of a sheet goes: titles, header rows with their merges, rows, notes."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from sdsf_analysis.demo.cells import Cell, Column, Fault, Role, Row, Sheet, Table, as_cell, plain

FILE_WIDE = frozenset({"rows_elsewhere", "encoding_guessed", "situation_from_name"})
FIRST_BEARER = frozenset({"mark_unexplained"})
RECORDS: tuple[Role, ...] = ("body", "closed", "struck")


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell at its place (0-based), over the merged range that ends at ``last_row``, ``last_column``."""

    row: int
    column: int
    cell: Cell
    role: Role
    last_row: int
    last_column: int
    hidden: bool = False

    @property
    def address(self) -> str:
        """Address as a spreadsheet says it.

        Examples
        --------
        >>> Placed(11, 2, Cell(1), "body", 11, 2).address
        'C12'
        """
        return column_letters(self.column) + str(self.row + 1)

    @property
    def is_merged(self) -> bool:
        """Whether the cell covers others."""
        return (self.last_row, self.last_column) != (self.row, self.column)


def column_letters(column: int) -> str:
    """Letters of a 0-based column.

    Examples
    --------
    >>> column_letters(0), column_letters(27)
    ('A', 'AB')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def place(sheet: Sheet) -> list[Placed]:
    """Place every cell of a sheet, from top to bottom.

    Examples
    --------
    >>> table = Table("t", (Column(("Commune",)),), rows=(Row(("Gex",)),))
    >>> [(placed.address, placed.role) for placed in place(Sheet("s", ("Titre",), (table,)))]
    [('A1', 'title'), ('A3', 'header'), ('A4', 'body')]
    """
    below: Role = "title" if sheet.tables else "note"
    placed = [
        _single(row, 0, _said(text), below if row else "title") for row, text in enumerate(sheet.titles)
    ]
    top = len(sheet.titles) + 1 if sheet.titles else 0
    for table in sheet.tables:
        cells = list(_table(table, top))
        placed += cells
        top = max(cell.last_row for cell in cells) + 2
    return placed


def planted(source: str, sheet_name: str, placed: list[Placed]) -> list[tuple[Fault, str]]:
    """Faults that the placed cells carry, each at its address, with the text of the cell; then the looks.

    Parameters
    ----------
    source : str
        Path of the file, relative to ``data/raw``.
    sheet_name : str
        Name of the sheet, empty for a CSV.
    placed : list of Placed
        The cells of the sheet.

    Examples
    --------
    >>> cell = Cell("12*", fault="note_mark")
    >>> planted("pmi.xlsx", "2024", [Placed(4, 2, cell, "body", 4, 2)])[0][0].cell
    'C5'
    """
    carried = [(_fault(source, sheet_name, item), str(item.cell.value)) for item in placed if item.cell.fault]
    return carried + [(Fault(source, sheet_name, *look), "") for look in _looks(placed)]


def _looks(placed: list[Placed]) -> Iterator[tuple[str, str, str]]:
    """Address, code and remark of what a sheet says by its looks alone, or by having no table at all."""
    closed = next((item for item in placed if item.role == "closed"), None)
    if closed:
        yield closed.address, "colour_lost", "structure fermée, en gris"
    struck = [item for item in placed if item.role == "struck" and item.cell.value is not None]
    for _, items in groupby(struck, key=lambda item: item.row):
        row = list(items)
        yield f"{row[0].address}:{row[-1].address}", "text_struck", "structure barrée"
    if any(item.hidden for item in placed):
        yield filter_range(placed), "filter_active", "filtre laissé en place"
    if not any(item.role == "header" for item in placed):
        yield "", "sheet_without_data", "feuille de définitions"


def filter_range(placed: list[Placed]) -> str:
    """Range of the filter of a sheet of one table: its last header row, its records.

    Examples
    --------
    >>> table = Table("t", (Column(("Commune",)),), rows=(Row(("Gex",)), Row(("Ornex",), hidden=True)))
    >>> filter_range(place(Sheet("s", (), (table,))))
    'A1:A3'
    """
    top = max(item.last_row for item in placed if item.role == "header")
    bottom = max(item.row for item in placed if item.role in RECORDS)
    return f"A{top + 1}:{column_letters(max(item.column for item in placed))}{bottom + 1}"


def told_once(faults: list[tuple[Fault, str]]) -> list[Fault]:
    """Keep one fault per file, or per file and mark, where the build reports it once.

    Parameters
    ----------
    faults : list of (Fault, str)
        Faults in reading order, each with the text of its cell.

    Examples
    --------
    >>> first, second = (Fault("msa.xlsx", "s", cell, "mark_unexplained") for cell in ("B4", "C4"))
    >>> [fault.cell for fault in told_once([(first, "nd"), (second, "nd")])]
    ['B4']
    """
    kept: dict[tuple[str, ...], Fault] = {}
    for fault, text in faults:
        place_or_mark = text if fault.code in FIRST_BEARER else f"{fault.sheet}!{fault.cell}"
        kept.setdefault((fault.source, fault.code, place_or_mark), fault)
    return list(kept.values())


def _said(title: str) -> Cell:
    is_school = "année scolaire" in title
    return Cell(title, "", "school_year", "année scolaire dans le titre") if is_school else Cell(title)


def _fault(source: str, sheet_name: str, item: Placed) -> Fault:
    if item.cell.fault in FILE_WIDE:
        return Fault(source, "", "", item.cell.fault, item.cell.remark)
    return Fault(source, sheet_name, item.address, item.cell.fault, item.cell.remark)


def _single(row: int, column: int, cell: Cell, role: Role) -> Placed:
    return Placed(row, column, cell, role, row, column)


def _table(table: Table, top: int) -> Iterator[Placed]:
    if table.heading:
        yield _single(top, 0, Cell(table.heading), "heading")
        top += 1
    yield from _header(table.columns, top)
    first = top + max(len(column.path) for column in table.columns)
    yield from _body(table, first)
    after = first + len(table.rows)
    for index, note in enumerate(table.notes):
        yield _single(after + index, 0, Cell(note), "note")


def _header(columns: tuple[Column, ...], top: int) -> Iterator[Placed]:
    height = max(len(column.path) for column in columns)
    for index, column in enumerate(columns):
        for level, label in enumerate(column.path):
            is_last = level == len(column.path) - 1
            above = column.path[: level + 1]
            if not is_last and index and columns[index - 1].path[: level + 1] == above:
                continue
            right = index if is_last else _end_of_group(columns, index, above)
            bottom = top + (height - 1 if is_last else level)
            yield Placed(top + level, index, Cell(label), "header", bottom, right)


def _end_of_group(columns: tuple[Column, ...], start: int, above: tuple[str, ...]) -> int:
    end = start
    while end + 1 < len(columns) and columns[end + 1].path[: len(above)] == above:
        end += 1
    return end


def _body(table: Table, first: int) -> Iterator[Placed]:
    for offset, row in enumerate(table.rows):
        for index, column in enumerate(table.columns):
            cell = as_cell(row.cells[index])
            last = offset
            if column.merged and row.role == "body" and cell.value is not None:
                if _continues(table.rows, offset, index):
                    continue
                last = _end_of_run(table.rows, offset, index)
            cell = Cell(cell.value, cell.style or column.style, cell.fault, cell.remark)
            yield Placed(first + offset, index, cell, row.role, first + last, index, row.hidden)


def _continues(rows: tuple[Row, ...], offset: int, column: int) -> bool:
    if not offset or rows[offset - 1].role != "body":
        return False
    return plain(rows[offset - 1].cells[column]) == plain(rows[offset].cells[column])


def _end_of_run(rows: tuple[Row, ...], offset: int, column: int) -> int:
    while offset + 1 < len(rows) and rows[offset + 1].role == "body" and _continues(rows, offset + 1, column):
        offset += 1
    return offset
