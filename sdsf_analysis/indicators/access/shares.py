"""The accessible places of territories: what children reach, who reaches nothing, what is lost."""

import numpy as np
import pandas as pd

from sdsf_analysis.indicators.access.ground import counted
from sdsf_analysis.indicators.access.reach import Reach
from sdsf_analysis.indicators.codes import Codes
from sdsf_analysis.indicators.measures import Numbers, shares_by_code, sum_parts


def means_reached(
    access: np.ndarray, children: np.ndarray, codes: Codes, n: int, is_single: np.ndarray
) -> pd.DataFrame:
    """Mean of what the children of each group can reach: Σ P_i A_i / Σ P_i, for 100 children.

    In one commune alone, what children there can reach, whether there are any or not.

    Parameters
    ----------
    access, children : numpy.ndarray
        One row per commune: places per child, and children; value, at least, at most.
    codes : numpy.ndarray
        Number of the group of each row.
    n : int
        How many groups there are.
    is_single : numpy.ndarray
        Whether each group is one commune.

    Examples
    --------
    >>> access, children = np.array([[0.2, 0.2, 0.2], [0.4, 0.4, 0.4]]), np.array([[30.0] * 3, [10.0] * 3])
    >>> means_reached(access, children, np.array([0, 0]), 1, np.array([False]))["value"].tolist()
    [25.0]
    """

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


def children_out_of_reach(reach: Reach, places: Codes, codes: Codes, n: int) -> pd.DataFrame:
    """Share of the children of each group who have no service within reach.

    Examples
    --------
    >>> from sdsf_analysis.indicators.access.reach import reach_of
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> reach = reach_of(example_tables(), pd.Timestamp("2024-06-30"), ["eaje"], "children_0_2", radius_km=5)
    >>> children_out_of_reach(reach, np.array([0, 1]), np.array([0, 0]), 1)["value"].round(1).tolist()
    [33.3]
    """
    has_one = np.zeros(len(reach.land.communes), bool)
    has_one[reach.pairs.origin[reach.weights > 0]] = True
    rows = reach.children_of.rows
    is_counted = counted(reach.children_of, reach.land.has_point)[places]
    parts = sum_parts(rows).at(places[is_counted])
    return shares_by_code(parts, ~has_one[places[is_counted]], codes[is_counted], n)


def places_lost(reach: Reach, around: Numbers, places: Codes, codes: Codes, n: int) -> pd.DataFrame:
    """Share of the places of the services of each group that no child can reach.

    Examples
    --------
    >>> from sdsf_analysis.indicators.access.reach import reach_of, shared
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> reach = reach_of(example_tables(), pd.Timestamp("2024-06-30"), ["eaje"], "children_0_2", radius_km=5)
    >>> places_lost(reach, shared(reach)[1], np.array([0]), np.array([0]), 1)["value"].tolist()
    [0.0]
    """
    groups = pd.DataFrame({"home": places, "code": codes})
    sites = pd.DataFrame({"home": reach.land.homes, "site": range(len(reach.land.homes))})
    pairs = groups.merge(sites, on="home", validate="many_to_many")
    site = pairs["site"].to_numpy(np.intp)
    services = reach.land.services
    names = {"capacity": "value", "capacity_status": "status", "capacity_low": "low", "capacity_high": "high"}
    parts = sum_parts(services[list(names)].rename(columns=names)).at(site)
    lost = np.nan_to_num(around, nan=1.0)[site] == 0
    return shares_by_code(parts, lost, pairs["code"].to_numpy(np.intp), n)
