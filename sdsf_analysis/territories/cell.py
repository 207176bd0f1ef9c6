"""What a cell that names a commune is made of: words, numbers, a département, a line of address."""

import re
from dataclasses import dataclass
from functools import cache

from sdsf_analysis.reading.text import normalise
from sdsf_analysis.reading.values import clean_text
from sdsf_analysis.territories import reference

_DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_UNSEEN = re.compile("[\u00ad\u200e\u200f]")
# Calls of notes: a star, a dagger, a raised figure, a figure or a letter in brackets.
_NOTES = re.compile(r"(?:\s*(?:[*†‡§]+|[¹²³⁴-⁹⁰]+|\((?:\d|\*+|[a-h])\)|\[\w\]))+$")
_EDGES = " \t-–—_:;,./|\"'«»“”•·"
_NUMBER = r"(?:2[ABab] ?\d{3}|\d{5}|\d{2} \d{3}|\d{4})(?:[.,]0+)?"
_ALONE = re.compile(rf"{_NUMBER}|\d+(?:[.,]\d+)?[eE]\+?\d{{1,2}}")
_FIRST = re.compile(rf"(?:\(|\[)?({_NUMBER})(?:\)|\])?(?=[\s\-:;,/|._])")
_LAST = re.compile(rf"(?:[\s\-:;,/|_]|(?<=[\s\w])[(\[])\s*({_NUMBER})[)\]]?$")
_DEPARTEMENT_CODE = r"(?:0[1-9]|[1-8]\d|9[0-5]|2[ABab]|97[1-8]|98\d)"
_DEPARTEMENT_LAST = re.compile(rf"(?:\s*[(\[]\s*|\s*[-,/]\s*|\s+)({_DEPARTEMENT_CODE})\s*[)\]]?$")
_DEPARTEMENT_FIRST = re.compile(rf"[(\[]?({_DEPARTEMENT_CODE})[)\]]?(?:\s*[-:/,]\s*|\s+)(?=\D)")
_IN_BRACKETS = re.compile(r"\s*[(\[]([^)\]]+)[)\]]$|\s*,\s*([^,]+)$")
_CITY = re.compile(r"(?:paris|lyon|marseille) \d")
_CEDEX = re.compile(r"\bcedex\b\s*\d*", re.IGNORECASE)
_LABEL = re.compile(r"(?:code )?(?:insee|cog)\b[\s:°n]*(?=\(?(?:\d|2[AB]))", re.IGNORECASE)
_SCIENTIFIC = re.compile(r"(\d+)(?:[.,](\d+))?[eE]\+?(\d{1,2})")
_DECIMALS = re.compile(r"[.,]0+$")


@dataclass(frozen=True)
class Number:
    """A number of four or five characters that a cell holds.

    Attributes
    ----------
    digits : str
        Without blanks nor decimals: a code of commune, a postal code, or one of them without its zero.
    is_float : bool
        Whether a spreadsheet had made a quantity of it (1004.0, 1,004E+03).
    """

    digits: str
    is_float: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell that names a commune, taken apart.

    Attributes
    ----------
    name : str
        Words, without numbers nor calls of notes; empty where there is none.
    numbers : tuple of Number
        In the order of the cell.
    departement : str
        Code of the département that the cell says itself, empty for none.
    is_cedex : bool
        Whether it is a line of address of business post, which names a post office.
    """

    name: str
    numbers: tuple[Number, ...] = ()
    departement: str = ""
    is_cedex: bool = False


def take_apart(value: object) -> Cell:
    """Take a cell apart: a name, a code, both, a postal code, a line of address.

    Examples
    --------
    >>> take_apart("01004 - Ambérieu-en-Bugey")
    Cell(name='Ambérieu-en-Bugey', numbers=(Number(digits='01004', is_float=False),), ...)
    >>> take_apart("Sainte-Colombe (Rhône)").departement, take_apart(1004.0).numbers[0].digits
    ('69', '1004')
    >>> take_apart("01012 BOURG EN BRESSE CEDEX").is_cedex
    True
    """
    text = _LABEL.sub("", plain(value), count=1)
    if isinstance(value, float) and text.isdigit():
        return Cell("", (Number(text, is_float=True),))
    if _ALONE.fullmatch(text):
        return Cell("", _numbers([text]))
    is_cedex = bool(_CEDEX.search(text))
    text = _CEDEX.sub(" ", text).strip(_EDGES)
    found: list[str] = []
    while first := _FIRST.match(text):
        found.append(first[1])
        text = text[first.end() :].strip(_EDGES)
    while last := _LAST.search(text):
        found.append(last[1])
        text = text[: last.start()].strip(_EDGES)
    name, departement = departement_said(_without_notes(text))
    if name and not any(map(str.isalpha, name)):
        return Cell("")
    return Cell(name, _numbers(found), departement, is_cedex)


def plain(value: object) -> str:
    """Text of a cell with plain blanks and hyphens, without what cannot be seen nor calls of notes."""
    text = _DASHES.sub("-", _UNSEEN.sub("", clean_text(value)))
    return _without_notes(text).strip(_EDGES)


def _without_notes(text: str) -> str:
    return _NOTES.sub("", text) or text


def _numbers(texts: list[str]) -> tuple[Number, ...]:
    return tuple(number for text in texts if (number := _number(text)))


def _number(text: str) -> Number | None:
    if _SCIENTIFIC.fullmatch(text):
        digits = whole_number(text)
        return Number(digits, is_float=True) if digits else None
    bare = _DECIMALS.sub("", text)
    return Number(bare.replace(" ", "").upper(), is_float=bare != text)


def whole_number(text: str) -> str:
    """Digits of a whole number in scientific notation; empty for anything else, or where some are lost.

    Examples
    --------
    >>> whole_number("1,004E+03"), whole_number("6,91E+04"), whole_number("2.40100883E+08")
    ('1004', '', '240100883')
    """
    found = _SCIENTIFIC.fullmatch(text)
    if not found:
        return ""
    whole, decimals, power = found[1], found[2] or "", int(found[3])
    # fewer figures than the power were shown rounded: the code is lost
    is_whole = len(whole) == 1 and len(decimals.rstrip("0")) <= power <= len(decimals)
    return whole + decimals[:power] if is_whole else ""


def departement_said(text: str) -> tuple[str, str]:
    """Name and code of the département that goes with it, in figures or in brackets by its name.

    Examples
    --------
    >>> departement_said("Sainte-Colombe (Rhône)"), departement_said("Lyon 3")
    (('Sainte-Colombe', '69'), ('Lyon 3', ''))
    """
    if _CITY.match(normalise(text)):
        return text, ""
    for pattern in (_DEPARTEMENT_LAST, _DEPARTEMENT_FIRST):
        if found := pattern.search(text) if pattern is _DEPARTEMENT_LAST else pattern.match(text):
            rest = (text[: found.start()] + text[found.end() :]).strip(_EDGES)
            if rest:
                return rest, found[1].upper()
    if (said := _IN_BRACKETS.search(text)) and (code := departements().get(normalise(said[1] or said[2]))):
        return text[: said.start()].strip(_EDGES), code
    return text, ""


@cache
def departements() -> dict[str, str]:
    """Codes of the départements by their normalised name or code.

    Examples
    --------
    >>> departements()["rhone"], departements()["1"], departements()["2a"]
    ('69', '01', '2A')
    """
    table = reference.departements()
    codes = table["code"].tolist()
    by_name = {normalise(name): code for name, code in zip(table["name"].tolist(), codes, strict=True)}
    return (
        by_name | {code.lower(): code for code in codes} | {code.lstrip("0").lower(): code for code in codes}
    )
