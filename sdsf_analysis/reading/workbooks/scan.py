"""The XML of one worksheet, read as arrays: where its values stand, in which styles, with which errors.

Writers agree on one way to write a cell, which is read many cells at a time; a sheet written otherwise is
first written again that way by a true XML parser, so that no cell goes unseen.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import IO
from xml.etree.ElementTree import Element

from defusedxml import ElementTree

from sdsf_analysis.errors import ReadingError
from sdsf_analysis.reading.workbooks.canonical import rewritten
from sdsf_analysis.reading.workbooks.cells import Cells, UnusualError, cells_of, joined

CHUNK_BYTES = 4_000_000
# Between two cells no writer puts as much; a bomb of blanks does.
MAX_GAP_BYTES = 64_000_000
_ROOT = re.compile(rb"<(?:(\w+):)?worksheet[\s>]")
_START = re.compile(rb"<sheetData\s*(/?)>")
_END = b"</sheetData>"
_ODD_ROW = re.compile(rb"<row\b[^>]*(?:'|\s=|=\s|&)")
_HIDDEN_ROW = re.compile(rb'<row\b(?=[^>]*\shidden="(?:1|true)")[^>]*>')
_ROW_NUMBER = re.compile(rb'\sr="(\d{1,7})"')


@dataclass(frozen=True)
class Scan:
    """What one worksheet holds.

    Attributes
    ----------
    cells : Cells
        Place and style of every cell that has a value, and the errors.
    hidden_rows : frozenset of int
    frame : xml.etree.ElementTree.Element
        What surrounds the cells: columns, filter, conditional formats.
    """

    cells: Cells
    hidden_rows: frozenset[int]
    frame: Element


def scan(opened: Callable[[], IO[bytes]]) -> Scan:
    """Scan a worksheet.

    Parameters
    ----------
    opened : callable
        Opens the XML of the worksheet; called twice where it is written in an unusual way.

    Raises
    ------
    ReadingError
        If the sheet is damaged, or hides something huge.
    xml.etree.ElementTree.ParseError
        If its XML is damaged.

    Examples
    --------
    >>> from io import BytesIO
    >>> row = b'<row r="2" hidden="1"><c r="B2" s="3"><v>5</v></c></row>'
    >>> found = scan(lambda: BytesIO(b"<worksheet><sheetData>" + row + b"</sheetData></worksheet>"))
    >>> found.cells.rows.tolist(), found.cells.columns.tolist(), found.cells.styles.tolist()
    ([2], [2], [3])
    >>> found.hidden_rows
    frozenset({2})
    """
    try:
        with opened() as stream:
            return _scan(lambda: stream.read(CHUNK_BYTES))
    except UnusualError:
        pass
    with opened() as stream:
        try:
            return _scan(_gathering(rewritten(stream)))
        except UnusualError:
            raise ReadingError("file_unreadable", "Une feuille du classeur est abîmée.") from None


def _scan(read: Callable[[], bytes]) -> Scan:
    frame: list[bytes] = []
    cells: list[Cells] = []
    hidden: set[int] = set()
    for piece in _data_pieces(_pieces(read), frame):
        cells.append(cells_of(piece))
        hidden.update(_hidden_rows(piece))
    return Scan(joined(cells), frozenset(hidden), ElementTree.fromstring(b"".join(frame)))


def _data_pieces(pieces: Iterable[bytes], frame: list[bytes]) -> Iterator[bytes]:
    """Pieces of the cells; what stands before and after them is added to the frame."""
    pieces = iter(pieces)
    first = next(pieces)
    start = _START.search(first)
    if not start:
        raise UnusualError
    frame.append(first[: start.start()])
    piece: bytes | None = first[start.end() :]
    is_data = not start[1]
    while piece is not None:
        if is_data and (at := piece.find(_END)) >= 0:
            yield piece[:at]
            piece, is_data = piece[at + len(_END) :], False
        if is_data:
            yield piece
        else:
            frame.append(piece)
        piece = next(pieces, None)


def _hidden_rows(piece: bytes) -> Iterator[int]:
    if b"hidden" not in piece:
        return
    if _ODD_ROW.search(piece):
        raise UnusualError
    for row in _HIDDEN_ROW.findall(piece):
        number = _ROW_NUMBER.search(row)
        if not number:
            raise UnusualError
        yield int(number[1])


def _pieces(read: Callable[[], bytes]) -> Iterator[bytes]:
    """Cut a sheet between two cells or rows, and take the prefix of its tags away."""
    rest = read()
    root = _ROOT.search(rest)
    prefix = root[1] + b":" if root and root[1] else b""
    while piece := read():
        cut = max(rest.rfind(b"<" + prefix + b"c "), rest.rfind(b"<" + prefix + b"row "))
        if cut > 0:
            yield _bare(rest[:cut], prefix)
            rest = rest[cut:]
        elif len(rest) > MAX_GAP_BYTES:
            raise ReadingError("file_too_large", "Une feuille du classeur est démesurée.")
        rest += piece
    yield _bare(rest, prefix)


def _bare(piece: bytes, prefix: bytes) -> bytes:
    return piece.replace(b"<" + prefix, b"<").replace(b"</" + prefix, b"</") if prefix else piece


def _gathering(texts: Iterator[bytes]) -> Callable[[], bytes]:
    """Read small texts as a stream of larger ones."""

    def read() -> bytes:
        gathered: list[bytes] = []
        size = 0
        for text in texts:
            gathered.append(text)
            size += len(text)
            if size >= CHUNK_BYTES:
                break
        return b"".join(gathered)

    return read
