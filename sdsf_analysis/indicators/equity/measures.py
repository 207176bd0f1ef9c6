"""Measures of inequality of a rate between territories, each weighted by those the rate is for.

Territories without weight count for nothing. Nothing is averaged: the mean of the rates is the sum of what is
offered over the sum of those it is for.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
_NONE = float("nan")


def lorenz(rates: npt.ArrayLike, weights: npt.ArrayLike) -> tuple[Numbers, Numbers]:
    """Cumulated shares of the population and of what it is offered, the worst served first.

    Parameters
    ----------
    rates : array of float
        What each territory is offered per head, at least zero.
    weights : array of float
        Its population.

    Returns
    -------
    tuple of (numpy.ndarray, numpy.ndarray)
        Population and offer, from 0 to 1; both empty where nobody is offered anything.

    Examples
    --------
    >>> population, offer = lorenz([1, 3], [1, 1])
    >>> population.tolist(), offer.tolist()
    ([0.0, 0.5, 1.0], [0.0, 0.25, 1.0])
    """
    rate, weight = _counted(rates, weights)
    order = np.argsort(rate, kind="stable")
    population, offer = weight[order].cumsum(), (rate * weight)[order].cumsum()
    if not len(offer) or offer[-1] == 0:
        return np.array([]), np.array([])
    return np.append(0.0, population / population[-1]), np.append(0.0, offer / offer[-1])


def gini(rates: npt.ArrayLike, weights: npt.ArrayLike) -> float:
    """Gini index: 0 where all are served alike, near 1 where one territory has everything.

    Formula: 1 - Σ (L_k + L_{k-1}) (p_k - p_{k-1}), territories sorted by rate, p their cumulated share of
    the population, L of what is offered. Reference: R ``acid::weighted.gini``.

    Returns
    -------
    float
        Not a number where nobody is offered anything.

    Examples
    --------
    >>> round(gini([20, 35, 50, 60, 80], [400, 300, 150, 100, 50]), 7)
    0.2493056
    """
    population, offer = lorenz(rates, weights)
    if not len(offer):
        return _NONE
    return float(1 - ((offer[1:] + offer[:-1]) * np.diff(population)).sum())


class Theil(NamedTuple):
    """Theil index, and the parts of it between groups of territories and within them."""

    total: float
    between: float
    within: float


def theil(rates: npt.ArrayLike, weights: npt.ArrayLike, groups: npt.ArrayLike) -> Theil:
    """Theil index split between and within groups.

    Formula: T = Σ w/W · (x/μ) ln(x/μ), where a rate of zero adds nothing; between: the same on the groups,
    each at its own mean. Reference: Theil 1967; PySAL ``inequality.TheilD``.

    Parameters
    ----------
    rates, weights : array of float
        As for `lorenz`.
    groups : array
        Group of each territory.

    Examples
    --------
    >>> found = theil([20, 35, 50, 60, 80], [400, 300, 150, 100, 50], list("NNSSS"))
    >>> [round(part, 7) for part in found]
    [0.1034633, 0.0757945, 0.0276687]
    """
    rate, weight = np.asarray(rates, float), np.asarray(weights, float)
    names = np.asarray(groups)[weight > 0]
    rate, weight = _counted(rate, weight)
    total = _theil(rate, weight)
    codes = np.unique(names, return_inverse=True)[1]
    of_groups = np.bincount(codes, weight).astype(np.float64)
    offered = np.bincount(codes, rate * weight).astype(np.float64)
    between = _theil(offered / of_groups, of_groups)
    return Theil(total, between, total - between)


def _theil(rate: Numbers, weight: Numbers) -> float:
    offered = (rate * weight).sum()
    if offered == 0:
        return _NONE
    share = rate / (offered / weight.sum())
    logs = np.log(share, out=np.zeros_like(share), where=share > 0)
    return max(0.0, float((weight / weight.sum() * share * logs).sum()))


def quantile(rates: npt.ArrayLike, weights: npt.ArrayLike, share: float) -> float:
    """Smallest rate such that territories at or below it hold a share of the population.

    Examples
    --------
    >>> [quantile([20, 35, 50, 60, 80], [400, 300, 150, 100, 50], q) for q in (0.1, 0.9)]
    [20.0, 60.0]
    """
    rate, weight = _counted(rates, weights)
    if not len(rate):
        return _NONE
    order = np.argsort(rate, kind="stable")
    reached = weight[order].cumsum()
    # the sum of the shares may fall short of 1 by a rounding
    place = np.searchsorted(reached, share * reached[-1] * (1 - 1e-12))
    return float(rate[order][min(place, len(rate) - 1)])


def extremes_ratio(rates: npt.ArrayLike, count: int) -> float:
    """Mean of the best served territories over that of the worst served, each for one: the official ratio.

    Reference: programmes de qualité et d'efficience (PQE) de la sécurité sociale, which compare the twenty
    best and the twenty worst départements.

    Parameters
    ----------
    rates : array of float
    count : int
        How many at each end.

    Returns
    -------
    float
        Not a number where the worst have nothing, or there are not twice as many territories.

    Examples
    --------
    >>> extremes_ratio([10, 12, 20, 30, 36], 2)
    3.0
    """
    rate = np.sort(np.asarray(rates, float))
    if count < 1 or len(rate) < 2 * count or rate[:count].sum() == 0:
        return _NONE
    return float(rate[-count:].sum() / rate[:count].sum())


def _counted(rates: npt.ArrayLike, weights: npt.ArrayLike) -> tuple[Numbers, Numbers]:
    rate, weight = np.asarray(rates, float), np.asarray(weights, float)
    return rate[weight > 0], weight[weight > 0]
