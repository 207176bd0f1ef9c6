"""Bars made of parts: the components of a coverage, one territory under the other."""

from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch
from matplotlib.patheffects import withStroke

from sdsf_analysis.figures.frame import (
    KEYS,
    KEYS_MM,
    MARGIN_MM,
    add_notes,
    add_title,
    add_watermark,
    nothing_page,
    row_panel,
    write_row_name,
)
from sdsf_analysis.figures.palettes import CATEGORIES
from sdsf_analysis.figures.style import A4_MM, INK, PAPER, Page, house_style
from sdsf_analysis.model.french import number

_NAMES_MM, _HEADER_MM, _FOOTER_MM, _VALUES_MM = 74.0, 36.0, 22.0, 26.0
_TALLEST_MM, _SHORTEST_MM = 9.0, 4.0
_NARROWEST_SHARE = 0.045


def stacked_bars(  # noqa: PLR0913 - what is drawn and what is said of it, each by its name
    parts: pd.DataFrame,
    labels: Mapping[str, str],
    title: str,
    subtitle: str,
    notes: Sequence[str],
    *,
    fictitious: bool = False,
    size_mm: tuple[float, float] = A4_MM,
) -> Page:
    """Draw a bar for each row, cut into its parts; what is not known is not drawn, and said.

    Parameters
    ----------
    parts : pandas.DataFrame
        Indexed by the name of each territory; one column per part, not below zero.
    labels : mapping of str to str
        Name of each column drawn, in the order of the bars.
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
    >>> parts = pd.DataFrame({"eaje": [20.0, 12.0], "homes": [25.0, None]}, index=["CC Un", "CC Deux"])
    >>> stacked_bars(parts, {"eaje": "Crèches", "homes": "Domicile"}, "Essai", "Places", []).alt_text
    'Essai. Places : CC Un 45,0 (Crèches 20,0, Domicile 25,0), CC Deux au moins 12,0 (Crèches 12,0).'
    """
    rows = parts[list(labels)].astype("float64")
    rows = rows.assign(_sum=rows.sum(axis=1)).sort_values("_sum", ascending=False, kind="stable")
    rows = rows[rows[list(labels)].notna().any(axis=1)].drop(columns="_sum")
    if rows.empty:
        return nothing_page(title, "Aucune des parts n'est connue.", size_mm)
    page = Page(size_mm)
    with house_style():
        add_title(page, title, subtitle)
        axes, shown = _axes(page, rows)
        for place, (name, row) in enumerate(rows.head(shown).iterrows()):
            _draw(axes, place, str(name), row)
        _draw_keys(page, list(labels.values()))
        add_notes(page, [*_notes(rows, shown, len(parts)), *notes])
        if fictitious:
            add_watermark(page, axes)
    told = ", ".join(_told(str(name), row, labels) for name, row in rows.iterrows())
    page.alt_text = f"{title}. {subtitle} : {told}.{' Données fictives.' if fictitious else ''}"
    return page


def _axes(page: Page, rows: pd.DataFrame) -> tuple[Axes, int]:
    axes, shown = row_panel(
        page, len(rows), names_mm=_NAMES_MM, header_mm=_HEADER_MM, footer_mm=_FOOTER_MM,
        values_mm=_VALUES_MM, row_mm=(_SHORTEST_MM, _TALLEST_MM),
    )  # fmt: skip
    axes.set_xlim(0, max(float(rows.sum(axis=1).max()), 1e-9))
    return axes, shown


def _draw(axes: Axes, place: int, name: str, row: pd.Series) -> None:
    middle, start = place + 0.5, 0.0
    wide = axes.get_xlim()[1]
    write_row_name(axes, place, name)
    for colour, value in zip(CATEGORIES, row, strict=False):
        if pd.isna(value):
            continue
        axes.barh(middle, value, left=start, height=0.66, color=colour, edgecolor=PAPER, linewidth=0.5)
        if value / wide >= _NARROWEST_SHARE:
            axes.text(
                start + value / 2, middle, number(value, 1), size=7, ha="center", va="center", color=INK,
                path_effects=[withStroke(linewidth=2, foreground=PAPER)],
            )  # fmt: skip
        start += float(value)
    axes.annotate(
        _sum(row), (start, middle), (5, 0), "data", "offset points", va="center", size=8, weight="bold"
    )


def _draw_keys(page: Page, labels: Sequence[str]) -> None:
    width, height = page.size_mm
    handles = [Patch(facecolor=colour) for colour in CATEGORIES[: len(labels)]]
    place = (MARGIN_MM / width, (height - KEYS_MM) / height)
    page.legend(handles, labels, loc="upper left", bbox_to_anchor=place, ncols=len(labels), **KEYS)


def _notes(rows: pd.DataFrame, shown: int, given: int) -> list[str]:
    notes = []
    if rows.isna().any(axis=None):
        notes.append("« Au moins » : une part n'est pas connue, et n'est pas dessinée ; ce n'est pas zéro.")
    if len(rows) < given:
        notes.append(f"Sans aucune part connue, hors du graphique : {given - len(rows)}.")
    if shown < len(rows):
        notes.append(f"Les {shown} premiers territoires sur {len(rows)}.")
    return notes


def _sum(row: pd.Series) -> str:
    return f"{'au moins ' if row.isna().any() else ''}{number(float(row.sum()), 1)}"


def _told(name: str, row: pd.Series, labels: Mapping[str, str]) -> str:
    parts = [f"{labels[str(part)]} {number(value, 1)}" for part, value in row.dropna().items()]
    return f"{name} {_sum(row)} ({', '.join(parts)})"
