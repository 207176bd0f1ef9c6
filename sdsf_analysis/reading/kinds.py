"""The cells of a table, typed: one by one, or a column at once."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple, cast

from sdsf_analysis.reading.sheet import Cell
from sdsf_analysis.reading.table import Cells, Table
from sdsf_analysis.reading.typed.columns import column_kinds
from sdsf_analysis.reading.typed.readers import (
    CellReading,
    Value,
    doubt_of_scale,
    is_stored_number,
    is_withheld,
    read_by_kind,
    read_free,
    read_masked,
    speaks_of_withholding,
    traits_of,
)
from sdsf_analysis.reading.values import Legend

__all__ = ["CellReading", "ColumnReading", "Value", "column_kinds", "read_cell", "read_column"]

_LONGEST_SIGN = 4
# Long texts that are no texts: the errors of formulas, and signs said in full.
_SIGN_WORDS = re.compile(
    r"err:|formule sans|non |sans |en attente|secret|confid|donnée|indispo|résultat |à |n/?[adcrs] ?[-–:]",
    re.IGNORECASE,
)


class ColumnReading(NamedTuple):
    """The records of one column, typed at once.

    Attributes
    ----------
    values : list
        One value per record, as in `CellReading`.
    others : dict
        Row → reading of the cells that say more than their value: statuses, bounds, doubts.
    """

    values: list[Value]
    others: dict[int, CellReading]


def read_cell(
    table: Table, row: int, column: int, column_kind: str, legend: Legend | None = None
) -> CellReading:
    """Read one cell of a table.

    Parameters
    ----------
    table : Table
    row, column : int
        Place on the sheet, 1-based.
    column_kind : str
        Kind of the column, as `column_kinds` gives it.
    legend : dict, optional
        Meaning of the marks by the file's own legend.

    Examples
    --------
    >>> from sdsf_analysis.reading.layout import find_tables
    >>> from sdsf_analysis.reading.sheet import Sheet
    >>> table, = find_tables(Sheet("Offre", [["Commune", "Places"], ["Gex", "1 250*"], ["Thoiry", "<5"]]))
    >>> read_cell(table, 2, 2, "number")
    CellReading(raw='1 250*', kind='number', value=1250.0, low=None, high=None, code='note_mark')
    >>> read_cell(table, 3, 2, "number")
    CellReading(raw='<5', kind='secret', value=None, low=0.0, high=4.0, code='')
    """
    raw = table.sheet.cell(row, column)
    if (row, column) in table.sheet.marks.masked:
        return read_masked(raw, column_kind, legend)
    if row in table.header_rows or row in table.repeated_rows:
        return read_free(raw)
    cell = table.cell(row, column)
    read = read_by_kind(cell, column_kind, legend)
    marks = table.sheet.marks
    if read.kind == "number" and (row, column) in marks.percents and is_stored_number(cell):
        read = read._replace(kind="percent")
    elif read.kind == "empty" and column_kind in ("number", "percent") and is_withheld(table, row):
        return CellReading(raw, "secret")
    elif read.code == "value_refused" and row in table.total_rows:
        read = read_free(cell)
    doubt = doubt_of_scale(cell, column_kind, is_shown_percent=(row, column) in marks.percents)
    # every number of a text file is a text
    is_usual = table.sheet.name is None and read.code in ("number_as_text", "date_as_text")
    return read._replace(raw=raw, code=doubt or ("" if is_usual else read.code))


def read_column(table: Table, column: int, column_kind: str, legend: Legend | None = None) -> ColumnReading:
    """Read the records of one column at once: each text that repeats is understood once.

    Parameters
    ----------
    table, column, column_kind, legend
        As in `read_cell`.

    Examples
    --------
    >>> from sdsf_analysis.reading.layout import find_tables
    >>> from sdsf_analysis.reading.sheet import Sheet
    >>> rows = [["Commune", "Places"], ["Gex", 12.0], ["Thoiry", "nd"], ["Divonne", 3.0]]
    >>> table, = find_tables(Sheet("Offre", rows))
    >>> reading = read_column(table, 2, "number")
    >>> reading.values, reading.others[3].kind
    ([12.0, None, 3.0], 'missing')
    """
    gathered = table.column(column)
    cells = gathered.cells
    values, unread = _plain_values(gathered, column_kind)
    apart = _apart(table, column, column_kind)
    known: dict[tuple[type, Cell], CellReading] = {}
    others: dict[int, CellReading] = {}
    withholds = column_kind in ("number", "percent") and speaks_of_withholding(table.sheet)
    for position in _with(unread, table, apart):
        row, cell = table.body_rows[position], cells[position]
        if (cell is None or cell == "") and row not in apart:
            values[position] = None
            if withholds and is_withheld(table, row):
                others[row] = CellReading(cell, "secret")
            continue
        key = None if row in apart else (type(cell), cell)
        read = known.get(key) if key else None
        if read is None:
            read = read_cell(table, row, column, column_kind, legend)
            if key:
                known[key] = read
        values[position] = read.value
        if read.code or read.kind not in (column_kind, "empty"):
            others[row] = read
    return ColumnReading(values, others)


def _with(unread: Sequence[int], table: Table, apart: set[int]) -> Sequence[int]:
    """Positions among the records of the cells that are still to be read, those of some rows included."""
    if not apart:
        return unread
    return sorted({*unread, *(position for position, row in enumerate(table.body_rows) if row in apart)})


def _apart(table: Table, column: int, column_kind: str) -> set[int]:
    """Rows whose cell does not show a number as its column does: masked, or with a percent sign or none."""
    marks = table.sheet.marks
    masked, percents = marks.masked_rows.get(column, set()), marks.percent_rows.get(column, set())
    if column_kind == "percent":
        return masked.union(row for row in table.body_rows if row not in percents)
    return masked.union(percents)


def _plain_values(column: Cells, column_kind: str) -> tuple[list[Value], Sequence[int]]:
    """Values of the cells that are their own value in a column, and the positions of all others."""
    cells, is_text_file = column.cells, column.is_text_file
    traits = traits_of(column_kind)
    is_mixed = traits.scale and (column_kind, traits.scale) != ("percent", "share")
    if is_mixed or traits.separator or column_kind == "date" or (column_kind == "percent" and is_text_file):
        return [None] * len(cells), range(len(cells))
    if column_kind in ("number", "percent"):
        if is_text_file:
            return column.numbers.tolist(), column.odd
        # where all are numbers, the cells are their own values: no second list is kept
        return cast("list[Value]", list(cells) if column.odd else cells), column.odd
    plain = _PLAIN_READERS[column_kind]
    distinct = set(cells)
    known: dict[Cell, Value] = {cell: plain(cell) for cell in distinct if type(cell) is str}
    values = list(map(known.get, cells))
    if len(known) == len(distinct) and None not in known.values():
        return values, ()
    return values, [position for position, value in enumerate(values) if value is None]


def _plain_text(text: str) -> Value:
    is_plain = len(text) > _LONGEST_SIGN and text[0].isalpha() and text[-1] != " " and text.isprintable()
    return text if is_plain and "  " not in text and _SIGN_WORDS.match(text) is None else None


def _plain_code(text: str) -> Value:
    return text if text.isalnum() and text[0].isdigit() and text == text.upper() else None


_PLAIN_READERS: dict[str, Callable[[str], Value]] = {
    "text": _plain_text,
    "code": _plain_code,
}
