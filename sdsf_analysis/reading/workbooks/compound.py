"""The compound file that holds an .xls workbook, read sector by sector within its own bounds."""

import struct
from collections.abc import Iterator

from sdsf_analysis.errors import ReadingError

_END = 0xFFFFFFFA
_SECTOR_POWERS = (9, 12)


def workbook_stream(content: bytes) -> bytes:
    """Stream of the workbook inside its compound file.

    Raises
    ------
    ReadingError
        If the compound file holds no workbook, or one that is encrypted.
    """
    size = _sector_size(content)
    fat = _allocation(content, size)
    entries = _entries(content, fat, size)
    if any(_name(entry) == "encryptedpackage" for entry in entries):
        raise ReadingError("file_password", "Le classeur est protégé par un mot de passe.")
    for entry in entries:
        if _name(entry) in ("workbook", "book"):
            first, length = struct.unpack_from("<II", entry, 0x74)
            if length >= struct.unpack_from("<I", content, 0x38)[0]:
                return _chain(content, first, fat, size)[:length]
            return _small(content, entries[0], fat, size, first)[:length]
    raise ReadingError("file_unreadable", "Ce fichier .xls ne contient pas de classeur.")


def entry_names(content: bytes) -> list[str]:
    """Names of the streams and folders of a compound file, in lower case."""
    size = _sector_size(content)
    return [_name(entry) for entry in _entries(content, _allocation(content, size), size)]


def _sector_size(content: bytes) -> int:
    (power,) = struct.unpack_from("<H", content, 0x1E)
    if power not in _SECTOR_POWERS:
        raise struct.error
    return 512 if power == _SECTOR_POWERS[0] else 4096


def _entries(content: bytes, fat: list[int], size: int) -> list[bytes]:
    directory = _chain(content, struct.unpack_from("<I", content, 0x30)[0], fat, size)
    return [directory[at : at + 128] for at in range(0, len(directory) - 127, 128)]


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
    most = len(content) // size
    sectors = [s for s in struct.unpack_from("<109I", content, 0x4C) if s < _END]
    following, count = struct.unpack_from("<II", content, 0x44)
    for _ in range(min(count, most)):
        if following >= _END:
            break
        *more, following = struct.unpack_from(f"<{size // 4}I", content, (following + 1) * size)
        sectors += [s for s in more if s < _END]
    # A table cannot have more sectors than the file; a forged one may name the same again and again
    entries: list[int] = []
    for sector in sectors[: most + 1]:
        entries += struct.unpack_from(f"<{size // 4}I", content, (sector + 1) * size)
    return entries


def _chain(content: bytes, first: int, fat: list[int], size: int) -> bytes:
    return b"".join(content[(s + 1) * size : (s + 2) * size] for s in _sectors(first, fat))


def _sectors(first: int, fat: list[int]) -> Iterator[int]:
    """Sectors of a stream, none twice."""
    sector, seen = first, set[int]()
    while sector < _END and sector not in seen:
        seen.add(sector)
        yield sector
        sector = fat[sector]
