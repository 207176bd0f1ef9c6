"""What became of each line of a table when a recipe read it: given, refused and why, or nothing to give."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sdsf_analysis.model.problems import Problem
from sdsf_analysis.model.status import Status
from sdsf_analysis.model.tables import table as declared_table
from sdsf_analysis.reading.sheet import address
from sdsf_analysis.reading.values import read_number
from sdsf_analysis.recipes.parse import Context, Parsed
from sdsf_analysis.recipes.recipe import NATURE, SUMMED, Output

ELSEWHERE = "rows_elsewhere"
_ROW = re.compile(r"[A-Z]+(\d+)")


@dataclass(frozen=True)
class AddedColumn:
    """A column that adds up: the cells of its lines, and the tidy column that they go to.

    Attributes
    ----------
    bearing : dict
        What its rows bear besides: the name of the measure, the year or the date that its labels say.
    values : dict
        Known value of each line.
    n_totals, n_wrong : int
        Totals of the sheet that were compared with it, and those that differ.
    """

    label: str
    cell: str
    table: str
    column: str
    bearing: Mapping[str, object]
    values: Mapping[int, float]
    n_totals: int = 0
    n_wrong: int = 0


@dataclass
class Account:
    """One table read.

    Attributes
    ----------
    lines : tuple of int
        Its records, by row of the sheet.
    refused : dict
        Line → code of what set it aside.
    made : list of (str, int)
        Name of a tidy row, line that it is made of.
    added : list of AddedColumn
    """

    source: str
    sheet: str
    range: str
    lines: tuple[int, ...]
    refused: dict[int, str] = field(default_factory=dict)
    made: list[tuple[str, int]] = field(default_factory=list)
    added: list[AddedColumn] = field(default_factory=list)

    def refuse(self, line: int, code: str) -> None:
        """Note why a line was set aside; the first reason counts."""
        self.refused.setdefault(line, code)


def open_account(context: Context) -> Account:
    """Account of a table of which no line was read yet."""
    table = context.table
    return Account(context.source, table.sheet.name or "", table.range, tuple(table.body_rows))


def line_of(cell: str) -> int:
    """Line of the sheet of an address, zero where it is none.

    Examples
    --------
    >>> line_of("B12"), line_of("A4:F9"), line_of("")
    (12, 4, 0)
    """
    found = _ROW.match(cell)
    return int(found[1]) if found else 0


def reasons(lines: Iterable[int], problems: Iterable[Problem]) -> dict[int, str]:
    """Why lines without a commune are set aside: their problem, else they are of another département."""
    codes = {line_of(problem.cell): problem.code for problem in problems}
    return {line: codes.get(line, ELSEWHERE) for line in lines}


def added_columns(
    parsed: Iterable[Parsed], outputs: Iterable[Output], context: Context, doubts: Iterable[Problem]
) -> list[AddedColumn]:
    """Columns of counts and amounts that go to a tidy column, with the totals that the sheet gives them."""
    wrong = [problem.cell for problem in doubts if problem.code == "total_mismatch"]
    found = []
    for one in parsed:
        target = _target(one, outputs) if one.match.recipe.type in SUMMED else None
        if target:
            column, table = one.match.column, context.table
            cells = {row: table.cell(row, column.index) for row in table.total_rows}
            totals = [row for row, cell in cells.items() if read_number(cell).value is not None]
            n_wrong = sum(address(row, column.index) in wrong for row in totals)
            place = address(table.header_rows[-1] if table.header_rows else table.first_row, column.index)
            found.append(AddedColumn(column.label, place, *target, _known(one), len(totals), n_wrong))
    return found


def _known(one: Parsed) -> dict[int, float]:
    return {
        row: float(entry.value)
        for row, entry in one.entries.items()
        if isinstance(entry.value, int | float) and entry.status == Status.KNOWN
    }


def _target(one: Parsed, outputs: Iterable[Output]) -> tuple[str, str, dict[str, object]] | None:
    """Table and column that a column of the sheet goes to first, and what its rows bear besides."""
    match = one.match
    for output in outputs:
        if match.name in output.measures:
            names = declared_table(output.table).names
            dated = {"year": match.year, "date": match.on, NATURE: match.nature}
            bearing = {name: value for name, value in dated.items() if value is not None and name in names}
            return output.table, output.value_to, {output.measure_to: match.name, **bearing}
        column = next((tidy for tidy, source in output.columns.items() if source == match.name), None)
        if column:
            return output.table, column, {}
    return None
