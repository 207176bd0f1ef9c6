"""One cell, one value: numbers with their status and bounds, dates, texts, ticks."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from math import isfinite

from sdsf_analysis.model.status import Status
from sdsf_analysis.reading.text import is_blank, normalise

MARKS = {
    "nd": Status.MISSING,
    "n.d.": Status.MISSING,
    "nr": Status.MISSING,
    "nc": Status.MISSING,
    "n.c.": Status.MISSING,
    "na": Status.MISSING,
    "…": Status.MISSING,
    "...": Status.MISSING,
    ".": Status.MISSING,
    "?": Status.MISSING,
    "à compléter": Status.MISSING,
    "à définir": Status.MISSING,
    "en attente": Status.MISSING,
    "non disponible": Status.MISSING,
    "non renseigné": Status.MISSING,
    "s": Status.SECRET,
    "c": Status.SECRET,
    "secret": Status.SECRET,
    "confidentiel": Status.SECRET,
    "confidentiel (secret statistique)": Status.SECRET,
    "***": Status.SECRET,
    "ns": Status.NOT_SIGNIFICANT,
    "n.s.": Status.NOT_SIGNIFICANT,
    "-": Status.NOT_APPLICABLE,
    "–": Status.NOT_APPLICABLE,
    "so": Status.NOT_APPLICABLE,
    "sans objet": Status.NOT_APPLICABLE,
    "non concerné": Status.NOT_APPLICABLE,
    "fermé": Status.NOT_APPLICABLE,
    "fermée": Status.NOT_APPLICABLE,
}
# These say themselves what they mean: no legend is expected.
_PLAIN = {"non disponible", "non renseigné", "secret", "confidentiel", "sans objet", "non concerné",
          "confidentiel (secret statistique)"}  # fmt: skip
_MEANINGS = (
    ("secret", Status.SECRET),
    ("confidenti", Status.SECRET),
    ("significati", Status.NOT_SIGNIFICANT),
    ("sans objet", Status.NOT_APPLICABLE),
    ("concern", Status.NOT_APPLICABLE),
    ("disponible", Status.MISSING),
    ("renseign", Status.MISSING),
    ("communiqu", Status.MISSING),
    ("manquant", Status.MISSING),
)
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009]+")
_ERROR = re.compile(
    r"#(N/A|N/D|(REF|DIV/0|VALUE|VALEUR|NUM|NOMBRE|NULL|NUL|SPILL|CALC) ?!|(NAME|NOM) ?\?)"
    r"|Err:\d+|formule sans résultat"
)
_UNDER = re.compile(r"(?:<|moins de)\s*(\d+)", re.IGNORECASE)
_AT_MOST = re.compile(r"(?:≤|<=)\s*(\d+)")
_BETWEEN = re.compile(r"(?:de\s+)?(\d+)\s+à\s+(\d+)", re.IGNORECASE)
_NOTE = re.compile(r"(.*\d)\s*(\*+|\(\d\)|[¹²³])$")
_NUMBER = re.compile(
    r"([-−+]?\d{1,3}(?: \d{3})+(?:,\d+)?|[-−+]?\d+(?:[.,]\d+)?)\s*(%|€|ETP|euros?|places?)?", re.IGNORECASE
)
_HALF_TIMES = {
    "mi temps": 0.5,
    "temps plein": 1.0,
    "plein temps": 1.0,
    "temps complet": 1.0,
    "tiers temps": 1 / 3,
}
_WEEKLY_HOURS = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:h|/\s*35\s*e?)", re.IGNORECASE)
_YES = {"x", "o", "oui", "1", "vrai", "✓", "✔", "true"}
_NO = {"", "n", "non", "0", "faux", "false"}


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


Legend = dict[str, Status]


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
    """
    if isinstance(cell, bool | date):
        return Number(None, Status.ERROR, code="value_refused")
    if isinstance(cell, int | float):
        is_number = isfinite(cell)
        return (
            Number(float(cell), Status.KNOWN) if is_number else Number(None, Status.ERROR, code="value_error")
        )
    if is_blank(cell):
        return Number(None, Status.MISSING)
    text = _SPACES.sub(" ", str(cell)).strip()
    mark = text.casefold()
    if legend and mark in legend:
        return Number(None, legend[mark])
    return _read_text(text)


@lru_cache(maxsize=50_000)
def _read_text(text: str) -> Number:
    mark = text.casefold()
    if mark in MARKS:
        return Number(None, MARKS[mark], code="" if mark in _PLAIN else "mark_unexplained")
    if is_error(text):
        return Number(None, Status.ERROR, code="value_error")
    return _read_bounds(text) or _read_figures(text) or Number(None, Status.ERROR, code="value_refused")


def _read_bounds(text: str) -> Number | None:
    if under := _UNDER.fullmatch(text):
        return Number(None, Status.SECRET, 0.0, float(under[1]) - 1)
    if at_most := _AT_MOST.fullmatch(text):
        return Number(None, Status.SECRET, 0.0, float(at_most[1]))
    if between := _BETWEEN.fullmatch(text):
        return Number(None, Status.SECRET, float(between[1]), float(between[2]))
    return None


def _read_figures(text: str) -> Number | None:
    noted = _NOTE.fullmatch(text)
    number = _NUMBER.fullmatch(noted[1].strip() if noted else text)
    if number is None:
        return None
    value = float(number[1].replace(" ", "").replace(",", ".").replace("−", "-"))
    return Number(
        value, Status.KNOWN, code="note_mark" if noted else "number_as_text", percent=number[2] == "%"
    )


def is_error(cell: object) -> bool:
    """Say whether a cell shows the error of a formula.

    Examples
    --------
    >>> is_error("#N/A"), is_error("#DIV/0 !"), is_error("n° 4")
    (True, True, False)
    """
    return isinstance(cell, str) and _ERROR.fullmatch(cell.strip()) is not None


def read_fte(cell: object, legend: Legend | None = None) -> Number:
    """Read one cell as full-time equivalents: « 0,5 ETP », « mi-temps », « 80 % », « 28 h », « 17,5/35e ».

    Examples
    --------
    >>> [read_fte(text).value for text in ("mi-temps", "80 %", "28 h")]
    [0.5, 0.8, 0.8]
    """
    if isinstance(cell, str):
        if (share := _HALF_TIMES.get(normalise(cell))) is not None:
            return Number(share, Status.KNOWN, code="number_as_text")
        if hours := _WEEKLY_HOURS.fullmatch(cell.strip()):
            return Number(float(hours[1].replace(",", ".")) / 35, Status.KNOWN, code="number_as_text")
    number = read_number(cell, legend)
    if number.percent and number.value is not None:
        return Number(number.value / 100, number.status, code=number.code)
    return number


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
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    return _SPACES.sub(" ", str(cell)).strip()


def read_legend(notes: list[str]) -> Legend:
    """Meaning of the marks by the notes of a file: « s : secret statistique ; nd : non disponible ».

    Examples
    --------
    >>> read_legend(["Source : Caf. s : secret statistique ; nd : non disponible"])
    {'s': <Status.SECRET: 'secret'>, 'nd': <Status.MISSING: 'missing'>}
    """
    legend: Legend = {}
    for note in notes:
        for mark, meaning in re.findall(
            r"(?:^|[\s;,.(])([^\s;:=()]{1,4})\s*[:=]\s*([^;:=]+)", note.casefold()
        ):
            plain = normalise(meaning)
            status = next((status for word, status in _MEANINGS if word in plain), None)
            if mark in MARKS and status:
                legend[mark] = status
    return legend
