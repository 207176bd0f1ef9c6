"""What a reader answers about a file, asked cell by cell; which cells a problem speaks of."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl.utils import column_index_from_string
from openpyxl.utils.cell import coordinate_from_string

from sdsf_analysis.demo.faults.page import Draft, Page
from sdsf_analysis.errors import SdsfError
from sdsf_analysis.model.problems import Problem

_AREA = re.compile(r"([A-Z]*)(\d*)(?::([A-Z]*)(\d*))?")
_LAST = 10_000_000


@dataclass(frozen=True)
class Seen:
    """What a reader answers.

    Attributes
    ----------
    sheets : dict
        Name → reading of the sheet, with its tables.
    problems : tuple of Problem
    refused : bool
        Whether nothing was read.
    """

    sheets: dict[str, Any]
    problems: tuple[Problem, ...]
    refused: bool = False

    def sheet(self, page: Page) -> Any:
        """Reading of a sheet; the only one of a text file bears no name."""
        only = next(iter(self.sheets.values())) if len(self.sheets) == 1 else None
        return self.sheets.get(page.name, self.sheets.get(page.name.strip(), only))

    def problems_of(self, draft: Draft, page: Page) -> list[Problem]:
        """Problems said of a sheet, or of the whole file."""
        names = {"", page.name, page.name.strip()}
        return [p for p in self.problems if p.sheet in names or len(draft.pages) == 1]


def look(read: Callable[[Path], Any], path: Path) -> Seen:
    """Have a file read.

    Parameters
    ----------
    read : callable
        Gives an object with ``sheets`` and ``problems``, or raises an error with a code.
    path : Path
        The file.
    """
    try:
        reading = read(path)
    except SdsfError as error:
        return _refusal(path, getattr(error, "code", ""), error)
    except Exception as error:  # a fault that breaks the reader is missed, and the trials go on
        return _refusal(path, "internal_error", error)
    return Seen({sheet.name or "": sheet for sheet in reading.sheets}, tuple(reading.problems))


def _refusal(path: Path, code: str, error: Exception) -> Seen:
    return Seen({}, (Problem(path.name, "", "", code, f"{type(error).__name__} : {error}"),), refused=True)


def cell(sheet: Any, address: str) -> Any:
    """Answer for one cell, None outside the tables of the sheet."""
    column, row = place(address)
    for reading in sheet.tables if sheet else ():
        table = reading.table
        rows = (*table.header_rows, *table.body_rows, *table.total_rows)
        columns = [one.index for one in table.columns]
        if columns and columns[0] <= column <= columns[-1] and min(rows) <= row <= max(rows):
            return reading.cell(row, column)
    return None


def place(address: str) -> tuple[int, int]:
    """Column and row of an address, 1-based.

    Examples
    --------
    >>> place("AB12")
    (28, 12)
    """
    letters, row = coordinate_from_string(address)
    return column_index_from_string(letters), row


def covers(problem: Problem, address: str) -> bool:
    """Say whether a problem speaks of a cell; one without a cell speaks of its whole sheet.

    Examples
    --------
    >>> covers(Problem("a", "s", "A6:A41", "code_lost_zero", "…"), "A7")
    True
    >>> covers(Problem("a", "s", "B", "column_twice", "…"), "A7")
    False
    """
    column, row = place(address)
    areas = _areas(problem.cell)
    return not problem.cell or any(
        top <= row <= end and left <= column <= right for top, end, left, right in areas
    )


def _areas(cells: str) -> Iterator[tuple[int, int, int, int]]:
    for part in re.split(r"[,; ]+", cells):
        if match := _AREA.fullmatch(part):
            first, top, last, bottom = match.groups()
            low = int(top) if top else 1
            high = int(bottom) if bottom else (low if top else _LAST)
            left = column_index_from_string(first) if first else 1
            right = column_index_from_string(last) if last else (left if first else _LAST)
            yield low, high, left, right
