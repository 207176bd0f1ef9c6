"""The records of an .xls workbook (BIFF 5 and 8), for what calamine leaves out: formats and errors."""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from sdsf_analysis.errors import ReadingError
from sdsf_analysis.reading.marks import Look, Styles, find_marks, styles_of
from sdsf_analysis.reading.sheet import Cell, Marks

_BOF, _EOF, _FILEPASS, _BOUNDSHEET, _FORMAT, _XF = 0x809, 0x0A, 0x2F, 0x85, 0x41E, 0xE0
_FORMULA, _BOOLERR, _MULRK = 0x06, 0x205, 0xBD
_ONE_CELL = (0x203, 0x27E, 0xFD, 0x204, 0xD6)  # NUMBER, RK, LABELSST, LABEL, RSTRING
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!",
           0x2A: "#N/A"}  # fmt: skip
_BIFF8 = 0x600
_END = 0xFFFFFFFA


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
            self._styles = _read_styles(globals_)
        except (struct.error, IndexError, UnicodeDecodeError):
            raise _damaged() from None
        if any(record.kind == _FILEPASS for record in globals_):
            raise _protected()

    def marks(self, position: int, rows: list[list[Cell]]) -> Marks:
        """Marks of a sheet, by its position in the workbook."""
        try:
            records = _records(self._stream, self._starts[position])
            return find_marks((look for record in records for look in _looks(record)), rows, self._styles)
        except (struct.error, IndexError):
            raise _damaged() from None


def _damaged() -> ReadingError:
    return ReadingError("file_unreadable", "Le classeur .xls est abîmé ou incomplet.")


def _protected() -> ReadingError:
    return ReadingError("file_password", "Le classeur est protégé par un mot de passe.")


def _read_styles(records: list[_Record]) -> Styles:
    is_biff8 = struct.unpack_from("<H", records[0].body)[0] >= _BIFF8
    codes = dict(_format(r.body, is_biff8=is_biff8) for r in records if r.kind == _FORMAT)
    return styles_of((struct.unpack_from("<H", r.body, 2)[0] for r in records if r.kind == _XF), codes)


def _format(body: bytes, *, is_biff8: bool) -> tuple[int, str]:
    number = struct.unpack_from("<H", body)[0]
    if not is_biff8:
        return number, body[3 : 3 + body[2]].decode("cp1252", "replace")
    length, is_wide = struct.unpack_from("<HB", body, 2)
    if is_wide & 1:
        return number, body[5 : 5 + 2 * length].decode("utf-16-le")
    return number, body[5 : 5 + length].decode("latin-1")


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
        return _ERRORS.get(body[6], "#N/A")
    if record.kind == _FORMULA and body[12:14] == b"\xff\xff" and body[6] == 2:
        return _ERRORS.get(body[8], "#N/A")
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


def workbook_stream(content: bytes) -> bytes:
    """Stream of the workbook inside its compound file.

    Raises
    ------
    ReadingError
        If the compound file holds no workbook, or one that is encrypted.
    """
    size = 1 << struct.unpack_from("<H", content, 0x1E)[0]
    fat = _allocation(content, size)
    directory = _chain(content, struct.unpack_from("<I", content, 0x30)[0], fat, size)
    entries = [directory[at : at + 128] for at in range(0, len(directory) - 127, 128)]
    if any(_name(entry) == "encryptedpackage" for entry in entries):
        raise _protected()
    for entry in entries:
        if _name(entry) in ("workbook", "book"):
            first, length = struct.unpack_from("<II", entry, 0x74)
            if length >= struct.unpack_from("<I", content, 0x38)[0]:
                return _chain(content, first, fat, size)[:length]
            return _small(content, entries[0], fat, size, first)[:length]
    raise ReadingError("file_unreadable", "Ce fichier .xls ne contient pas de classeur.")


def _name(entry: bytes) -> str:
    return entry[: max(0, struct.unpack_from("<H", entry, 0x40)[0] - 2)].decode("utf-16-le").casefold()


def _small(content: bytes, root: bytes, fat: list[int], size: int, first: int) -> bytes:
    """Read a stream shorter than the cutoff from the small sectors that the root entry holds."""
    holder = _chain(content, struct.unpack_from("<I", root, 0x74)[0], fat, size)
    table = _chain(content, struct.unpack_from("<I", content, 0x3C)[0], fat, size)
    small_fat = list(struct.unpack(f"<{len(table) // 4}I", table[: len(table) // 4 * 4]))
    small = 1 << struct.unpack_from("<H", content, 0x20)[0]
    return b"".join(holder[at * small : (at + 1) * small] for at in _sectors(first, small_fat))


def _allocation(content: bytes, size: int) -> list[int]:
    sectors = [s for s in struct.unpack_from("<109I", content, 0x4C) if s < _END]
    following, count = struct.unpack_from("<II", content, 0x44)
    for _ in range(min(count, len(content) // size)):
        if following >= _END:
            break
        *more, following = struct.unpack_from(f"<{size // 4}I", content, (following + 1) * size)
        sectors += [s for s in more if s < _END]
    entries: list[int] = []
    for sector in sectors:
        entries += struct.unpack_from(f"<{size // 4}I", content, (sector + 1) * size)
    return entries


def _chain(content: bytes, first: int, fat: list[int], size: int) -> bytes:
    return b"".join(content[(s + 1) * size : (s + 2) * size] for s in _sectors(first, fat))


def _sectors(first: int, fat: list[int]) -> Iterator[int]:
    sector, steps = first, 0
    while sector < _END and steps <= len(fat):
        yield sector
        sector, steps = fat[sector], steps + 1
