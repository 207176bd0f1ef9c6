"""Codes that came or went since the file of the same kind that came before, with the names they have."""

from collections.abc import Iterator
from typing import Any

from sdsf_analysis.build.shapes import CODES
from sdsf_analysis.errors import command_name
from sdsf_analysis.model.french import plural
from sdsf_analysis.model.problems import Problem
from sdsf_analysis.territories.atlas import atlas
from sdsf_analysis.territories.reference import YEARS

_WORDS = {
    "commune": ("commune", "communes"),
    "service": ("service", "services"),
    "ctg": ("convention", "conventions"),
}
_SHOWN = 5


def code_drift(own: dict[str, Any], previous: dict[str, Any]) -> Iterator[Problem]:
    """Count the communes, services and conventions that came or went, and name the first ones.

    Parameters
    ----------
    own, previous : dict
        What the manifest keeps of a file and of the one that it replaces.

    Examples
    --------
    >>> now = {"source": "b.csv", "names": {"service": {"s1": "Hibou"}}}
    >>> before = {"source": "a.csv", "names": {"service": {"s2": ""}}}
    >>> [problem.message for problem in code_drift(now, before)]
    ['1 service de plus que dans « a.csv » : Hibou (s1).', '1 service de moins que dans « a.csv » : s2.']
    """
    for kind in CODES:
        new, old = own["names"].get(kind, {}), previous["names"].get(kind, {})
        came = {code: name for code, name in new.items() if code not in old}
        went = {code: name for code, name in old.items() if code not in new}
        for code, names, word in (("codes_new", came, "plus"), ("codes_lost", went, "moins")):
            if new and old and names:
                count = plural(len(names), *_WORDS[kind])
                message = f"{count} de {word} que dans « {previous['source']} » : {_some(kind, names)}."
                yield Problem(own["source"], "", "", code, message, " ".join(names))


def _some(kind: str, names: dict[str, str]) -> str:
    """The first ones with their names, and where to see the others."""
    texts = [_called(kind, code, name) for code, name in list(names.items())[:_SHOWN]]
    if len(names) <= _SHOWN:
        return ", ".join(texts)
    others = plural(len(names) - _SHOWN, "autre")
    where = f"« {command_name()} problems --format csv » les donne tous, colonne found"
    return f"{', '.join(texts)} et {others} ({where})"


def _called(kind: str, code: str, name: str) -> str:
    known = atlas(YEARS[-1])
    if kind == "commune" and known.knows(code):
        name = known.name(code)
    return f"{name} ({code})" if name else code
