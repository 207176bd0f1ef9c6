"""Discs of an area proportional to a value: their scale, how they are drawn, their legend."""

from math import floor, log10, pi
from typing import NamedTuple

import geopandas as gpd
import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Circle
from matplotlib.transforms import Bbox

from sdsf_analysis.figures.keys import SMALL_PT, draw_heading
from sdsf_analysis.figures.style import INK, MM_PER_INCH, MUTED, PAPER
from sdsf_analysis.model.french import number, written

DISC = "#D9772B"
_WIDEST_MM, _NARROWEST_MM = 10.0, 4.0
# all discs together, as a part of the surface of the département
_COVER = 0.22
_RIM_PT = 0.7
_ROUND = (1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0)
_LINE_MM = 4.2


class Scale(NamedTuple):
    """The radius, in millimetres of the page, of the disc of a value.

    Attributes
    ----------
    value : float
    radius : float
    """

    value: float
    radius: float

    def of(self, values: float | np.ndarray) -> np.ndarray:
        """Radius of each value: its area is proportional to the value.

        Examples
        --------
        >>> Scale(100.0, 10.0).of(np.array([100.0, 25.0])).tolist()
        [10.0, 5.0]
        """
        return self.radius * np.sqrt(np.asarray(values, "float64") / self.value)


def scale_of(values: np.ndarray, surface_mm2: float, largest: float | None = None) -> Scale:
    """Scale of some values: the largest disc as wide as leaves the others to be seen.

    Parameters
    ----------
    values : numpy.ndarray
        Above zero, one at least.
    surface_mm2 : float
        Of the territory, on the page.
    largest : float, optional
        Value of the largest disc, so that two maps compare; that of the values without it.

    Returns
    -------
    Scale

    Examples
    --------
    >>> scale_of(np.array([1.0, 100.0]), 10_000)
    Scale(value=100.0, radius=10.0)
    """
    top = float(max(values.max(), largest or 0.0))
    wide = (_COVER * surface_mm2 / (pi * values.sum() / top)) ** 0.5
    return Scale(top, float(min(max(wide, _NARROWEST_MM), _WIDEST_MM)))


def draw_discs(axes: Axes, points: gpd.GeoSeries, radii_mm: np.ndarray) -> None:
    """Draw discs on a map, the largest first, so that none hides a smaller one.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
    points : geopandas.GeoSeries
    radii_mm : numpy.ndarray
    """
    order = np.argsort(-radii_mm, kind="stable")
    diameters_pt = 2 * radii_mm[order] / MM_PER_INCH * 72
    axes.scatter(
        points.x.to_numpy()[order], points.y.to_numpy()[order], s=diameters_pt**2,
        facecolor=DISC, edgecolor=PAPER, linewidth=_RIM_PT, zorder=4.5, clip_on=False,
    )  # fmt: skip


def disc_boxes(axes: Axes, points: gpd.GeoSeries, radii_mm: np.ndarray, least_mm: float = 1.2) -> list[Bbox]:
    """Where the discs are, in pixels of the page, but for the smallest."""
    kept = radii_mm >= least_mm
    centres = axes.transData.transform(np.column_stack([points.x[kept], points.y[kept]]))
    radii = radii_mm[kept] / MM_PER_INCH * axes.figure.dpi
    # the square inside the disc and most of its corners: a name may come near the rim
    return [
        Bbox.from_extents(x - r, y - r, x + r, y + r) for (x, y), r in zip(centres, radii * 0.85, strict=True)
    ]


def round_values(top: float) -> list[float]:
    """Three round values for a legend, at most the largest, some three and ten times less.

    Examples
    --------
    >>> round_values(73_140), round_values(0.4)
    ([60000.0, 20000.0, 6000.0], [0.4, 0.1, 0.03])
    """
    found = [_round_below(top), _round_below(top / 3), _round_below(top / 12)]
    return sorted(set(found), reverse=True)


def _round_below(value: float) -> float:
    power = 10.0 ** floor(log10(value))
    step = max(one for one in _ROUND if one * power <= value * (1 + 1e-9))
    return float(f"{step * power:.12g}")


def draw_disc_keys(axes: Axes, heading: str, scale: Scale, top: float | None = None) -> float:
    r"""Draw nested discs with their values.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Panel in millimetres.
    heading : str
        What the area says.
    scale : Scale
    top : float, optional
        Height to start from; that of the panel without it.

    Returns
    -------
    float
        Height that is left below, in millimetres.

    Examples
    --------
    >>> from sdsf_analysis.figures.frame import panel
    >>> from sdsf_analysis.figures.style import Page
    >>> axes = panel(Page(), 200, 20, 80, 160)
    >>> left = draw_disc_keys(axes, "Habitants", Scale(42_000.0, 10.0))
    >>> [text.get_text().replace("\u202f", " ") for text in axes.texts]
    ['Habitants', '40 000', '10 000', '3 000']
    """
    top = draw_heading(axes, heading, axes.get_ylim()[1] if top is None else top)
    values = round_values(scale.value)
    widest = float(scale.of(values[0]))
    bottom = top - max(2 * widest, _LINE_MM * len(values))
    across, line = widest + 0.3, top + _LINE_MM
    for value in values:
        radius = float(scale.of(value))
        disc = Circle((across, bottom + radius), radius, facecolor=DISC, edgecolor=PAPER, lw=_RIM_PT)
        axes.add_patch(disc)
        # numbers stay a line apart, however small the discs
        line = min(bottom + 2 * radius, line - _LINE_MM)
        path = [across, across + widest + 2, across + widest + 4], [bottom + 2 * radius] * 2 + [line]
        axes.plot(*path, color=MUTED, lw=0.6, zorder=3)
        label = number(value) if value.is_integer() else written(value)
        axes.text(across + widest + 5, line, label, size=SMALL_PT, color=INK, va="center")
    return round(float(bottom) - 4.0, 3)
