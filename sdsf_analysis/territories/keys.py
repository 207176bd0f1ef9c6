"""The form under which two spellings of a name are the same."""

import re
from collections.abc import Iterable

from sdsf_analysis.reading.text import normalise, normalise_all

_INVERTED = re.compile(r"^(?P<name>.+?)\s*\((?P<article>le|la|les|l['’])\)$", re.IGNORECASE)
_ON = re.compile(r"\bs/\s*", re.IGNORECASE)
_WORDS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
_LEGAL_FORMS = (
    ("communaute de communes", "cc"),
    ("com com", "cc"),
    ("c c", "cc"),
    ("communaute d agglomeration", "ca"),
    ("c a", "ca"),
    ("communaute urbaine", "cu"),
)


def name_key(name: str) -> str:
    """Bring a name to the form under which two spellings are the same.

    Examples
    --------
    >>> name_key("ABERGEMENT-DE-VAREY (L')") == name_key("L’Abergement de Varey")
    True
    >>> name_key("St-Rambert s/ Loire")
    'saint rambert sur loire'
    """
    if inverted := _INVERTED.match(name.strip()):
        name = f"{inverted['article']} {inverted['name']}"
    return _with_whole_words(normalise(_ON.sub("sur ", name)))


def name_keys(names: Iterable[str]) -> list[str]:
    """Bring many official names to the form of `name_key`, much faster than one by one.

    Examples
    --------
    >>> name_keys(["L'Abergement-de-Varey", "Saint-Étienne-d'Orthe"])
    ['l abergement de varey', 'saint etienne d orthe']
    """
    names = list(names)
    keys = normalise_all(names)
    return [
        name_key(name) if "(" in name or "/" in name else _with_whole_words(key)
        for name, key in zip(names, keys, strict=True)
    ]


def _with_whole_words(key: str) -> str:
    return " ".join(_WORDS.get(word, word) for word in key.split())


def epci_key(name: str) -> str:
    """Bring an EPCI's name to one form, its legal form as two letters and a final acronym dropped.

    Examples
    --------
    >>> epci_key("Communauté de Communes Bugey Sud (CCBS)") == epci_key("CC Bugey-Sud")
    True
    """
    key = name_key(re.sub(r"\s*\([A-Z0-9]+\)\s*$", "", name))
    for long, short in _LEGAL_FORMS:
        if key.startswith(f"{long} "):
            return short + key[len(long) :]
    return key
