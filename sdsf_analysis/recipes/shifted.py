"""Lines of a text file with a cell too many or too few: the values after it stand in another column."""

from collections.abc import Iterator

from sdsf_analysis.model.problems import Problem
from sdsf_analysis.reading.sheet import address
from sdsf_analysis.reading.text import is_blank
from sdsf_analysis.recipes.parse import Context

# Some programs leave trailing blanks out: a short line is a fault only where the others are whole.
_WHOLE_SHARE = 0.9


def shifted_rows(context: Context) -> Iterator[tuple[int, Problem]]:
    """Rows of a text file whose cells do not match its header, each with its problem."""
    if not context.is_text_file:
        return
    rows = context.table.sheet.rows
    expected = len(rows[context.table.header_rows[-1] - 1])
    sizes = {row: _size(rows[row - 1], expected) for row in context.table.body_rows}
    whole = sum(size == expected for size in sizes.values())
    for row, size in sizes.items():
        if size > expected or (size < expected and whole >= _WHOLE_SHARE * len(sizes)):
            message = (
                f"La ligne {row} a {size} cellules pour {expected} colonnes : ses valeurs sont décalées, "
                "elle n'est pas reprise."
            )
            yield row, Problem(context.source, "", address(row, 1), "value_refused", message, str(size))


def _size(row: list[object], expected: int) -> int:
    """Cells of a row, less the blank ones that end it beyond the header."""
    size = len(row)
    while size > expected and is_blank(row[size - 1]):
        size -= 1
    return size
