"""The XML of an .xlsx workbook, looked at before and beside calamine: extent, hidden values, errors."""

import re
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import ParseError
from zipfile import ZipFile

from defusedxml import ElementTree

from sdsf_analysis.errors import ReadingError
from sdsf_analysis.reading.marks import NOT_COMPUTED, Look, Styles, find_marks, styles_of
from sdsf_analysis.reading.sheet import Cell, Marks, Place, check_size
from sdsf_analysis.reading.text import column_index

MAX_PART_BYTES = 600_000_000

# A row, or a cell with its formula and its value; both may leave their reference out.
_ROW = rb"<(?:\w+:)?row\b([^>]*)>"
_CELL = rb"<(?:\w+:)?c\b"
_CONTENT = (
    rb"([^>]*?)(/?)>(?:\s*(<(?:\w+:)?f\b[^>]*?(?:/>|>[^<]*</(?:\w+:)?f>)))?"
    rb"(?:\s*<(?:\w+:)?v\b[^>]*?>([^<]*)</)?"
)
_ROW_OR_CELL = re.compile(_ROW + b"|" + _CELL + _CONTENT)
_REFERENCE = re.compile(rb"""\br=["']([A-Z]{1,3})(\d{1,7})["']""")
_ROW_NUMBER = re.compile(rb"""\br=["'](\d{1,7})["']""")
_STYLE = re.compile(rb"""\bs=["'](\d+)["']""")
_TYPE = re.compile(rb"""\bt=["'](\w+)["']""")
_COLUMNS = re.compile(rb"""<(?:\w+:)?c\b[^>]*?\br=["']([A-Z]{1,3})\d""")
_ROWS = re.compile(rb"""<(?:\w+:)?row\b[^>]*?\br=["'](\d{1,7})["']""")
_UNPLACED = re.compile(rb"<(?:\w+:)?(?:c|row)\b(?![^>]*?\br=)")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_ERROR_TYPE = re.compile(rb"""\bt=["']e["']""")


class _XmlCell(NamedTuple):
    place: Place
    attributes: bytes
    is_formula: bool
    value: bytes | None

    @property
    def kind(self) -> bytes:
        found = _TYPE.search(self.attributes)
        return found[1] if found else b""


class Parts:
    """XML parts of an .xlsx archive.

    Parameters
    ----------
    archive : zipfile.ZipFile
        The open archive.
    """

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self._names = _sheet_parts(archive)
        self._styles = read_styles(archive)
        self._sheet = b""

    def check(self, name: str) -> None:
        """Refuse a sheet that cannot be held in memory; to be called before its `marks`.

        Raises
        ------
        ReadingError
            If the sheet is missing from the archive, or too large.
        """
        if name not in self._names:
            raise ReadingError("file_unreadable", f"La feuille « {name} » manque dans le classeur.")
        self._sheet = _as_utf8(self._archive.read(self._names[name]))
        check_extent(self._sheet, name)

    def marks(self, rows: list[list[Cell]]) -> Marks:
        """Marks of the sheet checked last."""
        return read_marks(self._sheet, rows, self._styles)


def _as_utf8(part: bytes) -> bytes:
    return part.decode("utf-16").encode() if part.startswith((b"\xff\xfe", b"\xfe\xff")) else part


def _sheet_parts(archive: ZipFile) -> dict[str, str]:
    try:
        workbook = ElementTree.fromstring(archive.read("xl/workbook.xml"))
        links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    except (KeyError, ParseError, ValueError) as error:
        raise ReadingError("file_unreadable", f"Le classeur est abîmé : {error}.") from None
    targets = {link.get("Id"): _part_name(link.get("Target", "")) for link in links}
    known = set(archive.namelist())
    names = {}
    for node in workbook.iter():
        if node.tag.endswith("}sheet"):
            key = next((value for name, value in node.attrib.items() if name.endswith("}id")), None)
            if targets.get(key) in known:
                names[node.get("name", "")] = targets[key]
    return names


def _part_name(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def read_styles(archive: ZipFile) -> Styles:
    """Read the number formats of a workbook's cell styles."""
    if "xl/styles.xml" not in archive.namelist():
        return styles_of([], {})
    root = ElementTree.fromstring(archive.read("xl/styles.xml"))
    codes = {
        int(node.get("numFmtId", 0)): node.get("formatCode", "")
        for node in root.iter()
        if node.tag.endswith("}numFmt")
    }
    groups = [node for node in root if node.tag.endswith("}cellXfs")]
    return styles_of((int(style.get("numFmtId", 0)) for group in groups for style in group), codes)


def check_extent(part: bytes, sheet: str) -> None:
    """Refuse a sheet whose filled cells stand too far apart to be held in memory.

    Raises
    ------
    ReadingError
        If the rectangle from the first to the last filled cell is too large.
    """
    columns = {column_index(letters.decode()) for letters in set(_COLUMNS.findall(part))}
    rows = [int(number) for number in _ROWS.findall(part)]
    if not _UNPLACED.search(part) and check_size(max(rows, default=0), max(columns, default=0)):
        return
    filled = [cell.place for cell in _cells(part) if cell.value is not None]
    height = max((r for r, _ in filled), default=0) - min((r for r, _ in filled), default=1) + 1
    width = max((c for _, c in filled), default=0) - min((c for _, c in filled), default=1) + 1
    check_size(height, width, sheet, len(filled))


def read_marks(part: bytes, rows: list[list[Cell]], styles: Styles) -> Marks:
    """Find the cells whose value is hidden, is an error, or is shown as a percentage.

    Parameters
    ----------
    part : bytes
        XML of the sheet.
    rows : list of list
        Cells from A1.
    styles : Styles
        Styles of the workbook.
    """
    is_plain = not styles.hiding and not styles.percents
    if is_plain and not _ERROR_TYPE.search(part) and not _FORMULA.search(part):
        return Marks()
    pattern = _ROW_OR_CELL if _UNPLACED.search(part) else _worth_a_look(styles)
    return find_marks((_look(cell) for cell in _cells(part, pattern)), rows, styles)


def _worth_a_look(styles: Styles) -> re.Pattern[bytes]:
    """Rows, and the cells of some styles, of an error or of a formula: the others need not be parsed."""
    numbers = "|".join(str(number) for number in (*styles.hiding, *styles.percents)) or "none"
    marked = rb"""[^>]*\b(?:t=["']e["']|s=["'](?:%s)["'])""" % numbers.encode()
    return re.compile(_ROW + b"|" + _CELL + rb"(?=%s|[^>]*>\s*<(?:\w+:)?f\b)" % marked + _CONTENT)


def _look(cell: _XmlCell) -> Look:
    style = _STYLE.search(cell.attributes)
    error = ""
    if cell.kind == b"e":
        error = (cell.value or b"#N/A").decode("utf-8", "replace")
    elif cell.is_formula and not cell.value and cell.kind != b"str":
        error = NOT_COMPUTED
    return Look(cell.place, int(style[1]) if style else 0, error)


def _cells(part: bytes, pattern: re.Pattern[bytes] = _ROW_OR_CELL) -> Iterator[_XmlCell]:
    row = column = 0
    for match in pattern.finditer(part):
        if match[2] is None:
            number = _ROW_NUMBER.search(match[1])
            row, column = (int(number[1]) if number else row + 1), 0
            continue
        reference = _REFERENCE.search(match[2])
        if reference:
            row, column = int(reference[2]), column_index(reference[1].decode())
        else:
            column += 1
        value = b"" if match[5] is None and b"inlineStr" in match[2] and not match[3] else match[5]
        yield _XmlCell((row, column), match[2], match[4] is not None, value)
