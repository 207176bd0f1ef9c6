"""What every indicator is made of: a date, periods, sums with bounds, shares that travel with their parts."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from sdsf_analysis.indicators.asked import Day, read_date
from sdsf_analysis.indicators.codes import Codes, Flags, places_in

__all__ = [
    "VALUE_COLUMNS",
    "WITHHELD",
    "Day",
    "Parts",
    "bounded_sums",
    "covered_shares",
    "in_force",
    "read_date",
    "shares_by_code",
    "sum_parts",
]
VALUE_COLUMNS = ["numerator", "denominator", "value", "status", "low", "high"]
WITHHELD = ("secret", "masked", "not_significant")
Numbers = np.ndarray[tuple[int], np.dtype[np.float64]]


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
    sums = sum_parts(rows).summed(codes, len(groups))
    columns = {"value": sums.value, "status": sums.status(), "low": sums.low, "high": sums.high}
    return pd.DataFrame(columns).set_axis(pd.Index(groups, name=by))


class Parts(NamedTuple):
    """What each value adds to a sum, to its bounds, and to the count of what is withheld or missing."""

    value: Numbers
    low: Numbers
    high: Numbers
    withheld: Numbers
    missing: Numbers

    def at(self, rows: Codes | Flags) -> "Parts":
        """Give the parts of some rows."""
        return Parts(*(numbers[rows] for numbers in self))

    def summed(self, codes: Codes, groups: int) -> "Parts":
        """Sum by number of group; a group without any part holds nothing, which is a true zero."""
        return Parts(*(np.bincount(codes, numbers, groups).astype("float64") for numbers in self))

    def status(self) -> pd.Series:
        """Status of each sum: ``missing`` before ``secret``."""
        worst = np.where(self.missing > 0, 2, np.where(self.withheld > 0, 1, 0))
        names = pd.array(["known", "secret", "missing"], dtype="str")
        return pd.Series(names.take(worst))


def sum_parts(rows: pd.DataFrame) -> Parts:
    """Say what each value adds to a sum.

    Parameters
    ----------
    rows : pandas.DataFrame
        value, status, low, high.

    Examples
    --------
    >>> rows = pd.DataFrame({"value": [None], "status": ["secret"], "low": [1.0], "high": [4.0]})
    >>> [float(part[0]) for part in sum_parts(rows)]
    [nan, 1.0, 4.0, 1.0, 0.0]
    """
    status = places_in(rows["status"], pd.Series(["known", *WITHHELD]))
    value = np.where(status == 0, _numbers(rows["value"]), np.nan)
    low, high = _numbers(rows["low"]), _numbers(rows["high"])
    low = np.where(np.isnan(low), value, low)
    return Parts(
        value,
        np.where(np.isnan(low), 0.0, low),
        np.where(np.isnan(high), value, high),
        (status > 0).astype("float64"),
        (status < 0).astype("float64"),
    )


def _numbers(column: pd.Series) -> Numbers:
    return column.to_numpy("float64", na_value=np.nan)


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


def shares_by_code(parts: Parts, covered: Flags, codes: Codes, groups: int) -> pd.DataFrame:
    """Give the shares of `covered_shares` by number of group.

    Parameters
    ----------
    parts : Parts
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
    whole = parts.summed(codes, groups)
    part = parts.at(covered).summed(codes[covered], groups)
    rest = parts.at(~covered).summed(codes[~covered], groups)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = {
            "value": 100 * part.value / np.where(whole.value != 0, whole.value, np.nan),
            "low": 100 * part.low / (part.low + rest.high),
            "high": 100 * part.high / (part.high + rest.low),
        }
    exact = ~np.isnan(whole.value) & (whole.low == whole.high)
    return pd.DataFrame(
        {
            "numerator": part.value,
            "denominator": whole.value,
            "value": share["value"],
            "status": whole.status().where(whole.value != 0, "not_applicable"),
            "low": np.where(exact, np.nan, share["low"]),
            "high": np.where(exact, np.nan, share["high"]),
        }
    )
