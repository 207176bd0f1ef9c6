"""The tables of a sheet: titles, header of one to four rows, body, totals, notes, at their own rows."""

from collections.abc import Sequence
from dataclasses import replace

from sdsf_analysis.reading.layouts.blocks import regions
from sdsf_analysis.reading.layouts.body import Body
from sdsf_analysis.reading.layouts.documentation import why_no_data
from sdsf_analysis.reading.layouts.footers import notes_from
from sdsf_analysis.reading.layouts.grid import Grid
from sdsf_analysis.reading.layouts.labels import column_paths, spread_labels
from sdsf_analysis.reading.layouts.openings import opening
from sdsf_analysis.reading.notes import without_calls
from sdsf_analysis.reading.sheet import Cell, Place, Sheet
from sdsf_analysis.reading.table import Column, Layout, Table
from sdsf_analysis.reading.text import normalise
from sdsf_analysis.reading.typed.legends import read_legend
from sdsf_analysis.reading.values import Legend

__all__ = ["Column", "Layout", "Table", "file_legend", "find_layout", "find_tables"]


# a legend stands near the top of a sheet of documentation, be it followed by all codes of a list
_EXPLAINING_ROWS = 5_000


def find_layout(sheet: Sheet) -> Layout:
    """Find the tables of a sheet, side by side and one under the other, or say why it holds none.

    A table begins at a wide row of labels and ends before the next one, or before texts that a blank row
    parts from it; a text above a header is a title, below a body a note.

    Parameters
    ----------
    sheet : Sheet
        Any sheet.

    Returns
    -------
    Layout
        Without tables for contents, documentation and blank sheets.

    Examples
    --------
    >>> rows = [["Suivi 2024"], [], ["Commune", "Places"], ["Gex", 20.0], ["Total", 20.0], ["Source : Caf"]]
    >>> layout = find_layout(Sheet("CTG", rows))
    >>> table, = layout.tables
    >>> table.range, table.body_rows, table.total_rows, table.titles, table.notes
    ('A3:B5', (4,), (5,), ('Suivi 2024',), ('Source : Caf',))
    >>> find_layout(Sheet("À savoir", [["Ce fichier décrit les données."]])).reason
    'documentation'
    """
    grid = Grid(sheet)
    parts = regions(grid)
    tables = [table for part in parts for table in _stacked(part)]
    if parts and (aside := _texts_right_of(grid, max(part.right for part in parts))) and tables:
        tables[0] = replace(tables[0], notes=(*tables[0].notes, *aside))
    reason = why_no_data(grid, tables)
    return Layout(() if reason else tuple(map(without_calls, tables)), not reason, reason)


def file_legend(sheets: Sequence[Sheet], layouts: Sequence[Layout]) -> Legend:
    """Meaning of the marks by what a file says around its tables, or on a sheet of documentation.

    Parameters
    ----------
    sheets : sequence of Sheet
    layouts : sequence of Layout
        Layout of each sheet.
    """
    texts = [text for layout in layouts for table in layout.tables for text in (*table.titles, *table.notes)]
    for sheet, layout in zip(sheets, layouts, strict=True):
        if not layout.is_data:
            # a mark and its meaning may stand in two cells
            rows = sheet.rows[:_EXPLAINING_ROWS]
            texts += [" : ".join(t for t in row if isinstance(t, str) and t.strip()) for row in rows]
    return read_legend([text for text in texts if text])


def find_tables(sheet: Sheet) -> list[Table]:
    """Tables of a sheet, none for a sheet that is no data.

    Examples
    --------
    >>> [table.range for table in find_tables(Sheet("CTG", [["Commune", "Places"], ["Gex", 20.0]]))]
    ['A1:B2']
    """
    return list(find_layout(sheet).tables)


def _texts_right_of(grid: Grid, column: int) -> tuple[str, ...]:
    """Texts that stand beside the tables, each once."""
    if column >= grid.right:
        return ()
    places = ((row, c) for row, columns in enumerate(grid.filled, start=1) for c in columns if c > column)
    return tuple(dict.fromkeys(grid.label(*place) for place in places))


def _stacked(grid: Grid) -> list[Table]:
    """Tables from top to bottom."""
    found: list[Table] = []
    texts: list[int] = []
    row = grid.next_filled(1)
    while row <= grid.height:
        bottom = opening(grid, row)
        if bottom is not None:
            table, row = _read_table(grid, row, bottom, texts)
            found.append(table)
            texts = []
        else:
            texts.append(row)
            row += 1
        row = grid.next_filled(row)
    if found and texts:
        found[-1] = _noted(found[-1], grid, texts)
    return found


def _read_table(grid: Grid, top: int, bottom: int, titles: list[int]) -> tuple[Table, int]:
    """Read the table that begins at a row, and give the first row after it and its notes."""
    body = Body(grid, top, bottom, frozenset(normalise(grid.text(r)) for r in titles)).read()
    start = body.foot[0] if body.foot else body.following
    notes, following = notes_from(
        grid, start, lambda row: opening(grid, row) is not None, touches=bool(body.foot)
    )
    table = _table(body)
    table = replace(table, title_rows=tuple(titles), titles=tuple(grid.text(r) for r in titles))
    return _noted(table, grid, notes), following


def _table(body: Body) -> Table:
    totals = body.totals()
    are_totals = set(totals)
    paths = column_paths(body.grid, body.top, body.bottom, [*body.rows, *body.sections])
    last = body.rows[-1] if body.rows else body.bottom
    return Table(
        sheet=body.grid.sheet,
        header_rows=tuple(range(body.top, body.bottom + 1)),
        body_rows=tuple(row for row in body.rows if row not in are_totals),
        total_rows=tuple(totals),
        columns=tuple(Column(c, path) for c, path in paths),
        filled=_filled_down(body.grid, body.bottom + 1, last),
        repeated_rows=tuple(body.repeated),
        section_rows=tuple(body.sections),
        spread=spread_labels(body.grid, body.top, body.bottom),
    )


def _filled_down(grid: Grid, first: int, last: int) -> dict[Place, Cell]:
    """Cells that a vertical merge covers in the body: filled inside the merged range only."""
    return {
        (r, c): grid.sheet.cell(m.top, m.left)
        for m in grid.down
        if first <= m.top <= last
        for r in range(m.top, min(m.bottom, grid.height) + 1)
        for c in range(m.left, min(m.right, grid.right) + 1)
        if (r, c) != (m.top, m.left)
    }


def _noted(table: Table, grid: Grid, rows: list[int]) -> Table:
    notes = (*table.notes, *(grid.text(r) for r in rows))
    return replace(table, note_rows=(*table.note_rows, *rows), notes=notes)
