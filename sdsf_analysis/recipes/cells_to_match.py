"""The file that ``sdsf match`` reads: a CSV with a column ``text``, or plain lines."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.reading.files import open_file
from sdsf_analysis.reading.sheet import Cell
from sdsf_analysis.reading.sniffing import sniff
from sdsf_analysis.reading.text import is_blank, normalise
from sdsf_analysis.reading.texts.delimited import DELIMITERS, find_delimiter, read_rows
from sdsf_analysis.reading.texts.encodings import decode
from sdsf_analysis.reading.values import clean_text
from sdsf_analysis.territories.answers import Answer
from sdsf_analysis.territories.cell import departements
from sdsf_analysis.territories.communes import are_codes
from sdsf_analysis.territories.matching import Question, checked, match, sender_year

_SEPARATOR = "sep="
TEXT, ID, DEPARTEMENT, YEAR = "text", "id", "departement", "year"


@dataclass(frozen=True)
class CellToMatch:
    """One cell of the file, with what its row says.

    Attributes
    ----------
    id : str
        That of the row, else the number of its line.
    value : object
        The cell as read.
    departement, year : str
        As written; empty where the row does not say.
    """

    id: str
    value: Cell
    departement: str = ""
    year: str = ""


def cells_to_match(path: Path) -> list[CellToMatch]:
    """Read the cells to match.

    Parameters
    ----------
    path : pathlib.Path
        A CSV or a workbook whose first row has a column ``text``, else a text whose every line is a cell.

    Returns
    -------
    list of CellToMatch
        In the order of the file; blank rows of a table and blank last lines are left out.

    Raises
    ------
    ReadingError
        If the file cannot be read.
    QuestionError
        If a workbook has no column ``text``.
    """
    rows = _rows(path)
    first = next((i for i, row in enumerate(rows) if any(not is_blank(cell) for cell in row)), None)
    if first is None:
        return []
    labels = {normalise(str(cell)): index for index, cell in enumerate(rows[first]) if not is_blank(cell)}
    if TEXT in labels:
        return list(_records(rows, first, labels))
    if _is_text(path):
        return list(_lines(path))
    raise QuestionError(
        "Le classeur n'a pas de colonne « text » en première ligne : nommer ainsi celle qui est à rapprocher."
    )


def _is_text(path: Path) -> bool:
    return sniff(path) == "csv"


def _rows(path: Path) -> list[list[Cell]]:
    if not _is_text(path):
        return open_file(path).sheets[0].rows
    text = decode(path.read_bytes()).text
    first = text.splitlines()[0] if text else ""
    if first.lower().startswith(_SEPARATOR):
        return read_rows(text, find_delimiter(text))
    if TEXT not in _labels(first):
        return [[line] for line in text.splitlines()]
    # a column alone has no delimiter: its cells may hold commas
    return read_rows(text, max(DELIMITERS, key=lambda one: (first.count(one), -text.count(one))))


def _labels(first: str) -> set[str]:
    return {normalise(label) for label in re.split(f"[{DELIMITERS}]", first)}


def _records(rows: list[list[Cell]], header: int, labels: dict[str, int]) -> Iterator[CellToMatch]:
    for line, row in enumerate(rows[header + 1 :], start=header + 2):
        if all(is_blank(cell) for cell in row):
            continue
        said = {name: row[index] if index < len(row) else None for name, index in labels.items()}
        texts = {name: clean_text(said.get(name)) for name in (ID, DEPARTEMENT, YEAR)}
        yield CellToMatch(texts[ID] or str(line), said[TEXT], texts[DEPARTEMENT], texts[YEAR])


def _lines(path: Path) -> Iterator[CellToMatch]:
    lines = decode(path.read_bytes()).text.splitlines()
    while lines and is_blank(lines[-1]):
        lines.pop()
    for number, line in enumerate(lines, start=1):
        yield CellToMatch(str(number), line)


def match_cells(cells: Iterable[CellToMatch], question: Question) -> list[tuple[CellToMatch, Answer]]:
    """Match every cell; what a row says wins over the question.

    Parameters
    ----------
    cells : iterable of CellToMatch
    question : Question
        What holds for the rows that do not say it themselves.

    Returns
    -------
    list of (CellToMatch, Answer)
        In the order of the cells. Numbers are codes rather than postal codes where the whole column shows it.

    Raises
    ------
    QuestionError
        If the level is unknown, or a row bears a year that is none.
    TerritoryError
        If the year of the answer is not shipped.
    """
    cells, question = list(cells), checked(question)
    is_code = question.level == "commune" and are_codes([cell.value for cell in cells], question.target_year)
    return [(cell, _matched(cell, question, is_code=is_code)) for cell in cells]


def _matched(cell: CellToMatch, question: Question, *, is_code: bool) -> Answer:
    if cell.departement:
        code = departements().get(normalise(cell.departement.removesuffix(".0")))
        if code is None:
            # « 99 » is abroad: nothing of France is to be found there
            return Answer("unknown")
        question = replace(question, departement=code)
    if cell.year:
        question = replace(question, year=sender_year(cell.year, f"ligne {cell.id} : "))
    return match(cell.value, question, is_code=is_code)
