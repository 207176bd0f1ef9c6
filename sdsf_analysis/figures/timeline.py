"""The conventions one under the other: their periods, their signatures, the day of the question."""

import pandas as pd

from sdsf_analysis.figures.ctg_scene import STATES
from sdsf_analysis.figures.frame import add_notes, add_title, add_watermark, nothing_page
from sdsf_analysis.figures.legend import FILLS
from sdsf_analysis.figures.palettes import Fill
from sdsf_analysis.figures.periods import Look, draw_periods
from sdsf_analysis.figures.style import A4_MM, Page, house_style
from sdsf_analysis.indicators.conventions import ctg_states
from sdsf_analysis.indicators.measures import Day, read_date
from sdsf_analysis.indicators.registry import indicator
from sdsf_analysis.model.french import french_date, plural
from sdsf_analysis.model.tables import Tables

SHOWN = {**{state: STATES[state] for state in ("in_force", "renewal", "preparation")}, "closed": "CTG échue"}
_LOOKS = {state: Look({**FILLS, "closed": Fill("#DDE2E5")}[state], label) for state, label in SHOWN.items()}
MISSING = "Il faut le suivi des CTG (« Suivi CTG.xlsx »), avec le début et la fin de chacune."
_A_YEAR = pd.DateOffset(years=1)


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
        axes, shown = draw_periods(page, rows, day, _LOOKS, "Signature")
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
    rows = rows.assign(
        over=rows["state"] == "closed", name=rows["name"].fillna(rows["ctg"]), marked_on=rows["signed_on"]
    )
    return rows.sort_values(["over", "ends_on", "starts_on", "ctg"], ignore_index=True)


def _title(rows: pd.DataFrame, day: pd.Timestamp) -> str:
    running = rows[rows["state"] == "in_force"]
    limit = day + _A_YEAR
    ending = int((running["ends_on"] <= limit).sum())
    some = plural(ending, "CTG en vigueur prend fin", "CTG en vigueur prennent fin")
    return f"{some if ending else 'Aucune CTG ne prend fin'} d'ici au {french_date(limit.date())}"


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
