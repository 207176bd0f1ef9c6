"""What `sdsf read` says at the terminal of one file: its tables, their columns, what stands in the way."""

from collections.abc import Iterator
from dataclasses import replace

from sdsf_analysis.model.french import plural, written
from sdsf_analysis.publish.terminal import problem_report, wrapped
from sdsf_analysis.reading.layout import Column, Table
from sdsf_analysis.reading.notes import linked_notes
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
_MAX_COLUMNS, _MAX_TOTALS, _MAX_TITLES, _MAX_NOTES, _MAX_TEXT = 40, 6, 3, 4, 240
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
    for table in sheet.tables:
        yield from _table(table)
    for place in dict.fromkeys(places_on(sheet.name, asked)):
        holders = [table for table in sheet.tables if table.holds(*place)]
        said = [_cell(table, *place) for table in holders] or ["dans aucun tableau"]
        yield from (f"  {address(*place)} : {one}" for one in said)


def _table(reading: TableReading) -> Iterator[str]:
    table = reading.table
    recipe = reading.recognition
    known = f" ; recette « {recipe.recipe.title} »" if recipe and recipe.is_complete else ""
    records = plural(table.n_data_rows, "ligne")
    yield from wrapped(f"Tableau {table.range} : {records}, {_header(table)}{known}", "  ", "    ")
    if table.titles:
        more = " / …" if len(table.titles) > _MAX_TITLES else ""
        shown = _short(" / ".join(table.titles[:_MAX_TITLES])) + more
        yield from wrapped(f"Titre : {shown}", "    ", "      ")
    notes = {place[1]: note for place, note in linked_notes(table).items() if place[0] in table.header_rows}
    for column in table.columns[:_MAX_COLUMNS]:
        note = f", note : {_short(notes[column.index])}" if column.index in notes else ""
        yield from wrapped(f"{_column(column, reading)}{note}", "    ", "       ")
    if len(table.columns) > _MAX_COLUMNS:
        yield f"    … et {plural(len(table.columns) - _MAX_COLUMNS, 'autre colonne', 'autres colonnes')}"
    yield from _totals_and_notes(table)


def _totals_and_notes(table: Table) -> Iterator[str]:
    if table.total_rows:
        named = list(zip(table.total_labels, table.total_rows, strict=True))
        labels = ", ".join(f"{label} (ligne {row})" for label, row in named[:_MAX_TOTALS])
        more = "…" if len(named) > _MAX_TOTALS else ""
        yield from wrapped(f"Totaux, hors des données : {labels}{more}", "    ", "      ")
    for note in table.notes[:_MAX_NOTES]:
        yield from wrapped(f"Note : {_short(note)}", "    ", "      ")
    if len(table.notes) > _MAX_NOTES:
        yield f"    … et {plural(len(table.notes) - _MAX_NOTES, 'autre note', 'autres notes')}"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _MAX_TEXT else text[:_MAX_TEXT].rsplit(" ", 1)[0] + "…"


def _header(table: Table) -> str:
    rows = table.header_rows
    if not rows:
        return "sans intitulés"
    return f"en-tête ligne {rows[0]}" if len(rows) == 1 else f"en-tête lignes {rows[0]} à {rows[-1]}"


def _column(column: Column, reading: TableReading) -> str:
    if column.index in reading.personal:
        return f"{column.letter}  {column.label} (donnée personnelle, non montrée)"
    read = reading.columns[column.index]
    is_blank = len(read.others) == len(read.values) and all(c.kind == "empty" for c in read.others.values())
    return f"{column.letter}  {column.label} ({KINDS['empty' if is_blank else reading.kinds[column.index]]})"


def _cell(reading: TableReading, row: int, column: int) -> str:
    if reading.hides(row, column):
        return "donnée personnelle, non montrée"
    cell = reading.cell(row, column)
    bounds = ""
    if cell.low is not None or cell.high is not None:
        bounds = f", de {written(cell.low)} à {written(cell.high)}"
    value = "aucune valeur" if cell.value is None else f"valeur {written(cell.value)}"
    covered = " (cellule fusionnée)" if reading.table.repeats(row, column) else ""
    return f"« {written(cell.raw)} », {KINDS[cell.kind]}, {value}{bounds}{covered}"
