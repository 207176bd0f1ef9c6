"""What was asked of partners, as a director reads it: what is late first, then awaited, then received."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from sdsf_analysis.figures.answers import Words
from sdsf_analysis.indicators.requests import AWAITED, LATE, RECEIVED, RECEIVED_LATE
from sdsf_analysis.model.french import NO_VALUE, number, plural
from sdsf_analysis.model.requests import STATES

_TITLES = {
    "state": "État",
    "partner": "Partenaire",
    "version": "Version",
    "asked_on": "Demandé le",
    "due_on": "Attendu le",
    "received_on": "Reçu le",
    "days_late": "Jours de retard",
    "source": "Fichier",
    "question": "Décisions à prendre",
    "error": "Refusés",
}


def requests_grid(followed: pd.DataFrame, titles: Mapping[str, str]) -> pd.DataFrame:
    """Lay out the requests, those to chase first.

    Parameters
    ----------
    followed : pandas.DataFrame
        As `requests_followed` gives.
    titles : mapping of str to str
        French titles of the kinds of files.

    Returns
    -------
    pandas.DataFrame
        Texts, one row per request, under the title of the file asked.

    Examples
    --------
    >>> row = {"kind": "ctg", "state": "late", "partner": "Caf", "due_on": pd.Timestamp(2024, 12, 13)}
    >>> grid = requests_grid(pd.DataFrame([row]), {"ctg": "Suivi des CTG"})
    >>> grid.loc["Suivi des CTG", ["État", "Attendu le", "Reçu le"]].tolist()
    ['en retard', '13/12/2024', '']
    """
    states = list(STATES)
    order = followed["state"].map(states.index)
    ordered = followed.assign(order=order).sort_values("order", kind="stable")
    ordered = ordered.reindex(columns=["kind", *_TITLES])
    asked = [str(titles.get(kind, kind)) if pd.notna(kind) else NO_VALUE for kind in ordered["kind"]]
    texts = {title: [_written(name, value) for value in ordered[name]] for name, title in _TITLES.items()}
    return pd.DataFrame(texts, index=asked, dtype="str").rename_axis(columns="Fichier demandé")


def requests_sentence(followed: pd.DataFrame) -> Words:
    """Count what was asked: received, awaited, late.

    Examples
    --------
    >>> requests_sentence(pd.DataFrame({"state": ["late", "received", "received_late"]}))
    '3 demandes : 2 fichiers reçus (dont 1 en retard), 0 attendu, 1 en retard.'
    >>> requests_sentence(pd.DataFrame({"state": []}))
    "Aucune demande n'est inscrite dans demandes.csv."
    """
    if followed.empty:
        return Words("Aucune demande n'est inscrite dans demandes.csv.")
    counts = followed["state"].value_counts()
    late_come = int(counts.get(RECEIVED_LATE, 0))
    came = plural(int(counts.get(RECEIVED, 0)) + late_come, "fichier reçu", "fichiers reçus")
    after = f" (dont {late_come} en retard)" if late_come else ""
    awaited = plural(int(counts.get(AWAITED, 0)), "attendu")
    asked = plural(len(followed), "demande")
    return Words(f"{asked} : {came}{after}, {awaited}, {int(counts.get(LATE, 0))} en retard.")


def _written(name: str, value: Any) -> str:
    if pd.isna(value):
        return ""
    if name == "state":
        return STATES[value]
    if isinstance(value, pd.Timestamp):
        return f"{value:%d/%m/%Y}"
    return value if isinstance(value, str) else number(value)
