"""The true format of a file, by its first bytes; what cannot be opened is refused in one sentence."""

import hashlib
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from sdsf_analysis.errors import ReadingError, why
from sdsf_analysis.reading.workbooks.workbook import is_too_large

MAX_FILE_BYTES = 300_000_000
# What the standard library raises on a damaged archive or on damaged XML.
DAMAGED = (
    BadZipFile,
    zlib.error,
    EOFError,
    ParseError,
    OSError,
    ValueError,
    LookupError,
    OverflowError,
    RuntimeError,
)
_WEB = (
    b"<!doctype html",
    b"<html",
    b"<table",
    b"<meta",
    b"<head",
    b"<body",
    b"<?xml",
    b"<!--",
    b"<div",
    b"<style",
)
_HEADS = {
    b"%PDF": "pdf",
    b"{\\rtf": "docx",
    b"MIME-Version:": "mhtml",
    b"\x1f\x8b": "archive",
    b"7z\xbc\xaf": "archive",
    b"Rar!": "archive",
}
_WORD_STREAM = "WordDocument".encode("utf-16-le")
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
        One of xlsx, xlsb, xls, ods, csv (any text), html, zip, or docx, pptx, numbers, pdf, xml, mhtml,
        archive, binary, which are no tables.
    """
    head = _head(path)
    if head.startswith(b"PK"):
        return _sniff_zip(path)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return "docx" if _WORD_STREAM in path.read_bytes() else "xls"
    for start, kind in _HEADS.items():
        if head.startswith(start):
            return kind
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith(_WEB):
        # Excel's own XML of 2003 and the like; a page may begin as XML too
        return "xml" if text.startswith(b"<?xml") and b"<html" not in text else "html"
    return "binary" if b"\x00" in head and not head.startswith(_WIDE) else "csv"


@contextmanager
def open_bytes(path: Path) -> Iterator[BufferedReader]:
    """Open a file received, as bytes.

    Raises
    ------
    ReadingError
        If it is locked or cannot be read; the sentence says which.
    """
    if path.is_dir():
        raise ReadingError("file_missing", f"« {path.name} » est un dossier, pas un fichier.")
    try:
        with path.open("rb") as stream:
            yield stream
    except FileNotFoundError:
        raise ReadingError("file_missing", f"Le fichier « {path} » n'existe pas.") from None
    except PermissionError:
        raise ReadingError(
            "file_locked", "Le fichier est ouvert dans un autre logiciel ou interdit de lecture."
        ) from None
    except OSError as error:
        raise ReadingError("file_unreadable", f"Le fichier ne peut pas être ouvert ({why(error)}).") from None


def _head(path: Path) -> bytes:
    with open_bytes(path) as stream:
        size = path.stat().st_size
        head = stream.read(4096)
    if not head.removeprefix(b"\xef\xbb\xbf").strip():
        raise ReadingError("file_empty", f"Le fichier ne contient rien. {fingerprint(path)}")
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
        except (*DAMAGED, NotImplementedError):
            raise _cut() from None
    if "xl/workbook.bin" in names:
        return "xlsb"
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    if any(name.startswith("word/") for name in names) or b"opendocument.text" in kind:
        return "docx"
    if any(name.startswith("ppt/") for name in names) or b"opendocument.presentation" in kind:
        return "pptx"
    if any(name.endswith(".iwa") for name in names):
        return "numbers"
    return "ods" if "content.xml" in names else "zip"


def open_archive(path: Path) -> ZipFile:
    """Open a compressed workbook, or an archive.

    Raises
    ------
    ReadingError
        If it is damaged, or one of its parts is larger than 600 MB once unfolded.
    """
    try:
        archive = ZipFile(path)
    except (*DAMAGED, NotImplementedError):
        raise _cut() from None
    heavy = [info.filename for info in archive.infolist() if is_too_large(info)]
    if heavy:
        archive.close()
        raise ReadingError(
            "file_too_large", f"La partie {heavy[0]} de l'archive est démesurée une fois dépliée."
        )
    return archive


def _cut() -> ReadingError:
    return ReadingError(
        "file_unreadable",
        "Le fichier est abîmé ou incomplet : il a sans doute été coupé pendant l'envoi ou le téléchargement.",
    )


def fingerprint(path: Path) -> str:
    """Size and SHA-256 of a file in one sentence, to compare it with the sender's own."""
    with open_bytes(path) as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    size = f"{path.stat().st_size:,}".replace(",", "\u202f")
    return f"Taille : {size} octet{'s' * (path.stat().st_size > 1)} ; empreinte SHA-256 : {digest}."
