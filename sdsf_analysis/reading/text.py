"""Labels compared whatever their case, accents, punctuation or blanks."""

import re
import unicodedata
from functools import lru_cache

_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss"})
_NOT_WORD = re.compile(r"[^a-z0-9<>+%]+")


@lru_cache(maxsize=100_000)
def normalise(text: str) -> str:
    r"""Lower case, no accents, one blank between words, no punctuation.

    Examples
    --------
    >>> normalise("N° de l’Équipement\n(SIAS)")
    'n de l equipement sias'
    """
    decomposed = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return _NOT_WORD.sub(" ", plain.casefold()).strip()


def is_blank(cell: object) -> bool:
    """Say whether a cell shows nothing."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


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
