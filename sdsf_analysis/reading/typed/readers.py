"""One cell read by the kind of its column: its own kind, its value or its bounds, the doubt it raises."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import NamedTuple, TypeGuard

from sdsf_analysis.model.status import Status
from sdsf_analysis.reading.sheet import Cell, Sheet
from sdsf_analysis.reading.table import WITHHELD, Table
from sdsf_analysis.reading.text import is_blank
from sdsf_analysis.reading.typed.columns import (
    ColumnKind,
    Traits,
    family_of,
    scale_of,
)
from sdsf_analysis.reading.typed.dates import is_iso_month, read_date, read_month
from sdsf_analysis.reading.typed.legends import is_sign_of, sign_among_texts, usual_meaning
from sdsf_analysis.reading.typed.roles import code_text, is_rounded_code
from sdsf_analysis.reading.typed.separators import is_thousand_or_decimal
from sdsf_analysis.reading.values import Legend, Number, clean_text, is_error, measured, read_fte, read_number

Value = str | float | None
_NO_TRAITS = Traits()
_KIND_OF_STATUS = {
    Status.SECRET: "secret",
    Status.MASKED: "secret",
    Status.MISSING: "missing",
    Status.NOT_SIGNIFICANT: "not_significant",
    Status.NOT_APPLICABLE: "not_applicable",
    Status.ERROR: "error",
    Status.KNOWN: "number",
}
_NO_PLACE = frozenset({"xx", "x", "-", "–", "/", "///"})
_LONGEST_SIGN = 4
# « 59 300 »: a postal code, or the number of a commune after its département's.
_SPACED_CODE = re.compile(r"(?:\d{2}|2[ABab]) \d{3}")


class CellReading(NamedTuple):
    """One cell as it is understood.

    Attributes
    ----------
    raw : object
        What the cell holds, or shows where its format hides the value.
    kind : str
        Text, code, number, percent, date, secret, missing, not_significant, not_applicable, error or empty.
    value : str, float or None
        A stored number as it is stored, « 45,7 % » as 45.7, dates in ISO form; null for what is no value.
    low, high : float or None
        Bounds, where the cell gives some.
    code : str
        Code of the problem that the cell raises, empty for none.
    """

    raw: Cell
    kind: str
    value: Value = None
    low: float | None = None
    high: float | None = None
    code: str = ""


def traits_of(column_kind: str) -> Traits:
    """Traits of a column by its kind; none where the kind is a plain text."""
    return column_kind.traits if isinstance(column_kind, ColumnKind) else _NO_TRAITS


def read_masked(shown: Cell, column_kind: str, legend: Legend | None = None) -> CellReading:
    """A value hidden by the format of its cell: what is shown is all that is known."""
    number = read_number(shown, legend)
    if traits_of(column_kind).is_measured:
        number = measured(number, shown)
    return CellReading(
        shown if shown is not None else "", "secret", None, number.low, number.high, "value_masked_by_format"
    )


def read_by_kind(cell: Cell, column_kind: str, legend: Legend | None) -> CellReading:
    """Read a cell by the kind of its column, whatever its place on the sheet."""
    if is_blank(cell):
        return CellReading(cell, "empty")
    if is_error(cell):
        return CellReading(cell, "error", code="value_error")
    if isinstance(cell, bool):
        return CellReading(cell, "text", "VRAI" if cell else "FAUX")
    return _READERS[column_kind](cell, legend, traits_of(column_kind))


def read_free(cell: Cell) -> CellReading:
    """A cell that belongs to no column: a label, or a text in a row of totals."""
    if is_blank(cell):
        return CellReading(cell, "empty")
    if isinstance(cell, date):
        return CellReading(cell, "date", _iso(cell))
    return (
        CellReading(cell, "number", float(cell))
        if is_stored_number(cell)
        else CellReading(cell, "text", clean_text(cell))
    )


def is_stored_number(cell: Cell) -> TypeGuard[int | float]:
    """Say whether a cell holds a number itself, not a text that shows one."""
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def _iso(day: date) -> str:
    if isinstance(day, datetime) and (day.hour or day.minute or day.second):
        return day.isoformat()
    return day.isoformat()[:10]


def is_withheld(table: Table, row: int) -> bool:
    """Say whether a row says in full that its numbers are withheld."""
    return any(table.sheet.cell(row, column) in WITHHELD for column in table.withholding_columns)


def speaks_of_withholding(sheet: Sheet) -> bool:
    """Say whether some row of a sheet says in full that its numbers are withheld."""
    return not WITHHELD.isdisjoint(sheet.texts)


def _read_as_text(cell: Cell, legend: Legend | None, traits: Traits) -> CellReading:
    if isinstance(cell, date):
        if traits.is_ages:
            return CellReading(cell, "error", code="age_band_as_date")
        return CellReading(cell, "date", _iso(cell))
    if is_stored_number(cell):
        return _of_number(cell, read_number(cell))
    text = clean_text(cell)
    if status := sign_among_texts(text):
        code = (
            "" if (legend and text.casefold() in legend) or len(text) > _LONGEST_SIGN else "mark_unexplained"
        )
        return CellReading(cell, _KIND_OF_STATUS[(legend or {}).get(text.casefold(), status)], code=code)
    return CellReading(cell, "text", text)


def _read_as_code(cell: Cell, legend: Legend | None, traits: Traits) -> CellReading:
    text = clean_text(cell)
    code = code_text(cell)
    if text.casefold() in _NO_PLACE:
        return CellReading(cell, "not_applicable")
    if not any(c.isdigit() for c in text) and ((legend and text.casefold() in legend) or usual_meaning(text)):
        return _of_number(cell, read_number(cell, legend))
    if code:
        return CellReading(cell, "code", code, code=_repair_of_code(cell, text, code, traits))
    if isinstance(cell, str):
        return _read_odd_code(cell, text)
    if is_stored_number(cell) and traits.role == "other":
        return CellReading(cell, "code", f"{cell:.12g}")
    return _refused(cell)


def _read_odd_code(cell: Cell, text: str) -> CellReading:
    """A text that no code is written as: cut in two, without its last digits, or a word."""
    if _SPACED_CODE.fullmatch(text):
        return CellReading(cell, "code", text.replace(" ", "").upper(), code="code_spaced")
    return (
        CellReading(cell, "error", code="code_rounded")
        if is_rounded_code(text)
        else CellReading(cell, "text", text)
    )


def _repair_of_code(cell: Cell, text: str, code: str, traits: Traits) -> str:
    """Code of the problem of a code written otherwise; those of places are checked with the reference."""
    if not isinstance(cell, str) or text.casefold() == code.casefold():
        return ""
    if " " in text:
        return "code_spaced"
    return "" if traits.role in ("commune", "departement") else "code_as_float"


def _refused(cell: Cell) -> CellReading:
    return CellReading(cell, "error", code="value_refused")


def _read_as_number(cell: Cell, legend: Legend | None, traits: Traits) -> CellReading:
    if isinstance(cell, str) and traits.separator and is_thousand_or_decimal(cell, traits.separator):
        return CellReading(cell, "error", code="number_doubtful")
    number = read_number(cell, legend)
    if traits.is_fte and not number.percent:
        number = read_fte(cell, legend)
    return _of_number(cell, measured(number, cell) if traits.is_measured else number)


def _read_as_rate(cell: Cell, legend: Legend | None, traits: Traits) -> CellReading:
    """A rate: the count that a sign bounds by the legend is another quantity."""
    read = _read_as_number(cell, legend, traits)
    is_bounded = read.low is not None or read.high is not None
    return read._replace(low=None, high=None) if is_bounded and is_sign_of(legend, clean_text(cell)) else read


def _of_number(cell: Cell, number: Number) -> CellReading:
    if number.value is not None:
        return CellReading(cell, "percent" if number.percent else "number", number.value, code=number.code)
    return CellReading(cell, _KIND_OF_STATUS[number.status], None, number.low, number.high, number.code)


def _read_as_date(cell: Cell, legend: Legend | None, traits: Traits) -> CellReading:
    if isinstance(cell, date):
        return CellReading(cell, "date", _iso(cell))
    day, code = read_date(cell)
    if day:
        return CellReading(cell, "date", day.isoformat(), code=code)
    if isinstance(cell, str):
        if month := read_month(cell):
            return CellReading(cell, "date", month, code="" if is_iso_month(cell) else "date_without_day")
        if family_of(cell, legend) == "mark":
            return _read_as_number(cell, legend, traits)
    return _refused(cell)


_READERS: dict[str, Callable[[Cell, Legend | None, Traits], CellReading]] = {
    "text": _read_as_text,
    "code": _read_as_code,
    "number": _read_as_number,
    "percent": _read_as_rate,
    "date": _read_as_date,
}


def doubt_of_scale(cell: Cell, column_kind: str, *, is_shown_percent: bool) -> str:
    """« scale_mixed » where a rate is of another scale than most of its column."""
    most = traits_of(column_kind).scale
    if not most:
        return ""
    own = scale_of(cell, is_shown_percent=is_shown_percent)
    is_other = own == "points" if most == "share" else own in ("share", "small")
    return "scale_mixed" if is_other else ""
