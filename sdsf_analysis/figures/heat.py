"""A table in colours: territories in rows, measures in columns, each coloured by its own classes."""

from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.patches import Rectangle

from sdsf_analysis.figures.classes import classify
from sdsf_analysis.figures.frame import (
    add_notes,
    add_title,
    add_watermark,
    nothing_page,
    row_panel,
    write_row_name,
)
from sdsf_analysis.figures.labels import wrapped
from sdsf_analysis.figures.palettes import colours
from sdsf_analysis.figures.style import A4_MM, INK, MUTED, PAPER, RULE, Page, house_style
from sdsf_analysis.figures.territory_grid import measured
from sdsf_analysis.model.french import NO_VALUE

_NAMES_MM, _HEADER_MM, _FOOTER_MM, _TITLES_MM = 72.0, 27.0, 18.0, 16.0
_TALLEST_MM, _SHORTEST_MM = 8.0, 4.2
_CLASSES = 5
_DARK = 0.56


def heat_table(  # noqa: PLR0913 - what is drawn and what is said of it, each by its name
    values: pd.DataFrame,
    measures: Mapping[str, tuple[str, str]],
    title: str,
    subtitle: str,
    notes: Sequence[str],
    *,
    fictitious: bool = False,
    size_mm: tuple[float, float] = A4_MM,
) -> Page:
    """Draw a table of territories by measures, each column coloured from its lowest to its highest value.

    Parameters
    ----------
    values : pandas.DataFrame
        Indexed by the name of each territory; one column per measure.
    measures : mapping of str to (str, str)
        Title and unit of each column drawn, in their order.
    title, subtitle : str
        The finding, and what is shown.
    notes : sequence of str
        Source and reservations.
    fictitious : bool
        Whether to say that the data are made up.
    size_mm : tuple of float
        Width and height of the page.

    Returns
    -------
    Page

    Examples
    --------
    >>> values = pd.DataFrame({"km": [2.5, 5.0]}, index=["CC Un", "CC Deux"])
    >>> heat_table(values, {"km": ("Distance", "km")}, "Essai", "Par EPCI", []).alt_text
    'Essai. Par EPCI : CC Un : Distance 2,5 ; CC Deux : Distance 5.'
    """
    rows = values[list(measures)].astype("float64")
    if not rows.notna().any(axis=None):
        return nothing_page(title, "Aucune de ces mesures n'est connue.", size_mm)
    page = Page(size_mm)
    with house_style():
        add_title(page, title, subtitle)
        axes, shown = _axes(page, rows)
        for place, name in enumerate(rows.index[:shown]):
            write_row_name(axes, place, str(name))
        for column, (name, (label, unit)) in enumerate(measures.items()):
            _draw_column(axes, column, rows[name].head(shown), label, unit)
        add_notes(page, [*_notes(shown, len(rows)), *notes])
        if fictitious:
            add_watermark(page, axes)
    told = " ; ".join(_told(str(name), row, measures) for name, row in rows.iterrows())
    page.alt_text = f"{title}. {subtitle} : {told}.{' Données fictives.' if fictitious else ''}"
    return page


def _axes(page: Page, rows: pd.DataFrame) -> tuple[Axes, int]:
    axes, shown = row_panel(
        page, len(rows), names_mm=_NAMES_MM, header_mm=_HEADER_MM + _TITLES_MM, footer_mm=_FOOTER_MM,
        row_mm=(_SHORTEST_MM, _TALLEST_MM),
    )  # fmt: skip
    axes.set_xlim(0, len(rows.columns))
    return axes, shown


def _draw_column(axes: Axes, column: int, values: pd.Series, label: str, unit: str) -> None:
    cut = classify(values.to_numpy("float64"), "quantile", _CLASSES)
    faces = colours(len(cut)) if len(cut) else []
    axes.annotate(
        wrapped(label, 18), (column + 0.5, 1), (0, 4), ("data", "axes fraction"), "offset points",
        ha="center", va="bottom", size=7.5, color=INK,
    )  # fmt: skip
    for place, (value, at) in enumerate(zip(values, cut.place(values.to_numpy("float64")), strict=True)):
        face = PAPER if pd.isna(value) else faces[at]
        axes.add_patch(Rectangle((column, place), 1, 1, facecolor=face, edgecolor=RULE, linewidth=0.6))
        written = NO_VALUE if pd.isna(value) else measured(float(value), unit)
        ink = MUTED if pd.isna(value) else (PAPER if _is_dark(face) else INK)
        axes.text(column + 0.5, place + 0.5, written, size=7.5, ha="center", va="center", color=ink)


def _is_dark(face: str) -> bool:
    red, green, blue = to_rgb(face)
    return 0.299 * red + 0.587 * green + 0.114 * blue < _DARK


def _notes(shown: int, given: int) -> list[str]:
    notes = ["Chaque colonne a ses propres couleurs, du plus clair (bas) au plus foncé (haut)."]
    if shown < given:
        notes.append(f"Les {shown} premiers territoires sur {given}.")
    return notes


def _told(name: str, row: pd.Series, measures: Mapping[str, tuple[str, str]]) -> str:
    said = [
        f"{label} {NO_VALUE if pd.isna(row[measure]) else measured(float(row[measure]), unit)}"
        for measure, (label, unit) in measures.items()
    ]
    return f"{name} : {', '.join(said)}"
