"""The XML of an .xlsx workbook, looked at before and beside calamine: extent, hidden things, looks."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from xml.etree.ElementTree import Element
from zipfile import ZipFile, ZipInfo

import numpy as np

from sdsf_analysis.errors import ReadingError
from sdsf_analysis.reading.sheet import Cell, Marks, Place, Range, check_size, ranges_of
from sdsf_analysis.reading.workbooks.conditional import conditional_ranges, hidden_by, sheet_rules
from sdsf_analysis.reading.workbooks.marks import NOT_COMPUTED, marks_of
from sdsf_analysis.reading.workbooks.markup import child, children, is_set, local_name, read_part, related
from sdsf_analysis.reading.workbooks.scan import Scan, scan
from sdsf_analysis.reading.workbooks.styles import StyleSheet, read_styles

MAX_PART_BYTES = 600_000_000
# XML folds to a tenth or so, a bomb to a thousandth
BOMB_BYTES, BOMB_RATIO = 10_000_000, 200
# A colour or a bar that so many cells bear tells nothing of any of them, and is dear to keep.
MAX_DISTINCT = 20_000
_COUNT = re.compile(rb"""\buniqueCount\s*=\s*["'](\d+)""")
_HEAD_BYTES = 4_096


def is_too_large(part: ZipInfo) -> bool:
    """Say whether a part of an archive unfolds to more than can be read.

    Examples
    --------
    >>> part = ZipInfo("xl/worksheets/sheet1.xml")
    >>> part.file_size, part.compress_size = 50_000_000, 50_000
    >>> is_too_large(part)
    True
    """
    is_bomb = part.file_size > BOMB_BYTES and part.file_size > BOMB_RATIO * part.compress_size
    return is_bomb or part.file_size > MAX_PART_BYTES


class Parts:
    """XML parts of an .xlsx archive.

    Parameters
    ----------
    archive : zipfile.ZipFile
        The open archive.

    Raises
    ------
    ReadingError
        If the parts that describe the workbook are damaged.
    """

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        _check_texts(archive)
        self._names = _sheet_parts(archive)
        self._styles = read_styles(archive)
        self._sheet: Scan | None = None
        self._part = ""

    def check(self, name: str) -> None:
        """Refuse a sheet that cannot be held in memory; to be called before its `marks`.

        Raises
        ------
        ReadingError
            If the sheet is missing from the archive, or too large.
        """
        if name not in self._names:
            raise ReadingError("file_unreadable", f"La feuille « {name} » manque dans le classeur.")
        self._part = self._names[name]
        self._sheet = scan(partial(self._archive.open, self._part))
        _check_extent(self._sheet, name)

    def marks(self, rows: list[list[Cell]]) -> Marks:
        """Marks of the sheet checked last."""
        if self._sheet is None:
            return Marks()
        tables = list(_tables(self._archive, self._part, self._sheet.frame))
        return read_marks(self._sheet, rows, self._styles, tables)


def _check_texts(archive: ZipFile) -> None:
    """Refuse a table of texts that says to hold more of them than it has bytes: calamine would make room.

    Raises
    ------
    ReadingError
        If it does.
    """
    for part in archive.infolist():
        if part.filename.lower().endswith("sharedstrings.xml"):
            with archive.open(part) as stream:
                counts = map(int, _COUNT.findall(stream.read(_HEAD_BYTES)))
            if max(counts, default=0) > part.file_size:
                raise ReadingError("file_unreadable", "La liste des textes du classeur est abîmée.")


def _sheet_parts(archive: ZipFile) -> dict[str, str]:
    workbook = read_part(archive, "xl/workbook.xml")
    targets, known = related(archive, "xl/workbook.xml"), set(archive.namelist())
    names = {}
    for node in workbook.iter():
        if local_name(node) == "sheet":
            key = next((value for name, value in node.attrib.items() if name.endswith("}id")), "")
            if targets.get(key) in known:
                names[node.get("name", "")] = targets[key]
    return names


def _tables(archive: ZipFile, part: str, frame: Element) -> Iterator[Element]:
    """Excel's own tables of a sheet: they paint their cells, and filter them."""
    if child(frame, "tableParts") is not None:
        known = set(archive.namelist())
        parts = [to for to in related(archive, part).values() if "table" in to.lower() and to in known]
        nodes = (read_part(archive, to) for to in parts)
        yield from (node for node in nodes if local_name(node) == "table")


def _check_extent(sheet: Scan, name: str) -> None:
    """Refuse a sheet whose filled cells stand too far apart to be held in memory.

    Raises
    ------
    ReadingError
        If the rectangle from the first to the last filled cell is too large.
    """
    rows, columns = sheet.cells.rows, sheet.cells.columns
    if len(rows):
        check_size(int(np.ptp(rows)) + 1, int(np.ptp(columns)) + 1, name, len(rows))
        # The reader hands the rows over from A1 on.
        check_size(int(rows.max()), int(columns.max()), name, len(rows))


def read_marks(
    sheet: Scan, rows: list[list[Cell]], styles: StyleSheet, tables: Iterable[Element] = ()
) -> Marks:
    """Find what the values of a sheet do not say.

    Parameters
    ----------
    sheet : Scan
        The worksheet.
    rows : list of list
        Cells from A1.
    styles : StyleSheet
        Styles of the workbook.
    tables : iterable of xml.etree.ElementTree.Element
        Excel's own tables on that sheet.
    """
    tables = list(tables)
    painted = [*conditional_ranges(sheet.frame), *(r for t in tables for r in ranges_of(t.get("ref", "")))]
    marks = marks_of(_places(sheet, styles), rows, styles.cells, painted)
    hidden = sheet.hidden_rows
    return replace(
        marks,
        masked=marks.masked | hidden_by(sheet_rules(sheet.frame, styles.hiding_code), rows),
        errors=sheet.cells.errors | dict.fromkeys(sheet.cells.uncomputed, NOT_COMPUTED),
        percents=_percents(sheet, styles),
        hidden_rows=frozenset(row for row in hidden if row <= len(rows)),
        hidden_columns=_hidden_columns(sheet.frame, max(map(len, rows), default=0)),
        filter=_filter(sheet.frame, tables) if hidden else "",
    )


def _places(sheet: Scan, styles: StyleSheet) -> dict[int, list[Place]]:
    """Cells whose style is worth a look, by style."""
    cells, wanted = sheet.cells, set(styles.cells.looked_at)
    used = set(np.unique(cells.styles).tolist())
    for few in (styles.cells.colours.keys(), styles.cells.struck):
        if np.isin(cells.styles, list(few)).sum() > MAX_DISTINCT:
            wanted -= few - styles.cells.telling
    chosen = ((style, cells.styles == style) for style in sorted(wanted) if style in used)
    return {
        style: list(zip(cells.rows[where].tolist(), cells.columns[where].tolist(), strict=True))
        for style, where in chosen
    }


def _percents(sheet: Scan, styles: StyleSheet) -> frozenset[tuple[int, int]]:
    cells = sheet.cells
    chosen = np.isin(cells.styles, list(styles.cells.percents))
    return frozenset(zip(cells.rows[chosen].tolist(), cells.columns[chosen].tolist(), strict=True))


def _hidden_columns(frame: Element, width: int) -> frozenset[int]:
    """Columns that are hidden, up to the last one that holds something."""
    nodes = (
        node for group in children(frame, "cols") for node in children(group, "col") if is_set(node, "hidden")
    )
    spans = ((int(node.get("min", 1)), int(node.get("max", 0))) for node in nodes)
    return frozenset(column for first, last in spans for column in range(max(first, 1), min(last, width) + 1))


def _filter(frame: Element, tables: Iterable[Element]) -> str:
    """Range of a filter that has a criterion."""
    for node in (frame, *tables):
        found = child(node, "autoFilter")
        if found is not None and child(found, "filterColumn") is not None:
            ranges: list[Range] = ranges_of(found.get("ref", ""))
            return found.get("ref", "").replace("$", "") if ranges else ""
    return ""
