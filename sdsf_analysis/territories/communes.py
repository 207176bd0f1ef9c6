"""From what a cell holds to the official code of a commune, or the reason why not: the one engine.

A code is applied on an exact match after normalisation only; nearness of spelling only ever suggests.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache, lru_cache

from sdsf_analysis.territories.answers import Answer, Asked, Status, Suggestion, distinct
from sdsf_analysis.territories.atlas import Atlas, atlas
from sdsf_analysis.territories.bearers import (
    Bearer,
    bearers_in,
    bearers_of_france,
    is_known,
    names_of,
)
from sdsf_analysis.territories.cell import Cell, Number, take_apart
from sdsf_analysis.territories.events import Event, Lead
from sdsf_analysis.territories.france import departement_of
from sdsf_analysis.territories.keys import bare_key, name_key
from sdsf_analysis.territories.leads import lead_of, led
from sdsf_analysis.territories.since_1943 import STILL
from sdsf_analysis.territories.suggestions import suggested, suggestions

_ARRONDISSEMENT = re.compile(
    r"(paris|lyon|marseille) 0*(\d{1,2})(?:er|re|e|eme|ieme|nd|nde)?(?: arr(?:ondissement|t|dt)?)?"
)
# Numbers of a column that are no postal code, before it is held to be one of codes.
_FEW = 3
# Codes of Corsica before 1976, which are also postal codes, of offices too that no list holds.
_OLD_CORSICA = "20"


class Communes:
    """Communes of a geography year, asked by what a cell holds.

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

    def answer(self, value: object, asked: Asked, *, is_code: bool = False) -> Answer:
        """Answer to one cell.

        Parameters
        ----------
        value : object
            Text or number.
        asked : Asked
        is_code : bool
            Whether a bare number is known to be a code, not a postal code.

        Examples
        --------
        >>> communes_of(2026).answer("Bellegarde-sur-Valserine", Asked("01")).code
        '01033'
        >>> communes_of(2026).answer("Sainte-Colombe", Asked()).status
        'ambiguous'
        """
        plainly = self._names_in(asked.departement) if asked.year is None else {}
        if isinstance(value, str) and (found := plainly.get(name_key(value))):
            return found
        cell = take_apart(value)
        if cell.departement and asked.departement and cell.departement != asked.departement:
            return self._other_departement(cell, asked)
        asked = replace(asked, departement=asked.departement or cell.departement)
        if cell.is_cedex:
            return self._business_post(cell, asked)
        if cell.numbers and cell.name:
            return self.code_and_name(cell, asked)
        if cell.numbers:
            return self._numbers(cell.numbers, asked, is_code=is_code)
        return self.name(cell.name, asked) if cell.name else Answer("unknown")

    @lru_cache(maxsize=200)  # noqa: B019 - one per year, kept as long as the program
    def _names_in(self, departement: str) -> dict[str, Answer]:
        """Answers to the names that one commune in force alone bears in a département."""
        found = {}
        for key, bearers in bearers_in(departement).by_key.items() if departement else ():
            own = [b for b in bearers if b.is_commune and b.first <= self.year <= b.last]
            if len(own) == 1 and own[0].code in self.atlas.names:
                found[key] = self._matched(own[0].code, "name")
        return found

    # — numbers —

    def _numbers(self, numbers: tuple[Number, ...], asked: Asked, *, is_code: bool) -> Answer:
        if len(numbers) == 1:
            return self.code(numbers[0], asked, is_code=is_code)
        codes = [number for number in numbers if self.as_code(number.digits)]
        if len(codes) != 1:
            return Answer("unknown")
        found = self.code(codes[0], asked, is_code=True)
        others = {number.digits for number in numbers} - {codes[0].digits}
        agrees = others <= set(self.atlas.postal_codes.get(found.own_code or found.code, ()))
        return found if found.status != "match" or agrees else Answer("unknown")

    def code(self, number: Number, asked: Asked, *, is_code: bool = False) -> Answer:
        """Answer to a number alone; ``is_code`` where it is known to be no postal code."""
        code = self.as_code(number.digits)
        if not code:
            return self._postal(number.digits, asked)
        found = self.of_code(code, asked)
        if found.status != "match":
            return found
        doubt = self._doubt(code, number, found, asked)
        if doubt is None and not is_code:
            doubt = self._doubt_of_postal_code(code, found)
        repair = "lost_zero" if code != number.digits else "code_float" if number.is_float else "code"
        return doubt or replace(found, rule=found.rule if found.rule != "code" else repair)

    def _doubt(self, code: str, number: Number, found: Answer, asked: Asked) -> Answer | None:
        """What keeps a code from being applied alone."""
        if code != number.digits and not asked.departement:
            return self._refused("unknown", "lost_zero", [(found, "zéro rétabli")], asked)
        if not self._is_inside(code, found, asked):
            return self._refused("conflict", "departement", [(found, self._where(found))], asked)
        if code.startswith(_OLD_CORSICA):
            return self._refused("unknown", "former_code", [(found, f"ancien code de Corse {code}")], asked)
        return None

    def _doubt_of_postal_code(self, code: str, found: Answer) -> Answer | None:
        others = self._postal_readings(code, found)
        own = suggested(self.atlas, found.code, f"code {code}")
        both = (own, *others) if code in self.atlas.names else (*others[:2], own)
        return Answer("ambiguous", rule="postal_code", suggestions=distinct(both)) if others else None

    def as_code(self, digits: str) -> str:
        """Give the code that a number is, its zero put back; empty where no commune has borne it."""
        code = f"0{digits}" if len(digits) == 4 else digits
        return code if is_known(code) or code in self.atlas.arrondissements else ""

    def of_code(self, code: str, asked: Asked) -> Answer:
        """Give the commune that a code leads to, wherever it is."""
        if code in self.atlas.arrondissements:
            return self._matched(self.atlas.city_of(code), "arrondissement", code)
        found = led(code, self.year, asked.year)
        return self._by_lead(code, found, "former_code" if code not in self.atlas.names else "code")

    def _by_lead(self, code: str, trail: Lead, rule: str) -> Answer:
        if len(trail.codes) == 1:
            return self._matched(trail.codes[0], rule, trail.own_code, trail.event)
        if trail.codes:
            parts = tuple(
                suggested(self.atlas, part, f"issue de la scission de {last_name(code)} ({code})")
                for part in self._ranked(trail.codes)
            )
            return Answer("ambiguous", rule="split", event=trail.event, suggestions=parts[:3])
        return Answer("unknown", rule="no_trail", departement=departement_of(code))

    def _postal_readings(self, code: str, found: Answer) -> tuple[Suggestion, ...]:
        places = self.atlas.communes_of_postal_code.get(code, ())
        others = [place for place in places if place not in (code, found.code)]
        return distinct(suggested(self.atlas, place, f"code postal {code}") for place in others)

    def _postal(self, digits: str, asked: Asked) -> Answer:
        padded = digits.rjust(5, "0")
        places = self.atlas.communes_of_postal_code.get(padded, [])
        inside = [place for place in places if departement_of(place) == asked.departement]
        reason = f"code postal {padded}"
        found = tuple(
            suggested(self.atlas, place, reason)
            for place in [*inside, *(p for p in places if p not in inside)]
        )
        return Answer(
            "unknown",
            rule="postal_code" if found else "",
            suggestions=distinct(found),
            departement=departement_of(padded),
        )

    # — a number and a name —

    def code_and_name(self, cell: Cell, asked: Asked, *, is_code: bool = False) -> Answer:
        """Answer to a name beside one or several numbers; ``is_code`` where none is a postal code."""
        by_code = {code: number for number in cell.numbers if (code := self.as_code(number.digits))}
        agreed = [code for code in by_code if self.agree(code, cell.name)]
        postal = None if is_code else self._by_postal_code(cell, asked)
        if len(agreed) == 1 and self._are_postal(cell, by_code[agreed[0]], agreed[0]):
            return self._agreed(agreed[0], by_code[agreed[0]], cell.name, asked)
        if postal:
            return postal
        named = self.name(cell.name, asked)
        by_name = [(named, "par le nom")] if named.code else []
        if by_code:
            founds = [(self.of_code(code, asked), f"par le code {code}") for code in by_code]
            return self._refused("conflict", "code_and_name", [*founds, *by_name], asked, named.suggestions)
        return self._refused("unknown", "", by_name, asked, named.suggestions)

    def agree(self, code: str, name: str) -> bool:
        """Say whether a name is one that a code has borne, or that of the commune it leads to today."""
        if code in self.atlas.arrondissements:
            key = name_key(name)
            return (
                key == name_key(self.atlas.names[self.atlas.city_of(code)])
                or self._arrondissement(key) == code
            )
        return name_key(name) in self._keys(code)

    @lru_cache(maxsize=100_000)  # noqa: B019 - one per year, kept as long as the program
    def _keys(self, code: str) -> frozenset[str]:
        keys = {bearer.key for bearer in names_of(code)}
        today = led(code, self.year, None).codes
        keys |= {name_key(self.atlas.names[one]) for one in today if len(today) == 1}
        return frozenset(keys | {bare_key(key) for key in keys})

    def _are_postal(self, cell: Cell, own: Number, code: str) -> bool:
        """Say whether the other numbers of a cell are postal codes of the commune."""
        found = led(code, self.year, None).codes or (code,)
        known = {postal for one in (code, *found) for postal in self.atlas.postal_codes.get(one, ())}
        return all(number.digits.rjust(5, "0") in known for number in cell.numbers if number != own)

    def _agreed(self, code: str, number: Number, name: str, asked: Asked) -> Answer:
        since = asked.year if asked.year is not None else self._last_year_of(code, name)
        found = self.of_code(code, replace(asked, year=since))
        if found.status != "match":
            return found
        if not self._is_inside(code, found, asked):
            return self._refused("conflict", "departement", [(found, self._where(found))], asked)
        is_plain = found.rule in ("code", "former_code") and not found.own_code
        repair = (
            "lost_zero" if code != number.digits else "code_float" if number.is_float else "code_and_name"
        )
        return replace(found, rule=repair if is_plain or found.rule == "code" else found.rule)

    def _last_year_of(self, code: str, name: str) -> int | None:
        """Last year in which a code bore a name, when it bears another one today."""
        if code not in self.atlas.names or name_key(name) in _both(name_key(self.atlas.names[code])):
            return None
        borne = [b for b in names_of(code) if name_key(name) in _both(b.key)]
        return max((b.last for b in borne if b.is_commune and b.last != STILL), default=None)

    def _by_postal_code(self, cell: Cell, asked: Asked) -> Answer | None:
        """Commune of a name that one of the postal codes beside it confirms."""
        postal = [number.digits.rjust(5, "0") for number in cell.numbers]
        places = {place for one in postal for place in self.atlas.communes_of_postal_code.get(one, ())}
        named = {place for place in places if self.agree(place, cell.name)}
        cities = {
            self.atlas.city_of(place) if place in self.atlas.arrondissements else place for place in named
        }
        if len(cities) != 1:
            return None
        found = self.name(cell.name, replace(asked, departement=self.atlas.departements[cities.copy().pop()]))
        if found.code not in cities:
            return None
        if asked.departement and found.departement != asked.departement:
            return self._refused("conflict", "departement", [(found, self._where(found))], asked)
        parts = [place for place in named if place in self.atlas.arrondissements]
        own = parts[0] if len(parts) == 1 else found.own_code
        return replace(
            found,
            rule="arrondissement" if own in self.atlas.arrondissements else "postal_code_and_name",
            own_code=own,
        )

    # — a name —

    def name(self, name: str, asked: Asked) -> Answer:
        """Answer to a name alone."""
        found: Answer | None = None
        for key in readings(name):
            if code := self._arrondissement(key):
                city = self._matched(self.atlas.city_of(code), "arrondissement", code)
                return city if self._is_inside(code, city, asked) else self._unknown(name, asked)
            one = self._named(key, asked)
            if one is None:
                continue
            if found is not None and (one.code != found.code or not one.code):
                return self._refused("ambiguous", "homonym", [(found, ""), (one, "")], asked)
            found = one
        return found or self._unknown(name, asked)

    def _arrondissement(self, key: str) -> str:
        said = _ARRONDISSEMENT.fullmatch(key)
        return self.atlas.arrondissement_of_key.get((said[1], int(said[2])), "") if said else ""

    def _named(self, key: str, asked: Asked) -> Answer | None:
        """Answer to the bearers of a name; None where there is none."""
        known = bearers_in(asked.departement) if asked.departement else bearers_of_france()
        exact, missing = known.named(key), known.named_but_for_article(key)
        if not exact and not missing:
            return None
        if asked.departement and (alone := self._in_force(exact, missing, asked)):
            return self._of_bearer(*alone, asked)
        bearers = [*exact, *missing]
        leads = [(bearer, lead_of(bearer, self.year, asked.year)) for bearer in bearers]
        ends = {trail.codes for _, trail in leads}
        if len(ends) == 1:
            return self._of_bearer(self._first_choice(bearers), "article" if not exact else "", asked)
        return self._homonyms(leads, asked)

    def _in_force(
        self, exact: list[Bearer], missing: list[Bearer], asked: Asked
    ) -> tuple[Bearer, str] | None:
        """Commune that alone bears the name in the sender's year, else in that of the answer."""
        year = asked.year or self.year
        for bearers, rule in ((exact, ""), (missing, "article")):
            own = [b for b in bearers if b.is_commune and b.bears_in(year)]
            if len(own) == 1:
                return own[0], rule
            if own:
                return None
        return None

    def _first_choice(self, bearers: list[Bearer]) -> Bearer:
        """Bearer that names best what all of them lead to: the commune in force, then the latest."""
        return max(
            bearers,
            key=lambda b: (
                b.code in self.atlas.names and b.bears_in(self.year) and b.is_commune,
                b.bears_in(self.year),
                b.last,
            ),
        )

    def _of_bearer(self, bearer: Bearer, rule: str, asked: Asked) -> Answer:
        trail = lead_of(bearer, self.year, asked.year)
        is_current = trail.codes == (bearer.code,) and bearer.key == name_key(self.atlas.names[bearer.code])
        if is_current:
            return self._matched(bearer.code, rule or "name", "")
        is_held = bearer.bears_in(self.year) and not bearer.is_commune
        found = self._by_lead(bearer.code, trail, "delegated" if is_held else "former_name")
        own = bearer.code if found.code and (is_held or trail.codes != (bearer.code,)) else found.own_code
        return replace(found, own_code=own)

    def _homonyms(self, leads: list[tuple[Bearer, Lead]], asked: Asked) -> Answer:
        codes = {code for _, trail in leads for code in trail.codes}
        in_force = {b.code for b, _ in leads if b.is_commune and b.bears_in(self.year)}
        ranked = sorted(self._ranked(codes), key=lambda code: code not in in_force)
        suggestions = tuple(
            suggested(self.atlas, code, self._why_homonym(code, leads)) for code in ranked[:3]
        )
        return Answer("ambiguous", rule="homonym", suggestions=suggestions)

    def _why_homonym(self, code: str, leads: list[tuple[Bearer, Lead]]) -> str:
        own = [bearer for bearer, trail in leads if code in trail.codes]
        if any(b.bears_in(self.year) and b.is_commune and b.code == code for b in own):
            return f"même nom, département {self.atlas.departements[code]}"
        return f"ancien nom ou commune intégrée depuis : {own[0].name} ({own[0].code})"

    # — what is not applied —

    def _unknown(self, name: str, asked: Asked) -> Answer:
        found = suggestions(name, asked.departement, self.atlas)
        return Answer("unknown", suggestions=found)

    def _business_post(self, cell: Cell, asked: Asked) -> Answer:
        """A line of address names a post office: its town is only suggested."""
        numbers = [number.digits.rjust(5, "0") for number in cell.numbers]
        inside = asked.departement or next(filter(None, map(departement_of, numbers)), "")
        if not cell.name:
            return Answer("unknown", rule="cedex")
        named = self.name(cell.name, replace(asked, departement=inside))
        by_name = [(named, "adresse CEDEX")] if named.code else []
        return self._refused("unknown", "cedex", by_name, asked, named.suggestions)

    def _other_departement(self, cell: Cell, asked: Asked) -> Answer:
        inside = (
            self.answer(cell.name, replace(asked, departement=cell.departement))
            if cell.name
            else Answer("unknown")
        )
        here = self.name(cell.name, asked) if cell.name else Answer("unknown")
        if not inside.code and not here.code and not cell.numbers:
            # « 12 rue de la République »: the figures are no département
            return Answer("unknown", suggestions=here.suggestions)
        own = [(one, f"département {one.departement}") for one in (inside, here) if one.code]
        return self._refused("conflict", "departement", own, asked, inside.suggestions)

    def _refused(
        self,
        status: Status,
        rule: str,
        founds: Iterable[tuple[Answer, str]],
        asked: Asked,
        more: tuple[Suggestion, ...] = (),
    ) -> Answer:
        every: list[Suggestion] = []
        departement = ""
        for found, reason in founds:
            if found.code:
                every.append(suggested(self.atlas, found.code, reason or found.rule))
                departement = departement or found.departement
            every += found.suggestions
        return Answer(status, rule=rule, suggestions=distinct((*every, *more)), departement=departement)

    def _is_inside(self, code: str, found: Answer, asked: Asked) -> bool:
        return not asked.departement or asked.departement in (departement_of(code), found.departement)

    def _where(self, found: Answer) -> str:
        return f"dans le département {found.departement}"

    def _matched(self, code: str, rule: str, own: str = "", event: Event | None = None) -> Answer:
        if code not in self.atlas.names:
            return Answer("unknown", rule="no_trail")
        return Answer(
            "match", code, self.atlas.names[code], rule, own, event, (), self.atlas.departements[code]
        )

    def _ranked(self, codes: Iterable[str]) -> list[str]:
        return sorted(codes, key=lambda code: (-self.atlas.inhabitants.get(code, 0), code))


def readings(name: str) -> list[str]:
    """Keys that a written name may stand for: « s/ » is « sur » or, near Paris, « sous »."""
    key = name_key(name)
    if "s/" not in name.lower():
        return [key]
    return list(dict.fromkeys([key, name_key(re.sub(r"\bs/", "sous ", name, flags=re.IGNORECASE))]))


def _both(key: str) -> tuple[str, str]:
    return key, bare_key(key)


def last_name(code: str) -> str:
    """Give the last name that a code has borne."""
    return max(names_of(code), key=lambda bearer: (bearer.is_commune, bearer.last)).name


@cache
def communes_of(year: int) -> Communes:
    """Communes of a year, made once."""
    return Communes(year)


def are_codes(values: Iterable[object], year: int) -> bool:
    """Say whether the bare numbers of a column are codes: all of them, most of which no postal code bears.

    Half of the postal codes are also the code of some commune, a twelfth of the codes a postal code: one
    number alone does not tell, a column does.

    Examples
    --------
    >>> are_codes(["01004", "01053", "01173", "01200"], 2026), are_codes(["01200", "01500"], 2026)
    (True, False)
    """
    known = communes_of(year)
    cells = [take_apart(value) for value in dict.fromkeys(values)]
    named = sum(bool(cell.name) and not cell.numbers for cell in cells)
    numbers = {number.digits for cell in cells if not cell.name for number in cell.numbers}
    codes = [known.as_code(digits) for digits in numbers]
    sure = [code for code in codes if code not in known.atlas.communes_of_postal_code]
    # a few words are totals; where names and numbers are mixed, a number may be anything
    return all(codes) and named <= len(codes) / 10 and len(sure) >= _FEW and len(sure) > len(codes) / 2
