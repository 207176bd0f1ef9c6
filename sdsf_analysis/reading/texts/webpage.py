"""A web page saved under the name of a workbook: its one table, with the texts above and below it."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from sdsf_analysis.errors import ReadingError
from sdsf_analysis.reading.sheet import Cell, Range, Sheet
from sdsf_analysis.reading.texts.encodings import Decoded, decode

MAX_PAGE_BYTES = 30_000_000
_MAX_SPAN_ROWS, _MAX_SPAN_COLUMNS = 65_536, 16_384
_MAX_DEPTH = 50
_MAX_CELLS = 5_000_000
_CHARSET = re.compile(rb"""charset=["']?([\w-]{2,20})""", re.IGNORECASE)
# The parser of the standard library takes quadratic time on comments and tags that never end: a tag ends here
# where the next one begins, so that any page is read in one pass.
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]*)([^<>]*)>|<[!?][^<>]*>")
_SPAN = re.compile(r"""\b(row|col)span\s*=\s*["']?\s*(\d{1,8})""", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_BREAK = "\x00"
_SILENT = ("script", "style", "title", "noscript", "template")
_BLOCKS = ("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "caption", "td", "th", "tr", "table", "body")


@dataclass
class _Table:
    """A table being read: rows of texts, and the places that the spans of its cells cover."""

    rows: list[list[Cell]] = field(default_factory=list)
    merged: list[Range] = field(default_factory=list)
    covered: dict[int, int] = field(default_factory=dict)
    above: int = 0
    size: int = 0
    holds_tables: bool = False
    is_closed: bool = False

    def add_row(self) -> None:
        self.rows.append([])

    def add_cell(self, height: int, width: int) -> None:
        """Open a cell at the first place of the row that no span covers."""
        if not self.rows:
            self.add_row()
        cells, row = self.rows[-1], len(self.rows)
        while self.covered.get(len(cells) + 1, 0) >= row:
            cells.append("")
        left = len(cells) + 1
        cells.extend([""] * width)
        if height > 1 or width > 1:
            self.merged.append(Range(row, left, row + height - 1, left + width - 1))
            self.covered.update(dict.fromkeys(range(left, left + width), row + height - 1))
        self.size += width
        if self.size > _MAX_CELLS:
            raise ReadingError("file_too_large", "Le tableau de la page dépasse 5 millions de cellules.")

    @property
    def is_of_data(self) -> bool:
        """Two rows and two columns at least: pages use tables for their layout too."""
        return not self.holds_tables and len(self.rows) > 1 and max(map(len, self.rows)) > 1


class _Page:
    """Tables of a page, and its texts outside tables of data, in order."""

    def __init__(self) -> None:
        self.tables: list[_Table] = []
        self.texts: list[str] = []
        self._open: list[_Table] = []
        self._places: list[int] = []
        self._words: list[str] = []
        self._silent = ""

    def read(self, text: str) -> None:
        """Read a whole page."""
        for words, tag, attributes in _tokens(text):
            if not self._silent:
                self._words.append(unescape(words))
            if self._silent:
                self._silent = "" if tag == f"/{self._silent}" else self._silent
            elif tag in _SILENT:
                self._silent = tag
            elif tag == "br":
                self._words.append(_BREAK)
            elif tag.removeprefix("/") in _BLOCKS:
                self._flush()
                self._turn(tag, attributes)
        self._flush()

    def _turn(self, tag: str, attributes: str) -> None:
        """Begin or end a table, a row or a cell."""
        if tag == "table":
            self._begin_table()
        elif not self._open:
            return
        elif tag == "/table":
            self._end_table()
        elif tag == "tr":
            self._open[-1].add_row()
            self._places[-1] = 0
        elif tag in ("td", "th"):
            self._begin_cell(attributes)
        elif tag in ("/td", "/th", "/tr"):
            self._places[-1] = 0

    def _begin_cell(self, attributes: str) -> None:
        spans = {match[1].lower(): int(match[2]) for match in _SPAN.finditer(attributes)}
        height = min(max(spans.get("row", 1), 1), _MAX_SPAN_ROWS)
        width = min(max(spans.get("col", 1), 1), _MAX_SPAN_COLUMNS)
        self._open[-1].add_cell(height, width)
        self._places[-1] = len(self._open[-1].rows[-1]) - width + 1

    def _begin_table(self) -> None:
        if len(self._open) >= _MAX_DEPTH:
            raise ReadingError("file_too_large", "La page emboîte trop de tableaux.")
        if self._open:
            self._open[-1].holds_tables = True
            self._give_back(self._open[-1])
        table = _Table(above=len(self.texts))
        self.tables.append(table)
        self._open.append(table)
        self._places.append(0)

    def _end_table(self) -> None:
        table = self._open.pop()
        table.is_closed = True
        self._places.pop()
        if not table.is_of_data:
            self._give_back(table)

    def _give_back(self, table: _Table) -> None:
        """A table that only lays texts out gives them to the page."""
        self.texts += [str(cell) for cells in table.rows for cell in cells if cell]
        table.rows, table.merged, table.covered = [], [], {}

    def _flush(self) -> None:
        """Give the words read since the last tag of a block to the open cell, else to the page."""
        text = (
            _BLANKS.sub(" ", "".join(self._words)).replace(f" {_BREAK}", _BREAK).replace(f"{_BREAK} ", _BREAK)
        )
        text = text.strip(f" {_BREAK}").replace(_BREAK, "\n")
        self._words = []
        if not text.strip():
            return
        if self._open and self._places[-1] and not self._open[-1].holds_tables:
            cells, place = self._open[-1].rows[-1], self._places[-1] - 1
            cells[place] = f"{cells[place]}\n{text}" if cells[place] else text
        else:
            self.texts.append(text)


def _tokens(text: str) -> Iterator[tuple[str, str, str]]:
    """Words and the tag that ends them, with a slash before the name of a closing one."""
    text, end = _without_comments(text), 0
    for match in _TAG.finditer(text):
        yield text[end : match.start()], f"{match[1]}{match[2]}".lower() if match[2] else "", match[3] or ""
        end = match.end()
    yield text[end:], "", ""


def _without_comments(text: str) -> str:
    """A comment that never ends hides the rest of the page."""
    first, *others = text.split("<!--")
    # what follows the end of one comment goes up to the beginning of the next
    return first + "".join(other.partition("-->")[2] for other in others)


def read_page(content: bytes) -> tuple[Sheet, str]:
    """Read the one table of a web page.

    Texts above and below the table stand on lines of their own, as Excel shows them.

    Parameters
    ----------
    content : bytes
        The page.

    Returns
    -------
    tuple of Sheet and str
        Its only sheet, all texts, spans as merged ranges; and the page's encoding.

    Raises
    ------
    ReadingError
        If the page has no table or several, is cut, or is larger than 30 MB.

    Examples
    --------
    >>> sheet, _ = read_page(b"<h1>Suivi</h1><table><tr><td>Commune<td>Places<tr><td>Gex<td>20</table>")
    >>> sheet.rows
    [['Suivi'], ['Commune', 'Places'], ['Gex', '20']]
    """
    if len(content) > MAX_PAGE_BYTES:
        raise ReadingError(
            "file_too_large", "La page web dépasse 30 Mo : demander le tableau en .xlsx ou .csv."
        )
    decoded = _decoded(content)
    page = _Page()
    page.read(decoded.text)
    table = _only(page.tables)
    titles: list[list[Cell]] = [[text] for text in page.texts[: table.above]]
    notes: list[list[Cell]] = [[text] for text in page.texts[table.above :]]
    down = len(titles)
    bottom = down + len(table.rows)
    merged = tuple(Range(m.top + down, m.left, min(m.bottom + down, bottom), m.right) for m in table.merged)
    return Sheet(None, [*titles, *table.rows, *notes], merged), decoded.encoding


def _only(tables: list[_Table]) -> _Table:
    found = [table for table in tables if table.is_of_data]
    if not found:
        raise ReadingError(
            "file_not_a_table",
            "C'est une page web sans tableau, enregistrée sous un nom de tableau : "
            "demander le tableau lui-même (.xlsx, .ods ou .csv).",
        )
    if len(found) > 1:
        sizes = ", ".join(f"{len(t.rows)} lignes × {max(map(len, t.rows))} colonnes" for t in found[:6])
        raise ReadingError(
            "file_not_a_table",
            f"C'est une page web qui contient {len(found)} tableaux ({sizes}) : "
            "l'ouvrir dans Excel, garder celui qui compte et l'enregistrer en .xlsx.",
        )
    if not found[0].is_closed:
        raise ReadingError("file_unreadable", "La page web est coupée : son tableau ne se termine pas.")
    return found[0]


def _decoded(content: bytes) -> Decoded:
    """Strict UTF-8, else the encoding that the page declares, else as any French text."""
    said = _CHARSET.search(content[:4096])
    name = said[1].decode().lower() if said else ""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        # on the web, the old Western names all mean that of Windows
        name = "cp1252" if name in ("iso-8859-1", "latin1", "windows-1252") else name
        try:
            if name and codecs.lookup(name).name not in ("utf-8", "utf-16"):
                return Decoded(content.decode(name), name)
        except (LookupError, ValueError):
            pass
    return decode(content)
