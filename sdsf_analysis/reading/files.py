"""Open any file safely: known by its first bytes, refused with one French sentence, never guessed."""

import struct
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import cast
from zipfile import ZipFile

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from sdsf_analysis.errors import ReadingError
from sdsf_analysis.model.problems import Problem
from sdsf_analysis.reading.archive import unfold
from sdsf_analysis.reading.noticing import noticed
from sdsf_analysis.reading.sheet import Cell, Marks, Range, Sheet, SourceFile
from sdsf_analysis.reading.sniffing import DAMAGED, fingerprint, open_archive, sniff
from sdsf_analysis.reading.texts.textual import open_text
from sdsf_analysis.reading.texts.webpage import read_page
from sdsf_analysis.reading.workbooks.biff import Records
from sdsf_analysis.reading.workbooks.binary import BinaryParts
from sdsf_analysis.reading.workbooks.extras import workbook_extras
from sdsf_analysis.reading.workbooks.marks import as_shown
from sdsf_analysis.reading.workbooks.opendocument import read_content
from sdsf_analysis.reading.workbooks.workbook import Parts

_SUFFIXES = {
    "xlsx": {".xlsx", ".xlsm"},
    "ods": {".ods"},
    "xls": {".xls"},
    "xlsb": {".xlsb"},
    "csv": {".csv", ".tsv", ".txt"},
    "html": {".htm", ".html"},
    "zip": {".zip"},
}
_ASK = "demander le tableau lui-même (.xlsx, .ods ou .csv)."
_LOCKS = ("~$", ".~lock.")
_REFUSED = {
    "docx": f"C'est un document de traitement de texte, pas un tableau : {_ASK}",
    "pptx": f"C'est un diaporama, pas un tableau : {_ASK}",
    "pdf": f"C'est un document PDF, pas un tableau : {_ASK}",
    "numbers": f"C'est un document Numbers (Apple) : l'exporter en .xlsx, ou {_ASK}",
    "xml": "C'est un tableau au format XML : l'ouvrir dans Excel et l'enregistrer en .xlsx.",
    "mhtml": "C'est une page web d'un seul fichier : l'ouvrir dans Excel et l'enregistrer en .xlsx.",
    "archive": "C'est une archive (.gz, .7z ou .rar) : l'ouvrir, puis déposer le tableau qu'elle contient.",
    "binary": f"Le contenu n'est ni un classeur ni un texte : {_ASK}",
}

_TRIAL_SECONDS, _TRIAL_BYTES_A_SECOND = 10, 500_000
_TRIAL = """
import sys
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, (4_000_000_000, 4_000_000_000))
except (ImportError, ValueError, OSError):
    pass  # Windows has no such limit
from python_calamine import CalamineWorkbook
with open(sys.argv[1], "rb") as content:
    workbook = CalamineWorkbook.from_filelike(content)
for name in workbook.sheet_names:
    workbook.get_sheet_by_name(name)
"""


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
    if path.name.startswith(_LOCKS):
        name = path.name.removeprefix("~$").removeprefix(".~lock.").rstrip("#")
        raise ReadingError(
            "file_locked",
            f"Ce n'est pas un tableau, mais le verrou que le tableur pose sur « {name} » tant qu'il est "
            "ouvert : lire ce fichier-là.",
        )
    # macOS gives accents in two characters
    source = unicodedata.normalize("NFC", source or path.name)
    try:
        return noticed(_open(path, source))
    except ReadingError as error:
        if error.code != "file_unreadable":
            raise
        raise ReadingError(error.code, f"{error} {fingerprint(path)}") from None


def _open(path: Path, source: str, *, is_inside: bool = False) -> SourceFile:
    content_format = sniff(path)
    if content_format in _REFUSED:
        raise ReadingError("file_not_a_table", _REFUSED[content_format])
    if content_format == "zip" and is_inside:
        raise ReadingError("file_not_a_table", "L'archive en contient une autre : déposer le tableau seul.")
    opened = _OPEN.get(content_format, partial(_open_sheets, content_format))(path, source)
    return replace(opened, problems=(*_disguise(path, source, content_format), *opened.problems))


def _disguise(path: Path, source: str, content_format: str) -> tuple[Problem, ...]:
    if path.suffix.lower() in _SUFFIXES[content_format]:
        return ()
    message = f"Le nom finit par « {path.suffix} », mais le contenu est au format {content_format}."
    return (Problem(source, "", "", "file_disguised", message, path.suffix, content_format),)


def _open_page(path: Path, source: str) -> SourceFile:
    sheet, encoding = read_page(path.read_bytes())
    return SourceFile(source, "html", (sheet,), encoding)


def _open_archive(path: Path, source: str) -> SourceFile:
    with unfold(path) as unfolded:
        opened = _open(unfolded.table, source, is_inside=True)
        about = [
            replace(sheet, name=part.name)
            for part in unfolded.about
            for sheet in _open(part, source, is_inside=True).sheets
        ]
        message = f"L'archive contient un tableau, « {unfolded.table.name} »."
        if unfolded.about or unfolded.aside:
            others = ", ".join(f"« {name} »" for name in (*(p.name for p in unfolded.about), *unfolded.aside))
            message += f" Le reste n'est pas un tableau de données : {others}."
    problem = Problem(source, "", "", "archive_opened", message, unfolded.table.name)
    return replace(
        opened, format="zip", sheets=(*opened.sheets, *about), problems=(problem, *opened.problems)
    )


def _open_sheets(content_format: str, path: Path, source: str) -> SourceFile:
    sheets = _open_workbook(path, content_format)
    return SourceFile(source, content_format, sheets, problems=workbook_extras(path, source, content_format))


_OPEN: dict[str, Callable[[Path, str], SourceFile]] = {
    "csv": open_text,
    "html": _open_page,
    "zip": _open_archive,
}


def _open_workbook(path: Path, content_format: str) -> tuple[Sheet, ...]:
    try:
        return _OPENERS[content_format](path)
    except PasswordError:
        raise ReadingError("file_password", "Le classeur est protégé par un mot de passe.") from None
    except (CalamineError, struct.error, *DAMAGED):
        raise ReadingError("file_unreadable", "Le classeur est abîmé : il ne peut pas être lu.") from None
    except BaseException as error:
        # calamine is written in Rust: a panic is no Exception, and would stop the other files
        if type(error).__name__ != "PanicException":
            raise
        raise ReadingError("file_unreadable", "Le classeur est abîmé : il ne peut pas être lu.") from None


def _open_xlsx(path: Path) -> tuple[Sheet, ...]:
    with open_archive(path) as archive:
        parts = Parts(archive)
        workbook = _calamine(path)
        sheets = []
        for _, meta in _worksheets(workbook):
            parts.check(meta.name)
            sheets.append(_open_sheet(workbook, meta, parts.marks))
        return tuple(sheets)


def _open_xlsb(path: Path) -> tuple[Sheet, ...]:
    with open_archive(path) as archive:
        parts = BinaryParts(archive)
        _try_apart(path)
        workbook = _calamine(path)
        sheets = []
        for _, meta in _worksheets(workbook):
            sheet = _open_sheet(workbook, meta, partial(parts.marks, meta.name))
            sheets.append(replace(sheet, merged=parts.merged(meta.name)))
        return tuple(sheets)


def _open_xls(path: Path) -> tuple[Sheet, ...]:
    records = Records(path.read_bytes())
    _try_apart(path)
    workbook = _calamine(path)
    return tuple(
        _open_sheet(workbook, meta, partial(records.marks, position))
        for position, meta in _worksheets(workbook)
    )


def _calamine(path: Path) -> CalamineWorkbook:
    """Workbook by its content: by its path, calamine would believe a name such as .xls on an .xlsx."""
    with path.open("rb") as content:
        return CalamineWorkbook.from_filelike(content)


def _try_apart(path: Path) -> None:
    """Open a workbook in another process first: a damaged one may end the process, or never be done with."""
    command = [sys.executable, "-c", _TRIAL, str(path)]
    limit = _TRIAL_SECONDS + path.stat().st_size / _TRIAL_BYTES_A_SECOND
    try:
        subprocess.run(command, capture_output=True, check=True, timeout=limit)
    except subprocess.SubprocessError:
        raise ReadingError("file_unreadable", "Le classeur est abîmé : il ne peut pas être lu.") from None


def _open_ods(path: Path) -> tuple[Sheet, ...]:
    with open_archive(path) as archive:
        contents = {} if _is_encrypted(archive) else read_content(archive)
    workbook = _calamine(path)
    sheets = []
    for _, meta in _worksheets(workbook):
        sheet = _open_sheet(workbook, meta, contents[meta.name].marks_of)
        sheets.append(replace(sheet, merged=contents[meta.name].merged))
    return tuple(sheets)


_OPENERS: dict[str, Callable[[Path], tuple[Sheet, ...]]] = {
    "xlsx": _open_xlsx,
    "xls": _open_xls,
    "ods": _open_ods,
    "xlsb": _open_xlsb,
}


def _is_encrypted(archive: ZipFile) -> bool:
    manifest = "META-INF/manifest.xml"
    return manifest in archive.namelist() and b"encryption-data" in archive.read(manifest)


def _worksheets(workbook: CalamineWorkbook) -> list[tuple[int, SheetMetadata]]:
    metas = enumerate(workbook.sheets_metadata)
    return [(position, meta) for position, meta in metas if meta.typ == SheetTypeEnum.WorkSheet]


def _open_sheet(
    workbook: CalamineWorkbook, meta: SheetMetadata, marks_of: Callable[[list[list[Cell]]], Marks]
) -> Sheet:
    sheet = workbook.get_sheet_by_name(meta.name)
    rows = cast("list[list[Cell]]", sheet.to_python(skip_empty_area=False))
    marks = marks_of(rows)
    hidden = meta.visible != SheetVisibleEnum.Visible
    return Sheet(meta.name, as_shown(rows, marks), _merged(sheet), hidden, marks)


def _merged(sheet: CalamineSheet) -> tuple[Range, ...]:
    ranges = sheet.merged_cell_ranges or []
    return tuple(Range(top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in ranges)
