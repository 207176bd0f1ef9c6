"""Where the header of a table begins and ends on a sheet."""

from itertools import takewhile
from statistics import median_high

from sdsf_analysis.reading.layouts.grid import NUMERIC, Grid, is_year
from sdsf_analysis.reading.layouts.labelling import (
    MIN_SEQUENCE,
    are_groups,
    are_over_numbers,
    is_inner,
    is_label_row,
    is_numeric_below,
    is_sequence,
    is_stamped_title,
)
from sdsf_analysis.reading.layouts.totals import may_be_total
from sdsf_analysis.reading.layouts.wording import (
    is_identifier,
    is_numbering,
    is_period,
    is_pivot_caption,
    is_unit,
)

MAX_HEADER_ROWS = 6
_AHEAD = 10
_NUMERIC_AHEAD = 20
_NUMERIC_SHARE = 0.5
_WIDE_SHARE = 0.6


def starts_header(grid: Grid, row: int, depth: int = 1) -> bool:
    """Say whether a table's header begins at a row.

    Parameters
    ----------
    grid : Grid
        Rows of the sheet.
    row : int
        Row asked.
    depth : int
        Rows of labels already seen above: a header has four at most.

    Examples
    --------
    >>> from sdsf_analysis.reading.sheet import Sheet
    >>> grid = Grid(Sheet("Gex", [["Places en 2024"], ["Commune", "Places"], ["Gex", 12.0]]))
    >>> [starts_header(grid, row) for row in (1, 2, 3)]
    [False, True, False]
    """
    columns = grid.columns_of(row)
    if not columns or not is_label_row(grid, row) or _is_pivot_caption(grid, row):
        return False
    if len(columns) == 1 and _names_the_figures(grid, row):
        return True
    is_above = depth < MAX_HEADER_ROWS and _stands_above(grid, row)
    if are_groups(grid, row) or (is_above and starts_header(grid, row + 1, depth + 1)):
        return True
    if len(columns) < 2 or is_stamped_title(grid, row):
        return False
    if _are_years_over_numbers(grid, row) or are_over_numbers(grid, row):
        return True
    is_wide = grid.width(row) >= _WIDE_SHARE * _usual_width(grid, row + 1)
    return is_wide or (row in grid.across and any(m.top == row for m in grid.down))


def header_bottom(grid: Grid, top: int) -> int:
    """Last row of the header that begins at a row: at most four rows."""
    # a taller merge is a label beside the table, not one of its header
    merged = (m.bottom for m in grid.down if m.top == top and m.bottom - top < MAX_HEADER_ROWS)
    bottom = max([top, *merged])
    while bottom - top + 1 < MAX_HEADER_ROWS and _continues(grid, top, bottom):
        bottom += 1
    return min(bottom, grid.height)


def _is_pivot_caption(grid: Grid, row: int) -> bool:
    return any(is_pivot_caption(grid.label(row, c)) for c in grid.columns_of(row))


def _names_the_figures(grid: Grid, row: int) -> bool:
    """A lone label over the figures of rows of two cells, names first."""
    (column,), (name, *others) = grid.columns_of(row), grid.columns_of(row + 1) or [0]
    under = range(row + 1, min(row + _AHEAD, grid.height) + 1)
    rows = [r for r in under if len(grid.columns_of(r)) > 1]
    are_pairs = others == [column] and all(grid.columns_of(r) == [name, column] for r in rows)
    are_figures = all(grid.kind(r, column) in NUMERIC for r in rows) and grid.is_numeric(column, rows)
    return are_pairs and len(rows) > 1 and are_figures and not grid.is_numeric(name, rows)


def _usual_width(grid: Grid, row: int) -> int:
    """Usual width of the rows that follow, up to the blank row that ends them."""
    first = grid.next_filled(row)
    widths: list[int] = []
    while first <= grid.height and grid.columns_of(first) and len(widths) < _AHEAD:
        widths += [grid.width(first)]
        first += 1
    wide = [width for width in widths if width > 1]
    return median_high(wide) if wide else max(widths, default=0)


def _stands_above(grid: Grid, row: int) -> bool:
    """Say whether the labels of a row stand over those of the row below rather than name a title."""
    columns, under = grid.columns_of(row), grid.columns_of(row + 1)
    if len(under) < 2 or not is_label_row(grid, row + 1):
        return False
    if _are_years(grid, row):
        return len(columns) > 1 and (columns[0] > under[0] or is_inner(grid, row))
    if len(columns) == 1:
        return _is_spanning(grid, row, under)
    completes = bool(set(columns) - set(under)) and bool(set(under) - set(columns))
    return columns[0] > under[0] or completes or is_inner(grid, row) or _is_over_inner(grid, row)


def _is_over_inner(grid: Grid, row: int) -> bool:
    """Labels of the names of the records, and others that stand over those of the inner row below."""
    columns, under = grid.columns_of(row), grid.columns_of(row + 1)
    inner = {c for c in columns if c >= under[0]}
    return 0 < len(inner) < len(columns) and inner <= set(under) and is_inner(grid, row + 1)


def _is_spanning(grid: Grid, row: int, under: list[int]) -> bool:
    """A lone label merged over some of the columns below; over nearly all of them, it is a title."""
    covered = grid.covered(row)
    return len(covered) > 1 and min(covered) > under[0] and len(covered) < len(under)


def _continues(grid: Grid, top: int, bottom: int) -> bool:
    under = bottom + 1
    if not grid.columns_of(under) or any(grid.words(under) == grid.words(r) for r in range(top, under)):
        return False
    if _are_units(grid, top, under) or _are_numberings(grid, under) or _names_a_series(grid, top, under):
        return True
    if _are_ages_under(grid, top, bottom):
        return True
    if not is_label_row(grid, under):
        return False
    return (
        _has_labels_under(grid, bottom)
        or _fills_gaps(grid, top, bottom)
        or _is_spread_over(grid, bottom)
        or are_groups(grid, bottom)
        or _is_code_row(grid, under)
        or _are_years_under(grid, bottom)
    )


def _are_units(grid: Grid, top: int, row: int) -> bool:
    """Units under labels, none under the names: « en % », « nombre », « € »."""
    columns, below = grid.columns_of(row), grid.columns_of(row + 1) or [0]
    first = min(grid.columns_of(top)[0], below[0] or columns[0])
    return columns[0] > first and all(is_unit(grid.label(row, c)) for c in columns)


def _are_numberings(grid: Grid, row: int) -> bool:
    """Columns numbered under their labels: (1), (2), (3), or a, b, c; ticks are no numbers."""
    labels = [grid.label(row, c) for c in grid.columns_of(row)]
    is_first = labels[0].strip("( )").casefold() in ("1", "a") and len(set(labels)) == len(labels)
    return is_first and len(labels) >= MIN_SEQUENCE and all(is_numbering(label) for label in labels)


def _names_a_series(grid: Grid, top: int, row: int) -> bool:
    """Say whether a row above dates says which series stands under each label: « idBank » | « 000436391 »."""
    names, *others = grid.columns_of(row)
    if grid.columns_of(top)[0] != names or not all(_is_said_of_series(grid, row, c) for c in others):
        return False
    column = [_kind_of_name(grid, r, names) for r in range(row, min(row + _NUMERIC_AHEAD, grid.height) + 1)]
    labels = list(takewhile(lambda kind: kind == "text", column))
    dates = column[len(labels) :]
    is_short = 0 < len(labels) <= MAX_HEADER_ROWS - (row - top)
    return (
        is_short and len(dates) > 1 and set(dates) <= {"date", "year"} and not may_be_total(grid.cells(row))
    )


def _kind_of_name(grid: Grid, row: int, column: int) -> str:
    return "date" if is_period(grid.label(row, column)) else grid.kind(row, column)


def _is_said_of_series(grid: Grid, row: int, column: int) -> bool:
    """Say whether a cell names a series, or says when it was last updated."""
    return _is_name(grid.label(row, column)) or grid.kind(row, column) == "date"


def _is_name(label: str) -> bool:
    """Say whether a cell names a series: a text, or a number that begins with zeros."""
    return label[:1].isalpha() or (label.isdecimal() and label.startswith("0") and len(label) > 1)


def _are_years(grid: Grid, row: int) -> bool:
    return all(is_year(grid.label(row, c)) for c in grid.columns_of(row))


def _are_years_over_numbers(grid: Grid, row: int) -> bool:
    """A row of years, over numbers, right of names that bear no label."""
    columns, under = grid.columns_of(row), grid.columns_of(row + 1)
    if not under or columns[0] <= under[0] or not _are_years(grid, row):
        return False
    are_names = all(grid.kind(row + 1, c) not in NUMERIC for c in under if c < columns[0])
    return are_names and all(is_numeric_below(grid, row, c) for c in columns)


def _are_years_under(grid: Grid, bottom: int) -> bool:
    """A row of years under labels that begin left of it."""
    columns, others = grid.columns_of(bottom + 1), grid.columns_of(bottom)
    return min(len(columns), len(others)) > 1 and columns[0] > others[0] and _are_years(grid, bottom + 1)


def _are_ages_under(grid: Grid, top: int, bottom: int) -> bool:
    """Ages from 0 or 1 on, once or again for each label above, right of the first labels."""
    columns = grid.columns_of(bottom + 1)
    if columns[0] <= grid.columns_of(top)[0] or set(grid.kinds(bottom + 1)) != {"number"}:
        return False
    ages = [grid.label(bottom + 1, c) for c in columns]
    again = ages.index(ages[0], 1) if ages[0] in ages[1:] else len(ages)
    return is_sequence(ages[:again]) and ages == ages[:again] * (len(ages) // again)


def _has_labels_under(grid: Grid, bottom: int) -> bool:
    """Say whether a label merged over several columns has labels of its own under them."""
    under = grid.columns_of(bottom + 1)
    return any(sum(m.left <= c <= m.right for c in under) > 1 for m in grid.across.get(bottom, ()))


def _fills_gaps(grid: Grid, top: int, bottom: int) -> bool:
    """Labels in columns that the rows above leave blank, over numbers: spanned without a merge."""
    above = {c for row in range(top, bottom + 1) for c in grid.columns_of(row)}
    under = [c for c in grid.columns_of(bottom + 1) if c >= min(above)]
    gaps = [c for c in under if c not in above]
    return bool(gaps) and len(under) > 1 and all(_is_over_numbers(grid, bottom + 1, c) for c in gaps)


def _is_over_numbers(grid: Grid, row: int, column: int) -> bool:
    """Say whether numbers stand under a label, be it under more rows of labels, as deep as a header goes."""
    if is_numeric_below(grid, row, column):
        return True
    rows = range(row + 1, min(row + MAX_HEADER_ROWS, grid.height + 1))
    labels = takewhile(lambda r: grid.columns_of(r) and is_label_row(grid, r), rows)
    return is_numeric_below(grid, max(labels, default=row), column)


def _is_spread_over(grid: Grid, bottom: int) -> bool:
    """Labels that begin right of those under them and leave some of them bare: centred without a merge."""
    columns, under = grid.columns_of(bottom), grid.columns_of(bottom + 1)
    if not columns or not under:
        return False
    bare = [c for c in under if c > columns[0] and c not in columns]
    return columns[0] > under[0] and set(columns) <= set(under) and bool(bare)


def _is_code_row(grid: Grid, row: int) -> bool:
    """A second row of labels: texts over columns of numbers, or names of variables."""
    columns = grid.columns_of(row)
    if len(columns) < 2 or any(kind not in ("text", "mark", "band") for kind in grid.kinds(row)):
        return False
    if sum(is_identifier(grid.label(row, c)) for c in columns) > _NUMERIC_SHARE * len(columns):
        return True
    if "mark" in grid.kinds(row):
        return False
    numeric = sum(_is_over_numbers(grid, row, c) for c in columns)
    return numeric >= 2 and numeric >= _NUMERIC_SHARE * len(columns)
