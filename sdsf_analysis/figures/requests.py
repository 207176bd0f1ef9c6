"""What was asked of partners, as a director reads it: what is late first, then awaited, then received."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from sdsf_analysis.figures.answers import Words
from sdsf_analysis.indicators.requests import (
    AWAITED,
    LATE,
    RECEIVED,
    RECEIVED_LATE,
    TO_COME,
    UNASKED,
    UNDATED,
)
from sdsf_analysis.model.french import NO_VALUE, number, plural
from sdsf_analysis.model.requests import STATES

_UNASKED = ("fichier reçu sans avoir été demandé", "fichiers reçus sans avoir été demandés")
_TITLES = {
    "state": "État",
    "partner": "Partenaire",
    "asked_on": "Demandé le",
    "due_on": "Attendu le",
    "received_on": "Reçu le",
    "source": "Fichier",
    "question": "Décisions à prendre",
    "error": "Refusés",
}


def requests_grid(followed: pd.DataFrame, titles: Mapping[str, str]) -> pd.DataFrame:
    """Lay out the requests, those to chase first, and the files that nobody asked for last.

    Parameters
    ----------
    followed : pandas.DataFrame
        As `requests_followed` gives, or `partner_files`, with the files received without a request.
    titles : mapping of str to str
        French titles of the kinds of files.

    Returns
    -------
    pandas.DataFrame
        Texts, one row per request or file, under the title of the kind of file.

    Examples
    --------
    >>> row = {"kind": "ctg", "version": "V2", "state": "late", "days_late": 18, "partner": "Caf"}
    >>> grid = requests_grid(pd.DataFrame([row | {"due_on": pd.Timestamp(2024, 12, 13)}]), {"ctg": "Suivi"})
    >>> grid.loc["Suivi, V2", ["État", "Attendu le", "Reçu le"]].tolist()
    ['en retard (18 jours)', '13/12/2024', '']
    """
    states = list(STATES)
    order = followed["state"].map(states.index)
    ordered = followed.assign(order=order).sort_values("order", kind="stable")
    ordered = ordered.reindex(columns=["kind", "version", "days_late", *_TITLES])
    asked = [
        _asked(kind, version, titles)
        for kind, version in zip(ordered["kind"], ordered["version"], strict=True)
    ]
    texts = {title: [_written(name, value) for value in ordered[name]] for name, title in _TITLES.items()}
    texts[_TITLES["state"]] = [
        f"{state} ({plural(int(days), 'jour')})" if pd.notna(days) else state
        for state, days in zip(texts[_TITLES["state"]], ordered["days_late"], strict=True)
    ]
    return pd.DataFrame(texts, index=asked, dtype="str").rename_axis(columns="Sorte de fichier")


def requests_sentence(followed: pd.DataFrame) -> Words:
    """Count what was asked: received, awaited, late, what has no day to be late of; then what was not asked.

    Examples
    --------
    >>> requests_sentence(pd.DataFrame({"state": ["late", "received", "received_late"]}))
    '3 demandes : 2 fichiers reçus (dont 1 en retard), 0 attendu, 1 en retard.'
    >>> requests_sentence(pd.DataFrame({"state": ["late", "undated"]}))
    '2 demandes : 0 fichier reçu, 0 attendu, 1 en retard, 1 sans échéance.'
    >>> requests_sentence(pd.DataFrame({"state": ["not_asked"]}))
    "Aucune demande n'est inscrite dans demandes.csv. 1 fichier reçu sans avoir été demandé."
    """
    unasked = int((followed["state"] == UNASKED).sum())
    more = f" {plural(unasked, *_UNASKED)}." if unasked else ""
    if len(followed) == unasked:
        return Words(f"Aucune demande n'est inscrite dans demandes.csv.{more}")
    counts = followed["state"].value_counts()
    late_come = int(counts.get(RECEIVED_LATE, 0))
    came = plural(int(counts.get(RECEIVED, 0)) + late_come, "fichier reçu", "fichiers reçus")
    after = f" (dont {late_come} en retard)" if late_come else ""
    awaited = plural(int(counts.get(AWAITED, 0)), "attendu")
    asked = plural(len(followed) - unasked, "demande")
    said = [f"{came}{after}", awaited, f"{int(counts.get(LATE, 0))} en retard"]
    said += [f"{n} {STATES[state]}" for state in (UNDATED, TO_COME) if (n := int(counts.get(state, 0)))]
    return Words(f"{asked} : {', '.join(said)}.{more}")


def _asked(kind: Any, version: Any, titles: Mapping[str, str]) -> str:
    """The file asked, and which version of it."""
    title = str(titles.get(kind, kind)) if pd.notna(kind) else NO_VALUE
    return f"{title}, {version}" if pd.notna(version) and version else title


def _written(name: str, value: Any) -> str:
    if pd.isna(value):
        return ""
    if name == "state":
        return STATES[value]
    if isinstance(value, pd.Timestamp):
        return f"{value:%d/%m/%Y}"
    return value if isinstance(value, str) else number(value)
