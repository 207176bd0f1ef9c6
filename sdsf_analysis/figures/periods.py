"""Periods one under the other: a bar for each, in the look of its state, and the day of the question."""

from collections.abc import Hashable, Mapping
from datetime import date
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Annotation

from sdsf_analysis.figures.frame import KEYS, KEYS_MM, MARGIN_MM, panel
from sdsf_analysis.figures.labels import wrapped
from sdsf_analysis.figures.palettes import Fill
from sdsf_analysis.figures.style import INK, MM_PER_INCH, MUTED, RULE, WARNING, Page
from sdsf_analysis.model.french import capital, french_date

_HEADER_MM, _FOOTER_MM, _NAMES_MM, _KEYS_MM, _YEARS_MM = 27.0, 16.0, 72.0, 8.0, 5.0
_TALLEST_ROW_MM, _SHORTEST_ROW_MM = 9.5, 4.2
# Beyond so many years on the axis, every other one is written.
_MOST_YEARS = 15
_MARGIN_DAYS = 12
_NAME_PT = 8.0
_LINE_LETTERS = 42


class Look(NamedTuple):
    """How a state is drawn, and said in the legend."""

    fill: Fill
    label: str


def draw_periods(
    page: Page, rows: pd.DataFrame, day: pd.Timestamp, looks: Mapping[str, Look], mark: str = ""
) -> tuple[Axes, int]:
    """Draw a bar for each period, as many as the page holds, and the day of the question.

    Parameters
    ----------
    page : Page
    rows : pandas.DataFrame
        name, starts_on, ends_on, state and marked_on (a day of its own, or none), in the order drawn.
    day : pandas.Timestamp
    looks : mapping of str to Look
        Fill and words of each state, in the order of the legend.
    mark : str
        What the day of its own is; nothing where there is none.

    Returns
    -------
    tuple of (matplotlib.axes.Axes, int)
        The panel, and how many periods are drawn.

    Examples
    --------
    >>> days = pd.to_datetime(["2022-01-01", "2024-12-31"])
    >>> rows = pd.DataFrame({"name": ["CTG"], "starts_on": days[:1], "ends_on": days[1:], "state": ["on"],
    ...                      "marked_on": pd.NaT})
    >>> axes, shown = draw_periods(Page(), rows, days[1], {"on": Look(Fill("#2F6F9F"), "en cours")})
    >>> shown
    1
    """
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
        _draw_period(axes, place, row, looks[str(row["state"])].fill)
        _draw_name(page, axes, place, str(row["name"]), min(_NAME_PT, step * 1.5))
    axes.axvline(_number(day), color=WARNING, lw=1.2, zorder=4)
    _draw_keys(page, drawn, day, looks, mark)
    return axes, shown


def _years(rows: pd.DataFrame, day: pd.Timestamp) -> tuple[int, int]:
    days = [*rows["starts_on"], *rows["ends_on"], *rows["marked_on"].dropna(), day]
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


def _draw_period(axes: Axes, place: int, row: Mapping[Hashable, Any], fill: Fill) -> None:
    start, end = _number(row["starts_on"]), _number(row["ends_on"]) + 1
    box = (start, place + 0.18), end - start, 0.64
    axes.add_patch(
        Rectangle(*box, facecolor=fill.face, hatch=fill.hatch, edgecolor=fill.line, lw=0, zorder=2)
    )
    axes.add_patch(Rectangle(*box, facecolor="none", edgecolor=INK, lw=0.5, zorder=3))
    if not pd.isna(row["marked_on"]):
        axes.plot([_number(row["marked_on"])], [place + 0.5], marker="D", color=INK, ms=3, zorder=5, lw=0)


def _draw_name(page: Page, axes: Axes, place: int, name: str, size: float) -> None:
    lines = wrapped(name, _LINE_LETTERS).splitlines()
    two = size >= _NAME_PT and len(lines) > 1
    label = axes.annotate(
        "\n".join((lines[0], " ".join(lines[1:]))) if two else name,
        xy=(0, place + 0.5), xycoords=("axes fraction", "data"), xytext=(-6, 0),
        textcoords="offset points", size=size, ha="right", va="center",
    )  # fmt: skip
    _fit(label, MARGIN_MM / MM_PER_INCH * page.dpi)


def _fit(label: Annotation, limit_px: float) -> None:
    """Cut the end of a name that would run out of the page."""
    name = label.get_text()
    while label.get_window_extent().x0 < limit_px and len(name) > 1:
        name = name[:-1].rstrip()
        label.set_text(f"{name}…")


def _draw_keys(
    page: Page, rows: pd.DataFrame, day: pd.Timestamp, looks: Mapping[str, Look], mark: str
) -> None:
    present = [look for state, look in looks.items() if (rows["state"] == state).any()]
    keys: list[Artist] = [
        Rectangle((0, 0), 1, 1, facecolor=fill.face, hatch=fill.hatch, edgecolor=INK, lw=0.5)
        for fill, _ in present
    ]
    labels = [capital(label) for _, label in present]
    if mark:
        keys.append(Line2D([], [], marker="D", color=INK, ms=3, lw=0))
        labels.append(mark)
    keys.append(Line2D([], [], color=WARNING, lw=1.2))
    labels.append(french_date(day.date()))
    width, height = page.size_mm
    place = MARGIN_MM / width, (height - KEYS_MM) / height
    page.legend(keys, labels, ncols=len(labels), loc="upper left", bbox_to_anchor=place, **KEYS)


def _number(day: object) -> float:
    return float(date2num(pd.Timestamp(day).to_pydatetime()))  # type: ignore[arg-type, no-untyped-call]
