"""Text files of a table: delimiter on a bounded sample, rows at their lines."""

import csv
import re
from collections.abc import Iterator

from sdsf_analysis.errors import ReadingError
from sdsf_analysis.reading.sheet import check_size

DELIMITERS = ";,\t|"
SAMPLE_CHARACTERS = 65_536
_SAMPLE_LINES = 200
# The first line that Excel reads as the delimiter, and shows nowhere.
_SEPARATOR_LINE = re.compile(r'"?sep=([;,\t|])"?[;,\t|]*\r?(?:\n|$)', re.IGNORECASE)
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
csv.field_size_limit(1_000_000)


def find_delimiter(text: str) -> str:
    r"""Find the delimiter that cuts the most lines of a sample into the same number of cells.

    Parameters
    ----------
    text : str
        The whole text, whose first 200 lines are looked at; a first line « sep=; » decides.

    Returns
    -------
    str
        One of `DELIMITERS`.

    Examples
    --------
    >>> find_delimiter("Titre\n\nCode;Taux\n01004;71,7\n01053;60,6\n")
    ';'
    """
    said = _SEPARATOR_LINE.match(text)
    if said:
        return said[1]
    return max(DELIMITERS, key=lambda delimiter: _regularity(_sample(text), delimiter))


def _sample(text: str) -> list[str]:
    # not `splitlines`, which also cuts at the control characters that a cell may hold
    lines = (line for line in _LINE.findall(text[:SAMPLE_CHARACTERS]) if line.strip())
    return [line for line, _ in zip(lines, range(_SAMPLE_LINES), strict=False)]


def _regularity(lines: list[str], delimiter: str) -> tuple[int, int]:
    """How many lines have the usual number of cells, and that number."""
    widths = [len(row) for row in csv.reader(lines, delimiter=delimiter) if len(row) > 1]
    usual = max(set(widths), key=widths.count) if widths else 0
    return widths.count(usual), usual


def read_rows(text: str, delimiter: str) -> list[list[object]]:
    r"""Cut a text into rows; each row stands at the line of the file where it begins.

    Parameters
    ----------
    text : str
        The whole text; its first line is left blank where it only names the delimiter.
    delimiter : str
        One of `DELIMITERS`.

    Raises
    ------
    ReadingError
        If a quoted cell never ends (it would swallow the lines that follow), or the rows are too many.

    Examples
    --------
    >>> read_rows('sep=;\nGex;"1 rue\nHaute"\nThoiry;2', ";")
    [[], ['Gex', '1 rue\nHaute'], [], ['Thoiry', '2']]
    """
    _check_size(text.count(delimiter) + text.count("\n"))
    rows: list[list[object]] = []
    usual = _regularity(_sample(text), delimiter)[1]
    reader = csv.reader(_lines(text), delimiter=delimiter, strict=False)
    try:
        for row in reader:
            line = len(rows) + 1
            if reader.line_num > line and _swallows(row, delimiter, usual):
                raise ReadingError("text_quote_open", _never_closed(line))
            rows.append(list(row))
            rows.extend([] for _ in range(reader.line_num - len(rows)))
    except csv.Error:
        raise ReadingError("text_quote_open", _never_closed(len(rows) + 1)) from None
    if _SEPARATOR_LINE.match(text):
        rows[0] = []
    return rows


def _check_size(cells: int) -> None:
    if not check_size(cells, 1):
        raise ReadingError(
            "file_too_large",
            f"Le fichier compte environ {cells // 1_000_000} millions de cellules ; la limite est de 40. "
            "Ne garder que les lignes et les colonnes utiles.",
        )


def _lines(text: str) -> Iterator[str]:
    """Lines one by one, as Windows, Linux and the old Macs end them: no second copy of a large text."""
    return (match[0] for match in _LINE.finditer(text))


def _never_closed(line: int) -> str:
    return (
        f"Un guillemet ouvert ligne {line} n'est jamais fermé : les lignes qui suivent seraient prises pour "
        "une seule cellule."
    )


def _swallows(row: list[str], delimiter: str, usual: int) -> bool:
    """Say whether a cell of several lines holds whole rows."""
    lines = [line for cell in row for line in cell.splitlines()[1:]]
    return any(line.count(delimiter) >= max(usual - 1, 1) for line in lines)
