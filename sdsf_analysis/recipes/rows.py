"""Tidy rows as a recipe gives them: their marks, their keys, a value with its status and bounds."""

from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from sdsf_analysis.model.problems import Problem
from sdsf_analysis.model.tables import table as declared_table
from sdsf_analysis.recipes.account import Account
from sdsf_analysis.recipes.parse import Entry

KEY_SEPARATOR = "|"
MARKS = ("_row", "_source", "_sheet", "_cell")
LEDGER = ("_row", "column", "source", "sheet", "cell", "found", "origin")


@dataclass
class Applied:
    """Tidy rows by table, the ledger of their cells, the problems met.

    Each row bears `MARKS`: a name of its own, to which the ledger refers, and the cell to look at.
    ``codes`` are those of the communes as their codes are written, from which the geography year is told;
    ``is_forecast`` is true where a title says so of the whole table.
    """

    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    ledger: list[tuple[str, ...]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    codes: set[str] = field(default_factory=set)
    account: Account | None = None
    is_forecast: bool = False


class Shape(NamedTuple):
    """What is asked of a tidy table at each row: its key, what of it may not be missing, its columns."""

    key: tuple[str, ...]
    required: tuple[str, ...]
    names: frozenset[str]


@cache
def shape_of(table: str) -> Shape:
    """What is asked of a tidy table at each row."""
    declared = declared_table(table)
    required = tuple(name for name in declared.key if declared[name].is_required)
    return Shape(declared.key, required, frozenset(declared.names))


def row_key(table: str, tidy: dict[str, Any]) -> str:
    """Key of a tidy row as one text, as the ledger writes it."""
    values = (tidy.get(name) for name in shape_of(table).key)
    return KEY_SEPARATOR.join("" if value is None else str(value) for value in values)


@cache
def beside(table: str, column: str) -> tuple[str, str, str] | None:
    """Columns of the status and bounds of a column, None where the table has none."""
    prefix = "" if column == "value" else f"{column}_"
    columns = (f"{prefix}status", f"{prefix}low", f"{prefix}high")
    return columns if columns[0] in shape_of(table).names else None


def quantity(table: str, column: str, entry: Entry) -> dict[str, Any]:
    """A tidy value, with its status and bounds where the table has them."""
    columns = beside(table, column)
    if columns is None or entry.status is None:
        return {column: entry.value}
    status, low, high = columns
    return {column: entry.value, status: entry.status, low: entry.low, high: entry.high}
