"""Open any file safely: known by its first bytes, refused with one French sentence, never guessed."""

from pathlib import Path
from typing import cast
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from sdsf_analysis.errors import ReadingError
from sdsf_analysis.model.problems import Problem
from sdsf_analysis.reading.delimited import decode, find_delimiter, read_rows
from sdsf_analysis.reading.sheet import Range, Sheet, SourceFile
from sdsf_analysis.reading.workbook import MAX_PART_BYTES, Parts, check_extent, read_marks

MAX_FILE_BYTES = 300_000_000
_SUFFIXES = {
    "xlsx": {".xlsx", ".xlsm"},
    "xlsb": {".xlsb"},
    "ods": {".ods"},
    "xls": {".xls"},
    "csv": {".csv", ".tsv", ".txt"},
}
_REFUSED = {
    "docx": "C'est un document Word, pas un tableau.",
    "pdf": "C'est un document PDF, pas un tableau.",
    "html": "C'est une page web enregistrée sous un nom de tableau.",
    "zip": "C'est une archive : en extraire les fichiers, puis les déposer.",
    "binary": "Le contenu n'est ni un classeur ni un texte.",
}


def open_file(path: Path, source: str | None = None) -> SourceFile:
    """Open a spreadsheet or a text file as received.

    Parameters
    ----------
    path : pathlib.Path
        File to read.
    source : str, optional
        Name under which problems speak of it; the file's own name by default.

    Returns
    -------
    SourceFile
        Its sheets with true addresses, and what was noticed (disguised format, legacy encoding).

    Raises
    ------
    ReadingError
        If the file is empty, locked, protected, too large, or no table; the sentence says what to do.
    """
    source = source or path.name
    content_format = sniff(path)
    if content_format in _REFUSED:
        raise ReadingError("file_not_a_table", _REFUSED[content_format])
    problems = _disguise(path, source, content_format)
    if content_format == "csv":
        return _open_text(path, source, problems)
    return SourceFile(source, content_format, _open_workbook(path, content_format), problems=problems)


def sniff(path: Path) -> str:
    """Tell the true format of a file by its first bytes.

    Raises
    ------
    ReadingError
        If the file cannot be opened, is empty or is larger than 300 MB.
    """
    head = _head(path)
    if head.startswith(b"PK"):
        return _sniff_zip(path)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return "xls"
    if head.startswith(b"%PDF"):
        return "pdf"
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<meta")):
        return "html"
    return "binary" if b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")) else "csv"


def _head(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            head = stream.read(4096)
    except PermissionError:
        raise ReadingError(
            "file_locked", "Le fichier est ouvert dans un autre logiciel ou interdit de lecture."
        ) from None
    except OSError as error:
        raise ReadingError(
            "file_unreadable", f"Le fichier ne peut pas être ouvert ({error.strerror})."
        ) from None
    if not head.strip():
        raise ReadingError("file_empty", f"Le fichier ne contient rien ({size} octets).")
    if size > MAX_FILE_BYTES:
        raise ReadingError(
            "file_too_large", f"Le fichier pèse {size // 1_000_000} Mo ; la limite est de 300 Mo."
        )
    return head


def _sniff_zip(path: Path) -> str:
    with _archive(path) as archive:
        names = set(archive.namelist())
    if "xl/workbook.bin" in names:
        return "xlsb"
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    if any(name.startswith("word/") for name in names):
        return "docx"
    return "ods" if "content.xml" in names else "zip"


def _archive(path: Path) -> ZipFile:
    try:
        archive = ZipFile(path)
    except (BadZipFile, OSError, ValueError, NotImplementedError):
        size = path.stat().st_size
        raise ReadingError(
            "file_unreadable",
            f"Le classeur est abîmé ou incomplet ({size} octets) : il a sans doute été coupé en route.",
        ) from None
    heavy = [info.filename for info in archive.infolist() if info.file_size > MAX_PART_BYTES]
    if heavy:
        archive.close()
        raise ReadingError(
            "file_too_large", f"La partie {heavy[0]} du classeur dépasse 600 Mo une fois dépliée."
        )
    return archive


def _disguise(path: Path, source: str, content_format: str) -> tuple[Problem, ...]:
    if path.suffix.lower() in _SUFFIXES[content_format]:
        return ()
    message = f"Le nom finit par « {path.suffix} », mais le contenu est au format {content_format}."
    return (Problem(source, "", "", "file_disguised", message, path.suffix, content_format),)


def _open_text(path: Path, source: str, problems: tuple[Problem, ...]) -> SourceFile:
    decoded = decode(path.read_bytes())
    delimiter = find_delimiter(decoded.text)
    if not decoded.encoding.startswith("utf"):
        message = f"Le texte est enregistré en {decoded.encoding} et non en UTF-8 ; il est relu sans perte."
        problems += (Problem(source, "", "", "encoding_guessed", message, decoded.encoding, "utf-8"),)
    sheet = Sheet(None, read_rows(decoded.text, delimiter))
    return SourceFile(source, "csv", (sheet,), decoded.encoding, delimiter, problems)


def _open_workbook(path: Path, content_format: str) -> tuple[Sheet, ...]:
    if content_format != "xlsx":
        return _open_sheets(path, Parts(None))
    with _archive(path) as archive:
        return _open_sheets(path, Parts(archive))


def _open_sheets(path: Path, parts: Parts) -> tuple[Sheet, ...]:
    try:
        workbook = CalamineWorkbook.from_path(path)
        metas = [meta for meta in workbook.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet]
        return tuple(
            _open_sheet(workbook, meta.name, parts, hidden=meta.visible != SheetVisibleEnum.Visible)
            for meta in metas
        )
    except PasswordError:
        raise ReadingError("file_password", "Le classeur est protégé par un mot de passe.") from None
    except (CalamineError, BadZipFile, ParseError, OSError, ValueError, RuntimeError) as error:
        raise ReadingError("file_unreadable", f"Le classeur ne peut pas être lu ({error}).") from None


def _open_sheet(workbook: CalamineWorkbook, name: str, parts: Parts, *, hidden: bool) -> Sheet:
    part = parts.read(name)
    check_extent(part, name)
    sheet = workbook.get_sheet_by_name(name)
    rows = cast("list[list[object]]", sheet.to_python(skip_empty_area=False))
    return Sheet(name, rows, _merged(sheet), hidden, read_marks(part, rows, parts.styles))


def _merged(sheet: CalamineSheet) -> tuple[Range, ...]:
    ranges = sheet.merged_cell_ranges or []
    return tuple(Range(top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in ranges)
