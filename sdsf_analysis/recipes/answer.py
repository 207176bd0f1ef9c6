"""The answer of `sdsf read FILE --format json`, whose form other programs rely on."""

import re
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from sdsf_analysis.errors import QuestionError, ReadingError
from sdsf_analysis.model.french import duration
from sdsf_analysis.model.problems import Problem
from sdsf_analysis.reading.sheet import Place, address
from sdsf_analysis.reading.text import column_index
from sdsf_analysis.recipes.inspection import FileReading, SheetReading, TableReading

_PLACE = re.compile(r"(?:'?(?P<sheet>.+?)'?!)?\$?(?P<letters>[A-Za-z]{1,3})\$?(?P<row>[1-9]\d{0,6})")
Asked = tuple[str | None, Place]


def places_asked(cells: Iterable[str]) -> list[Asked]:
    """Sheets (None for all) and places of the cells asked for.

    Raises
    ------
    QuestionError
        If one is no address.

    Examples
    --------
    >>> places_asked(["C12", "Feuille 1!AA3"])
    [(None, (12, 3)), ('Feuille 1', (3, 27))]
    """
    found: list[Asked] = []
    for cell in cells:
        match = _PLACE.fullmatch(cell.strip())
        if not match:
            raise QuestionError(f"« {cell} » n'est pas une adresse : écrire C12, ou 'Feuille!C12'.")
        found.append((match["sheet"], (int(match["row"]), column_index(match["letters"].upper()))))
    return found


def places_on(sheet: str | None, asked: Iterable[Asked]) -> list[Place]:
    """Places asked of a sheet; spaces around its name count for nothing.

    Examples
    --------
    >>> places_on("Tableau 8 ", [(None, (1, 1)), ("Tableau 8", (2, 1)), ("Tableau 9", (3, 1))])
    [(1, 1), (2, 1)]
    """
    return [place for name, place in asked if name is None or name.strip() == (sheet or "").strip()]


def answer(reading: FileReading, asked: Iterable[Asked] = ()) -> dict[str, Any]:
    """Everything that was understood of a file, as plain objects.

    Parameters
    ----------
    reading : FileReading
    asked : iterable of (sheet or None, place)
        Cells to give with their kind and value, in every table whose range contains them.
    """
    places = list(asked)
    return {
        "file": reading.source.source,
        "format": reading.source.format,
        "encoding": reading.source.encoding,
        "delimiter": reading.source.delimiter,
        "sheets": [_sheet(sheet, places) for sheet in reading.sheets],
        "problems": [problem_answer(problem) for problem in reading.problems],
    }


def unreadable(source: str, error: ReadingError) -> dict[str, Any]:
    """Give the same object for a file that cannot be read: no sheets and one problem."""
    problem = Problem(source, "", "", error.code, str(error))
    head = {"file": source, "format": None, "encoding": None, "delimiter": None}
    return {**head, "sheets": [], "problems": [problem_answer(problem)]}


def problem_answer(problem: Problem) -> dict[str, str | None]:
    """Give one problem; null for what it does not say.

    Examples
    --------
    >>> problem_answer(Problem("a.csv", "", "B2", "note_mark", "…", "12*", "12"))["sheet"] is None
    True
    """
    names = ("sheet", "cell", "code", "severity", "message", "found", "repaired_to", "suggestion")
    record = problem.record()
    return {name: record[name] or None for name in names}


def _sheet(sheet: SheetReading, asked: list[Asked]) -> dict[str, Any]:
    places = places_on(sheet.name, asked)
    return {
        "name": sheet.name,
        "hidden": sheet.hidden,
        "is_data": sheet.layout.is_data,
        "reason": sheet.layout.reason or None,
        "tables": [_table(reading, places) for reading in sheet.tables],
    }


def _table(reading: TableReading, places: list[Place]) -> dict[str, Any]:
    table = reading.table
    return {
        "range": table.range,
        "header_rows": list(table.header_rows),
        "first_data_row": table.first_data_row,
        "last_data_row": table.last_data_row,
        "n_data_rows": table.n_data_rows,
        "columns": [{"letter": column.letter, "path": list(column.path)} for column in table.columns],
        "total_rows": [
            {"row": row, "label": label}
            for row, label in zip(table.total_rows, table.total_labels, strict=True)
        ],
        "title_rows": list(table.title_rows),
        "note_rows": list(table.note_rows),
        "cells": {address(*place): _cell(reading, place) for place in places if reading.holds(*place)},
    }


def _cell(reading: TableReading, place: Place) -> dict[str, Any]:
    if reading.hides(*place):
        return {"raw": None, "kind": "text", "value": None, "personal": True}
    cell = reading.cell(*place)
    bounds = {"low": cell.low, "high": cell.high} if cell.low is not None or cell.high is not None else {}
    return {"raw": _plain(cell.raw), "kind": cell.kind, "value": cell.value} | bounds


def _plain(raw: object) -> str | float | bool:
    """Content of a cell as JSON has it: dates and times in ISO form, an empty text for nothing."""
    if raw is None:
        return ""
    if isinstance(raw, timedelta):
        return duration(raw)
    return raw if isinstance(raw, str | int | float) else str(raw)
