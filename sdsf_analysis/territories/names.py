"""From what a cell holds to the official code of a commune or an EPCI, or the reason why not.

A code is applied alone only on an exact match, after normalisation, inside the département: a wrong code is
the one fault that must never happen. Nearness of spelling only ever suggests.
"""

import re
from dataclasses import dataclass

from sdsf_analysis.reading.values import clean_text
from sdsf_analysis.territories import reference
from sdsf_analysis.territories.france import France, departement_of, france
from sdsf_analysis.territories.keys import epci_key, name_key

__all__ = ["CommuneIndex", "Match", "epci_codes", "epci_key", "name_key"]

_FLOAT_CODE = re.compile(r"(\d{4,9}|2[AB]\d{3})[.,]0+")
_NEAR = {0: "même nom", 1: "à une lettre près", 2: "à deux lettres près"}


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
    own_code : str
        Code of the former commune that the cell names, empty where it names one in force.
    """

    code: str = ""
    name: str = ""
    departement: str = ""
    problem: str = ""
    message: str = ""
    found: str = ""
    repaired_to: str = ""
    suggestions: tuple[str, ...] = ()
    own_code: str = ""


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
        self._france: France = france(year)
        self._current = self._france.names_in(departement)
        self._former = self._france.names_in(departement, former=True)

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
            return self._by_code(code_text, name_text)
        if name_text:
            return self._by_name(name_text)
        return Match(problem="commune_unknown", message="La commune n'est pas indiquée.")

    def _by_code(self, text: str, name: str) -> Match:
        bare = _FLOAT_CODE.sub(r"\1", text)
        repair = "code_as_float" if bare != text else ""
        if not self._france.knows(bare) and len(bare) == 4 and self._france.knows(f"0{bare}"):
            repair, bare = "code_lost_zero", f"0{bare}"
        if bare in self._france.arrondissements:
            return self._arrondissement(bare, text)
        if not self._france.knows(bare):
            return self._unknown(text, name)
        if name and not self._agree(bare, name):
            return self._conflict(text, bare, name)
        if repair == "code_lost_zero" and not name:
            return self._unconfirmed(text, bare)
        return self._understood(bare, text, name, repair)

    def _unconfirmed(self, text: str, code: str) -> Match:
        return Match(
            departement=departement_of(code),
            problem="commune_unknown",
            message=f"« {text} » a sans doute perdu son zéro, mais aucun nom ne le confirme.",
            found=text,
            suggestions=(f"{self._france.name(code)} ({code}), zéro rétabli",),
        )

    def _arrondissement(self, code: str, text: str) -> Match:
        return Match(
            departement=code[:2],
            problem="arrondissement_municipal",
            message=f"{self._france.arrondissements[code]} ({code}) est un arrondissement, pas une commune.",
            found=text,
        )

    def _understood(self, code: str, text: str, name_written: str, repair: str) -> Match:
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
        is_former_name = bool(name_written) and name_key(name_written) != name_key(name)
        if today != code or is_former_name:
            return self._held(code, today, text if today != code else name_written)
        message = f"« {text} » est relu {code}, {name}." if repair else ""
        return Match(code, name, departement, repair, message, text, code if repair else "")

    def _held(self, own: str, today: str, text: str) -> Match:
        name, departement = self._france.current[today]
        former = self._france.own_name(own)
        written = f"« {text} »" if name_key(text) == name_key(former) else f"« {text} » ({former})"
        message = f"{written} fait aujourd'hui partie de {name} ({today})."
        return Match(today, name, departement, "commune_former", message, text, today, own_code=own)

    def _agree(self, code: str, name: str) -> bool:
        return name_key(name) in self._france.keys_of(code)

    def _conflict(self, text: str, code: str, name: str) -> Match:
        own = self._france.name(code)
        departement = self._france.current[self._france.leads_to.get(code, code)][1]
        other = self._by_name(name)
        by_name = (f"{other.name} ({other.code}), par le nom",) if other.code else other.suggestions[:2]
        return Match(
            # a name of the département is never left out as a row of another one
            departement="" if other.code else departement,
            problem="commune_conflict",
            message=f"Le code « {text} » est celui de {own}, mais le nom écrit est « {name} ».",
            found=f"{text} {name}",
            suggestions=(f"{own} ({code}), par le code", *by_name),
        )

    def _by_name(self, name: str) -> Match:
        key = name_key(name)
        if codes := self._current.get(key):
            is_alone = len(codes) == 1
            return self._named(codes[0]) if is_alone else _ambiguous(name, codes)
        former = self._former.get(key, [])
        holders = {self._france.leads_to[own] for own in former}
        if len(holders) == 1:
            return self._held(former[0], holders.pop(), name)
        return _ambiguous(name, sorted(holders)) if holders else self._unknown("", name)

    def _named(self, code: str) -> Match:
        return Match(code, self._france.name(code), self.departement)

    def _unknown(self, code: str, name: str) -> Match:
        key = name_key(name)
        if not code and (arrondissement := self._france.arrondissement_named(key)):
            return self._arrondissement(arrondissement, name)
        elsewhere = self._france.codes_by_key.get(key, []) if name else []
        if elsewhere and not code:
            return self._outside(name, elsewhere)
        written = " ".join(part for part in (code, name) if part)
        place = f"du département {self.departement} (géographie {self.year})"
        departement = departement_of(code)
        is_elsewhere = departement in self._france.departements and key not in self._current
        return Match(
            departement=departement if is_elsewhere else "",
            problem="commune_unknown",
            message=f"« {written} » n'est pas une commune {place}.",
            found=written,
            suggestions=self._near(name),
        )

    def _outside(self, name: str, codes: list[str]) -> Match:
        places = ", ".join(f"{self._france.name(code)} ({code})" for code in codes[:3])
        return Match(
            departement=self._france.current[codes[0]][1],
            problem="commune_outside",
            message=f"« {name} » n'est pas dans le département {self.departement} : {places}.",
            found=name,
        )

    def _near(self, name: str) -> tuple[str, ...]:
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract

        key = name_key(name)
        found = extract(key, list(self._current), scorer=OSA.distance, score_cutoff=2, limit=3) if key else []
        return tuple(
            f"{self._france.name(code)} ({code}), {_NEAR[int(distance)]}"
            for near, distance, _ in found
            for code in self._current[near]
        )


def _ambiguous(name: str, codes: list[str]) -> Match:
    return Match(
        problem="commune_ambiguous",
        message=f"« {name} » est le nom de plusieurs communes : {', '.join(codes)}.",
        found=name,
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
