"""Text files of a table: encoding by the share of French letters, delimiter on a bounded sample."""

import csv
import io
from dataclasses import dataclass

from sdsf_analysis.errors import ReadingError

DELIMITERS = ";,\t|"
SAMPLE_BYTES = 65_536
_FRENCH = frozenset("àâäçéèêëîïôöùûüÿœæÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆ«»°’€–—…²³\u00a0\u202f")
_LEGACY = ("cp1252", "mac_roman", "cp850")
_BOM = b"\xef\xbb\xbf"
_REPLACED = "\ufffd"
csv.field_size_limit(1_000_000)


@dataclass(frozen=True)
class Decoded:
    """Text of a file and the encoding it was read with."""

    text: str
    encoding: str


def decode(content: bytes) -> Decoded:
    """Decode a French text: BOM, then strict UTF-8, else the legacy encoding that reads most French letters.

    Parameters
    ----------
    content : bytes
        The whole file.

    Raises
    ------
    ReadingError
        If the content holds NUL bytes (it is no text), or a byte of another encoding than the rest.

    Examples
    --------
    >>> decode("Bâgé-Dommartin".encode("cp1252")).encoding
    'cp1252'
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Decoded(_strict(content, "utf-16"), "utf-16")
    if b"\x00" in content:
        raise ReadingError("file_unreadable", "Le fichier n'est ni un classeur ni un texte.")
    encoding = "utf-8-sig" if content.startswith(_BOM) else "utf-8"
    content = content.removeprefix(_BOM)
    try:
        return Decoded(content.decode("utf-8"), encoding)
    except UnicodeDecodeError:
        return _decode_legacy(content)


def _decode_legacy(content: bytes) -> Decoded:
    """Read in the encoding of most French letters; UTF-8 with a stray byte is refused, never garbled."""
    text = content.decode("utf-8", errors="replace")
    stray = text.count(_REPLACED)
    if sum(not c.isascii() for c in text) > 2 * stray:
        _strict(content, "utf-8")
    best = max((_legacy(content, name) for name in _LEGACY), key=lambda d: _french_share(d.text))
    if _REPLACED in best.text:
        _strict(content, best.encoding)
    return best


def _strict(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ReadingError(
            "file_unreadable",
            f"L'octet {content[error.start]:#04x} de la ligne {line} n'est pas du texte {encoding}.",
        ) from None


def _legacy(content: bytes, encoding: str) -> Decoded:
    return Decoded(content.decode(encoding, errors="replace"), encoding)


def _french_share(text: str) -> float:
    foreign = [c for c in text if ord(c) > 127]
    return sum(c in _FRENCH for c in foreign) / len(foreign) if foreign else 1.0


def find_delimiter(text: str) -> str:
    r"""Find the delimiter that cuts the most lines of a sample into the same number of cells.

    Examples
    --------
    >>> find_delimiter("Titre\n\nCode;Taux\n01004;71,7\n01053;60,6\n")
    ';'
    """
    lines = [line for line in text[:SAMPLE_BYTES].splitlines()[:200] if line.strip()]
    return max(DELIMITERS, key=lambda delimiter: _regularity(lines, delimiter))


def _regularity(lines: list[str], delimiter: str) -> tuple[int, int]:
    """How many lines have the usual number of cells, and that number."""
    widths = [len(row) for row in csv.reader(lines, delimiter=delimiter) if len(row) > 1]
    usual = max(set(widths), key=widths.count) if widths else 0
    return widths.count(usual), usual


def read_rows(text: str, delimiter: str) -> list[list[object]]:
    """Cut a text into rows; each row stands at the line of the file where it begins.

    Raises
    ------
    ReadingError
        If a quoted cell never ends: it would swallow the lines that follow.
    """
    rows: list[list[object]] = []
    usual = _regularity([line for line in text[:SAMPLE_BYTES].splitlines() if line.strip()], delimiter)[1]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False)
    try:
        for row in reader:
            line = len(rows) + 1
            if reader.line_num > line and _swallows(row, delimiter, usual):
                raise ReadingError("file_unreadable", f"Un guillemet ouvert ligne {line} n'est jamais fermé.")
            rows.append(list(row))
            rows.extend([] for _ in range(reader.line_num - len(rows)))
    except csv.Error as error:
        raise ReadingError("file_unreadable", f"Ligne {reader.line_num} : {error}.") from None
    return rows


def _swallows(row: list[str], delimiter: str, usual: int) -> bool:
    """Say whether a cell of several lines holds whole rows."""
    lines = [line for cell in row for line in cell.splitlines()[1:]]
    return any(line.count(delimiter) >= max(usual - 1, 1) for line in lines)
