"""Conditional formats of an .xls sheet that hide a number: records CONDFMT, and the CF that follow each.

Excel 2007 and later add records of their own to the same file, CONDFMT12 and CF12 ([MS-XLS] 2.4.57, 2.4.43).
"""

import re
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sdsf_analysis.reading.sheet import Range
from sdsf_analysis.reading.workbooks.colours import WHITE, indexed
from sdsf_analysis.reading.workbooks.conditional import Rule, condition
from sdsf_analysis.reading.workbooks.formats import may_hide
from sdsf_analysis.reading.workbooks.marks import INVISIBLE

_RANGES, _RULE = 0x1B0, 0x1B1
_LATER_RANGES, _LATER_RULE, _EXTENSION = 0x879, 0x87A, 0x87B
# A later record begins with its kind and the rectangle that it lies in.
_HEAD, _RECTANGLE_AT = 12, 4
_COMPARISON = 1
OPERATORS = (
    "",
    "between",
    "notBetween",
    "equal",
    "notEqual",
    "greaterThan",
    "lessThan",
    "greaterThanOrEqual",
    "lessThanOrEqual",
)
_FORMAT, _FONT, _ALIGNMENT, _BORDER, _PATTERN = (1 << bit for bit in range(25, 30))
_OWN_FORMAT = 1
_FONT_BYTES, _INK_AT, _BLOCK_BYTES = 118, 80, 8
# ISNA, ISERROR, ISERR, ISTEXT or ISBLANK of the cell itself
_HARMLESS = re.compile(rb"[\x2C\x4C\x6C]\0\0\0\xC0[\x21\x41\x61][\x02\x03\x7E\x7F\x81]\0", re.DOTALL)
_WHOLE, _DECIMAL = 0x1E, 0x1F


def record_rules(
    records: Iterable[tuple[int, bytes]], codes: Mapping[int, str], palette: Sequence[str]
) -> Iterator[Rule]:
    """Rules of a sheet that hide.

    Parameters
    ----------
    records : iterable of tuple
        Records of the sheet, each a kind and a body.
    codes : mapping of int to str
        Number formats of the workbook, by number.
    palette : sequence of str
        Its colours.
    """
    ranges: list[Range] = []
    by_number: dict[int, list[Range]] = {}
    for kind, body in records:
        if kind in (_RANGES, _LATER_RANGES):
            own = body if kind == _RANGES else body[_HEAD:]
            by_number[_number_of(own)] = ranges = list(_ranges(own))
        elif kind == _RULE:
            yield from _rule(ranges, body, codes, palette)
        elif kind == _EXTENSION:
            ranges = by_number.get(struct.unpack_from("<H", body, _HEAD + 4)[0], [_rectangle(body)])
        elif kind == _LATER_RULE:
            yield from _later_rule(ranges or [_rectangle(body)], body, codes, palette)


def _rule(
    ranges: list[Range], body: bytes, codes: Mapping[int, str], palette: Sequence[str]
) -> Iterator[Rule]:
    if code := _hiding_code(body, codes, palette):
        formulas = _formulas(body)
        if not _HARMLESS.fullmatch(formulas[0]):
            yield Rule(ranges, code, condition(_operator(body), [written_number(f) for f in formulas if f]))


def _later_rule(
    ranges: list[Range], body: bytes, codes: Mapping[int, str], palette: Sequence[str]
) -> Iterator[Rule]:
    """Rule of Excel 2007: the same look and formulas, otherwise framed; one that cannot be read hides all."""
    try:
        first, second, size = struct.unpack_from("<HHI", body, _HEAD + 2)
        at = _HEAD + 10
        look, after = body[at : at + size], at + (size or 2)
        formulas = body[after : after + first + second]
        if size:
            yield from _rule(ranges, body[_HEAD : _HEAD + 6] + look + formulas, codes, palette)
    except (struct.error, IndexError):
        yield Rule(ranges, INVISIBLE, lambda value: True)


def _number_of(body: bytes) -> int:
    """Number by which a later record names these ranges."""
    return int(struct.unpack_from("<H", body, 2)[0] >> 1)


def _rectangle(body: bytes) -> Range:
    top, bottom, left, right = struct.unpack_from("<4H", body, _RECTANGLE_AT)
    return Range(top + 1, left + 1, bottom + 1, right + 1)


def _ranges(body: bytes) -> Iterator[Range]:
    (count,) = struct.unpack_from("<H", body, 12)
    for position in range(count):
        top, bottom, left, right = struct.unpack_from("<4H", body, 14 + 8 * position)
        yield Range(top + 1, left + 1, bottom + 1, right + 1)


def _operator(body: bytes) -> str:
    is_known = body[0] == _COMPARISON and body[1] < len(OPERATORS)
    return OPERATORS[body[1]] if is_known else ""


def _formulas(body: bytes) -> list[bytes]:
    first, second = struct.unpack_from("<HH", body, 2)
    start = len(body) - first - second
    return [body[start : start + first], body[start + first :]]


def _hiding_code(body: bytes, codes: Mapping[int, str], palette: Sequence[str]) -> str:
    """Number format that the look of a rule amounts to, empty where it hides nothing."""
    flags, more = struct.unpack_from("<IH", body, 6)
    at, code, ink, background = 12, "", "", ""
    if flags & _FORMAT and more & _OWN_FORMAT:
        size, code = _own_format(body, at)
        at += size
    elif flags & _FORMAT:
        code, at = codes.get(body[at + 1], ""), at + 2
    if flags & _FONT:
        ink, at = indexed(struct.unpack_from("<i", body, at + _INK_AT)[0], palette), at + _FONT_BYTES
    at += _BLOCK_BYTES * (bool(flags & _ALIGNMENT) + bool(flags & _BORDER))
    if flags & _PATTERN:
        background = indexed(struct.unpack_from("<H", body, at + 2)[0] >> 7 & 0x7F, palette)
    if code and may_hide(code):
        return code
    return INVISIBLE if ink and ink == (background or WHITE) else ""


def _own_format(body: bytes, at: int) -> tuple[int, str]:
    size, length, is_wide = struct.unpack_from("<HHB", body, at)
    text = body[at + 5 : at + size].decode("utf-16-le" if is_wide & 1 else "latin-1", "replace")
    return size, text[:length]


def written_number(formula: bytes) -> str:
    """Number that a formula writes, empty where it has to be worked out.

    Examples
    --------
    >>> written_number(bytes([0x1E, 5, 0])), written_number(bytes([0x44, 1, 0, 0, 0]))
    ('5', '')
    """
    if len(formula) == 3 and formula[0] == _WHOLE:
        return str(struct.unpack_from("<H", formula, 1)[0])
    if len(formula) == 9 and formula[0] == _DECIMAL:
        return f"{struct.unpack_from('<d', formula, 1)[0]:f}"
    return ""
