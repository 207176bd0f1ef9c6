"""From what a cell holds to the SIREN of an EPCI, or the reason why not: exact names and numbers only."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property

from sdsf_analysis.territories import reference
from sdsf_analysis.territories.answers import Answer, Asked, Status, Suggestion, distinct
from sdsf_analysis.territories.atlas import Atlas, atlas
from sdsf_analysis.territories.cell import departement_said, plain, whole_number
from sdsf_analysis.territories.epci_suggestions import near
from sdsf_analysis.territories.keys import bare_epci_key, epci_key
from sdsf_analysis.territories.leads import led

_SIREN = r"\d{9}|\d{3} \d{3} \d{3}"
_ALONE = re.compile(rf"(?:{_SIREN})(?:[.,]0+)?")
_FIRST = re.compile(rf"[(\[]?({_SIREN})(?:[.,]0+)?[)\]]?[\s\-:;,/|.]+(?=\D)")
_LAST = re.compile(rf"[\s\-:;,/|(\[]+({_SIREN})(?:[.,]0+)?[)\]]?$")


@dataclass(frozen=True)
class Written:
    """A cell that names an EPCI, taken apart."""

    name: str
    siren: str = ""
    departement: str = ""


def take_apart(value: object) -> Written:
    """Take a cell apart: a name, a SIREN, or both.

    Examples
    --------
    >>> take_apart("200 040 350"), take_apart("CC Bugey Sud (200040350)")
    (Written(name='', siren='200040350', ...), Written(name='CC Bugey Sud', siren='200040350', ...))
    """
    text = plain(value)
    if digits := whole_number(text):
        return Written("", digits)
    if _ALONE.fullmatch(text):
        return Written("", _digits(text))
    for pattern in (_FIRST.match, _LAST.search):
        if found := pattern(text):
            return Written((text[: found.start()] + text[found.end() :]).strip(" -–:;,/|"), _digits(found[1]))
    # « CC Bresse Revermont 71 » bears its figure: a département is said in brackets only
    name, departement = departement_said(text) if text.endswith(")") else (text, "")
    return Written(name, "", departement)


def _digits(text: str) -> str:
    return re.sub(r"[.,]0+$", "", text).replace(" ", "")


class Epcis:
    """EPCI of a geography year, asked by what a cell holds.

    Parameters
    ----------
    year : int
        Year of the geography that answers are given in.

    Raises
    ------
    TerritoryError
        If the year is not shipped.
    """

    def __init__(self, year: int) -> None:
        self.year = year
        self.atlas: Atlas = atlas(year)
        frame = reference.epci(year)
        self.names: dict[str, str] = dict(zip(frame["code"].tolist(), frame["name"].tolist(), strict=True))

    def answer(self, value: object, asked: Asked) -> Answer:
        """Answer to one cell.

        Examples
        --------
        >>> epcis_of(2026).answer("COM COM PLAINE DE L AIN (CCPA)", Asked()).code
        '240100883'
        >>> epcis_of(2026).answer("GBA", Asked("01")).status
        'unknown'
        """
        written = take_apart(value)
        if asked.departement and written.departement not in ("", asked.departement):
            found = self._name(written.name, Asked(written.departement))
            return self._refused("conflict", "departement", [found])
        asked = Asked(asked.departement or written.departement, asked.year)
        if written.siren and written.name:
            return self._both(written, asked)
        if written.siren:
            return self._siren(written.siren, asked)
        return self._name(written.name, asked) if written.name else Answer("unknown")

    def knows(self, name: str) -> bool:
        """Say whether some EPCI bears or has borne a name, linking words left aside.

        Examples
        --------
        >>> epcis_of(2026).knows("CC du Bugey Sud"), epcis_of(2026).knows("Bugey Sud")
        (True, False)
        """
        key = epci_key(take_apart(name).name)
        return key in _by_key() or bare_epci_key(key) in _by_bare_key()

    def communes(self, siren: str, departement: str) -> tuple[str, ...]:
        """Codes of the communes of an EPCI that are in a département.

        Examples
        --------
        >>> len(epcis_of(2026).communes("200040350", "01"))
        41
        """
        inside = self.atlas.departements
        return tuple(
            code for code, epci in self.atlas.epci.items() if epci == siren and inside[code] == departement
        )

    def _siren(self, siren: str, asked: Asked) -> Answer:
        if siren not in self.names:
            return self._ended(siren) if siren in _every() else Answer("unknown")
        found = self._matched(siren, "siren")
        return found if self._is_inside(siren, asked) else self._refused("conflict", "departement", [found])

    def _both(self, written: Written, asked: Asked) -> Answer:
        by_code, by_name = self._siren(written.siren, asked), self._name(written.name, asked)
        if by_code.status != "match":
            return by_code
        borne = {bare_epci_key(epci_key(name)) for name in _every()[written.siren]}
        if bare_epci_key(epci_key(written.name)) in borne:
            return self._matched(written.siren, "siren_and_name")
        return self._refused("conflict", "code_and_name", [by_code, by_name])

    def _name(self, name: str, asked: Asked) -> Answer:
        key = epci_key(name)
        sirens = _by_key().get(key, [])
        if not sirens and bare_epci_key(key) == key:
            # a linking word left out is no other name; another one may be
            sirens = _by_bare_key().get(key, [])
        inside = [siren for siren in sirens if self._is_inside(siren, asked)]
        current = [
            siren for siren in inside if siren in self.names and not self._was_other(siren, inside, asked)
        ]
        if len(current) == 1 and (asked.departement or len(sirens) == 1 or self._is_heir(current[0], inside)):
            is_own = bare_epci_key(epci_key(self.names[current[0]])) == bare_epci_key(key)
            return self._matched(current[0], "epci_name" if is_own else "epci_former_name")
        if current or len(inside) > 1:
            same = [
                Suggestion(s, self.names[s], f"même nom, {self._places(s)}")
                for s in inside
                if s in self.names
            ]
            return Answer("ambiguous", rule="homonym", suggestions=distinct([*same, *self._heirs(inside)]))
        if inside:
            return self._ended(inside[0])
        return Answer(
            "unknown", suggestions=near(name, asked.departement, self.names, self.departements, self.atlas)
        )

    def _was_other(self, siren: str, sirens: list[str], asked: Asked) -> bool:
        """Say whether, in the sender's year, another EPCI bore the name and this one did not exist."""
        if asked.year is None:
            return False
        first = min(_years()[siren])
        return asked.year < first and any(asked.year in _years()[other] for other in sirens if other != siren)

    def _is_heir(self, siren: str, sirens: list[str]) -> bool:
        """Say whether the others of the same name ended in this one."""
        ended = [other for other in sirens if other not in self.names]
        return len(ended) + 1 == len(sirens) and all(siren in self._successors(other) for other in ended)

    def _heirs(self, sirens: Iterable[str]) -> list[Suggestion]:
        return [one for siren in sirens if siren not in self.names for one in self._ended(siren).suggestions]

    def _ended(self, siren: str) -> Answer:
        """An EPCI that is not of the year: those that its communes are in, the most inhabited first."""
        name = _every()[siren][-1]
        found = [
            Suggestion(code, self.names[code], f"a repris des communes de {name} ({siren})")
            for code in self._successors(siren)
        ]
        return Answer("unknown", rule="ended", suggestions=distinct(found))

    def _successors(self, siren: str) -> list[str]:
        then = min(_years()[siren], key=lambda year: abs(year - self.year))
        inhabitants: dict[str, int] = {}
        for commune, epci in atlas(then).epci.items():
            ends = led(commune, self.year, then).codes if epci == siren else ()
            for end in ends:
                code = self.atlas.epci.get(end, "")
                if code in self.names:
                    inhabitants[code] = inhabitants.get(code, 0) + atlas(then).inhabitants[commune]
        return sorted(inhabitants, key=lambda code: (-inhabitants[code], code))

    @cached_property
    def departements(self) -> dict[str, set[str]]:
        """Départements of the communes of each EPCI in force."""
        found: dict[str, set[str]] = {}
        for commune, siren in self.atlas.epci.items():
            found.setdefault(siren, set()).add(self.atlas.departements[commune])
        return found

    def _is_inside(self, siren: str, asked: Asked) -> bool:
        if not asked.departement:
            return True
        if siren in self.names:
            return asked.departement in self.departements.get(siren, set())
        then = atlas(max(_years()[siren]))
        return any(
            epci == siren and then.departements[code] == asked.departement for code, epci in then.epci.items()
        )

    def _places(self, siren: str) -> str:
        return "département " + ", ".join(sorted(self.departements.get(siren, set())))

    def _matched(self, siren: str, rule: str) -> Answer:
        departement = min(self.departements.get(siren, {""}))
        return Answer("match", siren, self.names[siren], rule, departement=departement)

    def _refused(self, status: Status, rule: str, founds: list[Answer]) -> Answer:
        every: list[Suggestion] = []
        for found in founds:
            if found.code:
                why = "par le SIREN" if found.rule == "siren" else "par le nom"
                every.append(Suggestion(found.code, found.name, f"{why}, {self._places(found.code)}"))
            every += found.suggestions
        return Answer(status, rule=rule, suggestions=distinct(every))


@cache
def _every() -> dict[str, list[str]]:
    """Names of each SIREN, the latest last."""
    found: dict[str, list[str]] = {}
    for year in reference.YEARS:
        frame = reference.epci(year)
        for siren, name in zip(frame["code"].tolist(), frame["name"].tolist(), strict=True):
            names = found.setdefault(siren, [])
            if name not in names[-1:]:
                names.append(name)
    return found


@cache
def _years() -> dict[str, list[int]]:
    """Releases in which each SIREN is in force."""
    found: dict[str, list[int]] = {}
    for year in reference.YEARS:
        for siren in reference.epci(year)["code"].tolist():
            found.setdefault(siren, []).append(year)
    return found


@cache
def _by_key() -> dict[str, list[str]]:
    return _grouped((epci_key(name), siren) for siren, names in _every().items() for name in names)


@cache
def _by_bare_key() -> dict[str, list[str]]:
    keys = ((bare_epci_key(epci_key(name)), siren) for siren, names in _every().items() for name in names)
    return _grouped(keys)


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key, siren in pairs:
        if siren not in found.setdefault(key, []):
            found[key].append(siren)
    return found


@cache
def epcis_of(year: int) -> Epcis:
    """EPCI of a year, made once."""
    return Epcis(year)
