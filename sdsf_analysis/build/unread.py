"""What is said of a column, a table, a sheet or a whole file that no recipe reads."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from sdsf_analysis.build.replacing import near_columns, replacements
from sdsf_analysis.model.problems import Problem, cause
from sdsf_analysis.reading.facts import sheet_facts
from sdsf_analysis.reading.layout import Column, Layout, Table
from sdsf_analysis.reading.sheet import Sheet, address
from sdsf_analysis.reading.text import is_blank, normalise
from sdsf_analysis.recipes.matching import ColumnMatch
from sdsf_analysis.recipes.parse import Context
from sdsf_analysis.recipes.recognise import Recognition

# More labels than that are a wall, not a sentence.
_SHOWN = 8
Found = Sequence[tuple[Table, Recognition | None]]


def unmapped(context: Context, column: Column) -> Problem:
    """Name a column that the recipe does not know."""
    place = f"{column.letter}{context.table.header_rows[-1]}"
    message = f"La colonne « {column.label} » n'est pas lue."
    return Problem(
        context.source, context.table.sheet.name or "", place, "column_unmapped", message, column.label
    )


def unrecognised(source: str, found: Found) -> Iterator[Problem]:
    """Name what a file holds and that is not read: each of its tables, or the file as a whole."""
    known = [recognition for _, recognition in found if recognition]
    is_near = any(_is_draft(near) or near.is_near for near in known)
    if not found:
        yield Problem(source, "", "", "file_unrecognised", "Aucun tableau n'a été trouvé dans ce fichier.")
    elif not is_near:
        yield _unknown(source, found[0][0], max(known, key=lambda near: near.score, default=None))
    if is_near or len(found) > 1:
        yield from (left_out(source, table, recognition) for table, recognition in found)


def _unknown(source: str, table: Table, near: Recognition | None) -> Problem:
    of_sheet = f" de la feuille « {table.sheet.name} »" if table.sheet.name else ""
    message = f"Aucune recette ne reconnaît les colonnes {_labels(table)}{of_sheet}."
    if near:
        message += f" La plus proche : « {near.recipe.title} » ; {_mapping(near)}."
    return Problem(source, "", "", "file_unrecognised", message)


def left_out(source: str, table: Table, near: Recognition | None) -> Problem:
    """Name a table that is left out: what it lacks, or that nothing is known of it."""
    place = (source, table.sheet.name or "", address(table.first_row, table.columns[0].index))
    if near and _is_draft(near):
        message = (
            f"Le brouillon de recette « {near.recipe.title} » ({near.recipe.name}) ne dit pas encore "
            f"où vont les lignes du tableau {table.range} ([[tables.outputs]])."
        )
        return Problem(*place, "recipe_unfinished", message, near.recipe.name)
    if near and near.is_near:
        first, *others = _lacks(table, near)
        message = " ".join((f"« {near.recipe.title} » : {first}", *(f"I{other[1:]}" for other in others)))
        return Problem(*place, "column_missing", message, ", ".join(_absent(near)))
    message = f"Le tableau {table.range} n'est reconnu par aucune recette. Colonnes : {_labels(table)}."
    return Problem(*place, "table_unrecognised", message, table.range)


def _is_draft(near: Recognition) -> bool:
    """Whether only what becomes of the rows is missing, as in a recipe just proposed."""
    return not near.part.outputs and bool(near.matches) and not _absent(near)


def _absent(near: Recognition) -> tuple[str, ...]:
    return tuple(label for label in near.absent if label)


def _lacks(table: Table, near: Recognition) -> Iterator[str]:
    """One sentence for each column that is missing: what replaces it, or what is nearest to it."""
    likely = replacements(table, near)
    for label in _absent(near):
        if label in likely:
            yield f"il manque « {label} » ; {_placed(table, likely[label])} la remplace sans doute."
        elif others := near_columns(label, near.unmapped):
            nearest = ", ".join(_placed(table, column) for column in others)
            yield f"il manque « {label} » ; colonnes inconnues les plus proches : {nearest}."
        else:
            yield f"il manque « {label} »."


def _placed(table: Table, column: Column) -> str:
    return f"« {column.label} » ({address(table.header_rows[-1], column.index)})"


def _labels(table: Table) -> str:
    labels = [f"« {column.label} »" for column in table.columns if column.path]
    return ", ".join(labels[:_SHOWN]) + (", …" if len(labels) > _SHOWN else "") or "sans intitulés"


def without_data(source: str, sheets: Sequence[Sheet], layouts: Sequence[Layout]) -> Iterator[Problem]:
    """Name the sheets that hold texts but no data: left aside, never unseen."""
    for sheet, layout in zip(sheets, layouts, strict=True):
        if not layout.is_data and any(not is_blank(cell) for row in sheet.rows for cell in row):
            message = f"La feuille « {sheet.name} » ne contient pas de données ({layout.why})."
            yield Problem(source, sheet.name or "", "", "sheet_without_data", message)


def unread_facts(source: str, sheets: Iterable[Sheet]) -> Iterator[Problem]:
    """Say what the sheets of a file hide or strike through, where nothing of the file is read."""
    for sheet in sheets:
        for fact in sheet_facts(sheet, source):
            title = cause(fact.code).title.capitalize()
            yield replace(fact, message=f"{title} ({fact.cell}), dans un fichier dont rien n'est repris.")


def hidden_sheets(source: str, found: Found, giving: set[str]) -> Iterator[Problem]:
    """Name the hidden sheets that hold a table: those that give rows, and those that are left out.

    Parameters
    ----------
    source : str
    found : sequence of (Table, Recognition or None)
    giving : set of str
        Names of the sheets that gave rows.
    """
    hidden = dict.fromkeys(table.sheet.name or "" for table, _ in found if table.sheet.hidden)
    for name in hidden:
        is_known = any(
            known and known.is_complete for table, known in found if (table.sheet.name or "") == name
        )
        if name in giving or not is_known:
            fate = "ses lignes comptent comme les autres" if name in giving else "rien n'en est repris"
            message = f"La feuille « {name} » est masquée ; {fate}."
            yield Problem(source, name, "", "sheet_hidden", message)


def _mapping(near: Recognition) -> str:
    known = ", ".join(_understood(match) for match in near.matches[:5])
    absent = ", ".join(f"« {name} »" for name in _absent(near))
    return f"on y lirait {known}" + (f" ; il manquerait {absent}" if absent else "")


def _understood(match: ColumnMatch) -> str:
    usual = next(header for header in (*match.recipe.headers, match.name) if not header.startswith("re:"))
    same = normalise(usual) == normalise(match.column.label)
    return f"« {match.column.label} »" + ("" if same else f" comme « {usual} »")
