"""Bars of one measure by territory, from the largest to the smallest, with the value of the département."""

from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from sdsf_analysis.figures.frame import (
    add_notes,
    add_title,
    add_watermark,
    nothing_page,
    row_panel,
    write_row_name,
)
from sdsf_analysis.figures.style import A4_MM, ACCENT, INK, PAPER, RULE, WARNING, Page, house_style
from sdsf_analysis.figures.territory_grid import bounded, measured
from sdsf_analysis.indicators.declaration import Measure
from sdsf_analysis.indicators.registry import indicator
from sdsf_analysis.model.french import plural

_NAMES_MM, _HEADER_MM, _FOOTER_MM, _VALUES_MM = 74.0, 34.0, 22.0, 22.0
_TALLEST_MM, _SHORTEST_MM = 9.0, 4.0
_ROOM = 1.12
_SAID_UNITS = ("km",)
Row = Mapping[Hashable, Any]


def ranked_bars(  # noqa: PLR0913 - what is drawn of an answer, each by its name
    answer: pd.DataFrame,
    name: str,
    measure: str,
    territories: pd.DataFrame,
    *,
    whole: pd.DataFrame | None = None,
    fictitious: bool = False,
    size_mm: tuple[float, float] = A4_MM,
) -> Page:
    """Draw a measure as bars, the largest on top; an interval where only bounds are known.

    Parameters
    ----------
    answer : pandas.DataFrame
        Result of an indicator by territory.
    name, measure : str
        Indicator and measure, for the title, the unit and the source.
    territories : pandas.DataFrame
        Table ``territories``, for the names.
    whole : pandas.DataFrame, optional
        Result of the same indicator for the département: its value, or its bound, is drawn as a line.
    fictitious : bool
        Whether to say that the data are made up.
    size_mm : tuple of float
        Width and height of the page.

    Returns
    -------
    Page

    Raises
    ------
    QuestionError
        If no indicator has this name, or it lacks this measure.

    Examples
    --------
    >>> from sdsf_analysis.indicators.ctg import ctg_coverage
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> tables = example_tables()
    >>> shares = ctg_coverage(tables, "2024-06-30")
    >>> ranked_bars(shares, "ctg_coverage", "population", tables.territories).alt_text[:30]
    'Habitants couverts (%) : E1 10'
    """
    entry = indicator(name)
    declared = entry.measure(measure)
    rows = _rows(answer[answer["measure"] == measure], territories)
    if rows[["value", "low"]].isna().all(axis=None):
        why = answer.attrs.get("remark", "") or "Aucun fichier reçu ne le donne."
        return nothing_page(f"{declared.label} : non connu", why, size_mm)
    page = Page(size_mm)
    with house_style():
        unit = "" if " pour " in declared.label else f", {declared.unit}"
        add_title(page, _title(rows, declared), f"{declared.label}{unit}, par territoire")
        reference = None if whole is None else _reference(whole, measure)
        axes, shown = _axes(page, rows, reference)
        for place, row in enumerate(rows.head(shown).to_dict("records")):
            _draw(axes, place, row, declared.unit)
        if reference is not None:
            _draw_reference(axes, reference, declared.unit)
        add_notes(page, _notes(rows, shown, f"Source : {entry.source}. Diffusion : {entry.diffusion}."))
        if fictitious:
            add_watermark(page, axes)
    made_up = " Données fictives." if fictitious else ""
    told = ", ".join(f"{row['name']} {bounded(row, declared.unit)}" for row in rows.to_dict("records"))
    page.alt_text = f"{declared.label} ({declared.unit}) : {told}.{made_up}"
    return page


def _rows(found: pd.DataFrame, territories: pd.DataFrame) -> pd.DataFrame:
    names = territories.drop_duplicates("territory").set_index("territory")["name"]
    rows = found.assign(name=found["territory"].map(names).fillna(found["territory"]))
    rank = rows["value"].fillna((rows["low"] + rows["high"]) / 2).fillna(rows["low"])
    return rows.assign(_rank=rank).sort_values(["_rank", "name"], ascending=[False, True], ignore_index=True)


def extremes_title(answer: pd.DataFrame, measure: Measure, territories: pd.DataFrame) -> str:
    """Say the least and the most of a measure, and who has them.

    Parameters
    ----------
    answer : pandas.DataFrame
        Rows of one measure.
    measure : Measure
    territories : pandas.DataFrame
        Table ``territories``, for the names.
    """
    return _title(_rows(answer, territories), measure)


def _title(rows: pd.DataFrame, measure: Measure) -> str:
    known = rows.dropna(subset=["value"])
    if known.empty:
        return measure.label
    most, least = known["value"].iloc[0], known["value"].iloc[-1]
    if most == least:
        return f"{measure.label} : {measured(most, measure.unit)} partout"
    unit = f" {measure.unit}" if measure.unit in _SAID_UNITS else ""
    lowest, highest = (f"{measured(one, measure.unit)}{unit} ({_who(known, one)})" for one in (least, most))
    return f"{measure.label} : de {lowest} à {highest}"


def _who(known: pd.DataFrame, value: float) -> str:
    """Name of the territory that has a value, or how many have it."""
    named = known.loc[known["value"] == value, "name"]
    return str(named.iloc[0]) if len(named) == 1 else f"{len(named)} territoires"


def _reference(whole: pd.DataFrame, measure: str) -> Row | None:
    """What is known of the département: its value, else the bound from which it goes up."""
    rows = whole[whole["measure"] == measure].dropna(subset=["value", "low"], how="all")
    return rows.to_dict("records")[0] if len(rows) else None


def _level(reference: Row | None) -> float:
    if reference is None:
        return 0.0
    return float(reference["low"] if pd.isna(reference["value"]) else reference["value"])


def _axes(page: Page, rows: pd.DataFrame, reference: Row | None) -> tuple[Axes, int]:
    """Panel as tall as its bars, and how many bars the page holds."""
    axes, shown = row_panel(
        page, len(rows), names_mm=_NAMES_MM, header_mm=_HEADER_MM, footer_mm=_FOOTER_MM,
        values_mm=_VALUES_MM, row_mm=(_SHORTEST_MM, _TALLEST_MM),
    )  # fmt: skip
    numbers = rows[["value", "low", "high"]].to_numpy("float64").ravel()
    numbers = np.append(numbers[~np.isnan(numbers)], [0.0, _level(reference)])
    axes.set_xlim(min(0.0, numbers.min() * _ROOM), max(numbers.max(), 1e-9))
    return axes, shown


def _draw(axes: Axes, place: int, row: Row, unit: str) -> None:
    value, low, high = row["value"], row["low"], row["high"]
    middle = place + 0.5
    write_row_name(axes, place, str(row["name"]))
    if not pd.isna(value):
        axes.barh(middle, value, height=0.66, color=ACCENT)
    elif not pd.isna(low) and pd.isna(high):
        axes.barh(middle, low, height=0.66, facecolor=PAPER, edgecolor=ACCENT, hatch="////", linewidth=0.8)
    if not pd.isna(low) and not pd.isna(high):
        axes.plot([low, high], [middle, middle], color=INK, lw=1.4, marker="|", ms=6, zorder=4)
    end = max((one for one in (value, low, high, 0.0) if not pd.isna(one)), default=0.0)
    axes.annotate(
        bounded(row, unit), (end, middle), (5, 0), "data", "offset points", va="center", size=8, zorder=5,
        bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 0.6},
    )  # fmt: skip


def _draw_reference(axes: Axes, reference: Row, unit: str) -> None:
    level = _level(reference)
    axes.axvline(level, color=WARNING, lw=1.2, ls="--", zorder=3)
    axes.annotate(
        f"département : {bounded(reference, unit)}", (level, 1), (0, 3), ("data", "axes fraction"),
        "offset points", ha="center", va="bottom", size=8, color=WARNING,
    )  # fmt: skip
    axes.axvline(0, color=RULE, lw=0.8)


def _notes(rows: pd.DataFrame, shown: int, source: str) -> list[str]:
    notes = []
    if rows[["low", "high"]].notna().all(axis=1).any():
        notes.append("Trait : intervalle où se trouve la valeur (effectifs masqués ou arrondis).")
    if (rows["low"].gt(0) & rows[["value", "high"]].isna().all(axis=1)).any():
        notes.append("Barre hachurée : au moins cette valeur, une partie n'est pas connue.")
    unknown = int(rows[["value", "low"]].isna().all(axis=1).sum())
    if unknown:
        notes.append(f"{plural(unknown, 'territoire')} sans valeur, ce qui n'est pas zéro.")
    if shown < len(rows):
        notes.append(f"Les {shown} premiers territoires sur {len(rows)}.")
    return [*notes, source]
