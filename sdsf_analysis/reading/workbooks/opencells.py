"""Cells of an OpenDocument sheet, each repeated or not: where they stand, and what they show."""

from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

from sdsf_analysis.model.status import Status
from sdsf_analysis.reading.sheet import Place, Range
from sdsf_analysis.reading.values import read_number
from sdsf_analysis.reading.workbooks.formats import shown_instead
from sdsf_analysis.reading.workbooks.marks import NOT_COMPUTED
from sdsf_analysis.reading.workbooks.openstyles import OpenStyle

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_DEFAULT = f"{_TABLE}default-cell-style-name"
_STYLE = f"{_TABLE}style-name"
_KIND = f"{_OFFICE}value-type"
_FORMULA = f"{_TABLE}formula"
_REPEATED = f"{_TABLE}number-columns-repeated"
_SPANS = (f"{_TABLE}number-rows-spanned", f"{_TABLE}number-columns-spanned")
_NUMBERS = ("float", "currency", "percentage")
_ZERO_SIGNS = ("", "-", "–", "—")
MAX_ROWS, MAX_COLUMNS = 1_048_576, 16_384


class Block(NamedTuple):
    """A cell, repeated over a rectangle of the sheet."""

    range: Range
    node: Element
    style: str

    @property
    def kind(self) -> str:
        """Kind of its value, empty without one."""
        return self.node.get(_KIND, "")

    @property
    def is_filled(self) -> bool:
        """Say whether it holds a value or a formula."""
        return self.kind != "" or _FORMULA in self.node.attrib

    def places(self) -> Iterator[Place]:
        """Places of the rectangle."""
        top, left, bottom, right = self.range
        for row in range(top, bottom + 1):
            yield from ((row, column) for column in range(left, right + 1))


def lines_of(table: Element) -> Iterator[tuple[range, Element]]:
    """Rows of a sheet, with their numbers."""
    row = 1
    for line in table.iter(f"{_TABLE}table-row"):
        height = int(line.get(f"{_TABLE}number-rows-repeated", 1))
        yield range(row, row + height), line
        row += height


def columns_of(table: Element) -> list[tuple[range, Element]]:
    """Declared columns of a sheet, with their numbers."""
    columns, first = [], 1
    for node in table.iter(f"{_TABLE}table-column"):
        width = int(node.get(_REPEATED, 1))
        columns.append((range(first, first + width), node))
        first += width
    return columns


def blocks_of(table: Element) -> Iterator[Block]:
    """Cells of a sheet that hold something, or that are merged with others."""
    defaults = columns_of(table)
    for rows, line in lines_of(table):
        column = 1
        for node in line:
            width = int(node.get(_REPEATED, 1))
            if _KIND in node.attrib or _FORMULA in node.attrib or _SPANS[1] in node.attrib:
                style = node.get(_STYLE) or line.get(_DEFAULT) or _default(defaults, column)
                place = Range(rows.start, column, rows.stop - 1, column + width - 1)
                yield Block(place, node, style)
            column += width


def _default(columns: list[tuple[range, Element]], column: int) -> str:
    return next((node.get(_DEFAULT, "") for span, node in columns if column in span), "")


def merged_ranges(blocks: list[Block], bottom: int, right: int) -> Iterator[Range]:
    """Merged ranges that begin inside the extent of a sheet.

    Parameters
    ----------
    blocks : list of Block
        Cells of the sheet.
    bottom, right : int
        Its last row and column that hold something.
    """
    for block in blocks:
        height, width = (int(block.node.get(name, 1)) for name in _SPANS)
        if height > 1 or width > 1:
            last = Range(*block.range[:2], min(block.range.bottom, bottom), min(block.range.right, right))
            for row, column in block._replace(range=last).places():
                yield Range(
                    row, column, min(row + height - 1, MAX_ROWS), min(column + width - 1, MAX_COLUMNS)
                )


def error_of(node: Element) -> str | None:
    """Error that a cell shows, None where it shows none."""
    if _FORMULA not in node.attrib:
        return None
    if _KIND not in node.attrib:
        return NOT_COMPUTED
    is_error = any(name.endswith("}value-type") and value == "error" for name, value in node.attrib.items())
    return (_shown(node) or "#N/A") if is_error else None


def hidden_under(node: Element, style: OpenStyle) -> str | None:
    """What a cell shows in place of its value, None where it shows the value."""
    shown = _shown_instead(node, style)
    if shown is not None or not style.number_format:
        return shown
    return shown_instead(style.number_format, _stored(node))


def _shown_instead(node: Element, style: OpenStyle) -> str | None:
    """What the cell of a number shows, where that is written and is not the number."""
    shown = "" if style.is_invisible else _shown(node)
    if shown is None or node.get(_KIND) not in _NUMBERS:
        return None
    value = float(node.get(f"{_OFFICE}value", 0))
    read = read_number(shown)
    if read.status is Status.KNOWN or (value == 0 and shown in _ZERO_SIGNS):
        return None
    if read.high is not None:
        return shown
    digits = _digits(shown)
    # A format that is known may round, or write a fraction
    is_seen = bool(digits) if style.number_format else digits.startswith(str(abs(int(value))))
    return None if is_seen else shown


def _stored(node: Element) -> float | str:
    if node.get(_KIND) in _NUMBERS:
        return float(node.get(f"{_OFFICE}value", 0))
    # A date or a time is a positive number
    return (_shown(node) or "") if node.get(_KIND) == "string" else 1.0


def padded_text(node: Element) -> str | None:
    """Whole number as its cell shows it, with zeros before it; None where it shows none."""
    shown = _shown(node) or ""
    if node.get(_KIND) not in _NUMBERS or len(shown) < 2 or not shown.isdecimal() or shown[0] != "0":
        return None
    return shown if int(shown) == float(node.get(f"{_OFFICE}value", 0)) else None


def _shown(node: Element) -> str | None:
    """What the cell shows, None where the file does not say it."""
    lines = ["".join(line.itertext()) for line in node.findall(f"{_TEXT}p")]
    return "\n".join(lines).strip() if lines else None


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())
