"""What is said of school years: they are of the year in which they begin, and pass for no calendar year."""

from collections.abc import Iterator

from sdsf_analysis.model.problems import Problem
from sdsf_analysis.reading.sheet import address
from sdsf_analysis.reading.typed.school import school_year
from sdsf_analysis.reading.values import clean_text
from sdsf_analysis.recipes.citing import cite_label
from sdsf_analysis.recipes.matching import school_year_of
from sdsf_analysis.recipes.messages import plain_message
from sdsf_analysis.recipes.parse import Context
from sdsf_analysis.recipes.recognise import Recognition


def school_year_said(context: Context, begun: int) -> Problem:
    """Say that a table speaks of a school year, at the title that says it.

    Parameters
    ----------
    context : Context
        File and table.
    begun : int
        Year in which the school year begins.
    """
    titles = (
        (address(row, index), clean_text(cell))
        for row in context.table.title_rows
        for index, cell in enumerate(context.table.sheet.rows[row - 1], 1)
    )
    said = (pair for pair in titles if school_year(pair[1], is_bare_enough=True) == begun)
    cell, _ = next(said, ("", ""))
    return _problem(context, cell, f"{begun}-{begun + 1}", begun)


def school_columns(recognition: Recognition, context: Context) -> Iterator[Problem]:
    """Say once per school year that the labels of some columns bear it."""
    seen: set[str] = set()
    for match in recognition.matches:
        begun = school_year_of(match.column.path) if match.recipe.by == "year" else None
        if begun is None or begun != match.year:
            continue
        label = cite_label(context.table, match.column, begun)
        if label.cell not in seen:
            seen.add(label.cell)
            yield _problem(context, label.cell, label.found, begun)


def _problem(context: Context, cell: str, found: str, begun: int) -> Problem:
    message = plain_message("school_year", found, str(begun), "")
    return Problem(
        context.source, context.table.sheet.name or "", cell, "school_year", message, found, str(begun)
    )
