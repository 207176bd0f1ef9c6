"""A frame given the columns and the types of its table, without guessing: a number is never made a code."""

from typing import TYPE_CHECKING

import pandas as pd

from sdsf_analysis.errors import SdsfError

if TYPE_CHECKING:
    from sdsf_analysis.model.declaration import Column, Table

DTYPES = {"str": "str", "float": "float64", "int": "Int64", "date": "datetime64[us]", "bool": "boolean"}
# What pandas.api.types.infer_dtype may say of a column for each declared type
_ACCEPTED = {
    "str": {"string"},
    "float": {"floating", "integer", "mixed-integer-float", "decimal"},
    "int": {"floating", "integer", "mixed-integer-float"},
    "date": {"datetime64", "datetime", "date", "string"},
    "bool": {"boolean"},
}


def cast(table: "Table", frame: pd.DataFrame) -> pd.DataFrame:
    """Give a frame the declared columns and types; see `sdsf_analysis.model.tables.Table.cast`.

    Raises
    ------
    SdsfError
        If a column is not declared, comes twice, or holds what its type refuses.

    Examples
    --------
    >>> from sdsf_analysis.model.tables import table
    >>> cast(table("ctg_themes"), pd.DataFrame({"ctg": [1004], "theme": ["jeunesse"]}))
    Traceback (most recent call last):
    sdsf_analysis.errors.SdsfError: La colonne ctg de la table ctg_themes attend ...
    """
    _refuse_columns(table, frame)
    data = {column.name: _cast(table, column, frame) for column in table.columns}
    return pd.DataFrame(data, index=frame.index)


def _refuse_columns(table: "Table", frame: pd.DataFrame) -> None:
    extra = [str(name) for name in frame.columns if name not in table.names]
    if extra:
        raise SdsfError(
            f"La table {table.name} ne déclare pas : {', '.join(extra)}. "
            f"Colonnes déclarées : {', '.join(table.names)}."
        )
    if not frame.columns.is_unique:
        repeated = ", ".join(frame.columns[frame.columns.duplicated()])
        raise SdsfError(f"La table {table.name} reçoit deux fois : {repeated}. En garder une.")


def _cast(table: "Table", column: "Column", frame: pd.DataFrame) -> pd.Series:
    dtype = pd.api.types.pandas_dtype(DTYPES[column.dtype])
    # a number may be infinite, which is refused; nothing else of the right type can be wrong
    if column.dtype != "float" and column.name in frame.columns and frame[column.name].dtype == dtype:
        return frame[column.name]
    if column.name not in frame.columns or frame[column.name].isna().all():
        return pd.Series(None, index=frame.index, dtype=dtype)
    values = frame[column.name]
    found = pd.api.types.infer_dtype(values, skipna=True)
    if found not in _ACCEPTED[column.dtype]:
        raise SdsfError(_wrong_type(table, column, found))
    parsed = _parsed(values, column.dtype)
    refused = values[parsed.isna() & values.notna()]
    if not refused.empty:
        raise SdsfError(_wrong_type(table, column, str(refused.iloc[0])))
    return parsed.astype(dtype)


def _parsed(values: pd.Series, dtype: str) -> pd.Series:
    """Null where the declared type refuses the value."""
    if dtype == "date":
        return pd.to_datetime(values, format="ISO8601", errors="coerce")
    if dtype in {"str", "bool"}:
        return values
    numbers = pd.to_numeric(values).astype("float64")
    remainder = numbers % 1  # null for an infinite number
    return numbers.where(remainder.eq(0) if dtype == "int" else remainder.notna())


def _wrong_type(table: "Table", column: "Column", found: str) -> str:
    expected = {
        "str": "du texte",
        "float": "des nombres",
        "int": "des nombres entiers",
        "date": "des dates (AAAA-MM-JJ)",
        "bool": "des oui ou non",
    }
    return (
        f"La colonne {column.name} de la table {table.name} attend {expected[column.dtype]} "
        f"et reçoit « {found} ». Corriger la recette ou le calcul qui la remplit."
    )
