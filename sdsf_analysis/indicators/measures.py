"""What every indicator is made of: a date, periods, sums with bounds, shares that travel with their parts."""

import re
from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from sdsf_analysis.errors import QuestionError

VALUE_COLUMNS = ["numerator", "denominator", "value", "status", "low", "high"]
WITHHELD = ("secret", "masked", "not_significant")

Day = str | date
Codes = np.ndarray[tuple[int], np.dtype[np.intp]]
Flags = np.ndarray[tuple[int], np.dtype[np.bool_]]
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


def in_force(periods: pd.DataFrame, on: pd.Timestamp | pd.Series) -> pd.Series:
    """Whether each period holds at a date, first and last day included.

    Parameters
    ----------
    periods : pandas.DataFrame
        ``starts_on`` and ``ends_on``; a missing start has always begun, a missing end goes on.
    on : pandas.Timestamp or pandas.Series
        One day for all, or one for each row.

    Returns
    -------
    pandas.Series
        Booleans on the caller's index.

    Examples
    --------
    >>> rows = pd.DataFrame({"starts_on": ["2021-01-01"], "ends_on": ["2025-12-31"]})
    >>> in_force(rows.astype("datetime64[us]"), pd.Timestamp("2025-12-31")).tolist()
    [True]
    """
    begun = periods["starts_on"].isna() | (periods["starts_on"] <= on)
    return begun & (periods["ends_on"].isna() | (periods["ends_on"] >= on))


def bounded_sums(rows: pd.DataFrame, by: str) -> pd.DataFrame:
    """Sum of values that may be withheld or missing: null rather than false, with what is known of it.

    Parameters
    ----------
    rows : pandas.DataFrame
        The column of groups, value, status, low, high.
    by : str
        Column of the groups.

    Returns
    -------
    pandas.DataFrame
        Indexed by group, sorted: value (null unless every part is known), status (``missing`` before
        ``secret``), low and high (a withheld count without bounds is at least zero).

    Examples
    --------
    >>> rows = pd.DataFrame({"zone": ["a", "a"], "value": [10.0, None], "status": ["known", "secret"],
    ...                      "low": [None, 1.0], "high": [None, 4.0]})
    >>> bounded_sums(rows, "zone").reset_index().values.tolist()
    [['a', nan, 'secret', 11.0, 14.0]]
    """
    codes, groups = pd.factorize(rows[by], sort=True)
    return sums_by_code(rows, codes, len(groups)).set_axis(pd.Index(groups, name=by))


def sums_by_code(rows: pd.DataFrame, codes: Codes, groups: int) -> pd.DataFrame:
    """Sum as `bounded_sums` does, by number of group; a group without a row holds nothing: a true zero.

    Parameters
    ----------
    rows : pandas.DataFrame
        value, status, low, high.
    codes : numpy.ndarray
        Number of the group of each row.
    groups : int
        How many groups there are.

    Returns
    -------
    pandas.DataFrame
        One row per group: value, status, low, high.

    Examples
    --------
    >>> rows = pd.DataFrame({"value": [10.0], "status": "known", "low": [None], "high": [None]})
    >>> sums_by_code(rows, np.array([1]), 2)["value"].tolist()
    [0.0, 10.0]
    """
    return _sums(sum_parts(rows), codes, groups)


def sum_parts(rows: pd.DataFrame) -> pd.DataFrame:
    """Say what each value adds to a sum, to its bounds, and to the count of what is withheld or missing.

    Parameters
    ----------
    rows : pandas.DataFrame
        value, status, low, high.

    Examples
    --------
    >>> rows = pd.DataFrame({"value": [None], "status": ["secret"], "low": [1.0], "high": [4.0]})
    >>> sum_parts(rows).values.tolist()
    [[nan, 1.0, 4.0, 1.0, 0.0]]
    """
    status = places_in(rows["status"], pd.Series(["known", *WITHHELD]))
    value = np.where(status == 0, rows["value"].to_numpy("float64", na_value=np.nan), np.nan)
    low, high = (rows[name].to_numpy("float64", na_value=np.nan) for name in ("low", "high"))
    low = np.where(np.isnan(low), value, low)
    return pd.DataFrame(
        {
            "value": value,
            "low": np.where(np.isnan(low), 0.0, low),
            "high": np.where(np.isnan(high), value, high),
            "withheld": (status > 0).astype("float64"),
            "missing": (status < 0).astype("float64"),
        },
        index=rows.index,
    )


def _sums(parts: pd.DataFrame, codes: Codes, groups: int) -> pd.DataFrame:
    sums = {name: np.bincount(codes, parts[name].to_numpy(), groups) for name in parts.columns}
    status = np.where(sums["missing"] > 0, "missing", np.where(sums["withheld"] > 0, "secret", "known"))
    columns = {"value": sums["value"], "status": status, "low": sums["low"], "high": sums["high"]}
    return pd.DataFrame(columns).astype({"status": "str"})


def covered_shares(rows: pd.DataFrame, by: str) -> pd.DataFrame:
    """Share, in per cent, of each group that is covered: sums first, then one division.

    Formula: 100 · Σ covered / Σ all. Bounds: the covered part is least when it is at its low and the rest
    at its high, and the reverse.

    Parameters
    ----------
    rows : pandas.DataFrame
        One row per part: the column of groups, covered (boolean), value, status, low, high.
    by : str
        Column of the groups.

    Returns
    -------
    pandas.DataFrame
        The group, numerator, denominator, value (%), status, low, high (%; missing when the share is
        exact). Status ``not_applicable`` where the denominator is zero.

    Examples
    --------
    >>> rows = pd.DataFrame({"zone": ["a", "a"], "covered": [True, False], "value": [75.0, 25.0],
    ...                      "status": "known", "low": None, "high": None})
    >>> covered_shares(rows, "zone")[["numerator", "denominator", "value"]].iloc[0].tolist()
    [75.0, 100.0, 75.0]
    """
    codes, groups = pd.factorize(rows[by], sort=True)
    shares = shares_by_code(sum_parts(rows), rows["covered"].to_numpy(dtype=bool), codes, len(groups))
    shares.insert(0, by, groups)
    return shares


def shares_by_code(parts: pd.DataFrame, covered: Flags, codes: Codes, groups: int) -> pd.DataFrame:
    """Give the shares of `covered_shares` by number of group.

    Parameters
    ----------
    parts : pandas.DataFrame
        As given by `sum_parts`.
    covered : numpy.ndarray
        Whether each row is covered.
    codes : numpy.ndarray
        Number of the group of each row.
    groups : int
        How many groups there are.

    Examples
    --------
    >>> rows = pd.DataFrame({"value": [3.0, 1.0], "status": "known", "low": [None] * 2, "high": [None] * 2})
    >>> shares_by_code(sum_parts(rows), np.array([True, False]), np.array([0, 0]), 1)["value"].tolist()
    [75.0]
    """
    whole = _sums(parts, codes, groups)
    part = _sums(parts[covered], codes[covered], groups)
    rest = _sums(parts[~covered], codes[~covered], groups)
    share = pd.DataFrame(
        {
            "numerator": part["value"],
            "denominator": whole["value"],
            "value": 100 * part["value"] / whole["value"].where(whole["value"] != 0),
            "status": whole["status"].where(whole["value"] != 0, "not_applicable"),
            "low": 100 * part["low"] / (part["low"] + rest["high"]),
            "high": 100 * part["high"] / (part["high"] + rest["low"]),
        }
    )
    exact = whole["value"].notna() & (whole["low"] == whole["high"])
    share[["low", "high"]] = share[["low", "high"]].mask(exact)
    return share


def places_in(values: pd.Series, known: pd.Series) -> Codes:
    """Place of each code among some others, -1 where it is none of them.

    Much faster on many codes than pandas, which turns each text into an object.

    Examples
    --------
    >>> places_in(pd.Series(["01001", "01002"]), pd.Series(["01002"])).tolist()
    [-1, 0]
    """
    texts, others = (pa.array(codes, pa.large_string()) for codes in (values, known))
    found = pc.index_in(texts, value_set=others, skip_nulls=True)
    places: Codes = found.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.intp)
    return places


def is_in(values: pd.Series, known: pd.Series) -> Flags:
    """Whether each code is one of some others, much faster on many codes than ``Series.isin``.

    Examples
    --------
    >>> is_in(pd.Series(["01001", "01002"]), pd.Series(["01002"])).tolist()
    [False, True]
    """
    return places_in(values, known) >= 0
