"""What a file looked like: its columns by kind of table, its codes, its period; kept in the manifest."""

from collections.abc import Iterable
from statistics import fmean, median
from typing import Any, NamedTuple

from sdsf_analysis.reading.kinds import column_kinds, read_column
from sdsf_analysis.reading.layout import Table
from sdsf_analysis.reading.sheet import address
from sdsf_analysis.recipes.persons import personal_columns, personal_indexes
from sdsf_analysis.recipes.recognise import Recognition

CODES = ("commune", "service", "ctg")
_NAMED_IN = {"service": "offer", "ctg": "ctg"}


class Seen(NamedTuple):
    """One column of a file.

    Attributes
    ----------
    label : str
    name : str
        The recipe's name for it, empty for none.
    cell : str
        Address of its label.
    kind : str
        Kind of its cells, empty where they name a person.
    size : float
        Median of its numbers, or mean length of its texts: what a column of the same content resembles.
    """

    label: str
    name: str
    cell: str
    kind: str = ""
    size: float = 0.0


class Shape(NamedTuple):
    """Columns of one table of a file, and the tidy tables that its rows go to."""

    recipe: str
    part: str
    sheet: str
    columns: tuple[Seen, ...]
    tables: tuple[str, ...] = ()


def shape_of(table: Table, recognition: Recognition) -> Shape:
    """Columns of a table as a recipe reads them.

    Parameters
    ----------
    table : Table
    recognition : Recognition
    """
    names = {match.column.index: match.name for match in recognition.matches}
    row = table.header_rows[-1] if table.header_rows else 1
    personal = personal_columns(table) | personal_indexes(recognition)
    kinds = {index: kind for index, kind in column_kinds(table).items() if index not in personal}
    columns = tuple(
        Seen(column.label, names.get(column.index, ""), address(row, column.index),
             kinds.get(column.index, ""), _size(table, column.index, kinds.get(column.index, "")))
        for column in table.columns
        if column.path
    )  # fmt: skip
    tables = tuple(sorted({output.table for output in recognition.part.outputs}))
    return Shape(recognition.recipe.name, recognition.part.name, table.sheet.name or "", columns, tables)


def _size(table: Table, column: int, kind: str) -> float:
    """Median of numbers, mean length of texts; what is withheld counts for nothing."""
    if not kind:
        return 0.0
    values = [value for value in read_column(table, column, kind).values if value is not None]
    numbers = [value for value in values if isinstance(value, int | float)]
    if kind in ("number", "percent"):
        return round(median(numbers), 3) if numbers else 0.0
    return round(fmean(len(str(value)) for value in values), 1) if values else 0.0


def names_of(rows: dict[str, list[dict[str, Any]]]) -> dict[str, dict[str, str]]:
    """Codes of the communes, services and conventions that tidy rows speak of, with the names they give.

    Examples
    --------
    >>> rows = [{"service": "s2", "name": "Ribambelle", "commune": "01004"}, {"service": "s1", "name": None}]
    >>> names_of({"offer": rows})
    {'commune': {'01004': ''}, 'service': {'s1': '', 's2': 'Ribambelle'}}
    """
    found: dict[str, dict[str, str]] = {}
    for kind in CODES:
        names: dict[str, str] = {}
        for table, same in rows.items():
            is_named = _NAMED_IN.get(kind) == table
            for row in same:
                if row.get(kind):
                    name = str(row.get("name") or "") if is_named else ""
                    names[str(row[kind])] = name or names.get(str(row[kind]), "")
        if names:
            found[kind] = dict(sorted(names.items()))
    return found


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
