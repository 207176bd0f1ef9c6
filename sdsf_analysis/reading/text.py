"""Labels compared whatever their case, accents, punctuation or blanks."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

_LIGATURES = {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss"}
_NOT_WORD = re.compile(r"[^a-z0-9<>+%]+")
_NOT_WORD_OR_LINE = re.compile(r"[^a-z0-9<>+%\n]+")


@lru_cache(maxsize=100_000)
def normalise(text: str) -> str:
    r"""Lower case, no accents, one blank between words, no punctuation.

    Examples
    --------
    >>> normalise("N° de l’Équipement\n(SIAS)")
    'n de l equipement sias'
    """
    return _NOT_WORD.sub(" ", _plain(text)).strip()


def normalise_all(texts: Iterable[str]) -> list[str]:
    """Normalise many short texts at once, as `normalise` does one by one.

    Examples
    --------
    >>> normalise_all(["Bâgé-Dommartin", "L'Abergement"])
    ['bage dommartin', 'l abergement']
    """
    joined = "".join(text.replace("\n", " ") + "\n" for text in texts)
    lines = _plain(joined).removesuffix("\n")
    return [] if not joined else [line.strip() for line in _NOT_WORD_OR_LINE.sub(" ", lines).split("\n")]


def _plain(text: str) -> str:
    if text.isascii():
        return text.lower()
    for ligature, letters in _LIGATURES.items():
        text = text.replace(ligature, letters)
    decomposed = unicodedata.normalize("NFKD", text)
    # many characters, few of them accents
    for accent in filter(unicodedata.combining, set(decomposed)):
        decomposed = decomposed.replace(accent, "")
    return decomposed.casefold()


def is_blank(cell: object) -> bool:
    """Say whether a cell shows nothing."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


@cache
def column_letter(index: int) -> str:
    """Letters of a 1-based column.

    Examples
    --------
    >>> column_letter(1), column_letter(28)
    ('A', 'AB')
    """
    letters = ""
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """1-based column of its letters, the inverse of `column_letter`."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index
