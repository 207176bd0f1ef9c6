"""Dates in cells and in texts: stored, in figures or in French words."""

import re
from datetime import date, datetime

from sdsf_analysis.model.french import MONTHS
from sdsf_analysis.reading.text import is_blank, normalise

_MONTHS = tuple(normalise(month) for month in MONTHS)
_DATE_FORMATS = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d", "%Y-%m-%d %H:%M:%S")
_LOOKS_DATED = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}( [\d:]+)?")
_DATE_IN_WORDS = re.compile(r"(\d{1,2})(?:er)? (\w+) (\d{4})")


def read_date(cell: object) -> tuple[date | None, str]:
    """Read one cell as a date; the second item is the code of the problem raised, empty for none.

    Examples
    --------
    >>> read_date("31 décembre 2024")
    (datetime.date(2024, 12, 31), 'date_as_text')
    >>> read_date("bientôt")
    (None, 'value_refused')
    """
    if isinstance(cell, datetime):
        return cell.date(), ""
    if isinstance(cell, date):
        return cell, ""
    if is_blank(cell):
        return None, ""
    if not isinstance(cell, str):
        return None, "value_refused"
    found = find_date(cell, whole=True)
    return (found, "date_as_text") if found else (None, "value_refused")


def find_date(text: str, *, whole: bool = False) -> date | None:
    """Find a date in figures or in words within a text, or as the whole of it.

    Examples
    --------
    >>> find_date("Suivi des CTG, situation au 31/12/2024 (données fictives)")
    datetime.date(2024, 12, 31)
    """
    candidates = [text.strip()] if whole else re.findall(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}", text)
    for candidate in candidates:
        for form in _DATE_FORMATS if _LOOKS_DATED.fullmatch(candidate) else ():
            try:
                return datetime.strptime(candidate, form).date()  # noqa: DTZ007
            except ValueError:
                continue
    return _date_in_words(normalise(text), whole=whole)


def _date_in_words(text: str, *, whole: bool) -> date | None:
    if not any(month in text for month in _MONTHS):
        return None
    match = _DATE_IN_WORDS.fullmatch(text) if whole else _DATE_IN_WORDS.search(text)
    if not match or match[2] not in _MONTHS:
        return None
    try:
        return date(int(match[3]), _MONTHS.index(match[2]) + 1, int(match[1]))
    except ValueError:
        return None
