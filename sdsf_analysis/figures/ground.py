"""The ground of every map: what surrounds a département, its borders, its names, the scale and the north."""

from dataclasses import dataclass
from functools import lru_cache

import geopandas as gpd
import pandas as pd
from matplotlib.axes import Axes
from matplotlib_scalebar.scalebar import ScaleBar

from sdsf_analysis.errors import QuestionError, TerritoryError
from sdsf_analysis.figures.frame import MARGIN_MM, panel
from sdsf_analysis.figures.shapes import draw_shapes
from sdsf_analysis.figures.style import INK, MUTED, Page
from sdsf_analysis.territories import outlines, reference
from sdsf_analysis.territories.surroundings import surroundings

HEADER_MM = 27.0
FOOTER_MM = 24.0
GUTTER_MM = 8.0
COMMUNE_LINE = "#D3DBE0"
AROUND, _AROUND_LINE = "#F1F1EF", "#DDDDDA"
_SCALE_MM = 9.0
_NARROWEST_PANEL_MM, _WIDEST_PANEL_MM = 76.0, 122.0


@dataclass(frozen=True)
class Ground:
    """A département ready to draw on.

    Attributes
    ----------
    departement : dict
        Its row in the reference: name, « of », « at ».
    projection : int
        EPSG code of its legal projection.
    communes : geopandas.GeoDataFrame
        code, epci, geometry (projected); one row per commune of 2026 that has an outline.
    epci : geopandas.GeoDataFrame
        epci, name, population, geometry: the part inside, the most populated first.
    whole : geopandas.GeoSeries
        The département.
    """

    departement: dict[str, str]
    projection: int
    communes: gpd.GeoDataFrame
    epci: gpd.GeoDataFrame
    whole: gpd.GeoSeries

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north, in metres."""
        west, south, east, north = self.whole.total_bounds
        return float(west), float(south), float(east), float(north)


@lru_cache(maxsize=4)
def ground(departement: str) -> Ground:
    """Read what a map of a département is drawn on. Kept for the next call: not to be changed.

    Parameters
    ----------
    departement : str

    Returns
    -------
    Ground

    Raises
    ------
    TerritoryError
        If the département does not exist, or the package has no outline of it.

    Examples
    --------
    >>> found = ground("90")
    >>> len(found.communes), found.projection, len(found.epci)
    (101, 2154, 3)
    """
    row = reference.departement_row(departement)
    drawn = outlines.commune_outlines(departement)
    if drawn.empty:
        raise TerritoryError(f"Pas de carte : les contours des communes {row['of']} ne sont pas fournis.")
    projection = outlines.projection(departement)
    known = reference.communes(outlines.OUTLINE_YEAR, departement)[["code", "epci", "population"]]
    communes = drawn.merge(known, on="code", how="left", validate="one_to_one").to_crs(projection)
    return Ground(row, projection, communes, _epci(communes), _whole(communes))


def _epci(communes: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    inside = communes[communes["epci"].fillna("") != ""]
    if inside.empty:
        return gpd.GeoDataFrame({"epci": [], "name": [], "population": []}, geometry=[], crs=communes.crs)
    people = inside.groupby("epci", as_index=False)["population"].sum()
    names = reference.epci(outlines.OUTLINE_YEAR)[["code", "name"]].rename(columns={"code": "epci"})
    borders = outlines.dissolve(inside, "epci").merge(people, on="epci", validate="one_to_one")
    borders = borders.merge(names, on="epci", how="left", validate="one_to_one")
    return borders.sort_values(["population", "epci"], ascending=[False, True], ignore_index=True)


def _whole(communes: gpd.GeoDataFrame) -> gpd.GeoSeries:
    return outlines.dissolve(communes.assign(whole=1), "whole").geometry


def departement_of(codes: pd.Series) -> str:
    """Département of the codes of communes.

    Raises
    ------
    QuestionError
        If they are of several, or of none.

    Examples
    --------
    >>> departement_of(pd.Series(["01053", "01004"])), departement_of(pd.Series(["97411"]))
    ('01', '974')
    """
    given = codes.dropna().astype("str")
    found = sorted({code[:3] if code.startswith(("97", "98")) else code[:2] for code in given})
    if not found:
        raise QuestionError("Pas de carte : le tableau ne contient aucun code de commune.")
    if len(found) != 1:
        said = ", ".join(found)
        raise QuestionError(f"Pas de carte : les communes ne sont pas d'un seul département ({said}).")
    return found[0]


def map_width(bounds: tuple[float, float, float, float], size_mm: tuple[float, float]) -> float:
    """Width of a map, in millimetres: what its shape needs, the panel beside it takes the rest.

    Examples
    --------
    >>> map_width((0, 0, 100_000, 100_000), (297.0, 210.0))
    150.0
    """
    west, south, east, north = bounds
    room = size_mm[0] - 2 * MARGIN_MM - GUTTER_MM
    wanted = (map_height(size_mm) - _SCALE_MM) * (east - west) / (north - south)
    return float(min(max(wanted, room - _WIDEST_PANEL_MM), room - _NARROWEST_PANEL_MM))


def fitting_height(bounds: tuple[float, float, float, float], width: float) -> float:
    """Height of a map of this width, in millimetres: what its shape needs, and the strip of the scale.

    Examples
    --------
    >>> fitting_height((0, 0, 100_000, 50_000), 100.0)
    60.0
    """
    west, south, east, north = bounds
    return round(width * (north - south) / (east - west) * 1.02 + _SCALE_MM, 3)


def projection_said(code: int) -> str:
    """Name the projection of a map.

    Examples
    --------
    >>> projection_said(2154)
    'Projection Lambert-93 (EPSG:2154).'
    """
    name = "Lambert-93" if code == outlines.MAINLAND_PROJECTION else "légale locale"
    return f"Projection {name} (EPSG:{code})."


def map_height(size_mm: tuple[float, float]) -> float:
    """Height of a map and of the panel beside it, in millimetres.

    Examples
    --------
    >>> map_height((297.0, 210.0))
    159.0
    """
    return size_mm[1] - HEADER_MM - FOOTER_MM


def draw_ground(
    page: Page, here: Ground, width: float, left: float = MARGIN_MM, height: float | None = None
) -> Axes:
    """Draw what surrounds a département, and leave room for what is drawn on it, a scale and a north.

    Parameters
    ----------
    page : Page
    here : Ground
    width : float
        Width of the map, in millimetres.
    left : float
        Where it begins, in millimetres of the page.
    height : float, optional
        All that the page has without it; less leaves room below.

    Returns
    -------
    matplotlib.axes.Axes
        In metres, equal in both directions.

    Examples
    --------
    >>> page = Page()
    >>> axes = draw_ground(page, ground("90"), 120.0)
    >>> axes.get_autoscale_on(), len(page.axes)
    (False, 1)
    """
    room = map_height(page.size_mm)
    height = min(height or room, room)
    axes = panel(page, left, FOOTER_MM + room - height, width, height)
    _frame(axes, here.bounds, width, height)
    around = _around(here.departement["code"], here.projection)
    if len(around):
        draw_shapes(axes, around.geometry, AROUND, line=_AROUND_LINE, width=0.8, zorder=0)
    axes.add_artist(
        ScaleBar(1, location="lower left", length_fraction=0.2, frameon=False, color=INK, pad=0.2)
    )
    _draw_north(axes)
    return axes


def draw_borders(axes: Axes, here: Ground, *, communes: bool = True) -> None:
    """Draw the limits over what was drawn: of the communes, of the EPCI, of the département.

    Examples
    --------
    >>> page = Page()
    >>> axes = draw_ground(page, ground("90"), 120.0)
    >>> before = len(axes.collections)
    >>> draw_borders(axes, ground("90"))
    >>> len(axes.collections) - before
    3
    """
    if communes:
        draw_shapes(axes, here.communes.geometry, "none", line=COMMUNE_LINE, width=0.35, zorder=2)
    draw_shapes(axes, here.epci.geometry, "none", line=INK, width=0.9, zorder=3)
    draw_shapes(axes, here.whole, "none", line=INK, width=1.6, zorder=4)


@lru_cache(maxsize=4)
def _around(departement: str, projection: int) -> gpd.GeoDataFrame:
    return surroundings(departement).to_crs(projection)


def _frame(axes: Axes, bounds: tuple[float, float, float, float], width: float, height: float) -> None:
    """Fit the département to the axes, equal in both directions, and leave a strip for the scale below."""
    west, south, east, north = bounds
    metres = max((east - west) / width, (north - south) / (height - _SCALE_MM)) * 1.02
    middle, centre = (west + east) / 2, (south + north) / 2
    axes.set_xlim(middle - metres * width / 2, middle + metres * width / 2)
    bottom = centre - metres * (height + _SCALE_MM) / 2
    axes.set_ylim(bottom, bottom + metres * height)
    axes.set_autoscale_on(False)
    axes.set_aspect("equal")


def _draw_north(axes: Axes) -> None:
    axes.annotate(
        "N", (0.985, 0.945), (0.985, 0.885), "axes fraction", "axes fraction",
        ha="center", va="center", size=8, color=MUTED, zorder=7,
        arrowprops={"arrowstyle": "-|>", "color": MUTED, "lw": 1.0, "shrinkA": 4, "shrinkB": 0},
    )  # fmt: skip
