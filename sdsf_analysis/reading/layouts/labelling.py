"""Rows of labels: whether a row may be one, and what it says of the row of labels under it."""

import re
from itertools import pairwise, takewhile

from sdsf_analysis.reading.layouts.grid import Grid
from sdsf_analysis.reading.layouts.wording import is_comment, is_key, is_stamp

_NUMERIC_AHEAD, _AHEAD = 20, 10
_YEAR = re.compile(r"(?:19|20)\d\d")
# « 10 et plus » ends a row of ages.
_WORDED = {"text", "band", "mark"}
# Columns named 0, 1, 2… (ages, numbers of children) are labels from three on.
MIN_SEQUENCE = 3


def is_label_row(grid: Grid, row: int) -> bool:
    """Say whether a row may hold labels: texts, years, bands, dates over numbers, or 0, 1, 2 and so on."""
    kinds = grid.kinds(row)
    are_bands = set(kinds) == {"band"} and len(set(grid.words(row))) == len(kinds)
    if set(kinds) <= {"mark", "band"} and not are_bands:
        return False
    dates = [c for c, kind in zip(grid.columns_of(row), kinds, strict=True) if kind == "date"]
    if any(not is_numeric_below(grid, row, c) for c in dates):
        return False
    numbers = [grid.label(row, c) for c, kind in zip(grid.columns_of(row), kinds, strict=True)
               if kind == "number"]  # fmt: skip
    return not numbers or (not _WORDED.isdisjoint(kinds) and is_sequence(numbers))


def is_inner(grid: Grid, row: int) -> bool:
    """Say whether labels stand right of the names of the records, each over one below, without a merge."""
    columns, under = grid.columns_of(row), grid.columns_of(row + 1)
    # a blank row may part the labels from the records
    rows = filter(grid.columns_of, range(row + 1, min(row + _AHEAD, grid.height) + 1))
    first = min((grid.columns_of(r)[0] for r in rows), default=columns[0])
    return len(columns) > 1 and set(columns) <= set(under) and first < columns[0]


def is_stamped_title(grid: Grid, row: int) -> bool:
    """Say whether a row right above labels is a title that ends with the unit, the date or the sender."""
    columns, under = grid.columns_of(row), grid.columns_of(row + 1)
    if len(columns) != 2 or len(under) < 2 or columns[0] != under[0] or columns[1] < under[-1]:
        return False
    is_over_labels = is_label_row(grid, row + 1) and is_key(grid.label(row + 1, under[0]))
    is_title = is_over_labels and not is_key(grid.label(row, columns[0]))
    return is_title and is_stamp(grid.label(row, columns[1]))


def are_groups(grid: Grid, row: int) -> bool:
    """Say whether labels each stand over the first of two columns at least, from the first on, unmerged."""
    columns, under = grid.columns_of(row), grid.columns_of(row + 1)
    if len(columns) < 2 or row in grid.across or not set(columns) < set(under) or columns[0] != under[0]:
        return False
    spans = [sum(a <= c < b for c in under) for a, b in pairwise([*columns, under[-1] + 1])]
    labels = [grid.label(row, c) for c in columns]
    are_labels = is_key(labels[0]) or not any(is_stamp(label) or is_comment(label) for label in labels)
    is_over_labels = is_label_row(grid, row + 1) and is_key(grid.label(row + 1, under[0]))
    return min(spans) > 1 and are_labels and is_over_labels and grid.kinds(row) == ["text"] * len(columns)


def are_over_numbers(grid: Grid, row: int) -> bool:
    """Say whether texts stand over each of the columns of numbers, right of names that bear no label."""
    columns, under = grid.columns_of(row), grid.columns_of(row + 1)
    if not under or columns[0] <= under[0] or set(grid.kinds(row)) != {"text"}:
        return False
    names = [c for c in under if c < columns[0]]
    are_all = {c for c in under if c >= columns[0]} <= set(columns)
    is_named = grid.kind(row + 1, names[-1]) == "text" and not is_label_row(grid, row + 1)
    return are_all and is_named and all(is_numeric_below(grid, row, c) for c in columns)


def names_years(grid: Grid, row: int) -> bool:
    """Say whether a row holds one year after another over other numbers, after a label of names or none.

    Examples
    --------
    >>> from sdsf_analysis.reading.sheet import Sheet
    >>> rows = [["Commune", 2022.0, 2023.0], ["Gex", 2.0, 4.0], ["Ouverture", 2022.0, 2023.0]]
    >>> grid = Grid(Sheet("RPE", rows))
    >>> [names_years(grid, row) for row in (1, 2, 3)]
    [True, False, False]
    """
    columns, under = grid.columns_of(row), grid.columns_of(row + 1)
    years = [c for c in columns if grid.kind(row, c) == "year"]
    numbers = [int(found[0]) for c in years if (found := _YEAR.search(grid.label(row, c)))]
    steps = {after - before for before, after in pairwise(numbers)}
    if len(numbers) < max(len(years), 2) or steps not in ({1}, {-1}) or set(years).isdisjoint(under):
        return False
    names = [c for c in columns if c < years[0]]
    is_named = is_key(grid.label(row, names[0])) if names else under[0] < years[0]
    rows = list(takewhile(grid.columns_of, range(row + 1, min(row + _NUMERIC_AHEAD, grid.height) + 1)))
    is_over = all(grid.is_numeric(c, rows) and grid.kind(row + 1, c) != "year" for c in years)
    return is_named and is_over and columns == [*names, *years]


def is_numeric_below(grid: Grid, row: int, column: int) -> bool:
    """Say whether a column mostly holds numbers under a row."""
    return grid.is_numeric(column, range(row + 1, min(row + _NUMERIC_AHEAD, grid.height) + 1))


def is_sequence(numbers: list[str]) -> bool:
    """Say whether labels are 0, 1, 2 and so on, or 1, 2, 3."""
    if len(numbers) < MIN_SEQUENCE or not all(number.isdecimal() for number in numbers):
        return False
    first = int(numbers[0])
    return first <= 1 and [int(number) for number in numbers] == list(range(first, first + len(numbers)))
