"""Any question in SQL: the tidy tables and the indicators as DuckDB views, nothing else within reach."""

import re
from collections.abc import Iterable
from threading import Timer
from typing import TYPE_CHECKING

import pandas as pd

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.indicators.measures import Day, read_date
from sdsf_analysis.indicators.registry import INDICATORS
from sdsf_analysis.model.tables import Tables
from sdsf_analysis.query.calls import Calls
from sdsf_analysis.query.refusals import explained, refused_statement, too_long, too_many
from sdsf_analysis.query.views import add_view, lists_frame, typed

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

LISTS = "lists"
TIMEOUT_S = 60.0
MAX_ROWS = 1_000_000
# nothing outside this memory: no file, no network, no extension, no Python variable of the caller
_LIMITS = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",
    "temp_directory": "",
    "memory_limit": "2GB",
    "threads": "2",
    # a division by zero has no value: null, neither infinity nor a failure
    "ieee_floating_point_ops": "false",
    "error_on_division_by_zero": "false",
}
_FIRST_WORD = re.compile(r"(?:\s|\(|--[^\n]*\n|/\*.*?\*/)*(\w*)", re.DOTALL)
_QUESTIONS = ("select", "from", "with", "pivot", "unpivot")
_CHUNK = 10


def sql(tables: Tables, query: str, on: Day, *, timeout_s: float = TIMEOUT_S) -> pd.DataFrame:
    """Answer a question in SQL (DuckDB) on the tidy tables and the indicators.

    A table is a view of its name. An indicator is a view of its name, at the date of reference and at every
    level (column ``level``), and a function of its options: ``ctg_coverage('2023-12-31', 'epci')``. The view
    ``lists`` gives the French label of each code. The query reads them and nothing else: no file, no network,
    no other statement than a question.

    Parameters
    ----------
    tables : Tables
        The tidy tables; only those that the query names are read, all of them when it names none.
    query : str
        One question: SELECT, FROM, WITH, VALUES, DESCRIBE, SHOW TABLES, SUMMARIZE, PIVOT.
    on : str or datetime.date
        Date of reference of the indicators; ``reference_date()`` in the query.
    timeout_s : float
        Seconds after which the query is stopped.

    Returns
    -------
    pandas.DataFrame
        Texts and codes as texts, dates as dates, a null where there is none, whole numbers that may be null
        as ``Int64``. A list or a structure comes as text.

    Raises
    ------
    QuestionError
        If the statement is not one question, DuckDB refuses it (its message, then the tables and their
        columns), it lasts too long, or it answers with too many rows.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> sql(example_tables(), "select ctg, ends_on from ctg where stage = 'renewed'", "2024-06-30")
      ctg    ends_on
    0  B1 2023-12-31
    >>> query = "select value from ctg_coverage('2024-03-01', 'epci') where measure = 'population'"
    >>> sql(example_tables(), query, "2024-06-30").round(1)
       value
    0   66.7
    1   88.9
    """
    import duckdb

    day = read_date(on).date()
    calls = Calls(tables, day)
    with duckdb.connect(":memory:", config=dict(_LIMITS)) as connection:
        try:
            _check(connection, query)
            named, indicators = _named(query, tables.names), _named(query, INDICATORS)
            for name in named if named or indicators else tables.names:
                add_view(connection, name, getattr(tables, name))
            add_view(connection, LISTS, lists_frame())
            connection.execute(f"create macro reference_date() as date '{day}'")
            for name in indicators:
                calls.offer(connection, name)
            connection.execute("set lock_configuration = true")
            return _answer(connection, query, timeout_s)
        except duckdb.InterruptException:
            raise QuestionError(too_long(timeout_s)) from None
        except duckdb.Error as error:
            raise calls.failure or QuestionError(explained(str(error), query)) from None


def _check(connection: "DuckDBPyConnection", query: str) -> None:
    """Refuse all but one question; what a question may reach is bounded by the settings."""
    statements = connection.extract_statements(query)
    kinds = [statement.type.name for statement in statements]
    first = _FIRST_WORD.match(query)
    word = first[1].lower() if first else ""
    # a pivot is several statements for DuckDB, and so would be a table made of one
    if kinds != ["SELECT"] and not (kinds == ["MULTI"] and word in _QUESTIONS):
        raise QuestionError(refused_statement(len(kinds), word))


def _named(query: str, known: Iterable[str]) -> list[str]:
    """Names that stand in a query, in whatever way it quotes them."""
    words = set(re.findall(r"\w+", query.lower()))
    return [name for name in known if name in words]


def _answer(connection: "DuckDBPyConnection", query: str, timeout_s: float) -> pd.DataFrame:
    timer = Timer(timeout_s, connection.interrupt)
    timer.daemon = True
    timer.start()
    try:
        result = connection.execute(query)
        pieces = [result.fetch_df_chunk(_CHUNK)]
        while len(pieces[-1]):
            if sum(map(len, pieces)) > MAX_ROWS:
                raise QuestionError(too_many(MAX_ROWS))
            pieces.append(result.fetch_df_chunk(_CHUNK))
    finally:
        timer.cancel()
    full = [piece for piece in pieces if len(piece)]
    whole = pd.concat(full, ignore_index=True) if full else pieces[0]
    return typed(whole, [str(described[1]) for described in result.description])
