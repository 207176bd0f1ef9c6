"""Forecast, updated, actual: what a label says of the figures under it; the three are never added up."""

import re
from functools import cache

from sdsf_analysis.reading.text import normalise

FORECAST, UPDATED, ACTUAL = "forecast", "updated", "actual"
# a label that says two natures at once (« écart prévisionnel / réel ») is of none
SEVERAL = "several"
_WORDS = {
    FORECAST: re.compile(r"\b(?:previsionnel(?:le)?s?|previsions?|prevue?s?|bp)\b"),
    UPDATED: re.compile(r"\b(?:actualisee?s?|actualisation|revisee?s?)\b"),
    ACTUAL: re.compile(r"\b(?:reel(?:le)?s?)\b"),
}
# « réalisées » belongs to the measure (« heures réalisées ») unless it stands alone
_DONE = re.compile(r"(?:montants? |budgets? |comptes? )?realisee?s?")
_DATE = re.compile(r"\b(?:annee|exercice)?\s*(?:19|20)\d\d\b|\bn(?: ?\d)?\b")


@cache
def nature_of(path: tuple[str, ...]) -> str | None:
    """Nature that the labels of a column say, the nearest to its figures first.

    Parameters
    ----------
    path : tuple of str
        Labels from top to bottom.

    Returns
    -------
    str or None
        Code of the list ``nature``; `SEVERAL` where a label says two and no other one tells.

    Examples
    --------
    >>> nature_of(("2023 prévisionnel", "Heures réalisées")), nature_of(("Bonus", "Réalisé 2023"))
    ('forecast', 'actual')
    >>> nature_of(("Heures réalisées",)), nature_of(("Écart prévisionnel / réel",))
    (None, 'several')
    """
    said = [found for label in reversed(path) if (found := _natures(normalise(label)))]
    alone = next((found for found in said if len(found) == 1), None)
    return alone[0] if alone else SEVERAL if said else None


def _natures(label: str) -> list[str]:
    found = [nature for nature, words in _WORDS.items() if words.search(label)]
    is_done = _DONE.fullmatch(" ".join(_DATE.sub(" ", label).split()))
    return [*found, ACTUAL] if is_done and ACTUAL not in found else found


def without_natures(label: str) -> str:
    """Label without what says its nature, empty for one that says nothing else.

    Examples
    --------
    >>> without_natures("Prestation de service (réel)"), without_natures("Réalisé")
    ('prestation de service', '')
    """
    bare = normalise(label)
    if _DONE.fullmatch(" ".join(_DATE.sub(" ", bare).split())):
        return ""
    for words in _WORDS.values():
        bare = words.sub(" ", bare)
    return " ".join(bare.split())
