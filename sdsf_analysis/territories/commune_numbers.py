"""A number alone: a code of commune, its zero lost or not, or a postal code, which is only suggested."""

from dataclasses import replace

from sdsf_analysis.territories.answers import Answer, Asked, Suggestion, distinct
from sdsf_analysis.territories.bearers import is_known
from sdsf_analysis.territories.cell import Number
from sdsf_analysis.territories.commune_names import Names
from sdsf_analysis.territories.departement import departement_of
from sdsf_analysis.territories.suggestions import suggested

# Codes of Corsica before 1976, which are also postal codes, of offices too that no list holds.
_OLD_CORSICA = "20"


class Numbers(Names):
    """Codes of communes and postal codes, asked alone."""

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
