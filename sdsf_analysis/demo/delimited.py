"""Write a document as a French CSV: semicolons, the encoding that the document says."""

import csv
from datetime import date
from pathlib import Path

from sdsf_analysis.demo.cells import Document, Fault, Value
from sdsf_analysis.demo.placing import Placed, place, planted, told_once


def write_delimited(document: Document, folder: Path) -> list[Fault]:
    r"""Write the one sheet of a document as .csv.

    Parameters
    ----------
    document : Document
        What to write; its one sheet has no title line and no note.
    folder : Path
        Where to write it.

    Returns
    -------
    list of Fault
        The planted faults; addresses count lines and fields.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from sdsf_analysis.demo.cells import Column, Row, Sheet, Table
    >>> rows = (Row((date(2024, 9, 1),)),)
    >>> document = Document("a.csv", (Sheet("", (), (Table("", (Column(("Le",)),), rows=rows),)),), "cp1252")
    >>> with TemporaryDirectory() as folder:
    ...     [fault.code for fault in write_delimited(document, Path(folder))]
    ...     (Path(folder) / "a.csv").read_bytes()
    ['encoding_guessed']
    b'Le\r\n01/09/2024\r\n'
    """
    placed = place(document.sheets[0])
    with (folder / document.name).open("w", encoding=document.encoding, newline="") as stream:
        csv.writer(stream, delimiter=";").writerows(_lines(placed))
    noted = planted(document.name, "", placed)
    if document.encoding == "cp1252" and document.sheets[0].tables[0].rows:
        noted.insert(0, (Fault(document.name, "", "", "encoding_guessed", "codage cp1252"), ""))
    return told_once(noted)


def _lines(placed: list[Placed]) -> list[list[str]]:
    lines: dict[int, list[str]] = {}
    for item in placed:
        lines.setdefault(item.row, []).append(_text(item.cell.value))
    return [lines[row] for row in sorted(lines)]


def _text(value: Value) -> str:
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return "" if value is None else str(value)
