"""Labels of the columns of a table: those that merges or blanks spread over several columns included."""

from sdsf_analysis.reading.layouts.grid import Grid, is_year
from sdsf_analysis.reading.sheet import Cell, Place, Range
from sdsf_analysis.reading.text import is_blank
from sdsf_analysis.reading.values import clean_text


def column_paths(grid: Grid, top: int, bottom: int, body: list[int]) -> list[tuple[int, tuple[str, ...]]]:
    """Columns and their labels from top to bottom: a merged or spanned label stands over its whole range."""
    spread = _merged_labels(grid, top, bottom) | _spanned_labels(grid, top, bottom)
    indexes = grid.columns_in((*range(top, bottom + 1), *body))
    return [(c, _path(grid, spread, top, bottom, c)) for c in sorted(indexes)]


def _merged_labels(grid: Grid, top: int, bottom: int) -> dict[Place, Cell]:
    return {
        (r, c): grid.sheet.cell(m.top, m.left)
        for m in grid.merged
        if top <= m.top <= bottom
        for r in range(m.top, min(m.bottom, bottom) + 1)
        for c in range(m.left, min(m.right, grid.right) + 1)
    }


def spread_labels(grid: Grid, top: int, bottom: int) -> tuple[Range, ...]:
    """Labels centred across a selection: the cells from each over the labels under it, until the next text.

    Examples
    --------
    >>> from sdsf_analysis.reading.sheet import Sheet
    >>> rows = [["Nom", "Accueil", None], [None, "Places", "Heures"], ["A", 12.0, 300.0]]
    >>> spread_labels(Grid(Sheet("EAJE", rows)), 1, 2)
    (Range(top=1, left=2, bottom=1, right=3),)
    """
    found: list[Range] = []
    for row in range(top, bottom):
        under = {c for r in range(row + 1, bottom + 1) for c in grid.columns_of(r)}
        above = {c for r in range(top, row + 1) for c in grid.covered(r)}
        for column in grid.columns_of(row):
            right = column
            while right + 1 in under and right + 1 not in above:
                right += 1
            if right > column and column in under and len(_merge_at(grid, row, column)) == 1:
                found.append(Range(row, column, row, right))
    return tuple(found)


def _spanned_labels(grid: Grid, top: int, bottom: int) -> dict[Place, Cell]:
    """Texts over the columns to which they are spread; a year is a value, never spread without a merge."""
    return {
        (m.top, c): grid.sheet.cell(m.top, m.left)
        for m in spread_labels(grid, top, bottom)
        if not is_year(grid.label(m.top, m.left))
        for c in range(m.left + 1, m.right + 1)
    }


def _merge_at(grid: Grid, row: int, column: int) -> range:
    merged = (m for m in grid.across.get(row, ()) if m.left == column)
    return next((range(m.left, m.right + 1) for m in merged), range(column, column + 1))


def _path(grid: Grid, spread: dict[Place, Cell], top: int, bottom: int, column: int) -> tuple[str, ...]:
    path: list[str] = []
    for row in range(top, bottom + 1):
        cell = spread.get((row, column))
        label = grid.label(row, column) if is_blank(cell) else clean_text(cell)
        if label and (not path or path[-1] != label):
            path.append(label)
    return tuple(path)
