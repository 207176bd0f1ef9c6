"""Distances between the points of communes."""

import numpy as np
import pandas as pd

EARTH_RADIUS_KM = 6371.0088
Distances = np.ndarray[tuple[int, int], np.dtype[np.float64]]


def distances_km(origins: pd.DataFrame, destinations: pd.DataFrame) -> Distances:
    """Distances as the crow flies between two lists of points, on the sphere.

    Formula (haversine): 2 r · asin(√(sin²(Δφ/2) + cos φ₁ cos φ₂ sin²(Δλ/2))), r = 6,371.0088 km.

    Parameters
    ----------
    origins, destinations : pandas.DataFrame
        longitude and latitude, in degrees; missing where no point is known.

    Returns
    -------
    numpy.ndarray
        Kilometres, one row per origin; not a number where a point is missing.

    Examples
    --------
    >>> bourg = pd.DataFrame({"longitude": [5.2279], "latitude": [46.2052]})
    >>> lyon = pd.DataFrame({"longitude": [4.8357], "latitude": [45.7640]})
    >>> distances_km(bourg, lyon).round(1).tolist()
    [[57.7]]
    """
    here, there = _radians(origins)[:, :, None], _radians(destinations)[:, None, :]
    half = np.sin((there - here) / 2) ** 2
    root = half[1] + np.cos(here[1]) * np.cos(there[1]) * half[0]
    found: Distances = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(root, 0, 1)))
    return found


def _radians(points: pd.DataFrame) -> np.ndarray:
    columns = [points[name].to_numpy("float64", na_value=np.nan) for name in ("longitude", "latitude")]
    found: np.ndarray = np.radians(np.array(columns).reshape(2, len(points)))
    return found
