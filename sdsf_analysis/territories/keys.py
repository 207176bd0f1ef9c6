"""The form under which two spellings of a name are the same."""

import re
from collections.abc import Iterable
from functools import lru_cache

from sdsf_analysis.reading.text import normalise, normalise_all

_INVERTED = re.compile(r"^(?P<name>.+?)\s*\((?P<article>le|la|les|l['’´`ʼ]?)\)$", re.IGNORECASE)
_TRAILING = re.compile(r"(?P<name>.+) (?P<article>le|la|les|l)")
_ARTICLE = re.compile(r"(?:le|la|les|l) (?=.)")
_UNDER = re.compile(r"\bs/\s*s(?:/|\b)\s*", re.IGNORECASE)
_ON = re.compile(r"\bs/\s*", re.IGNORECASE)
_WORDS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes", "ss": "sous"}
_LEGAL_FORMS = (
    ("cc", r"communautes? (?:de )?communes?|com(?:m)?(?: de)? com(?:m)?|comcom|cdc|c c|cc"),
    ("ca", r"communaute d? ?agglo(?:meration)?|com(?:m)? d? ?agglo(?:meration)?|c a|ca"),
    ("cu", r"communaute urbaine|com(?:m)? urbaine|c u|cu"),
)
_FORMS = tuple((short, re.compile(rf"(?:{long}) (?=.)")) for short, long in _LEGAL_FORMS)
_LINKS = re.compile(r"(c[cau]) (?:(?:de la|de l|du|des|de|d|la|le|les|l) )(?=.)")
_ACRONYM = re.compile(r"\s*\((?:[A-Z0-9][A-Z0-9 .&-]{0,14}|[A-Za-z0-9]{2,8})\)\s*$")


def name_key(name: str) -> str:
    """Bring a name to the form under which two spellings are the same.

    Examples
    --------
    >>> name_key("ABERGEMENT-DE-VAREY (L')") == name_key("L’Abergement de Varey")
    True
    >>> name_key("St-Rambert s/ Loire"), name_key("HAVRE LE")
    ('saint rambert sur loire', 'le havre')
    """
    if inverted := _INVERTED.match(name.strip()):
        name = f"{inverted['article']} {inverted['name']}"
    if "&" in name:
        name = name.replace("&", " et ")
    key = normalise(_ON.sub("sur ", _UNDER.sub("sous ", name)) if "/" in name else name)
    if trailing := _TRAILING.fullmatch(key):
        key = f"{trailing['article']} {trailing['name']}"
    return _with_whole_words(key)


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
        name_key(name)
        if "(" in name or "/" in name or "&" in name or key.endswith((" le", " la", " les", " l"))
        else _with_whole_words(key)
        for name, key in zip(names, keys, strict=True)
    ]


def bare_key(key: str) -> str:
    """Leave the article out of a name's key: partners often do.

    Examples
    --------
    >>> bare_key("l abergement de varey"), bare_key("lent")
    ('abergement de varey', 'lent')
    """
    return _ARTICLE.sub("", key, count=1) if _ARTICLE.match(key) else key


def _with_whole_words(key: str) -> str:
    if "st" not in key and " ss " not in key:
        return key
    return " ".join(_WORDS.get(word, word) for word in key.split())


@lru_cache(maxsize=50_000)
def epci_key(name: str) -> str:
    """Bring an EPCI's name to one form, its legal form as two letters and a final acronym dropped.

    Examples
    --------
    >>> epci_key("Communauté de Communes Bugey Sud (CCBS)") == epci_key("CC Bugey-Sud")
    True
    >>> epci_key("COM COM PLAINE DE L AIN"), epci_key("C.A. du Douaisis (CAD)")
    ('cc plaine de l ain', 'ca du douaisis')
    """
    key = name_key(_ACRONYM.sub("", name.strip()))
    for short, form in _FORMS:
        if found := form.match(key):
            # some official names say the form twice
            rest = form.sub("", key[found.end() :], count=1) if form.match(key[found.end() :]) else ""
            return f"{short} {rest or key[found.end() :]}"
    return key


def bare_epci_key(key: str) -> str:
    """Leave out the words that link an EPCI's legal form to its name.

    Examples
    --------
    >>> bare_epci_key("cc de la plaine de l ain"), bare_epci_key("metropole de lyon")
    ('cc plaine de l ain', 'metropole de lyon')
    """
    return _LINKS.sub(r"\1 ", key, count=1)
