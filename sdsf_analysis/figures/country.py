"""All of France, ready to draw: each part in its own legal projection, the borders between territories."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.path import Path

from sdsf_analysis.territories import outlines, reference, surroundings

MAINLAND = "metropole"
_OVERSEAS = ("97", "98")
_MM = 1000.0
FLAW_M = 15_000.0


class Part(NamedTuple):
    """A part of France on its own ground.

    Attributes
    ----------
    communes : geopandas.GeoDataFrame
        code, epci, departement, region, geometry in the legal projection of the part.
    borders : geopandas.GeoSeries
        Of its départements.
    """

    communes: gpd.GeoDataFrame
    borders: np.ndarray


@lru_cache(maxsize=1)
def country() -> dict[str, Part]:
    """Communes of 2026 that have an outline: mainland and Corsica, then each part overseas by its code.

    Kept for the next call: not to be changed.

    Examples
    --------
    >>> list(country())
    ['metropole', '971', '972', '973', '974', '976']
    """
    codes, shapes = surroundings.shapes()
    known = reference.communes(outlines.OUTLINE_YEAR)[["code", "epci", "departement", "region"]]
    frame = gpd.GeoDataFrame({"code": codes}, geometry=shapes, crs=outlines.STORED_CRS)
    frame = frame.astype({"code": "str"}).merge(known, on="code", how="left", validate="one_to_one")
    is_far = frame["departement"].str.startswith(_OVERSEAS)
    part = frame["departement"].where(is_far, MAINLAND)
    found = {}
    for name in [MAINLAND, *sorted(part[is_far].unique())]:
        code = outlines.MAINLAND_PROJECTION if name == MAINLAND else outlines.projection(name)
        communes = frame[part == name].to_crs(code).sort_values("code", ignore_index=True)
        found[str(name)] = Part(
            communes, borders(communes.geometry, communes["departement"], FLAW_M if name == MAINLAND else 0)
        )
    return found


def borders(shapes: gpd.GeoSeries, owner: pd.Series, least_m: float = 0.0) -> np.ndarray:
    """Segments between one owner and another, or nobody: those that only one shape of the owner has.

    Much faster than to unite the shapes, and as good to draw.

    Parameters
    ----------
    shapes : geopandas.GeoSeries
        In metres.
    owner : pandas.Series
        Of each shape, on the same index; shapes without one have no border.
    least_m : float
        Lines shorter than this, in metres, are left out: flaws of the outlines, small islands.

    Returns
    -------
    numpy.ndarray
        Start and end of each segment: x, y, x, y.

    Examples
    --------
    >>> squares = gpd.GeoSeries([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1), shapely.box(2, 0, 3, 1)])
    >>> len(borders(squares, pd.Series(["a", "a", "b"])))
    10
    """
    kept = shapes[(owner.fillna("") != "").to_numpy()]
    owners, _ = pd.factorize(owner[(owner.fillna("") != "").to_numpy()])
    parts, shape = shapely.get_parts(kept.to_numpy(), return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    is_same = ring[1:] == ring[:-1]
    start, end = points[:-1][is_same], points[1:][is_same]
    of_segment = owners[shape[part[ring[:-1][is_same]]]]
    # one point is one number: projected coordinates of neighbours are equal to the millimetre
    first, last = (_number(end_points) for end_points in (start, end))
    low, high = np.minimum(first, last), np.maximum(first, last)
    order = np.lexsort((high, low, of_segment))
    keys = np.column_stack([of_segment[order], low[order], high[order]])
    is_new = np.append(True, (keys[1:] != keys[:-1]).any(axis=1))
    is_last = np.append(is_new[1:], True)
    alone = order[is_new & is_last]
    found = np.hstack([start[alone], end[alone]])
    lines: np.ndarray = found[_is_long(found, low[alone], high[alone], least_m)]
    return lines


def _is_long(segments: np.ndarray, low: np.ndarray, high: np.ndarray, least_m: float) -> np.ndarray:
    """Whether each segment is part of a line of some length: a short loop is a flaw of the outlines."""
    # loads a large library, which few maps need
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    points, place = np.unique(np.concatenate([low, high]), return_inverse=True)
    first, last = place[: len(low)], place[len(low) :]
    links = coo_matrix((np.ones(len(low)), (first, last)), shape=(len(points), len(points)))
    _, line = connected_components(links, directed=False)
    length = np.hypot(*(segments[:, 2:] - segments[:, :2]).T)
    whole = np.bincount(line[first], weights=length, minlength=line.max(initial=0) + 1)
    kept: np.ndarray = whole[line[first]] >= least_m
    return kept


def draw_segments(axes: Axes, segments: np.ndarray, *, line: str, width: float, zorder: float) -> None:
    """Draw the borders that `borders` gives, as one path."""
    vertices = segments.reshape(-1, 2)
    codes = np.tile(np.array([Path.MOVETO, Path.LINETO], dtype=Path.code_type), len(segments))
    axes.add_collection(
        PathCollection(
            [Path(vertices, codes)],
            facecolors="none", edgecolors=line, linewidths=width, zorder=zorder, capstyle="round",
        ),
        autolim=False,
    )  # fmt: skip


def territories(level: str, parts: Sequence[Part]) -> pd.Series:
    """Codes of the territories of a level that have an outline, sorted."""
    column = "code" if level == "commune" else level
    codes = pd.concat([part.communes[column] for part in parts]).dropna()
    return pd.Series(sorted(set(codes[codes != ""])), dtype="str")


def _number(points: np.ndarray) -> np.ndarray:
    whole = np.round(points * _MM).astype("int64")
    one: np.ndarray = whole[:, 0] * np.int64(2**32) + whole[:, 1]
    return one
