"""One sum over another, with what is known of it when a part is withheld or missing."""

import numpy as np
import pandas as pd

from sdsf_analysis.indicators.measures import VALUE_COLUMNS, WITHHELD

_KNOWN, _SECRET, _MISSING = 0, 1, 2
_NAMES = np.array(["known", "secret", "missing"], dtype=object)


def ratio(numerator: pd.DataFrame, denominator: pd.DataFrame, per: float = 100) -> pd.DataFrame:
    """Divide one sum by another; both parts travel with the result.

    Formula: per · numerator / denominator. Bounds: the least numerator over the greatest denominator, and the
    reverse; no upper bound where the denominator may be zero. They suppose nothing of a part common to both.

    Parameters
    ----------
    numerator, denominator : pandas.DataFrame
        Of one index, sorted or not: value, status, low, high (missing where the value is exact), as
        `sdsf_analysis.indicators.sums.sums_by` gives them. The answer follows the numerator's index.
    per : float
        100 for a percentage, 1 for a ratio.

    Returns
    -------
    pandas.DataFrame
        On the index of the numerator: numerator, denominator, value, status, low, high. ``not_applicable``
        where the denominator is known to be zero; ``missing`` before ``secret`` where a part is not known.

    Examples
    --------
    >>> places = pd.DataFrame({"value": [25.0], "status": ["known"], "low": [23.0], "high": [27.0]})
    >>> children = pd.DataFrame({"value": [60.0], "status": ["known"], "low": [58.0], "high": [62.0]})
    >>> ratio(places, children).round(1).values.tolist()
    [[25.0, 60.0, 41.7, 'known', 37.1, 46.6]]
    """
    denominator = denominator.reindex(numerator.index)
    top, bottom = _numbers(numerator), _numbers(denominator)
    status = np.maximum(_ranks(numerator), _ranks(denominator))
    is_zero = bottom["value"] == 0
    with np.errstate(invalid="ignore", divide="ignore"):
        value = per * top["value"] / np.where(is_zero, np.nan, bottom["value"])
        # what is below zero is least over the least denominator
        least = np.where(top["low"] < 0, bottom["low"], bottom["high"])
        most = np.where(top["high"] < 0, bottom["high"], bottom["low"])
        low = per * top["low"] / np.where(least > 0, least, np.nan)
        high = per * top["high"] / np.where(most > 0, most, np.nan)
    is_exact = is_zero | ((low == high) & (status == _KNOWN))
    columns = {
        "numerator": top["value"],
        "denominator": bottom["value"],
        "value": np.where(status == _KNOWN, value, np.nan),
        "status": np.where(is_zero, "not_applicable", _NAMES[status]),
        "low": np.where(is_exact, np.nan, low),
        "high": np.where(is_exact, np.nan, high),
    }
    return pd.DataFrame(columns, index=numerator.index)[VALUE_COLUMNS].astype({"status": "str"})


def _numbers(sums: pd.DataFrame) -> dict[str, np.ndarray]:
    """Value and bounds; those of an exact value are the value itself."""
    value, low, high = (sums[name].to_numpy("float64", na_value=np.nan) for name in ("value", "low", "high"))
    return {
        "value": value,
        "low": np.where(np.isnan(low), value, low),
        "high": np.where(np.isnan(high), value, high),
    }


def _ranks(sums: pd.DataFrame) -> np.ndarray:
    status = sums["status"]
    is_withheld = status.isin(WITHHELD)
    return np.select([status.eq("known"), is_withheld], [_KNOWN, _SECRET], _MISSING)
