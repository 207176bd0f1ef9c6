"""Files that the analyst keeps beside those received, rulings and requests: the lines that hold something."""

import unicodedata
from pathlib import Path

from sdsf_analysis.errors import ReadingError
from sdsf_analysis.reading.files import open_file
from sdsf_analysis.reading.sheet import Cell
from sdsf_analysis.reading.values import clean_text


def written_lines(path: Path) -> list[tuple[int, list[Cell]]]:
    """Lines that hold something, with their numbers; none without the file, or where it is empty.

    Raises
    ------
    ReadingError
        If the file cannot be read.
    """
    if not path.is_file():
        return []
    try:
        rows = open_file(path).sheets[0].rows
    except ReadingError as error:
        if error.code == "file_empty":
            return []
        raise
    return [(number, row) for number, row in enumerate(rows, 1) if any(map(clean_text, row))]


def text_at(row: list[Cell], index: int | None) -> str:
    """Text of a line at a position, empty for none.

    Examples
    --------
    >>> text_at(["ctg", " V1 "], 1), text_at(["ctg"], 1), text_at(["ctg"], None)
    ('V1', '', '')
    """
    # macOS gives accents in two characters
    cell = row[index] if index is not None and index < len(row) else None
    return unicodedata.normalize("NFC", clean_text(cell))
