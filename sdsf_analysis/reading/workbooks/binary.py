"""The records of an .xlsb workbook (BIFF 12), for what calamine leaves out: formats, errors, looks."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple
from zipfile import ZipFile

from sdsf_analysis.errors import ReadingError
from sdsf_analysis.reading.sheet import Cell, Marks, Range, address, check_size
from sdsf_analysis.reading.workbooks.biff import ERRORS
from sdsf_analysis.reading.workbooks.binaryrules import LOOK, RANGES, RULE, binary_rules, hiding_code
from sdsf_analysis.reading.workbooks.colours import indexed, tinted
from sdsf_analysis.reading.workbooks.conditional import hidden_by
from sdsf_analysis.reading.workbooks.marks import CellStyle, Look, Styles, find_marks, styles_of
from sdsf_analysis.reading.workbooks.markup import related
from sdsf_analysis.reading.workbooks.styles import theme_colours

_ROW, _BLANK, _ERROR, _FORMULA_ERROR, _LAST_CELL = 0, 1, 3, 11, 11
_FONT, _FORMAT, _FILL, _XF = 43, 44, 45, 47
_COLUMNS, _SHEET, _FILTER, _FILTER_COLUMN, _MERGED = 60, 156, 161, 163, 176
_KEPT = (_ROW, _COLUMNS, _FILTER, _FILTER_COLUMN, _MERGED, RANGES, RULE)
_BEGIN_STYLES, _END_STYLES = 617, 618
_COMMENT = 635
_STRUCK, _HIDDEN_ROW, _HIDDEN_COLUMN, _SOLID = 0x08, 0x10, 0x01, 1
_INDEXED, _RGB, _THEME = 1, 2, 3
_LONG = 0x80
_TINT = 32767


class _Record(NamedTuple):
    kind: int
    body: bytes


@dataclass(frozen=True)
class _Sheet:
    """One sheet: its cells worth a look, and the records that are no cells."""

    looks: list[Look]
    records: list[_Record]


class BinaryParts:
    """Binary parts of an .xlsb archive.

    Parameters
    ----------
    archive : zipfile.ZipFile
        The open archive.

    Raises
    ------
    ReadingError
        If a part is damaged, or a sheet cannot be held in memory.
    """

    def __init__(self, archive: ZipFile) -> None:
        self._styles, self._looks = _read_styles(archive)
        wanted = self._styles.looked_at | self._styles.percents
        self._sheets = {
            name: _read_sheet(archive.read(part), name, wanted)
            for name, part in _sheet_parts(archive).items()
        }

    def marks(self, name: str, rows: list[list[Cell]]) -> Marks:
        """Marks of a sheet."""
        sheet = self._sheets[name]
        width = max(map(len, rows), default=0)
        hidden = frozenset(row for row in _hidden_rows(sheet.records) if row <= len(rows))
        marks = find_marks(sheet.looks, rows, self._styles)
        return replace(
            marks,
            masked=marks.masked | hidden_by(binary_rules(sheet.records, self._looks), rows),
            hidden_rows=hidden,
            hidden_columns=frozenset(_hidden_columns(sheet.records, width)),
            filter=_filter(sheet.records) if hidden else "",
        )

    def merged(self, name: str) -> tuple[Range, ...]:
        """Merged ranges of a sheet."""
        return tuple(_range(record.body) for record in self._sheets[name].records if record.kind == _MERGED)


def comments_of_part(part: bytes) -> int:
    """Count the comments of a part of an .xlsb workbook.

    Raises
    ------
    ReadingError
        If the part is damaged.
    """
    return sum(record.kind == _COMMENT for record in _records(part))


def _read_sheet(stream: bytes, name: str, wanted: frozenset[int]) -> _Sheet:
    """Read a sheet and check its extent."""
    sheet = _Sheet([], [])
    row = bottom = right = filled = 0
    for record in _records(stream):
        if record.kind == _ROW:
            row = struct.unpack_from("<I", record.body)[0] + 1
        if _BLANK < record.kind <= _LAST_CELL:
            look = _look(row, record)
            filled, bottom, right = filled + 1, max(bottom, row), max(right, look.place[1])
            if look.error or look.style in wanted:
                sheet.looks.append(look)
        elif record.kind in _KEPT:
            sheet.records.append(record)
    check_size(bottom, right, name, filled)
    return sheet


def _records(stream: bytes) -> Iterator[_Record]:
    """Records of a part: a number of one or two bytes, a size of one to four, the body."""
    position = 0
    try:
        while position < len(stream):
            kind, position = _packed(stream, position, 2)
            size, position = _packed(stream, position, 4)
            body = stream[position : position + size]
            if len(body) < size:
                raise IndexError
            yield _Record(kind, body)
            position += size
    except IndexError:
        raise ReadingError("file_unreadable", "Le classeur .xlsb est abîmé ou incomplet.") from None


def _packed(stream: bytes, position: int, most: int) -> tuple[int, int]:
    """Number written by groups of seven bits, and the place after it.

    Examples
    --------
    >>> _packed(bytes([0xE9, 0x04]), 0, 2)
    (617, 2)
    """
    number = 0
    for step in range(most):
        byte = stream[position + step]
        number |= (byte & ~_LONG) << 7 * step
        if byte < _LONG:
            return number, position + step + 1
    return number, position + most


def _sheet_parts(archive: ZipFile) -> dict[str, str]:
    targets = related(archive, "xl/workbook.bin")
    names = {}
    for record in _records(archive.read("xl/workbook.bin")):
        if record.kind == _SHEET:
            key, after = _text(record.body, 8)
            name, _ = _text(record.body, after)
            if key in targets:
                names[name] = targets[key]
    return names


def _text(body: bytes, at: int) -> tuple[str, int]:
    (length,) = struct.unpack_from("<I", body, at)
    after = at + 4 + 2 * length
    return body[at + 4 : after].decode("utf-16-le"), after


def _read_styles(archive: ZipFile) -> tuple[Styles, list[str]]:
    """Styles of the cells, and what each look of conditional formats amounts to."""
    if "xl/styles.bin" not in archive.namelist():
        return styles_of([], {}), []
    records = list(_records(archive.read("xl/styles.bin")))
    theme = theme_colours(archive)
    codes = dict(_format(r.body) for r in records if r.kind == _FORMAT)
    fonts = [_font(r.body, theme) for r in records if r.kind == _FONT]
    fills = [_background(r.body, theme) for r in records if r.kind == _FILL]
    looks = [hiding_code(r.body, partial(_colour, theme=theme)) for r in records if r.kind == LOOK]
    return styles_of((_cell_style(body, fonts, fills) for body in _cell_styles(records)), codes), looks


def _cell_styles(records: list[_Record]) -> Iterator[bytes]:
    """Styles of the cells; those that other styles are made of are written alike before them."""
    is_inside = False
    for record in records:
        is_inside = (is_inside or record.kind == _BEGIN_STYLES) and record.kind != _END_STYLES
        if is_inside and record.kind == _XF:
            yield record.body


def _cell_style(body: bytes, fonts: list[tuple[bool, str]], fills: list[str]) -> CellStyle:
    number_format, font, fill = struct.unpack_from("<2xHHH", body)
    is_struck, ink = fonts[font] if font < len(fonts) else (False, "")
    return CellStyle(number_format, is_struck, ink, fills[fill] if fill < len(fills) else "")


def _format(body: bytes) -> tuple[int, str]:
    return struct.unpack_from("<H", body)[0], _text(body, 2)[0]


def _font(body: bytes, theme: tuple[str, ...]) -> tuple[bool, str]:
    return bool(body[2] & _STRUCK), _colour(body[12:20], theme)


def _background(body: bytes, theme: tuple[str, ...]) -> str:
    return _colour(body[4:12], theme) if struct.unpack_from("<I", body)[0] == _SOLID else ""


def _colour(body: bytes, theme: tuple[str, ...]) -> str:
    kind, number, tint = struct.unpack_from("<BBh", body)
    kind >>= 1
    colour = ""
    if kind == _INDEXED:
        colour = indexed(number)
    elif kind == _RGB:
        colour = f"#{body[4:7].hex().upper()}"
    elif kind == _THEME and number < len(theme):
        colour = theme[number]
    return tinted(colour, tint / _TINT)


def _look(row: int, record: _Record) -> Look:
    (column,) = struct.unpack_from("<I", record.body)
    return Look((row, column + 1), int.from_bytes(record.body[4:7], "little"), _error(record))


def _error(record: _Record) -> str:
    return ERRORS.get(record.body[8], "#N/A") if record.kind in (_ERROR, _FORMULA_ERROR) else ""


def _hidden_rows(records: list[_Record]) -> Iterator[int]:
    for record in records:
        if record.kind == _ROW and record.body[11] & _HIDDEN_ROW:
            yield struct.unpack_from("<I", record.body)[0] + 1


def _hidden_columns(records: list[_Record], width: int) -> Iterator[int]:
    for record in records:
        if record.kind == _COLUMNS:
            first, last, flags = struct.unpack_from("<II8xH", record.body)
            yield from range(first + 1, min(last + 1, width) + 1) if flags & _HIDDEN_COLUMN else ()


def _filter(records: list[_Record]) -> str:
    """Range of a filter that has a criterion."""
    ranges = [_range(record.body) for record in records if record.kind == _FILTER]
    if not ranges or not any(record.kind == _FILTER_COLUMN for record in records):
        return ""
    top, left, bottom, right = ranges[0]
    return f"{address(top, left)}:{address(bottom, right)}"


def _range(body: bytes) -> Range:
    top, bottom, left, right = struct.unpack_from("<4I", body)
    return Range(top + 1, left + 1, bottom + 1, right + 1)
