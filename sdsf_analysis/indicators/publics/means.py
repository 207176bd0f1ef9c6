"""Means of an access that may itself be known by its bounds only, weighted by families."""

import numpy as np
import pandas as pd

from sdsf_analysis.indicators.access.means import weighted_means
from sdsf_analysis.indicators.codes import Codes
from sdsf_analysis.indicators.measures import Parts


def bounded_means(values: np.ndarray, parts: Parts, codes: Codes, groups: int) -> pd.DataFrame:
    """Mean of a value with its bounds, weighted by counts that may have bounds too.

    Formula: Σ count · value / Σ count. Where a value or a count is withheld, the least mean is that of the
    low values, the greatest that of the high ones.

    Parameters
    ----------
    values : numpy.ndarray
        One row each: value (missing where it is not known), at least, at most.
    parts : Parts
        Counts of the rows.
    codes : numpy.ndarray
        Number of the group of each row.
    groups : int

    Returns
    -------
    pandas.DataFrame
        As `weighted_means` gives.

    Examples
    --------
    >>> from sdsf_analysis.indicators.measures import sum_parts
    >>> rows = pd.DataFrame({"value": [1.0, 1.0], "status": "known", "low": np.nan, "high": np.nan})
    >>> values = np.array([[10.0, 10.0, 10.0], [np.nan, 20.0, 40.0]])
    >>> found = bounded_means(values, sum_parts(rows), np.zeros(2, np.intp), 1)
    >>> found[["status", "low", "high"]].values.tolist()
    [['secret', 15.0, 25.0]]
    """
    is_open = np.isnan(values[:, 0])
    means = weighted_means(np.where(is_open, 0, values[:, 0]), parts, codes, groups)
    blurred = (np.bincount(codes[is_open], minlength=groups) > 0) & (means["status"] != "not_applicable")
    if not blurred.any():
        return means
    least, most = (weighted_means(np.nan_to_num(values[:, side]), parts, codes, groups) for side in (1, 2))
    endless = np.bincount(codes[~np.isfinite(values[:, 2])], minlength=groups) > 0
    return means.assign(
        numerator=means["numerator"].mask(blurred),
        value=means["value"].mask(blurred),
        status=means["status"].mask(blurred & (means["status"] == "known"), "secret"),
        low=means["low"].mask(blurred, least["low"].fillna(least["value"])),
        high=means["high"].mask(blurred, most["high"].fillna(most["value"])).mask(blurred & endless),
    )
