"""A map in classes of all of France, the départements overseas beside it, each in its own projection."""

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib_scalebar.scalebar import ScaleBar

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.figures.choropleth import LEFT_OUT, NOTHING, Layer, layer_keys, method_said, placed
from sdsf_analysis.figures.classes import classify
from sdsf_analysis.figures.country import FLAW_M, MAINLAND, Part, borders, country, draw_segments, territories
from sdsf_analysis.figures.frame import (
    MARGIN_MM,
    add_notes,
    add_title,
    add_watermark,
    nothing_page,
    panel,
)
from sdsf_analysis.figures.ground import FOOTER_MM, GUTTER_MM, map_height
from sdsf_analysis.figures.keys import draw_distribution, draw_keys
from sdsf_analysis.figures.located import CODES, code_column, codes_of, outside_note, values_of
from sdsf_analysis.figures.palettes import STATUSES, Fill, Palette, colours
from sdsf_analysis.figures.shapes import draw_shapes
from sdsf_analysis.figures.style import A4_MM, INK, MUTED, PAPER, Page, house_style
from sdsf_analysis.indicators.asked import check_choice
from sdsf_analysis.model.french import capital, plural
from sdsf_analysis.territories import outlines, reference

LEVELS = ("commune", "epci", "departement", "region")
_INSET_MM, _INSET_GAP_MM, _PANEL_MM = 24.0, 2.5, 76.0
_NAME_MM = 4.0
# seams between neighbours of one colour
_SEAM_PT, _WIDE_SEAM_PT = 0.15, 0.4


def france_map(  # noqa: PLR0913 - what is drawn, how it is cut and what is said of it, each by its name
    frame: pd.DataFrame,
    column: str,
    *,
    title: str,
    subtitle: str = "",
    unit: str = "",
    level: str = "departement",
    method: str = "quantile",
    classes: int = 5,
    breaks: Sequence[float] = (),
    palette: Palette = "sequence",
    marked: float | None = None,
    notes: Sequence[str] = (),
    fictitious: bool = False,
    size_mm: tuple[float, float] = A4_MM,
) -> Page:
    """Draw the territories of all of France in classes of colour.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row per territory: its code (``territory``, ``commune``, ``code``, ``epci``…, or the name of the
        level), the value, ``status`` where it has it.
    column : str
        The value.
    title, subtitle : str
        The finding, and what is shown.
    unit : str
        Of the value, for the legend.
    level : {"commune", "epci", "departement", "region"}
        Of the codes.
    method, classes, breaks
        As `classify` says.
    palette : {"sequence", "divergence"}
    marked : float, optional
        Value of France, marked on the distribution.
    notes : sequence of str
        Source, years and reservations.
    fictitious : bool
        Whether to say that the data are made up.
    size_mm : tuple of float
        Width and height of the page.

    Returns
    -------
    Page
        A strip that says why where no territory has a value.

    Raises
    ------
    QuestionError
        If the frame lacks the column or codes, a territory has two rows, or the level or method is unknown.

    Examples
    --------
    >>> frame = pd.DataFrame({"departement": ["01", "974"], "rate": [12.0, 48.0]})
    >>> france_map(frame, "rate", title="Deux départements", classes=2).alt_text.split(" ; ")[-1]
    'sans donnée : 99 territoires.'
    """
    check_choice("Niveau inconnu (level)", level, LEVELS)
    parts = country()
    known, outside = _known(frame, column, level, list(parts.values()))
    cut = classify(known["value"].to_numpy("float64"), method, classes, breaks)
    if not len(cut) or known["value"].isna().all():
        return nothing_page(title, NOTHING, size_mm)
    layer = Layer(
        placed(gpd.GeoDataFrame(known), cut), cut, [Fill(face) for face in colours(len(cut), palette)]
    )
    page = Page(size_mm)
    with house_style():
        add_title(page, title, subtitle)
        axes = _draw_parts(page, parts, layer, level)
        left = size_mm[0] - MARGIN_MM - _PANEL_MM
        side = panel(page, left, FOOTER_MM, _PANEL_MM, map_height(size_mm))
        keys = layer_keys(layer, unit)
        top = draw_keys(side, capital(unit), keys)
        draw_distribution(side, top, layer.shapes["value"], cut, layer.fills, marked=marked, what="France")
        said = [*notes, outside_note(outside), f"Classes : {method_said(cut.method)}.", *_ground_notes()]
        add_notes(page, [note for note in said if note])
        if fictitious:
            add_watermark(page, axes)
    told = " ; ".join(f"{key.label} : {plural(key.members, 'territoire')}" for key in keys)
    page.alt_text = f"Carte de France. {title}. {told}.{' Données fictives.' if fictitious else ''}"
    return page


def _known(
    frame: pd.DataFrame, column: str, level: str, parts: Sequence[Part]
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Value of each territory that has an outline, and the codes that have none."""
    name = level if level in frame.columns else code_column(frame)
    if name is None:
        raise QuestionError(f"Pas de carte : le tableau n'a pas de colonne de codes ({', '.join(CODES)}).")
    codes = codes_of(frame, name, level)
    if (twice := codes[codes.duplicated()].unique()).size:
        raise QuestionError(f"Pas de carte : plusieurs lignes pour un même territoire ({twice[0]}).")
    drawn = territories(level, parts)
    facts = values_of(frame, column).assign(code=codes)
    known = drawn.to_frame("code").merge(facts, on="code", how="left", validate="one_to_one")
    return known, tuple(sorted(set(codes) - set(drawn)))


def _draw_parts(page: Page, parts: dict[str, Part], layer: Layer, level: str) -> Axes:
    """Draw the mainland, then each part overseas in a frame of its own, from top to bottom."""
    width, height = page.size_mm[0], map_height(page.size_mm)
    far = [name for name in parts if name != MAINLAND]
    left = MARGIN_MM + _INSET_MM + GUTTER_MM
    room = width - left - MARGIN_MM - _PANEL_MM - GUTTER_MM
    axes = panel(page, left, FOOTER_MM, room, height)
    _draw_part(axes, parts[MAINLAND], layer, level, (room, height))
    axes.add_artist(ScaleBar(1, location="lower left", length_fraction=0.2, frameon=False, color=INK))
    each = (height - _INSET_GAP_MM * (len(far) - 1)) / len(far)
    for place, name in enumerate(far):
        bottom = FOOTER_MM + height - each - place * (each + _INSET_GAP_MM)
        inset = panel(page, MARGIN_MM, bottom, _INSET_MM, each)
        _draw_part(inset, parts[name], layer, level, (_INSET_MM, each - _NAME_MM))
        inset.axis("on")
        inset.set(xticks=[], yticks=[])
        row = reference.departement_row(name)
        inset.text(
            0.5, 1 - 0.6 / each, row["name"], size=6, color=MUTED, ha="center", va="top",
            transform=inset.transAxes,
        )  # fmt: skip
    return axes


def _draw_part(axes: Axes, part: Part, layer: Layer, level: str, room: tuple[float, float]) -> None:
    """Draw communes in the colour of their territory, then the limits."""
    communes = part.communes
    _fit(axes, communes.total_bounds, room)
    column = "code" if level == "commune" else level
    looks = layer.shapes.set_index("code")[["place", "status"]]
    found = looks.reindex(communes[column])
    place = found["place"].fillna(-1).to_numpy("int64")
    faces = np.asarray([fill.face for fill in layer.fills])
    seam = _SEAM_PT if level == "commune" else _WIDE_SEAM_PT
    for one in range(len(faces)):
        shapes = communes.geometry[place == one]
        draw_shapes(axes, shapes, faces[one], line=faces[one], width=seam)
    status = found["status"].fillna("").to_numpy("object")
    for code in sorted(set(status[place < 0])):
        fill = STATUSES.get(str(code), LEFT_OUT)
        shapes = communes.geometry[(place < 0) & (status == code)]
        draw_shapes(axes, shapes, fill.face, line=fill.line, hatch=fill.hatch)
    if level == "epci":
        lines = borders(communes.geometry, communes["epci"], FLAW_M)
        draw_segments(axes, lines, line=PAPER, width=0.2, zorder=2)
    draw_segments(axes, part.borders, line=INK if level != "region" else PAPER, width=0.35, zorder=3)


def _fit(axes: Axes, bounds: np.ndarray, room: tuple[float, float]) -> None:
    """Fit a part to its frame, equal in both directions, under its name."""
    west, south, east, north = bounds
    metres = max((east - west) / room[0], (north - south) / room[1]) * 1.04
    width, height = axes.get_xlim()[1] * metres, axes.get_ylim()[1] * metres
    name = height - room[1] * metres
    middle, centre = (west + east) / 2, (south + north + name) / 2
    axes.set(xlim=(middle - width / 2, middle + width / 2), ylim=(centre - height / 2, centre + height / 2))
    axes.set_aspect("equal")
    axes.set_autoscale_on(False)


def _ground_notes() -> list[str]:
    return [
        f"Contours {outlines.OUTLINE_YEAR}. Métropole en Lambert-93 (EPSG:2154) ; outre-mer en projection "
        f"légale locale, chaque cadre à son échelle. {reference.ATTRIBUTION}."
    ]
