"""What a cell of the workbook holds: a number and its format, a text, a day, or why there is no number."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from sdsf_analysis.figures.territory_grid import measured
from sdsf_analysis.model.french import NO_VALUE

Row = Mapping[Any, Any]
PER_CENT, POINTS, EUROS, YEAR = "%", "points", "€", "année"
# short enough for a cell; the sheet of contents says them in full
WORDS = {
    "secret": "secret",
    "masked": "masqué",
    "missing": NO_VALUE,
    "not_significant": "non significatif",
    "not_applicable": "sans objet",
    "error": "erreur",
}
_INDEX = ("indice", "de 0", "rapport")
_PERSONS = ("enfants", "habitants", "personnes", "familles")
_MANY, _FEW_EUROS = 10, 10
_MOST_DECIMALS = 3
# beyond it two machines may differ
_DIGITS = 6


@dataclass(frozen=True)
class Cell:
    """One cell: its value, the number format that Excel shows it in, whether it says that none is known."""

    value: float | str | date | bool | None
    form: str = ""
    is_status: bool = False


def text_cell(value: object) -> Cell:
    """Cell of a text, a yes or no, a day; empty for nothing.

    Examples
    --------
    >>> text_cell(True).value, text_cell(None).value, text_cell("=1+1").value
    ('oui', None, '=1+1')
    """
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and np.isnan(value)):
        return Cell(None)
    if isinstance(value, bool | np.bool_):
        return Cell("oui" if value else "non")
    if isinstance(value, pd.Timestamp):
        return Cell(value.date(), "dd/mm/yyyy")
    return Cell(value, "dd/mm/yyyy") if isinstance(value, date) else Cell(str(value))


def quantity_cell(row: Row, unit: str, form: str) -> Cell:
    """Cell of a measure: its value, else its bounds or, in words, why there is none.

    Parameters
    ----------
    row : mapping
        value, status, low, high.
    unit : str
    form : str
        Number format of its column; a share has its own, see `share_form`.

    Examples
    --------
    >>> row = {"value": float("nan"), "status": "missing", "low": 12.0, "high": float("nan")}
    >>> quantity_cell(row, "places", "#,##0").value
    'au moins 12'
    >>> quantity_cell(row | {"value": 60.9, "status": "known"}, "%", "")
    Cell(value=0.609, form='0.0 %', is_status=False)
    """
    value = _number(row["value"])
    if value is not None:
        return number_cell(value, unit, form)
    return Cell(unknown_words(row, unit), is_status=True)


def number_cell(value: float, unit: str, form: str) -> Cell:
    """Cell of a number; a percentage is one for Excel too.

    Examples
    --------
    >>> number_cell(99.98, "%", "")
    Cell(value=0.9998, form='0.00 %', is_status=False)
    """
    if unit == PER_CENT:
        return Cell(round(value / 100, _DIGITS + 2), share_form(value))
    return Cell(round(value, _DIGITS), form)


def unknown_words(row: Row, unit: str) -> str:
    """Say what is known of a number that is not: its bounds, else its status.

    Examples
    --------
    >>> unknown_words({"status": "secret", "low": 3.0, "high": 7.0}, "places")
    'entre 3 et 7'
    >>> unknown_words({"status": "secret", "low": None, "high": None}, "places")
    'secret'
    """
    low, high = _number(row["low"]), _number(row["high"])
    if low is not None and high is not None:
        return f"entre {measured(low, unit)} et {measured(high, unit)}"
    if low is not None and low > 0:
        return f"au moins {measured(low, unit)}"
    if high is not None:
        return f"au plus {measured(high, unit)}"
    return WORDS.get(str(row["status"]), NO_VALUE)


def share_form(value: float) -> str:
    """Number format of a share in per cent: what is not quite nothing or everything never reads 0 or 100.

    Examples
    --------
    >>> share_form(60.93), share_form(100.0), share_form(99.98)
    ('0.0 %', '0.0 %', '0.00 %')
    """
    value, decimals = round(value, _DIGITS), 1
    while decimals < _MOST_DECIMALS and value not in (0, 100) and round(value, decimals) in (0, 100):
        decimals += 1
    return f"0.{'0' * decimals} %"


def column_form(values: Iterable[float], unit: str) -> str:
    """Number format of a column, the same for all its numbers.

    Examples
    --------
    >>> column_form([12.0, 7.0], "places"), column_form([12.5], "places"), column_form([486.5], "enfants")
    ('#,##0', '#,##0.0', '#,##0')
    >>> column_form([181.1], "€ par enfant"), column_form([2023.0], "année"), column_form([1.5], "points")
    ('#,##0 "€"', '0', '+#,##0.0;-#,##0.0;0.0')
    """
    known = [abs(float(value)) for value in values if not pd.isna(value)]
    are_whole = all(value.is_integer() for value in known)
    most = max(known, default=0)
    if unit == YEAR:
        return "0"
    if unit == POINTS:
        return "+#,##0.0;-#,##0.0;0.0"
    if unit.startswith(EUROS):
        return '#,##0 "€"' if are_whole or most >= _FEW_EUROS else '#,##0.00 "€"'
    if unit.startswith(_INDEX):
        return "0.000"
    if unit == "ETP" or "pour 100" in unit:
        return "#,##0.0"
    is_count = are_whole or (unit in _PERSONS and most >= _MANY)
    return "#,##0" if is_count else "#,##0.0"


def _number(value: object) -> float | None:
    return None if value is None or pd.isna(value) else float(value)  # type: ignore[call-overload, arg-type]
