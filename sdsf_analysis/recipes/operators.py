"""The kind of body that an operator's name says: its legal form in words, never a guess from a brand."""

import re

from sdsf_analysis.reading.text import normalise

# The first words of a name, the longer forms first: a communauté is no commune.
_SAID = {
    "ccas": r"ccas|cias|centre (?:inter)?communal d action sociale",
    "syndicat": r"sivom|sivu|sivos|smivom|syndicat|s i v o m|s i v u",
    "epci": r"cc|ca|cu|communaute|epci|metropole",
    "commune": r"communes?|ville|mairie",
    "departement": r"departement|conseil departemental",
    "caf": r"caf|caisse d allocations familiales",
    "msa": r"msa|mutualite sociale agricole",
    "mutuelle": r"mutuelle|mutualite francaise|union mutualiste",
    "association": r"association|asso",
    "entreprise": r"sarl|sas|sasu|eurl|sa|societe",
}
_PATTERNS = {kind: re.compile(rf"(?:{words})\b") for kind, words in _SAID.items()}


def operator_kind(name: str) -> str | None:
    """Kind of an operator by the first words of its name, None where they do not say it.

    Parameters
    ----------
    name : str
        Name of the operator.

    Examples
    --------
    >>> operator_kind("SIVOM du Valromey"), operator_kind("CC Bugey Sud"), operator_kind("Les Francas")
    ('syndicat', 'epci', None)
    """
    words = normalise(name)
    return next((kind for kind, pattern in _PATTERNS.items() if pattern.match(words)), None)
