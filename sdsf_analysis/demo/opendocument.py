"""Write a document as an OpenDocument spreadsheet, by hand: a zip of three small XML files."""

from datetime import date
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from sdsf_analysis.demo.cells import Document, Fault, Role, Sheet, Value
from sdsf_analysis.demo.placing import Placed, place, planted, told_once

MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
CM_PER_CHARACTER = 0.21
MANIFEST = f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">
<manifest:file-entry manifest:full-path="/" manifest:version="1.2" manifest:media-type="{MIMETYPE}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
</manifest:manifest>
"""
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content office:version="1.2"
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0">
<office:automatic-styles>
"""
CELL_STYLE = """<style:style style:name="{role}" style:family="table-cell">\
<style:table-cell-properties fo:border="{border}" fo:background-color="{fill}"/>\
<style:text-properties fo:font-weight="{weight}" fo:font-style="{slant}"/></style:style>
"""
COLUMN_STYLE = """<style:style style:name="w{width}" style:family="table-column">\
<style:table-column-properties style:column-width="{size:.2f}cm"/></style:style>
"""
LINE = "0.5pt solid #bfbfbf"
ROLE_LOOKS: dict[Role, tuple[str, str, str, str]] = {
    "title": ("none", "transparent", "bold", "normal"),
    "heading": ("none", "transparent", "bold", "normal"),
    "header": (LINE, "#ddebf7", "bold", "normal"),
    "repeated": (LINE, "#ddebf7", "bold", "normal"),
    "body": (LINE, "transparent", "normal", "normal"),
    "closed": (LINE, "#d9d9d9", "normal", "normal"),
    "struck": (LINE, "transparent", "normal", "normal"),
    "subtotal": (LINE, "#f2f2f2", "bold", "normal"),
    "total": (LINE, "#d9e1f2", "bold", "normal"),
    "note": ("none", "transparent", "normal", "italic"),
}


def write_opendocument(document: Document, folder: Path) -> list[Fault]:
    """Write a document as .ods, without merged cells.

    Parameters
    ----------
    document : Document
        What to write; its headers have one row.
    folder : Path
        Where to write it.

    Returns
    -------
    list of Fault
        The planted faults, in reading order.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from sdsf_analysis.demo.cells import Column, Row, Table
    >>> table = Table("s", (Column(("Nom",)),), rows=(Row(("Les Lucioles",)),))
    >>> with TemporaryDirectory() as folder:
    ...     write_opendocument(Document("a.ods", (Sheet("s", ("Titre",), (table,)),)), Path(folder))
    []
    """
    sheets = [(sheet, place(sheet)) for sheet in document.sheets]
    with ZipFile(folder / document.name, "w") as archive:
        archive.writestr(_entry("mimetype", ZIP_STORED), MIMETYPE)
        archive.writestr(_entry("content.xml", ZIP_DEFLATED), _content(sheets))
        archive.writestr(_entry("META-INF/manifest.xml", ZIP_DEFLATED), MANIFEST)
    noted = [told for sheet, placed in sheets for told in planted(document.name, sheet.name, placed)]
    return told_once(noted)


def _entry(name: str, compression: int) -> ZipInfo:
    entry = ZipInfo(name, (2025, 1, 15, 9, 0, 0))
    entry.compress_type = compression
    # The system and rights are part of the bytes: the same wherever the file is written.
    entry.create_system, entry.external_attr = 3, 0o644 << 16
    return entry


def _content(sheets: list[tuple[Sheet, list[Placed]]]) -> str:
    widths = sorted({column.width for sheet, _ in sheets for column in sheet.tables[0].columns})
    styles = [COLUMN_STYLE.format(width=width, size=width * CM_PER_CHARACTER) for width in widths]
    styles += [
        CELL_STYLE.format(role=role, border=border, fill=fill, weight=weight, slant=slant)
        for role, (border, fill, weight, slant) in ROLE_LOOKS.items()
    ]
    body = "".join(_sheet(sheet, placed) for sheet, placed in sheets)
    return (
        f"{HEAD}{''.join(styles)}</office:automatic-styles>\n<office:body><office:spreadsheet>\n"
        f"{body}</office:spreadsheet></office:body></office:document-content>\n"
    )


def _sheet(sheet: Sheet, placed: list[Placed]) -> str:
    columns = "".join(
        f'<table:table-column table:style-name="w{column.width}"/>' for column in sheet.tables[0].columns
    )
    by_row = {row: list(items) for row, items in groupby(placed, key=lambda item: item.row)}
    rows = "".join(_row(by_row.get(row, [])) for row in range(max(by_row) + 1))
    return f'<table:table table:name="{escape(sheet.name)}">{columns}\n{rows}</table:table>\n'


def _row(items: list[Placed]) -> str:
    cells = "".join(_cell(item) for item in items) or "<table:table-cell/>"
    return f"<table:table-row>{cells}</table:table-row>\n"


def _cell(item: Placed) -> str:
    style = f'table:style-name="{item.role}"'
    if item.cell.value is None:
        return f"<table:table-cell {style}/>"
    text = f"<text:p>{escape(_shown(item.cell.value))}</text:p>"
    return f"<table:table-cell {style} {_typed(item.cell.value)}>{text}</table:table-cell>"


def _typed(value: Value) -> str:
    match value:
        case date():
            return f'office:value-type="date" office:date-value="{value.isoformat()}"'
        case int() | float():
            return f'office:value-type="float" office:value="{value}"'
        case _:
            return 'office:value-type="string"'


def _shown(value: Value) -> str:
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)
