"""Places within reach of the children of each territory, shared with the children around."""

from collections.abc import Hashable, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from sdsf_analysis.indicators.access.catchment import Catchment, decay_weights, floating_catchment
from sdsf_analysis.indicators.access.ground import BORDER, CROW, Ground, counted, ground, people
from sdsf_analysis.indicators.asked import Day, read_date
from sdsf_analysis.indicators.codes import Codes, places_in
from sdsf_analysis.indicators.measures import VALUE_COLUMNS, WITHHELD, Numbers, shares_by_code, sum_parts
from sdsf_analysis.indicators.question import Question
from sdsf_analysis.indicators.remarks import listed, remark
from sdsf_analysis.indicators.sums import Count
from sdsf_analysis.indicators.territories import members
from sdsf_analysis.model.tables import Tables
from sdsf_analysis.territories.distances import Pairs, pairs_within

MEASURES = ("accessible_places", "out_of_reach", "places_out_of_reach")
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


def accessible_places(  # noqa: PLR0913 - what is shared, among whom and how far, each by its name
    tables: Tables,
    on: Day,
    by: str = "commune",
    *,
    kinds: Sequence[str] = ("eaje",),
    of: str = "children_0_2",
    radius_km: float = 15,
    decay: str = "steps",
    within: str = "disc",
) -> pd.DataFrame:
    """Places within reach for 100 children (E2SFCA): each place is shared by all the children around it.

    Formula: R_j = S_j / Σ_i P_i w(d_ij), then A_i = 100 · Σ_j R_j w(d_ij); of a territory, ΣP_i A_i / ΣP_i.
    The numerators of all communes add up to the places of the services that have children within reach: none
    is lost or counted twice. Distances as for `nearest_service`. References: Luo & Qi 2009 (E2SFCA); Dai 2010
    (gaussian); DREES, accessibilité potentielle localisée (APL).

    Parameters
    ----------
    tables : Tables
    on : str or datetime.date
    by : str
        Level of the territories, one of those of ``membership``, or ``commune``.
    kinds : sequence of str
        Kinds of ``offer_kind``, families of ``offer_family``, or ``eaje`` for all crèches.
    of : str
        Who shares the places: code of ``families_measure``.
    radius_km : float
        Nothing counts beyond.
    decay : str
        ``steps``, ``gaussian``, ``none``, or the steps themselves (``10:1,15:0.3,20:0.1``): see
        `sdsf_analysis.indicators.access.catchment.decay_weights`.
    within : {"disc", "zero"}
        Distance to a service of one's own commune.

    Returns
    -------
    pandas.DataFrame
        One row per territory and measure, sorted: ``accessible_places`` (for 100 children; zero, never
        missing, where no service is within reach), ``out_of_reach`` (% of the children who have none:
        the flag of that
        zero), ``places_out_of_reach`` (% of the places of the territory that no child can reach).

    Raises
    ------
    QuestionError
        If a day, a level, a kind, a count, a radius or a decay is not one.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> found = accessible_places(example_tables(), "2024-06-30").round(1)
    >>> found.loc[found["measure"] == "accessible_places", ["value", "low", "high"]].values.tolist()
    [[72.1, nan, nan], [nan, 20.0, 20.0], [nan, 18.7, 18.9], [nan, 4.1, 4.2]]
    """
    day = read_date(on)
    reach = reach_of(tables, day, kinds, of, radius_km=radius_km, decay=decay, within=within)
    rows = members(tables.membership, reach.land.communes, by, day)
    frame = _by_territory(rows, reach)
    if not reach.land.is_known or reach.children_of.year is None:
        frame = frame.assign(numerator=np.nan, value=np.nan, low=np.nan, high=np.nan, status="missing")
    asked: dict[Hashable, Any] = {
        "kinds": list(kinds),
        "of": of,
        "radius_km": radius_km,
        "decay": decay,
        "within": within,
    }
    frame.attrs = {
        **asked,
        "question": Question.of(
            tables, "accessible_places", on=day, by=by, **{str(name): said for name, said in asked.items()}
        ),
    }
    return remark(frame, reach.said)


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
    land, not_known = _with_places(ground(tables, day, kinds, within))
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


def _by_territory(rows: pd.DataFrame, reach: Reach) -> pd.DataFrame:
    access, around = shared(reach)
    places = places_in(rows["commune"], reach.land.communes)
    codes, territories = pd.factorize(rows["territory"], sort=True)
    n = len(territories)
    has_point = reach.land.has_point[places]
    pointed, pointed_codes = places[has_point], codes[has_point]
    is_single = np.bincount(pointed_codes, minlength=n) == 1
    frames = [
        _accessible(access[pointed], reach.children[pointed], pointed_codes, n, is_single),
        _out_of_reach(reach, pointed, pointed_codes, n),
        _places_lost(reach, around, places, codes, n),
    ]
    without = np.bincount(pointed_codes, minlength=n) == 0
    for frame in frames[:2]:
        frame.loc[without, [name for name in VALUE_COLUMNS if name != "status"]] = np.nan
        frame.loc[without, "status"] = "missing"
    named = [
        frame.assign(rank=range(n), territory=territories, measure=measure)
        for frame, measure in zip(frames, MEASURES, strict=True)
    ]
    frame = pd.concat(named).sort_values("rank", kind="stable", ignore_index=True)
    return frame[["territory", "measure", *VALUE_COLUMNS]]


def _accessible(
    access: np.ndarray, children: np.ndarray, codes: Codes, n: int, is_single: np.ndarray
) -> pd.DataFrame:
    """Σ P_i A_i / Σ P_i; in one commune, what its children can reach, whether there are any or not."""

    def summed(numbers: Numbers) -> Numbers:
        return np.bincount(codes, numbers, n).astype("float64")

    low, high = _hull(access, codes, n)
    whole, places = summed(children[:, 0]), summed(children[:, 0] * access[:, 0])
    is_shared = ~is_single & (whole > 0)
    value = 100 * np.where(
        is_single, summed(access[:, 0]), np.where(is_shared, places, np.nan) / np.where(is_shared, whole, 1)
    )
    is_empty = (whole == 0) & ~is_single
    exact = ~np.isnan(value)
    bounded = ~exact & ~is_empty
    columns = {
        "numerator": places,
        "denominator": whole,
        "value": value,
        "status": np.select([is_empty, exact], ["not_applicable", "known"], "secret"),
        "low": np.where(bounded, 100 * low, np.nan),
        "high": np.where(bounded, 100 * high, np.nan),
    }
    return pd.DataFrame(columns)


def _hull(access: np.ndarray, codes: Codes, n: int) -> tuple[Numbers, Numbers]:
    """Least and greatest access of the communes of each group: a mean of them lies between."""
    low, high = np.full(n, np.inf), np.full(n, -np.inf)
    np.minimum.at(low, codes, access[:, 1])
    np.maximum.at(high, codes, np.where(np.isnan(access[:, 2]), np.inf, access[:, 2]))
    return np.where(np.isfinite(low), low, np.nan), np.where(np.isfinite(high), high, np.nan)


def _out_of_reach(reach: Reach, places: Codes, codes: Codes, n: int) -> pd.DataFrame:
    """Share of the children who have no service within reach."""
    has_one = np.zeros(len(reach.land.communes), bool)
    has_one[reach.pairs.origin[reach.weights > 0]] = True
    rows = reach.children_of.rows
    is_counted = counted(reach.children_of, reach.land.has_point)[places]
    parts = sum_parts(rows).at(places[is_counted])
    return shares_by_code(parts, ~has_one[places[is_counted]], codes[is_counted], n)


def _places_lost(reach: Reach, around: Numbers, places: Codes, codes: Codes, n: int) -> pd.DataFrame:
    """Share of the places of the services of each territory that no child can reach."""
    groups = pd.DataFrame({"home": places, "code": codes})
    sites = pd.DataFrame({"home": reach.land.homes, "site": range(len(reach.land.homes))})
    pairs = groups.merge(sites, on="home", validate="many_to_many")
    site = pairs["site"].to_numpy(np.intp)
    services = reach.land.services
    names = {"capacity": "value", "capacity_status": "status", "capacity_low": "low", "capacity_high": "high"}
    parts = sum_parts(services[list(names)].rename(columns=names)).at(site)
    lost = np.nan_to_num(around, nan=1.0)[site] == 0
    return shares_by_code(parts, lost, pairs["code"].to_numpy(np.intp), n)
