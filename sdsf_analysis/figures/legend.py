"""The panel beside the map of the CTG: legend with its counts, share of the inhabitants by EPCI."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from sdsf_analysis.figures.ctg_scene import STATES
from sdsf_analysis.figures.palettes import Fill
from sdsf_analysis.figures.style import ACCENT, INK, MUTED
from sdsf_analysis.model.french import capital, percent, plural

FILLS = {
    "in_force": Fill("#6FA8D0"),
    "renewal": Fill("#F3C15F", "////", "#8A5A00"),
    "preparation": Fill("#C9DFF0", "....", "#2F6F9F"),
    "none": Fill("#F4F2EE"),
    "unknown": Fill("#E9ECEE", "\\\\\\", "#A7B0B6"),
    "absent": Fill("#FFFFFF", "xxxx", "#8C959B"),
}
HEADING_PT, TEXT_PT, SMALL_PT = 9.0, 8.0, 7.0
_KEY_MM, _LEGEND_ROW_MM, _BAR_ROW_MM, _HEADING_MM = (9.0, 5.5), 10.0, 6.2, 7.0
_BAR_MM, _CLOSEST_BAR_ROW_MM, _GAP_PX = 1.5, 5.4, 4.0


def draw_legend(axes: Axes, counts: pd.DataFrame) -> float:
    """Draw a key for each state on the map, with its communes and inhabitants.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Panel in millimetres.
    counts : pandas.DataFrame
        Indexed by state: communes, inhabitants.

    Returns
    -------
    float
        Height that is left below, in millimetres.

    Examples
    --------
    >>> from sdsf_analysis.figures.frame import panel
    >>> from sdsf_analysis.figures.style import Page
    >>> counts = pd.DataFrame({"communes": [3], "inhabitants": [3500.0]}, index=["in_force"])
    >>> draw_legend(panel(Page(), 200, 20, 80, 160), counts)
    143.0
    """
    top = axes.get_ylim()[1]
    axes.text(0, top, "État de la CTG", size=HEADING_PT, weight="bold", va="top")
    top -= _HEADING_MM
    for state, row in counts.iterrows():
        _draw_key(axes, str(state), top)
        people = "" if pd.isna(row["inhabitants"]) else f" · {plural(row['inhabitants'], 'habitant')}"
        detail = plural(row["communes"], "commune") + people
        axes.text(_KEY_MM[0] + 3, top, capital(STATES[str(state)]), size=TEXT_PT, va="top")
        axes.text(_KEY_MM[0] + 3, top - 3.8, detail, size=SMALL_PT, color=MUTED, va="top")
        top -= _LEGEND_ROW_MM
    return float(top)


def _draw_key(axes: Axes, state: str, top: float) -> None:
    fill, (width, height) = FILLS[state], _KEY_MM
    place = (0.2, top - height - 0.4)
    axes.add_patch(
        Rectangle(place, width, height, facecolor=fill.face, hatch=fill.hatch, edgecolor=fill.line, lw=0)
    )
    axes.add_patch(Rectangle(place, width, height, facecolor="none", edgecolor=INK, lw=0.6))


def draw_bars(axes: Axes, shares: pd.DataFrame, top: float) -> None:
    r"""Draw the share of the inhabitants covered in each EPCI, as many as there is room for.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Panel in millimetres.
    shares : pandas.DataFrame
        name, value (%), the least covered first.
    top : float
        Height to start from, in millimetres.

    Examples
    --------
    >>> from sdsf_analysis.figures.frame import panel
    >>> from sdsf_analysis.figures.style import Page
    >>> axes = panel(Page(), 200, 20, 80, 160)
    >>> draw_bars(axes, pd.DataFrame({"name": ["CC Bugey Sud"], "value": [60.9]}), top=100)
    >>> [text.get_text().replace("\u202f", " ") for text in axes.texts]
    ['Habitants couverts, par EPCI', '60,9 %', 'CC Bugey Sud']
    """
    top -= 3
    axes.text(0, top, "Habitants couverts, par EPCI", size=HEADING_PT, weight="bold", va="top")
    top -= _HEADING_MM
    step = min(_BAR_ROW_MM, max(_CLOSEST_BAR_ROW_MM, top / max(len(shares), 1)))
    rows = int(top / step)
    shown = shares if len(shares) <= rows else shares.head(rows - 1)
    for name, value in zip(shown["name"], shown["value"], strict=True):
        _draw_bar(axes, name, value, top)
        top -= step
    if len(shown) < len(shares):
        axes.text(0, top, _rest(shares[len(shown) :]), size=SMALL_PT, color=MUTED, va="top")


def _draw_bar(axes: Axes, name: str, value: float, top: float) -> None:
    width = axes.get_xlim()[1]
    low = top - 3.2 - _BAR_MM
    share = axes.text(width, top, percent(value), size=SMALL_PT, va="top", ha="right")
    label = axes.text(0, top, name, size=SMALL_PT, va="top")
    _shorten(label, share.get_window_extent().x0)
    axes.add_patch(Rectangle((0, low), width, _BAR_MM, facecolor="#E6E9EB", lw=0))
    if pd.notna(value):
        axes.add_patch(Rectangle((0, low), width * value / 100, _BAR_MM, facecolor=ACCENT, lw=0))


def _shorten(label: Text, limit_px: float) -> None:
    """Cut the end of a name that would run into its number."""
    name = label.get_text()
    while label.get_window_extent().x1 > limit_px - _GAP_PX and len(name) > 1:
        name = name[:-1].rstrip()
        label.set_text(f"{name}…")


def _rest(shares: pd.DataFrame) -> str:
    least = shares["value"].min()
    more = " ou plus" if least < 100 else ""
    return f"et {plural(len(shares), 'autre')} EPCI, couverts à {percent(least)}{more}"
