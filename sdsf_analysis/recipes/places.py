"""The commune of each row: from its code and its name, inside the département, or a question."""

from dataclasses import dataclass, field
from typing import NamedTuple, cast

from sdsf_analysis.model.problems import Problem
from sdsf_analysis.reading.sheet import address
from sdsf_analysis.reading.text import is_blank, normalise
from sdsf_analysis.reading.values import clean_text
from sdsf_analysis.recipes.matching import ColumnMatch
from sdsf_analysis.recipes.namesakes import departements_named, with_namesakes
from sdsf_analysis.recipes.parse import Context, Parsed
from sdsf_analysis.recipes.postal import with_postal_codes
from sdsf_analysis.territories.cell import departements
from sdsf_analysis.territories.names import CommuneIndex, Match

# Above these, a file without a declared scope is one that covers several départements.
MANY_ROWS, MANY_SHARE = 10, 0.2


@dataclass
class Places:
    """Communes found by row; a row without one is not given.

    Attributes
    ----------
    communes : dict of int to str
        Row → official code.
    origins : dict of int to Parsed
        Row → column whose cell said the commune.
    former : dict of int to str
        Rows whose commune is part of another one today, and its own code.
    territories : dict of int to str
        Row → EPCI or département, where the table speaks of these and not of communes.
    refused : set of int
        Rows left out, each with its problem, or counted in one when they are of other départements.
    """

    communes: dict[int, str] = field(default_factory=dict)
    origins: dict[int, Parsed] = field(default_factory=dict)
    former: dict[int, str] = field(default_factory=dict)
    territories: dict[int, str] = field(default_factory=dict)
    refused: set[int] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)


class PlaceColumns(NamedTuple):
    """Columns that say where a row is.

    A postal code counts where a name stands beside it; the département wins over a name that several bear.
    """

    code: ColumnMatch | None
    name: ColumnMatch | None
    postal: ColumnMatch | None = None
    departement: ColumnMatch | None = None


def find_places(columns: PlaceColumns, context: Context, index: CommuneIndex, *, is_several: bool) -> Places:
    """Find the commune of every body row.

    Parameters
    ----------
    columns : PlaceColumns
        Columns that say it.
    context : Context
        File and table.
    index : CommuneIndex
        Communes of the département.
    is_several : bool
        Whether the sender covers several départements: rows of the others are then counted, not questioned.
    """
    code, name, postal, departement = columns
    matches = {row: _match(code, name, context, index, row) for row in context.table.body_rows}
    if name and postal:
        alone = {row: match for row, match in matches.items() if _name_alone(code, name, context, row)}
        matches |= with_postal_codes(alone, name, postal, context, index)
    said = said_departements(departement, context)
    stated = {row for row, other in said.items() if other != index.departement}
    conflicts = {row for row in stated if matches[row].code and not _name_alone(code, name, context, row)}
    elsewhere = {
        row
        for row, match in matches.items()
        if not match.code and match.departement not in ("", index.departement)
    }
    is_wide = bool(stated) or (len(elsewhere) > MANY_ROWS and len(elsewhere) > MANY_SHARE * len(matches))
    elsewhere = (elsewhere if is_several or is_wide else set()) | (stated - conflicts)
    if is_several or elsewhere:
        # a row that says its département is of no other
        written = {row: "" if row in said else _name_alone(code, name, context, row) for row in matches}
        covered = departements_named([(matches[row], written[row]) for row in elsewhere - stated], index)
        matches = {row: with_namesakes(m, written[row], index, covered) for row, m in matches.items()}
    places = Places(refused=set(elsewhere))
    read = {one.column.index: Parsed(one) for one in (code, name) if one}
    for row, match in matches.items():
        if row not in elsewhere:
            shown = _shown(code, name, context, row)
            places.origins[row] = read[shown.column.index]
            places.origins[row].found[row] = clean_text(context.table.cell(row, shown.column.index))
            _add(places, row, _contradicted(match, said[row]) if row in conflicts else match, context, shown)
    if elsewhere:
        places.problems.append(say_elsewhere(context, len(elsewhere)))
    return places


def _match(
    code: ColumnMatch | None, name: ColumnMatch | None, context: Context, index: CommuneIndex, row: int
) -> Match:
    cells = [context.table.cell(row, one.column.index) if one else None for one in (code, name)]
    return index.resolve(*cells)


def _name_alone(code: ColumnMatch | None, name: ColumnMatch | None, context: Context, row: int) -> str:
    """Name that a row bears, empty where a code goes with it."""
    shown = _shown(code, name, context, row)
    return clean_text(context.table.cell(row, shown.column.index)) if shown is name else ""


def _shown(code: ColumnMatch | None, name: ColumnMatch | None, context: Context, row: int) -> ColumnMatch:
    """Column whose cell a problem points to: the code where there is one."""
    if code and (name is None or not is_blank(context.table.cell(row, code.column.index))):
        return code
    return cast("ColumnMatch", name)


def said_departements(departement: ColumnMatch | None, context: Context) -> dict[int, str]:
    """Code of the département that each row says, for those that say a known one."""
    if departement is None:
        return {}
    table, column = context.table, departement.column.index
    texts = {row: clean_text(table.cell(row, column)) for row in table.body_rows}
    known = {row: departements().get(normalise(text.removesuffix(".0"))) for row, text in texts.items()}
    return {row: code for row, code in known.items() if code}


def _contradicted(match: Match, said: str) -> Match:
    """A commune that is not of the département that its row says: the row is refused."""
    message = f"{match.name} ({match.code}) n'est pas du département {said} que dit la ligne."
    return Match(problem="departement_conflict", message=message, found=match.code)


def _add(places: Places, row: int, match: Match, context: Context, shown: ColumnMatch) -> None:
    if match.code:
        places.communes[row] = match.code
    else:
        places.refused.add(row)
    if match.problem == "commune_former":
        places.former[row] = match.own_code
    if match.problem:
        places.problems.append(
            Problem(
                context.source,
                context.table.sheet.name or "",
                address(row, shown.column.index),
                match.problem,
                match.message,
                match.found,
                match.repaired_to,
                "Peut-être : " + " ; ".join(match.suggestions) + "." if match.suggestions else "",
            )
        )


def say_elsewhere(context: Context, count: int) -> Problem:
    """Count in one problem the rows of other départements."""
    lines = f"{count} lignes portent" if count > 1 else "1 ligne porte"
    message = f"{lines} sur d'autres départements ; laissées de côté."
    return Problem(context.source, context.table.sheet.name or "", "", "rows_elsewhere", message, str(count))
