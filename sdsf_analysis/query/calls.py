"""Indicators inside a query: a view at the date of reference, and a function of the indicator's options."""

from collections.abc import Container, Sequence
from datetime import date
from threading import Lock
from typing import TYPE_CHECKING, Any

import pandas as pd

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.indicators.asking import DAY, LEVEL, indicator, known_indicator, levels_of, options_of
from sdsf_analysis.model.tables import Tables
from sdsf_analysis.query.views import add_view, arrow_type

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_MIDNIGHT = " 00:00:00"
# A history asked without its dates goes back so far.
_YEARS_BACK = 5
_TERRITORY = "territory"


class Calls:
    """Indicators that a query names, computed when it asks for them, each once.

    Parameters
    ----------
    tables : Tables
    on : datetime.date
        Date of reference, for the indicators that have a date.

    Attributes
    ----------
    failure : QuestionError or None
        Why an indicator could not answer: DuckDB only tells that something failed.
    """

    def __init__(self, tables: Tables, on: date) -> None:
        self._tables = tables
        start = (pd.Timestamp(on) - pd.DateOffset(years=_YEARS_BACK)).date()
        self._days = {DAY: on, "start": start, "end": on}
        self._answers: dict[tuple[str, tuple[tuple[str, object], ...]], pd.DataFrame] = {}
        self._lock = Lock()
        self.failure: QuestionError | None = None

    def offer(self, connection: "DuckDBPyConnection", name: str) -> None:
        """Make an indicator a view and a function of a connection.

        Parameters
        ----------
        connection : duckdb.DuckDBPyConnection
        name : str
            An indicator.

        Raises
        ------
        QuestionError
            If the indicator cannot answer at the date of reference.
        """
        frame = self._at_reference(name)
        add_view(connection, name, frame)
        options = list(options_of(known_indicator(name)))
        inner, types = f"_{name}", _duckdb_types(frame)
        connection.create_function(
            inner,
            lambda texts: self._records(name, dict(zip(options, texts, strict=True)), list(types)),
            ["VARCHAR[]"],
            _list_of(types),
        )
        given = ", ".join(f'"{option}" := NULL' for option in options)
        passed = ", ".join(f'"{option}"::VARCHAR' for option in options)
        connection.execute(
            f'CREATE MACRO "{name}"({given}) AS TABLE SELECT unnest("{inner}"([{passed}]), recursive := true)'
        )

    def _at_reference(self, name: str) -> pd.DataFrame:
        """Answer at every level that the workspace has, stacked."""
        entry = known_indicator(name)
        if not _is_by_level(options_of(entry)):
            return self._ask(name, {})
        frames, failure = [], None
        for level in levels_of(entry, self._tables):
            try:
                frames.append(self._ask(name, {LEVEL: level}))
            except QuestionError as error:
                failure = error
        if failure and not frames:
            raise failure
        return pd.concat(frames, ignore_index=True)

    def _ask(self, name: str, given: dict[str, object]) -> pd.DataFrame:
        options = options_of(known_indicator(name))
        usual = {one: said.default for one, said in options.items() if said.default is not said.empty}
        given = usual | {one: day for one, day in self._days.items() if one in options.keys() - usual} | given
        key = name, tuple(sorted(given.items()))
        # DuckDB asks from several threads
        with self._lock:
            if key not in self._answers:
                self._answers[key] = indicator(name, self._tables, **given)
        frame = self._answers[key]
        if not _is_by_level(options) or "level" in frame.columns:
            return frame
        return frame.assign(level=str(given[LEVEL]))[["level", *frame.columns]]

    def _records(
        self, name: str, texts: dict[str, str | None], columns: Sequence[str]
    ) -> list[dict[str, Any]]:
        # a day that SQL computed comes with its midnight
        given = {one: text.removesuffix(_MIDNIGHT) for one, text in texts.items() if text is not None}
        try:
            frame = self._ask(name, dict(given))
        except QuestionError as error:
            self.failure = error
            raise
        return _plain(frame.reindex(columns=list(columns)))


def _is_by_level(options: Container[str]) -> bool:
    """Say whether an indicator has a row for each territory of a level, not for one that is asked."""
    return LEVEL in options and _TERRITORY not in options


def _plain(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows of Python's own values: days without a time, null as None."""
    days = {str(name): frame[name].dt.date for name in frame.select_dtypes("datetime")}
    values = frame.assign(**days).astype("object")
    return [
        {str(name): value for name, value in row.items()}
        for row in values.where(frame.notna(), None).to_dict("records")
    ]


def _duckdb_types(frame: pd.DataFrame) -> dict[str, str]:
    names = {
        "string": "VARCHAR",
        "double": "DOUBLE",
        "int64": "BIGINT",
        "date32[day]": "DATE",
        "bool": "BOOLEAN",
    }
    return {str(column): names[str(arrow_type(frame[column]))] for column in frame.columns}


def _list_of(types: dict[str, str]) -> Any:
    import duckdb

    return duckdb.list_type(duckdb.struct_type(types))
