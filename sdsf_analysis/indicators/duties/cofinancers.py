"""Who cofinances a service, as the lists of services and the funds tell."""

import pandas as pd

from sdsf_analysis.model.tables import Tables

_NATURES = {"forecast": 0, "updated": 1, "actual": 2}


def cofinancers_at(tables: Tables, services: pd.DataFrame, day: pd.Timestamp) -> pd.Series:
    """Cofinancer of some services: that of their list, else that of the funds.

    Of the funds, the latest year not after the day counts, else the earliest; actual figures before updated
    ones, and these before forecasts.

    Parameters
    ----------
    tables : Tables
    services : pandas.DataFrame
        service, cofinancer.
    day : pandas.Timestamp

    Returns
    -------
    pandas.Series
        On the index of the services; missing where nobody says.

    Examples
    --------
    >>> from sdsf_analysis.indicators.duties.example import duties_example
    >>> tables = duties_example()
    >>> services = tables.offer[tables.offer["service"] == "k5"]
    >>> cofinancers_at(tables, services, pd.Timestamp("2024-12-31")).tolist()
    ['Communauté de communes E1']
    """
    funds = tables.funds[tables.funds["cofinancer"].notna()]
    later = funds["year"] > day.year
    # years to come rank below all others, the nearest of them first
    rank = funds["year"].mask(later, -funds["year"])
    funds = funds.assign(_rank=rank, _nature=funds["nature"].map(_NATURES))
    best = funds.sort_values(["_rank", "_nature"], kind="stable").drop_duplicates("service", keep="last")
    told = services["service"].map(best.set_index("service")["cofinancer"])
    return services["cofinancer"].fillna(told)
