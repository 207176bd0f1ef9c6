"""If a crèche closes: what is left within a radius, for how many children."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from sdsf_analysis.indicators.access.reach import Reach, reach_of, shared
from sdsf_analysis.indicators.asked import Day, check_choice, read_date
from sdsf_analysis.indicators.measures import Numbers
from sdsf_analysis.indicators.remarks import remark
from sdsf_analysis.model.tables import Tables
from sdsf_analysis.territories.distances import pairs_within

COLUMNS = (
    *("service", "name", "commune", "capacity", "services_left", "places_left", "nearest_left_km"),
    *("children_around", "accessible_before", "accessible_after"),
)


def if_closed(
    tables: Tables,
    on: Day,
    service: str | None = None,
    *,
    radius_km: float = 20,
    kinds: Sequence[str] = ("eaje",),
) -> pd.DataFrame:
    """Say what would be left within a radius if a service closed, one row per service.

    Formula: services and places of the others at most ``radius_km`` away as the crow flies; children of the
    communes in this radius; their accessible places for 100 of them (see `accessible_places`), before and
    after: all the places of the service are lost to them, for none is counted beyond the radius.

    Parameters
    ----------
    tables : Tables
    on : str or datetime.date
    service : str, optional
        One service; every one without it.
    radius_km : float
    kinds : sequence of str
        As for `nearest_service`.

    Returns
    -------
    pandas.DataFrame
        Sorted by service. A number that rests on a withheld one is missing; ``nearest_left_km`` is zero where
        another stands in the same commune.

    Raises
    ------
    QuestionError
        If no such service is open with a known capacity; the message gives the nearest.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> found = if_closed(example_tables(), "2024-06-30", "c1", radius_km=15)
    >>> found[["services_left", "children_around", "accessible_before", "accessible_after"]].round(1).values
    array([[ 0., 45., nan, nan]])
    """
    reach = reach_of(tables, read_date(on), kinds, "children_0_2", radius_km=radius_km)
    services = reach.land.services
    if service is not None:
        check_choice("Service inconnu ou non ouvert à cette date", service, services["service"])
    frame = services[["service", "name", "commune", "capacity"]].assign(**_left(reach, radius_km))
    frame = frame.assign(**_around(reach))[list(COLUMNS)]
    kept = frame if service is None else frame[frame["service"] == service]
    return remark(kept.sort_values("service", ignore_index=True), reach.said)


def _left(reach: Reach, radius_km: float) -> dict[str, Numbers]:
    """Other services within the radius of each, their places, and the nearest of them."""
    n = len(reach.land.services)
    pairs = pairs_within(reach.land.sites, reach.land.sites, radius_km)
    pairs = pairs.at(pairs.origin != pairs.site)
    nearest = np.full(n, np.inf)
    np.minimum.at(nearest, pairs.origin, pairs.km)
    return {
        "services_left": np.bincount(pairs.origin, minlength=n).astype("float64"),
        "places_left": np.bincount(pairs.origin, reach.places[pairs.site, 0], n),
        "nearest_left_km": np.where(np.isfinite(nearest), nearest, np.nan),
    }


def _around(reach: Reach) -> dict[str, Numbers]:
    """Children within the radius of each service, and their accessible places with it and without it."""
    n, places = len(reach.land.services), reach.places[:, 0]
    access, demand = shared(reach)
    children = reach.children[:, 0]
    around: Numbers = np.bincount(reach.pairs.site, children[reach.pairs.origin], n).astype("float64")
    offered = np.bincount(reach.pairs.site, (children * access[:, 0])[reach.pairs.origin], n)
    known = np.where(around > 0, around, np.nan)
    lost = np.where(demand == 0, 0.0, places)
    is_told = reach.children_of.year is not None
    return {
        "children_around": around if is_told else np.full(n, np.nan),
        "accessible_before": 100 * offered / known,
        # what is lost may exceed what is left by a rounding
        "accessible_after": np.clip(100 * (offered - lost) / known, 0, None),
    }
