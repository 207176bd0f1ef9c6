"""Mean of a distance over those who travel it, with what is known where a count is withheld."""

import numpy as np
import pandas as pd

from sdsf_analysis.indicators.codes import Codes
from sdsf_analysis.indicators.measures import Numbers, Parts


def weighted_means(values: Numbers, parts: Parts, codes: Codes, groups: int) -> pd.DataFrame:
    """Mean of a value weighted by counts, by number of group.

    Formula: Σ count · value / Σ count. Where a count is withheld, the mean lies between two bounds: the least
    has the small values at their highest count and the great ones at their lowest, and the reverse. Where
    every value is the same, the mean is known whatever the counts.

    Parameters
    ----------
    values : numpy.ndarray
        One per row, none missing.
    parts : Parts
        Counts of the rows.
    codes : numpy.ndarray
        Number of the group of each row.
    groups : int

    Returns
    -------
    pandas.DataFrame
        numerator, denominator, value, status, low, high. ``not_applicable`` where nobody is counted.

    Examples
    --------
    >>> from sdsf_analysis.indicators.measures import sum_parts
    >>> rows = pd.DataFrame({"value": [120.0, 45.0, 300.0], "status": "known", "low": np.nan, "high": np.nan})
    >>> means = weighted_means(np.array([0, 12.5, 4.0]), sum_parts(rows), np.zeros(3, np.intp), 1)
    >>> round(float(means["value"].iloc[0]), 4)
    3.7903
    """
    whole = parts.summed(codes, groups)
    numerator = np.bincount(codes, values * parts.value, groups).astype("float64")
    is_empty = whole.value == 0
    value = numerator / np.where(is_empty, np.nan, whole.value)
    status = whole.status().where(~is_empty, "not_applicable").to_numpy(object)
    low, high = np.full(groups, np.nan), np.full(groups, np.nan)
    for group in np.flatnonzero(np.isnan(whole.value)):
        rows = codes == group
        low[group], high[group] = mean_bounds(values[rows], parts.low[rows], parts.high[rows])
        if low[group] == high[group] and whole.low[group] > 0:
            value[group], status[group] = low[group], "known"
            low[group] = high[group] = np.nan
    columns = {"numerator": numerator, "denominator": whole.value, "value": value, "status": status}
    return pd.DataFrame({**columns, "low": low, "high": high}).astype({"status": "str"})


def mean_bounds(values: Numbers, low: Numbers, high: Numbers) -> tuple[float, float]:
    """Least and greatest weighted mean when each weight lies between two bounds.

    Examples
    --------
    >>> mean_bounds(np.array([0.0, 10.0]), np.array([1.0, 1.0]), np.array([4.0, 1.0]))
    (2.0, 5.0)
    """
    if np.isnan(high).any():
        return float(values.min()), float(values.max())
    return _least(values, low, high), -_least(-values, low, high)


def _least(values: Numbers, low: Numbers, high: Numbers) -> float:
    """Weights at their highest up to some value, at their lowest beyond: one of these splits is the least."""
    order = np.argsort(values, kind="stable")
    values, low, high = values[order], low[order], high[order]
    sums = _splits(low, high)
    totals = _splits(low * values, high * values)
    means = totals[sums > 0] / sums[sums > 0]
    return float(means.min()) if len(means) else float(values.min())


def _splits(low: Numbers, high: Numbers) -> Numbers:
    """Sum of the first ``k`` at their highest and of the others at their lowest, for each ``k``."""
    first = np.concatenate([[0.0], np.cumsum(high)])
    rest = np.concatenate([np.cumsum(low[::-1])[::-1], [0.0]])
    sums: Numbers = first + rest
    return sums
