"""The indicators of a plan from the first value to the target: where they are, where they should be."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from sdsf_analysis.figures.frame import (
    KEYS,
    KEYS_MM,
    MARGIN_MM,
    add_notes,
    add_title,
    add_watermark,
    nothing_page,
    panel,
)
from sdsf_analysis.figures.labels import wrapped
from sdsf_analysis.figures.plan_words import quantity
from sdsf_analysis.figures.style import A4_MM, ACCENT, INK, MUTED, PAPER, RULE, WARNING, Page, house_style
from sdsf_analysis.indicators.registry import indicator
from sdsf_analysis.model.french import percent, plural
from sdsf_analysis.model.lists import choices

MISSING = "Il faut le plan d'actions (recette action_plan), avec la valeur de départ et la cible."
_ON_TIME, _LATE = ("exceeded", "reached", "on_track", "advancing"), ("behind", "unmoved", "backwards")
_HEADER_MM, _FOOTER_MM, _NAMES_MM, _WORDS_MM, _ROW_MM = 38.0, 24.0, 84.0, 62.0, 9.0
# beyond, a point is on the edge with an arrow, its value written
_LOWEST, _HIGHEST = -40.0, 140.0
_EDGE = 4.0


def progress_paths(progress: pd.DataFrame, *, fictitious: bool = False, width_mm: float = A4_MM[0]) -> Page:
    """Draw each indicator on the way from its first value (0 %) to its target (100 %).

    Parameters
    ----------
    progress : pandas.DataFrame
        Result of `plan_progress`.
    fictitious : bool
        Whether to say that the data are made up.
    width_mm : float
        Width of the page; its height follows the number of indicators.

    Returns
    -------
    Page
        A matplotlib Figure; ``alt_text`` is the sentence for who cannot see it.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> from sdsf_analysis.indicators.plan.progress import plan_progress
    >>> found = plan_progress(example_tables(), "2024-06-30", plan="SDSF")
    >>> progress_paths(found).alt_text.split(".")[0]
    '1 indicateur sur 2 atteint sa cible ou avance au rythme attendu'
    """
    if progress.empty:
        return nothing_page("Aucun indicateur du plan dans les tables", MISSING, (width_mm, 0.0))
    height = _HEADER_MM + _FOOTER_MM + _ROW_MM * len(progress)
    page = Page((width_mm, height))
    with house_style():
        add_title(page, _title(progress), "Chemin parcouru de la valeur de départ (0 %) à la cible (100 %)")
        left = MARGIN_MM + _NAMES_MM
        axes = panel(
            page, left, _FOOTER_MM, width_mm - left - MARGIN_MM - _WORDS_MM,
            height - _HEADER_MM - _FOOTER_MM,
        )  # fmt: skip
        axes.set_xlim(_LOWEST - _EDGE, _HIGHEST + _EDGE)
        axes.set_ylim(len(progress), 0)
        _draw_scale(axes)
        for place, row in enumerate(progress.to_dict("records")):
            _draw_row(axes, place + 0.5, row)
        _draw_keys(page)
        add_notes(page, _notes())
        if fictitious:
            add_watermark(page, axes)
    page.alt_text = f"{_title(progress)}. {_told(progress)}{' Données fictives.' if fictitious else ''}"
    return page


def _title(progress: pd.DataFrame) -> str:
    good = int(progress["state"].isin([*_ON_TIME, "maintained"]).sum())
    words = plural(good, "indicateur", "indicateurs") if good else "Aucun indicateur"
    verbs = "atteignent leur cible ou avancent" if good > 1 else "atteint sa cible ou avance"
    return f"{words} sur {len(progress)} {verbs} au rythme attendu"


def _told(progress: pd.DataFrame) -> str:
    labels = choices("progress_state")
    return " ".join(
        f"{row['indicator']} : {_share(row)}{labels[str(row['state'])]}."
        for row in progress.to_dict("records")
    )


def _share(row: Mapping[Hashable, Any]) -> str:
    return "" if pd.isna(row["progress"]) else f"{percent(row['progress'], 0)} du chemin, "


def _draw_scale(axes: Axes) -> None:
    for place in (0, 50, 100):
        axes.axvline(place, color=RULE, lw=0.6, zorder=0)
        axes.annotate(
            percent(place, 0), (place, 1), (0, 3), ("data", "axes fraction"), "offset points",
            size=8, color=MUTED, ha="center",
        )  # fmt: skip


def _draw_row(axes: Axes, middle: float, row: Mapping[Hashable, Any]) -> None:
    """Draw one indicator: its name, its path, where it is; in words where there is no path."""
    beside: dict[str, Any] = {"textcoords": "offset points", "va": "center"}
    ends = ("axes fraction", "data")
    name = wrapped(f"{row['action']}  {row['indicator']}", 56)
    axes.annotate(name, (0, middle), (-6, 0), xycoords=ends, size=8, ha="right", **beside)
    words = f"{quantity(row['baseline'], '')} → {quantity(row['value'], '')} → {_aim(row)}"
    axes.annotate(words, (1, middle), (6, 0), xycoords=ends, size=8, ha="left", **beside)
    progress, state = row["progress"], str(row["state"])
    if pd.isna(progress) or state == "contrary":
        label = choices("progress_state")[state]
        axes.text(0, middle, f" {label}", size=7.5, color=MUTED, va="center", style="italic")
        return
    axes.plot([0, 100], [middle, middle], color=RULE, lw=3.2, solid_capstyle="butt", zorder=1)
    shown = min(max(float(progress), _LOWEST), _HIGHEST)
    good = state not in _LATE
    colour = ACCENT if good else WARNING
    axes.plot([0, shown], [middle, middle], color=colour, lw=3.2, solid_capstyle="butt", zorder=2)
    if not pd.isna(row["expected_progress"]):
        place = [row["expected_progress"]] * 2
        axes.plot(place, [middle - 0.3, middle + 0.3], color=INK, lw=1.6, zorder=3)
    marker = ("<" if progress < _LOWEST else ">") if shown != progress else "o" if good else "D"
    axes.plot(
        [shown], [middle], marker=marker, ms=7 if good else 6, color=colour, mec=PAPER, mew=0.8, zorder=4
    )
    if shown != progress:
        side = 1 if progress < 0 else -1
        edge = axes.annotate(
            percent(progress, 0), (shown, middle), (9 * side, 8), size=7, color=colour,
            ha="left" if side > 0 else "right", **beside,
        )  # fmt: skip
        edge.set_zorder(5)


def _aim(row: Mapping[Hashable, Any]) -> str:
    return quantity(row["target"], "" if pd.isna(row["unit"]) else str(row["unit"]))


def _draw_keys(page: Page) -> None:
    handles: list[Artist] = [
        Line2D([], [], marker="o", ms=7, color=ACCENT, mec=PAPER, lw=3.2),
        Line2D([], [], marker="D", ms=6, color=WARNING, mec=PAPER, lw=3.2),
        Line2D([], [], marker="|", ms=10, mew=1.6, color=INK, lw=0),
    ]
    labels = ["Au rythme attendu ou mieux", "Moins vite qu'attendu, ou en recul", "Point attendu à la mesure"]
    width, height = page.size_mm
    place = MARGIN_MM / width, (height - KEYS_MM) / height
    page.legend(handles, labels, ncols=3, loc="upper left", bbox_to_anchor=place, **KEYS)


def _notes() -> list[str]:
    source = indicator("plan_progress")
    return [
        "À droite : valeur de départ → valeur mesurée → cible. Point attendu : là où mènerait un chemin "
        "régulier à la date de la mesure. Une pointe au bord : au-delà de l'échelle, la valeur est écrite.",
        f"Source : {source.source}. Niveau de diffusion : {source.diffusion}.",
    ]
