"""What a file looked like: its columns by kind of table, its codes, its period; kept in the manifest."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from sdsf_analysis.reading.layout import Table
from sdsf_analysis.reading.sheet import address
from sdsf_analysis.recipes.recognise import Recognition

CODES = ("commune", "service", "ctg")


class Seen(NamedTuple):
    """One column: its label, the recipe's name for it (empty for none), the cell of its label."""

    label: str
    name: str
    cell: str


class Shape(NamedTuple):
    """Columns of one table of a file."""

    recipe: str
    part: str
    sheet: str
    columns: tuple[Seen, ...]


def shape_of(table: Table, recognition: Recognition) -> Shape:
    """Columns of a table as a recipe reads them.

    Parameters
    ----------
    table : Table
    recognition : Recognition
    """
    names = {match.column.index: match.name for match in recognition.matches}
    row = table.header_rows[-1] if table.header_rows else 1
    columns = tuple(
        Seen(column.label, names.get(column.index, ""), address(row, column.index))
        for column in table.columns
        if column.path
    )
    return Shape(recognition.recipe.name, recognition.part.name, table.sheet.name or "", columns)


def codes_of(rows: dict[str, list[dict[str, Any]]]) -> dict[str, list[str]]:
    """Codes of the communes, services and conventions that tidy rows speak of.

    Examples
    --------
    >>> codes_of({"offer": [{"service": "s2", "commune": "01004"}, {"service": "s1", "commune": "01004"}]})
    {'commune': ['01004'], 'service': ['s1', 's2']}
    """
    every = [row for same in rows.values() for row in same]
    found = {name: sorted({str(row[name]) for row in every if row.get(name)}) for name in CODES}
    return {name: codes for name, codes in found.items() if codes}


def period_of(rows: dict[str, list[dict[str, Any]]], situations: Iterable[str]) -> str:
    """Latest year or date that a file speaks of, empty for none.

    Parameters
    ----------
    rows : dict
        Tidy rows by table.
    situations : iterable of str
        Dates of situation of its tables (ISO).

    Examples
    --------
    >>> period_of({"families": [{"year": 2023}, {"year": 2024}]}, ["2023-12-31"])
    '2024'
    """
    years = {str(row["year"]) for same in rows.values() for row in same if row.get("year")}
    return max([*years, *situations], default="")
