"""The curve of the coverage by CTG, beside the national trajectory of its own years."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke
from matplotlib.ticker import FuncFormatter

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
from sdsf_analysis.figures.style import A4_MM, ACCENT, INK, MUTED, PAPER, RULE, WARNING, Page, house_style
from sdsf_analysis.indicators.registry import indicator
from sdsf_analysis.model.french import french_date, percent

MISSING = "Il faut le suivi des CTG (« Suivi CTG.xlsx »), avec ses périodes et ses communes."
MEASURE, TRAJECTORY = "population", "cog_target"
_HEADER_MM, _FOOTER_MM, _LEFT_MM = 36.0, 26.0, 12.0
_MOST_LABELS, _LOWEST_BELOW = 11, 8
_LABEL: dict[str, Any] = {
    "textcoords": "offset points",
    "size": 8.5,
    "ha": "center",
    "va": "center",
    "color": INK,
}


def coverage_curve(
    history: pd.DataFrame, *, fictitious: bool = False, size_mm: tuple[float, float] = A4_MM
) -> Page:
    """Draw the share of the inhabitants covered by a CTG through time.

    Parameters
    ----------
    history : pandas.DataFrame
        Result of `ctg_history`.
    fictitious : bool
        Whether to say that the data are made up.
    size_mm : tuple of float
        Width and height of the page.

    Returns
    -------
    Page
        A matplotlib Figure; ``alt_text`` is the sentence for who cannot see it.

    Examples
    --------
    >>> from sdsf_analysis.indicators.ctg import ctg_history
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> history = ctg_history(example_tables(), "2020-12-31", "2025-12-31", "year")
    >>> coverage_curve(history).alt_text.split(",")[0]
    'Courbe de la part des habitants couverts par une CTG'
    """
    curve, aims = (_points(history, measure) for measure in (MEASURE, TRAJECTORY))
    if curve.empty:
        return nothing_page("Couverture par les CTG au fil du temps : non connue", MISSING, size_mm)
    page = Page(size_mm)
    with house_style():
        title = _title(curve)
        add_title(page, title, "Habitants des communes couvertes par une CTG en vigueur, en % du département")
        axes = _axes(page)
        _draw_grid(axes)
        if len(aims):
            _draw_aims(axes, aims)
        _draw_curve(axes, curve, aims)
        _draw_keys(page, axes)
        add_notes(page, _notes(history, has_aims=len(aims) > 0))
        if fictitious:
            add_watermark(page, axes)
    made_up = " Données fictives." if fictitious else ""
    page.alt_text = f"Courbe de la part des habitants couverts par une CTG, {_told(curve)}.{made_up}"
    return page


def _points(history: pd.DataFrame, measure: str) -> pd.Series:
    rows = history[history["measure"] == measure].dropna(subset=["value"])
    return rows.set_index("date")["value"].astype(float).sort_index()


def _title(curve: pd.Series) -> str:
    last, first = curve.index[-1], curve.index[0]
    now = f"{percent(curve.iloc[-1], 0)} des habitants couverts par une CTG au {french_date(last.date())}"
    return now if first == last else f"{now} ({percent(curve.iloc[0], 0)} au {french_date(first.date())})"


def _told(curve: pd.Series) -> str:
    told = (f"{percent(value)} au {french_date(day.date())}" for day, value in curve.items())  # type: ignore[attr-defined]
    return ", ".join(told)


def _axes(page: Page) -> Axes:
    width, height = page.size_mm
    left = MARGIN_MM + _LEFT_MM
    axes = panel(page, left, _FOOTER_MM, width - left - MARGIN_MM, height - _HEADER_MM - _FOOTER_MM)
    axes.axis("on")
    axes.set_autoscale_on(True)
    return axes


def _draw_grid(axes: Axes) -> None:
    axes.set_ylim(0, 105)
    axes.set_yticks(range(0, 101, 20))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: percent(value, 0)))
    axes.grid(axis="y", color=RULE, lw=0.5)
    axes.set_axisbelow(True)
    axes.tick_params(length=0, labelsize=8, labelcolor=MUTED)
    for side in ("top", "left", "right"):
        axes.spines[side].set_visible(False)


def _draw_aims(axes: Axes, aims: pd.Series) -> None:
    label = "Trajectoire nationale de la COG 2018-2022"
    axes.plot(aims.index, aims.to_numpy(), color=WARNING, lw=1.2, ls="--", marker="s", ms=4, label=label)


def _draw_curve(axes: Axes, curve: pd.Series, aims: pd.Series) -> None:
    """Draw the curve, each value on the side where the trajectory is not."""
    axes.plot(curve.index, curve.to_numpy(), color=ACCENT, lw=2.2, marker="o", ms=5, label="Part couverte")
    told = curve.iloc[:: 1 + len(curve) // _MOST_LABELS]
    axes.set_xticks(list(told.index), [f"{day:%d/%m/%Y}" for day in told.index])
    for day, value in told.items():
        side = -1 if aims.get(day, 0.0) > value > _LOWEST_BELOW else 1
        label = axes.annotate(percent(value, 0), (day, value), (0, 11 * side), **_LABEL)
        label.set_path_effects([withStroke(linewidth=2.5, foreground=PAPER)])


def _draw_keys(page: Page, axes: Axes) -> None:
    width, height = page.size_mm
    place = MARGIN_MM / width, (height - KEYS_MM) / height
    handles, labels = axes.get_legend_handles_labels()
    page.legend(handles[::-1], labels[::-1], ncols=2, loc="upper left", bbox_to_anchor=place, **KEYS)


def _notes(history: pd.DataFrame, *, has_aims: bool) -> list[str]:
    source = indicator("ctg_counters")
    years = ", ".join(map(str, history.attrs.get("population_year", ())))
    population = f"Population municipale légale {years}, la même à toutes les dates. " if years else ""
    aims = (
        "La trajectoire nationale n'existe que de 2018 à 2022 : elle n'est pas prolongée. "
        if has_aims
        else ""
    )
    return [
        f"{population}{aims}".strip(),
        f"Source : {source.source} ; population : INSEE. Niveau de diffusion : {source.diffusion}.",
    ]
