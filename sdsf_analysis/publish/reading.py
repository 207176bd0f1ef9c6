"""What `sdsf read` says at the terminal of one file: its tables, their columns, what stands in the way."""

from collections.abc import Iterator
from dataclasses import replace

from sdsf_analysis.model.french import number, plural
from sdsf_analysis.publish.terminal import problem_report, wrapped
from sdsf_analysis.reading.kinds import CellReading
from sdsf_analysis.reading.layout import Column, Table
from sdsf_analysis.reading.sheet import address
from sdsf_analysis.recipes.answer import Asked, places_on
from sdsf_analysis.recipes.inspection import FileReading, SheetReading, TableReading

KINDS = {
    "text": "texte",
    "code": "code",
    "number": "nombre",
    "percent": "pourcentage",
    "date": "date",
    "secret": "secret",
    "missing": "manquant",
    "not_significant": "non significatif",
    "not_applicable": "sans objet",
    "error": "erreur",
    "empty": "vide",
}
_MAX_COLUMNS, _MAX_TOTALS, _MAX_TEXT = 40, 6, 240
_FORMATS = {"csv": "texte"}


def reading_text(reading: FileReading, asked: list[Asked]) -> str:
    """Write what was understood of a file.

    Parameters
    ----------
    reading : FileReading
    asked : list of (sheet or None, place)
        Cells to give with their kind and value.

    Returns
    -------
    str
        French text of several lines.
    """
    lines = [f"{reading.source.source} — {_format(reading)}, {_count(reading)}"]
    for sheet in reading.sheets:
        lines += ["", *_sheet(sheet, asked)]
    # the file is named once, at the top
    problems = (replace(problem, source="") for problem in reading.problems)
    return "\n".join([*lines, "", problem_report(problems)])


def _format(reading: FileReading) -> str:
    source = reading.source
    form = f"format {_FORMATS.get(source.format, source.format)}"
    if source.encoding is None:
        return form
    sign = {"\t": "tabulation"}.get(source.delimiter or "", f"« {source.delimiter} »")
    encoding = source.encoding.removesuffix("-sig")
    return f"{form}, codage {encoding}" + (f", séparateur {sign}" if source.delimiter else "")


def _count(reading: FileReading) -> str:
    sheets = plural(len(reading.sheets), "feuille")
    return f"{sheets}, {plural(len(reading.tables), 'tableau', 'tableaux')}"


def _sheet(sheet: SheetReading, asked: list[Asked]) -> Iterator[str]:
    name = f"Feuille « {sheet.name} »" if sheet.name is not None else "Texte"
    hidden = ", masquée" if sheet.hidden else ""
    reason = "" if sheet.layout.is_data else f" : pas de données ({sheet.layout.why})"
    yield f"{name}{hidden}{reason}"
    places = places_on(sheet.name, asked)
    for table in sheet.tables:
        yield from _table(table)
        for row, column in places:
            if table.holds(row, column):
                yield f"    {address(row, column)} : {_cell(table.cell(row, column))}"


def _table(reading: TableReading) -> Iterator[str]:
    table = reading.table
    recipe = reading.recognition
    known = f" ; recette « {recipe.recipe.title} »" if recipe and recipe.is_complete else ""
    records = plural(table.n_data_rows, "ligne")
    yield from wrapped(f"Tableau {table.range} : {records}, {_header(table)}{known}", "  ", "    ")
    if table.titles:
        yield from wrapped(f"Titre : {_short(' / '.join(table.titles[:3]))}", "    ", "      ")
    for column in table.columns[:_MAX_COLUMNS]:
        yield from wrapped(_column(column, reading), "    ", "       ")
    if len(table.columns) > _MAX_COLUMNS:
        yield f"    … et {number(len(table.columns) - _MAX_COLUMNS)} autres colonnes"
    if table.total_rows:
        named = list(zip(table.total_labels, table.total_rows, strict=True))
        labels = ", ".join(f"{label} (ligne {row})" for label, row in named[:_MAX_TOTALS])
        more = "…" if len(named) > _MAX_TOTALS else ""
        yield from wrapped(f"Totaux, hors des données : {labels}{more}", "    ", "      ")
    for note in table.notes[:4]:
        yield from wrapped(f"Note : {_short(note)}", "    ", "      ")


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _MAX_TEXT else text[:_MAX_TEXT].rsplit(" ", 1)[0] + "…"


def _header(table: Table) -> str:
    rows = table.header_rows
    if not rows:
        return "sans intitulés"
    return f"en-tête ligne {rows[0]}" if len(rows) == 1 else f"en-tête lignes {rows[0]} à {rows[-1]}"


def _column(column: Column, reading: TableReading) -> str:
    return f"{column.letter}  {column.label} ({KINDS[reading.kinds.get(column.index, 'empty')]})"


def _cell(cell: CellReading) -> str:
    bounds = ""
    if cell.low is not None or cell.high is not None:
        bounds = f", de {_bound(cell.low)} à {_bound(cell.high)}"
    value = "aucune valeur" if cell.value is None else f"valeur {cell.value}"
    return f"« {cell.raw} », {KINDS[cell.kind]}, {value}{bounds}"


def _bound(value: float | None) -> str:
    return "…" if value is None else number(value)
