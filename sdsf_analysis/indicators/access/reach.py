"""What is within reach of what: pairs of communes and services, and the places that they share."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from sdsf_analysis.indicators.access.catchment import Catchment, decay_weights, floating_catchment
from sdsf_analysis.indicators.access.ground import BORDER, CROW, Ground, counted, ground, people
from sdsf_analysis.indicators.measures import WITHHELD, Numbers, sum_parts
from sdsf_analysis.indicators.remarks import listed
from sdsf_analysis.indicators.sums import Count
from sdsf_analysis.model.tables import Tables
from sdsf_analysis.territories.distances import Pairs, pairs_within

_FRACTIONS = "Une place est partagée entre les enfants à sa portée : c'est un accès possible, non un accueil."


class Reach(NamedTuple):
    """The pairs of communes and services within the radius, and what they share.

    Attributes
    ----------
    land : Ground
        Its services are those whose places are known or withheld.
    children_of : Count
        As received.
    pairs : Pairs
    weights : numpy.ndarray
    places : numpy.ndarray
        One row per service: places, at least, at most.
    children : numpy.ndarray
        One row per commune: children, at least, at most; zero where nobody is counted.
    said : list of str
    """

    land: Ground
    children_of: Count
    pairs: Pairs
    weights: Numbers
    places: np.ndarray
    children: np.ndarray
    said: list[str]


def reach_of(  # noqa: PLR0913 - as `accessible_places`
    tables: Tables,
    day: pd.Timestamp,
    kinds: Sequence[str],
    of: str,
    *,
    radius_km: float,
    decay: str = "steps",
    within: str = "disc",
) -> Reach:
    """Find what is within reach of what.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> day = pd.Timestamp("2024-06-30")
    >>> reach = reach_of(example_tables(), day, ["eaje"], "children_0_2", radius_km=15)
    >>> reach.pairs.km.round(1).tolist(), reach.weights.tolist()
    ([2.0, 10.0, 10.0, 2.0, 10.0], [1.0, 0.22, 0.22, 1.0, 0.22])
    """
    return reach_on(tables, day, ground(tables, day, kinds, within), of, radius_km=radius_km, decay=decay)


def reach_on(  # noqa: PLR0913 - as `accessible_places`
    tables: Tables, day: pd.Timestamp, placed: Ground, of: str, *, radius_km: float, decay: str = "steps"
) -> Reach:
    """Find what is within reach of what, the communes and services being already placed.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> tables, day = example_tables(), pd.Timestamp("2024-06-30")
    >>> placed = ground(tables, day, ["eaje"])
    >>> reach_on(tables, day, placed, "children_0_2", radius_km=15).places[:, 0].tolist()
    [24.0, 12.0]
    """
    land, not_known = _with_places(placed)
    count, who = people(tables, of, day)
    is_counted = counted(count, land.has_point)
    parts = sum_parts(count.rows)
    children = np.column_stack([parts.value, parts.low, parts.high])
    children[~is_counted] = 0
    pairs = _pairs(land, radius_km)
    said = [*land.said, not_known, who, _FRACTIONS, CROW, BORDER]
    weights = decay_weights(pairs.km, radius_km, decay)
    return Reach(land, count, pairs, weights, _places(land.services), children, said)


def shared(reach: Reach) -> tuple[np.ndarray, Numbers]:
    """Places per child of each commune: known, at least, at most; and the children of each service, weighted.

    At least: the fewest places shared by the most children; at most: the reverse.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> day = pd.Timestamp("2024-06-30")
    >>> reach = reach_of(example_tables(), day, ["eaje"], "children_0_2", radius_km=15)
    >>> shared(reach)[0].round(2)[:, 0].tolist()
    [0.72, nan, nan, nan]
    """
    most = np.where(np.isnan(reach.children[:, 2]), np.inf, reach.children[:, 2])
    sides = (
        _catchment(reach, 0, reach.children[:, 0]),
        _catchment(reach, 1, most),
        _catchment(reach, 2, reach.children[:, 1]),
    )
    return np.column_stack([side.access for side in sides]), sides[0].demand


def _catchment(reach: Reach, column: int, children: Numbers) -> Catchment:
    supply = reach.places[:, column]
    # a count that is not known, times a weight of zero, would be unknown
    linked = reach.weights > 0
    pairs = reach.pairs.at(linked)
    return floating_catchment(pairs, reach.weights[linked], supply, children)


def _with_places(land: Ground) -> tuple[Ground, str]:
    """Ground without the services whose places nobody gives, and their names."""
    services = land.services
    is_told = services["capacity_status"].isin(["known", *WITHHELD]).to_numpy(bool)
    left = listed(
        "Services ouverts sans capacité connue, non comptés", sorted(services.loc[~is_told, "service"])
    )
    kept = land._replace(
        services=services[is_told].reset_index(drop=True),
        sites=land.sites[is_told],
        homes=land.homes[is_told],
    )
    return kept, left


def _places(services: pd.DataFrame) -> np.ndarray:
    names = {f"capacity{end}": name for end, name in (("", "value"), ("_status", "status"))}
    names |= {"capacity_low": "low", "capacity_high": "high"}
    parts = sum_parts(services[list(names)].rename(columns=names))
    return np.column_stack([parts.value, parts.low, parts.high])


def _pairs(land: Ground, radius_km: float) -> Pairs:
    """Pairs within the radius; a service of one's own commune is always one, at the distance inside it."""
    where = np.flatnonzero(land.has_point)
    found = pairs_within(land.points[where], land.sites, radius_km)
    origin = where[found.origin]
    apart = origin != land.homes[found.site]
    own = np.flatnonzero((land.homes >= 0) & np.append(land.has_point, False)[land.homes])
    homes = land.homes[own]
    inside = np.minimum(land.inside_km[homes], radius_km)
    pairs = Pairs(
        np.concatenate([origin[apart], homes]),
        np.concatenate([found.site[apart], own]),
        np.concatenate([found.km[apart], inside]),
    )
    order = np.lexsort((pairs.site, pairs.origin))
    return pairs.at(order)
