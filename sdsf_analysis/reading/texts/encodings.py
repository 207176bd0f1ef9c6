"""The encoding of a French text: BOM, strict UTF-8, else the one in which its accents read as French."""

import re
from dataclasses import dataclass
from itertools import islice

from sdsf_analysis.errors import ReadingError

# The most usual first: it wins where two encodings read a text equally well.
LEGACY = ("cp1252", "mac_roman", "cp850", "iso8859-15")
_BOM = b"\xef\xbb\xbf"
_REPLACED = "\ufffd"
# Words that bear an accent or a sign, with the character on each side, are enough to tell.
_WORDS = re.compile(rb"[^\r\n]?[A-Za-z\x80-\xff]{0,20}[\x80-\xff][A-Za-z\x80-\xff]{0,20}[^\r\n]?")
_MAX_WORDS = 4_000
# Letters by how often French bears them, the most usual first: each class costs one more than the one before.
_RANKS = ("é", "è", "ôêâçÉ", "îëàûïœ", "üùÈÔÎÊÂÀÇŒ", "äöÿæÛÏËÙÜÄÖÆŸ", "ñáíóúßÑ")
_COST = {letter: cost for cost, letters in enumerate(_RANKS) for letter in letters}
_QUOTES = "«»’‘“”"
_SIGNS = _QUOTES + "°€–—…²³·§½¼•™\u00a0\u202f"
_FRENCH = frozenset((*_COST, *_SIGNS))
_UNITS = "½¼²³°€"
_FEW = 3
_SPECIAL = re.compile(r"[^\x00-\x7f]")
_WORD = re.compile(r"[^\W\d_½¼²³]+")
_LONE = ("à", "ô", "ès", "Ô", "À", "ÈS")
_SIGN_COST, _INITIAL_COST, _CLASH_COST, _FOREIGN_COST = 3, 2, 8, 9


@dataclass(frozen=True)
class Decoded:
    """Text of a file and the encoding it was read with.

    Attributes
    ----------
    text : str
    encoding : str
    has_wrong_bom : bool
        Whether the file began with the mark of UTF-8 and went on in another encoding.
    """

    text: str
    encoding: str
    has_wrong_bom: bool = False


def decode(content: bytes) -> Decoded:
    """Decode a French text: BOM, then strict UTF-8, else the legacy encoding that reads as the best French.

    Parameters
    ----------
    content : bytes
        The whole file.

    Raises
    ------
    ReadingError
        If the content holds NUL bytes (it is no text), or a byte of another encoding than the rest.

    Examples
    --------
    >>> decode("Bâgé-Dommartin".encode("cp1252")).encoding
    'cp1252'
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Decoded(_strict(content, "utf-16"), "utf-16")
    if b"\x00" in content:
        raise ReadingError("file_unreadable", "Le fichier n'est ni un classeur ni un texte.")
    has_bom = content.startswith(_BOM)
    body = content.removeprefix(_BOM)
    try:
        return Decoded(body.decode("utf-8"), "utf-8-sig" if has_bom else "utf-8")
    except UnicodeDecodeError:
        return _decode_legacy(body, has_bom)


def _decode_legacy(content: bytes, has_bom: bool) -> Decoded:
    """Read in the encoding of the best French; UTF-8 with a stray byte is refused, never garbled."""
    text = content.decode("utf-8", errors="replace")
    # a legacy text forms letters of two bytes by chance alone, and none that French bears
    accents = sum(c in _FRENCH for c in _SPECIAL.findall(text))
    if accents and text.count(_REPLACED) <= max(_FEW, accents):
        _strict(content, "utf-8")
    words = b"\n".join(match[0] for match in islice(_WORDS.finditer(content), _MAX_WORDS))
    costs = {encoding: _cost(words.decode(encoding, "replace")) for encoding in LEGACY}
    best = min(LEGACY, key=lambda encoding: costs[encoding])
    return Decoded(_strict(content, best), best, has_bom)


def _strict(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReadingError("text_undecodable", _where(content, error.start, encoding)) from None


def _where(content: bytes, start: int, encoding: str) -> str:
    """Say which byte cannot be read and where; not the text around it, which may name a person."""
    line = content.count(b"\n", 0, start) + 1
    before = content[content.rfind(b"\n", 0, start) + 1 : start].decode(encoding, "replace")
    return (
        f"L'octet 0x{content[start]:02X}, ligne {line}, caractère {len(before) + 1}, n'est pas du texte "
        f"{encoding} : le reste du fichier en est."
    )


def _cost(text: str) -> int:
    """How unlike French a text reads: the sum over its accents and its signs."""
    letters = sum(_word_cost(match[0]) for match in _WORD.finditer(text) if not match[0].isascii())
    signs = (match.start() for match in _SPECIAL.finditer(text) if not match[0].isalpha())
    return letters + sum(_sign_cost(text, place) for place in signs)


def _word_cost(word: str) -> int:
    return sum(_letter_cost(word, place) for place, c in enumerate(word) if not c.isascii())


def _letter_cost(word: str, place: int) -> int:
    """A letter costs more where French does not use it, or where its case is not its neighbours'."""
    letter, plain = word[place], "".join(c for c in word if c.isascii())
    cost = _COST.get(letter, _FOREIGN_COST)
    if letter.isupper():
        return cost + _CLASH_COST * word[max(place - 1, 0) : place].islower()
    cost += _CLASH_COST * ((len(plain) > 1 and plain.isupper()) or (len(word) == 1 and word not in _LONE))
    return cost + _INITIAL_COST * (place == 0 and letter != "é" and word not in _LONE)


def _sign_cost(text: str, place: int) -> int:
    """A sign costs more inside a word; a fraction or a unit, before one."""
    sign = text[place]
    if sign not in _SIGNS:
        return _FOREIGN_COST
    before, after = text[max(place - 1, 0) : place].isalpha(), text[place + 1 : place + 2].isalpha()
    is_misplaced = (before and after and sign != "’") or (after and sign in _UNITS)
    return _SIGN_COST + _CLASH_COST * is_misplaced
