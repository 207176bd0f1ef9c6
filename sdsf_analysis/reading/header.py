"""Where the header of a table begins and ends on a sheet, and the labels of its columns."""

import re
from collections.abc import Iterable
from functools import lru_cache

from sdsf_analysis.model.status import Status
from sdsf_analysis.reading.dates import find_date
from sdsf_analysis.reading.sheet import Cell, Place, Range, Sheet
from sdsf_analysis.reading.text import is_blank
from sdsf_analysis.reading.values import clean_text, read_number

MAX_HEADER_ROWS = 4
_AHEAD = 11
_NUMERIC_SHARE = 0.5
_WIDE_SHARE = 0.6
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_YEAR = re.compile(r"(?:(?:année|exercice) )?(?:19|20)\d\d", re.IGNORECASE)


class HeaderScan:
    """Rows of a sheet, asked whether they are labels.

    Parameters
    ----------
    sheet : Sheet
        The sheet.
    """

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.height = len(sheet.rows)
        self.filled = [
            [c for c, value in enumerate(row, start=1) if not is_blank(value)] for row in sheet.rows
        ]
        self.across = _by_row(merged for merged in sheet.merged if merged.right > merged.left)
        self.down = [merged for merged in sheet.merged if merged.bottom > merged.top]

    def columns_of(self, row: int) -> list[int]:
        """Columns that show something in a row."""
        return self.filled[row - 1] if row <= self.height else []

    def is_lone(self, row: int) -> bool:
        """Say whether a row holds a single text, however wide its merge."""
        return len(self.columns_of(row)) == 1

    def kinds(self, row: int) -> list[str]:
        """Kind of each cell that a row shows: text, number, year, date or mark."""
        return [_kind(self.sheet.cell(row, c)) for c in self.columns_of(row)]

    def starts_header(self, row: int) -> bool:
        """Say whether a table's header begins at a row."""
        if len(self.columns_of(row)) < 2 or not self._may_be_labels(row):
            return False
        if self._dates(row, row + 1) and self.starts_header(row + 1):
            return True
        below = [self._width(r) for r in range(row + 1, min(row + _AHEAD, self.height) + 1)]
        is_wide = self._width(row) >= _WIDE_SHARE * max(below, default=0)
        return is_wide or (bool(self.across.get(row)) and any(m.top == row for m in self.down))

    def header_bottom(self, top: int) -> int:
        """Last row of the header that begins at a row."""
        # a taller merge is a label beside the table, not one of its header
        merged = (m.bottom for m in self.down if m.top == top and m.bottom - top < MAX_HEADER_ROWS)
        bottom = max([top, *merged])
        bottom += bottom == top and self._dates(top, top + 1)
        while bottom - top + 1 < MAX_HEADER_ROWS and self._continues(bottom):
            bottom += 1
        return min(bottom, self.height)

    def header(self, top: int, bottom: int, body: list[int]) -> list[tuple[int, tuple[str, ...]]]:
        """Columns and their labels from top to bottom: a merged label stands over its whole range."""
        spread = {
            (r, c): self.sheet.cell(m.top, m.left)
            for m in self.sheet.merged
            if top <= m.top <= bottom
            for r in range(m.top, min(m.bottom, bottom) + 1)
            for c in range(m.left, m.right + 1)
        }
        indexes = {c for row in (*range(top, bottom + 1), *body) for c in self.columns_of(row)}
        return [(c, self._path(spread, top, bottom, c)) for c in sorted(indexes)]

    def _path(self, spread: dict[Place, Cell], top: int, bottom: int, column: int) -> tuple[str, ...]:
        path: list[str] = []
        for row in range(top, bottom + 1):
            label = clean_text(spread.get((row, column), self.sheet.cell(row, column)))
            if label and (not path or path[-1] != label):
                path.append(label)
        return tuple(path)

    def _width(self, row: int) -> int:
        """Columns that a row's cells cover, merged ranges included."""
        covered = set(self.columns_of(row))
        for merged in self.across.get(row, ()):
            covered.update(range(merged.left, merged.right + 1))
        return len(covered) if self.columns_of(row) else 0

    def _may_be_labels(self, row: int) -> bool:
        return not any(kind in ("number", "date") for kind in self.kinds(row))

    def _continues(self, bottom: int) -> bool:
        under = bottom + 1
        return self._has_labels_under(bottom) or self._is_code_row(under) or self._dates(under, bottom)

    def _dates(self, row: int, labels: int) -> bool:
        """Say whether a row holds nothing but years, above or under the labels that begin left of it."""
        columns, others = self.columns_of(row), self.columns_of(labels)
        if len(columns) < 2 or not others or columns[0] <= others[0]:
            return False
        return all(_YEAR.fullmatch(clean_text(self.sheet.cell(row, c))) for c in columns)

    def _has_labels_under(self, bottom: int) -> bool:
        """Say whether a label merged over several columns has labels of its own under them."""
        under = self.columns_of(bottom + 1)
        ranges = self.across.get(bottom, ())
        is_split = any(sum(m.left <= c <= m.right for c in under) > 1 for m in ranges)
        return is_split and self._may_be_labels(bottom + 1)

    def _is_code_row(self, row: int) -> bool:
        """A second row of labels: texts over columns of numbers."""
        columns = self.columns_of(row)
        if len(columns) < 2 or any(kind != "text" for kind in self.kinds(row)):
            return False
        return sum(self._is_numeric_below(row, c) for c in columns) >= _NUMERIC_SHARE * len(columns)

    def _is_numeric_below(self, row: int, column: int) -> bool:
        cells = [self.sheet.cell(r, column) for r in range(row + 1, min(row + 20, self.height) + 1)]
        kinds = [_kind(cell) for cell in cells if not is_blank(cell)]
        numeric = sum(kind in ("number", "year", "mark") for kind in kinds)
        return bool(kinds) and numeric > _NUMERIC_SHARE * len(kinds)


def _by_row(ranges: Iterable[Range]) -> dict[int, list[Range]]:
    rows: dict[int, list[Range]] = {}
    for one in ranges:
        for row in range(one.top, one.bottom + 1):
            rows.setdefault(row, []).append(one)
    return rows


def _kind(cell: Cell) -> str:
    if isinstance(cell, str):
        return _kind_of_text(cell)
    if isinstance(cell, bool):
        return "text"
    if isinstance(cell, int | float):
        return "year" if _FIRST_YEAR <= cell <= _LAST_YEAR and float(cell).is_integer() else "number"
    return "date"


@lru_cache(maxsize=50_000)
def _kind_of_text(text: str) -> str:
    number = read_number(text)
    if number.value is not None:
        return "year" if len(text.strip()) == 4 and _FIRST_YEAR <= number.value <= _LAST_YEAR else "number"
    if number.status is not Status.ERROR or number.code == "value_error":
        return "mark"
    return "date" if find_date(text, whole=True) else "text"
