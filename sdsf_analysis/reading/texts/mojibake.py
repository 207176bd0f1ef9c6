"""Accents written twice: UTF-8 that a program read in another encoding, then saved (« MÃ©ziÃ¨res »)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from sdsf_analysis.reading.sheet import Cell, Place

_WRONG = ("cp1252", "mac_roman", "cp850")
_LETTERS = "àâäçéèêëîïôöùûüÿœæñÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆ«»°’‘“”€–—…²³·\u00a0\u202f"
# What a first misreading shows before the rest of a letter: misread again where accents were doubled twice.
_LEADS = "ÃÅ√¬≈‚├┬┼"
_MAX_TIMES = 3
_LOST = "\ufffd"


@dataclass(frozen=True)
class Mended:
    """Rows whose doubled accents were undone.

    Attributes
    ----------
    rows : list of list
        The same rows, changed only where `repaired` says so.
    repaired : dict
        Place → text found, text repaired.
    left : dict
        Place → text whose accents cannot be found again; where one is doubled, nothing is repaired.
    """

    rows: list[list[Cell]]
    repaired: dict[Place, tuple[str, str]] = field(default_factory=dict)
    left: dict[Place, str] = field(default_factory=dict)


def _garble(letter: str, encoding: str) -> str:
    """What a program shows of a UTF-8 letter when it reads it in another encoding, as Windows does."""
    return "".join(_shown(byte, encoding) for byte in letter.encode("utf-8"))


def _shown(byte: int, encoding: str) -> str:
    try:
        return bytes([byte]).decode(encoding)
    except UnicodeDecodeError:
        return chr(byte)


def _signs() -> re.Pattern[str]:
    by_lead: dict[str, set[str]] = {}
    for garbled in (_garble(letter, encoding) for letter in _LETTERS + _LEADS for encoding in _WRONG):
        by_lead.setdefault(garbled[0], set()).add(re.escape(garbled[1:]))
    leads = (f"{re.escape(lead)}(?:{'|'.join(sorted(rests))})" for lead, rests in by_lead.items())
    return re.compile(f"{_LOST}|{'|'.join(leads)}")


_SIGNS = _signs()
_BYTES = {encoding: {_shown(byte, encoding): byte for byte in range(256)} for encoding in _WRONG}


def are_garbled(texts: Iterable[str]) -> bool:
    """Say whether some of many texts bear the sign of a wrong reading; nearly no file does.

    Examples
    --------
    >>> are_garbled(["Commune", "Mézières"]), are_garbled(["MÃ©ziÃ¨res"])
    (False, True)
    """
    return _SIGNS.search("\n".join(text for text in texts if not text.isascii())) is not None


def mend_rows(rows: list[list[Cell]]) -> Mended:
    """Undo doubled accents, if all the cells that bear them can be undone.

    Parameters
    ----------
    rows : list of list
        Cells from A1; those that are no text are left alone.

    Examples
    --------
    >>> mended = mend_rows([["Commune"], ["MÃ©ziÃ¨res"]])
    >>> mended.rows, mended.repaired
    ([['Commune'], ['Mézières']], {(2, 1): ('MÃ©ziÃ¨res', 'Mézières')})
    """
    found = {place: text for row, cells in enumerate(rows, 1) for place, text in _garbled(row, cells)}
    undone = {place: undo(text) for place, text in found.items() if _LOST not in text}
    left = {place: text for place, text in found.items() if undone.get(place) is None}
    if any(_LOST not in text for text in left.values()):
        return Mended(rows, left=left)
    repaired = {place: (found[place], text) for place, text in undone.items() if text is not None}
    changed = {row: list(rows[row - 1]) for row, _ in repaired}
    for (row, column), (_, text) in repaired.items():
        changed[row][column - 1] = text
    return Mended([changed.get(row, cells) for row, cells in enumerate(rows, 1)], repaired, left)


def _garbled(row: int, cells: list[Cell]) -> list[tuple[Place, str]]:
    """Cells of a row that bear the sign of a wrong reading; most rows are plain and told at once."""
    joined = "\n".join([cell for cell in cells if isinstance(cell, str)])
    if joined.isascii() or not _SIGNS.search(joined):
        return []
    return [
        ((row, column), cell)
        for column, cell in enumerate(cells, 1)
        if isinstance(cell, str) and _SIGNS.search(cell)
    ]


def undo(text: str) -> str | None:
    """Read a text again in UTF-8, as many times as it was misread; None if it does not reverse.

    Examples
    --------
    >>> undo("CrÃƒÂ¨che"), undo("Crèche Ã©toile")
    ('Crèche', None)
    """
    for _ in range(_MAX_TIMES):
        readings = [reading for encoding in _WRONG if (reading := _reverse(text, encoding)) is not None]
        if not readings:
            return None
        text = min(readings, key=_foreign)
        if not _SIGNS.search(text):
            return text
    return None


def _foreign(text: str) -> int:
    """Characters that French does not write: two encodings may reverse, one of them into nonsense."""
    return sum(1 if c.isprintable() else 10 for c in text if not c.isascii() and c not in _LETTERS)


def _reverse(text: str, encoding: str) -> str | None:
    known = _BYTES[encoding]
    try:
        return bytes([known[c] for c in text]).decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        return None
