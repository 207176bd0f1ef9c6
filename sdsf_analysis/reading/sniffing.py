"""The true format of a file, by its first bytes; what cannot be opened is refused in one sentence."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from sdsf_analysis.errors import ReadingError
from sdsf_analysis.reading.workbook import MAX_PART_BYTES

MAX_FILE_BYTES = 300_000_000
# What the standard library raises on a damaged archive or on damaged XML.
DAMAGED = (BadZipFile, zlib.error, EOFError, ParseError, OSError, ValueError, LookupError, RuntimeError)
_WEB = (b"<!doctype html", b"<html", b"<table", b"<meta", b"<head", b"<body", b"<?xml", b"<!--")
_WIDE = (b"\xff\xfe", b"\xfe\xff")


def sniff(path: Path) -> str:
    """Tell the true format of a file by its first bytes.

    Raises
    ------
    ReadingError
        If the file cannot be opened, is empty or is larger than 300 MB.

    Returns
    -------
    str
        One of xlsx, xlsb, xls, ods, csv (any text), or docx, pdf, html, zip, binary, which are no tables.
    """
    head = _head(path)
    if head.startswith(b"PK"):
        return _sniff_zip(path)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return "xls"
    if head.startswith(b"%PDF"):
        return "pdf"
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_WEB):
        return "html"
    return "binary" if b"\x00" in head and not head.startswith(_WIDE) else "csv"


@contextmanager
def open_bytes(path: Path) -> Iterator[BufferedReader]:
    """Open a file received, as bytes.

    Raises
    ------
    ReadingError
        If it is locked or cannot be read; the sentence says which.
    """
    try:
        with path.open("rb") as stream:
            yield stream
    except PermissionError:
        raise ReadingError(
            "file_locked", "Le fichier est ouvert dans un autre logiciel ou interdit de lecture."
        ) from None
    except OSError as error:
        raise ReadingError(
            "file_unreadable", f"Le fichier ne peut pas être ouvert ({error.strerror})."
        ) from None


def _head(path: Path) -> bytes:
    with open_bytes(path) as stream:
        size = path.stat().st_size
        head = stream.read(4096)
    if not head.removeprefix(b"\xef\xbb\xbf").strip():
        raise ReadingError("file_empty", f"Le fichier ne contient rien ({size} octets).")
    if size > MAX_FILE_BYTES:
        raise ReadingError(
            "file_too_large", f"Le fichier pèse {size // 1_000_000} Mo ; la limite est de 300 Mo."
        )
    return head


def _sniff_zip(path: Path) -> str:
    with open_archive(path) as archive:
        names = set(archive.namelist())
        try:
            kind = archive.read("mimetype") if "mimetype" in names else b""
        except DAMAGED:
            raise _cut(path) from None
    if "xl/workbook.bin" in names:
        return "xlsb"
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    if any(name.startswith("word/") for name in names) or b"opendocument.text" in kind:
        return "docx"
    return "ods" if "content.xml" in names else "zip"


def open_archive(path: Path) -> ZipFile:
    """Open a compressed workbook.

    Raises
    ------
    ReadingError
        If it is damaged, or one of its parts is larger than 600 MB once unfolded.
    """
    try:
        archive = ZipFile(path)
    except DAMAGED:
        raise _cut(path) from None
    heavy = [info.filename for info in archive.infolist() if info.file_size > MAX_PART_BYTES]
    if heavy:
        archive.close()
        raise ReadingError(
            "file_too_large", f"La partie {heavy[0]} du classeur dépasse 600 Mo une fois dépliée."
        )
    return archive


def _cut(path: Path) -> ReadingError:
    size = path.stat().st_size
    return ReadingError(
        "file_unreadable",
        f"Le classeur est abîmé ou incomplet ({size} octets) : il a sans doute été coupé en route.",
    )
