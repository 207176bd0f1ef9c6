"""Which column of a table says what a missing one said: the likely one, or the nearest labels."""

from collections.abc import Sequence

from sdsf_analysis.reading.kinds import column_kinds
from sdsf_analysis.reading.layout import Column, Table
from sdsf_analysis.reading.text import normalise
from sdsf_analysis.recipes.recognise import Recognition

_NEAREST = 3


def replacements(table: Table, near: Recognition) -> dict[str, Column]:
    """Find the columns that look like those that a recipe asks for in vain.

    Parameters
    ----------
    table : Table
    near : Recognition
        Of a recipe that fits it but for some columns.

    Returns
    -------
    dict of str to Column
        Label of the missing column → the unknown column that looks like it, by its label and its cells.
    """
    # loads a library of spelling, which few files need
    from sdsf_analysis.recipes.drafts.likeness import meanings, nearest

    alone = near.recipe.model_copy(update={"tables": (near.part,)})
    likely = nearest(table, column_kinds(table), [alone])
    labels = {name: recipe.headers[0] for name, recipe in meanings(near.part).items() if recipe.headers}
    unknown = {column.index: column for column in near.unmapped}
    found: dict[str, Column] = {}
    for index, likeness in likely.likenesses.items() if likely else ():
        label = next((one for one in near.absent if labels.get(likeness.name) in one.split(" ou ")), "")
        if label and index in unknown:
            found.setdefault(label, unknown[index])
    return found


def near_columns(label: str, columns: Sequence[Column]) -> list[Column]:
    """Columns of the nearest labels, the nearest first, three at most.

    Examples
    --------
    >>> columns = [Column(1, ("Commune",)), Column(2, ("Année civile",)), Column(3, ()), Column(4, ("x",))]
    >>> [column.label for column in near_columns("Année", columns)][0]
    'Année civile'
    """
    from rapidfuzz.process import extract

    labels = {column.index: normalise(column.path[-1]) for column in columns if column.path}
    by_index = {column.index: column for column in columns}
    return [by_index[index] for _, _, index in extract(normalise(label), labels, limit=_NEAREST)]
