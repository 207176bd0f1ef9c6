"""One file as the reader understands it before any recipe applies: tables, kinds, totals, problems."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from sdsf_analysis.model.problems import Problem
from sdsf_analysis.reading.files import open_file
from sdsf_analysis.reading.kinds import (
    CellReading,
    ColumnReading,
    Value,
    column_kinds,
    read_cell,
    read_column,
)
from sdsf_analysis.reading.layout import Layout, Table, file_legend, find_layout
from sdsf_analysis.reading.sheet import SourceFile
from sdsf_analysis.reading.values import Legend
from sdsf_analysis.recipes.children import refuse_children
from sdsf_analysis.recipes.codes import Codes, check_codes
from sdsf_analysis.recipes.findings import file_findings, table_findings
from sdsf_analysis.recipes.parse import first_marks
from sdsf_analysis.recipes.persons import personal_columns, personal_indexes, without_texts
from sdsf_analysis.recipes.recipe import all_recipes
from sdsf_analysis.recipes.recognise import Known, Recognition, recognise

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class TableReading:
    """One table, its values typed.

    Attributes
    ----------
    kinds : dict of int to str
        Kind of each column by its index on the sheet: text, code, number, percent or date.
    legend : dict
        Meaning of the marks by the file's own legend.
    codes : Codes
        What the official codes of its columns say: lost zeros put back, codes that contradict a name.
    known : dict
        What the recipes tried on the other tables of the file gave.
    """

    table: Table
    legend: Legend
    kinds: dict[int, str]
    codes: Codes
    known: Known = field(default_factory=dict, repr=False)

    @cached_property
    def recognition(self) -> Recognition | None:
        """The recipe that reads it, where there is one."""
        return recognise(self.table, all_recipes(), known=self.known)

    def holds(self, row: int, column: int) -> bool:
        """Say whether the range of the table contains a place."""
        table = self.table
        rows = (*table.header_rows, *table.body_rows, *table.total_rows)
        first, last = table.columns[0].index, table.columns[-1].index
        return min(rows) <= row <= max(rows) and first <= column <= last

    @cached_property
    def personal(self) -> set[int]:
        """Columns that name or reach a person, by their look or by the recipe that reads the table."""
        return self.looks_personal | self._declared

    @cached_property
    def looks_personal(self) -> set[int]:
        """Columns that name or reach a person by their look alone."""
        return personal_columns(self.table)

    @cached_property
    def _declared(self) -> set[int]:
        is_read = self.recognition is not None and self.recognition.is_complete
        return personal_indexes(self.recognition) if is_read and self.recognition else set()

    def hides(self, row: int, column: int) -> bool:
        """Say whether a cell is of a column that its recipe declares personal: it is shown nowhere."""
        return column in self._declared and row in self.table.body_rows

    def cell(self, row: int, column: int) -> CellReading:
        """Give one cell with its kind and its value."""
        reading = read_cell(self.table, row, column, self.kinds.get(column, "text"), self.legend)
        repaired = self.codes.repaired.get((row, column))
        return reading._replace(kind="code", value=repaired) if repaired else reading

    @cached_property
    def columns(self) -> dict[int, ColumnReading]:
        """Records of each column, typed, by its index on the sheet."""
        return {
            column: read_column(self.table, column, kind, self.legend) for column, kind in self.kinds.items()
        }

    def values(self, column: int) -> list[Value]:
        """Values of the records of one column, codes put right."""
        found = self.columns[column].values
        repaired = self._repaired.get(column)
        if not repaired:
            return found
        return [repaired.get(row, value) for row, value in zip(self.table.body_rows, found, strict=True)]

    @cached_property
    def _repaired(self) -> dict[int, dict[int, str]]:
        """Codes put right of each column, by row."""
        found: dict[int, dict[int, str]] = {}
        for (row, column), code in self.codes.repaired.items():
            found.setdefault(column, {})[row] = code
        return found

    def frame(self) -> "pd.DataFrame":
        """Values of the records: one line per record under its row of the sheet, one column per column.

        Returns
        -------
        pandas.DataFrame
            Index ``row``; columns bear their labels joined by « › », their letters where there is none.
            A withheld or missing value is null.
        """
        import pandas as pd

        values = {c.index: self.values(c.index) for c in self.table.columns}
        frame = pd.DataFrame(values, index=pd.Index(self.table.body_rows, name="row"))
        return frame.set_axis([c.label if c.path else c.letter for c in self.table.columns], axis="columns")


@dataclass(frozen=True)
class SheetReading:
    """One sheet: its layout and its tables."""

    name: str | None
    hidden: bool
    layout: Layout
    tables: tuple[TableReading, ...]


@dataclass(frozen=True)
class FileReading:
    """What the reader understood of one file; a notebook shows it as a coloured preview.

    Values and problems are worked out when they are first asked for.
    """

    source: SourceFile
    sheets: tuple[SheetReading, ...]

    @cached_property
    def tables(self) -> tuple[TableReading, ...]:
        """Tables of every sheet, in the order of the file."""
        return tuple(table for sheet in self.sheets for table in sheet.tables)

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """What stands in the way, or was repaired, cell by cell."""
        with _without_collection():
            noticed = self.source.problems
            if noticed and any(table.looks_personal for table in self.tables):
                noticed = tuple(without_texts(problem) for problem in noticed)
            of_file = file_findings(self.source, [sheet.layout for sheet in self.sheets])
            of_tables = (found for table in self.tables for found in table_findings(self.source, table))
            return tuple(first_marks([*noticed, *of_file, *of_tables]))

    def __repr__(self) -> str:
        counts = f"tables={len(self.tables)}, problems={len(self.problems)}"
        return f"FileReading({self.source.source!r}, {counts})"

    def _repr_html_(self) -> str:
        from sdsf_analysis.recipes.preview import preview

        return preview(self)


def read(path: str | Path) -> FileReading:
    r"""Read one file as received, without applying a recipe to it.

    Parameters
    ----------
    path : str or pathlib.Path
        Spreadsheet or text file, or an archive that holds one.

    Raises
    ------
    ReadingError
        If the file cannot be read as a table, or has one row per child; the sentence says why and what to do.

    Returns
    -------
    FileReading

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "rpe.csv"
    >>> _ = path.write_text("Commune;Places\nGex;20\nThoiry;nd\n", encoding="utf-8")
    >>> reading = read(path)
    >>> reading.tables[0].frame()["Places"].tolist()
    [20.0, nan]
    >>> [(problem.cell, problem.code) for problem in reading.problems]
    [('B3', 'mark_unexplained')]
    """
    with _without_collection():
        return _read(Path(path))


@contextmanager
def _without_collection() -> Iterator[None]:
    """Read without the collector of cycles: millions of cells are new, and none is in a cycle."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            # among the old ones, they are not all gone through at once
            gc.freeze()
            gc.unfreeze()
            gc.enable()


def _read(path: Path) -> FileReading:
    source = open_file(path)
    layouts = [find_layout(sheet) for sheet in source.sheets]
    refuse_children(source.source, (table for layout in layouts for table in layout.tables))
    legend = file_legend(source.sheets, layouts)
    known: Known = {}
    sheets = tuple(
        SheetReading(sheet.name, sheet.hidden, layout, tuple(_table(t, legend, known) for t in layout.tables))
        for sheet, layout in zip(source.sheets, layouts, strict=True)
    )
    return FileReading(source, sheets)


def _table(table: Table, legend: Legend, known: Known) -> TableReading:
    kinds = column_kinds(table, legend)
    return TableReading(table, legend, kinds, check_codes(table, kinds), known)
