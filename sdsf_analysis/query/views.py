"""Frames given to DuckDB with their declared types, and answers taken back with ours."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from sdsf_analysis.model.lists import entries, list_names
from sdsf_analysis.model.tables import tables

if TYPE_CHECKING:
    import pyarrow as pa
    from duckdb import DuckDBPyConnection

_INTEGERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER")
# wider than 64 bits for DuckDB, which sums whole numbers so
_WIDE = ("HUGEINT", "UHUGEINT", "UBIGINT")
_EXACT = 2**53


def add_view(connection: "DuckDBPyConnection", name: str, frame: pd.DataFrame) -> None:
    """Make a frame a view: dates as DATE, so that they are written '2024-12-31' and counted in days.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
    name : str
        Name of the view.
    frame : pandas.DataFrame
        A tidy table, or the answer of an indicator.
    """
    import pyarrow as pa

    declared = {column.name: column.dtype for column in tables()[name].columns} if name in tables() else {}
    fields = [pa.field(str(one), arrow_type(frame[one], declared.get(str(one), ""))) for one in frame.columns]
    plain = frame.assign(**{str(one): _texts(frame[one]) for one in frame.columns if _is_object(frame[one])})
    connection.register(name, pa.Table.from_pandas(plain, pa.schema(fields), preserve_index=False))


def lists_frame() -> pd.DataFrame:
    """French labels of the codes of the tables: list, code, label, family, unit.

    Examples
    --------
    >>> frame = lists_frame()
    >>> frame.loc[(frame["list"] == "level") & (frame["code"] == "epci"), "label"].tolist()
    ['EPCI']
    """
    rows = [
        (name, one.code, one.label, one.family, one.unit)
        for name in list_names()
        for one in entries(name).values()
    ]
    return pd.DataFrame(rows, columns=["list", "code", "label", "family", "unit"], dtype="str")


def arrow_type(column: pd.Series, declared: str = "") -> "pa.DataType":
    """Type of a column in DuckDB: the declared one, else the one of its values.

    Examples
    --------
    >>> str(arrow_type(pd.Series(pd.to_datetime(["2024-12-31"]))))
    'date32[day]'
    """
    import pyarrow as pa

    known = {
        "str": pa.string(),
        "float": pa.float64(),
        "int": pa.int64(),
        "date": pa.date32(),
        "bool": pa.bool_(),
    }
    if declared:
        return known[declared]
    kinds = {
        "bool": pd.api.types.is_bool_dtype,
        "int": pd.api.types.is_integer_dtype,
        "float": pd.api.types.is_float_dtype,
        "date": pd.api.types.is_datetime64_any_dtype,
    }
    return known[next((kind for kind, holds in kinds.items() if holds(column)), "str")]


def typed(answer: pd.DataFrame, kinds: Sequence[str]) -> pd.DataFrame:
    """Give an answer the types of the house.

    Parameters
    ----------
    answer : pandas.DataFrame
        As DuckDB gives it: an integer is a float where a null stands, a list is an array.
    kinds : sequence of str
        DuckDB's type of each column.

    Returns
    -------
    pandas.DataFrame
        Texts (``str``), whole numbers (``Int64``), numbers (``float64``), yes/no (``boolean``), dates
        (``datetime64[us]``); a time of the day, a list, a structure as text.

    Examples
    --------
    >>> typed(pd.DataFrame({"n": [3.0, None]}), ["HUGEINT"])["n"].tolist()
    [3, <NA>]
    """
    columns = [_typed(answer.iloc[:, at], kind) for at, kind in enumerate(kinds)]
    return pd.DataFrame(dict(zip(map(str, answer.columns), columns, strict=True)), index=answer.index)


def _typed(column: pd.Series, kind: str) -> pd.Series:
    if kind in _INTEGERS or (kind in _WIDE and not (column.abs() >= _EXACT).any()):
        return column.astype("Int64")
    if kind in ("DOUBLE", "FLOAT", *_WIDE) or kind.startswith("DECIMAL"):
        return column.astype("float64")
    if kind == "BOOLEAN":
        return column.astype("boolean")
    if kind in ("DATE", "TIMESTAMP") and (column.isna() | (column == column.dt.normalize())).all():
        return column.astype("datetime64[us]")
    return _texts(column)


def _texts(column: pd.Series) -> pd.Series:
    return pd.Series([_text(value) for value in column], index=column.index, dtype="str")


def _text(value: Any) -> str | None:
    if not pd.api.types.is_scalar(value):
        parts = value.tolist() if hasattr(value, "tolist") else value
        return ", ".join(map(str, parts)) if isinstance(parts, list) else str(parts)
    return None if pd.isna(value) else str(value)


def _is_object(column: pd.Series) -> bool:
    return bool(pd.api.types.is_object_dtype(column))
