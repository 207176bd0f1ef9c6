"""From what a cell holds to the official code of a commune, or the reason why not: the one engine.

A code is applied on an exact match after normalisation only; nearness of spelling only ever suggests.
"""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from sdsf_analysis.territories.answers import Answer, Asked
from sdsf_analysis.territories.cell import Cell, take_apart
from sdsf_analysis.territories.commune_answers import last_name
from sdsf_analysis.territories.commune_pairs import Pairs
from sdsf_analysis.territories.departement import departement_of
from sdsf_analysis.territories.keys import name_key

__all__ = ["Communes", "are_codes", "communes_of", "last_name"]

# Numbers of a column that are no postal code, before it is held to be one of codes.
_FEW = 3


class Communes(Pairs):
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
