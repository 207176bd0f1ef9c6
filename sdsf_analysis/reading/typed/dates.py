"""Dates in cells and in texts: stored, in figures or in French words, with their day or without it."""

import re
from datetime import date, datetime, timedelta

from sdsf_analysis.model.french import MONTHS
from sdsf_analysis.reading.text import is_blank, normalise

_MONTHS = tuple(normalise(month) for month in MONTHS)
_DATE_FORMATS = (
    *("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d", "%Y/%m/%d"),
    *("%d/%m/%y", "%d-%m-%y", "%d.%m.%y"),
)
# An hour may follow the day, as portals write it: « 2021-01-01T00:00:00+00:00 », « 20/12/2023 12:00 ».
_LOOKS_DATED = re.compile(
    r"(\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4})(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
)
_ISO_MONTH = re.compile(r"(?:19|20)\d{2}-(?:0[1-9]|1[0-2])")
_DATE_IN_WORDS = re.compile(r"(\d{1,2})(?:er)? (\w+) (\d{4})")
_WEEKDAY = re.compile(r"^(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|le) ")
_MONTH_IN_WORDS = re.compile(r"([a-z]{3,9}) (\d{4}|\d{2})")
_MONTH_IN_FIGURES = re.compile(r"(\d{1,2})[/-](\d{4}|\d{2})|((?:19|20)\d{2})-(\d{2})")
_QUARTER = re.compile(
    r"(?:t|trim |trimestre )?([1-4])(?:er|e|eme)? ?(?:t |trim |trimestre )?((?:19|20)\d{2})"
)
_HAS_QUARTER = re.compile(r"\bt ?[1-4]\b|[1-4] ?t\b|trim", re.IGNORECASE)
_SHORTEST_MONTH = 3
_PIVOT_YEAR = 70
# Days that Excel counts from its own origin: those of 1990 to 2059, which no count of places reaches.
_FIRST_SERIAL, _LAST_SERIAL = 32_874, 58_439
_ORIGIN = date(1899, 12, 30)


def read_date(cell: object) -> tuple[date | None, str]:
    """Read one cell as a date; the second item is the code of the problem raised, empty for none.

    Examples
    --------
    >>> read_date("31 décembre 2024")
    (datetime.date(2024, 12, 31), 'date_as_text')
    >>> read_date(45292.0)
    (datetime.date(2024, 1, 1), 'date_as_serial')
    >>> read_date("bientôt")
    (None, 'value_refused')
    """
    if isinstance(cell, datetime):
        return cell.date(), ""
    if isinstance(cell, date):
        return cell, ""
    if is_blank(cell):
        return None, ""
    if found := _from_serial(cell):
        return found, "date_as_serial"
    found = find_date(cell, whole=True) if isinstance(cell, str) else None
    return (found, "date_as_text") if found else (None, "value_refused")


def is_serial(cell: object) -> bool:
    """Say whether a cell may be a date that Excel shows as the number of its day, from 1990 to 2059.

    Examples
    --------
    >>> is_serial(45292.0), is_serial("45292"), is_serial(2024)
    (True, True, False)
    """
    return _from_serial(cell) is not None


def _from_serial(cell: object) -> date | None:
    """Date that Excel shows as the number of its day; with decimals it is no day."""
    if isinstance(cell, str):
        cell = int(cell) if re.fullmatch(r"\d{5}", cell.strip()) else None
    if not isinstance(cell, int | float) or not _FIRST_SERIAL <= cell <= _LAST_SERIAL:
        return None
    return _ORIGIN + timedelta(days=int(cell)) if cell == int(cell) else None


def find_date(text: str, *, whole: bool = False) -> date | None:
    """Find a date in figures or in words within a text, or as the whole of it.

    Examples
    --------
    >>> find_date("Suivi des CTG, situation au 31/12/2024 (données fictives)")
    datetime.date(2024, 12, 31)
    """
    candidates = [text.strip()] if whole else re.findall(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}", text)
    for candidate in candidates:
        dated = _LOOKS_DATED.fullmatch(candidate)
        day, forms = (dated[1], _DATE_FORMATS) if dated else ("", ())
        for form in forms:
            try:
                return datetime.strptime(day, form).date()  # noqa: DTZ007
            except ValueError:
                continue
    return _date_in_words(normalise(text), whole=whole)


def _date_in_words(text: str, *, whole: bool) -> date | None:
    if not whole and not any(month in text for month in _MONTHS):
        return None
    match = _DATE_IN_WORDS.fullmatch(_WEEKDAY.sub("", text)) if whole else _DATE_IN_WORDS.search(text)
    month = _month_named(match[2]) if match else 0
    if not match or not month:
        return None
    try:
        return date(int(match[3]), month, int(match[1]))
    except ValueError:
        return None


def read_month(text: str) -> str:
    """Month or quarter that a text gives without its day, in ISO form; empty where it gives none.

    A month keeps no day, since none is written: « juin-20 » is 2020-06, a quarter is its first month.

    Examples
    --------
    >>> read_month("juin-20*"), read_month("janv.-24"), read_month("06/24"), read_month("T1 2024")
    ('2020-06', '2024-01', '2024-06', '2024-01')
    >>> read_month("2023-2024"), read_month("3-5"), read_month("mai")
    ('', '', '')
    """
    plain = normalise(text)
    if (words := _MONTH_IN_WORDS.fullmatch(plain)) and (month := _month_named(words[1])):
        return _iso_month(words[2], month)
    if figures := _MONTH_IN_FIGURES.fullmatch(text.strip().rstrip("*")):
        return _iso_month(figures[2] or figures[3], int(figures[1] or figures[4]))
    if _HAS_QUARTER.search(text) and (quarter := _QUARTER.fullmatch(plain)):
        return _iso_month(quarter[2], 3 * int(quarter[1]) - 2)
    return ""


def is_iso_month(text: str) -> bool:
    """Say whether a text is a month as statistical series write it, which no day was taken from.

    Examples
    --------
    >>> is_iso_month("2018-12"), is_iso_month("juin-20"), is_iso_month("2018-13")
    (True, False, False)
    """
    return _ISO_MONTH.fullmatch(text.strip()) is not None


def _month_named(word: str) -> int:
    """Number of a month by its name or an abbreviation that no other month shares, zero for none."""
    found = [number for number, name in enumerate(_MONTHS, start=1) if name.startswith(word)]
    short = {"janv": 1, "fevr": 2, "avr": 4, "juil": 7, "jul": 7, "sept": 9}
    return short.get(word) or (found[0] if len(found) == 1 and len(word) >= _SHORTEST_MONTH else 0)


def _iso_month(year: str, month: int) -> str:
    full = int(year) + (0 if len(year) == 4 else 1900 if int(year) >= _PIVOT_YEAR else 2000)
    return f"{full}-{month:02d}" if 1 <= month <= 12 else ""
