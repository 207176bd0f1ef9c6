"""Maps of a département, on a page of fixed size, with the finding as their title."""

from dataclasses import replace
from math import isnan

import geopandas as gpd
from matplotlib.axes import Axes

from sdsf_analysis.figures.beside import boxes
from sdsf_analysis.figures.ctg_ends import draw_ends, draw_ends_key, perimeters
from sdsf_analysis.figures.ctg_scene import STATES, CtgScene, ctg_scene
from sdsf_analysis.figures.frame import MARGIN_MM, add_notes, add_title, add_watermark, panel
from sdsf_analysis.figures.ground import (
    FOOTER_MM,
    GUTTER_MM,
    Ground,
    draw_borders,
    draw_ground,
    ground,
    map_height,
    map_width,
    projection_said,
)
from sdsf_analysis.figures.legend import FILLS, draw_bars, draw_legend
from sdsf_analysis.figures.placing import place_names
from sdsf_analysis.figures.shapes import draw_shapes
from sdsf_analysis.figures.style import A4_MM, Page, house_style
from sdsf_analysis.figures.towns import draw_towns
from sdsf_analysis.indicators.ctg import ctg_at
from sdsf_analysis.indicators.measures import Day
from sdsf_analysis.indicators.registry import indicator
from sdsf_analysis.model.french import french_date, number, plural
from sdsf_analysis.model.tables import Tables
from sdsf_analysis.territories import outlines, reference


def ctg_map(  # noqa: PLR0913 - what is drawn and what is said of it, each by its name
    tables: Tables,
    on: Day,
    *,
    geography_year: int | None = None,
    ends: bool = False,
    towns: int = 0,
    fictitious: bool = False,
    size_mm: tuple[float, float] = A4_MM,
) -> Page:
    """Map of the communes by the state of their CTG at a date.

    Parameters
    ----------
    tables : Tables
    on : str or datetime.date
    geography_year : int, optional
        Year of the communes of the tables, for the note.
    ends : bool
        Whether to draw the perimeter of each convention, with its last day.
    towns : int
        How many of the most populated communes to name.
    fictitious : bool
        Whether to say across the map that the data are made up.
    size_mm : tuple of float
        Width and height of the page, for example ``style.A4_MM`` or ``style.SLIDE_MM``.

    Returns
    -------
    Page
        A matplotlib Figure; ``alt_text`` is the sentence for who cannot see it.

    Raises
    ------
    QuestionError
        If ``on`` is not a day, or the tables do not hold one département.
    TerritoryError
        If the package has no outline of this département.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> page = ctg_map(example_tables(), "2024-06-30")
    >>> page.alt_text.startswith("Carte des communes de l'Ain selon")
    True
    """
    scene = ctg_scene(tables, on)
    page = Page(size_mm)
    with house_style():
        add_title(page, scene.title, _subtitle(scene))
        here = ground(scene.departement["code"])
        width = map_width(here.bounds, size_mm)
        conventions = perimeters(scene.communes, ctg_at(tables, on)) if ends else None
        axes = _draw_map(page, scene, here, width, conventions=conventions, towns=towns)
        left = MARGIN_MM + width + GUTTER_MM
        side = panel(page, left, FOOTER_MM, size_mm[0] - MARGIN_MM - left, map_height(size_mm))
        top = draw_legend(side, scene.counts)
        if conventions is not None and len(conventions):
            top = draw_ends_key(side, top)
        draw_bars(side, scene.shares, top=top)
        add_notes(page, _notes(scene, geography_year))
        if fictitious:
            add_watermark(page, axes)
    page.alt_text = _alt_text(scene, fictitious)
    return page


def _draw_map(  # noqa: PLR0913 - what is drawn, each by its name
    page: Page,
    scene: CtgScene,
    here: Ground,
    width: float,
    *,
    conventions: gpd.GeoDataFrame | None,
    towns: int,
) -> Axes:
    axes = draw_ground(page, here, width)
    for state, communes in scene.communes.groupby("state"):
        fill = FILLS[str(state)]
        draw_shapes(axes, communes.geometry, fill.face, line=fill.line, hatch=fill.hatch)
    draw_borders(axes, replace(here, epci=scene.epci))
    written = place_names(axes, scene.epci)
    if conventions is not None:
        written += draw_ends(axes, conventions, boxes(written))
    if towns:
        draw_towns(axes, here, towns, boxes(written))
    return axes


def _subtitle(scene: CtgScene) -> str:
    covered, whole = (scene.counter("communes_covered", part) for part in ("numerator", "denominator"))
    head = "Communes selon l'état de leur convention territoriale globale (CTG)"
    if isnan(covered):
        return head
    communes = f"{plural(covered, 'commune couverte', 'communes couvertes')} sur {number(whole)}"
    conventions = plural(scene.counter("ctg_in_force"), "CTG en vigueur", "CTG en vigueur")
    parts = [head, communes, conventions]
    officers = scene.counter("officers")
    if not isnan(officers):
        parts.append(plural(officers, "chargé de coopération", "chargés de coopération"))
    return " · ".join(parts)


def _notes(scene: CtgScene, geography_year: int | None) -> list[str]:
    entry = indicator("ctg_coverage")
    year = scene.counter("population_year")
    population = (
        "Population : année inconnue." if isnan(year) else f"Population municipale légale {year:.0f}."
    )
    geography = f"Géographie {geography_year}, contours" if geography_year else "Contours"
    definition = (
        "Est couverte la commune qui est dans le périmètre d'une convention en vigueur "
        f"le {french_date(scene.on)} (début et fin compris). EPCI : partie située dans le département."
    )
    return [
        definition,
        *_reservations(scene),
        f"Sources : {entry.source}. {reference.ATTRIBUTION}.",
        f"{geography} {outlines.OUTLINE_YEAR}. {population} {projection_said(scene.projection)} "
        f"Niveau de diffusion : {entry.diffusion}.",
    ]


def _reservations(scene: CtgScene) -> list[str]:
    notes = []
    if scene.has_holes:
        notes.append(
            "Zone blanche à l'intérieur : enclave, ou commune fusionnée dont le contour n'est pas fourni."
        )
    if scene.without_outline:
        missing = plural(
            scene.without_outline, "commune sans contour en 2026", "communes sans contour en 2026"
        )
        notes.append(f"Hors carte, mais dans les totaux : {missing} (fusion depuis, ou contour non fourni).")
    return [" ".join(notes)] if notes else []


def _alt_text(scene: CtgScene, fictitious: bool) -> str:
    counts = scene.counts["communes"].items()
    groups = [f"{plural(float(count), 'commune')} « {STATES[str(state)]} »" for state, count in counts]
    made_up = " Données fictives." if fictitious else ""
    return (
        f"Carte des communes {scene.departement['of']} selon l'état de leur convention territoriale globale. "
        f"{scene.title} : {', '.join(groups)}.{made_up}"
    )
