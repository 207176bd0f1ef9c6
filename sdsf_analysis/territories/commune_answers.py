"""What answers about a commune are made of: where a code leads, a match, a refusal and what it suggests."""

from collections.abc import Iterable

from sdsf_analysis.territories.answers import Answer, Asked, Status, Suggestion, distinct
from sdsf_analysis.territories.atlas import Atlas, atlas
from sdsf_analysis.territories.bearers import names_of
from sdsf_analysis.territories.departement import departement_of
from sdsf_analysis.territories.events import Event, Lead
from sdsf_analysis.territories.leads import led
from sdsf_analysis.territories.suggestions import suggested


class Answers:
    """Answers in the communes of a geography year.

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

    def _matched(self, code: str, rule: str, own: str = "", event: Event | None = None) -> Answer:
        if code not in self.atlas.names:
            return Answer("unknown", rule="no_trail")
        return Answer(
            "match", code, self.atlas.names[code], rule, own, event, (), self.atlas.departements[code]
        )

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

    def _ranked(self, codes: Iterable[str]) -> list[str]:
        return sorted(codes, key=lambda code: (-self.atlas.inhabitants.get(code, 0), code))


def last_name(code: str) -> str:
    """Give the last name that a code has borne."""
    return max(names_of(code), key=lambda bearer: (bearer.is_commune, bearer.last)).name
