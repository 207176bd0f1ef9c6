"""The calendar of a plan: the period of each action, in the colour of its state at a date (Gantt)."""

import pandas as pd

from sdsf_analysis.figures.frame import add_notes, add_title, add_watermark, nothing_page
from sdsf_analysis.figures.palettes import Fill
from sdsf_analysis.figures.periods import Look, draw_periods
from sdsf_analysis.figures.style import A4_MM, Page, house_style
from sdsf_analysis.indicators.measures import Day, read_date
from sdsf_analysis.indicators.registry import indicator
from sdsf_analysis.model.french import french_date, plural
from sdsf_analysis.model.lists import choices

_FILLS = {
    "done": Fill("#2F6F9F"),
    "under_way": Fill("#A9CBE3"),
    "to_come": Fill("#FFFFFF"),
    "not_begun": Fill("#F3C15F", "////", "#8A5A00"),
    "late": Fill("#D3703F", "\\\\\\\\", "#7A2E00"),
    "unsaid": Fill("#E9ECEE", "....", "#8C959B"),
    "dropped": Fill("#DDE2E5", "xxxx", "#8C959B"),
}
_BEHIND = ("not_begun", "late")


def actions_calendar(
    actions: pd.DataFrame,
    on: Day,
    *,
    fictitious: bool = False,
    size_mm: tuple[float, float] = A4_MM,
) -> Page:
    """Draw the period of each action of a plan, in the order of the plan.

    Parameters
    ----------
    actions : pandas.DataFrame
        Result of `actions_at`.
    on : str or datetime.date
        Day that the states are those of, and that a line shows.
    fictitious : bool
        Whether to say that the data are made up.
    size_mm : tuple of float
        Width and height of the page.

    Returns
    -------
    Page
        Actions without a period are counted in the notes.

    Raises
    ------
    QuestionError
        If ``on`` is not a day.

    Examples
    --------
    >>> days = pd.to_datetime(["2023-01-01", "2024-06-30"])
    >>> actions = pd.DataFrame({"action": ["1.1"], "title": ["Ouvrir un relais"], "starts_on": days[:1],
    ...                         "ends_on": days[1:], "state": ["late"]})
    >>> actions_calendar(actions, "2024-12-31").alt_text
    'Calendrier de 1 action : 1 action en retard au 31 décembre 2024.'
    """
    day = read_date(on)
    dated = actions.dropna(subset=["starts_on", "ends_on"])
    dated = dated[dated["state"].isin(list(_FILLS))]
    if dated.empty:
        why = "Il faut un plan d'actions, avec le début et l'échéance de chaque action."
        return nothing_page("Aucune action dont la période soit connue", why, size_mm)
    rows = dated.assign(name=dated["action"] + " " + dated["title"], marked_on=None)
    states = choices("action_state")
    looks = {state: Look(fill, _short(states[state])) for state, fill in _FILLS.items()}
    title = _title(rows, day)
    page = Page(size_mm)
    with house_style():
        add_title(page, title, "Période de chaque action, du début prévu à l'échéance")
        axes, shown = draw_periods(page, rows.reset_index(drop=True), day, looks)
        add_notes(page, _notes(len(actions) - len(rows), len(rows), shown))
        if fictitious:
            add_watermark(page, axes)
    count = plural(len(rows), "action")
    page.alt_text = f"Calendrier de {count} : {title}.{' Données fictives.' if fictitious else ''}"
    return page


def _title(rows: pd.DataFrame, day: pd.Timestamp) -> str:
    late = int(rows["state"].isin(_BEHIND).sum())
    said = plural(late, "action en retard", "actions en retard") if late else "Aucune action en retard"
    return f"{said} au {french_date(day.date())}"


def _short(label: str) -> str:
    """The words of a state before its comma: a legend stands on one line."""
    return label.partition(",")[0]


def _notes(undated: int, given: int, shown: int) -> list[str]:
    notes = []
    if shown < given:
        notes.append(f"La page n'en montre que {shown} sur {given} : les premières du plan.")
    if undated:
        notes.append(f"Sans barre : {plural(undated, 'action')} dont la période n'est pas connue.")
    source = indicator("actions_at")
    return [*notes, f"Source : {source.source}. Diffusion : {source.diffusion}."]
