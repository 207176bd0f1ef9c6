"""The rows of a sheet, or of a part of it, described once: what shows, what kind it is, what is merged."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, cached_property, lru_cache

from sdsf_analysis.model.status import Status
from sdsf_analysis.reading.layouts.totals import hinted_texts
from sdsf_analysis.reading.sheet import Cell, Range, Sheet
from sdsf_analysis.reading.text import is_blank, normalise
from sdsf_analysis.reading.typed.dates import find_date
from sdsf_analysis.reading.values import LONGEST_NUMBER, clean_text, read_number

FIRST_YEAR, LAST_YEAR = 1900, 2100
NUMERIC = frozenset({"number", "year", "mark", "band"})
# Rows that say what a column holds: enough to tell, few enough to cost nothing.
SAMPLE = 30
_NUMERIC_SHARE = 0.5
# Provisional, estimated, revised or nearly final, in short or in full.
_STATE = r"(?:p|e|r|sd|prov\.?|provisoires?|est\.?|estimée?s?|estimations?|révisée?s?|semi-définitifs?)"
_YEAR = re.compile(
    r"(?:(?:années?|exercice|rentrée) )?(?:19|20)\d\d(?: ?[-/–] ?(?:(?:19|20)?\d\d))?"
    rf"(?: ?\*+| ?[¹²³⁴⁵⁶⁷⁸⁹]| ?{_STATE}\b| ?\((?:\w{{1,2}}|\*+|{_STATE})\))*",
    re.IGNORECASE,
)
_LINK = re.compile(r"retour (au|en|a la|vers|sommaire|index|menu|haut)\b|haut de page$")


class Grid:
    """Rows of a sheet between four edges; what a merge covers, and links back to the contents, do not show.

    Parameters
    ----------
    sheet : Sheet
        The sheet.
    """

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.height = len(sheet.rows)
        nothing = frozenset({None, "", *_nothings(sheet.texts)})
        self.filled = [_shown(row, nothing) for row in sheet.rows]
        self.merged = [m for m in sheet.merged if m.top <= self.height]
        for merged in self.merged:
            self._cover(merged)
        self._index()

    def part(self, top: int, left: int, bottom: int, right: int) -> "Grid":
        """Rows and columns of a part, at their own addresses."""
        part = object.__new__(Grid)
        part.sheet, part.height = self.sheet, bottom
        part.filled = [
            [c for c in columns if left <= c <= right] if row >= top else []
            for row, columns in enumerate(self.filled[:bottom], start=1)
        ]
        inside = (m for m in self.merged if m.left <= right and m.right >= left)
        part.merged = [
            Range(m.top, max(m.left, left), m.bottom, min(m.right, right))
            for m in inside
            if top <= m.top <= bottom
        ]
        part._index()
        return part

    def columns_of(self, row: int) -> list[int]:
        """Columns that show something in a row."""
        return self.filled[row - 1] if 0 < row <= self.height else []

    def columns_in(self, rows: Iterable[int]) -> set[int]:
        """Columns that show something in some rows; full rows share one list, looked at once."""
        lists = {id(columns): columns for columns in map(self.columns_of, rows)}
        return set().union(*lists.values())

    def is_lone(self, row: int) -> bool:
        """Say whether a row shows a single cell, however wide its merge."""
        return len(self.columns_of(row)) == 1

    def cells(self, row: int) -> list[Cell]:
        """What a row shows."""
        columns = self.columns_of(row)
        line = self.sheet.rows[row - 1] if columns else []
        return [line[c - 1] for c in columns]

    def kind(self, row: int, column: int) -> str:
        """Kind of a cell: text, number, year, date, mark, or band (« 3-5 », « moins de 3 »)."""
        return kind_of(self.sheet.cell(row, column))

    def kinds(self, row: int) -> list[str]:
        """Kind of each cell that a row shows."""
        return [kind_of(cell) for cell in self.cells(row)]

    def label(self, row: int, column: int) -> str:
        """Text of a cell, blanks collapsed."""
        return clean_text(self.sheet.cell(row, column))

    def text(self, row: int) -> str:
        """Texts of a row joined."""
        return " ".join(clean_text(cell) for cell in self.cells(row))

    def words(self, row: int) -> list[str]:
        """Texts of a row, to be compared with those of another."""
        return [normalise(clean_text(cell)) for cell in self.cells(row)]

    def says(self, row: int, words: list[str]) -> bool:
        """Say whether a row bears the same texts as another."""
        cells = self.cells(row)
        return len(cells) == len(words) and all(
            normalise(clean_text(cell)) == word for cell, word in zip(cells, words, strict=True)
        )

    def width(self, row: int) -> int:
        """Columns that a row's cells cover, merged ranges included."""
        return len(self.covered(row))

    def covered(self, row: int) -> set[int]:
        """Columns of a row that show something or lie under a merge of a cell that does."""
        covered = set(self.columns_of(row))
        for merged in self.across.get(row, ()):
            covered.update(range(merged.left, min(merged.right, self.right) + 1))
        return covered if self.columns_of(row) else set()

    def next_filled(self, row: int) -> int:
        """First row at or after one that shows something; the height plus one without any."""
        while row <= self.height and not self.columns_of(row):
            row += 1
        return row

    def rows_beginning(self, rows: range, test: Callable[[Cell], bool]) -> list[int]:
        """Rows whose first cell passes a test, asked once of cells that are equal."""
        lines = self.sheet.rows
        filled = [row for row in rows if self.filled[row - 1]]
        return _passing(filled, [lines[row - 1][self.filled[row - 1][0] - 1] for row in filled], test)

    def rows_holding(self, rows: range, column: int, test: Callable[[Cell], bool]) -> list[int]:
        """Rows whose cell of a column passes a test, asked once of cells that are equal."""
        return _passing(rows, self.column(column, rows), test)

    def column(self, column: int, rows: Iterable[int]) -> list[Cell]:
        """Cells of some rows in one column, what a merge covers included."""
        lines = self.sheet.rows
        if isinstance(rows, range) and rows.step == 1:
            here = lines[max(rows.start - 1, 0) : max(rows.stop - 1, 0)]
        else:
            here = [lines[row - 1] for row in rows if row <= len(lines)]
        return [line[column - 1] if len(line) >= column else None for line in here]

    @cached_property
    def hints(self) -> frozenset[str]:
        """Texts of the sheet that hold a word that totals bear."""
        return hinted_texts(self.sheet.texts)

    def is_numeric(self, column: int, rows: Iterable[int]) -> bool:
        """Say whether a column mostly holds numbers, years or marks in the rows given."""
        return _are_numbers(self.column(column, rows))

    def numeric_columns(self, rows: list[int]) -> list[int]:
        """Columns that mostly hold numbers, by a sample of the rows."""
        step = max(1, len(rows) // SAMPLE)
        sample = rows[::step]
        columns = sorted({c for row in sample for c in self.columns_of(row)})
        lines = [self.sheet.rows[row - 1] for row in sample if row <= len(self.sheet.rows)]
        return [c for c in columns if _are_numbers([line[c - 1] for line in lines if len(line) >= c])]

    def _cover(self, merged: Range) -> None:
        for row in range(merged.top, min(merged.bottom, self.height) + 1):
            first = merged.left if row == merged.top else merged.left - 1
            columns = self.filled[row - 1]
            if any(first < c <= merged.right for c in columns):
                self.filled[row - 1] = [c for c in columns if not first < c <= merged.right]

    def _index(self) -> None:
        self.right = max((columns[-1] for columns in self.filled if columns), default=0)
        self.down = [m for m in self.merged if m.bottom > m.top]
        self.across: dict[int, list[Range]] = {}
        for merged in self.merged:
            if merged.right > merged.left and merged.left in self.columns_of(merged.top):
                for row in range(merged.top, min(merged.bottom, self.height) + 1):
                    self.across.setdefault(row, []).append(merged)


def is_year(text: str) -> bool:
    """Say whether a label is a year, or a period of years.

    Examples
    --------
    >>> is_year("2010 (1)"), is_year("Exercice 2024"), is_year("2023-2024"), is_year("2010 places")
    (True, True, True, False)
    >>> is_year("2022p"), is_year("2022 (provisoire)"), is_year("2022¹"), is_year("2022 prévu")
    (True, True, True, False)
    """
    return _YEAR.fullmatch(text) is not None


# What shows nothing begins with a blank, a link to the contents with R or H: most texts are told at once.
_FIRST = frozenset(" \t\n\r\v\f\u00a0\u202f\u2009\u2007\u3000RrHh\u200b")


def _are_numbers(column: list[Cell]) -> bool:
    """Say whether most cells that show something are numbers, years or marks, and one no mark."""
    cells = [cell for cell in column if cell is not None and cell != ""]
    if set(map(type, cells)) <= {float}:
        return bool(cells)
    kinds = [kind_of(cell) for cell in cells if not is_blank(cell)]
    numeric = sum(kind in NUMERIC for kind in kinds)
    return "number" in kinds or "year" in kinds if numeric > _NUMERIC_SHARE * len(kinds) else False


def _shown(row: list[Cell], nothing: frozenset[Cell]) -> list[int]:
    if nothing.isdisjoint(row):
        return _all_columns(len(row))
    if row.count("") == len(row):
        return []
    return [c for c, cell in enumerate(row, start=1) if cell not in nothing]


def _passing(rows: Sequence[int], cells: list[Cell], test: Callable[[Cell], bool]) -> list[int]:
    passing = {cell for cell in set(cells) if test(cell)}
    return [row for row, cell in zip(rows, cells, strict=True) if cell in passing] if passing else []


@cache
def _all_columns(width: int) -> list[int]:
    """Columns of the rows that are full: one list for all of them."""
    return list(range(1, width + 1))


def _nothings(texts: Iterable[str]) -> Iterator[str]:
    """Texts that show nothing: blanks, links to the contents."""
    return (text for text in texts if text[:1] in _FIRST and _is_nothing(text))


def _is_nothing(text: str) -> bool:
    if not text.strip():
        return True
    return len(text) < 40 and _LINK.match(normalise(text)) is not None


def kind_of(cell: Cell) -> str:
    """Kind of a cell by itself: text, number, year, date, mark or band.

    Examples
    --------
    >>> [kind_of(cell) for cell in ("Gex", 12.0, 2024.0, "nd", "3-5")]
    ['text', 'number', 'year', 'mark', 'band']
    """
    if type(cell) is float:
        return "year" if FIRST_YEAR <= cell <= LAST_YEAR and cell.is_integer() else "number"
    if isinstance(cell, str):
        return _kind_of_text(cell)
    if isinstance(cell, bool):
        return "text"
    if isinstance(cell, int | float):
        return "year" if FIRST_YEAR <= cell <= LAST_YEAR and float(cell).is_integer() else "number"
    return "date"


@lru_cache(maxsize=50_000)
def _kind_of_text(text: str) -> str:
    if len(text) > LONGEST_NUMBER:
        return "text"
    number = read_number(text)
    if number.value is not None:
        is_bare_year = len(text.strip()) == 4 and FIRST_YEAR <= number.value <= LAST_YEAR
        return "year" if is_bare_year or is_year(clean_text(text)) else "number"
    if number.high is not None:
        return "band"
    if number.status is not Status.ERROR or number.code == "value_error":
        return "mark"
    if is_year(clean_text(text)):
        return "year"
    return "date" if find_date(text, whole=True) else "text"
