"""The tidy tables, declared once in ``tables.toml``: columns, keys, labels, units, diffusion."""

import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.model.declaration import Column, Quantity, Table
from sdsf_analysis.model.lists import unknown_name

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Column", "Quantity", "Table", "Tables", "table", "tables"]


class Tables:
    """Tables read on first use, one attribute each: ``tables.offer``, ``tables.ctg``.

    Parameters
    ----------
    load : callable
        Gives the frame of a table from its name; called once per table.

    Examples
    --------
    >>> read = Tables(lambda name: table(name).empty())
    >>> len(read.offer)
    0
    >>> read.offre
    Traceback (most recent call last):
    AttributeError: La table « offre » n'existe pas. Le nom le plus proche : offer.
    """

    def __init__(self, load: "Callable[[str], pd.DataFrame]") -> None:
        self._load = load
        self._frames: dict[str, pd.DataFrame] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the tables."""
        return tuple(tables())

    def __getattr__(self, name: str) -> "pd.DataFrame":
        # Python's own look-ups (copy, pickle, notebooks) must see a plain absence
        if name.startswith("_"):
            raise AttributeError(name)
        if name not in tables():
            raise AttributeError(unknown_name("La table", name, tables()))
        if name not in self._frames:
            self._frames[name] = self._load(name)
        return self._frames[name]

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self.names]

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)


@cache
def tables() -> dict[str, Table]:
    """All tables, by name, in the order of the dictionary.

    Examples
    --------
    >>> list(tables())[:3]
    ['territories', 'membership', 'ctg']
    """
    text = (files(__package__) / "tables.toml").read_text(encoding="utf-8")
    return {name: _table(name, declared) for name, declared in tomllib.loads(text).items()}


def table(name: str) -> Table:
    """One table.

    Parameters
    ----------
    name : str
        Name of the table.

    Returns
    -------
    Table
        Its declaration.

    Raises
    ------
    QuestionError
        If no table bears this name; the message gives the nearest.

    Examples
    --------
    >>> table("offer").key
    ('service', 'valid_from')
    """
    if name not in tables():
        raise QuestionError(unknown_name("La table", name, tables()))
    return tables()[name]


def _table(name: str, declared: dict[str, Any]) -> Table:
    columns = (_column(key, declared["diffusion"], entry) for key, entry in declared["columns"].items())
    return Table(name, declared["label"], declared["row"], tuple(columns))


def _column(name: str, diffusion: str, entry: dict[str, Any]) -> Column:
    is_key = entry.get("key", False)
    return Column(
        name=name,
        dtype=entry["dtype"],
        label=entry["label"],
        unit=entry.get("unit"),
        diffusion=entry.get("diffusion", diffusion),
        choices=entry.get("list"),
        is_open=entry.get("open", False),
        is_key=is_key,
        is_required=entry.get("required", is_key),
    )
