"""Open any file safely: known by its first bytes, refused with one French sentence, never guessed."""

import subprocess
import sys
from collections.abc import Callable
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
from sdsf_analysis.reading.biff import Records
from sdsf_analysis.reading.delimited import decode, find_delimiter, read_rows
from sdsf_analysis.reading.marks import as_shown
from sdsf_analysis.reading.opendocument import read_content
from sdsf_analysis.reading.sheet import Cell, Marks, Range, Sheet, SourceFile
from sdsf_analysis.reading.sniffing import DAMAGED, open_archive, sniff
from sdsf_analysis.reading.workbook import Parts

_SUFFIXES = {
    "xlsx": {".xlsx", ".xlsm"},
    "ods": {".ods"},
    "xls": {".xls"},
    "csv": {".csv", ".tsv", ".txt"},
}
_REFUSED = {
    "docx": "C'est un document Word, pas un tableau.",
    "pdf": "C'est un document PDF, pas un tableau.",
    "html": "C'est une page web enregistrée sous un nom de tableau.",
    "zip": "C'est une archive : en extraire les fichiers, puis les déposer.",
    "xlsb": "Le format .xlsb ne laisse pas voir les valeurs que le classeur cache : l'enregistrer en .xlsx.",
    "binary": "Le contenu n'est ni un classeur ni un texte.",
}

_TRIAL = """
import sys
from python_calamine import CalamineWorkbook
workbook = CalamineWorkbook.from_path(sys.argv[1])
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
    source = source or path.name
    content_format = sniff(path)
    if content_format in _REFUSED:
        raise ReadingError("file_not_a_table", _REFUSED[content_format])
    problems = _disguise(path, source, content_format)
    if content_format == "csv":
        return _open_text(path, source, problems)
    return SourceFile(source, content_format, _open_workbook(path, content_format), problems=problems)


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
    try:
        return _OPENERS[content_format](path)
    except PasswordError:
        raise ReadingError("file_password", "Le classeur est protégé par un mot de passe.") from None
    except (CalamineError, *DAMAGED) as error:
        raise ReadingError("file_unreadable", f"Le classeur ne peut pas être lu ({error}).") from None
    except BaseException as error:
        # calamine is written in Rust: a panic is no Exception, and would stop the other files
        if type(error).__name__ != "PanicException":
            raise
        raise ReadingError("file_unreadable", "Le classeur est abîmé : il ne peut pas être lu.") from None


def _open_xlsx(path: Path) -> tuple[Sheet, ...]:
    with open_archive(path) as archive:
        parts = Parts(archive)
        workbook = CalamineWorkbook.from_path(path)
        sheets = []
        for _, meta in _worksheets(workbook):
            parts.check(meta.name)
            sheets.append(_open_sheet(workbook, meta, parts.marks))
        return tuple(sheets)


def _open_xls(path: Path) -> tuple[Sheet, ...]:
    records = Records(path.read_bytes())
    _try_apart(path)
    workbook = CalamineWorkbook.from_path(path)
    return tuple(
        _open_sheet(workbook, meta, partial(records.marks, position))
        for position, meta in _worksheets(workbook)
    )


def _try_apart(path: Path) -> None:
    """Open a workbook in another process first: a damaged .xls may make calamine end the one it runs in."""
    command = [sys.executable, "-c", _TRIAL, str(path)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        raise ReadingError("file_unreadable", "Le classeur est abîmé : il ne peut pas être lu.")


def _open_ods(path: Path) -> tuple[Sheet, ...]:
    with open_archive(path) as archive:
        marks = {} if _is_encrypted(archive) else read_content(archive)
    workbook = CalamineWorkbook.from_path(path)
    return tuple(
        _open_sheet(workbook, meta, partial(_known_marks, marks, meta.name))
        for _, meta in _worksheets(workbook)
    )


def _known_marks(marks: dict[str, Marks], name: str, _: list[list[Cell]]) -> Marks:
    return marks[name]


_OPENERS: dict[str, Callable[[Path], tuple[Sheet, ...]]] = {
    "xlsx": _open_xlsx,
    "xls": _open_xls,
    "ods": _open_ods,
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
