"""A worksheet's XML written again the way most writers do: no prefix, every cell with its address."""

from collections.abc import Iterator
from typing import IO
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape, quoteattr

from defusedxml import ElementTree

from sdsf_analysis.errors import ReadingError
from sdsf_analysis.reading.sheet import address, place_of

_KEPT = ("s", "t")


def rewritten(stream: IO[bytes]) -> Iterator[bytes]:
    """Write a worksheet again, piece by piece.

    A cell or a row without its number comes after the one before it, as for every reader.

    Parameters
    ----------
    stream : binary file
        XML of the worksheet, in any encoding and with any prefix.

    Examples
    --------
    >>> from io import BytesIO
    >>> xml = b"<a><x:sheetData xmlns:x='u'><x:row><x:c s='3'><x:v>5</x:v></x:c></x:row></x:sheetData></a>"
    >>> b"".join(rewritten(BytesIO(xml)))
    b'<worksheet><sheetData><row r="1"><c r="A1" s="3"><v>5</v></c></row></sheetData></worksheet>'
    """
    writer = _Writer()
    for event, node in ElementTree.iterparse(stream, events=("start", "end")):
        yield (writer.start if event == "start" else writer.end)(node, _local(node)).encode()


class _Writer:
    """Where the sheet stands: depth outside the cells, row and column inside."""

    def __init__(self) -> None:
        self._depth = 0
        self._row = 0
        self._column = 0
        self._is_data = False

    def start(self, node: Element, name: str) -> str:
        self._depth += 1
        if name == "sheetData":
            self._is_data = True
            return "<sheetData>"
        if self._is_data and name == "row":
            self._row, self._column = _number(node.get("r"), self._row + 1), 0
            hidden = ' hidden="1"' * (node.get("hidden", "").strip() in ("1", "true"))
            return f'<row r="{self._row}"{hidden}>'
        return "<worksheet>" if self._depth == 1 else ""

    def end(self, node: Element, name: str) -> str:
        self._depth -= 1
        if name == "sheetData":
            self._is_data = False
            node.clear()
            return "</sheetData>"
        if self._is_data and name in ("c", "row"):
            text = self._cell(node) if name == "c" else "</row>"
            node.clear()
            return text
        if self._depth == 1:
            text = _plain(node)
            node.clear()
            return text
        return "</worksheet>" if self._depth == 0 else ""

    def _cell(self, node: Element) -> str:
        written = (node.get("r") or "").strip()
        place = place_of(written)
        # calamine would make room up to a row such as 4294967295
        if written and not place:
            raise ReadingError(
                "file_unreadable", "Une feuille du classeur est abîmée : une adresse n'existe pas."
            )
        self._row, self._column = place or (self._row, self._column + 1)
        kept = "".join(f' {key}="{node.get(key, "").strip()}"' for key in _KEPT if node.get(key))
        inside = "".join(_plain(child) for child in node if _local(child) in ("f", "v", "is"))
        return f'<c r="{address(self._row, self._column)}"{kept}>{inside}</c>'


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.strip().isdecimal() else default


def _local(node: Element) -> str:
    return str(node.tag).rpartition("}")[2]


def _plain(node: Element) -> str:
    """Text of a node, without prefixes."""
    name = _local(node)
    attributes = "".join(
        f" {key.rpartition('}')[2]}={quoteattr(value)}"
        for key, value in node.attrib.items()
        if "}" not in key
    )
    inside = escape((node.text or "").strip()) + "".join(_plain(child) for child in node)
    return f"<{name}{attributes}>{inside}</{name}>" if inside else f"<{name}{attributes}/>"
