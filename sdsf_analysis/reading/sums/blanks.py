"""Columns of counts where both zeros and empty cells stand, and nothing says what an empty cell means."""

import re
from collections.abc import Iterator

import numpy as np

from sdsf_analysis.model.french import plural
from sdsf_analysis.reading.doubts import Doubt
from sdsf_analysis.reading.sheet import address
from sdsf_analysis.reading.sums.figures import Figures, Flags
from sdsf_analysis.reading.table import Table
from sdsf_analysis.reading.text import normalise
from sdsf_analysis.reading.values import Legend

_EXPLAINED = re.compile(r"\b(vides?|blancs?|non remplies?)\b")
_YEAR = re.compile(r"(19|20)\d\d\b")
_MIN_YEARS = 3
_FILLED = 0.5


def zeros_and_blanks(table: Table, body: Figures, legend: Legend) -> Iterator[Doubt]:
    """Ask what an empty cell means in each column of counts that also holds zeros.

    A row that is mostly empty says nothing, nor do the years before a series begins or after it ends, nor a
    column with decimals.
    """
    texts = (*table.titles, *table.notes)
    if legend or any(_EXPLAINED.search(normalise(text)) for text in texts):
        return
    blanks, zeros = _doubtful_blanks(table, body), body.known & (body.low == 0)
    doubtful = blanks.any(axis=0) & zeros.any(axis=0) & (body.decimals == 0) & (body.low >= 0).all(axis=0)
    labels = {column.index: column.label for column in table.columns}
    for k in np.flatnonzero(doubtful):
        row = body.rows[int(np.flatnonzero(blanks[:, k])[0])]
        message = (
            f"Colonne « {labels[body.columns[k]]} » : {plural(int(zeros[:, k].sum()), 'zéro')} et "
            f"{plural(int(blanks[:, k].sum()), 'cellule vide', 'cellules vides')} (la première en "
            f"{address(row, body.columns[k])}) ; rien ne dit si le vide vaut zéro."
        )
        yield Doubt(row, body.columns[k], "zero_or_blank", message)


def _doubtful_blanks(table: Table, body: Figures) -> Flags:
    # alone, a column has no other to tell a row without figures from a figure left out
    enough = _FILLED * len(body.columns) if len(body.columns) > 1 else 0
    blanks = body.blank & (body.known.sum(axis=1) >= enough)[:, None]
    path = {column.index: column.path for column in table.columns}
    years = [k for k, c in enumerate(body.columns) if path[c] and _YEAR.match(path[c][-1])]
    if len(years) >= _MIN_YEARS:
        series = blanks[:, years]
        ends = np.logical_and.accumulate(series, axis=1)
        ends |= np.logical_and.accumulate(series[:, ::-1], axis=1)[:, ::-1]
        blanks[:, years] = series & ~ends
    return np.asarray(blanks)
