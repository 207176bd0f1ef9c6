"""The content of an .ods workbook, looked at beside calamine: extent, hidden things, errors."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple
from xml.etree.ElementTree import Element, ParseError
from zipfile import ZipFile

from defusedxml import ElementTree

from sdsf_analysis.errors import ReadingError
from sdsf_analysis.model.status import Status
from sdsf_analysis.reading.sheet import Marks, Place, address, check_size
from sdsf_analysis.reading.values import read_number
from sdsf_analysis.reading.workbooks.colours import WHITE
from sdsf_analysis.reading.workbooks.marks import NOT_COMPUTED, CellStyle
from sdsf_analysis.reading.workbooks.openstyles import STYLE, add_look, read_looks

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_DEFAULT = f"{_TABLE}default-cell-style-name"
_VISIBILITY = f"{_TABLE}visibility"
_FILTERED = "filter"
_HIDDEN = ("collapse", _FILTERED)
_RANGE = re.compile(r"(.+)\.([A-Z]+\d+):(?:.+\.)?([A-Z]+\d+)")
_PLAIN = CellStyle(0)
_NUMBERS = ("float", "currency", "percentage")
_ZERO_SIGNS = ("", "-", "–", "—")


class _Block(NamedTuple):
    """A cell, repeated over a rectangle of the sheet."""

    top: int
    left: int
    height: int
    width: int
    node: Element
    style: str

    def places(self) -> Iterator[Place]:
        """Places of the rectangle."""
        for row in range(self.top, self.top + self.height):
            yield from ((row, column) for column in range(self.left, self.left + self.width))


def read_content(archive: ZipFile) -> dict[str, Marks]:
    """Marks of every sheet, whose extent is checked on the way.

    Parameters
    ----------
    archive : zipfile.ZipFile
        The open archive.

    Raises
    ------
    ReadingError
        If the content is damaged, or a sheet cannot be held in memory.
    """
    marks: dict[str, Marks] = {}
    looks: dict[str, CellStyle] = {}
    try:
        if "styles.xml" in archive.namelist():
            with archive.open("styles.xml") as stream:
                looks |= read_looks(stream)
        with archive.open("content.xml") as stream:
            for _, node in ElementTree.iterparse(stream):
                if node.tag == STYLE:
                    add_look(looks, node)
                elif node.tag == f"{_TABLE}table":
                    name = node.get(f"{_TABLE}name", "")
                    marks[name] = _marks(name, node, looks)
                    node.clear()
                elif node.tag == f"{_TABLE}database-range":
                    _tell_filter(marks, node)
    except (KeyError, ParseError, ValueError) as error:
        raise ReadingError("file_unreadable", f"Le classeur est abîmé : {error}.") from None
    return marks


def _lines(table: Element) -> Iterator[tuple[range, Element]]:
    row = 1
    for line in table.iter(f"{_TABLE}table-row"):
        height = int(line.get(f"{_TABLE}number-rows-repeated", 1))
        yield range(row, row + height), line
        row += height


def _columns(table: Element) -> list[tuple[range, Element]]:
    columns, first = [], 1
    for node in table.iter(f"{_TABLE}table-column"):
        width = int(node.get(f"{_TABLE}number-columns-repeated", 1))
        columns.append((range(first, first + width), node))
        first += width
    return columns


def _filled(table: Element) -> Iterator[_Block]:
    defaults = _columns(table)
    for rows, line in _lines(table):
        column = 1
        for node in line:
            width = int(node.get(f"{_TABLE}number-columns-repeated", 1))
            if node.get(f"{_OFFICE}value-type") or node.get(f"{_TABLE}formula"):
                style = node.get(f"{_TABLE}style-name") or line.get(_DEFAULT) or _default(defaults, column)
                yield _Block(rows.start, column, len(rows), width, node, style)
            column += width


def _default(columns: list[tuple[range, Element]], column: int) -> str:
    return next((node.get(_DEFAULT, "") for span, node in columns if column in span), "")


def _extent_checked(name: str, blocks: list[_Block]) -> list[_Block]:
    bottom = max((b.top + b.height - 1 for b in blocks), default=0)
    right = max((b.left + b.width - 1 for b in blocks), default=0)
    check_size(bottom, right, name, len(blocks))
    return blocks


def _marks(name: str, table: Element, styles: dict[str, CellStyle]) -> Marks:
    blocks = _extent_checked(name, list(_filled(table)))
    masked: dict[Place, str] = {}
    errors: dict[Place, str] = {}
    percents: set[Place] = set()
    struck: set[Place] = set()
    coloured: dict[Place, str] = {}
    for block in blocks:
        look = styles.get(block.style, _PLAIN)
        if block.node.get(f"{_OFFICE}value-type") == "percentage":
            percents.update(block.places())
        if error := _error(block.node):
            errors |= dict.fromkeys(block.places(), error)
        elif (shown := _shown_instead(block.node, look)) is not None:
            masked |= dict.fromkeys(block.places(), shown)
        if look.is_struck:
            struck.update(block.places())
        if look.background not in ("", WHITE):
            coloured |= dict.fromkeys(block.places(), look.background)
    bottom = max((b.top + b.height for b in blocks), default=1)
    right = max((b.left + b.width for b in blocks), default=1)
    rows = [rows for rows, line in _lines(table) if line.get(_VISIBILITY) in _HIDDEN]
    columns = [columns for columns, node in _columns(table) if node.get(_VISIBILITY) in _HIDDEN]
    is_filtered = any(line.get(_VISIBILITY) == _FILTERED for _, line in _lines(table))
    return Marks(
        masked,
        errors,
        frozenset(percents),
        frozenset(row for span in rows for row in range(span.start, min(span.stop, bottom))),
        frozenset(column for span in columns for column in range(span.start, min(span.stop, right))),
        f"A1:{address(bottom - 1, right - 1)}" if is_filtered else "",
        frozenset(struck),
        coloured,
    )


def _tell_filter(marks: dict[str, Marks], node: Element) -> None:
    """Give the true range of a filter, which comes after the sheets."""
    found = _RANGE.fullmatch(node.get(f"{_TABLE}target-range-address", "").replace("$", ""))
    name = found[1].strip("'") if found else ""
    if found and name in marks and marks[name].filter:
        marks[name] = replace(marks[name], filter=f"{found[2]}:{found[3]}")


def _error(node: Element) -> str:
    if not node.get(f"{_TABLE}formula"):
        return ""
    if not node.get(f"{_OFFICE}value-type"):
        return NOT_COMPUTED
    is_error = any(name.endswith("}value-type") and value == "error" for name, value in node.attrib.items())
    return (_shown(node) or "#N/A") if is_error else ""


def _shown(node: Element) -> str | None:
    """What the cell shows, None where the file does not say it."""
    lines = ["".join(line.itertext()) for line in node.findall(f"{_TEXT}p")]
    return "\n".join(lines).strip() if lines else None


def _shown_instead(node: Element, look: CellStyle) -> str | None:
    """What a number's cell shows in place of it, None where it shows the number."""
    shown = "" if look.ink and look.ink == (look.background or WHITE) else _shown(node)
    if shown is None or node.get(f"{_OFFICE}value-type") not in _NUMBERS:
        return None
    value = float(node.get(f"{_OFFICE}value", 0))
    read = read_number(shown)
    if read.status is Status.KNOWN or (value == 0 and shown in _ZERO_SIGNS):
        return None
    is_bound = read.high is not None
    return None if not is_bound and _digits(shown).startswith(str(abs(int(value)))) else shown


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())
