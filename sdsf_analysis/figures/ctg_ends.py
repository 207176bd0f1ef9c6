"""The perimeter and the last day of each convention, over the map of the CTG."""

from collections.abc import Iterable

import geopandas as gpd
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from sdsf_analysis.figures.beside import place_beside
from sdsf_analysis.figures.keys import SMALL_PT
from sdsf_analysis.figures.placing import inner_point
from sdsf_analysis.figures.shapes import draw_shapes
from sdsf_analysis.figures.style import WARNING
from sdsf_analysis.territories import outlines

PERIMETER = "#7A3E65"
_REACH_PT, _WIDTH_PT, _LINE_MM = 34.0, 1.8, 10.0
_SAID = "Périmètre d'une CTG et son dernier jour"


def perimeters(communes: gpd.GeoDataFrame, conventions: pd.DataFrame) -> gpd.GeoDataFrame:
    """Outline of each convention that has been signed, with what is written on it.

    Parameters
    ----------
    communes : geopandas.GeoDataFrame
        code, geometry.
    conventions : pandas.DataFrame
        Rows of `ctg_at`: commune, ctg, ends_on, state.

    Returns
    -------
    geopandas.GeoDataFrame
        ctg, label, is_over, geometry; those with the most communes first, so that they are named first.

    Examples
    --------
    >>> from shapely.geometry import box
    >>> ground = gpd.GeoDataFrame({"code": ["01001"]}, geometry=[box(0, 0, 1, 1)], crs=2154)
    >>> day = pd.Timestamp(2023, 12, 31)
    >>> row = {"commune": "01001", "ctg": "c", "ends_on": day, "state": "renewal"}
    >>> perimeters(ground, pd.DataFrame([row]))["label"].tolist()
    ['échue le 31/12/2023']
    """
    signed = conventions[conventions["state"].isin(["in_force", "renewal"])]
    placed = communes[["code", "geometry"]].merge(signed, left_on="code", right_on="commune")
    if placed.empty:
        return placed.assign(label="", is_over=False)[["ctg", "label", "is_over", "geometry"]]
    facts = placed.groupby("ctg").agg(
        ends_on=("ends_on", "first"), state=("state", "first"), size=("commune", "size")
    )
    facts["is_over"] = facts["state"] == "renewal"
    facts["label"] = [
        _label(end, is_over=over) for end, over in zip(facts["ends_on"], facts["is_over"], strict=True)
    ]
    found = outlines.dissolve(placed, "ctg").merge(facts.reset_index(), on="ctg", validate="one_to_one")
    return found.sort_values(["size", "ctg"], ascending=[False, True], ignore_index=True)


def draw_ends(axes: Axes, conventions: gpd.GeoDataFrame, taken: Iterable[Bbox]) -> list[Text]:
    """Draw the perimeters and write the dates where nothing is written yet.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
    conventions : geopandas.GeoDataFrame
        As `perimeters` gives them.
    taken : iterable of matplotlib.transforms.Bbox
        Where nothing may be written, in pixels of the page.

    Returns
    -------
    list of matplotlib.text.Text
        The dates written, never on the perimeter of another; what finds no place is left out.
    """
    drawn = draw_shapes(axes, conventions.geometry, "none", line=PERIMETER, width=_WIDTH_PT, zorder=3.5)
    drawn.set_linestyle((0, (4, 1.5)))
    points = [(point.x, point.y) for point in map(inner_point, conventions.geometry)]
    texts = place_beside(
        axes, points, conventions["label"].tolist(), reach_pt=_REACH_PT, taken=taken,
        owners=conventions.geometry.to_numpy(),
    )  # fmt: skip
    for text in texts:
        text.set(color=WARNING if text.get_text().startswith("échue") else PERIMETER, weight="bold")
    return texts


def draw_ends_key(side: Axes, top: float) -> float:
    """Say in the legend what the perimeters and their dates are; the height that is left below."""
    side.plot([0.2, 9.2], [top - 2.6] * 2, color=PERIMETER, lw=_WIDTH_PT, ls=(0, (4, 1.5)))
    side.text(12, top - 1.0, _SAID, size=SMALL_PT + 1, va="top")
    return top - _LINE_MM


def _label(end: pd.Timestamp, *, is_over: bool) -> str:
    if pd.isna(end):
        return "fin inconnue"
    return f"{'échue le' if is_over else 'fin'} {end:%d/%m/%Y}"
