"""Conditional formats of an .xlsb sheet that hide a number, and the looks that they give.

Records BrtBeginConditionalFormatting and BrtBeginCFRule of the sheet, BrtDXF of the styles ([MS-XLSB] 2.4).
"""

import re
import struct
from collections.abc import Callable, Iterable, Iterator, Sequence

from sdsf_analysis.reading.sheet import Range
from sdsf_analysis.reading.workbooks.biffrules import OPERATORS, written_number
from sdsf_analysis.reading.workbooks.colours import WHITE
from sdsf_analysis.reading.workbooks.conditional import Rule, condition
from sdsf_analysis.reading.workbooks.formats import may_hide
from sdsf_analysis.reading.workbooks.marks import INVISIBLE

RANGES, RULE, LOOK = 461, 463, 507
_BACKGROUND, _INK, _CODE = 2, 5, 38
_HEAD, _PART_HEAD = 6, 4
_COMPARISON, _NO_TEXT = 1, 0xFFFFFFFF
_SIZES_AT, _TEXT_AT = 30, 42
# ISNA, ISERROR, ISERR, ISTEXT or ISBLANK of the cell itself
_HARMLESS = re.compile(rb"[\x2C\x4C\x6C]\0{5}\xC0[\x21\x41\x61][\x02\x03\x7E\x7F\x81]\0", re.DOTALL)


def hiding_code(look: bytes, colour: Callable[[bytes], str]) -> str:
    """Number format that a look amounts to, empty where it hides nothing.

    Parameters
    ----------
    look : bytes
        Body of its record.
    colour : callable
        Reads a colour.
    """
    parts = dict(_parts(look))
    code = parts.get(_CODE, b"")[2:].decode("utf-16-le", "replace")
    if code and may_hide(code):
        return code
    ink, background = (colour(parts[kind]) if kind in parts else "" for kind in (_INK, _BACKGROUND))
    return INVISIBLE if ink and ink == (background or WHITE) else ""


def binary_rules(records: Iterable[tuple[int, bytes]], codes: Sequence[str]) -> Iterator[Rule]:
    """Rules of a sheet that hide; one that cannot be read hides all.

    Parameters
    ----------
    records : iterable of tuple
        Records of the sheet, each a kind and a body.
    codes : sequence of str
        What each look of the workbook amounts to, by `hiding_code`.
    """
    ranges: list[Range] = []
    for kind, body in records:
        if kind == RANGES:
            ranges = list(_ranges(body))
        elif kind == RULE:
            try:
                yield from _rule(ranges, body, codes)
            except (struct.error, IndexError):
                yield Rule(ranges, INVISIBLE, lambda value: True)


def _rule(ranges: list[Range], body: bytes, codes: Sequence[str]) -> Iterator[Rule]:
    kind, _, look, _, operator = struct.unpack_from("<5i", body)
    # a bar or a scale of colours has no look of its own
    if code := codes[look] if look >= 0 else "":
        formulas = _formulas(body)
        if not (formulas and _HARMLESS.fullmatch(formulas[0])):
            is_known = kind == _COMPARISON and 0 <= operator < len(OPERATORS)
            yield Rule(
                ranges,
                code,
                condition(OPERATORS[operator] if is_known else "", list(map(written_number, formulas))),
            )


def _parts(look: bytes) -> Iterator[tuple[int, bytes]]:
    """Parts of a look: each a kind, a size that counts both, and what it says."""
    at = _HEAD
    while at + _PART_HEAD <= len(look):
        kind, size = struct.unpack_from("<HH", look, at)
        yield kind, look[at + _PART_HEAD : at + size]
        at += max(size, _PART_HEAD)


def _ranges(body: bytes) -> Iterator[Range]:
    (count,) = struct.unpack_from("<I", body, 8)
    for top, bottom, left, right in struct.iter_unpack("<4I", body[12 : 12 + 16 * count]):
        yield Range(top + 1, left + 1, bottom + 1, right + 1)


def _formulas(body: bytes) -> list[bytes]:
    """Formulas of a rule, after the text that it looks for; each says its own size."""
    (length,) = struct.unpack_from("<I", body, _TEXT_AT)
    at, found = _TEXT_AT + 4 + (0 if length == _NO_TEXT else 2 * length), []
    for size in struct.unpack_from("<3I", body, _SIZES_AT):
        if size:
            (own,) = struct.unpack_from("<I", body, at)
            found.append(body[at + 4 : at + 4 + own])
        at += size
    return found
