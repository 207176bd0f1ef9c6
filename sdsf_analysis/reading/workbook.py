"""The XML of a workbook, looked at before and beside calamine: extent, hidden values, errors."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import ParseError
from zipfile import ZipFile

from defusedxml import ElementTree

from sdsf_analysis.errors import ReadingError
from sdsf_analysis.reading.formats import is_percent, may_hide, shown_instead
from sdsf_analysis.reading.sheet import Cell, Marks, Place
from sdsf_analysis.reading.text import column_index

# A sheet's rectangle is allocated whole by calamine: 40 million cells are about 1 GB.
MAX_CELLS = 40_000_000
MAX_PART_BYTES = 600_000_000

_CELL = re.compile(
    rb"<(?:\w+:)?c\b([^>]*?)(/?)>(?:\s*<(?:\w+:)?f\b[^>]*?(?:/>|>[^<]*</(?:\w+:)?f>))?"
    rb"(?:\s*<(?:\w+:)?v>([^<]*)</)?"
)
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_STYLE = re.compile(rb'\bs="(\d+)"')
_COLUMNS = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})\d')
_LAST_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="(\d{1,7})"')
_BUILT_IN_PERCENT = {9: "0%", 10: "0.00%"}


@dataclass(frozen=True)
class Styles:
    """Cell styles worth a look: those that may hide a value, those that are percentages."""

    hiding: dict[int, str]
    percents: frozenset[int]


class Parts:
    """XML parts of an .xlsx archive; of any other format, empty ones.

    Parameters
    ----------
    archive : zipfile.ZipFile or None
        The open archive.
    """

    def __init__(self, archive: ZipFile | None) -> None:
        self._archive = archive
        self._names = _sheet_parts(archive) if archive else {}
        self.styles = read_styles(archive) if archive else Styles({}, frozenset())

    def read(self, sheet: str) -> bytes:
        """XML of a sheet, empty where the format has none."""
        if self._archive is None or sheet not in self._names:
            return b""
        return self._archive.read(self._names[sheet])


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


def read_styles(archive: ZipFile) -> Styles:
    """Read the number formats of a workbook's cell styles."""
    if "xl/styles.xml" not in archive.namelist():
        return Styles({}, frozenset())
    root = ElementTree.fromstring(archive.read("xl/styles.xml"))
    codes = dict(_BUILT_IN_PERCENT)
    for node in root.iter():
        if node.tag.endswith("}numFmt"):
            codes[int(node.get("numFmtId", 0))] = node.get("formatCode", "")
    groups = [node for node in root if node.tag.endswith("}cellXfs")]
    formats = [codes.get(int(style.get("numFmtId", 0)), "") for group in groups for style in group]
    hiding = {index: code for index, code in enumerate(formats) if code and may_hide(code)}
    return Styles(hiding, frozenset(i for i, code in enumerate(formats) if is_percent(code)))


def check_extent(part: bytes, sheet: str) -> None:
    """Refuse a sheet whose filled cells stand too far apart to be held in memory.

    Raises
    ------
    ReadingError
        If the rectangle from the first to the last filled cell holds more than `MAX_CELLS` cells.
    """
    columns = {column_index(letters.decode()) for letters in set(_COLUMNS.findall(part))}
    rows = [int(match[1]) for match in _LAST_ROW.finditer(part)] or [0]
    if not columns or max(rows) * max(columns) <= MAX_CELLS:
        return
    filled = [place for place, _, value in _cells(part) if value is not None]
    if not filled:
        return
    height = max(r for r, _ in filled) - min(r for r, _ in filled) + 1
    width = max(c for _, c in filled) - min(c for _, c in filled) + 1
    if height * width > MAX_CELLS:
        raise ReadingError(
            "file_too_large",
            f"La feuille « {sheet} » étend {len(filled)} cellules remplies sur {height} lignes et "
            f"{width} colonnes : elle ne peut pas être lue sans risque.",
        )


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
    if not styles.hiding and not styles.percents and b't="e"' not in part:
        return Marks()
    masked: dict[Place, str] = {}
    errors: dict[Place, str] = {}
    percents: set[Place] = set()
    for place, attributes, value in _cells(part):
        if b't="e"' in attributes:
            errors[place] = (value or b"").decode("utf-8", "replace")
        style = _STYLE.search(attributes)
        index = int(style[1]) if style else 0
        if index in styles.percents:
            percents.add(place)
        if (
            index in styles.hiding
            and (shown := shown_instead(styles.hiding[index], _value(rows, place))) is not None
        ):
            masked[place] = shown
    return Marks(masked, errors, frozenset(percents))


def _cells(part: bytes) -> Iterator[tuple[Place, bytes, bytes | None]]:
    for match in _CELL.finditer(part):
        reference = _REFERENCE.search(match[1])
        if reference:
            place = int(reference[2]), column_index(reference[1].decode())
            filled = (
                match[3]
                if match[3] is not None
                else (b"" if b"inlineStr" in match[1] and not match[2] else None)
            )
            yield place, match[1], filled


def _value(rows: list[list[Cell]], place: Place) -> Cell:
    row, column = place
    if row > len(rows) or column > len(rows[row - 1]):
        return None
    return rows[row - 1][column - 1]


def _part_name(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
