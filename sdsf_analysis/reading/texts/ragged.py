"""Lines of a text file with a cell too many or too few: the values after it stand in another column."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from sdsf_analysis.errors import ReadingError
from sdsf_analysis.reading.text import is_blank, normalise

_NOTE_WORDS = ("source", "note", "lecture", "champ", "nb", "legende", "precision", "attention")
# Some programs leave trailing blanks out: short lines are a fault where they are the exception.
_FEW, _SMALL_SHARE = 3, 0.1
_USUAL_SHARE = 0.5


class Line(NamedTuple):
    """A line that holds something: its row, its cells, and how many there are before the last blank ones."""

    row: int
    cells: list[object]
    size: int


def ragged_rows(rows: list[list[object]]) -> dict[int, tuple[int, int]]:
    """Rows of a text file that do not have the number of cells of the rows around them.

    Titles, notes and lone labels are none; blank cells at the end of a line count for nothing.

    Parameters
    ----------
    rows : list of list
        Lines of the file, cut into cells.

    Returns
    -------
    dict
        Row (1-based) → its cells, and the cells expected.

    Raises
    ------
    ReadingError
        If a header has one label less than its lines have cells: no label could be trusted.

    Examples
    --------
    >>> ragged_rows([["Commune", "Places", "Taux"], ["Gex", "20", "31"], ["Thoiry", "12"]])
    {3: (2, 3)}
    """
    return {row: sizes for block in _blocks(rows) for row, sizes in _ragged(block).items()}


def _blocks(rows: list[list[object]]) -> Iterator[list[Line]]:
    """Runs of lines that hold something: a blank line may part two tables."""
    block: list[Line] = []
    for row, cells in enumerate(rows, start=1):
        size = len(cells)
        while size and is_blank(cells[size - 1]):
            size -= 1
        if size:
            block.append(Line(row, cells, size))
        elif block and row > block[-1].row + _breaks(block[-1]):
            yield block
            block = []
    if block:
        yield block


def _breaks(line: Line) -> int:
    """Line breaks inside the cells of a line: as many blank rows follow it, which part nothing."""
    return sum(str(cell).count("\n") for cell in line.cells)


def _ragged(block: list[Line]) -> dict[int, tuple[int, int]]:
    wide = [line for line in block if line.size > 1]
    expected = _expected(wide)
    whole = [line for line in wide if line.size <= expected <= len(line.cells)]
    if len(whole) < _USUAL_SHARE * len(wide):
        expected, whole = wide[0].size, wide[:1]
    if not whole:
        return {}
    above = [line for line in wide if line.row < whole[0].row][-1:]
    _check_header(above, whole[0])
    expected = max(expected, *(line.size for line in above), 0)
    body = [line for line in wide if line.row > whole[0].row]
    long = [line for line in body if line.size > expected]
    short = [line for line in body if len(line.cells) < expected]
    is_habit = len(short) > max(_FEW, _SMALL_SHARE * len(block))
    ragged = sorted(long if is_habit else long + short)
    return {
        line.row: (max(line.size, min(len(line.cells), expected)), expected)
        for line in ragged
        if not _is_note(line)
    }


def _expected(wide: list[Line]) -> int:
    """Usual number of cells, less the last ones where they are blank in all lines of that number."""
    widths = Counter(len(line.cells) for line in wide)
    usual = max(widths, key=lambda width: (widths[width], width), default=0)
    return max((line.size for line in wide if len(line.cells) == usual), default=0)


def _check_header(above: list[Line], first: Line) -> None:
    """Refuse labels that are one short of the values that follow them."""
    if not above or len(above[-1].cells) != first.size - 1:
        return
    texts = [str(cell).strip() for cell in above[-1].cells]
    is_header = above[-1].row == first.row - 1 and len(set(texts)) == len(texts) and _has_number(first)
    if is_header and not any(any(c.isdigit() for c in text) for text in texts):
        raise ReadingError(
            "row_ragged",
            f"L'en-tête (ligne {above[-1].row}) a {len(texts)} intitulés pour {first.size} cellules par "
            f"ligne : on ne sait pas à quelle colonne il en manque un (« {' ; '.join(texts)[:120]} »). "
            "Compléter l'en-tête.",
        )


def _has_number(line: Line) -> bool:
    return any(str(cell).strip()[:1].isdigit() for cell in line.cells)


def _is_note(line: Line) -> bool:
    """Say whether a line is a note whose text holds the delimiter."""
    return normalise(str(line.cells[0])).startswith(_NOTE_WORDS)
