"""Whether two names are those of one structure: the same, near, or others."""

import tomllib
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from sdsf_analysis.reading.text import normalise

# likeness of two spellings in %, from which they are asked about
_NEAR = 85
# a short word may be shared by chance
_LONG = 5


class Likeness(StrEnum):
    """What two names have in common."""

    SAME = "same"
    NEAR = "near"
    OTHER = "other"


class _Name(NamedTuple):
    """What a name says the structure is, and the words that tell which one."""

    types: frozenset[str]
    words: tuple[str, ...]


def likeness(one: str, two: str) -> Likeness:
    """Compare the names of two structures.

    Case, accents, punctuation and articles do not count. A word for the type of structure is left out where
    only one of the names says it; two different types are asked about. Numbers tell structures apart.

    Examples
    --------
    >>> str(likeness("Multi-accueil Les Loupiots", "LES LOUPIOTS"))
    'same'
    >>> str(likeness("Crèche Les Loupiots", "Micro-crèche Les Loupiots"))
    'near'
    >>> str(likeness("Les Loupiots", "Les Loupiots 2"))
    'other'
    >>> str(likeness("Crèche municipale", "Halte-garderie")), str(likeness("Les Lutins", "Les Loupiots"))
    ('other', 'other')
    """
    if normalise(one) == normalise(two):
        return Likeness.SAME
    first, second = _parts(normalise(one)), _parts(normalise(two))
    if _numbers(first) != _numbers(second):
        return Likeness.OTHER
    if first.words == second.words:
        if not first.words:
            return Likeness.NEAR if first.types & second.types else Likeness.OTHER
        is_typed_alike = first.types == second.types or not first.types or not second.types
        return Likeness.SAME if is_typed_alike else Likeness.NEAR
    return Likeness.NEAR if _is_near(first.words, second.words) else Likeness.OTHER


def is_telling(name: str) -> bool:
    """Whether a name says which structure it is, beyond what it is.

    Examples
    --------
    >>> is_telling("Crèche Ribambelle"), is_telling("Crèche municipale")
    (True, False)
    """
    return bool(_parts(normalise(name)).words)


def _numbers(name: _Name) -> list[str]:
    return [word for word in name.words if word.isdigit()]


def _is_near(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    from rapidfuzz.fuzz import ratio

    fewer, more = sorted((set(one), set(two)), key=len)
    is_inside = fewer < more and any(len(word) >= _LONG for word in fewer)
    return is_inside or (bool(one and two) and ratio(" ".join(one), " ".join(two)) >= _NEAR)


@lru_cache(maxsize=100_000)
def _parts(name: str) -> _Name:
    types, empty = _words()
    text, said = f" {name} ", set()
    for phrase in types:
        if f" {phrase} " in text:
            text = text.replace(f" {phrase} ", " ")
            said.add(phrase)
    return _Name(frozenset(said), tuple(word for word in text.split() if word not in empty))


@cache
def _words() -> tuple[tuple[str, ...], frozenset[str]]:
    """Phrases for a type, the longest first, and words without weight."""
    said = tomllib.loads((files(__package__) / "structure_words.toml").read_text(encoding="utf-8"))
    return tuple(sorted(said["types"], key=len, reverse=True)), frozenset(said["empty"])
