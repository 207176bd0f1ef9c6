"""What a row must respect to enter a tidy table: key, nulls, closed lists, status and bounds."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pandas as pd
import pandera.pandas as pa

from sdsf_analysis.model.casting import DTYPES, cast
from sdsf_analysis.model.lists import choices

if TYPE_CHECKING:
    from sdsf_analysis.model.declaration import Column, Quantity, Table


def schema(table: "Table") -> pa.DataFrameSchema:
    """Pandera schema of a table.

    Parameters
    ----------
    table : Table
        The declaration.

    Returns
    -------
    pandera.pandas.DataFrameSchema
        Every check is vectorised and bears the name that `failures` reports.

    Examples
    --------
    >>> from sdsf_analysis.model.tables import table
    >>> schema(table("ctg_themes")).unique
    ['ctg', 'theme']
    """
    return pa.DataFrameSchema(
        {column.name: _column_schema(column) for column in table.columns},
        checks=[check for quantity in table.quantities for check in _quantity_checks(quantity)],
        unique=list(table.key) or None,
        strict=True,
        name=table.name,
    )


def failures(table: "Table", frame: pd.DataFrame) -> pd.DataFrame:
    """Row, column and reason of each refusal; see `sdsf_analysis.model.tables.Table.failures`.

    Raises
    ------
    SdsfError
        As `sdsf_analysis.model.casting.cast`.

    Examples
    --------
    >>> from sdsf_analysis.model.tables import table
    >>> twice = pd.DataFrame({"ctg": ["01-A", "01-A"], "theme": ["jeunesse", "jeunesse"]}, index=[8, 9])
    >>> failures(table("ctg_themes"), twice)
       row column check
    0    8    ctg   key
    1    9    ctg   key
    """
    tidy = cast(table, frame)
    try:
        # most tables of a small build are empty, and a schema takes its time over nothing
        if not tidy.empty:
            schema(table).validate(tidy, lazy=True)
    except pa.errors.SchemaErrors as error:
        return _reasons(table, error.failure_cases)
    nothing = pd.Series(dtype="str")
    return pd.DataFrame({"row": frame.index[:0], "column": nothing, "check": nothing})


def _column_schema(column: "Column") -> pa.Column:
    check = None
    if column.choices and not column.is_open:
        check = pa.Check.isin(list(choices(column.choices)), error="list")
    return pa.Column(DTYPES[column.dtype], checks=check, nullable=not column.is_required)


def _quantity_checks(quantity: "Quantity") -> list[pa.Check]:
    value, status, low, high = quantity.value, quantity.status, quantity.low, quantity.high

    def is_stated(frame: pd.DataFrame) -> "pd.Series[bool]":
        return frame[value].notna() == frame[status].eq("known")

    def is_bounded(frame: pd.DataFrame) -> "pd.Series[bool]":
        outside = frame[low].gt(frame[value]) | frame[value].gt(frame[high]) | frame[low].gt(frame[high])
        return ~outside

    return [_frame_check(is_stated, "status", status), _frame_check(is_bounded, "bounds", value)]


def _frame_check(function: "Callable[[pd.DataFrame], pd.Series[bool]]", name: str, column: str) -> pa.Check:
    return pa.Check(function, error=f"{name}:{column}", ignore_na=False)


def _reasons(table: "Table", cases: pd.DataFrame) -> pd.DataFrame:
    """One line per row, column and reason: pandera repeats a frame's failure for each of its columns."""
    named = cases["check"].astype("str").str.partition(":")
    check = named[0].replace({"not_nullable": "null", "multiple_fields_uniqueness": "key"})
    column = cases["column"].astype("str").mask(named[2].ne(""), named[2])
    if table.key:
        column = column.mask(check.eq("key"), table.key[0])
    reasons = pd.DataFrame({"row": cases["index"].infer_objects(), "column": column, "check": check})
    rank = reasons["column"].map({name: rank for rank, name in enumerate(table.names)})
    reasons = reasons.assign(rank=rank).drop_duplicates().sort_values(["row", "rank", "check"])
    return reasons.drop(columns="rank").reset_index(drop=True)
