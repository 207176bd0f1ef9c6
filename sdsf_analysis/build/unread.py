"""What is said of a table, or of a whole file, that no recipe reads."""

from collections.abc import Iterator, Sequence

from sdsf_analysis.model.problems import Problem
from sdsf_analysis.reading.layout import Column, Layout, Table
from sdsf_analysis.reading.sheet import Sheet, address
from sdsf_analysis.reading.text import is_blank, normalise
from sdsf_analysis.recipes.matching import ColumnMatch
from sdsf_analysis.recipes.parse import Context
from sdsf_analysis.recipes.recognise import Recognition


def unmapped(context: Context, column: Column) -> Problem:
    """Name a column that the recipe does not know."""
    place = f"{column.letter}{context.table.header_rows[-1]}"
    message = f"La colonne « {column.label} » n'est pas lue."
    return Problem(
        context.source, context.table.sheet.name or "", place, "column_unmapped", message, column.label
    )


def unrecognised(source: str, found: list[tuple[Table, Recognition | None]]) -> Problem:
    """The file as a whole: a required column is absent, or nothing is known of it."""
    near = max((r for _, r in found if r), key=lambda r: r.score, default=None)
    if near and near.is_near:
        table = next(table for table, recognition in found if recognition is near)
        return left_out(source, table, near)
    if not found:
        return Problem(source, "", "", "file_unrecognised", "Aucun tableau n'a été trouvé dans ce fichier.")
    labels = ", ".join(f"« {column.label} »" for column in found[0][0].columns[:8] if column.path)
    message = f"Aucune recette ne reconnaît les colonnes {labels}."
    if near:
        message += f" La plus proche : « {near.recipe.title} » ; {_mapping(near)}."
    return Problem(source, "", "", "file_unrecognised", message)


def left_out(source: str, table: Table, near: Recognition | None) -> Problem:
    """Name a table that is left out: what it lacks, or that nothing is known of it."""
    place = address(table.first_row, table.columns[0].index)
    sheet = table.sheet.name or ""
    labels = ", ".join(f"« {column.label} »" for column in table.columns if column.path)
    if near and near.is_near:
        absent = ", ".join(f"« {name} »" for name in near.absent)
        message = f"« {near.recipe.title} » : il manque {absent}. Colonnes présentes : {labels}."
        return Problem(source, sheet, place, "column_missing", message, labels)
    message = f"Le tableau {table.range} n'est reconnu par aucune recette. Colonnes : {labels}."
    return Problem(source, sheet, place, "table_unrecognised", message, labels)


def without_data(source: str, sheets: Sequence[Sheet], layouts: Sequence[Layout]) -> Iterator[Problem]:
    """Name the sheets that hold texts but no data: left aside, never unseen."""
    for sheet, layout in zip(sheets, layouts, strict=True):
        if not layout.is_data and any(not is_blank(cell) for row in sheet.rows for cell in row):
            message = f"La feuille « {sheet.name} » ne contient pas de données ({layout.why})."
            yield Problem(source, sheet.name or "", "", "sheet_without_data", message)


def _mapping(near: Recognition) -> str:
    known = ", ".join(_understood(match) for match in near.matches[:5])
    absent = ", ".join(f"« {name} »" for name in near.absent)
    return f"on y lirait {known} ; il manquerait {absent}"


def _understood(match: ColumnMatch) -> str:
    usual = next(header for header in (*match.recipe.headers, match.name) if not header.startswith("re:"))
    same = normalise(usual) == normalise(match.column.label)
    return f"« {match.column.label} »" + ("" if same else f" comme « {usual} »")
