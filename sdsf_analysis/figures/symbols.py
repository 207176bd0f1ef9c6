"""Symbols on a map: one shape and colour by kind, a number where several stand together, none on another."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.transforms import Bbox

from sdsf_analysis.figures.palettes import CATEGORIES, Fill
from sdsf_analysis.figures.style import INK, MM_PER_INCH, PAPER

_MARKS = ("o", "s", "^", "D", "v", "p", "h")
# a triangle looks smaller than a square of the same width
_SIZES_MM = (3.0, 2.7, 3.3, 2.6, 3.3, 3.2, 3.2)
_APART_MM, _FARTHEST_MM = 3.5, 9.0
_TURNS = 80
_LIGHT = 0.55
MOST_KINDS = len(_MARKS)


class Symbol(NamedTuple):
    """Look of a kind: shape, colour, width in millimetres."""

    mark: str
    fill: Fill
    size_mm: float


def symbol(place: int) -> Symbol:
    """Symbol of the kind of this place, from 0.

    Examples
    --------
    >>> symbol(1).mark
    's'
    """
    return Symbol(_MARKS[place], Fill(CATEGORIES[place]), _SIZES_MM[place])


def draw_symbols(axes: Axes, rows: pd.DataFrame) -> list[Bbox]:
    """Draw symbols, moved apart where they would lie one on another.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
    rows : pandas.DataFrame
        x, y (units of the axes), place (of the kind), count.

    Returns
    -------
    list of matplotlib.transforms.Bbox
        Where they are, in pixels of the page.

    Examples
    --------
    >>> from sdsf_analysis.figures.style import Page
    >>> axes = Page().add_axes((0, 0, 1, 1), xlim=(0, 297), ylim=(0, 210))
    >>> rows = pd.DataFrame({"x": [9.0, 9.0], "y": [9.0, 9.0], "place": [0, 1], "count": [1, 12]})
    >>> len(draw_symbols(axes, rows)), axes.texts[0].get_text()
    (2, '12')
    """
    pixels = axes.transData.transform(rows[["x", "y"]].to_numpy("float64"))
    mm = axes.figure.dpi / MM_PER_INCH
    apart = spread(pixels / mm) * mm
    moved = axes.transData.inverted().transform(apart)
    for place in sorted(rows["place"].unique()):
        found, of_kind = symbol(int(place)), (rows["place"] == place).to_numpy()
        across, up = moved[of_kind].T
        axes.scatter(
            across, up, s=(found.size_mm / MM_PER_INCH * 72) ** 2, marker=found.mark,
            facecolor=found.fill.face, edgecolor=PAPER, linewidth=0.6, zorder=5,
        )  # fmt: skip
    for (across, up), place, count in zip(moved, rows["place"], rows["count"], strict=True):
        if count > 1:
            axes.text(
                across, up, str(count), size=5.6, color=_writing(CATEGORIES[place]), weight="bold",
                ha="center", va="center_baseline", zorder=5.5,
            )  # fmt: skip
    half = _APART_MM / 2 * mm
    return [Bbox.from_extents(x - half, y - half, x + half, y + half) for x, y in apart]


def _writing(face: str) -> str:
    """Colour in which a number is read on a face."""
    red, green, blue = to_rgb(face)
    return INK if 0.299 * red + 0.587 * green + 0.114 * blue > _LIGHT else PAPER


def spread(points: np.ndarray) -> np.ndarray:
    """Move points apart until none is on another, each as little as it takes; always the same way.

    Parameters
    ----------
    points : numpy.ndarray
        x and y, in millimetres of the page.

    Returns
    -------
    numpy.ndarray

    Examples
    --------
    >>> moved = spread(np.array([[0.0, 0.0], [0.0, 0.0], [50.0, 0.0]]))
    >>> float(np.hypot(*(moved[0] - moved[1])).round(1)), moved[2].tolist()
    (3.5, [50.0, 0.0])
    """
    # points that are at one place leave it in different directions
    turn = np.arange(len(points)) * np.pi * (3 - 5**0.5)
    found = points + 0.01 * np.column_stack([np.cos(turn), np.sin(turn)])
    for _ in range(_TURNS):
        gaps = found[:, None, :] - found[None, :, :]
        far = np.hypot(gaps[..., 0], gaps[..., 1])
        np.fill_diagonal(far, np.inf)
        lacking = np.maximum(_APART_MM - far, 0)
        if lacking.max(initial=0) < 0.02:
            break
        found = found + (gaps / far[..., None] * (lacking / 2)[..., None]).sum(axis=1)
        away = found - points
        length = np.maximum(np.hypot(*away.T), 1e-12)
        found = points + away * np.minimum(1, _FARTHEST_MM / length)[:, None]
    return np.where(np.hypot(*(found - points).T)[:, None] < 0.02, points, found)
