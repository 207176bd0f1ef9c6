"""Totals as checksums: compared with what they add up, and what they give away of withheld cells."""

import re
from collections.abc import Iterator, Mapping

import numpy as np

from sdsf_analysis.reading.doubts import Doubt
from sdsf_analysis.reading.sheet import address
from sdsf_analysis.reading.sums.blanks import zeros_and_blanks
from sdsf_analysis.reading.sums.column_totals import column_doubts
from sdsf_analysis.reading.sums.figures import Figures, read_figures
from sdsf_analysis.reading.sums.judging import Judgement, judge_totals
from sdsf_analysis.reading.sums.rounding import find_rounding
from sdsf_analysis.reading.sums.saying import derivable, mismatch, rows_place
from sdsf_analysis.reading.sums.scopes import Sums
from sdsf_analysis.reading.sums.unlabelled import Run, find_sums
from sdsf_analysis.reading.table import Table
from sdsf_analysis.reading.text import normalise
from sdsf_analysis.reading.values import Legend, clean_text

_PART = re.compile(r"[\s\-–•>]*dont\b", re.IGNORECASE)
_FEW_CODES = 5000
_TOTAL_WORDS = {"total", "totaux", "ensemble", "sous total", "total general"}


# a number too large to be added agrees with nothing
@np.errstate(over="ignore", invalid="ignore")
def check_sums(table: Table, kinds: Mapping[int, str], legend: Legend) -> list[Doubt]:
    """Compare the totals of a table with what they add up; say which records add up others.

    Parameters
    ----------
    table : Table
    kinds : mapping of int to str
        Kind of each column by its index on the sheet; only columns of numbers are looked at.
    legend : dict
        Meaning of the marks by the file's own legend.

    Returns
    -------
    list of Doubt
        Totals that differ (``total_mismatch``), withheld cells that a total gives away
        (``secret_derivable``), records that are sums of others (``sum_unlabelled``), columns where both zeros
        and empty cells stand (``zero_or_blank``).

    Examples
    --------
    >>> from sdsf_analysis.reading.layout import find_tables
    >>> from sdsf_analysis.reading.sheet import Sheet
    >>> rows = [["Commune", "Places"], ["Gex", 20.0], ["Thoiry", 12.0], ["Divonne", 9.0], ["Total", 42.0]]
    >>> doubt, = check_sums(find_tables(Sheet("EAJE", rows))[0], {1: "text", 2: "number"}, {})
    >>> doubt.code, doubt.message
    ('total_mismatch', 'Le total B5 vaut 42, la somme de B2:B4 vaut 41 (colonne « Places »).')
    """
    figures = read_figures(table, kinds, legend)
    if not figures.columns:
        return []
    body = figures.lines(table.body_rows)
    runs = [
        run
        for run in find_sums(body, _codes(table, kinds))
        if not _is_labelled(table, body.rows[run.position])
    ]
    doubts = [*_unlabelled(table, body, runs), *column_doubts(table, figures)]
    if table.summing_rows:
        sums = add_up(table, body, figures.lines(table.summing_rows), runs)
        doubts += total_doubts(table, sums, judge_totals(table, sums))
    return [*_first_of_each(doubts), *zeros_and_blanks(table, body, legend)]


def add_up(table: Table, body: Figures, totals: Figures, runs: list[Run]) -> Sums:
    """Records and totals of a table ready to be added up; what other records add up is known."""
    parts = np.zeros(len(body.rows), bool)
    for run in runs:
        parts[run.start : run.stop] = True
    parts[_said_parts(table, body)] = True
    # a record that stands for its parts counts, unless another stands for it
    for run in runs:
        parts[run.position] = any(other.start <= run.position < other.stop for other in runs)
    is_said = any("arrondi" in normalise(text) for text in (*table.titles, *table.notes))
    return Sums(body, totals, parts, find_rounding(body, totals, is_said=is_said))


def _said_parts(table: Table, body: Figures) -> list[int]:
    """Positions of the records that say that another holds them: « dont crèches familiales »."""
    said = {text for text in table.sheet.texts if _PART.match(text)}
    if not said:
        return []
    return [k for k, row in enumerate(body.rows) if not said.isdisjoint(table.sheet.rows[row - 1])]


def total_doubts(table: Table, sums: Sums, judged: list[Judgement]) -> Iterator[Doubt]:
    """Totals that differ from what they add up, and the withheld cells that they give away."""
    for one in judged:
        row = sums.totals.rows[one.position]
        for k in np.flatnonzero(one.wrong):
            yield mismatch(table, sums, one.position, one.scope, int(k))
        for k in np.flatnonzero(one.telling):
            figures, kept = sums.cells(one.scope)
            hidden = np.flatnonzero(kept & figures.secret[:, k])[0]
            yield derivable(
                figures.rows[hidden], sums.totals.columns[k], address(row, sums.totals.columns[k])
            )


def _unlabelled(table: Table, body: Figures, runs: list[Run]) -> Iterator[Doubt]:
    for run in runs:
        column = body.columns[int(np.flatnonzero(body.known[run.position])[0])]
        row, place = body.rows[run.position], rows_place(body.rows[run.start : run.stop])
        message = (
            f"La ligne {row} est la somme des lignes {place}, sans que rien ne dise « total » : "
            "elle est gardée, les additionner toutes compterait deux fois."
        )
        found = clean_text(table.cell(row, column))
        yield Doubt(row, column, "sum_unlabelled", message, found, (place,))


def _codes(table: Table, kinds: Mapping[int, str]) -> list[list[object]]:
    """Codes of the records, column by column; those of a long table are not needed."""
    if len(table.body_rows) > _FEW_CODES:
        return []
    columns = [column.index for column in table.columns if kinds.get(column.index) == "code"]
    return [[table.cell(row, column) for row in table.body_rows] for column in columns]


def _is_labelled(table: Table, row: int) -> bool:
    """Say whether a record says itself that it is a total, as a modality does."""
    cells = (table.cell(row, column.index) for column in table.columns)
    return any(normalise(cell) in _TOTAL_WORDS for cell in cells if isinstance(cell, str))


def _first_of_each(doubts: list[Doubt]) -> list[Doubt]:
    """One doubt per cell and code: a secret that a row and a column give away is said once."""
    first: dict[tuple[int, int, str], Doubt] = {}
    for doubt in doubts:
        first.setdefault((doubt.row, doubt.column, doubt.code), doubt)
    return list(first.values())
