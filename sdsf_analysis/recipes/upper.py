"""The EPCI or the département of each row, where a table speaks of these and not of communes."""

from collections.abc import Container

from sdsf_analysis.model.problems import Problem
from sdsf_analysis.reading.sheet import Place, address
from sdsf_analysis.reading.values import clean_text
from sdsf_analysis.recipes.parse import Context, Parsed
from sdsf_analysis.recipes.places import PlaceColumns, Places, said_departements, say_elsewhere
from sdsf_analysis.recipes.upper_names import ELSEWHERE, READERS, Written
from sdsf_analysis.territories.names import CommuneIndex


def find_upper(
    level: str, columns: PlaceColumns, context: Context, index: CommuneIndex, ruled: Container[Place] = ()
) -> Places:
    """Find the territory of every body row; those of other départements are counted once.

    Parameters
    ----------
    level : {"epci", "departement"}
    columns : PlaceColumns
        Columns that say it; the département says where an EPCI that is not known is.
    context : Context
        File and table.
    index : CommuneIndex
        Communes of the département, of the geography year.
    ruled : container of Place
        Cells that the analyst wrote: they win over what stands beside them.

    Returns
    -------
    Places
        ``territories`` has the SIREN of each EPCI of which some commune is in the département, or the code of
        the département itself.
    """
    said = said_departements(columns.departement, context)
    read = {one.column.index: Parsed(one) for one in columns[:2] if one}
    places, elsewhere = Places(), 0
    for row in context.table.body_rows:
        cells = {column: clean_text(context.table.cell(row, column)) for column in read}
        cells = {column: text for column, text in cells.items() if (row, column) in ruled} or cells
        shown = next((column for column, text in cells.items() if text), next(iter(read)))
        places.origins[row] = read[shown]
        read[shown].found[row] = cells.get(shown, "")
        code, name = (cells.get(one.column.index, "") if one else "" for one in columns[:2])
        found = READERS[level](Written(code, name, said.get(row, "")), index)
        if found.code:
            places.territories[row] = found.code
        else:
            places.refused.add(row)
        elsewhere += found == ELSEWHERE
        if found.problem:
            where = (context.source, context.table.sheet.name or "", address(row, shown))
            text = code if found.repaired_to else " ".join(filter(None, (code, name)))
            told = (found.problem, found.message, text, found.repaired_to, found.suggestion)
            places.problems.append(Problem(*where, *told))
    if elsewhere:
        places.problems.append(say_elsewhere(context, elsewhere))
    return places
