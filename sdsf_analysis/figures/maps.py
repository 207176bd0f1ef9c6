"""Maps of a département, on a page of fixed size, with the finding as their title."""

from math import isnan

from matplotlib.axes import Axes
from matplotlib_scalebar.scalebar import ScaleBar

from sdsf_analysis.figures.ctg_scene import STATES, CtgScene, ctg_scene
from sdsf_analysis.figures.frame import MARGIN_MM, add_notes, add_title, add_watermark, panel
from sdsf_analysis.figures.legend import FILLS, draw_bars, draw_legend
from sdsf_analysis.figures.placing import place_names
from sdsf_analysis.figures.style import A4_MM, INK, Page, house_style
from sdsf_analysis.indicators.measures import Day
from sdsf_analysis.indicators.registry import indicator
from sdsf_analysis.model.french import french_date, number, plural
from sdsf_analysis.model.tables import Tables
from sdsf_analysis.territories import outlines, reference

HEADER_MM = 27.0
FOOTER_MM = 24.0
SCALE_MM = 9.0
GUTTER_MM = 8.0
NARROWEST_PANEL_MM = 76.0
WIDEST_PANEL_MM = 122.0
COMMUNE_LINE = "#D3DBE0"


def ctg_map(
    tables: Tables,
    on: Day,
    *,
    geography_year: int | None = None,
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
        map_width = _map_width(scene, size_mm)
        axes = _draw_map(page, scene, map_width)
        left = MARGIN_MM + map_width + GUTTER_MM
        side = panel(page, left, FOOTER_MM, size_mm[0] - MARGIN_MM - left, _height(size_mm))
        draw_bars(side, scene.shares, top=draw_legend(side, scene.counts))
        add_notes(page, _notes(scene, geography_year))
        if fictitious:
            add_watermark(page, axes)
    page.alt_text = _alt_text(scene, fictitious)
    return page


def _height(size_mm: tuple[float, float]) -> float:
    return size_mm[1] - HEADER_MM - FOOTER_MM


def _map_width(scene: CtgScene, size_mm: tuple[float, float]) -> float:
    """Width of the map, in millimetres: what the shape needs, the panel takes the rest."""
    west, south, east, north = scene.communes.total_bounds
    room = size_mm[0] - 2 * MARGIN_MM - GUTTER_MM
    wanted = (_height(size_mm) - SCALE_MM) * (east - west) / (north - south)
    return float(min(max(wanted, room - WIDEST_PANEL_MM), room - NARROWEST_PANEL_MM))


def _draw_map(page: Page, scene: CtgScene, width: float) -> Axes:
    axes = panel(page, MARGIN_MM, FOOTER_MM, width, _height(page.size_mm))
    _frame_map(axes, scene, width, _height(page.size_mm))
    for state, communes in scene.communes.groupby("state"):
        fill = FILLS[str(state)]
        pattern = {"facecolor": fill.face, "edgecolor": fill.line, "hatch": fill.hatch}
        communes.plot(ax=axes, linewidth=0, zorder=1, **pattern)
    scene.communes.boundary.plot(ax=axes, color=COMMUNE_LINE, linewidth=0.35, zorder=2)
    scene.epci.boundary.plot(ax=axes, color=INK, linewidth=0.9, zorder=3)
    outline = outlines.dissolve(scene.communes.assign(whole=1), "whole")
    outline.boundary.plot(ax=axes, color=INK, linewidth=1.6, zorder=4)
    axes.add_artist(
        ScaleBar(1, location="lower left", length_fraction=0.2, frameon=False, color=INK, pad=0.2)
    )
    place_names(axes, scene.epci)
    return axes


def _frame_map(axes: Axes, scene: CtgScene, width: float, height: float) -> None:
    """Fit the département to the axes, equal in both directions, and leave a strip for the scale below."""
    west, south, east, north = scene.communes.total_bounds
    metres = max((east - west) / width, (north - south) / (height - SCALE_MM)) * 1.02
    middle, centre = (west + east) / 2, (south + north) / 2
    axes.set_xlim(middle - metres * width / 2, middle + metres * width / 2)
    bottom = centre - metres * (height + SCALE_MM) / 2
    axes.set_ylim(bottom, bottom + metres * height)
    axes.set_autoscale_on(False)


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
        f"{geography} {outlines.OUTLINE_YEAR}. {population} {_projection(scene.projection)} "
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


def _projection(code: int) -> str:
    name = "Lambert-93" if code == outlines.MAINLAND_PROJECTION else "légale locale"
    return f"Projection {name} (EPSG:{code})."


def _alt_text(scene: CtgScene, fictitious: bool) -> str:
    counts = scene.counts["communes"].items()
    groups = [f"{plural(float(count), 'commune')} « {STATES[str(state)]} »" for state, count in counts]
    made_up = " Données fictives." if fictitious else ""
    return (
        f"Carte des communes {scene.departement['of']} selon l'état de leur convention territoriale globale. "
        f"{scene.title} : {', '.join(groups)}.{made_up}"
    )
