"""A town and what is around it, drawn larger in the panel beside a map."""

from collections.abc import Callable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.transforms import Bbox
from matplotlib_scalebar.scalebar import ScaleBar

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.figures.beside import place_around
from sdsf_analysis.figures.frame import MARGIN_MM, panel
from sdsf_analysis.figures.ground import FOOTER_MM, Ground, draw_borders
from sdsf_analysis.figures.keys import HEADING_PT
from sdsf_analysis.figures.sheet import Sheet
from sdsf_analysis.figures.style import ACCENT, INK
from sdsf_analysis.model.lists import unknown_name
from sdsf_analysis.territories import outlines, reference

_LEAST_MM, _HEADING_MM = 30.0, 6.0
_AROUND = 1.08
_TOWN_M = 6_000


def draw_zoom(sheet: Sheet, here: Ground, code: str, top: float, draw: Callable[[Axes], None]) -> Axes | None:
    """Draw a part of a map larger, below what the panel already says.

    Parameters
    ----------
    sheet : Sheet
    here : Ground
    code : str
        Commune, or EPCI of which it is the most populated: it is drawn with what is around it.
    top : float
        Height that is left, in millimetres of the panel.
    draw : callable
        Draws on axes what the map shows.

    Returns
    -------
    matplotlib.axes.Axes or None
        None where too little room is left.

    Raises
    ------
    QuestionError
        If the département has neither EPCI nor commune of this code.
    """
    shapes, name = _meant(here, code)
    room = top - _HEADING_MM
    if room < _LEAST_MM:
        return None
    width = float(sheet.side.get_xlim()[1])
    sheet.side.text(0, top, f"Zoom : {name}", size=HEADING_PT, weight="bold", va="top")
    axes = _inset(sheet, shapes, width, room)
    draw(axes)
    draw_borders(axes, here)
    (west, east), (south, north) = axes.get_xlim(), axes.get_ylim()
    frame = Rectangle(
        (west, south), east - west, north - south, facecolor="none", edgecolor=ACCENT, lw=1.2, zorder=5
    )
    sheet.axes.add_patch(frame)
    _name_communes(axes, here)
    return axes


def _inset(sheet: Sheet, bounds: np.ndarray, width: float, room: float) -> Axes:
    """Framed axes at the foot of the panel, with a scale, that hold some bounds."""
    axes = panel(sheet.page, sheet.page.size_mm[0] - MARGIN_MM - width, FOOTER_MM, width, room)
    west, south, east, north = bounds
    metres = max((east - west) / width, (north - south) / room) * _AROUND
    left, bottom = (west + east - metres * width) / 2, (south + north - metres * room) / 2
    axes.axis("on")
    axes.set(xlim=(left, left + metres * width), ylim=(bottom, bottom + metres * room), xticks=[], yticks=[])
    axes.set_aspect("equal")
    axes.set_autoscale_on(False)
    for spine in axes.spines.values():
        spine.set(color=ACCENT, linewidth=1.2)
    small = {"size": 6}
    axes.add_artist(
        ScaleBar(
            1, location="lower right", length_fraction=0.2, box_alpha=0.8, color=INK, font_properties=small
        )
    )
    return axes


def _meant(here: Ground, code: str) -> tuple[np.ndarray, str]:
    """Bounds and name of what is meant; an EPCI may be too wide to be drawn larger, its main town is not."""
    towns = here.communes[(here.communes["code"] == code) | (here.communes["epci"] == code)]
    if towns.empty:
        raise QuestionError(unknown_name("Le territoire du zoom", code, here.epci["epci"].tolist()))
    town = towns.sort_values(["population", "code"], ascending=[False, True]).head(1)
    names = reference.communes(outlines.OUTLINE_YEAR, here.departement["code"]).set_index("code")["name"]
    return town.buffer(_TOWN_M).total_bounds, f"{names[town['code'].iloc[0]]} et ses environs"


def _name_communes(axes: Axes, here: Ground) -> None:
    """Name the communes whose middle is in the zoom, the most populated first."""
    names = reference.communes(outlines.OUTLINE_YEAR, here.departement["code"])[["code", "name"]]
    points = here.communes.representative_point()
    (west, east), (south, north) = axes.get_xlim(), axes.get_ylim()
    inside = points.x.between(west, east) & points.y.between(south, north)
    named = here.communes[inside].merge(names, on="code", how="left", validate="one_to_one")
    place_around(axes, named.sort_values(["population", "code"], ascending=[False, True]), [_scale(axes)])


def _scale(axes: Axes) -> Bbox:
    """Where the scale bar is, in pixels of the page."""
    return Bbox(axes.transAxes.transform([(0.78, 0.0), (1.0, 0.14)]))
