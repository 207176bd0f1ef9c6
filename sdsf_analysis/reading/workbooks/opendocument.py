"""The content of an .ods workbook, looked at beside calamine: extent, merges, hidden things, errors."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element, ParseError
from zipfile import ZipFile

from defusedxml import ElementTree

from sdsf_analysis.errors import ReadingError
from sdsf_analysis.reading.sheet import Cell, Marks, Place, Range, address, check_size
from sdsf_analysis.reading.workbooks.colours import WHITE
from sdsf_analysis.reading.workbooks.conditional import Rule, hidden_by
from sdsf_analysis.reading.workbooks.opencells import (
    Block,
    blocks_of,
    columns_of,
    error_of,
    hidden_under,
    lines_of,
    merged_ranges,
    padded_text,
)
from sdsf_analysis.reading.workbooks.openrules import hiding_rules
from sdsf_analysis.reading.workbooks.openstyles import STYLE_GROUPS, OpenStyles

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_VISIBILITY = f"{_TABLE}visibility"
_FILTERED = "filter"
_HIDDEN = ("collapse", _FILTERED)
_RANGE = re.compile(r"(.+)\.([A-Z]+\d+):(?:.+\.)?([A-Z]+\d+)")


@dataclass(frozen=True)
class OpenSheet:
    """What the values of a sheet do not say: marks, merged ranges, conditional formats that hide."""

    marks: Marks
    merged: tuple[Range, ...]
    rules: tuple[Rule, ...]

    def marks_of(self, rows: list[list[Cell]]) -> Marks:
        """Marks of the sheet, once its values are known."""
        return replace(self.marks, masked=self.marks.masked | hidden_by(self.rules, rows))


def read_content(archive: ZipFile) -> dict[str, OpenSheet]:
    """Look at every sheet, whose extent is checked on the way.

    Parameters
    ----------
    archive : zipfile.ZipFile
        The open archive.

    Raises
    ------
    ReadingError
        If the content is damaged, or a sheet cannot be held in memory.
    """
    sheets: dict[str, OpenSheet] = {}
    styles = OpenStyles()
    try:
        for part in ("styles.xml", "content.xml"):
            if part in archive.namelist() or part == "content.xml":
                _read_part(archive, part, styles, sheets)
    except (KeyError, ParseError, ValueError) as error:
        raise ReadingError("file_unreadable", f"Le classeur est abîmé : {error}.") from None
    return sheets


def _read_part(archive: ZipFile, part: str, styles: OpenStyles, sheets: dict[str, OpenSheet]) -> None:
    with archive.open(part) as stream:
        for _, node in ElementTree.iterparse(stream):
            if node.tag in STYLE_GROUPS:
                styles.add(node)
            elif node.tag == f"{_TABLE}table":
                name = node.get(f"{_TABLE}name", "")
                sheets[name] = _sheet(name, node, styles)
                node.clear()
            elif node.tag == f"{_TABLE}database-range":
                _tell_filter(sheets, node)


def _sheet(name: str, table: Element, styles: OpenStyles) -> OpenSheet:
    blocks = list(blocks_of(table))
    filled = [block for block in blocks if block.is_filled]
    bottom = max((block.range.bottom for block in filled), default=0)
    right = max((block.range.right for block in filled), default=0)
    check_size(bottom, right, name, len(filled))
    return OpenSheet(
        _with_hidden(_cell_marks(filled, styles), table, bottom, right),
        tuple(merged_ranges(blocks, bottom, right)),
        tuple(hiding_rules(table, filled, styles)),
    )


def _cell_marks(filled: list[Block], styles: OpenStyles) -> Marks:
    looks = [(block, styles.of(block.style)) for block in filled]
    errors = _spread((block, error_of(block.node)) for block in filled)
    masked = _spread((block, hidden_under(block.node, look)) for block, look in looks)
    masked = {place: shown for place, shown in masked.items() if place not in errors}
    padded = _spread((block, padded_text(block.node)) for block in filled)
    return Marks(
        masked,
        errors,
        percents=frozenset(_places(block for block in filled if block.kind == "percentage")),
        struck=frozenset(_places(block for block, look in looks if look.is_struck)),
        coloured=_spread(
            (block, look.background) for block, look in looks if look.background not in ("", WHITE)
        ),
        padded={place: text for place, text in padded.items() if place not in masked},
    )


def _spread(texts: Iterable[tuple[Block, str | None]]) -> dict[Place, str]:
    """Text of every place of the blocks that have one."""
    return {place: text for block, text in texts if text is not None for place in block.places()}


def _places(blocks: Iterable[Block]) -> Iterable[Place]:
    return (place for block in blocks for place in block.places())


def _with_hidden(marks: Marks, table: Element, bottom: int, right: int) -> Marks:
    """Add rows and columns not shown, up to the last that hold something, and the filter in force."""
    lines = [(rows, line.get(_VISIBILITY)) for rows, line in lines_of(table)]
    columns = [columns for columns, node in columns_of(table) if node.get(_VISIBILITY) in _HIDDEN]
    is_filtered = any(visibility == _FILTERED for _, visibility in lines)
    return replace(
        marks,
        hidden_rows=_numbers((rows for rows, visibility in lines if visibility in _HIDDEN), bottom),
        hidden_columns=_numbers(columns, right),
        filter=f"A1:{address(bottom, right)}" if is_filtered else "",
    )


def _numbers(spans: Iterable[range], last: int) -> frozenset[int]:
    return frozenset(number for span in spans for number in range(span.start, min(span.stop, last + 1)))


def _tell_filter(sheets: dict[str, OpenSheet], node: Element) -> None:
    """Give the true range of a filter, which comes after the sheets."""
    found = _RANGE.fullmatch(node.get(f"{_TABLE}target-range-address", "").replace("$", ""))
    name = found[1].strip("'") if found else ""
    if found and name in sheets and sheets[name].marks.filter:
        marks = replace(sheets[name].marks, filter=f"{found[2]}:{found[3]}")
        sheets[name] = replace(sheets[name], marks=marks)
