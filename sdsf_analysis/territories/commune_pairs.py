"""A name beside a number: applied where both speak of one commune, else a conflict."""

from dataclasses import replace
from functools import lru_cache

from sdsf_analysis.territories.answers import Answer, Asked
from sdsf_analysis.territories.bearers import names_of
from sdsf_analysis.territories.cell import Cell, Number
from sdsf_analysis.territories.commune_numbers import Numbers
from sdsf_analysis.territories.keys import bare_key, name_key
from sdsf_analysis.territories.leads import led
from sdsf_analysis.territories.since_1943 import STILL


class Pairs(Numbers):
    """Names of communes beside their codes or postal codes."""

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


def _both(key: str) -> tuple[str, str]:
    return key, bare_key(key)
