"""From what a cell holds to the official code of a commune or an EPCI, or the reason why not.

A code is applied alone only on an exact match, after normalisation, inside the département: a wrong code is
the one fault that must never happen. Nearness of spelling only ever suggests.
"""

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from sdsf_analysis.reading.text import normalise
from sdsf_analysis.reading.values import clean_text
from sdsf_analysis.territories import reference

if TYPE_CHECKING:
    import pandas as pd

_INVERTED = re.compile(r"^(?P<name>.+?)\s*\((?P<article>le|la|les|l['’])\)$", re.IGNORECASE)
_WORDS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
_FLOAT_CODE = re.compile(r"(\d{4,9}|2[abAB]\d{3})[.,]0+")
_LEGAL_FORMS = (
    ("communaute de communes", "cc"),
    ("com com", "cc"),
    ("c c", "cc"),
    ("communaute d agglomeration", "ca"),
    ("c a", "ca"),
    ("communaute urbaine", "cu"),
)


@dataclass(frozen=True)
class Match:
    """Answer to one cell, or to a code and a name of one row.

    Attributes
    ----------
    code, name : str
        Official code and name, empty without a match.
    departement : str
        Département of the commune that was understood, even when it is not the workspace's.
    problem, message, found, repaired_to : str
        Code of the problem raised (empty for none), its French sentence, what was found, what replaced it.
    suggestions : tuple of str
        « Ajaccio (2A004), à une lettre près »; never applied.
    """

    code: str = ""
    name: str = ""
    departement: str = ""
    problem: str = ""
    message: str = ""
    found: str = ""
    repaired_to: str = ""
    suggestions: tuple[str, ...] = field(default=())


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
    words = normalise(re.sub(r"\bs/\s*", "sur ", name, flags=re.IGNORECASE)).split()
    return " ".join(_WORDS.get(word, word) for word in words)


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


class CommuneIndex:
    """Communes of one département, asked by code and name.

    Parameters
    ----------
    departement : str
        Code of the département of the workspace.
    year : int
        Year of the geography that answers are given in.
    """

    def __init__(self, departement: str, year: int) -> None:
        self.departement = departement
        self.year = year
        self._france = _france(year)
        self._current = _names_of(self._france.current, departement)
        self._former = _names_of(self._france.former, departement)

    def resolve(self, code: object = None, name: object = None) -> Match:
        """Find the commune of a row.

        Parameters
        ----------
        code, name : object
            Cells of the row; a blank one counts as absent.

        Returns
        -------
        Match
            With a code only where there is no doubt.

        Examples
        --------
        >>> index = CommuneIndex("01", 2026)
        >>> index.resolve(1004.0, "Ambérieu en Bugey").problem
        'code_lost_zero'
        >>> index.resolve(None, "Bellegarde-sur-Valserine").code
        '01033'
        >>> index.resolve(None, "Ambérieux-en-Bugey").suggestions[0]
        'Ambérieu-en-Bugey (01004), à une lettre près'
        """
        code_text, name_text = clean_text(code).upper(), clean_text(name)
        if code_text:
            return self._by_code(code_text, name_text, is_number=isinstance(code, int | float))
        if name_text:
            return self._by_name(name_text)
        return Match(problem="commune_unknown", message="La commune n'est pas indiquée.")

    def _by_code(self, text: str, name: str, *, is_number: bool) -> Match:
        bare = _FLOAT_CODE.sub(r"\1", text)
        repair = "code_as_float" if bare != text else ""
        if not self._france.knows(bare) and len(bare) == 4 and self._france.knows(f"0{bare}"):
            repair, bare = "code_lost_zero", f"0{bare}"
        if bare in self._france.arrondissements:
            return self._arrondissement(bare)
        if not self._france.knows(bare):
            return self._unknown(text, name)
        if name and not self._agree(bare, name):
            return self._conflict(text, bare, name)
        if repair == "code_lost_zero" and not name:
            return Match(
                departement=_departement_of(bare),
                problem="commune_unknown",
                message=f"« {text} » a sans doute perdu son zéro, mais aucun nom ne le confirme.",
                found=text,
                suggestions=(f"{self._france.name(bare)} ({bare}), zéro rétabli",),
            )
        return self._understood(bare, text, repair)

    def _arrondissement(self, code: str) -> Match:
        return Match(
            departement=code[:2],
            problem="arrondissement_municipal",
            message=f"{self._france.arrondissements[code]} ({code}) est un arrondissement, pas une commune.",
            found=code,
        )

    def _understood(self, code: str, text: str, repair: str) -> Match:
        """A code that exists: where it leads today, and whether that is inside the département."""
        today = self._france.leads_to.get(code, code)
        name, departement = self._france.current.get(today, ("", ""))
        if departement != self.departement:
            return Match(
                departement=departement,
                problem="commune_outside",
                message=f"{name} ({today}) est dans le département {departement}, pas {self.departement}.",
                found=text,
            )
        if today != code:
            return self._held(code, today, text)
        message = f"« {text} » est relu {code}, {name}." if repair else ""
        return Match(code, name, departement, repair, message, text, code if repair else "")

    def _held(self, own: str, today: str, text: str) -> Match:
        name, departement = self._france.current[today]
        former = self._france.own_name(own)
        written = f"« {text} »" if name_key(text) == name_key(former) else f"« {text} » ({former})"
        message = f"{written} fait aujourd'hui partie de {name} ({today})."
        return Match(today, name, departement, "commune_former", message, text, today)

    def _agree(self, code: str, name: str) -> bool:
        return name_key(name) in self._france.keys_of(code)

    def _conflict(self, text: str, code: str, name: str) -> Match:
        departement = self._france.current.get(self._france.leads_to.get(code, code), ("", ""))[1]
        message = (
            f"Le code « {text} » est celui de {self._france.name(code)}, mais le nom écrit est « {name} »."
        )
        other = self._by_name(name)
        suggestions: tuple[str, ...] = (f"{self._france.name(code)} ({code}), par le code",)
        suggestions += (f"{other.name} ({other.code}), par le nom",) if other.code else other.suggestions[:2]
        return Match("", "", departement, "commune_conflict", message, f"{text} {name}", "", suggestions)

    def _by_name(self, name: str) -> Match:
        key = name_key(name)
        codes = self._current.get(key, ())
        if len(codes) == 1:
            return Match(codes[0], self._france.name(codes[0]), self.departement)
        if len(codes) > 1:
            listed = ", ".join(codes)
            return Match(
                problem="commune_ambiguous",
                message=f"« {name} » est le nom de plusieurs communes : {listed}.",
                found=name,
            )
        holders = {self._france.leads_to[own] for own in self._former.get(key, ())}
        if len(holders) == 1:
            return self._held(self._former[key][0], holders.pop(), name)
        return self._unknown("", name)

    def _unknown(self, code: str, name: str) -> Match:
        written = " ".join(part for part in (code, name) if part)
        elsewhere = _codes_by_key(self.year).get(name_key(name), []) if name else []
        if elsewhere and not code:
            places = ", ".join(f"{self._france.name(c)} ({c})" for c in elsewhere[:3])
            return Match(
                departement=self._france.current[elsewhere[0]][1],
                problem="commune_outside",
                message=f"« {name} » n'est pas dans le département {self.departement} : {places}.",
                found=written,
            )
        message = (
            f"« {written} » n'est pas une commune du département {self.departement} (géographie {self.year})."
        )
        return Match("", "", _departement_of(code), "commune_unknown", message, written, "", self._near(name))

    def _near(self, name: str) -> tuple[str, ...]:
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract

        found = (
            extract(name_key(name), list(self._current), scorer=OSA.distance, score_cutoff=2, limit=3)
            if name
            else []
        )
        words = {0: "même nom", 1: "à une lettre près", 2: "à deux lettres près"}
        return tuple(
            f"{self._france.name(code)} ({code}), {words[int(distance)]}"
            for key, distance, _ in found
            for code in self._current[key]
        )


def epci_codes(year: int) -> dict[str, str]:
    """Codes of the EPCI of a year by normalised name; a name borne twice is left out.

    Examples
    --------
    >>> epci_codes(2026)[epci_key("Communauté de communes Bugey Sud")]
    '200040350'
    """
    frame = reference.epci(year)
    keys = frame["name"].map(epci_key)
    unique = ~keys.duplicated(keep=False)
    return dict(zip(keys[unique], frame.loc[unique, "code"], strict=True))


@dataclass(frozen=True)
class _France:
    """Communes of a year: code → name and département; held communes lead to the one that holds them."""

    current: dict[str, tuple[str, str]]
    former: dict[str, tuple[str, str]]
    leads_to: dict[str, str]
    arrondissements: dict[str, str]

    def name(self, code: str) -> str:
        return (self.current.get(code) or self.former[code])[0]

    def own_name(self, code: str) -> str:
        return (self.former.get(code) or self.current[code])[0]

    def knows(self, code: str) -> bool:
        return code in self.current or code in self.former

    def keys_of(self, code: str) -> set[str]:
        """Names that agree with a code: its own, its former one, that of the commune that holds it."""
        found = (
            self.current.get(code),
            self.former.get(code),
            self.current.get(self.leads_to.get(code, code)),
        )
        return {name_key(place[0]) for place in found if place}


@cache
def _france(year: int) -> _France:
    communes, held = reference.communes(year), reference.former_communes(year)
    current = _name_and_departement(communes)
    held = held[held["chef_lieu"].isin(communes["code"])]
    # The seat of a new commune keeps its code: the code leads to itself, only its name is a former one.
    leads_to = dict(zip(held["code"], held["chef_lieu"], strict=True))
    arrondissements = reference.arrondissements(year)
    return _France(
        current,
        _name_and_departement(held),
        leads_to,
        dict(zip(arrondissements["code"], arrondissements["name"], strict=True)),
    )


@cache
def _codes_by_key(year: int) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for code, (name, _) in _france(year).current.items():
        found.setdefault(name_key(name), []).append(code)
    return found


def _name_and_departement(frame: "pd.DataFrame") -> dict[str, tuple[str, str]]:
    columns = [frame[name].tolist() for name in ("code", "name", "departement")]
    return {code: (name, departement) for code, name, departement in zip(*columns, strict=True)}


def _departement_of(code: str) -> str:
    """Département that a code written with its zero points to, even when no commune bears it."""
    if len(code) == 4 and code.isdigit():
        code = f"0{code}"
    if len(code) != 5:
        return ""
    return code[:3] if code.startswith(("97", "98")) else code[:2]


def _names_of(places: dict[str, tuple[str, str]], departement: str) -> dict[str, list[str]]:
    keys: dict[str, list[str]] = {}
    for code, (name, own) in places.items():
        if own == departement:
            keys.setdefault(name_key(name), []).append(code)
    return keys
