"""Rates that rest on few cases: the limits of chance, and rates drawn towards the mean of all."""

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
_CONFIDENCE = 0.95


def empirical_bayes(events: npt.ArrayLike, base: npt.ArrayLike) -> Numbers:
    """Rates drawn towards the mean of all, the more so as their base is small.

    Formula: m = Σe / Σb; s² = Σ b (r - m)² / Σb; a = max(0, s² - m / b̄); m + (r - m) · a / (a + m / b).
    Without the clamp at zero, stable rates would be pushed beyond the mean. Reference: Marshall 1991; R
    ``spdep::EBest``.

    Parameters
    ----------
    events : array of float
        Cases.
    base : array of float
        Those among whom they are counted; where it is zero, there is no rate.

    Returns
    -------
    numpy.ndarray
        Not a number where there is no base.

    Examples
    --------
    >>> empirical_bayes([0, 9, 4, 70, 2], [25, 50, 30, 400, 60]).round(6).tolist()
    [0.118126, 0.160896, 0.146214, 0.170433, 0.104026]
    >>> empirical_bayes([3, 10, 4, 41, 5], [12, 40, 18, 150, 22]).round(6).tolist()
    [0.260331, 0.260331, 0.260331, 0.260331, 0.260331]
    """
    cases, among = np.asarray(events, float), np.asarray(base, float)
    smoothed = np.full(len(cases), np.nan)
    has_base = among > 0
    cases, among = cases[has_base], among[has_base]
    if not len(cases):
        return smoothed
    raw, mean = cases / among, cases.sum() / among.sum()
    spread = (among * (raw - mean) ** 2).sum() / among.sum()
    between = max(0.0, spread - mean / among.mean())
    chance = mean / among
    trust = np.divide(between, between + chance, out=np.zeros_like(raw), where=between + chance > 0)
    smoothed[has_base] = mean + (raw - mean) * trust
    return smoothed


def poisson_limits(events: npt.ArrayLike) -> tuple[Numbers, Numbers]:
    """Exact limits, at 95 %, of the number of cases that chance alone would explain.

    Reference: Garwood 1936.

    Parameters
    ----------
    events : array of float
        Cases counted.

    Returns
    -------
    tuple of (numpy.ndarray, numpy.ndarray)
        Least and most cases expected.

    Examples
    --------
    >>> low, high = poisson_limits([3, 300])
    >>> (100 * low / [8, 800]).round(1).tolist(), (100 * high / [8, 800]).round(1).tolist()
    ([7.7, 33.4], [109.6, 42.0])
    """
    # loads a large library, which few questions need
    from scipy.stats import chi2

    cases = np.asarray(events, float)
    tail = (1 - _CONFIDENCE) / 2
    low = np.where(cases > 0, chi2.ppf(tail, 2 * np.maximum(cases, 1e-9)) / 2, 0.0)
    high: Numbers = chi2.ppf(1 - tail, 2 * cases + 2) / 2
    return low, high
