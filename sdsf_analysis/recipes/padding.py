"""Codes that lost their zeros with all those of their column: the length that they have says how many."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from sdsf_analysis.model.french import plural
from sdsf_analysis.reading.layout import Column, Table
from sdsf_analysis.reading.sheet import Place
from sdsf_analysis.reading.text import normalise

# Digits of INSEE's other codes by the name of their variable; those of overseas may have one more.
_WIDTHS = {
    "reg": 2,
    "arr": 3,
    "cv": 4,
    "ze": 4,
    "uu": 5,
    "tduu": 2,
    "aav": 3,
    "tdaav": 2,
    "cateaav": 2,
    "bv": 5,
}
_POSTAL_WIDTH = 5
_POSTAL = re.compile(r"\b(?:cp|\w*postal|postaux|postcode|codepos|zip)\b")


class Padding(NamedTuple):
    """Codes of one column put back to their length, and what is said of them all."""

    repaired: dict[Place, str]
    message: str


def padded_codes(table: Table, kinds: dict[int, str], *, is_damaged: bool) -> Iterator[Padding]:
    """Put zeros back before the codes that are too short for their column.

    Parameters
    ----------
    table : Table
    kinds : dict of int to str
        Kind of each column by its index.
    is_damaged : bool
        Whether the codes of communes of the table have lost their zeros: INSEE's other codes then have too.
        Postal codes are five digits long whatever the others are.
    """
    for column in table.columns:
        if kinds.get(column.index) != "code":
            continue
        width = _WIDTHS.get(_variable(column.path), 0) if is_damaged else 0
        if is_postal(" ".join(column.path)):
            yield from _padded(table, column, range(_POSTAL_WIDTH - 1, _POSTAL_WIDTH), "")
        elif width:
            yield from _padded(table, column, range(1, width), ", comme ceux des communes")


def is_postal(label: str) -> bool:
    """Say whether a label announces postal codes.

    Examples
    --------
    >>> is_postal("Code postal"), is_postal("CP"), is_postal("Code commune")
    (True, True, False)
    """
    return _POSTAL.search(normalise(label)) is not None


def _padded(table: Table, column: Column, lengths: range, why: str) -> Iterator[Padding]:
    """Codes of a column of the given lengths, with zeros up to the length that follows."""
    texts = table.column(column.index).texts
    too_short = {text for text in set(texts) if text.isdigit() and len(text) in lengths}
    if too_short:
        lines = zip(table.body_rows, texts, strict=True)
        short = {(row, column.index): text for row, text in lines if text in too_short}
        repaired = {place: text.zfill(lengths.stop) for place, text in short.items()}
        place, text = next(iter(short.items()))
        count = plural(len(short), "code a perdu ses zéros", "codes ont perdu leurs zéros")
        message = f"{count} dans la colonne « {column.label} »{why} : « {text} » est relu {repaired[place]}."
        yield Padding(repaired, message)


def _variable(path: tuple[str, ...]) -> str:
    """Name of an INSEE variable without its year: « uu » for UU2020."""
    words = normalise(path[-1]).split() if path else []
    return words[0].rstrip("0123456789") if len(words) == 1 else ""
