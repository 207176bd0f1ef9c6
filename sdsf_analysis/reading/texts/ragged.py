"""Lines of a text file with a cell too many or too few: the values after it stand in another column."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from sdsf_analysis.errors import ReadingError
from sdsf_analysis.reading.layouts.wording import is_fact, is_key, is_note, is_sentence
from sdsf_analysis.reading.text import is_blank, normalise
from sdsf_analysis.reading.typed.legends import usual_meaning

_NOTE = re.compile(r"(?:sources?|notes?|lecture|champ|nb|legende|precisions?|attention)\b")
# Some programs leave trailing blanks out: short lines are a fault where they are the exception.
_FEW, _SMALL_SHARE = 3, 0.1
_USUAL_SHARE = 0.5


class Line(NamedTuple):
    """A line that holds something: its row, its cells, and how many there are before the last blank ones."""

    row: int
    cells: list[object]
    size: int


class Ragged(NamedTuple):
    """A line with a cell too many or too few: its cells, those expected, whether it is a note cut in two."""

    size: int
    expected: int
    is_note: bool


def ragged_rows(rows: list[list[object]]) -> dict[int, Ragged]:
    """Rows of a text file that do not have the number of cells of the rows around them.

    Titles, headings over groups and notes are none; blank cells at the end of a line count for nothing.

    Parameters
    ----------
    rows : list of list
        Lines of the file, cut into cells.

    Returns
    -------
    dict
        Row (1-based) → `Ragged`.

    Raises
    ------
    ReadingError
        If a header has one label less than its lines have cells: no label could be trusted.

    Examples
    --------
    >>> ragged_rows([["Commune", "Places", "Taux"], ["Gex", "20", "31"], ["Thoiry", "12"]])
    {3: Ragged(size=2, expected=3, is_note=False)}
    """
    if _are_even(rows):
        return {}
    blocks = list(_blocks(rows))
    headings = _headings(blocks)
    return {row: sizes for block in blocks for row, sizes in _ragged(block, headings).items()}


def _are_even(rows: list[list[object]]) -> bool:
    """Say whether every line has as many cells, the last one filled, as most programs write them."""
    filled = [row for row in rows if row]
    return len(set(map(len, filled))) < 2 and not any(is_blank(row[-1]) for row in filled)


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


def _ragged(block: list[Line], headings: set[int]) -> dict[int, Ragged]:
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
    lone = _lone(block, whole[0], expected, headings)
    padded = _padded(wide, expected)
    below = [line for line in wide if line.row > whole[0].row]
    long = [line for line in below if line.size > expected]
    short = [line for line in below if _is_short(line, expected, padded)] + lone
    is_habit = len(short) > max(_FEW, _SMALL_SHARE * len(block))
    notes = {line.row: _is_note(line, is_last=line.row > whole[-1].row) for line in long + short}
    ragged = (line for line in long + short if not is_habit or line in long or notes[line.row])
    return {line.row: _said(line, expected, padded, is_note=notes[line.row]) for line in sorted(ragged)}


def _is_short(line: Line, expected: int, padded: int) -> bool:
    """Say whether a line lacks a cell, be it among the blank ones that end all lines."""
    size = len(line.cells)
    return size < expected or (line.size < size < padded)


def _said(line: Line, expected: int, padded: int, *, is_note: bool) -> Ragged:
    if line.size <= expected <= len(line.cells):
        return Ragged(len(line.cells), padded, is_note)
    return Ragged(max(line.size, min(len(line.cells), expected)), expected, is_note)


def _padded(wide: list[Line], expected: int) -> int:
    """Cells of nearly every line, the blank ones that a program puts at the end of each included."""
    widths = Counter(len(line.cells) for line in wide)
    usual = max(widths, key=lambda width: widths[width], default=0)
    return usual if widths[usual] >= len(wide) - max(1, _SMALL_SHARE * len(wide)) else expected


def _headings(blocks: list[list[Line]]) -> set[int]:
    """Rows of one cell that stand each over a group of full lines, the first right under the header.

    In two columns of which the first bears places, such a line is a place whose value is gone.
    """
    pairs = [pair for block in blocks for pair in pairwise(block)]
    over = [one.row for one, two in pairs if one.size == 1 < two.size]
    header = next((one for one, two in pairs if one.size > 1), None)
    if header is None or (header.size == 2 and is_key(str(header.cells[0]))):
        return set()
    below = [row for row in over if row > header.row]
    return set(below) if len(below) > 1 and below[0] == header.row + 1 else set()


def _lone(block: list[Line], first: Line, expected: int, headings: set[int]) -> list[Line]:
    """Lines of one cell below the first whole line that are records: no heading, title or note."""
    body = [line for line in block if line.row >= first.row]
    last = max(line.row for line in body if line.size > 1)
    found: list[Line] = []
    for line, following in zip(body, [*body[1:], None], strict=True):
        if line.size > 1 or len(line.cells) >= expected or line.row in headings:
            continue
        if _is_text_around(str(line.cells[0]), is_last=line.row > last):
            if line.row > last:
                break
        elif following is None or not _is_header(following, body):
            found.append(line)
    return found if len(found) < len(body) / 2 else []


def _is_text_around(text: str, *, is_last: bool) -> bool:
    """Say whether a lone text reads as a note; under the last record, a sentence or a remark is one too."""
    if is_note(text):
        return True
    return is_last and (is_fact(text) or is_sentence(text) or text.startswith(("(", "[")))


def _is_header(line: Line, body: list[Line]) -> bool:
    """Say whether a line holds labels alone, where others hold numbers."""
    texts = [str(cell).strip() for cell in line.cells[: line.size]]
    are_labels = line.size > 1 and all(text and usual_meaning(text) is None for text in texts)
    return are_labels and not _has_number(line) and any(map(_has_number, body))


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


def _is_note(line: Line, *, is_last: bool) -> bool:
    """Say whether a line is a note whose text holds the delimiter: by its first word, or by its call."""
    text = str(line.cells[0])
    return _NOTE.match(normalise(text)) is not None or (is_last and (is_note(text) or is_fact(text)))
