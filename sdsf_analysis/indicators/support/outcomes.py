"""What became of a structure: still open, closed, moved, or nobody knows."""

import numpy as np
import pandas as pd

from sdsf_analysis.indicators.services.homes import known_near

OUTCOMES = {
    "open": "toujours ouverte",
    "moved": "ouverte dans une autre commune",
    "frozen": "places gelées",
    "closed": "fermée",
    "unknown": "on ne sait pas",
}


def outcomes(offer: pd.DataFrame, since: pd.Series, day: pd.Timestamp) -> pd.DataFrame:
    """Say what became of some structures between a day of their own and another.

    Parameters
    ----------
    offer : pandas.DataFrame
        Table ``offer``.
    since : pandas.Series
        Service → day of its first alert.
    day : pandas.Timestamp

    Returns
    -------
    pandas.DataFrame
        Indexed by service: outcome (``open``, ``moved``, ``frozen``, ``closed``, ``unknown``), outcome_label,
        outcome_on (day of the closing, or first day at the new place; missing when no file dates it).

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> first = pd.Series({"c1": pd.Timestamp("2024-01-01"), "m1": pd.Timestamp("2024-01-01")})
    >>> outcomes(example_tables().offer, first, pd.Timestamp("2024-12-31"))["outcome"].to_dict()
    {'c1': 'open', 'm1': 'closed'}
    """
    rows = offer[offer["service"].isin(since.index)]
    now = known_near(rows, day).set_index("service").reindex(since.index)
    first = _before(rows, since).reindex(since.index)
    is_listed = (now["valid_from"] <= day) & (now["valid_to"].isna() | (now["valid_to"] >= day))
    is_closed = (now["closed_on"] <= day) | ((now["stage"] == "closed") & (now["valid_from"] <= day))
    is_moved = now["commune"].notna() & first.notna() & (now["commune"] != first)
    stage = now["stage"].astype("str")
    cases = [is_closed, is_listed & (stage == "frozen"), is_listed & (stage == "open") & is_moved]
    cases.append(is_listed & (stage == "open"))
    names = np.select(
        [one.fillna(False).to_numpy(bool) for one in cases], ["closed", "frozen", "moved", "open"], "unknown"
    )
    found = pd.DataFrame({"outcome": pd.array(names, dtype="str")}, index=since.index)
    dates = now["closed_on"].where(found["outcome"] == "closed")
    dates = dates.fillna(now["valid_from"].where(found["outcome"].isin(["moved", "frozen"])))
    return found.assign(outcome_label=found["outcome"].map(OUTCOMES).astype("str"), outcome_on=dates)


def _before(rows: pd.DataFrame, since: pd.Series) -> pd.Series:
    """Commune of each service when its first alert was given."""
    begun = rows[rows["valid_from"] <= since.reindex(rows["service"]).to_numpy()].sort_values(
        ["service", "valid_from"]
    )
    return begun.drop_duplicates("service", keep="last").set_index("service")["commune"]
