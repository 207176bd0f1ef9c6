"""Tables side by side on a sheet: parts of a grid that blank columns keep apart."""

from dataclasses import dataclass
from itertools import pairwise

from sdsf_analysis.reading.layouts.grid import NUMERIC, Grid
from sdsf_analysis.reading.layouts.labelling import are_over_numbers
from sdsf_analysis.reading.layouts.openings import opening
from sdsf_analysis.reading.layouts.totals import may_be_total
from sdsf_analysis.reading.layouts.wording import is_comment, is_key, is_note_word, names_a_legend
from sdsf_analysis.reading.text import normalise

_MIN_KEYS = 3
# Rows of a band among which its header is sought: a title may stand above.
_BAND_HEADER = 3
# Columns from one table to the next where a single blank one is layout.
_GAP = 2
# A sheet with more of them repeats its values in layout columns.
_MAX_BANDS = 20


@dataclass(frozen=True)
class _Side:
    """A run of columns that may be a table of its own; its header is 0 where it has none."""

    left: int
    right: int
    header: int
    rows: tuple[int, ...]
    grid: Grid

    @property
    def label(self) -> str:
        return normalise(self.grid.label(self.header, self.left))

    def keys(self) -> list[str]:
        """Names of the records; one merged over several stands once."""
        labels = (normalise(self.grid.label(row, self.left)) for row in self.rows)
        return [label for label in labels if label]


def regions(grid: Grid) -> list[Grid]:
    """Parts of a grid from top to bottom and left to right, each a table or a stack of tables.

    Blank columns that part the whole sheet come first; else each band of rows is asked, where its parts begin
    with the same label: « EPCI » | « Places » | blank | « EPCI » | « Taux ».

    Parameters
    ----------
    grid : Grid
        Rows of the sheet.
    """
    whole = side_by_side(grid)
    bands = _bands(grid)
    if len(whole) > 1 or len(bands) < 2:
        return whole
    asked = [band for band in bands if _may_part(grid, *band)]
    found: list[Grid] = []
    start = 1
    for top, bottom in asked if len(asked) <= _MAX_BANDS else []:
        parts = side_by_side(grid.part(top, 1, bottom, grid.right))
        if len(parts) > 1:
            found += [grid.part(start, 1, top - 1, grid.right)] if start < top else []
            found += parts
            start = bottom + 1
    if not found:
        return whole
    return [*found, grid.part(start, 1, grid.height, grid.right)]


def _bands(grid: Grid) -> list[tuple[int, int]]:
    """First and last row of each run of rows without a blank one."""
    bands: list[tuple[int, int]] = []
    top = last = 0
    for row in (row for row, columns in enumerate(grid.filled, start=1) if columns):
        if row > last + 1 or not top:
            bands += [(top, last)] if top else []
            top = row
        last = row
    return [*bands, (top, last)] if top else bands


def _may_part(grid: Grid, top: int, bottom: int) -> bool:
    """Say whether one of the first rows of a band repeats its first label after a blank column."""
    for row in range(top, min(top + _BAND_HEADER, bottom)):
        columns = grid.columns_of(row)
        firsts = [normalise(grid.label(row, c)) for c in columns if c - 1 not in columns]
        if len(set(firsts)) < len(firsts):
            return True
    return False


def side_by_side(grid: Grid) -> list[Grid]:
    """Parts of a grid that hold one table or stack of tables each, from left to right.

    A blank column is layout unless what follows it is a table by itself: labels of its own over a first
    column of names or codes, and either the same first label, a title of its own, another height or a
    wider gap.

    Parameters
    ----------
    grid : Grid
        Rows of the sheet.

    Examples
    --------
    >>> from sdsf_analysis.reading.sheet import Sheet
    >>> rows = [["Commune", "Places", None, "Commune", "Heures"], ["Gex", 2.0, None, "Gex", 9.0]]
    >>> [(part.filled[0][0], part.right) for part in side_by_side(Grid(Sheet("RPE", rows)))]
    [(1, 2), (4, 5)]
    """
    runs = _runs(grid)
    if len(runs) < 2:
        return [grid]
    tables = _without_prose(grid, runs)
    if len(tables) < len(runs):
        grid, runs = grid.part(1, 1, grid.height, tables[-1][1]), tables
    parts = [runs[0]]
    for run in runs[1:]:
        if _stands_alone(grid, parts[-1], run):
            parts.append(run)
        else:
            parts[-1] = (parts[-1][0], run[1])
    if len(parts) == 1:
        return [grid]
    edges = [1, *(left for left, _ in parts[1:]), grid.right + 1]
    return [grid.part(1, left, grid.height, after - 1) for left, after in pairwise(edges)]


def _runs(grid: Grid) -> list[tuple[int, int]]:
    """Columns in a row, as the rows of two cells and more fill them."""
    used = grid.columns_in(row for row, columns in enumerate(grid.filled, 1) if len(columns) > 1)
    used.update(*(grid.covered(row) for row in grid.across if len(grid.columns_of(row)) > 1))
    runs: list[tuple[int, int]] = []
    for column in sorted(used):
        if runs and runs[-1][1] == column - 1:
            runs[-1] = (runs[-1][0], column)
        else:
            runs.append((column, column))
    return runs


def _without_prose(grid: Grid, runs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Runs of columns but for those at the right that only comment a table: titles of charts, readings."""
    kept = list(runs)
    while len(kept) > 1 and _is_prose(grid, *kept[-1], is_far=kept[-1][0] - kept[-2][1] > _GAP):
        kept.pop()
    return kept


def _is_prose(grid: Grid, left: int, right: int, *, is_far: bool) -> bool:
    """Say whether columns hold nothing but comments; near a table, under the word « légende » only."""
    filled = enumerate(grid.filled, start=1)
    places = [(row, c) for row, columns in filled for c in columns if left <= c <= right]
    if not {grid.kind(*place) for place in places} <= {"text", "mark"}:
        return False
    labels = [grid.label(*place) for place in places]
    if names_a_legend(labels[0]):
        labels = labels[1:]
    elif not is_far:
        return False
    # a word alone may be the label of a column of remarks
    return bool(labels) and all(is_comment(label) and not is_note_word(label) for label in labels)


def _stands_alone(grid: Grid, left: tuple[int, int], right: tuple[int, int]) -> bool:
    first, second = _side(grid, *left), _side(grid, *right)
    if first is None or second is None:
        return False
    if not (first.header and second.header):
        # without labels, the same names again are the only sign
        return first.header == second.header and _is_distinct(first) and first.keys() == second.keys()
    return (
        (first.label == second.label and bool(second.label))
        or (_title(first) and _title(second))
        or right[0] - left[1] > _GAP
        or _ends_elsewhere(grid, first, second)
        or (_is_keyed(first) and _is_keyed(second))
    )


def _side(grid: Grid, left: int, right: int) -> _Side | None:
    """A run of columns with a header of its own over names or codes, or none; None for anything else."""
    if right == left:
        return None
    part = grid.part(1, left, grid.height, right)
    openings = ((row, opening(part, row)) for row in range(1, part.height + 1))
    top, bottom = next(((row, last) for row, last in openings if last is not None), (0, 0))
    # labels centred over several columns may begin right of the first one
    header = next((row for row in range(top, bottom + 1) if left in part.columns_of(row)), 0)
    if not header and 0 < top <= bottom and are_over_numbers(part, bottom):
        # names that bear no label, left of labelled numbers
        header = bottom
    if not top or (bottom >= top and not header):
        return None
    rows = tuple(r for r in range(max(header + 1, top), part.height + 1) if len(part.columns_of(r)) > 1)
    merged = {r for m in part.down if m.left == left for r in range(m.top, m.bottom + 1)}
    keys = [row for row in rows if row in merged or left in part.columns_of(row)]
    are_names = sum(part.kind(row, left) not in NUMERIC - {"year"} for row in keys)
    is_coded = not header or is_key(part.label(header, left))
    if not rows or len(keys) < len(rows) / 2 or not (is_coded or are_names > len(keys) / 2):
        return None
    return _Side(left, right, header, rows, part)


def _title(side: _Side) -> bool:
    """Say whether a lone text of a side stands right above its header."""
    above = [row for row in range(max(side.header - 2, 1), side.header) if side.grid.columns_of(row)]
    return bool(above) and side.grid.is_lone(above[-1]) and side.grid.columns_of(above[-1])[0] == side.left


def _ends_elsewhere(grid: Grid, first: _Side, second: _Side) -> bool:
    """Say whether two sides begin or end at different rows, totals aside."""
    ends = [[row for row in side.rows if not may_be_total(grid.cells(row)[:2])] for side in (first, second)]
    return first.header != second.header or not all(ends) or ends[0][-1] != ends[1][-1]


def _is_keyed(side: _Side) -> bool:
    return is_key(side.label) and _is_distinct(side)


def _is_distinct(side: _Side) -> bool:
    keys = side.keys()
    return len(keys) >= _MIN_KEYS and len(set(keys)) == len(keys)
