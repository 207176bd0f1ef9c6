"""Who has borne each name of commune since 1943: the code, and the years in which it did."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import as_file, files
from typing import NamedTuple

from pyarrow import Table, parquet

from sdsf_analysis.territories.keys import bare_key
from sdsf_analysis.territories.since_1943 import FILE

__all__ = ["Bearer", "Bearers", "bearers_in", "bearers_of_france", "bearers_of_key", "names_of"]


class Bearer(NamedTuple):
    """A code that bore a name.

    Attributes
    ----------
    code, name : str
    is_commune : bool
        Whether as a commune; else as a delegated or associated one.
    first, last : int
        Years on whose 1 January it did; `STILL` where the last release has it.
    key : str
        The name, normalised.
    """

    code: str
    name: str
    is_commune: bool
    first: int
    last: int
    key: str

    def bears_in(self, year: int) -> bool:
        """Say whether the name was borne on 1 January of a year."""
        return self.first <= year <= self.last


@dataclass(frozen=True)
class Bearers:
    """Bearers by the key of their name; ``by_bare_key``, of names that begin with an article, without it."""

    by_key: dict[str, list[Bearer]] = field(default_factory=dict)
    by_bare_key: dict[str, list[Bearer]] = field(default_factory=dict)

    def named(self, key: str) -> list[Bearer]:
        """Bearers of a name exactly as written, article included."""
        return self.by_key.get(key, [])

    def named_but_for_article(self, key: str) -> list[Bearer]:
        """Bearers of a name whose article is missing from what is written."""
        return self.by_bare_key.get(key, [])


@cache
def bearers_in(departement: str) -> Bearers:
    """Bearers whose code is of a département, present or former.

    Examples
    --------
    >>> [(b.code, b.last) for b in bearers_in("01").named("bellegarde sur valserine") if b.is_commune]
    [('01033', 2018)]
    """
    first, size = _slices().get(departement, (0, 0))
    return _by_key(_read(first, size))


@cache
def bearers_of_france() -> Bearers:
    """Bearers of every département."""
    return _by_key(_every())


def bearers_of_key(key: str) -> list[Bearer]:
    """Bearers of one name in all of France, its article kept or missing, without reading all the others.

    Examples
    --------
    >>> [bearer.code for bearer in bearers_of_key("etrat") if bearer.is_commune]
    ['42092']
    """
    return [bearer for row in _rows_of_keys().get(key, ()) for bearer in _read(row, 1)]


@cache
def _rows_of_keys() -> dict[str, list[int]]:
    rows: dict[str, list[int]] = {}
    keys: list[str] = _table()["key"].to_pylist()
    for row, key in enumerate(keys):
        rows.setdefault(key, []).append(row)
        if (bare := bare_key(key)) != key:
            rows.setdefault(bare, []).append(row)
    return rows


def names_of(code: str) -> list[Bearer]:
    """Names that a code has borne, commune or not.

    Examples
    --------
    >>> sorted({bearer.name for bearer in names_of("01033")})
    ['Bellegarde', 'Bellegarde-sur-Valserine', 'Valserhône']
    """
    first, size = _codes().get(code, (0, 0))
    return _read(first, size)


def is_known(code: str) -> bool:
    """Say whether a code has been that of a commune since 1943."""
    return code in _codes()


def _by_key(bearers: Iterable[Bearer]) -> Bearers:
    found = Bearers()
    for bearer in bearers:
        found.by_key.setdefault(bearer.key, []).append(bearer)
        if (bare := bare_key(bearer.key)) != bearer.key:
            found.by_bare_key.setdefault(bare, []).append(bearer)
    return found


@cache
def _every() -> list[Bearer]:
    return _read(0, _table().num_rows)


@cache
def _table() -> Table:
    with as_file(files(__package__) / "data" / FILE) as path:
        return parquet.read_table(path, use_threads=False).combine_chunks()


def _read(first: int, size: int) -> list[Bearer]:
    rows = _table().slice(first, size)
    texts = {name: _values(rows, name) for name in Bearer._fields}
    return list(map(Bearer, *texts.values()))


def _values(rows: Table, name: str) -> list[object]:
    values: list[object] = rows[name].to_numpy().tolist()
    return values


@cache
def _codes() -> Mapping[str, tuple[int, int]]:
    """First row and number of rows of each code."""
    return _runs("code")


@cache
def _slices() -> Mapping[str, tuple[int, int]]:
    """First row and number of rows of each département."""
    return _runs("departement")


def _runs(name: str) -> dict[str, tuple[int, int]]:
    runs = _table()[name].combine_chunks()
    counts = runs.value_counts()
    found, first = {}, 0
    for value, size in zip(counts.field(0).to_pylist(), counts.field(1).to_numpy().tolist(), strict=True):
        found[value] = (first, size)
        first += size
    return found
