"""The cells of a table, typed: one by one, or a column at once."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from sdsf_analysis.reading.sheet import Cell, Place
from sdsf_analysis.reading.table import Table
from sdsf_analysis.reading.typed.columns import PLAIN_NUMBER, column_cells, column_kinds
from sdsf_analysis.reading.typed.readers import (
    CellReading,
    Value,
    doubt_of_scale,
    is_stored_number,
    is_withheld,
    read_by_kind,
    read_free,
    read_masked,
    traits_of,
)
from sdsf_analysis.reading.values import Legend

__all__ = ["CellReading", "ColumnReading", "Value", "column_kinds", "read_cell", "read_column"]

_LONGEST_SIGN = 4
# Long texts that are no texts: the errors of formulas, and signs said in full.
_SIGN_WORDS = re.compile(
    r"err:|formule sans|non |sans |en attente|secret|confid|donnée|indispo|à ", re.IGNORECASE
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
        return read_masked(raw)
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
    cells = column_cells(table, column)
    values = _plain_values(cells, column_kind, is_text_file=table.sheet.name is None)
    apart = _apart(table, column, column_kind)
    known: dict[tuple[type, Cell], CellReading] = {}
    others: dict[int, CellReading] = {}
    is_quantity = column_kind in ("number", "percent")
    for position in _positions(table, values, apart):
        row, cell = table.body_rows[position], cells[position]
        if (cell is None or cell == "") and row not in apart:
            if is_quantity and is_withheld(table, row):
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


def _positions(table: Table, values: list[Value], apart: set[int]) -> list[int]:
    """Positions among the records of the cells that are still to be read, one by one."""
    open_positions = [position for position, value in enumerate(values) if value is None]
    if not apart:
        return open_positions
    return sorted({*open_positions, *(i for i, row in enumerate(table.body_rows) if row in apart)})


def _apart(table: Table, column: int, column_kind: str) -> set[int]:
    """Rows whose cell does not show a number as its column does: masked, or with a percent sign or none."""
    masked = {row for row, c in table.sheet.marks.masked if c == column}
    percents = _rows_by_column(table.sheet.marks.percents).get(column, set())
    if column_kind == "percent":
        return masked.union(row for row in table.body_rows if row not in percents)
    return masked.union(percents)


@lru_cache(maxsize=1)
def _rows_by_column(places: frozenset[Place]) -> dict[int, set[int]]:
    rows: dict[int, set[int]] = {}
    for row, column in places:
        rows.setdefault(column, set()).add(row)
    return rows


def _plain_values(cells: list[Cell], column_kind: str, *, is_text_file: bool) -> list[Value]:
    """Values of the cells that are their own value in a column, None for all others."""
    traits = traits_of(column_kind)
    is_mixed = traits.scale and (column_kind, traits.scale) != ("percent", "share")
    if is_mixed or traits.separator or column_kind == "date":
        return [None] * len(cells)
    if column_kind in ("number", "percent") and not is_text_file:
        return [cell if type(cell) is float or type(cell) is int else None for cell in cells]
    plain = _PLAIN_READERS[column_kind]
    known = {cell: plain(cell) for cell in set(cells) if type(cell) is str}
    return [known[cell] if type(cell) is str else None for cell in cells]


def _plain_number(text: str) -> Value:
    return float(text.replace(",", ".")) if PLAIN_NUMBER.fullmatch(text) else None


def _plain_text(text: str) -> Value:
    is_plain = len(text) > _LONGEST_SIGN and text[0].isalpha() and text[-1] != " " and text.isprintable()
    return text if is_plain and "  " not in text and _SIGN_WORDS.match(text) is None else None


def _plain_code(text: str) -> Value:
    return text if text.isalnum() and text[0].isdigit() and text == text.upper() else None


_PLAIN_READERS: dict[str, Callable[[str], Value]] = {
    "number": _plain_number,
    "percent": lambda _: None,
    "text": _plain_text,
    "code": _plain_code,
}
