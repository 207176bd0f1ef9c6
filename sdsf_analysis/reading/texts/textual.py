"""A text file opened: its encoding and its delimiter found, its shifted lines set apart, each said."""

from collections.abc import Iterator
from pathlib import Path

from sdsf_analysis.model.french import plural
from sdsf_analysis.model.problems import Problem
from sdsf_analysis.reading.sheet import Sheet, SourceFile, address
from sdsf_analysis.reading.text import is_blank
from sdsf_analysis.reading.texts.delimited import find_delimiter, read_rows
from sdsf_analysis.reading.texts.encodings import Decoded, decode
from sdsf_analysis.reading.texts.ragged import Ragged, ragged_rows

_OLD = {"mac_roman": "MacRoman (ancien Macintosh)", "cp850": "cp850 (MS-DOS)"}


def open_text(path: Path, source: str) -> SourceFile:
    """Open a text file.

    Parameters
    ----------
    path : pathlib.Path
        File to read.
    source : str
        Name under which problems speak of it.

    Returns
    -------
    SourceFile
        One sheet without a name. A line with a cell too many or too few is blank in it, and reported; a note
        that the delimiter cut is whole again.

    Raises
    ------
    ReadingError
        If a byte cannot be read, a quote is never closed, or the header lacks a label.
    """
    decoded = decode(path.read_bytes())
    delimiter = find_delimiter(decoded.text)
    rows = read_rows(decoded.text, delimiter)
    ragged = ragged_rows(rows)
    problems = [*_encoding(source, decoded), *_shifted_lines(source, rows, ragged)]
    kept = [_kept(cells, ragged.get(row), delimiter) for row, cells in enumerate(rows, start=1)]
    return SourceFile(source, "csv", (Sheet(None, kept),), decoded.encoding, delimiter, tuple(problems))


def _encoding(source: str, decoded: Decoded) -> list[Problem]:
    name = decoded.encoding
    if name.startswith("utf"):
        return []
    code, message = (
        "encoding_guessed",
        f"Le texte est enregistré en {name} et non en UTF-8 ; il est relu sans perte.",
    )
    if decoded.has_wrong_bom:
        code = "bom_misleading"
        message = f"Le fichier s'annonce en UTF-8, mais la suite est en {name} ; elle est relue comme telle."
    elif name in _OLD:
        code = "encoding_old"
        message = f"Le texte est relu en {_OLD[name]}, l'encodage où ses accents forment des mots français."
    return [Problem(source, "", "", code, message, name, "utf-8")]


def _kept(cells: list[object], ragged: Ragged | None, delimiter: str) -> list[object]:
    if ragged is None:
        return cells
    return [delimiter.join(map(str, cells)).rstrip(delimiter)] if ragged.is_note else []


def _shifted_lines(source: str, rows: list[list[object]], ragged: dict[int, Ragged]) -> Iterator[Problem]:
    for row, line in ragged.items():
        if not line.is_note:
            yield _shifted(source, rows, row, line.size, line.expected)


def _shifted(source: str, rows: list[list[object]], row: int, size: int, expected: int) -> Problem:
    """Say a line that is set apart; its cells stand in ``found`` alone, since they may name a person."""
    gap = f"{abs(size - expected)} de {'trop' if size > expected else 'moins'}"
    why = "ses valeurs sont décalées" if size > 1 else "le reste manque"
    cut = plural(size, "cellule")
    message = f"La ligne {row} a {cut} au lieu de {expected} ({gap}) : {why}, elle n'est pas lue."
    cells = rows[row - 1]
    while cells and is_blank(cells[-1]):
        cells = cells[:-1]
    shown = " | ".join(str(cell) for cell in cells)
    return Problem(source, "", address(row, 1), "row_ragged", message, shown[:300])
