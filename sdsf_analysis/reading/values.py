"""One cell, one value: numbers with their status and bounds, full-time equivalents, ticks, texts."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from math import isfinite

from sdsf_analysis.model.french import duration
from sdsf_analysis.model.status import Status
from sdsf_analysis.reading.text import is_blank, normalise
from sdsf_analysis.reading.typed.bounds import read_bounds
from sdsf_analysis.reading.typed.legends import MARKS, Legend, bounds_by_legend, read_legend, usual_meaning

__all__ = [
    "MARKS",
    "Legend",
    "Number",
    "clean_text",
    "is_error",
    "measured",
    "read_fte",
    "read_legend",
    "read_number",
    "read_tick",
]

# No-width blanks are left by copies from web pages.
_NOTHING = re.compile("[\u200b\u200c\u200d\u2060\ufeff]")
_ERROR = re.compile(
    r"#(N/A|N/D|(REF|DIV/0|VALUE|VALEUR|NUM|NOMBRE|NULL|NUL|SPILL|CALC|PROPAGATION) ?!)"
    r"|#(NAME|NOM|CHAMP) ?\?|#{3,}"
    r"|Err:\d+|formule sans résultat"
)
# Calls of a note, and the letters of provisional, estimated and revised figures.
_NOTE = re.compile(
    r"(.*[\d%€])\s*(?:[*†‡]+|\((?:\d|\*+|[a-hpr]|prov\.?|est\.?)\)|\[\d\]|[¹²³⁴-⁹]+"
    r"|(?<=\d)p|(?<=\d) (?:[per]|prov\.?))$",
    re.IGNORECASE,
)
_ESTIMATED = re.compile(r"\[(.*\d.*)\]")
_DIGITS = (
    r"\d{1,3}(?: \d{3})+(?:[.,]\d+)?"
    r"|\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}"
    r"|\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,}"
    r"|\d*[.,]\d+|\d+"
)
_NUMBER = re.compile(
    rf"(?:€ ?)?([-−–+]?) ?({_DIGITS})(?:e([-+]?\d{{1,2}}))?\s*(%|‰|€|EUR|ETP|euros?|places?|h|heures?)?",
    re.IGNORECASE,
)
# A sign, or bounds, and the call of a note: « nd (1) », « <5* ».
_CALLED = re.compile(r"(.{1,20}?)\s*(?:[*†‡]|\((?:\d|\*+|[a-hpr])\)|[¹²³⁴-⁹])")
# A number and more: another one to add or to take off, words that explain it, a unit that rescales it.
_DOUBTFUL = re.compile(
    r"\d[\d ]*(?:[.,]\d+)?\s*(?:places?\s*)?"
    r"(?:(?:[^\W\d]+\s)?\+\s*\d.*|\(\s*\d+\s.*\)|(?:k|m) ?(?:€|euros?)|milliers.*|millions.*)",
    re.IGNORECASE,
)
_REMARK = re.compile(
    r"(\d[\d ]*(?:,\d+)?)\s*(?:places?\s*)?(?:[,;(]\s*)?(?:dont|y compris|hors)\s.*", re.IGNORECASE
)
_HALF_TIMES = {
    "mi temps": 0.5,
    "temps plein": 1.0,
    "plein temps": 1.0,
    "temps complet": 1.0,
    "tiers temps": 1 / 3,
}
FULL_TIME_HOURS, MOST_WEEKLY_HOURS = 35, 48
_WEEKLY_HOURS = re.compile(
    r"(\d+(?:[.,]\d+)?)\s*(?:h(?:eures?)?\s*(?P<minutes>[0-5]\d)?(?:\s*/?\s*(?:par )?(?:sem\w*\.?|hebdo\w*))?"
    r"|(?:h\s*)?/\s*35\s*(?:e|h|èmes?)?)",
    re.IGNORECASE,
)
_HOURS = re.compile(r"\dh\b|\bh(?:eures?)?\b", re.IGNORECASE)
_TIMES = re.compile(r"(\d+)\s*[x×*]\s*([^x×*]+)", re.IGNORECASE)
_POSTS = re.compile(r"(un|\d+) (.+)")
_YES = {"x", "o", "oui", "1", "vrai", "✓", "✔", "☑", "☒", "true"}
_NO = {"", "n", "non", "0", "faux", "false", "☐"}


@dataclass(frozen=True, slots=True)
class Number:
    """A number as a cell gives it.

    Attributes
    ----------
    value : float or None
        The number, null unless the status is ``known``.
    status : Status
    low, high : float or None
        Bounds, where the cell gives some (``<5``, ``1 à 4``).
    code : str
        Code of the problem that the cell raises, empty for none.
    percent : bool
        Whether the text bears a percent sign; its number is not rescaled.
    """

    value: float | None
    status: Status
    low: float | None = None
    high: float | None = None
    code: str = ""
    percent: bool = False


# a number with all its remarks; a longer text is a text
LONGEST_NUMBER = 200
_REFUSED = Number(None, Status.ERROR, code="value_refused")
_IN_ERROR = Number(None, Status.ERROR, code="value_error")


def read_number(cell: object, legend: Legend | None = None) -> Number:
    """Read one cell as a number with its status.

    Parameters
    ----------
    cell : object
        What the cell holds, or shows where its format hides the value.
    legend : dict, optional
        Meaning of the marks by the file's own legend; the usual meaning without it.

    Examples
    --------
    >>> read_number("1 234,5").value, read_number("12*").code
    (1234.5, 'note_mark')
    >>> read_number("<5").status, read_number("<5").high
    (<Status.SECRET: 'secret'>, 4.0)
    >>> read_number("12+3").code, read_number("25 dont 2 AVIP").value
    ('number_doubtful', 25.0)
    """
    if isinstance(cell, bool | date):
        return _REFUSED
    if isinstance(cell, int | float):
        return Number(float(cell), Status.KNOWN) if isfinite(cell) else _IN_ERROR
    if is_blank(cell):
        return Number(None, Status.MISSING)
    if len(str(cell)) > LONGEST_NUMBER:
        return _REFUSED
    text = _spaced(str(cell))
    said = bounds_by_legend(legend, text)
    mark = text.casefold()
    if legend and mark not in legend and (called := _CALLED.fullmatch(mark)):
        mark = called[1]
    if legend and mark in legend:
        status, bounds = legend[mark], said or read_bounds(text) or (None, None)
        return Number(0.0 if status is Status.KNOWN else None, status, *bounds)
    number = _read_text(text)
    return replace(number, low=said[0], high=said[1]) if said else number


@lru_cache(maxsize=50_000)
def _read_text(text: str) -> Number:
    if meaning := usual_meaning(text):
        return Number(None, meaning[0], code="" if meaning[1] else "mark_unexplained")
    if is_error(text):
        return _IN_ERROR
    if bounds := read_bounds(text):
        return Number(None, Status.SECRET, *bounds)
    return _read_figures(text) or _read_more(text) or _read_called(text) or _REFUSED


def _read_called(text: str) -> Number | None:
    """A sign, or bounds, that calls a note."""
    called = _CALLED.fullmatch(text)
    number = _read_text(called[1]) if called else _REFUSED
    return number if number.value is None and number.status is not Status.ERROR else None


def _read_figures(text: str) -> Number | None:
    # « [350] » is an estimate
    noted = _NOTE.fullmatch(text) or _ESTIMATED.fullmatch(text)
    number = _NUMBER.fullmatch(noted[1].strip() if noted else text)
    if number is None:
        return None
    value = float(_point(number[2]) + (f"e{number[3]}" if number[3] else ""))
    if not isfinite(value):
        return None
    is_negative = number[1] in ("-", "−", "–")
    code = "note_mark" if noted else "number_as_text"
    return Number(-value if is_negative else value, Status.KNOWN, code=code, percent=number[4] == "%")


def _point(digits: str) -> str:
    """Digits with a decimal point and nothing between thousands."""
    decimal = max(digits.rfind(","), digits.rfind("."))
    is_thousands = digits.count(digits[decimal]) > 1 if decimal >= 0 else True
    if is_thousands:
        return re.sub("[ .,]", "", digits)
    return f"{re.sub('[ .,]', '', digits[:decimal])}.{digits[decimal + 1 :]}"


def _read_more(text: str) -> Number | None:
    """A number that something follows: kept where words explain it, doubtful where it may change it."""
    if _DOUBTFUL.fullmatch(text):
        return Number(None, Status.ERROR, code="number_doubtful")
    explained = _REMARK.fullmatch(text)
    number = _read_figures(explained[1].strip()) if explained else None
    return replace(number, code="number_with_remark") if number else None


def measured(number: Number, cell: object) -> Number:
    """Give a number that its cell only bounds the bounds of a quantity that is not counted.

    Bounds that the legend of the file gives are kept.

    Examples
    --------
    >>> measured(read_number("<5"), "<5").high, measured(read_number("1 à 4"), "1 à 4").high
    (5.0, 4.0)
    """
    text = _spaced(cell) if isinstance(cell, str) else ""
    if (number.low, number.high) != read_bounds(text):
        return number
    low, high = read_bounds(text, is_count=False) or (None, None)
    return replace(number, low=low, high=high)


def is_error(cell: object) -> bool:
    """Say whether a cell shows the error of a formula.

    Examples
    --------
    >>> is_error("#N/A"), is_error("#DIV/0 !"), is_error("n° 4")
    (True, True, False)
    """
    return isinstance(cell, str) and _ERROR.fullmatch(cell.strip()) is not None


def read_fte(cell: object, legend: Legend | None = None) -> Number:
    """Read one cell as full-time equivalents: « 0,5 ETP », « mi-temps », « 80 % », « 28 h », « 2 x 0,5 ».

    Hours are those of a week of 35; hours of a year, and sums of posts (« 1 + 0,5 »), are not read.
    « 80 % » is 0.8 here, where the quantity is known. `sdsf read`, which knows no quantity, shows it as
    written: 80, of kind ``percent``. The ledger keeps « 80 % ».

    Examples
    --------
    >>> [read_fte(text).value for text in ("mi-temps", "80 %", "28 h", "2 x 0,5", "17,5/35e")]
    [0.5, 0.8, 0.8, 1.0, 0.5]
    """
    share = _share_in_words(_spaced(cell)) if isinstance(cell, str) else None
    if share is not None:
        return Number(share, Status.KNOWN, code="number_as_text")
    number = read_number(cell, legend)
    if number.percent and number.value is not None:
        return Number(number.value / 100, number.status, code=number.code)
    return _REFUSED if isinstance(cell, str) and _HOURS.search(cell) else number


def _share_in_words(text: str) -> float | None:
    words = normalise(text)
    if (share := _HALF_TIMES.get(words)) is not None:
        return share
    if hours := _WEEKLY_HOURS.fullmatch(text):
        weekly = float(_point(hours[1])) + int(hours["minutes"] or 0) / 60
        # 1 607 h are those of a year
        return weekly / FULL_TIME_HOURS if weekly <= MOST_WEEKLY_HOURS else None
    if times := _TIMES.fullmatch(text):
        each = read_fte(times[2]).value
        return None if each is None else int(times[1]) * each
    posts = _POSTS.fullmatch(words)
    share = _HALF_TIMES.get(re.sub(r"(plein|complet)s$", r"\1", posts[2])) if posts else None
    return share * (1 if posts[1] == "un" else int(posts[1])) if posts and share else None


def read_tick(cell: object) -> bool | None:
    """Read one cell as a tick: True, False, or None where it is neither.

    Examples
    --------
    >>> read_tick("X"), read_tick(""), read_tick("en cours")
    (True, False, None)
    """
    text = "" if cell is None else clean_text(cell).casefold()
    return True if text in _YES else False if text in _NO else None


def clean_text(cell: object) -> str:
    r"""Text of a cell, blanks collapsed; a whole number keeps no decimals.

    Examples
    --------
    >>> clean_text(1004.0), clean_text("  Bourg-en-\u00a0Bresse ")
    ('1004', 'Bourg-en- Bresse')
    """
    if type(cell) is str:
        return _spaced(cell)
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    return duration(cell) if isinstance(cell, timedelta) else _spaced(str(cell))


def _spaced(text: str) -> str:
    """Text with one plain blank between its words, whatever the blanks of the sender."""
    return " ".join((text if text.isascii() else _NOTHING.sub("", text)).split())
