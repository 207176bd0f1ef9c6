"""What every indicator is made of: a date, periods, sums with bounds, shares that travel with their parts."""

from datetime import date

import pandas as pd

from sdsf_analysis.errors import QuestionError

VALUE_COLUMNS = ["numerator", "denominator", "value", "status", "low", "high"]
WITHHELD = ("secret", "masked", "not_significant")

Day = str | date


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
    raise QuestionError(f"« {on} » n'est pas une date. L'écrire année-mois-jour, par exemple 2024-06-30.")


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
    known, withheld = rows["status"] == "known", rows["status"].isin(WITHHELD)
    parts = pd.DataFrame(
        {
            by: rows[by],
            "value": rows["value"].where(known),
            "low": rows["low"].fillna(rows["value"].where(known)).fillna(0.0),
            "high": rows["high"].fillna(rows["value"].where(known)),
            "withheld": withheld,
            "missing": ~known & ~withheld,
        }
    ).astype({"value": "float64", "low": "float64", "high": "float64"})
    groups = parts.groupby(by, sort=True)
    sums = groups[["value", "low", "high"]].sum(skipna=False)
    flags = groups[["withheld", "missing"]].any()
    status = flags["missing"].map({True: "missing", False: "known"})
    sums.insert(1, "status", status.where(flags["missing"] | ~flags["withheld"], "secret").astype("str"))
    return sums


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
    whole = bounded_sums(rows, by)
    part = _sums_or_zero(rows[rows["covered"]], by, whole.index)
    rest = _sums_or_zero(rows[~rows["covered"]], by, whole.index)
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
    return share.rename_axis(by).reset_index()


def _sums_or_zero(rows: pd.DataFrame, by: str, groups: pd.Index) -> pd.DataFrame:
    """Sum every group; a group without any row holds nothing, which is a true zero."""
    sums = bounded_sums(rows, by).reindex(groups)
    empty = ~groups.isin(rows[by])
    sums.loc[empty, ["value", "low", "high"]] = 0.0
    sums.loc[empty, "status"] = "known"
    return sums
