"""Two-step floating catchment area: the places within reach of each child, shared with the other children.

References: Luo & Qi 2009 (« An enhanced two-step floating catchment area (E2SFCA) method », Health & Place
15); DREES, accessibilité potentielle localisée (APL). Oracle: PySAL ``access``.
"""

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.territories.distances import Numbers, Pairs

# Luo & Qi 2009: three zones of equal width
_STEPS = ((1 / 3, 1.0), (2 / 3, 0.68), (1.0, 0.22))
_GAUSSIAN_END = float(np.exp(-0.5))
DECAYS = ("steps", "gaussian", "none")


class Catchment(NamedTuple):
    """What the two steps give.

    Attributes
    ----------
    access : numpy.ndarray
        Places per child at each origin.
    demand : numpy.ndarray
        Weighted children within reach of each site.
    """

    access: Numbers
    demand: Numbers


def floating_catchment(pairs: Pairs, weights: Numbers, supply: Numbers, demand: Numbers) -> Catchment:
    """Share the places of each site among the children around, then add up what reaches each origin.

    Formula: R_j = S_j / Σ_i P_i w_ij, then A_i = Σ_j R_j w_ij. Σ_i P_i A_i = Σ_j S_j over the sites that have
    demand: no place is lost or counted twice. A site without any child within reach has no ratio: its places
    reach nobody, and its demand of zero says so; nothing is infinite.

    Parameters
    ----------
    pairs : Pairs
    weights : numpy.ndarray
        Weight of each pair, between 0 and 1.
    supply : numpy.ndarray
        Places of each site.
    demand : numpy.ndarray
        Children of each origin.

    Examples
    --------
    >>> three = np.arange(3)
    >>> pairs = Pairs(np.repeat(three, 3), np.tile(three, 3), np.array([0, 12, 25, 12, 0, 8, 25, 8, 0.0]))
    >>> weights = decay_weights(pairs.km, 20, "10:1,15:0.3,20:0.1")
    >>> found = floating_catchment(pairs, weights, np.array([30.0, 0, 10]), np.array([100.0, 60, 40]))
    >>> (100 * found.access).round(4).tolist(), found.demand.tolist()
    ([25.4237, 17.6271, 10.0], [118.0, 130.0, 100.0])
    """
    from scipy.sparse import coo_array

    linked = coo_array((weights, (pairs.origin, pairs.site)), shape=(len(demand), len(supply)))
    # scipy makes a scalar of a single row
    around = np.atleast_1d(linked.T @ demand)
    # a demand that is not known is no absence of demand: what rests on it is not known either
    is_alone = around == 0
    ratios = np.where(is_alone, 0.0, supply / np.where(is_alone, 1.0, around))
    return Catchment(np.atleast_1d(linked @ ratios), around)


def decay_weights(km: Numbers, radius_km: float, decay: str = "steps") -> Numbers:
    """Weigh each distance: the further, the less a place counts; nothing beyond the radius.

    Parameters
    ----------
    km : numpy.ndarray
    radius_km : float
    decay : str
        ``steps``: 1, 0.68 and 0.22 in the three thirds of the radius (Luo & Qi 2009). ``gaussian``:
        (e^(-½(d/r)²) - e^(-½)) / (1 - e^(-½)), one at the place itself and zero at the radius (Dai 2010).
        ``none``: one everywhere. Else the steps themselves: ``10:1,15:0.3,20:0.1``.

    Raises
    ------
    QuestionError
        If the decay is none of these, or the radius is not above zero.

    Examples
    --------
    >>> decay_weights(np.array([0.0, 6.0, 15.0, 16.0]), 15, "steps").tolist()
    [1.0, 0.68, 0.22, 0.0]
    >>> decay_weights(np.array([0.0, 15.0]), 15, "gaussian").tolist()
    [1.0, 0.0]
    """
    if not 0 < radius_km < np.inf:
        raise QuestionError(f"Le rayon (radius_km) doit dépasser zéro kilomètre : « {radius_km} ».")
    if decay == "gaussian":
        inside = (np.exp(-0.5 * (km / radius_km) ** 2) - _GAUSSIAN_END) / (1 - _GAUSSIAN_END)
        return np.where(km <= radius_km, np.clip(inside, 0, None), 0.0)
    steps = decay_steps(decay, radius_km)
    limits = np.array([limit for limit, _ in steps])
    values = np.array([*(weight for _, weight in steps), 0.0])
    return np.where(km <= radius_km, values[np.searchsorted(limits, km)], 0.0)


def decay_steps(decay: str, radius_km: float) -> list[tuple[float, float]]:
    """Read the steps of a decay: upper distance and weight of each.

    Examples
    --------
    >>> decay_steps("10:1,20:0.5", 20)
    [(10.0, 1.0), (20.0, 0.5)]
    >>> decay_steps("linear", 20)
    Traceback (most recent call last):
    sdsf_analysis.errors.QuestionError: Décroissance inconnue (decay) : « linear ». Choisir parmi : steps,
    gaussian, none, ou écrire les paliers : 10:1,15:0.3,20:0.1.
    """
    if decay == "none":
        return [(radius_km, 1.0)]
    if decay == "steps":
        return [(share * radius_km, weight) for share, weight in _STEPS]
    try:
        steps = [(float(km), float(weight)) for km, weight in (one.split(":") for one in decay.split(","))]
    except ValueError:
        steps = []
    limits = [limit for limit, _ in steps]
    is_rising = all(low < high for low, high in pairwise(limits))
    if not steps or not is_rising or not all(limit > 0 and 0 <= weight <= 1 for limit, weight in steps):
        raise QuestionError(
            f"Décroissance inconnue (decay) : « {decay} ». Choisir parmi : {', '.join(DECAYS)}, "
            "ou écrire les paliers : 10:1,15:0.3,20:0.1."
        )
    return steps
