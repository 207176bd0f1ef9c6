"""A map in classes of colour: what the value of each territory is, and where none is known."""

from collections.abc import Sequence
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd
from matplotlib.axes import Axes

from sdsf_analysis.figures.beside import boxes
from sdsf_analysis.figures.classes import Classes, classify
from sdsf_analysis.figures.frame import nothing_page
from sdsf_analysis.figures.ground import draw_borders
from sdsf_analysis.figures.keys import Key, draw_distribution, draw_keys
from sdsf_analysis.figures.located import located, values_of
from sdsf_analysis.figures.palettes import STATUSES, Fill, Palette, colours
from sdsf_analysis.figures.placing import place_names
from sdsf_analysis.figures.shapes import draw_shapes
from sdsf_analysis.figures.sheet import close_sheet, open_sheet, source_note
from sdsf_analysis.figures.style import A4_MM, INK, PAPER, Page, house_style
from sdsf_analysis.figures.towns import draw_towns
from sdsf_analysis.figures.zoom import draw_zoom
from sdsf_analysis.model.french import capital, plural
from sdsf_analysis.model.lists import choices

NOTHING = "Aucun territoire n'a de valeur connue : pas de carte."
LEFT_OUT = Fill("#FFFFFF", "", "#8C959B")
_METHODS = {
    "quantile": "autant de territoires dans chacune (quantiles)",
    "jenks": "seuils naturels (Fisher-Jenks)",
    "equal": "de même étendue",
    "deviation": "moyenne et écart-type",
    "nested_means": "moyennes emboîtées",
    "q6": "quantiles, les 5 % de chaque bout à part (Q6)",
    "fixed": "seuils donnés",
}
_UNCERTAIN = "classe incertaine : la valeur peut être dans une classe voisine"


@dataclass(frozen=True)
class Layer:
    """Territories ready to draw: outlines, values, and the place of the class of each.

    Attributes
    ----------
    shapes : geopandas.GeoDataFrame
        value, status, place (-1 without a class), is_uncertain, geometry (projected).
    classes : Classes
    fills : list of Fill
        One per class.
    """

    shapes: gpd.GeoDataFrame
    classes: Classes
    fills: list[Fill]


def choropleth(  # noqa: PLR0913 - what is drawn, how it is cut and what is said of it, each by its name
    frame: pd.DataFrame,
    column: str,
    *,
    title: str,
    subtitle: str = "",
    unit: str = "",
    level: str = "commune",
    departement: str | None = None,
    method: str = "quantile",
    classes: int = 5,
    breaks: Sequence[float] = (),
    palette: Palette = "sequence",
    marked: float | None = None,
    notes: Sequence[str] = (),
    names: bool = True,
    towns: int = 0,
    zoom: str = "",
    fictitious: bool = False,
    size_mm: tuple[float, float] = A4_MM,
) -> Page:
    """Draw territories in classes of colour.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row per territory: its outline (a GeoDataFrame) or its code (``territory``, ``commune``, ``code``,
        ``codgeo``…), and the value. Where it has them, ``status`` says why a value is not known, and ``low``
        and ``high`` between which bounds it is.
    column : str
        The value.
    title, subtitle : str
        The finding, and what is shown.
    unit : str
        Of the value, for the legend.
    level : str
        Of the codes: ``commune``, ``epci``, ``arrondissement``.
    departement : str, optional
        Found from the codes of communes; to be given for another level.
    method, classes, breaks
        As `classify` says.
    palette : {"sequence", "divergence"}
    marked : float, optional
        Value of the département, marked on the distribution.
    notes : sequence of str
        Source, years and reservations.
    names : bool
        Whether to write the names of the EPCI.
    towns : int
        How many of the most populated communes to name.
    zoom : str
        Code of a commune, or of the EPCI of a main town, to draw larger beside the map where there is room.
    fictitious : bool
        Whether to say that the data are made up.
    size_mm : tuple of float
        Width and height of the page.

    Returns
    -------
    Page
        A matplotlib Figure; a strip that says why where no territory has a value.

    Raises
    ------
    QuestionError
        If the frame has no such column, nor codes nor outlines, or the method is unknown.
    TerritoryError
        If the département does not exist or has no outline.

    Examples
    --------
    >>> frame = pd.DataFrame({"commune": ["90010", "90008"], "rate": [12.0, 48.0]})
    >>> page = choropleth(frame, "rate", title="Deux communes", unit="places", classes=2)
    >>> page.alt_text.split(". ", 2)[2]
    'de 40 à 48 : 1 territoire ; de 12 à moins de 40 : 1 territoire ; sans donnée : 99 territoires.'
    """
    found = located(frame, values_of(frame, column), level, departement)
    here = found.here
    layer = layer_of(found.shapes, method, classes, breaks, palette)
    if layer is None:
        return nothing_page(title, NOTHING, size_mm)
    with house_style():
        sheet = open_sheet(here, title, subtitle, size_mm)
        draw_layer(sheet.axes, layer)
        draw_borders(sheet.axes, here, communes=level == "commune")
        written = place_names(sheet.axes, here.epci) if names else []
        if towns:
            draw_towns(sheet.axes, here, towns, boxes(written))
        keys = layer_keys(layer, unit)
        top = draw_keys(sheet.side, capital(unit), keys)
        values = layer.shapes["value"]
        top = draw_distribution(sheet.side, top, values, layer.classes, layer.fills, marked=marked)
        if zoom:
            draw_zoom(sheet, here, zoom, top, lambda inset: draw_layer(inset, layer))
        said = [*notes, *found.notes, classes_note(layer), source_note(here)]
        close_sheet(sheet, said, fictitious=fictitious)
    told = " ; ".join(f"{key.label} : {plural(key.members, 'territoire')}" for key in keys)
    sheet.page.alt_text = f"Carte. {title}. {told}.{' Données fictives.' if fictitious else ''}"
    return sheet.page


def layer_of(
    shapes: gpd.GeoDataFrame, method: str, classes: int, breaks: Sequence[float], palette: Palette
) -> Layer | None:
    """Cut the values of territories into classes; None where none is known.

    Raises
    ------
    QuestionError
        As `classify` does.
    """
    cut = classify(shapes["value"].to_numpy("float64"), method, classes, breaks)
    if not len(cut) or shapes["value"].isna().all():
        return None
    return Layer(placed(shapes, cut), cut, [Fill(face) for face in colours(len(cut), palette)])


def placed(shapes: gpd.GeoDataFrame, cut: Classes) -> gpd.GeoDataFrame:
    """Class of each territory: that of its value, else that of the middle of its bounds."""
    middle = (shapes["low"] + shapes["high"]) / 2
    place = cut.place(shapes["value"].fillna(middle).to_numpy("float64"))
    ends = [cut.place(shapes[name].to_numpy("float64")) for name in ("low", "high")]
    bounded = (ends[0] >= 0) & (ends[1] >= 0)
    return shapes.assign(place=place, is_uncertain=bounded & (ends[0] != ends[1]))


def draw_layer(axes: Axes, layer: Layer) -> None:
    """Draw the classes of colour, what is not known with its pattern, a dot where two classes are possible.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
    layer : Layer
    """
    known = layer.shapes[layer.shapes["place"] >= 0]
    draw_shapes(axes, known.geometry, [layer.fills[place].face for place in known["place"]])
    unknown = layer.shapes[layer.shapes["place"] < 0]
    for status, group in unknown.groupby(unknown["status"].fillna("")):
        fill = STATUSES.get(str(status), LEFT_OUT)
        draw_shapes(axes, group.geometry, fill.face, line=fill.line, hatch=fill.hatch)
    points = layer.shapes[layer.shapes["is_uncertain"]].representative_point()
    if len(points):
        axes.plot(points.x, points.y, "o", ms=2.2, mfc=PAPER, mec=INK, mew=0.7, ls="", zorder=5)


def layer_keys(layer: Layer, unit: str) -> list[Key]:
    """Keys of a legend: the classes from the highest to the lowest, then what is not known."""
    counts = layer.shapes["place"].value_counts()
    labels = layer.classes.labels("%" if unit == "%" else "")
    keys = [
        Key(layer.fills[place], labels[place], int(counts.get(place, 0)))
        for place in reversed(range(len(labels)))
    ]
    if uncertain := int(layer.shapes["is_uncertain"].sum()):
        keys.append(Key(None, _UNCERTAIN, uncertain))
    unknown = layer.shapes.loc[layer.shapes["place"] < 0, "status"].fillna("")
    said = choices("status") | {"": "sans donnée"}
    for status, count in unknown.value_counts(sort=False).sort_index().items():
        keys.append(Key(STATUSES.get(str(status), LEFT_OUT), said[str(status)], int(count)))
    return keys


def method_said(method: str) -> str:
    """How classes were cut, in French.

    Examples
    --------
    >>> method_said("jenks")
    'seuils naturels (Fisher-Jenks)'
    """
    return _METHODS[method]


def classes_note(layer: Layer) -> str:
    """Say how the classes were cut."""
    return f"Classes : {method_said(layer.classes.method)}. EPCI : partie située dans le département."
