"""What is known of each service near a day: its kind, its name, its commune."""

import pandas as pd


def known_near(offer: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """Give one row per service: the last one that has begun on a day, else its first one.

    A service that has closed, or that only a later list tells, is somewhere all the same: money and alerts
    that concern it have a place.

    Parameters
    ----------
    offer : pandas.DataFrame
        Table ``offer``.
    day : pandas.Timestamp

    Returns
    -------
    pandas.DataFrame
        Rows of ``offer``, sorted by service.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> found = known_near(example_tables().offer, pd.Timestamp("2024-10-01"))
    >>> found[["service", "capacity"]].values.tolist()
    [['c1', 30.0], ['c2', 18.0], ['m1', 12.0], ['p1', 12.0]]
    """
    rows = offer.sort_values(["service", "valid_from"], kind="stable", ignore_index=True)
    to_come = rows["valid_from"] > day
    begun = rows[~to_come].drop_duplicates("service", keep="last")
    later = rows[to_come & ~rows["service"].isin(begun["service"])].drop_duplicates("service")
    return (
        pd.concat([begun, later]).sort_values("service", ignore_index=True)
        if len(later)
        else (begun.reset_index(drop=True))
    )
