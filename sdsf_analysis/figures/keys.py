"""The panel beside a map: a key for each class with its count, and how the values are spread."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from sdsf_analysis.figures.classes import Classes
from sdsf_analysis.figures.labels import wrapped
from sdsf_analysis.figures.palettes import Fill
from sdsf_analysis.figures.style import INK, MUTED, PAPER, WARNING
from sdsf_analysis.model.french import number, plural

HEADING_PT, TEXT_PT, SMALL_PT = 9.0, 8.0, 7.0
_KEY_MM, _ROW_MM, _LINE_MM, _HEADING_MM = (9.0, 5.0), 8.4, 3.6, 7.0
_STRIP_MM, _GAP_MM = 24.0, 8.0
_LETTER_MM, _BOLD_MM = 1.62, 2.05
_BINS = 30


class Key(NamedTuple):
    """An entry of a legend.

    Attributes
    ----------
    fill : Fill or None
        None for what is marked by a sign.
    label : str
    members : int
    mark : str
        Sign of matplotlib, drawn in the colour of the fill; without either, the dot of an uncertain class.
    detail : str
        What is said in place of the count.
    """

    fill: Fill | None
    label: str
    members: int
    mark: str = ""
    detail: str = ""


def draw_keys(
    axes: Axes, heading: str, keys: Sequence[Key], what: str = "territoire", top: float | None = None
) -> float:
    """Draw a key for each class on the map, the highest first, then what is not known.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Panel in millimetres.
    heading : str
        What is measured, and its unit.
    keys : sequence of Key
    what : str
        What is counted.
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
    >>> draw_keys(panel(Page(), 200, 20, 80, 160), "Places", [Key(Fill("#2F6F9F"), "de 2 à 5", 3)])
    144.6
    """
    width = axes.get_xlim()[1]
    top = draw_heading(axes, heading, axes.get_ylim()[1] if top is None else top)
    for key in keys:
        label = wrapped(key.label, int((width - _KEY_MM[0] - 3) / _LETTER_MM))
        _draw_key(axes, key, top)
        axes.text(_KEY_MM[0] + 3, top, label, size=TEXT_PT, va="top", linespacing=1.15)
        extra = _LINE_MM * label.count("\n")
        count = key.detail or plural(key.members, what)
        axes.text(_KEY_MM[0] + 3, top - _LINE_MM - extra, count, size=SMALL_PT, color=MUTED, va="top")
        top -= _ROW_MM + extra
    return round(float(top), 3)


def draw_heading(axes: Axes, heading: str, top: float) -> float:
    """Write a heading, in as many lines as it takes; the height that is left below."""
    if not heading:
        return top
    lines = wrapped(heading, int(axes.get_xlim()[1] / _BOLD_MM))
    axes.text(0, top, lines, size=HEADING_PT, weight="bold", va="top", linespacing=1.2)
    return top - _HEADING_MM - 4 * lines.count("\n")


def _draw_key(axes: Axes, key: Key, top: float) -> None:
    width, height = _KEY_MM
    low = top - height - 0.4
    fill, middle = key.fill, (0.2 + width / 2, low + height / 2)
    if fill is None:
        axes.plot(*middle, key.mark or "o", ms=5 if key.mark else 3, mfc=PAPER, mec=INK, mew=0.9)
        return
    if key.mark:
        axes.plot(*middle, key.mark, ms=9, mfc=fill.face, mec=PAPER, mew=0.6)
        return
    place = (0.2, low)
    axes.add_patch(
        Rectangle(place, width, height, facecolor=fill.face, hatch=fill.hatch, edgecolor=fill.line, lw=0)
    )
    axes.add_patch(Rectangle(place, width, height, facecolor="none", edgecolor=INK, lw=0.6))


def draw_distribution(  # noqa: PLR0913 - what is drawn and how, each by its name
    axes: Axes,
    top: float,
    values: pd.Series,
    classes: Classes,
    fills: Sequence[Fill],
    *,
    marked: float | None = None,
    what: str = "département",
) -> float:
    """Draw how many territories have each value, in the colours of the classes.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Panel in millimetres.
    top : float
        Height to start from; nothing is drawn where too little is left.
    values : pandas.Series
    classes : Classes
    fills : sequence of Fill
        One per class.
    marked : float, optional
        Value of the whole.
    what : str
        What the whole is.

    Returns
    -------
    float
        Height that is left below, in millimetres.

    Examples
    --------
    >>> from sdsf_analysis.figures.frame import panel
    >>> from sdsf_analysis.figures.style import Page
    >>> axes = panel(Page(), 200, 20, 80, 160)
    >>> draw_distribution(axes, 60, pd.Series([1.0, 2.0]), Classes((1, 2), "fixed"), [Fill("#2F6F9F")])
    13.0
    >>> [text.get_text() for text in axes.texts]
    ['Répartition des territoires', '1', '2']
    """
    known = values.dropna().to_numpy("float64")
    bottom = top - _GAP_MM - _HEADING_MM - _STRIP_MM
    low, high = classes.edges[0], classes.edges[-1]
    if bottom < _GAP_MM or low == high:
        return top
    width = axes.get_xlim()[1]
    axes.text(0, top - _GAP_MM, "Répartition des territoires", size=HEADING_PT, weight="bold", va="top")
    counts, edges = np.histogram(known, _BINS, (low, high))
    for count, start, end in zip(counts, edges[:-1], edges[1:], strict=True):
        place = int(classes.place([(start + end) / 2])[0])
        left, right = ((edge - low) / (high - low) * width for edge in (start, end))
        height = _STRIP_MM * count / counts.max()
        bar = Rectangle(
            (left, bottom), right - left, height, facecolor=fills[place].face, edgecolor=INK, lw=0.3
        )
        axes.add_patch(bar)
    axes.plot([0, width], [bottom, bottom], color=INK, lw=0.8)
    for edge, side in ((low, "left"), (high, "right")):
        axes.text(0 if edge == low else width, bottom - 1.2, _said(edge), size=SMALL_PT, va="top", ha=side)
    for cut in classes.edges[1:-1]:
        axes.plot([(cut - low) / (high - low) * width] * 2, [bottom - 1.0, bottom], color=INK, lw=0.8)
    if marked is not None and low <= marked <= high:
        _mark(axes, (marked - low) / (high - low) * width, bottom, f"{what} : {_said(marked)}")
    return round(float(bottom) - _GAP_MM, 3)


def _mark(axes: Axes, across: float, bottom: float, said: str) -> None:
    axes.plot([across, across], [bottom, bottom + _STRIP_MM + 1.5], color=WARNING, lw=1.2, ls="--")
    is_left = across > axes.get_xlim()[1] / 2
    axes.text(
        across + (-1 if is_left else 1), bottom + _STRIP_MM + 1.5, said,
        size=SMALL_PT, color=WARNING, va="top", ha="right" if is_left else "left",
    )  # fmt: skip


def _said(value: float) -> str:
    return number(value, 0 if float(value).is_integer() else 1)
