"""Columns whose cells list communes: one tidy row for each, the doubtful ones asked about at their cell."""

from collections.abc import Iterator

from sdsf_analysis.model.problems import Problem
from sdsf_analysis.reading.sheet import address
from sdsf_analysis.reading.text import is_blank
from sdsf_analysis.reading.typed.legends import sign_among_texts
from sdsf_analysis.reading.values import clean_text, is_error
from sdsf_analysis.recipes.matching import ColumnMatch
from sdsf_analysis.recipes.parse import Context, Entry, Parsed
from sdsf_analysis.territories.names import CommuneIndex
from sdsf_analysis.territories.several import Named, communes_named

UNCLEAR = "served_unclear"


def parse_lists(match: ColumnMatch, context: Context, index: CommuneIndex) -> Parsed:
    """Read a column of lists of communes; the value of a cell is the codes that it names, each once.

    Parameters
    ----------
    match : ColumnMatch
        Column of the sheet, of type ``communes``.
    context : Context
        File and table.
    index : CommuneIndex
        Communes of the département.
    """
    parsed = Parsed(match)
    for row in context.table.body_rows:
        cell = context.table.cell(row, match.column.index)
        text = clean_text(cell)
        parsed.found[row], parsed.entries[row] = text, Entry(None)
        if is_error(cell):
            parsed.problems.append(context.problem(match, row, "value_error"))
        elif not is_blank(cell) and not sign_among_texts(text):
            # the line breaks of a cell part its communes
            written = cell if isinstance(cell, str) else text
            named = communes_named(written, index)
            codes = tuple(dict.fromkeys(code for one in named for code in one.codes))
            parsed.entries[row] = Entry(codes or None)
            parsed.problems += _doubts(named, match, context, row, written)
    return parsed


def _doubts(
    named: list[Named], match: ColumnMatch, context: Context, row: int, written: str
) -> Iterator[Problem]:
    """What was put right in a cell, cause by cause, then what is asked of it as a whole."""
    place = (context.source, context.table.sheet.name or "", address(row, match.column.index))
    repaired = [one for one in named if one.problem and one.codes]
    for code in dict.fromkeys(one.problem for one in repaired):
        same = [one for one in repaired if one.problem == code]
        messages, found = (" ".join(one.message for one in same), " ; ".join(one.text for one in same))
        yield Problem(*place, code, messages, found, ", ".join(code for one in same for code in one.codes))
    unclear = [one for one in named if not one.codes]
    if unclear:
        message = " ".join(
            [*(one.message for one in unclear), _kept({c for one in named for c in one.codes})]
        )
        found = " ; ".join(one.text for one in unclear)
        yield Problem(*place, UNCLEAR, message, found, _proposed(unclear, written), _suggested(unclear))


def _kept(codes: set[str]) -> str:
    if not codes:
        return "La cellule ne donne aucune autre commune."
    if len(codes) == 1:
        return "L'autre commune de la cellule est reprise."
    return f"Les {len(codes)} autres communes de la cellule sont reprises."


def _suggested(unclear: list[Named]) -> str:
    """What each doubtful part may mean; empty where nothing is near."""
    said = [f"« {one.text} » : {' ; '.join(one.suggestions)}" for one in unclear if one.suggestions]
    return f"Propositions : {' / '.join(said)}." if said else ""


def _proposed(unclear: list[Named], written: str) -> str:
    """The whole list put right, where each doubtful part has one proposal; empty elsewhere."""
    for one in unclear:
        if len(one.suggestions) != 1 or " (" not in one.suggestions[0] or written.count(one.text) != 1:
            return ""
        written = written.replace(one.text, one.suggestions[0].partition(" (")[0])
    return " ".join(written.replace("\r", "").replace("\n", " ; ").split())
