"""Columns that add up others of their table: « Ensemble » beside « Hommes » and « Femmes »."""

import re
from collections.abc import Iterator

import numpy as np

from sdsf_analysis.reading.doubts import Doubt
from sdsf_analysis.reading.sheet import address
from sdsf_analysis.reading.sums.figures import Figures, Flags
from sdsf_analysis.reading.sums.judging import RATE
from sdsf_analysis.reading.sums.saying import derivable, differing
from sdsf_analysis.reading.table import Column, Table
from sdsf_analysis.reading.text import normalise
from sdsf_analysis.reading.values import clean_text

_TOTAL = re.compile(r"(sous )?(total|totaux|ensemble)\b.*|.*\b(total|totaux|totale|ensemble)")
_REACH = 12
# A column is the sum of others if nearly all of its rows say so.
_MIN_ROWS, _SURE = 3, 0.8
_MIN_PARTS = 2


def column_doubts(table: Table, figures: Figures) -> Iterator[Doubt]:
    """Compare the columns called total with the columns that they add up in nearly all rows.

    Parameters
    ----------
    table : Table
    figures : Figures
        Its numbers, totals included.
    """
    by_index = {column.index: column for column in table.columns}
    columns = [by_index[index] for index in figures.columns]
    for position, column in enumerate(columns):
        if any(_TOTAL.fullmatch(normalise(label)) for label in column.path):
            parts = next((p for p in _candidates(columns, position) if _is_sum(figures, position, p)), None)
            if parts:
                yield from _compared(table, figures, position, parts)


def _candidates(columns: list[Column], position: int) -> Iterator[list[int]]:
    """Columns that one may add up: its sisters under or over the same labels, or its neighbours."""
    path = columns[position].path
    for level, label in enumerate(path):
        if _TOTAL.fullmatch(normalise(label)):
            around = (path[:level], path[level + 1 :])
            sisters = [
                k for k, one in enumerate(columns)
                if k != position and len(one.path) == len(path)
                and (one.path[:level], one.path[level + 1 :]) == around
            ]  # fmt: skip
            yield [k for k in sisters if not _TOTAL.fullmatch(normalise(columns[k].path[level]))]
    for reach in range(_MIN_PARTS, _REACH + 1):
        if position >= reach:
            yield list(range(position - reach, position))
        if position + reach < len(columns):
            yield list(range(position + 1, position + 1 + reach))


def _is_sum(figures: Figures, position: int, parts: list[int]) -> bool:
    if len(parts) < _MIN_PARTS:
        return False
    judged, agreed = _agreements(figures, position, parts)
    return bool(judged.sum() >= _MIN_ROWS and agreed.sum() >= _SURE * judged.sum())


def _agreements(figures: Figures, position: int, parts: list[int]) -> tuple[Flags, Flags]:
    """Rows that can be compared, with two parts at least, and those that agree."""
    low, known = figures.low[:, parts], figures.known[:, parts]
    judged = figures.known[:, position] & (known | figures.blank[:, parts]).all(axis=1)
    judged &= (low != 0).sum(axis=1) >= _MIN_PARTS
    margin = 0.5 * 10.0 ** -figures.decimals[position] + 0.5 * sum(
        10.0 ** -float(d) for d in figures.decimals[parts] if d
    )
    gap = np.abs(low.sum(axis=1) - figures.low[:, position])
    return judged, judged & (gap <= margin + 1e-9 * np.abs(figures.low[:, position]))


def _compared(table: Table, figures: Figures, position: int, parts: list[int]) -> Iterator[Doubt]:
    judged, agreed = _agreements(figures, position, parts)
    column = figures.columns[position]
    for line in np.flatnonzero(judged & ~agreed):
        if _is_rate(table, figures.rows[line]):
            continue
        row, value = figures.rows[line], float(figures.low[line, parts].sum())
        yield differing(table, row, column, _place(figures, row, parts), (value, value))
    hidden = figures.secret[:, parts]
    others = (figures.low[:, parts] == figures.high[:, parts]) | hidden
    is_telling = (hidden.sum(axis=1) == 1) & others.all(axis=1) & figures.known[:, position]
    for line in np.flatnonzero(is_telling):
        secret = parts[int(np.flatnonzero(hidden[line])[0])]
        row = figures.rows[line]
        yield derivable(row, figures.columns[secret], address(row, column))


def _is_rate(table: Table, row: int) -> bool:
    """Say whether the first cell of a row names a rate, an evolution, a mean: they do not add up."""
    return RATE.search(normalise(clean_text(table.cell(row, table.columns[0].index)))) is not None


def _place(figures: Figures, row: int, parts: list[int]) -> str:
    first, last = (address(row, figures.columns[k]) for k in (parts[0], parts[-1]))
    is_run = parts == list(range(parts[0], parts[-1] + 1))
    return f"{first}:{last}" if is_run else " + ".join(address(row, figures.columns[k]) for k in parts)
