"""A map of quantities: a circle per territory, alone or over a map in classes."""

from collections.abc import Sequence
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd
from matplotlib.axes import Axes

from sdsf_analysis.figures.beside import place_around
from sdsf_analysis.figures.choropleth import (
    Layer,
    classes_note,
    draw_layer,
    layer_keys,
    layer_of,
)
from sdsf_analysis.figures.discs import Scale, disc_boxes, draw_disc_keys, draw_discs, scale_of
from sdsf_analysis.figures.frame import nothing_page
from sdsf_analysis.figures.ground import draw_borders
from sdsf_analysis.figures.keys import Key, draw_distribution, draw_keys
from sdsf_analysis.figures.located import Located, located, values_of
from sdsf_analysis.figures.palettes import STATUSES, Fill, Palette
from sdsf_analysis.figures.placing import inner_point
from sdsf_analysis.figures.shapes import draw_shapes
from sdsf_analysis.figures.sheet import close_sheet, open_sheet, source_note
from sdsf_analysis.figures.style import A4_MM, INK, MM_PER_INCH, PAPER, Page, house_style
from sdsf_analysis.model.french import capital, number, plural, written
from sdsf_analysis.model.lists import choices

NEGATIVE = "negative"
_GAP_MM = 3.0
_PLAIN = Fill("#F4F2EE")
_NEGATIVE = Fill("#FFFFFF", "xx", "#5B6770")
_NONE = "Aucun territoire n'a de valeur connue au-dessus de zéro : pas de carte en cercles."


@dataclass(frozen=True)
class _Discs:
    """Discs ready to draw: the territories that have one, where, how wide; the others with the reason."""

    drawn: gpd.GeoDataFrame
    points: gpd.GeoSeries
    others: gpd.GeoDataFrame
    zeros: int
    scale: Scale


def circles(  # noqa: PLR0913 - what is drawn, on what, and what is said of it, each by its name
    frame: pd.DataFrame,
    column: str,
    *,
    title: str,
    subtitle: str = "",
    unit: str = "",
    level: str = "commune",
    departement: str | None = None,
    largest: float | None = None,
    beneath: str = "",
    beneath_unit: str = "",
    method: str = "quantile",
    classes: int = 5,
    breaks: Sequence[float] = (),
    palette: Palette = "sequence",
    notes: Sequence[str] = (),
    names: bool = True,
    fictitious: bool = False,
    size_mm: tuple[float, float] = A4_MM,
) -> Page:
    """Draw a circle on each territory, of an area proportional to its value.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row per territory, as for `choropleth`. ``status`` is that of the value of the circles.
    column : str
        The quantity: a count, a sum of euros, never a rate.
    title, subtitle : str
        The finding, and what is shown.
    unit : str
        Of the quantity, for the legend.
    level, departement
        As for `choropleth`.
    largest : float, optional
        Value of the largest circle, so that two maps compare.
    beneath : str
        Column of a rate, drawn in classes of colour under the circles; its name is in the legend.
    beneath_unit : str
        Its unit, in the legend in place of the name but for « % ».
    method, classes, breaks, palette
        Of the classes beneath.
    notes : sequence of str
        Source, years and reservations.
    names : bool
        Whether to write the names of the EPCI.
    fictitious : bool
        Whether to say that the data are made up.
    size_mm : tuple of float
        Width and height of the page.

    Returns
    -------
    Page
        A strip that says why where no value is above zero. A value that is missing, withheld or below zero
        has no circle, and an entry of the legend.

    Raises
    ------
    QuestionError
        If the frame lacks a column, codes or outlines, or the method is unknown.
    TerritoryError
        If the département does not exist or has no outline.

    Examples
    --------
    >>> frame = pd.DataFrame({"commune": ["90010", "90008"], "places": [120, 30]})
    >>> circles(frame, "places", title="Deux communes", unit="places").alt_text
    'Carte en cercles. Deux communes. 2 cercles, de 30 à 120 places ; sans donnée : 99 territoires.'
    """
    found = located(frame, values_of(frame, column), level, departement)
    under = _layer_beneath(frame, beneath, level, departement, (method, classes, breaks, palette))
    if not (found.shapes["value"] > 0).any():
        return nothing_page(title, _NONE, size_mm)
    with house_style():
        sheet = open_sheet(found.here, title, subtitle, size_mm)
        discs = _discs(sheet.axes, found, largest)
        keys = _draw_under(sheet.axes, found, discs, under)
        draw_borders(sheet.axes, found.here, communes=level == "commune")
        radii = discs.scale.of(discs.drawn["value"].to_numpy())
        draw_discs(sheet.axes, discs.points, radii)
        if names:
            place_around(sheet.axes, found.here.epci, disc_boxes(sheet.axes, discs.points, radii))
        top = draw_disc_keys(sheet.side, capital(unit) or "Valeur", discs.scale)
        top = draw_keys(sheet.side, "", keys, top=top) - _GAP_MM if keys else top
        _draw_class_keys(sheet.side, under, beneath, beneath_unit, top)
        said = [*notes, *found.notes, *_discs_notes(discs), *([classes_note(under)] if under else [])]
        close_sheet(sheet, [*said, source_note(found.here)], fictitious=fictitious)
    sheet.page.alt_text = _alt_text(title, unit, discs, keys, fictitious=fictitious)
    return sheet.page


def _layer_beneath(
    frame: pd.DataFrame,
    beneath: str,
    level: str,
    departement: str | None,
    cut: tuple[str, int, Sequence[float], Palette],
) -> Layer | None:
    if not beneath:
        return None
    # the statuses of the frame are those of the circles
    facts = values_of(frame.drop(columns=["status", "low", "high"], errors="ignore"), beneath)
    return layer_of(located(frame, facts, level, departement).shapes, *cut)


def _discs(axes: Axes, found: Located, largest: float | None) -> _Discs:
    shapes = found.shapes
    is_drawn = (shapes["value"] > 0) & ~shapes.geometry.isna() & ~shapes.geometry.is_empty
    drawn = shapes[is_drawn]
    others = shapes[~is_drawn & (shapes["value"] != 0)]
    status = others["status"].fillna("").mask(others["value"] < 0, NEGATIVE)
    points = gpd.GeoSeries([inner_point(shape) for shape in drawn.geometry], index=drawn.index)
    metres = (axes.get_xlim()[1] - axes.get_xlim()[0]) / (
        axes.get_window_extent().width / axes.figure.dpi * MM_PER_INCH
    )
    surface = float(found.here.whole.area.sum()) / metres**2
    scale = scale_of(drawn["value"].to_numpy(), surface, largest)
    return _Discs(drawn, points, others.assign(status=status), int((shapes["value"] == 0).sum()), scale)


def _draw_under(axes: Axes, found: Located, discs: _Discs, under: Layer | None) -> list[Key]:
    """Draw what the circles lie on; the keys of the territories without a circle."""
    if under is None:
        draw_shapes(axes, found.shapes.geometry, _PLAIN.face)
    else:
        draw_layer(axes, under)
    said = choices("status") | {"": "sans donnée", NEGATIVE: "valeur négative, sans cercle"}
    keys = []
    for status, group in discs.others.groupby("status"):
        fill = _NEGATIVE if status == NEGATIVE else STATUSES.get(str(status), STATUSES["missing"])
        if under is None:
            draw_shapes(axes, group.geometry, fill.face, line=fill.line, hatch=fill.hatch)
        keys.append(Key(fill, said[str(status)], len(group)))
    if under is None or not keys:
        return keys
    # the colour beneath says something else: a cross stands for what has no circle
    points = discs.others.representative_point()
    axes.plot(points.x, points.y, "X", ms=4.2, mfc=PAPER, mec=INK, mew=0.6, ls="", zorder=4.6)
    return [key._replace(fill=None, mark="X") for key in keys]


def _draw_class_keys(side: Axes, under: Layer | None, column: str, unit: str, top: float) -> None:
    if under is None:
        return
    heading = f"{column} (%)" if unit == "%" else unit or column
    top = draw_keys(side, capital(heading), layer_keys(under, unit), top=top)
    draw_distribution(side, top, under.shapes["value"], under.classes, under.fills)


def _discs_notes(discs: _Discs) -> list[str]:
    said = "Surface des cercles proportionnelle à la valeur."
    return [
        f"{said} Valeur nulle, sans cercle : {plural(discs.zeros, 'territoire')}." if discs.zeros else said
    ]


def _alt_text(title: str, unit: str, discs: _Discs, keys: Sequence[Key], *, fictitious: bool) -> str:
    values = discs.drawn["value"]
    low, high = (_said(float(end)) for end in (values.min(), values.max()))
    spread = f"de {low} à {high}" if low != high else low
    parts = [f"{plural(len(values), 'cercle')}, {spread} {unit}".rstrip()]
    parts += [f"{key.label} : {plural(key.members, 'territoire')}" for key in keys]
    if discs.zeros:
        parts.append(f"valeur nulle : {plural(discs.zeros, 'territoire')}")
    return f"Carte en cercles. {title}. {' ; '.join(parts)}.{' Données fictives.' if fictitious else ''}"


def _said(value: float) -> str:
    return number(value) if value.is_integer() else written(round(value, 2))
