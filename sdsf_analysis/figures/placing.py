"""Names on a map: inside their territory where they fit, never on another, always at the same place."""

import re

import geopandas as gpd
import shapely
import textalloc
from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke
from matplotlib.text import Text

from sdsf_analysis.figures.labels import wrapped
from sdsf_analysis.figures.style import INK, PAPER

_LINE_HEIGHT = 1.2
_TOLERANCE_M = 200
_ACRONYM = re.compile(r"\s*\([^)]*\)$")


def place_names(axes: Axes, territories: gpd.GeoDataFrame, size: float = 7.0) -> list[Text]:
    """Write the name of each territory, the first of the frame first served.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Its limits are set and its aspect is equal.
    territories : geopandas.GeoDataFrame
        ``name`` and outlines, in the order of their importance.
    size : float
        Size of the letters, in points.

    Returns
    -------
    list of matplotlib.text.Text
        The names written; one that would touch another or leave the map is left out.

    Examples
    --------
    >>> from shapely.geometry import box
    >>> from sdsf_analysis.figures.style import Page
    >>> axes = Page().add_axes((0, 0, 1, 1), xlim=(0, 297), ylim=(0, 210))
    >>> zones = gpd.GeoDataFrame({"name": ["CC Bugey Sud"]}, geometry=[box(0, 0, 297, 210)])
    >>> [text.get_text() for text in place_names(axes, zones)]
    ['CC Bugey Sud']
    """
    names = [short_name(name) for name in territories["name"]]
    centres = [inner_point(outline) for outline in territories.geometry]
    half = [_half_height(axes, name, size) for name in names]
    _, _, texts, _ = textalloc.allocate(
        axes,
        [centre.x for centre in centres],
        # The library puts a name beside its point: half a name lower, « above » is the middle
        [centre.y - height for centre, height in zip(centres, half, strict=True)],
        names,
        textsize=size,
        direction=["north", "south"],
        min_distance=0.0005,
        max_distance=0.07,
        margin=0.008,
        nbr_candidates=400,
        draw_lines=False,
        draw_all=False,
        auto_ha=False,
        ha="center",
        va="center",
        textcolor=INK,
        linespacing=1.05,
        path_effects=[withStroke(linewidth=2.2, foreground=PAPER)],
        zorder=6,
    )
    return [text for text in texts if isinstance(text, Text)]


def short_name(name: str) -> str:
    """Name of a territory in short lines, without the acronym that follows it.

    Examples
    --------
    >>> short_name("CA du Bassin de Bourg-en-Bresse (CA3B)").splitlines()
    ['CA du Bassin de', 'Bourg-en-Bresse']
    """
    return wrapped(_ACRONYM.sub("", name))


def inner_point(outline: shapely.Geometry) -> shapely.Point:
    """Centre of the widest disc inside the largest part of an outline."""
    part = max(getattr(outline, "geoms", [outline]), key=lambda part: part.area)
    return shapely.get_point(shapely.maximum_inscribed_circle(part, tolerance=_TOLERANCE_M), 0)


def _half_height(axes: Axes, name: str, size: float) -> float:
    """Half of the height of a name, in the units of the axes."""
    figure_height = axes.get_window_extent().height / axes.figure.dpi * 72
    low, high = axes.get_ylim()
    lines = name.count("\n") + 1
    return lines * size * _LINE_HEIGHT / 2 * (high - low) / figure_height
