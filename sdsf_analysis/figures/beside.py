"""Names beside points: the first place, of eight around the point, where nothing is written yet."""

from collections.abc import Iterable, Sequence

import geopandas as gpd
import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from sdsf_analysis.figures.placing import inner_point, short_name
from sdsf_analysis.figures.style import INK, PAPER

# across, up, horizontal and vertical alignment; in the order in which a reader expects them
_PLACES = (
    (1.0, 0.0, "left", "center"),
    (-1.0, 0.0, "right", "center"),
    (0.0, 1.0, "center", "bottom"),
    (0.0, -1.0, "center", "top"),
    (0.75, 0.75, "left", "bottom"),
    (0.75, -0.75, "left", "top"),
    (-0.75, 0.75, "right", "bottom"),
    (-0.75, -0.75, "right", "top"),
)
_Offer = tuple[float, float, str, str]
_CLEAR_PT, _STEP_PT, _REACH_PT = 1.2, 4.0, 38.0
# letters are a little wider at other resolutions
_WIDER = 1.04


def place_beside(  # noqa: PLR0913 - where, what and how it is written, each by its name
    axes: Axes,
    points: Sequence[tuple[float, float]],
    names: Sequence[str],
    *,
    gap_pt: float = 2.5,
    reach_pt: float = 0.0,
    taken: Iterable[Bbox] = (),
    owners: Sequence[shapely.Geometry] = (),
    size: float = 6.5,
    zorder: float = 6.5,
) -> list[Text]:
    """Write the name of each point beside it, the first first served.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Its limits are set.
    points : sequence of (x, y)
    names : sequence of str
    gap_pt : float
        How far from its point a name begins, in points of the page.
    reach_pt : float
        How far it may go for want of a place; from its point itself if this is given.
    taken : iterable of matplotlib.transforms.Bbox
        Where nothing may be written, in pixels of the page.
    owners : sequence of shapely.Geometry
        The territory of each name, whose middle never lies in that of another.
    size : float
        Of the letters, in points.
    zorder : float

    Returns
    -------
    list of matplotlib.text.Text
        The names written; one that would touch another or leave the map is left out.

    Examples
    --------
    >>> from sdsf_analysis.figures.style import Page
    >>> axes = Page().add_axes((0, 0, 1, 1), xlim=(0, 297), ylim=(0, 210))
    >>> [text.get_ha() for text in place_beside(axes, [(40, 40), (40, 40)], ["Gex", "Belley"])]
    ['left', 'right']
    """
    occupied = list(taken)
    offers = [(0.0, 0.0, "center", "center")] if reach_pt else []
    gaps = np.arange(gap_pt, max(reach_pt, gap_pt) + 0.1, _STEP_PT)
    offers += [(across * gap, up * gap, ha, va) for gap in gaps for across, up, ha, va in _PLACES]
    written: list[Text] = []
    for place, (point, name) in enumerate(zip(points, names, strict=True)):
        text = axes.annotate(
            name, point, (0, 0), textcoords="offset points", size=size, color=INK, zorder=zorder,
            linespacing=1.05, path_effects=[withStroke(linewidth=2.0, foreground=PAPER)],
        )  # fmt: skip
        foreign = [shape for other, shape in enumerate(owners) if other != place]
        if _settle(text, offers, axes, occupied, foreign):
            written.append(text)
        else:
            text.remove()
    return written


def place_around(axes: Axes, territories: gpd.GeoDataFrame, taken: Iterable[Bbox]) -> list[Text]:
    """Write the names of territories near their middle, where nothing that they would hide is.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
    territories : geopandas.GeoDataFrame
        ``name`` and outlines, in the order of their importance.
    taken : iterable of matplotlib.transforms.Bbox
        Where nothing may be written, in pixels of the page.

    Returns
    -------
    list of matplotlib.text.Text
        The names written, never on another territory; one that finds no place is left out.
    """
    points = [(point.x, point.y) for point in map(inner_point, territories.geometry)]
    names = [short_name(name) for name in territories["name"]]
    shapes = territories.geometry.to_numpy()
    shapely.prepare(shapes)
    return place_beside(axes, points, names, reach_pt=_REACH_PT, taken=taken, size=7, owners=shapes)


def boxes(texts: Iterable[Text]) -> list[Bbox]:
    """Where texts are written, in pixels of the page."""
    return [text.get_window_extent() for text in texts]


def _settle(
    text: Text,
    offers: Sequence[_Offer],
    axes: Axes,
    occupied: list[Bbox],
    foreign: Sequence[shapely.Geometry],
) -> bool:
    """Move a name to the first of the offers that is free."""
    clear = _CLEAR_PT * text.figure.dpi / 72
    room = axes.bbox
    for across, up, ha, va in offers:
        text.set(position=(across, up), ha=ha, va=va)
        found = text.get_window_extent()
        wide = found.expanded(_WIDER, 1.0).padded(clear)
        is_inside = wide.x0 > room.x0 and wide.x1 < room.x1 and wide.y0 > room.y0 and wide.y1 < room.y1
        middle = axes.transData.inverted().transform(((found.x0 + found.x1) / 2, (found.y0 + found.y1) / 2))
        is_foreign = any(shapely.contains_xy(shape, *middle) for shape in foreign)
        if is_inside and not is_foreign and not wide.count_overlaps(occupied):
            occupied.append(found)
            return True
    return False
