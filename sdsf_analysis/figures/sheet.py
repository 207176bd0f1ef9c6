"""A page with a map of a département and a panel beside it: what every such map begins and ends with."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes

from sdsf_analysis.figures.frame import MARGIN_MM, add_notes, add_title, add_watermark, panel
from sdsf_analysis.figures.ground import (
    FOOTER_MM,
    GUTTER_MM,
    Ground,
    draw_ground,
    map_height,
    map_width,
    projection_said,
)
from sdsf_analysis.figures.style import Page
from sdsf_analysis.territories import outlines, reference


@dataclass(frozen=True)
class Sheet:
    """A page begun: its map, in metres, and the panel beside it, in millimetres."""

    page: Page
    axes: Axes
    side: Axes


def open_sheet(here: Ground, title: str, subtitle: str, size_mm: tuple[float, float]) -> Sheet:
    """Begin a page: title, ground of the map, empty panel.

    Examples
    --------
    >>> from sdsf_analysis.figures.ground import ground
    >>> len(open_sheet(ground("90"), "Titre", "Sous-titre", (297.0, 210.0)).page.axes)
    2
    """
    page = Page(size_mm)
    add_title(page, title, subtitle)
    width = map_width(here.bounds, size_mm)
    axes = draw_ground(page, here, width)
    left = MARGIN_MM + width + GUTTER_MM
    side = panel(page, left, FOOTER_MM, size_mm[0] - MARGIN_MM - left, map_height(size_mm))
    return Sheet(page, axes, side)


def close_sheet(sheet: Sheet, notes: Sequence[str], *, fictitious: bool) -> None:
    """End a page: notes, and that the data are made up if they are."""
    add_notes(sheet.page, [note for note in notes if note])
    if fictitious:
        add_watermark(sheet.page, sheet.axes)


def source_note(here: Ground) -> str:
    """Say where the outlines come from, and in which projection they are.

    Examples
    --------
    >>> from sdsf_analysis.figures.ground import ground
    >>> source_note(ground("90")).split(". ")[0]
    'Contours 2026'
    """
    return f"Contours {outlines.OUTLINE_YEAR}. {projection_said(here.projection)} {reference.ATTRIBUTION}."
