"""Distances between the points of communes."""

import numpy as np
import pandas as pd

from sdsf_analysis.territories.distances import between_km, vectors

Distances = np.ndarray[tuple[int, int], np.dtype[np.float64]]


def distances_km(origins: pd.DataFrame, destinations: pd.DataFrame) -> Distances:
    """Distances as the crow flies between two lists of points, on the sphere.

    As `sdsf_analysis.territories.distances` measures them.

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
    here, there = (
        vectors(*(points[name].to_numpy("float64", na_value=np.nan) for name in ("longitude", "latitude")))
        for points in (origins, destinations)
    )
    found: Distances = between_km(here, there)
    return found
