"""Communes that a name which matches none may mean, best first: never applied, each with its reason."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from sdsf_analysis.territories.answers import Suggestion, distinct
from sdsf_analysis.territories.atlas import Atlas
from sdsf_analysis.territories.bearers import Bearer, Bearers, bearers_in, bearers_of_france, bearers_of_key
from sdsf_analysis.territories.holders import holders
from sdsf_analysis.territories.keys import bare_key, name_key

_LETTERS = {1: "à une lettre près", 2: "à deux lettres près"}
# Two letters changed in a short name make any other one.
_SHORT = 5
# Reasons that give way to the very name in another département.
_FAR = frozenset({"nom proche", "à deux lettres près", "une partie de ces mots"})
_BEGINS = "le nom commence ainsi"
_PREFIXES = ("commune de ", "commune d ", "ville de ", "ville d ", "mairie de ", "mairie d ", "cedex ")


@dataclass(frozen=True)
class Spellings:
    """Keys of a département, with and without article, and what is needed to compare them."""

    bearers: dict[str, list[Bearer]]
    keys: list[str]

    @cached_property
    def by_words(self) -> dict[str, list[str]]:
        """Keys by their words in alphabetical order."""
        return _grouped((" ".join(sorted(key.split())), key) for key in self.keys)

    @cached_property
    def by_letters(self) -> dict[str, list[str]]:
        """Keys by their letters without blanks."""
        return _grouped((key.replace(" ", ""), key) for key in self.keys)

    @cached_property
    def in_order(self) -> list[str]:
        """Keys in alphabetical order."""
        return sorted(self.keys)

    def beginning_with(self, key: str) -> list[str]:
        """Longer keys of which the first words are a key."""
        # in this order « ! » follows the blank
        first, last = bisect_left(self.in_order, f"{key} "), bisect_left(self.in_order, f"{key}!")
        return self.in_order[first:last]

    @cached_property
    def by_word(self) -> dict[str, list[str]]:
        """Keys by each of their words."""
        return _grouped((word, key) for key in self.keys for word in set(key.split()))


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for group, key in pairs:
        found.setdefault(group, []).append(key)
    return found


@cache
def spellings(departement: str) -> Spellings:
    """Spellings of a département, of France where it is empty."""
    known: Bearers = bearers_in(departement) if departement else bearers_of_france()
    bearers = dict(known.by_key)
    for key, found in known.by_bare_key.items():
        bearers[key] = [*bearers.get(key, ()), *found]
    return Spellings(bearers, list(bearers))


def suggestions(name: str, departement: str, places: Atlas) -> tuple[Suggestion, ...]:
    """Suggest up to three communes for a name that matches none.

    Examples
    --------
    >>> from sdsf_analysis.territories.atlas import atlas
    >>> suggestions("Ambérieux-en-Bugey", "01", atlas(2026))[0]
    Suggestion(code='01004', name='Ambérieu-en-Bugey', reason='à une lettre près')
    """
    key = name_key(name)
    for prefix in _PREFIXES:
        key = key.removeprefix(prefix)
    if not key:
        return ()
    found = _ranked(_near(key, departement), places)
    if departement:
        close = [one for one in found if one.reason not in _FAR]
        far = [one for one in found if one.reason in _FAR]
        found = [*close, *_elsewhere(key, places), *far]
    return distinct(found)


def _elsewhere(key: str, places: Atlas) -> list[Suggestion]:
    """Communes of other départements that bear the very name."""
    own = [(0.0, bearer, "même nom") for bearer in bearers_of_key(key)]
    return _ranked(own, places, is_elsewhere=True)


def _near(key: str, departement: str) -> list[tuple[float, Bearer, str]]:
    known = spellings(departement)
    found = [(0.0, key, "même nom")] if key in known.bearers else []
    found += _by_letter(key, known)
    if any(rank <= 1 for rank, _, _ in found):
        found += [(1.5, other, _BEGINS) for other in known.beginning_with(key)]
    else:
        found += [(0.5, other, "aux blancs près") for other in known.by_letters.get(key.replace(" ", ""), ())]
        found += _by_words(key, known)
    return [(rank, bearer, reason) for rank, other, reason in found for bearer in known.bearers[other]]


def _by_letter(key: str, known: Spellings) -> Iterator[tuple[float, str, str]]:
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    most = 2 if len(key) > _SHORT else 1
    for other, distance, _ in extract(key, known.keys, scorer=OSA.distance, score_cutoff=most, limit=12):
        if distance:
            yield float(distance), other, _LETTERS[int(distance)]


def _by_words(key: str, known: Spellings) -> Iterator[tuple[float, str, str]]:
    words = key.split()
    for other in known.by_words.get(" ".join(sorted(words)), ()):
        yield 1.2, other, "mêmes mots dans un autre ordre"
    rarest = min(
        (known.by_word.get(word, []) for word in words if word in known.by_word), key=len, default=[]
    )
    for other in rarest:
        yield from _compared(words, other)
    if not rarest or len(rarest) > 3:
        yield from _abbreviated(words, known)
    yield from _nearest(key, known)


def _compared(words: list[str], other: str) -> Iterator[tuple[float, str, str]]:
    theirs = other.split()
    if theirs[: len(words)] == words:
        yield 1.5, other, _BEGINS
    elif words[: len(theirs)] == theirs and len(bare_key(other).split()[0]) > 2:
        yield 2.3, other, "le début du nom"
    elif set(words) <= set(theirs):
        yield 2.2, other, "le nom contient ces mots"
    elif set(theirs) <= set(words):
        yield 2.4, other, "une partie de ces mots"


def _abbreviated(words: list[str], known: Spellings) -> Iterator[tuple[float, str, str]]:
    """Names of which each word begins as one written: « St Gen. Pouilly »."""
    for other in known.keys:
        theirs = other.split()
        if len(theirs) < len(words) or theirs[0][0] != words[0][0]:
            continue
        if _follows(words, theirs):
            yield 1.8 + 0.1 * (len(theirs) - len(words)), other, "abréviation"


def _follows(words: list[str], theirs: list[str]) -> bool:
    rest = iter(theirs)
    return all(any(their.startswith(word) for their in rest) for word in words)


def _nearest(key: str, known: Spellings) -> Iterator[tuple[float, str, str]]:
    """Names that share most of their letters, where nothing else is found."""
    from rapidfuzz.distance import JaroWinkler
    from rapidfuzz.process import extract

    for other, score, _ in extract(key, known.keys, scorer=JaroWinkler.similarity, score_cutoff=0.9, limit=5):
        yield 4 - score, other, "nom proche"


def _ranked(
    found: list[tuple[float, Bearer, str]], places: Atlas, *, is_elsewhere: bool = False
) -> list[Suggestion]:
    """Suggestions of what the bearers have become, the best and the most inhabited first."""
    ranks: dict[str, tuple[float, int, str]] = {}
    nearest_in_force = min((rank for rank, bearer, _ in found if _is_in_force(bearer, places)), default=9.0)
    for rank, bearer, reason in sorted(found, key=lambda one: one[0])[:40]:
        is_current = _is_in_force(bearer, places)
        # a name of today as near is likelier than a former one
        if not is_current and rank >= max(1, nearest_in_force):
            continue
        codes = (bearer.code,) if is_current else _holders(bearer, places)
        former = f"{reason} de l'ancien nom {bearer.name}" if rank else f"ancien nom : {bearer.name}"
        for code in codes:
            why = reason if is_current else former
            own = (rank + (0 if is_current else 0.3), -places.inhabitants.get(code, 0), why)
            if code not in ranks or own < ranks[code]:
                ranks[code] = own
    ordered = sorted(ranks, key=lambda code: (*ranks[code], code))
    return [suggested(places, code, _reason(ranks[code][2], code, places, is_elsewhere)) for code in ordered]


def _holders(bearer: Bearer, places: Atlas) -> tuple[str, ...]:
    """Commune that holds a former one today: enough to suggest it, and lighter than its events."""
    holder = holders(places.year).get(bearer.code)
    return (holder,) if holder else ()


def _is_in_force(bearer: Bearer, places: Atlas) -> bool:
    return bearer.is_commune and bearer.bears_in(places.year) and bearer.code in places.names


def _reason(why: str, code: str, places: Atlas, is_elsewhere: bool) -> str:
    return f"{why}, département {places.departements.get(code, '')}" if is_elsewhere else why


def suggested(places: Atlas, code: str, reason: str) -> Suggestion:
    """Suggest a commune; an arrondissement stands for its city."""
    city = places.city_of(code) if code in places.arrondissements else code
    return Suggestion(city, places.names.get(city, ""), reason)
