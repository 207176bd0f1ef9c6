"""A name of commune alone: applied where one commune bears it, today or since 1943."""

import re
from dataclasses import replace
from functools import lru_cache

from sdsf_analysis.territories.answers import Answer, Asked
from sdsf_analysis.territories.bearers import Bearer, bearers_in, bearers_of_france, bearers_of_key
from sdsf_analysis.territories.commune_answers import Answers
from sdsf_analysis.territories.events import Lead
from sdsf_analysis.territories.holders import holders
from sdsf_analysis.territories.keys import name_key
from sdsf_analysis.territories.leads import lead_of
from sdsf_analysis.territories.suggestions import suggested, suggestions

_ARRONDISSEMENT = re.compile(
    r"(paris|lyon|marseille) 0*(\d{1,2})(?:er|re|e|eme|ieme|nd|nde)?(?: arr(?:ondissement|t|dt)?)?"
)


class Names(Answers):
    """Names of communes, asked alone."""

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
        if asked.departement and not exact and not missing:
            exact = self._came_inside(key, asked)
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

    def _came_inside(self, key: str, asked: Asked) -> list[Bearer]:
        """Bearers of a name whose code was of another département, their territory in this one today."""
        named = bearers_of_key(key)
        ends = [holders(self.year).get(bearer.code, "") for bearer in named]
        inside = [self.atlas.departements.get(end) == asked.departement for end in ends]
        return [bearer for bearer, is_inside in zip(named, inside, strict=True) if is_inside]

    def _in_force(
        self, exact: list[Bearer], missing: list[Bearer], asked: Asked
    ) -> tuple[Bearer, str] | None:
        """Commune that alone bears the name in the sender's year, else in that of the answer."""
        year = asked.year or self.year
        # an article is missing only where no commune ever bore the name without it
        for bearers, rule in ((exact, ""), ([] if exact else missing, "article")):
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

    def _unknown(self, name: str, asked: Asked) -> Answer:
        found = suggestions(name, asked.departement, self.atlas)
        return Answer("unknown", suggestions=found)

    @lru_cache(maxsize=200)  # noqa: B019 - one per year, kept as long as the program
    def _names_in(self, departement: str) -> dict[str, Answer]:
        """Answers to the names that one commune in force alone bears in a département."""
        found = {}
        for key, bearers in bearers_in(departement).by_key.items() if departement else ():
            own = [b for b in bearers if b.is_commune and b.first <= self.year <= b.last]
            if len(own) == 1 and own[0].code in self.atlas.names:
                found[key] = self._matched(own[0].code, "name")
        return found


def readings(name: str) -> list[str]:
    """Keys that a written name may stand for: « s/ » is « sur » or, near Paris, « sous »."""
    key = name_key(name)
    if "s/" not in name.lower():
        return [key]
    return list(dict.fromkeys([key, name_key(re.sub(r"\bs/", "sous ", name, flags=re.IGNORECASE))]))
