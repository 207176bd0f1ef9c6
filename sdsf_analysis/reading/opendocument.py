"""The content of an .ods workbook, looked at beside calamine: extent, hidden values, errors."""

from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element, ParseError
from zipfile import ZipFile

from defusedxml import ElementTree

from sdsf_analysis.errors import ReadingError
from sdsf_analysis.model.status import Status
from sdsf_analysis.reading.marks import NOT_COMPUTED
from sdsf_analysis.reading.sheet import Marks, Place, check_size
from sdsf_analysis.reading.values import read_number

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_NUMBERS = ("float", "currency", "percentage")
_ZERO_SIGNS = ("", "-", "–", "—")


class _Block(NamedTuple):
    """A cell, repeated over a rectangle of the sheet."""

    top: int
    left: int
    height: int
    width: int
    node: Element

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
    try:
        with archive.open("content.xml") as stream:
            for _, node in ElementTree.iterparse(stream):
                if node.tag == f"{_TABLE}table":
                    name = node.get(f"{_TABLE}name", "")
                    marks[name] = _marks(_extent_checked(name, list(_filled(node))))
                    node.clear()
    except (KeyError, ParseError, ValueError) as error:
        raise ReadingError("file_unreadable", f"Le classeur est abîmé : {error}.") from None
    return marks


def _filled(table: Element) -> Iterator[_Block]:
    row = 1
    for line in table.iter(f"{_TABLE}table-row"):
        height, column = int(line.get(f"{_TABLE}number-rows-repeated", 1)), 1
        for node in line:
            width = int(node.get(f"{_TABLE}number-columns-repeated", 1))
            if node.get(f"{_OFFICE}value-type") or node.get(f"{_TABLE}formula"):
                yield _Block(row, column, height, width, node)
            column += width
        row += height


def _extent_checked(name: str, blocks: list[_Block]) -> list[_Block]:
    bottom = max((b.top + b.height - 1 for b in blocks), default=0)
    right = max((b.left + b.width - 1 for b in blocks), default=0)
    check_size(bottom, right, name, len(blocks))
    return blocks


def _marks(blocks: list[_Block]) -> Marks:
    masked: dict[Place, str] = {}
    errors: dict[Place, str] = {}
    percents: set[Place] = set()
    for block in blocks:
        if block.node.get(f"{_OFFICE}value-type") == "percentage":
            percents.update(block.places())
        if error := _error(block.node):
            errors |= dict.fromkeys(block.places(), error)
        elif (shown := _shown_instead(block.node)) is not None:
            masked |= dict.fromkeys(block.places(), shown)
    return Marks(masked, errors, frozenset(percents))


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


def _shown_instead(node: Element) -> str | None:
    """What a number's cell shows in place of it, None where it shows the number."""
    shown = _shown(node)
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
