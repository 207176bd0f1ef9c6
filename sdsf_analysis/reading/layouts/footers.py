"""Texts under a table: which are its notes, and which announce the next table."""

from collections.abc import Callable
from itertools import takewhile

from sdsf_analysis.reading.layouts.grid import Grid
from sdsf_analysis.reading.layouts.wording import begins_note, is_fact, is_note, is_note_word, is_sentence

# A mark and its meaning stand side by side at the foot of a table.
_MARK_LENGTH = 6


def is_note_row(grid: Grid, row: int) -> bool:
    """Say whether a row reads as a note: alone, or cut after its first word or by a delimiter.

    Examples
    --------
    >>> from sdsf_analysis.reading.sheet import Sheet
    >>> grid = Grid(Sheet("RPE", [["Source :", "Caf"], ["* estimation"], ["Gex"]]))
    >>> [is_note_row(grid, row) for row in (1, 2, 3)]
    [True, True, False]
    """
    if grid.is_lone(row):
        return is_note(grid.text(row).strip())
    first = grid.label(row, grid.columns_of(row)[0]) if grid.columns_of(row) else ""
    return begins_note(first) or (is_note_word(first) and "number" not in grid.kinds(row))


def is_fact_row(grid: Grid, row: int) -> bool:
    """Say whether a row is a pair about the file, no header: « Date d'extraction » | « 02/05/2024 ».

    Examples
    --------
    >>> from sdsf_analysis.reading.sheet import Sheet
    >>> grid = Grid(Sheet("RPE", [["Version", "2"], [], ["Auteur", "Places"], ["Caf", 12.0]]))
    >>> [is_fact_row(grid, row) for row in (1, 3)]
    [True, False]
    """
    if not _is_fact_pair(grid, row):
        return False
    return len(grid.columns_of(row + 1)) != 2 or _is_fact_pair(grid, row + 1) or is_note_row(grid, row + 1)


def _is_fact_pair(grid: Grid, row: int) -> bool:
    columns = grid.columns_of(row)
    if len(columns) != 2:
        return False
    name = grid.label(row, columns[0])
    return is_fact(name) or (name.endswith(":") and grid.kind(row, columns[0]) == "text")


def ends_body(grid: Grid, row: int) -> bool:
    """Say whether a row that touches a body is text about it: a note, or a sentence alone in its row."""
    if is_note_row(grid, row) or (grid.is_lone(row) and is_sentence(grid.text(row))):
        return True
    return is_fact_row(grid, row) and is_fact(grid.label(row, grid.columns_of(row)[0]))


def is_legend_row(grid: Grid, row: int) -> bool:
    """Say whether a row is a mark beside its meaning: « nd » | « non disponible »."""
    columns = grid.columns_of(row)
    if len(columns) != 2:
        return False
    mark, meaning = grid.label(row, columns[0]), grid.label(row, columns[1])
    is_mark = grid.kind(row, columns[0]) == "mark" or is_note_word(mark)
    return is_mark and len(mark) <= _MARK_LENGTH and len(meaning) > len(mark) and not meaning[0].isdigit()


def is_foot_row(grid: Grid, row: int) -> bool:
    """Say whether a row parted from a body by a blank row is text rather than data."""
    return grid.is_lone(row) or is_note_row(grid, row) or is_legend_row(grid, row) or is_fact_row(grid, row)


def notes_from(
    grid: Grid, row: int, starts: Callable[[int], bool], *, touches: bool
) -> tuple[list[int], int]:
    """Notes of the table that ends above a row, and the first row that is not one of them.

    Texts that touch the body, or begin as a note, are notes, with the lines that follow without a blank row;
    others are titles where a table comes below, notes where none does.

    Parameters
    ----------
    grid : Grid
        Rows of the sheet.
    row : int
        First row after the body.
    starts : callable
        Whether a table starts at a row.
    touches : bool
        Whether the first texts touch the body.
    """
    notes: list[int] = []
    is_last = not _meets_table(grid, row, starts)
    while (first := grid.next_filled(row)) <= grid.height:
        group = _group(grid, first, starts)
        if touches and group:
            taken = group[: len(group) - len(_announcing(grid, group, starts))]
        else:
            taken = group if is_last else _notes_of(grid, group, starts)
        notes += taken
        if not group or len(taken) < len(group):
            return notes, group[len(taken)] if group else first
        row, touches = group[-1] + 1, False
    return notes, first


def _announcing(grid: Grid, group: list[int], starts: Callable[[int], bool]) -> list[int]:
    """Rows that end a group right above a table and name it: long titles without a full stop."""
    if not starts(group[-1] + 1):
        return []
    titles = takewhile(lambda row: not is_note_row(grid, row) and _is_open(grid, row), reversed(group))
    return list(titles)


def _is_open(grid: Grid, row: int) -> bool:
    return grid.is_lone(row) and not grid.text(row).rstrip().endswith((".", ";"))


def _group(grid: Grid, row: int, starts: Callable[[int], bool]) -> list[int]:
    """Rows of text that follow one another."""
    rows: list[int] = []
    while grid.columns_of(row) and is_foot_row(grid, row) and not starts(row):
        rows.append(row)
        row += 1
    return rows


def _meets_table(grid: Grid, row: int, starts: Callable[[int], bool]) -> bool:
    """Say whether a table comes below, whatever texts stand between."""
    while (row := grid.next_filled(row)) <= grid.height:
        if starts(row):
            return True
        if not is_foot_row(grid, row):
            return False
        row += 1
    return False


def _notes_of(grid: Grid, group: list[int], starts: Callable[[int], bool]) -> list[int]:
    """Rows of a group above another table that are notes: all, or those before the first that is not."""
    if not group or not is_note_row(grid, group[0]):
        return []
    if not starts(group[-1] + 1):
        return group
    titles = [row for row in group if not is_note_row(grid, row)]
    return [row for row in group if row < titles[0]] if titles else []
