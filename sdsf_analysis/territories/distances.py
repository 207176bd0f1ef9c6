"""Distances as the crow flies between points of the embedded geography, in mainland France as overseas.

Great circle on a sphere of 6,371.0088 km (mean radius of WGS 84): at most 0.5 % from the ellipsoid, without a
projection to choose. scipy is imported on first use, for it is slow to load.
"""

from typing import NamedTuple

import numpy as np

EARTH_KM = 6371.0088
# mean distance from the points of a disc to its centre, in radii
_DISC_MEAN = 2 / 3
Numbers = np.ndarray[tuple[int], np.dtype[np.float64]]
Positions = np.ndarray[tuple[int], np.dtype[np.intp]]
Vectors = np.ndarray[tuple[int, int], np.dtype[np.float64]]


class Pairs(NamedTuple):
    """Two points within reach of each other: place of each in its list, and what separates them.

    Attributes
    ----------
    origin, site : numpy.ndarray
        Places in the two lists.
    km : numpy.ndarray
        Distance, in kilometres.
    """

    origin: Positions
    site: Positions
    km: Numbers

    def at(self, rows: np.ndarray) -> "Pairs":
        """Give some of the pairs."""
        return Pairs(self.origin[rows], self.site[rows], self.km[rows])


def vectors(longitude: Numbers, latitude: Numbers) -> Vectors:
    """Place points on the sphere of radius one.

    Parameters
    ----------
    longitude, latitude : numpy.ndarray
        In degrees; none missing.

    Examples
    --------
    >>> vectors(np.array([0.0]), np.array([90.0])).round(3).tolist()
    [[0.0, 0.0, 1.0]]
    """
    east, north = np.radians(longitude), np.radians(latitude)
    return np.column_stack([np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)])


def pairs_within(origins: Vectors, sites: Vectors, radius_km: float) -> Pairs:
    """Find every origin and site that are at most a distance apart.

    Parameters
    ----------
    origins, sites : numpy.ndarray
        As `vectors` gives them.
    radius_km : float

    Returns
    -------
    Pairs
        Sorted by origin, then site; the distance of two points at one place is zero.

    Examples
    --------
    >>> points = vectors(np.array([5.0, 5.0, 5.0]), np.array([46.0, 46.09, 47.0]))
    >>> found = pairs_within(points[:1], points, 20)
    >>> found.site.tolist(), found.km.round(2).tolist()
    ([0, 1], [0.0, 10.01])
    """
    from scipy.spatial import cKDTree

    if not len(origins) or not len(sites):
        none = np.empty(0, np.intp)
        return Pairs(none, none, np.empty(0))
    # a hair more, so that rounding does not leave out what is at the radius itself
    chord = _chord(radius_km) * (1 + 1e-12)
    found = cKDTree(origins).sparse_distance_matrix(cKDTree(sites), chord, output_type="ndarray")
    order = np.lexsort((found["j"], found["i"]))
    return Pairs(found["i"][order], found["j"][order], _km(found["v"][order]))


def between_km(origins: Vectors, sites: Vectors) -> Vectors:
    """Distances of every origin to every site, a row per origin; not a number where a point is unknown.

    Examples
    --------
    >>> points = vectors(np.array([5.0, np.nan]), np.array([46.0, 46.09]))
    >>> between_km(points, points).tolist()
    [[0.0, nan], [nan, nan]]
    """
    chords = np.linalg.norm(origins[:, None, :] - sites[None, :, :], axis=2)
    return _km(chords.ravel()).reshape(chords.shape)


def nearest_km(origins: Vectors, sites: Vectors) -> tuple[Numbers, Positions]:
    """Distance from each origin to the nearest site, and its place; infinite and -1 without any site.

    Examples
    --------
    >>> points = vectors(np.array([5.0, 5.0]), np.array([46.0, 46.09]))
    >>> km, place = nearest_km(points, points[1:])
    >>> km.round(2).tolist(), place.tolist()
    ([10.01, 0.0], [0, 0])
    """
    from scipy.spatial import cKDTree

    if not len(origins) or not len(sites):
        return np.full(len(origins), np.inf), np.full(len(origins), -1, np.intp)
    chord, place = cKDTree(sites).query(origins)
    return _km(chord), place


def inner_km(area_km2: Numbers) -> Numbers:
    """Mean distance from the inhabitants of a commune to its centre, were it a disc of even density.

    Formula: 2/3 · √(area / π). An unknown area stays unknown.

    Examples
    --------
    >>> inner_km(np.array([9 * np.pi])).tolist()
    [2.0]
    """
    radius: Numbers = np.sqrt(area_km2 / np.pi)
    return _DISC_MEAN * radius


def _chord(km: float) -> float:
    return float(2 * np.sin(min(km / EARTH_KM, np.pi) / 2))


def _km(chord: Numbers) -> Numbers:
    km: Numbers = 2 * EARTH_KM * np.arcsin(np.clip(chord / 2, 0, 1))
    return km
