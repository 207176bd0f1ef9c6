"""Columns whose cells list communes: one tidy row for each, the doubtful ones asked about at their cell."""

from collections.abc import Iterator

from sdsf_analysis.model.problems import Problem
from sdsf_analysis.reading.sheet import address
from sdsf_analysis.recipes.matching import ColumnMatch
from sdsf_analysis.recipes.parse import Context, Entry, Parsed, parse
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
    parsed = parse(match, context)
    for row, entry in parsed.entries.items():
        if isinstance(entry.value, str):
            cell = context.table.cell(row, match.column.index)
            # the line breaks of a cell part its communes, and its text as read has none
            written = cell if isinstance(cell, str) else entry.value
            named = communes_named(written, index)
            codes = tuple(dict.fromkeys(code for one in named for code in one.codes))
            parsed.entries[row] = Entry(codes or None)
            place = (context.source, context.table.sheet.name or "", address(row, match.column.index))
            parsed.problems += _doubts(named, place, written)
    return parsed


def _doubts(named: list[Named], place: tuple[str, str, str], written: str) -> Iterator[Problem]:
    """What was put right in a cell, cause by cause, then what is asked of it as a whole."""
    repaired = [one for one in named if one.problem and one.codes]
    for code in dict.fromkeys(one.problem for one in repaired):
        same = [one for one in repaired if one.problem == code]
        messages, found = (" ".join(one.message for one in same), " ; ".join(one.text for one in same))
        yield Problem(*place, code, messages, found, ", ".join(code for one in same for code in one.codes))
    unclear = [one for one in named if not one.codes]
    if unclear:
        kept = _kept({code for one in named for code in one.codes})
        message = " ".join([*(one.message for one in unclear), kept])
        found = " ; ".join(one.text for one in unclear)
        proposed = _proposed(unclear, written)
        yield Problem(*place, UNCLEAR, message, found, proposed, _suggested(unclear, is_sure=bool(proposed)))


def _kept(codes: set[str]) -> str:
    if not codes:
        return "La cellule ne donne aucune autre commune."
    if len(codes) == 1:
        return "L'autre commune de la cellule est reprise."
    return f"Les {len(codes)} autres communes de la cellule sont reprises."


def _suggested(unclear: list[Named], *, is_sure: bool) -> str:
    """What each doubtful part may mean; empty where nothing is near."""
    said = [f"« {one.text} » : {' ; '.join(one.suggestions)}" for one in unclear if one.suggestions]
    accepted = " « accepter » corrige la liste ainsi et en garde le reste." if is_sure else ""
    return f"Propositions : {' / '.join(said)}.{accepted}" if said else ""


def _proposed(unclear: list[Named], written: str) -> str:
    """The whole list put right, where each doubtful part has one proposal; empty elsewhere."""
    for one in unclear:
        if len(one.suggestions) != 1 or " (" not in one.suggestions[0] or written.count(one.text) != 1:
            return ""
        written = written.replace(one.text, one.suggestions[0].partition(" (")[0])
    return " ".join(written.replace("\r", "").replace("\n", " ; ").split())
