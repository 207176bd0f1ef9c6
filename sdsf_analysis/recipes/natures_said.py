"""Forecast, updated or actual where no label says it: in a title, a note, or the note of a cell."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import NamedTuple

from sdsf_analysis.reading.layout import Table
from sdsf_analysis.reading.notes import linked_notes
from sdsf_analysis.reading.sheet import Place, address
from sdsf_analysis.reading.text import is_blank, normalise
from sdsf_analysis.reading.values import clean_text
from sdsf_analysis.recipes.citing import CELL, FILE_NAME, SHEET_NAME, TITLE, Citation
from sdsf_analysis.recipes.natures import FORECAST
from sdsf_analysis.recipes.parse import Parsed

# a list « actualisée au 31/12 » is up to date, no updated forecast; « places prévues » are a project's
_WORD = re.compile(
    r"\b(?:(?P<updated>(?:budgets?|comptes?|montants?|previsionnel(?:le)?s?|previsions?)"
    r" (?:actualise|revise)e?s?)"
    r"|(?P<forecast>previsionnel(?:le)?s?|previsions?|bp(?= (?:19|20)\d\d\b))"
    r"|(?P<actual>reel(?:le)?s?|(?:budgets?|comptes?|montants?|chiffres) (?:realise|definitif)e?s?)"
    r"|(?P<day>\d{1,2} (?:\d{1,2}|[a-z]+) (?:19|20)\d\d)"
    r"|(?P<year>(?:19|20)\d\d(?: (?:a )?(?:19|20)\d\d)?))\b"
)
# a note without a mark speaks of figures when it begins with them
_OF_FIGURES = re.compile(r"(?:les |tous les |toutes les )?(?:chiffres|donnees|montants|valeurs|sommes)\b")
_MARKED = re.compile(r"\s*(?:\*|\(\w{1,2}\)|[¹²³⁴⁵⁶⁷⁸⁹])")


class Nature(NamedTuple):
    """What a text says of the nature of figures: code of the list ``nature`` by year, None for any year."""

    codes: Mapping[int | None, str]
    said: Citation

    def of(self, year: int | None, *, is_dated: bool) -> str | None:
        """Nature of a figure of a year, which its own label or line says where it is dated."""
        if is_dated and self.codes.keys() - {None}:
            return self.codes.get(year)
        return self.codes.get(year) or self.codes.get(None)


@dataclass(frozen=True)
class NaturesSaid:
    """What is said of the figures of a table beside their labels: of a cell, of a column, of all."""

    cells: Mapping[Place, Nature] = field(default_factory=dict)
    columns: Mapping[int, Nature] = field(default_factory=dict)
    table: Nature | None = None

    @property
    def is_forecast(self) -> bool:
        """Whether all its figures are said to be forecast."""
        codes = self.table.codes if self.table else {}
        return None in codes and set(codes.values()) == {FORECAST}

    def of(self, place: Place, year: int | None, *, is_dated: bool) -> tuple[str, Citation] | None:
        """What the nearest text says of the figure at a place, and where; None where none does."""
        for one in (self.cells.get(place), self.columns.get(place[1]), self.table):
            if one and (code := one.of(year, is_dated=is_dated)):
                return code, one.said
        return None


NOTHING_SAID = NaturesSaid()


def natures_in(text: str) -> dict[int | None, str]:
    """Natures that a title or a note says, by year; under None, that of figures whose year it does not say.

    Examples
    --------
    >>> natures_in("Centres sociaux : budget prévisionnel 2025")
    {2025: 'forecast', None: 'forecast'}
    >>> natures_in("Activité 2022-2024 et prévisionnel 2025")
    {2025: 'forecast'}
    >>> natures_in("Réel 2024, prévisionnel actualisé 2025")
    {2024: 'actual', 2025: 'updated'}
    >>> natures_in("Liste actualisée au 31/12/2024"), natures_in("Écart entre prévisionnel et réel")
    ({}, {})
    """
    words = [(str(one.lastgroup), one[0]) for one in _WORD.finditer(normalise(text))]
    # the day of a list is not the year of its figures
    words = [word for word in words if word[0] != "day"]
    natures = [kind for kind, _ in words if kind != "year"]
    if len(set(natures)) > 1:
        # « 2024 réel, 2025 prévisionnel » is read backwards: each year then comes after its nature
        return _by_year(words if words[0][0] != "year" else words[::-1])
    if not natures:
        return {}
    at = next(rank for rank, (kind, _) in enumerate(words) if kind != "year")
    if all(kind != "year" for kind, _ in words[at:]):
        return _by_year([words[at], *words]) | {None: natures[0]}
    # years said before a nature that has its own are not of it, nor are figures without a year
    return _by_year(words[at:]) | ({} if at else {None: natures[0]})


def _by_year(words: list[tuple[str, str]]) -> dict[int | None, str]:
    found: dict[int | None, str] = {}
    nature = ""
    for kind, word in words:
        if kind != "year":
            nature = kind
        elif nature:
            for year in range(int(word[:4]), int(word[-4:]) + 1):
                found.setdefault(year, nature)
    return found


def natures_said(parsed: Iterable[Parsed], table: Table, source: str) -> NaturesSaid:
    """Find what titles and notes say of the nature of figures.

    Parameters
    ----------
    parsed : iterable of Parsed
        Columns that hold figures.
    table : Table
        Their table.
    source : str
        Name of the file.

    Returns
    -------
    NaturesSaid
        A note called by a cell speaks of it alone, one that names columns of them; a title, the sheet's
        name, else the file's, of every figure that nothing nearer speaks of.
    """
    labels = {one.match.column.index: normalise(one.match.column.path[-1]) for one in parsed}
    notes = [Nature(codes, said) for said in _notes(table) if (codes := natures_in(said.found))]
    columns = {
        index: note
        for note in notes
        for index, label in labels.items()
        if _names(normalise(note.said.found), label)
    }
    called = dict(_called(table, labels))
    columns |= {index: nature for (row, index), nature in called.items() if row in table.header_rows}
    whole = [note for note in notes if _OF_FIGURES.match(normalise(note.said.found))]
    titles = (Nature(codes, said) for said in _titles(table, source) if (codes := natures_in(said.found)))
    return NaturesSaid(called, columns, next(iter((*whole, *titles)), None))


def _called(table: Table, labels: Mapping[int, str]) -> Iterator[tuple[Place, Nature]]:
    """Cells whose note says a nature; one called by the name of a line speaks of the columns it names."""
    for (row, column), text in linked_notes(table).items():
        if codes := natures_in(text):
            nature = Nature(codes, Citation(_where(table, text), text, CELL))
            named = [index for index, label in labels.items() if _names(normalise(text), label)]
            for index in [column] if column in labels else named:
                yield (row, index), nature


def _names(text: str, label: str) -> bool:
    """Whether a text names a column: by the first word of its label, be it in the plural."""
    first = label.split(" ", maxsplit=1)[0]
    return len(first) > 3 and re.search(rf"\b{re.escape(first.rstrip('s'))}(?:s|x)?\b", text) is not None


def _titles(table: Table, source: str) -> Iterator[Citation]:
    name = table.sheet.name or ""
    rows = [*reversed(table.title_rows), *reversed(list(_lone(table, range(1, len(table.sheet.rows) + 1))))]
    for row in rows:
        for index, cell in enumerate(table.sheet.rows[row - 1], 1):
            if isinstance(cell, str) and not is_blank(cell):
                yield Citation(address(row, index), clean_text(cell), TITLE)
    yield Citation("", name, SHEET_NAME)
    yield Citation("", PurePosixPath(source).stem, FILE_NAME, "")


def _notes(table: Table) -> Iterator[Citation]:
    """Notes that no mark ties to a cell: those of the table, then those at the end of its sheet."""
    last = range(len(table.sheet.rows), max((*table.header_rows, *table.body_rows, *table.total_rows)), -1)
    for row in dict.fromkeys((*table.note_rows, *_lone(table, last))):
        for index, cell in enumerate(table.sheet.rows[row - 1], 1):
            if isinstance(cell, str) and not _MARKED.match(cell) and not is_blank(cell):
                yield Citation(address(row, index), clean_text(cell), CELL)


def _lone(table: Table, rows: Iterable[int]) -> Iterator[int]:
    """Rows of a lone text, until the first one that is no such row: the titles of a sheet, or its notes."""
    for row in rows:
        filled = [cell for cell in table.sheet.rows[row - 1] if not is_blank(cell)]
        if len(filled) > 1:
            return
        if filled:
            yield row


def _where(table: Table, note: str) -> str:
    """Address of the cell that holds a note."""
    for row, cells in enumerate(table.sheet.rows, 1):
        for index, cell in enumerate(cells, 1):
            if isinstance(cell, str) and cell.strip().endswith(note):
                return address(row, index)
    return ""
