"""What is said of a file before any recipe applies: structure, cells, codes, sums; nothing is left unsaid."""

from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING

from sdsf_analysis.model.french import plural
from sdsf_analysis.model.problems import Problem
from sdsf_analysis.model.status import Status
from sdsf_analysis.reading.checksums import check_sums
from sdsf_analysis.reading.facts import sheet_facts, table_facts
from sdsf_analysis.reading.kinds import CellReading
from sdsf_analysis.reading.layout import Column, Layout, Table
from sdsf_analysis.reading.layouts.grid import kind_of
from sdsf_analysis.reading.notes import linked_notes, missing_notes, note_facts
from sdsf_analysis.reading.sheet import SourceFile, address
from sdsf_analysis.reading.text import is_blank
from sdsf_analysis.reading.typed.scales import mixed_rows
from sdsf_analysis.reading.values import clean_text
from sdsf_analysis.recipes.messages import plain_message, with_note
from sdsf_analysis.recipes.structure import structure_findings

if TYPE_CHECKING:
    from sdsf_analysis.recipes.inspection import TableReading

_ALIKE = 3
# A column where so many values are of another kind is of no kind.
_MIXED_SHARE = 0.4
_MOST_ALIKE = 5_000


def file_findings(source: SourceFile, layouts: list[Layout]) -> Iterator[Problem]:
    """Problems of the file as a whole: hidden sheets, sheets of one shape, blocks side by side."""
    for sheet, layout in zip(source.sheets, layouts, strict=True):
        if sheet.hidden:
            message = f"La feuille « {sheet.name} » est masquée ; elle est lue avec les autres."
            yield Problem(source.source, sheet.name or "", "", "sheet_hidden", message)
        yield from sheet_facts(sheet, source.source)
        yield from _side_by_side(source.source, layout)
    yield from _alike(source, layouts)


def _side_by_side(source: str, layout: Layout) -> Iterator[Problem]:
    for one, two in combinations(layout.tables, 2):
        if set(_rows(one)) & set(_rows(two)):
            message = f"Deux tableaux sont côte à côte : {one.range} et {two.range} ; chacun est lu à part."
            place = (source, one.sheet.name or "", two.range)
            yield Problem(*place, "tables_side_by_side", message, f"{one.range} {two.range}")


def _rows(table: Table) -> tuple[int, ...]:
    return (*table.header_rows, *table.body_rows, *table.total_rows)


def _alike(source: SourceFile, layouts: list[Layout]) -> Iterator[Problem]:
    """Sheets whose tables bear the same columns: one table cut by year or by territory."""
    shapes: dict[tuple[object, ...], list[str]] = {}
    for sheet, layout in zip(source.sheets, layouts, strict=True):
        if layout.tables:
            shape = tuple((column.index, column.path) for table in layout.tables for column in table.columns)
            shapes.setdefault(shape, []).append(sheet.name or "")
    for names in shapes.values():
        if len(names) >= _ALIKE:
            message = f"{len(names)} feuilles ont les mêmes colonnes : de « {names[0]} » à « {names[-1]} »."
            yield Problem(source.source, names[0], "", "sheets_alike", message, " ; ".join(names))


def table_findings(source: SourceFile, reading: "TableReading") -> Iterator[Problem]:
    """Problems of one table, in the order: structure, cells, codes, sums."""
    name, sheet = source.source, reading.table.sheet.name or ""
    quiet = ("number_as_text", "date_as_text") if source.encoding else ()
    yield from structure_findings(name, reading.table)
    yield from table_facts(reading.table, name)
    yield from note_facts(reading.table, name, reading.personal)
    yield from _cells(name, reading, quiet)
    for (row, column), code in mixed_rows(reading.table, reading.kinds).items():
        found = clean_text(reading.table.cell(row, column))
        yield Problem(name, sheet, address(row, column), code, plain_message(code, found, "", ""), found)
    for finding in reading.codes.findings:
        found = finding.found or clean_text(reading.table.cell(*finding.place))
        place = (name, sheet, address(*finding.place))
        yield Problem(*place, finding.code, finding.message, found, finding.repaired_to, finding.suggestion)
    sums = check_sums(reading.table, reading.kinds, reading.legend)
    for doubt in (*sums, *missing_notes(reading.table)):
        place = (name, sheet, address(doubt.row, doubt.column))
        yield Problem(*place, doubt.code, doubt.message, doubt.found)


def _cells(source: str, reading: "TableReading", quiet: tuple[str, ...]) -> Iterator[Problem]:
    personal = reading.personal
    # the first of each is enough: see `first_marks`
    marks: set[object] = set()
    for column in reading.table.columns:
        by_code: dict[str, list[tuple[int, CellReading]]] = {}
        for row, cell in _doubtful(reading, column.index):
            if cell.code == "mark_unexplained":
                if cell.raw in marks:
                    continue
                marks.add(cell.raw)
            by_code.setdefault(cell.code, []).append((row, cell))
        for code, cells in by_code.items():
            # a column of months says them all without their day
            is_usual = code == "date_without_day" and len(cells) == _known(reading, column.index)
            if code not in quiet and not is_usual and not _is_mixed(reading, column.index, code, cells):
                yield from _of_column(source, reading, column, cells, is_personal=column.index in personal)


def _is_mixed(reading: "TableReading", column: int, code: str, cells: list[tuple[int, CellReading]]) -> bool:
    """Say whether values that are no numbers are no fault: flags every other row, rows of other things.

    A form, a table of indicators down its rows: nothing promises that a column holds one kind of value.
    """
    if code != "value_refused":
        return False
    table = reading.table
    if len(cells) >= _MIXED_SHARE * sum(not is_blank(table.cell(r, column)) for r in table.body_rows):
        return True
    added = [c for c, kind in reading.kinds.items() if kind in ("number", "percent")]
    return len(added) > 1 and all(
        kind_of(table.cell(row, c)) == "date" for row, _ in cells for c in added if table.cell(row, c)
    )


def _known(reading: "TableReading", column: int) -> int:
    return sum(value is not None for value in reading.columns[column].values)


def _doubtful(reading: "TableReading", column: int) -> Iterator[tuple[int, CellReading]]:
    """Cells of a column that raise a doubt, those of its totals included where it adds up."""
    is_added = reading.kinds[column] in ("number", "percent")
    totals = {row: reading.cell(row, column) for row in reading.table.total_rows if is_added}
    cells = reading.columns[column].others | totals
    return ((row, cells[row]) for row in sorted(cells) if cells[row].code)


def _of_column(
    source: str,
    reading: "TableReading",
    column: Column,
    cells: list[tuple[int, CellReading]],
    *,
    is_personal: bool,
) -> Iterator[Problem]:
    """One problem a cell; beyond some thousands the others are counted at once."""
    sheet, kind = reading.table.sheet.name or "", str(reading.kinds[column.index])
    notes = linked_notes(reading.table) if cells[0][1].code == "note_mark" and not is_personal else {}
    for position, (row, cell) in enumerate(cells[: _MOST_ALIKE + 1]):
        found, repaired = ("", "") if is_personal else (clean_text(cell.raw), _repaired(cell))
        note = notes.get((row, column.index), "")
        message = plain_message(cell.code, None if is_personal else found, repaired, column.label, kind)
        message = with_note(message, note)
        if position == _MOST_ALIKE:
            others = plural(len(cells) - position - 1, "autre cellule", "autres cellules")
            message += f" Il en est de même de {others}."
        yield Problem(source, sheet, address(row, column.index), cell.code, message, found, repaired)


def _repaired(cell: CellReading) -> str:
    if cell.value is None:
        return Status(cell.kind).label if cell.kind in set(Status) else ""
    return f"{cell.value:.12g}".replace(".", ",") if isinstance(cell.value, float) else str(cell.value)
