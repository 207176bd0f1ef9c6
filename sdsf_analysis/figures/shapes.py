"""Outlines drawn at once, all of a map as one object: many times faster than one object per territory."""

from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.path import Path

_POLYGON, _MULTIPOLYGON = 3, 6


def draw_shapes(  # noqa: PLR0913 - how a surface and its border look, each by its name
    axes: Axes,
    shapes: gpd.GeoSeries,
    faces: str | Sequence[str],
    *,
    line: str = "none",
    width: float = 0.0,
    hatch: str = "",
    zorder: float = 1,
) -> PathCollection:
    """Draw surfaces, each in its colour.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Its limits are set.
    shapes : geopandas.GeoSeries
        What is no surface, or is empty, is not drawn.
    faces : str or sequence of str
        One colour for all (« none » for lines alone), or one each.
    line : str
        Colour of the border, and of the pattern.
    width : float
        Of the border, in points.
    hatch : str
        Pattern, as matplotlib writes it.
    zorder : float

    Returns
    -------
    matplotlib.collections.PathCollection

    Examples
    --------
    >>> from sdsf_analysis.figures.style import Page
    >>> axes = Page().add_axes((0, 0, 1, 1), xlim=(0, 2), ylim=(0, 1))
    >>> squares = gpd.GeoSeries([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)])
    >>> len(draw_shapes(axes, squares, ["#2F6F9F", "#E3A13A"]).get_paths())
    2
    """
    array = shapes.to_numpy()
    is_drawn = np.isin(shapely.get_type_id(array), (_POLYGON, _MULTIPOLYGON)) & ~shapely.is_empty(array)
    if not isinstance(faces, str):
        faces = [face for face, kept in zip(faces, is_drawn, strict=True) if kept]
    options: dict[str, Any] = {"hatch": hatch} if hatch else {}
    drawn = PathCollection(
        [_path(shape) for shape in shapely.normalize(array[is_drawn])],
        facecolors=faces,
        edgecolors=line,
        linewidths=width,
        zorder=zorder,
        **options,
    )
    axes.add_collection(drawn, autolim=False)
    return drawn


def _path(shape: shapely.Geometry) -> Path:
    """Rings of a surface, put end to end; holes turn the other way, or they would be filled."""
    rings = shapely.get_rings(shapely.get_parts(shape))
    vertices, ring = shapely.get_coordinates(rings, return_index=True)
    starts = np.flatnonzero(np.diff(ring, prepend=-1))
    codes = np.full(len(vertices), Path.LINETO, dtype=Path.code_type)
    codes[starts] = Path.MOVETO
    codes[np.append(starts[1:], len(vertices)) - 1] = Path.CLOSEPOLY
    return Path(vertices, codes)
