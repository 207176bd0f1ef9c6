"""The conventions one under the other: their periods, their signatures, the day of the question."""

from collections.abc import Hashable, Mapping
from datetime import date
from typing import Any

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Annotation

from sdsf_analysis.figures.ctg_scene import STATES
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
from sdsf_analysis.figures.legend import FILLS
from sdsf_analysis.figures.palettes import Fill
from sdsf_analysis.figures.style import A4_MM, INK, MM_PER_INCH, MUTED, RULE, WARNING, Page, house_style
from sdsf_analysis.indicators.conventions import ctg_states
from sdsf_analysis.indicators.measures import Day, read_date
from sdsf_analysis.indicators.registry import indicator
from sdsf_analysis.model.french import french_date, plural
from sdsf_analysis.model.tables import Tables

SHOWN = {**{state: STATES[state] for state in ("in_force", "renewal", "preparation")}, "closed": "CTG échue"}
_FILLS = {**FILLS, "closed": Fill("#DDE2E5")}
MISSING = "Il faut le suivi des CTG (« Suivi CTG.xlsx »), avec le début et la fin de chacune."
_HEADER_MM, _FOOTER_MM, _NAMES_MM, _KEYS_MM, _YEARS_MM = 27.0, 16.0, 72.0, 8.0, 5.0
_TALLEST_ROW_MM, _SHORTEST_ROW_MM = 9.5, 4.2
_A_YEAR = pd.DateOffset(years=1)
# Beyond so many years on the axis, every other one is written.
_MOST_YEARS = 15
_MARGIN_DAYS = 12
_NAME_PT = 8.0


def ctg_timeline(
    tables: Tables, on: Day, *, fictitious: bool = False, size_mm: tuple[float, float] = A4_MM
) -> Page:
    """Draw the period of each convention, in the order in which they end.

    Parameters
    ----------
    tables : Tables
    on : str or datetime.date
        Day that the states are those of, and that a line shows.
    fictitious : bool
        Whether to say that the data are made up.
    size_mm : tuple of float
        Width and height of the page.

    Returns
    -------
    Page
        A matplotlib Figure; ``alt_text`` is the sentence for who cannot see it.

    Raises
    ------
    QuestionError
        If ``on`` is not a day.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> ctg_timeline(example_tables(), "2025-03-01").alt_text.split(" : ")[0]
    'Périodes de 4 CTG'
    """
    day = read_date(on)
    rows = _rows(tables, day)
    if rows.empty:
        return nothing_page("Aucune CTG dont la période soit connue", MISSING, size_mm)
    page = Page(size_mm)
    with house_style():
        title = _title(rows, day)
        add_title(page, title, "Période de chaque convention territoriale globale (CTG), avenants compris")
        axes, shown = _draw(page, rows, day)
        add_notes(page, _notes(tables.ctg, rows, shown))
        if fictitious:
            add_watermark(page, axes)
    page.alt_text = f"Périodes de {len(rows)} CTG : {title}.{' Données fictives.' if fictitious else ''}"
    return page


def _rows(tables: Tables, day: pd.Timestamp) -> pd.DataFrame:
    """Conventions that have a period, what ends first on top, what is over and was followed at the end."""
    states = ctg_states(tables.ctg, day, tables.membership)
    rows = tables.ctg.assign(state=states).dropna(subset=["starts_on", "ends_on"])
    rows = rows[rows["state"].isin(SHOWN)]
    rows = rows.assign(over=rows["state"] == "closed", name=rows["name"].fillna(rows["ctg"]))
    return rows.sort_values(["over", "ends_on", "starts_on", "ctg"], ignore_index=True)


def _title(rows: pd.DataFrame, day: pd.Timestamp) -> str:
    running = rows[rows["state"] == "in_force"]
    limit = day + _A_YEAR
    ending = int((running["ends_on"] <= limit).sum())
    some = plural(ending, "CTG en vigueur prend fin", "CTG en vigueur prennent fin")
    return f"{some if ending else 'Aucune CTG ne prend fin'} d'ici au {french_date(limit.date())}"


def _draw(page: Page, rows: pd.DataFrame, day: pd.Timestamp) -> tuple[Axes, int]:
    """Draw as many conventions as the page holds; give the axes and how many."""
    width, height = page.size_mm
    left = MARGIN_MM + _NAMES_MM
    bottom, room = _FOOTER_MM + MARGIN_MM, height - _HEADER_MM - _FOOTER_MM - MARGIN_MM - _KEYS_MM - _YEARS_MM
    shown = min(len(rows), int(room / _SHORTEST_ROW_MM))
    step = min(_TALLEST_ROW_MM, room / shown)
    axes = panel(page, left, bottom + room - step * shown, width - left - MARGIN_MM, step * shown)
    drawn = rows.head(shown)
    first, last = _years(drawn, day)
    axes.set_xlim(_number(date(first, 1, 1)), _number(date(last + 1, 1, 1)) + _MARGIN_DAYS)
    axes.set_ylim(shown, 0)
    _draw_years(axes, first, last)
    for place, row in enumerate(drawn.to_dict("records")):
        _draw_period(page, axes, place, row, min(_NAME_PT, step * 1.5))
    axes.axvline(_number(day), color=WARNING, lw=1.2, zorder=4)
    _draw_keys(page, drawn, day)
    return axes, shown


def _years(rows: pd.DataFrame, day: pd.Timestamp) -> tuple[int, int]:
    days = [*rows["starts_on"], *rows["ends_on"], *rows["signed_on"].dropna(), day]
    return min(d.year for d in days), max(d.year for d in days)


def _draw_years(axes: Axes, first: int, last: int) -> None:
    every = 1 + (last - first) // _MOST_YEARS
    for year in range(first, last + 2):
        axes.axvline(_number(date(year, 1, 1)), color=RULE, lw=0.5, zorder=0)
        if year <= last and (year - first) % every == 0:
            middle = _number(date(year, 7, 1))
            axes.annotate(
                str(year), (middle, 1), (0, 4), ("data", "axes fraction"), "offset points",
                size=8, color=MUTED, ha="center",
            )  # fmt: skip


def _draw_period(page: Page, axes: Axes, place: int, row: Mapping[Hashable, Any], size: float) -> None:
    fill = _FILLS[str(row["state"])]
    start, end = _number(row["starts_on"]), _number(row["ends_on"]) + 1
    box = (start, place + 0.18), end - start, 0.64
    axes.add_patch(
        Rectangle(*box, facecolor=fill.face, hatch=fill.hatch, edgecolor=fill.line, lw=0, zorder=2)
    )
    axes.add_patch(Rectangle(*box, facecolor="none", edgecolor=INK, lw=0.5, zorder=3))
    if not pd.isna(row["signed_on"]):
        axes.plot([_number(row["signed_on"])], [place + 0.5], marker="D", color=INK, ms=3, zorder=5, lw=0)
    label = axes.annotate(
        str(row["name"]), xy=(0, place + 0.5), xycoords=("axes fraction", "data"), xytext=(-6, 0),
        textcoords="offset points", size=size, ha="right", va="center",
    )  # fmt: skip
    _fit(label, MARGIN_MM / MM_PER_INCH * page.dpi)


def _fit(label: Annotation, limit_px: float) -> None:
    """Cut the end of a name that would run out of the page."""
    name = label.get_text()
    while label.get_window_extent().x0 < limit_px and len(name) > 1:
        name = name[:-1].rstrip()
        label.set_text(f"{name}…")


def _draw_keys(page: Page, rows: pd.DataFrame, day: pd.Timestamp) -> None:
    present = [state for state in SHOWN if (rows["state"] == state).any()]
    keys: list[Artist] = [
        Rectangle((0, 0), 1, 1, facecolor=_FILLS[s].face, hatch=_FILLS[s].hatch, edgecolor=INK, lw=0.5)
        for s in present
    ]
    labels = [SHOWN[state][:1].upper() + SHOWN[state][1:] for state in present]
    keys += [
        Line2D([], [], marker="D", color=INK, ms=3, lw=0),
        Line2D([], [], color=WARNING, lw=1.2),
    ]
    labels += ["Signature", french_date(day.date())]
    width, height = page.size_mm
    place = MARGIN_MM / width, (height - KEYS_MM) / height
    page.legend(keys, labels, ncols=len(labels), loc="upper left", bbox_to_anchor=place, **KEYS)


def _notes(ctg: pd.DataFrame, rows: pd.DataFrame, shown: int) -> list[str]:
    left_out = []
    if len(rows) > shown:
        left_out.append(f"La page n'en montre que {shown} sur {len(rows)} : celles qui finissent d'abord.")
    undated = len(ctg) - len(rows)
    if undated:
        left_out.append(f"Sans barre : {plural(undated, 'CTG', 'CTG')} en projet ou sans période complète.")
    source = indicator("ctg_counters")
    return [
        "Le losange est la signature : dans la barre, la convention a pris effet avant d'être signée.",
        *left_out,
        f"Source : {source.source}. Niveau de diffusion : {source.diffusion}.",
    ]


def _number(day: object) -> float:
    return float(date2num(pd.Timestamp(day).to_pydatetime()))  # type: ignore[arg-type, no-untyped-call]
