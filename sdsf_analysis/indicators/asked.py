"""What a question is made of: a day, a name among those that are known; the answer to what is neither."""

import re
from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches

import pandas as pd

from sdsf_analysis.errors import QuestionError

Day = str | date
_FRENCH_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_ISO_DAY = re.compile(r"(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})")
_LISTED = 40
# two letters that differ by one are near
_NEAR = 0.5


def read_date(on: Day) -> pd.Timestamp:
    """Day of a question, without its time.

    Parameters
    ----------
    on : str or datetime.date
        A text is written year-month-day; a time of the day is left out.

    Returns
    -------
    pandas.Timestamp

    Raises
    ------
    QuestionError
        If it is not a day.

    Examples
    --------
    >>> read_date("2024-06-30")
    Timestamp('2024-06-30 00:00:00')
    """
    try:
        if isinstance(on, str):
            on = date.fromisoformat(on)
        if isinstance(on, date) and not pd.isna(on):
            return pd.Timestamp(on).normalize().as_unit("us")
    except ValueError:
        pass
    meant = _day_meant(str(on))
    hint = f"Voulait-on dire {meant} ?" if meant else "Par exemple : 2024-06-30."
    raise QuestionError(f"« {on} » n'est pas une date. L'écrire année-mois-jour. {hint}")


def _day_meant(text: str) -> str:
    """Day that a text nearly says: written as in French, or beyond the end of its month."""
    french, iso = _FRENCH_DAY.fullmatch(text.strip()), _ISO_DAY.fullmatch(text.strip())
    if not french and not iso:
        return ""
    year, month, day = iso.groups() if iso else french.groups()[::-1] if french else ("", "", "")
    if not 1 <= int(month) <= 12 or not 1900 <= int(year) <= 2200:
        return ""
    first = pd.Timestamp(int(year), int(month), 1)
    return first.replace(day=min(max(int(day), 1), first.days_in_month)).date().isoformat()


def check_choice(what: str, given: object, known: Iterable[str]) -> str:
    """Give back a name that is one of those known.

    Parameters
    ----------
    what : str
        What was asked: « Niveau inconnu ».
    given : object
    known : iterable of str

    Returns
    -------
    str

    Raises
    ------
    QuestionError
        If it is not one of them; the message lists them, with the nearest.

    Examples
    --------
    >>> check_choice("Niveau inconnu", "comune", ["commune", "epci"])
    Traceback (most recent call last):
    sdsf_analysis.errors.QuestionError: Niveau inconnu : « comune ». Choisir parmi : commune, epci.
    Le plus proche : commune.
    """
    names = list(known)
    if given in names:
        return str(given)
    raise QuestionError(f"{what} : « {given} ». {choices_said(given, names)}")


def choices_said(given: object, names: list[str]) -> str:
    """List what could have been asked, with the nearest.

    Examples
    --------
    >>> choices_said("A3", ["A1", "B"])
    'Choisir parmi : A1, B. Le plus proche : A1.'
    """
    others = f" et {len(names) - _LISTED} autres" if len(names) > _LISTED else ""
    by_case = {name.casefold(): name for name in reversed(names)}
    near = get_close_matches(str(given).casefold(), list(by_case), n=1, cutoff=_NEAR)
    hint = f" Le plus proche : {by_case[near[0]]}." if near else ""
    return f"Choisir parmi : {', '.join(names[:_LISTED])}{others}.{hint}"
