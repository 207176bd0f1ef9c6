"""A file read, shown in a notebook: the cells as received, coloured by what the reader took them for."""

import re
from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from sdsf_analysis.model.french import plural
from sdsf_analysis.model.problems import LABELS, ORDER, Problem, Severity
from sdsf_analysis.reading.layout import Table
from sdsf_analysis.reading.sheet import Cell, address
from sdsf_analysis.reading.text import column_letter
from sdsf_analysis.reading.values import clean_text
from sdsf_analysis.recipes.persons import personal_columns

if TYPE_CHECKING:
    from sdsf_analysis.recipes.inspection import FileReading, SheetReading

Doubts = dict[tuple[str, str], Problem]

MAX_ROWS, MAX_COLUMNS, MAX_SHEETS, MAX_DOUBTS = 30, 20, 6, 15
_ROW = re.compile(r"[A-Z]+(\d+)")
_TAIL = 6
# background of each part; the letter beside it says the same without colour
PARTS = {
    "title": ("titre", "T", "#e8e3f3"),
    "header": ("en-tête", "E", "#cfe3f5"),
    "body": ("données", "", "#ffffff"),
    "total": ("total", "Σ", "#fbe7c6"),
    "note": ("note", "N", "#e9e9e9"),
    "doubt": ("cellule à vérifier", "!", "#f7c8c4"),
}
_CELL = "padding:2px 6px;border:1px solid #ccc;text-align:left;color:#222;max-width:22em;overflow:hidden"


def preview(reading: "FileReading") -> str:
    """Write the coloured preview of a file.

    Columns that name or reach a person are blanked; long sheets show their first and last rows.

    Parameters
    ----------
    reading : FileReading

    Returns
    -------
    str
        HTML, without script.
    """
    doubts = _doubts(reading.problems)
    shown = [sheet for sheet in reading.sheets if sheet.layout.is_data][:MAX_SHEETS]
    parts = [f"<p><b>{escape(reading.source.source)}</b> — {escape(_summary(reading))}</p>", _key()]
    for sheet in shown:
        parts += _sheet(sheet, reading, doubts)
    left = len(reading.sheets) - len(shown)
    if left:
        parts.append(f"<p>{plural(left, 'autre feuille', 'autres feuilles')} sans aperçu.</p>")
    return f'<div style="font-size:13px;overflow-x:auto">{"".join(parts)}</div>'


def _doubts(problems: tuple[Problem, ...]) -> Doubts:
    """First problem of each cell, the gravest first; what is without consequence is not shown."""
    ranked = sorted(problems, key=lambda p: ORDER.index(p.severity), reverse=True)
    return {(p.sheet, p.cell): p for p in ranked if p.cell and p.severity is not Severity.JOURNAL}


def _summary(reading: "FileReading") -> str:
    counts = {s: sum(p.severity is s for p in reading.problems) for s in ORDER}
    said = [plural(count, *LABELS[severity]) for severity, count in counts.items() if count]
    tables = plural(len(reading.tables), "tableau", "tableaux")
    return f"{tables} ; " + (", ".join(said) or "aucun problème")


def _key() -> str:
    marks = "".join(
        f'<span style="background:{colour};border:1px solid #ccc;padding:0 6px;margin-right:6px;color:#222">'
        f"{escape(f'{sign} {name}'.strip())}</span>"
        for name, sign, colour in PARTS.values()
    )
    return f"<p>{marks}</p>"


def _sheet(sheet: "SheetReading", reading: "FileReading", doubts: Doubts) -> Iterator[str]:
    rows = next(one for one in reading.source.sheets if one.name == sheet.name).rows
    ranges = ", ".join(table.range for table in sheet.layout.tables)
    hidden = " (feuille masquée)" if sheet.hidden else ""
    yield f"<p>{escape(sheet.name or 'Texte')}{hidden} : {escape(ranges or 'aucun tableau')}</p>"
    width = min(max((len(row) for row in rows), default=0), MAX_COLUMNS)
    heads = "".join(f'<th style="{_CELL}">{column_letter(c)}</th>' for c in range(1, width + 1))
    yield f'<table style="border-collapse:collapse"><tr><th></th>{heads}</tr>'
    parts, personal = _parts(sheet.layout.tables), _personal(sheet.layout.tables)
    doubtful = {one.cell for one in doubts.values() if one.sheet == (sheet.name or "")}
    for row in _rows_shown(len(rows), doubtful):
        if row is None:
            yield f'<tr><td></td><td colspan="{width}">…</td></tr>'
            continue
        blanked = personal.get(row, set())
        cells = ["•••" if c in blanked else _text(rows[row - 1], c) for c in range(1, width + 1)]
        problems = [doubts.get((sheet.name or "", address(row, c))) for c in range(1, width + 1)]
        line = "".join(_cell(*pair, parts.get(row, "")) for pair in zip(cells, problems, strict=True))
        yield f'<tr><th style="{_CELL}">{row}</th>{line}</tr>'
    yield "</table>"


def _text(row: list[Cell], column: int) -> str:
    return clean_text(row[column - 1]) if column <= len(row) else ""


def _parts(tables: tuple[Table, ...]) -> dict[int, str]:
    """Part of each row of a sheet."""
    parts: dict[int, str] = {}
    for table in tables:
        parts |= dict.fromkeys(table.title_rows, "title") | dict.fromkeys(table.note_rows, "note")
        parts |= dict.fromkeys((*table.header_rows, *table.repeated_rows), "header")
        parts |= dict.fromkeys(table.total_rows, "total")
    return parts


def _personal(tables: tuple[Table, ...]) -> dict[int, set[int]]:
    """Columns that name or reach a person, by row."""
    found = [(table, personal_columns(table)) for table in tables]
    return {row: columns for table, columns in found for row in (*table.body_rows, *table.total_rows)}


def _rows_shown(height: int, doubtful: set[str]) -> list[int | None]:
    """First and last rows of a sheet and the first doubtful ones, None where some are left out."""
    numbers = (int(match[1]) for cell in doubtful if (match := _ROW.fullmatch(cell)))
    doubts = sorted(row for row in numbers if MAX_ROWS < row <= height)[:MAX_DOUBTS]
    rows = sorted(
        {*range(1, min(MAX_ROWS, height) + 1), *doubts, *range(max(1, height - _TAIL + 1), height + 1)}
    )
    shown: list[int | None] = []
    for before, row in zip([0, *rows], rows, strict=False):
        shown += [row] if row == before + 1 else [None, row]
    return shown


def _cell(text: str, problem: Problem | None, part: str) -> str:
    _, sign, colour = PARTS["doubt" if problem else part or "body"]
    if not problem:
        return f'<td style="{_CELL};background:{colour}">{escape(text)}</td>'
    title = escape(problem.message)
    return f'<td style="{_CELL};background:{colour}" title="{title}"><sup>{sign}</sup> {escape(text)}</td>'
