"""What stands behind a count that its sender rounds to a multiple of five."""

import numpy as np
import pandas as pd

from sdsf_analysis.indicators.asked import check_choice

BASE = 5
# The Cnaf gives two examples, 7 becomes 5 and 12 becomes 10: both rules agree with them.
ROUNDINGS = {"nearest": (2, 2), "floor": (0, 4), "unknown": (2, 4)}


def rounded(rows: pd.DataFrame, rounding: str = "unknown") -> pd.DataFrame:
    """Give counts rounded to five the bounds of what they may have been.

    Formula: ``nearest`` [x - 2, x + 2], ``floor`` [x, x + 4], ``unknown`` their union [x - 2, x + 4], never
    below zero. Reference: data.caf.fr, « 7 est arrondi à 5 et 12 est arrondi à 10 ».

    Parameters
    ----------
    rows : pandas.DataFrame
        value, status, low, high. What is not a known multiple of five keeps its bounds.
    rounding : {"unknown", "nearest", "floor"}

    Returns
    -------
    pandas.DataFrame
        The same rows, with their bounds.

    Raises
    ------
    QuestionError
        If the rule is unknown; the message lists them.

    Examples
    --------
    >>> cells = pd.DataFrame({"value": [5.0, 10.0, 15.0], "status": "known", "low": None, "high": None})
    >>> nearest = rounded(cells, "nearest")
    >>> float(nearest["low"].sum()), float(nearest["high"].sum())
    (24.0, 36.0)
    """
    below, above = ROUNDINGS[check_choice("Règle d'arrondi inconnue (rounding)", rounding, ROUNDINGS)]
    value = rows["value"].to_numpy("float64", na_value=np.nan)
    is_rounded = rows["status"].eq("known").to_numpy(bool) & (value % BASE == 0)
    low, high = (rows[name].to_numpy("float64", na_value=np.nan) for name in ("low", "high"))
    return rows.assign(
        low=np.where(is_rounded, np.maximum(value - below, 0), low),
        high=np.where(is_rounded, value + above, high),
    )
