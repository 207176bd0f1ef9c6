"""What the analyst's rulings change in a table: cells rewritten, lines left out, communes said outright."""

import re
from dataclasses import dataclass, replace

from sdsf_analysis.model.problems import Problem
from sdsf_analysis.reading.layout import Table
from sdsf_analysis.reading.sheet import Place, Sheet, address
from sdsf_analysis.reading.values import clean_text
from sdsf_analysis.recipes.matching import ColumnMatch
from sdsf_analysis.recipes.parse import Parsed
from sdsf_analysis.recipes.places import Places
from sdsf_analysis.territories.names import CommuneIndex

# a ruling is written as text in a file of texts
_QUIET = ("number_as_text", "date_as_text")
_ROW = re.compile(r"[A-Z]+(\d+)")


@dataclass(frozen=True)
class Ruled:
    """What rulings change in one table.

    Attributes
    ----------
    rows : frozenset of int
        Lines left out.
    cells : frozenset of Place
        Cells whose text is the analyst's, see `rewritten`.
    """

    rows: frozenset[int] = frozenset()
    cells: frozenset[Place] = frozenset()

    def settles(self, problem: Problem) -> bool:
        """Say whether a problem of the table no longer stands: its line is left out, or a ruling wrote it."""
        row = _ROW.fullmatch(problem.cell)
        if row and int(row[1]) in self.rows:
            return True
        return problem.code in _QUIET and problem.cell in {address(*place) for place in self.cells}


def rewritten(sheet: Sheet, texts: dict[Place, str]) -> Sheet:
    """Put the texts of rulings in the cells of a sheet, whatever stood or was hidden there.

    Parameters
    ----------
    sheet : Sheet
    texts : dict
        Place → text.

    Examples
    --------
    >>> rewritten(Sheet("A", [["Ajacio"]]), {(1, 1): "2A004", (2, 2): "5"}).rows
    [['2A004'], [None, '5']]
    """
    rows = [list(row) for row in sheet.rows]
    for (row, column), text in texts.items():
        rows += [[] for _ in range(row - len(rows))]
        cells = rows[row - 1]
        cells += [None] * (column - len(cells))
        cells[column - 1] = text
    marks = replace(
        sheet.marks,
        masked={place: shown for place, shown in sheet.marks.masked.items() if place not in texts},
        errors={place: error for place, error in sheet.marks.errors.items() if place not in texts},
        percents=sheet.marks.percents - texts.keys(),
    )
    return replace(sheet, rows=rows, marks=marks)


def say_communes(
    places: Places, columns: list[ColumnMatch], table: Table, index: CommuneIndex, ruled: Ruled
) -> None:
    """Give the lines whose commune is ruled that commune, by its code or its name, whatever else they say.

    Parameters
    ----------
    places : Places
        Communes of the table, completed here.
    columns : list of ColumnMatch
        Columns that say the commune.
    table : Table
        The table, rewritten.
    index : CommuneIndex
        Communes of the département.
    ruled : Ruled
        What rulings change in the table.
    """
    by_column = {match.column.index: match for match in columns}
    for row, column in sorted(ruled.cells):
        if column not in by_column or row not in table.body_rows:
            continue
        text = clean_text(table.cell(row, column))
        match = next((m for m in (index.resolve(text.zfill(5)), index.resolve(None, text)) if m.code), None)
        if match:
            cells = {address(row, one.column.index) for one in columns}
            places.problems = [problem for problem in places.problems if problem.cell not in cells]
            places.refused.discard(row)
            places.communes[row] = match.code
            places.former |= {row: match.own_code} if match.own_code else {}
            places.origins[row] = Parsed(by_column[column], found={row: text})
