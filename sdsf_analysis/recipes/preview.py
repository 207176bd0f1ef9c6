"""A file read, shown in a notebook: the cells as received, coloured by what the reader took them for."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

from sdsf_analysis.model.french import number, plural, written
from sdsf_analysis.model.problems import LABELS, ORDER, Problem, Severity, group
from sdsf_analysis.reading.layout import Table
from sdsf_analysis.reading.sheet import address
from sdsf_analysis.reading.text import column_letter

if TYPE_CHECKING:
    from sdsf_analysis.recipes.inspection import FileReading, SheetReading, TableReading

Doubts = dict[tuple[str, str], Problem]

MAX_ROWS, MAX_COLUMNS, MAX_SHEETS, MAX_DOUBTS = 30, 20, 6, 15
_ROW = re.compile(r"[A-Z]+(\d+)")
_TAIL = 6
_BLANKED = "•••"
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
    left = [sheet.name or "" for sheet in reading.sheets if sheet not in shown]
    if left:
        parts.append(f"<p>Sans aperçu : {escape(', '.join(left))}.</p>")
    parts += ["<ul>", *_said(reading.problems), "</ul>"]
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
    return f"<p>{marks} {_BLANKED} : donnée personnelle, non montrée</p>"


def _sheet(sheet: "SheetReading", reading: "FileReading", doubts: Doubts) -> Iterator[str]:
    rows = next(one for one in reading.source.sheets if one.name == sheet.name).rows
    ranges = ", ".join(table.range for table in sheet.layout.tables)
    hidden = " (feuille masquée)" if sheet.hidden else ""
    yield f"<p>{escape(sheet.name or 'Texte')}{hidden} : {escape(ranges or 'aucun tableau')}</p>"
    width = min(max((len(row) for row in rows), default=0), MAX_COLUMNS)
    heads = "".join(f'<th style="{_CELL}">{column_letter(c)}</th>' for c in range(1, width + 1))
    yield f'<table style="border-collapse:collapse"><tr><th></th>{heads}</tr>'
    own = {cell: problem for (name, cell), problem in doubts.items() if name == (sheet.name or "")}
    parts, personal = _parts(sheet.layout.tables), _personal(sheet.tables)
    before = 0
    for row in _rows_shown(len(rows), own):
        if row > before + 1:
            skipped = plural(row - before - 1, "ligne")
            yield f'<tr><td></td><td colspan="{width}">… {skipped} …</td></tr>'
        cells = [written(cell) for cell in rows[row - 1][:width]] + [""] * (width - len(rows[row - 1]))
        cells = [_BLANKED if c in personal.get(row, ()) else text for c, text in enumerate(cells, start=1)]
        yield _line(row, cells, parts.get(row, "body"), own)
        before = row
    yield "</table>"


def _line(row: int, cells: list[str], part: str, doubts: dict[str, Problem]) -> str:
    """One row; a lone title or note stands over the whole width."""
    _, sign, colour = PARTS[part]
    head = f'<tr><th style="{_CELL}">{row}\u00a0{sign}</th>'
    if part in ("title", "note") and sum(bool(text.strip()) for text in cells) == 1:
        text = escape(next(text for text in cells if text.strip()))
        return f'{head}<td colspan="{len(cells)}" style="{_CELL};background:{colour}">{text}</td></tr>'
    found = [doubts.get(address(row, column)) for column in range(1, len(cells) + 1)]
    return head + "".join(_cell(*pair, part) for pair in zip(cells, found, strict=True)) + "</tr>"


def _parts(tables: tuple[Table, ...]) -> dict[int, str]:
    """Part of each row of a sheet."""
    parts: dict[int, str] = {}
    for table in tables:
        parts |= dict.fromkeys(table.title_rows, "title") | dict.fromkeys(table.note_rows, "note")
        parts |= dict.fromkeys((*table.header_rows, *table.repeated_rows), "header")
        parts |= dict.fromkeys(table.total_rows, "total")
    return parts


def _personal(tables: "tuple[TableReading, ...]") -> dict[int, set[int]]:
    """Columns that name or reach a person, by row."""
    return {row: one.personal for one in tables for row in (*one.table.body_rows, *one.table.total_rows)}


def _rows_shown(height: int, doubtful: Iterable[str]) -> list[int]:
    """First and last rows of a sheet, and the first doubtful ones between."""
    numbers = (int(match[1]) for cell in doubtful if (match := _ROW.fullmatch(cell)))
    doubts = sorted(row for row in numbers if MAX_ROWS < row <= height)[:MAX_DOUBTS]
    first, last = range(1, min(MAX_ROWS, height) + 1), range(max(1, height - _TAIL + 1), height + 1)
    return sorted({*first, *doubts, *last})


def _cell(text: str, problem: Problem | None, part: str) -> str:
    _, sign, colour = PARTS["doubt" if problem else part]
    if not problem:
        return f'<td style="{_CELL};background:{colour}">{escape(text)}</td>'
    title = escape(problem.message)
    return f'<td style="{_CELL};background:{colour}" title="{title}"><sup>{sign}</sup> {escape(text)}</td>'


def _said(problems: Iterable[Problem]) -> Iterator[str]:
    """Causes under the sheets, the decisions first, each with its first cell."""
    shown = [one for one in group(problems) if one.cause.severity is not Severity.JOURNAL]
    for one in shown:
        first = replace(one.problems[0], source="")
        title = f"{one.cause.title} ({number(len(one.problems))})"
        yield f"<li><b>{escape(title)}</b> — {escape(first.place)} : {escape(first.message)}</li>"
