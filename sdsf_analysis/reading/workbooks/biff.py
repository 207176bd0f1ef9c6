"""The records of an .xls workbook (BIFF 5 and 8), for what calamine leaves out: formats, errors, looks."""

import struct
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from sdsf_analysis.errors import ReadingError
from sdsf_analysis.reading.sheet import Cell, Marks, address
from sdsf_analysis.reading.workbooks.biffrules import record_rules
from sdsf_analysis.reading.workbooks.colours import PALETTE, indexed
from sdsf_analysis.reading.workbooks.compound import workbook_stream
from sdsf_analysis.reading.workbooks.conditional import hidden_by
from sdsf_analysis.reading.workbooks.marks import CellStyle, Look, Styles, find_marks, styles_of

_BOF, _EOF, _FILEPASS, _BOUNDSHEET, _NAME, _PALETTE = 0x809, 0x0A, 0x2F, 0x85, 0x18, 0x92
_FONT, _FORMAT, _XF = 0x31, 0x41E, 0xE0
_ROW, _COLUMNS, _FILTER_MODE = 0x208, 0x7D, 0x9B
_FORMULA, _BOOLERR, _MULRK = 0x06, 0x205, 0xBD
_ONE_CELL = (0x203, 0x27E, 0xFD, 0x204, 0xD6)  # NUMBER, RK, LABELSST, LABEL, RSTRING
ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!",
          0x2A: "#N/A"}  # fmt: skip
_BIFF8 = 0x600
_STRUCK, _HIDDEN_ROW, _HIDDEN_COLUMN, _BUILT_IN = 0x08, 0x20, 0x01, 0x20
# A long comment of Excel 5 goes on in records of no row.
_NOTE, _CONTINUED = 0x1C, 0xFFFF
_FILTER_DATABASE, _AREA = 0x0D, 0x3B
_SOLID = 1
# No font has the number 4: the numbers of the following ones are one too high.
_MISSING_FONT = 4


class _Record(NamedTuple):
    kind: int
    body: bytes


class Records:
    """Records of an .xls workbook.

    Parameters
    ----------
    content : bytes
        The whole file.

    Raises
    ------
    ReadingError
        If the workbook is protected, or not one of Excel 5 to 2003.
    """

    def __init__(self, content: bytes) -> None:
        try:
            self._stream = workbook_stream(content)
            globals_ = list(_records(self._stream, 0))
            self._starts = [struct.unpack_from("<I", r.body)[0] for r in globals_ if r.kind == _BOUNDSHEET]
            self._codes = _formats(globals_)
            self._palette = next((_own_palette(r.body) for r in globals_ if r.kind == _PALETTE), PALETTE)
            self._styles = _read_styles(globals_, self._codes, self._palette)
            self._filters = dict(_filter_range(r.body) for r in globals_ if _is_filter_name(r))
        except (struct.error, IndexError, UnicodeDecodeError):
            raise _damaged() from None
        if any(record.kind == _FILEPASS for record in globals_):
            raise ReadingError("file_password", "Le classeur est protégé par un mot de passe.")

    def marks(self, position: int, rows: list[list[Cell]]) -> Marks:
        """Marks of a sheet, by its position in the workbook."""
        try:
            records = list(_records(self._stream, self._starts[position]))
            marks = find_marks((look for record in records for look in _looks(record)), rows, self._styles)
            is_filtered = any(record.kind == _FILTER_MODE for record in records)
            rules = record_rules(records, self._codes, self._palette)
            return replace(
                marks,
                masked=marks.masked | hidden_by(rules, rows),
                hidden_rows=frozenset(row for row in _hidden_rows(records) if row <= len(rows)),
                hidden_columns=frozenset(_hidden_columns(records, max(map(len, rows), default=0))),
                filter=self._filters.get(position + 1, "") if is_filtered else "",
            )
        except (struct.error, IndexError):
            raise _damaged() from None


def comments_of_records(content: bytes) -> int:
    """Count the comments of an .xls workbook.

    Raises
    ------
    ReadingError
        If it holds no workbook.
    """
    stream = workbook_stream(content)
    count = position = 0
    while position + 6 <= len(stream):
        kind, size, row = struct.unpack_from("<HHH", stream, position)
        count += kind == _NOTE and row != _CONTINUED
        position += 4 + size
    return count


def _damaged() -> ReadingError:
    return ReadingError("file_unreadable", "Le classeur .xls est abîmé ou incomplet.")


def _is_biff8(records: list[_Record]) -> bool:
    return bool(struct.unpack_from("<H", records[0].body)[0] >= _BIFF8)


def _formats(records: list[_Record]) -> dict[int, str]:
    is_biff8 = _is_biff8(records)
    return dict(_format(r.body, is_biff8=is_biff8) for r in records if r.kind == _FORMAT)


def _read_styles(records: list[_Record], codes: dict[int, str], palette: tuple[str, ...]) -> Styles:
    is_biff8 = _is_biff8(records)
    fonts = [struct.unpack_from("<2xHH", r.body) for r in records if r.kind == _FONT]
    styles = (_cell_style(r.body, fonts, palette, is_biff8=is_biff8) for r in records if r.kind == _XF)
    return styles_of(styles, codes)


def _cell_style(
    body: bytes, fonts: list[tuple[int, ...]], palette: tuple[str, ...], *, is_biff8: bool
) -> CellStyle:
    font, number_format = struct.unpack_from("<HH", body)
    flags, ink = fonts[font - (font > _MISSING_FONT)] if font <= len(fonts) else (0, 0x7FFF)
    if is_biff8:
        pattern, colours = struct.unpack_from("<IH", body, 14)
        pattern >>= 26
    else:
        (colours,) = struct.unpack_from("<I", body, 8)
        pattern = colours >> 16 & 0x3F
    background = indexed(colours & 0x7F, palette) if pattern == _SOLID else ""
    return CellStyle(number_format, bool(flags & _STRUCK), indexed(ink, palette), background)


def _own_palette(body: bytes) -> tuple[str, ...]:
    (count,) = struct.unpack_from("<H", body)
    own = (f"#{body[at : at + 3].hex().upper()}" for at in range(2, 2 + 4 * count, 4))
    return (*PALETTE[:8], *own)


def _format(body: bytes, *, is_biff8: bool) -> tuple[int, str]:
    number = struct.unpack_from("<H", body)[0]
    if not is_biff8:
        return number, body[3 : 3 + body[2]].decode("cp1252", "replace")
    length, is_wide = struct.unpack_from("<HB", body, 2)
    if is_wide & 1:
        return number, body[5 : 5 + 2 * length].decode("utf-16-le")
    return number, body[5 : 5 + length].decode("latin-1")


def _is_filter_name(record: _Record) -> bool:
    body = record.body
    return record.kind == _NAME and body[0] & _BUILT_IN > 0 and body[14:16] == bytes([0, _FILTER_DATABASE])


def _filter_range(body: bytes) -> tuple[int, str]:
    """Sheet (from 1) and range of a filter."""
    (sheet,) = struct.unpack_from("<H", body, 8)
    if len(body) < 27 or body[16] != _AREA:
        return sheet, ""
    top, bottom, left, right = struct.unpack_from("<4H", body, 19)
    return sheet, f"{address(top + 1, left + 1)}:{address(bottom + 1, right + 1)}"


def _hidden_rows(records: list[_Record]) -> Iterator[int]:
    for record in records:
        if record.kind == _ROW and record.body[12] & _HIDDEN_ROW:
            yield struct.unpack_from("<H", record.body)[0] + 1


def _hidden_columns(records: list[_Record], width: int) -> Iterator[int]:
    for record in records:
        if record.kind == _COLUMNS and record.body[8] & _HIDDEN_COLUMN:
            first, last = struct.unpack_from("<HH", record.body)
            yield from range(first + 1, min(last + 1, width) + 1)


def _looks(record: _Record) -> Iterator[Look]:
    if record.kind in (*_ONE_CELL, _FORMULA, _BOOLERR):
        row, column, style = struct.unpack_from("<HHH", record.body)
        yield Look((row + 1, column + 1), style, _error(record))
    elif record.kind == _MULRK:
        row, first = struct.unpack_from("<HH", record.body)
        for offset in range((len(record.body) - 6) // 6):
            (style,) = struct.unpack_from("<H", record.body, 4 + 6 * offset)
            yield Look((row + 1, first + 1 + offset), style)


def _error(record: _Record) -> str:
    body = record.body
    if record.kind == _BOOLERR and body[7]:
        return ERRORS.get(body[6], "#N/A")
    if record.kind == _FORMULA and body[12:14] == b"\xff\xff" and body[6] == 2:
        return ERRORS.get(body[8], "#N/A")
    return ""


def _records(stream: bytes, start: int) -> Iterator[_Record]:
    """Records of one substream; those of a chart inside it are passed over."""
    position, depth = start, 0
    while position + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, position)
        depth += (kind == _BOF) - (kind == _EOF)
        if depth == 1:
            yield _Record(kind, stream[position + 4 : position + 4 + size])
        elif depth == 0:
            return
        position += 4 + size
