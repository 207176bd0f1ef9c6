"""Rates of one row in two scales: 0.55 at the start, 60 at mid-term; the doubtful ones are not read."""

from sdsf_analysis.model.status import Status
from sdsf_analysis.reading.typed.scales import mixed_rows
from sdsf_analysis.recipes.parse import Context, Entry, Parsed


def refuse_mixed_scales(parsed: list[Parsed], context: Context) -> None:
    """Refuse, in rows whose unit is a percentage, the number whose scale is not that of the others."""
    numbers = {one.match.column.index: one for one in parsed if one.match.recipe.type == "number"}
    for (row, column), code in mixed_rows(context.table, dict.fromkeys(numbers, "number")).items():
        one = numbers[column]
        one.entries[row] = Entry(None, str(Status.ERROR))
        one.problems.append(context.problem(one.match, row, code))
