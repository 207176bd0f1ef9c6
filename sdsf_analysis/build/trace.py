"""From a tidy value back to the cells that it is made of."""

from collections.abc import Iterable, Mapping
from datetime import date

import pandas as pd

from sdsf_analysis.build.hold import keys_of
from sdsf_analysis.errors import QuestionError
from sdsf_analysis.model.declaration import Table
from sdsf_analysis.model.lists import unknown_name
from sdsf_analysis.model.tables import Tables, table
from sdsf_analysis.model.tables import tables as every_table
from sdsf_analysis.reading.typed.dates import find_date

COLUMNS = ("table", "key", "column", "value", "source", "sheet", "cell", "found", "origin")
_NEAR_SHOWN = 3
_GEOGRAPHY = "de la géographie officielle"
_OFFICIAL = {"families": "des populations légales de l'INSEE"}


def trace(
    tables: Tables,
    name: str,
    given: Mapping[str, object],
    column: str | None = None,
    indicators: Iterable[str] = (),
) -> pd.DataFrame:
    """Find the cells behind some rows of a tidy table.

    Parameters
    ----------
    tables : Tables
        Tables of the workspace.
    name : str
        One of them.
    given : mapping
        Column → value that the rows bear; nothing for every row.
    column : str, optional
        Column to explain; all of them without it. A status or a bound has the cells of its number.
    indicators : iterable of str
        Names that can be traced besides, for who mistakes one.

    Returns
    -------
    pandas.DataFrame
        One row per cell, in the order of the table: table, key, column, value (as text), source, sheet,
        cell, found (what is written there), origin (a cell, a label, a title, the recipe…).

    Raises
    ------
    QuestionError
        If the table or a column does not exist, no row bears these values, or no file gave the value.
    """
    if name not in every_table():
        raise QuestionError(_unknown(name, list(indicators)))
    declared = table(name)
    if not declared.key:
        raise QuestionError(f"« {declared.label} » est un registre : ses lignes disent déjà leur cellule.")
    wanted = [declared[column].name] if column else None
    rows = _rows(declared, getattr(tables, name), given)
    if name == "territories":
        return trace_rows(tables, "membership", _composition(tables, rows))
    return trace_rows(tables, name, rows, wanted)


def trace_rows(
    tables: Tables, name: str, rows: pd.DataFrame, columns: list[str] | None = None
) -> pd.DataFrame:
    """Find the cells behind some rows, already chosen.

    Parameters
    ----------
    tables : Tables
        Tables of the workspace.
    name : str
        Table of the rows.
    rows : pandas.DataFrame
        Some of its rows; of ``territories``, communes whose population is counted.
    columns : list of str, optional
        Columns to explain; all of them without it.

    Returns
    -------
    pandas.DataFrame
        As `trace` gives.

    Raises
    ------
    QuestionError
        If no file gave these values.
    """
    if name == "territories":
        return _populations(rows)
    declared = table(name)
    own = tables.ledger[tables.ledger["table"] == name]
    keys = keys_of(declared, rows)
    lines = own[own["key"].isin(keys)].rename(columns={"column": "made_of"}).drop(columns="table")
    if lines.empty:
        raise QuestionError(
            f"« {declared.label} » : ces lignes viennent {_OFFICIAL.get(name, _GEOGRAPHY)}, d'aucun fichier."
        )
    every = [column for column in declared.names if column not in _cited(declared)]
    values = _values(declared, rows.assign(_key=keys), columns or every)
    found = values.merge(lines, on=["key", "made_of"], how="inner", validate="many_to_many")
    if found.empty:
        labels = ", ".join(f"« {declared[column].label} »" for column in columns or ())
        raise QuestionError(f"Aucun fichier ne donne {labels} pour ces lignes.")
    return found.assign(table=name)[list(COLUMNS)]


def trace_known(
    tables: Tables, name: str, rows: pd.DataFrame, columns: list[str] | None = None
) -> pd.DataFrame:
    """Find the cells behind some rows, as `trace_rows`; none where no file gave them, or gave these columns.

    Parameters
    ----------
    tables : Tables
    name : str
        Table of the rows.
    rows : pandas.DataFrame
    columns : list of str, optional
        Those that the table has are explained; all of them without it.
    """
    known = None if columns is None else [column for column in columns if column in table(name).names]
    if known == []:
        return pd.DataFrame(columns=list(COLUMNS))
    try:
        return trace_rows(tables, name, rows, known)
    except QuestionError:
        return pd.DataFrame(columns=list(COLUMNS))


def _unknown(name: str, indicators: list[str]) -> str:
    """That nothing bears a name, with the nearest one, else with all that can be traced."""
    if not indicators:
        return unknown_name("La table", name, every_table())
    return unknown_name("La table ou l'indicateur", name, [*every_table(), *indicators])


def _populations(communes: pd.DataFrame) -> pd.DataFrame:
    """One row per year of legal population: it comes from the reference, from no cell."""
    known = communes.dropna(subset=["population", "population_year"])
    lines = [
        {"table": "territories", "key": "commune", "column": "population",
         "value": f"{same['population'].sum():.0f}", "source": "", "sheet": "", "cell": "", "found": "",
         "origin": f"population légale, INSEE, année {year}"}
        for year, same in known.groupby("population_year")
    ]  # fmt: skip
    return pd.DataFrame(lines, columns=list(COLUMNS))


def _values(declared: Table, rows: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """Key, column, value as text, and the column that the ledger cites for it, in the order of the table."""
    cited = _cited(declared)
    parts = [
        pd.DataFrame(
            {
                "key": rows["_key"],
                "column": column,
                "value": rows[column].astype("str").str.removesuffix(".0"),
                "made_of": cited.get(column, column),
            }
        )
        for column in columns
    ]
    return pd.concat(parts).sort_index(kind="stable")


def _cited(declared: Table) -> dict[str, str]:
    """Status and bounds → the number whose cell says them."""
    return {name: q.value for q in declared.quantities for name in (q.status, q.low, q.high)}


def _rows(declared: Table, frame: pd.DataFrame, given: Mapping[str, object]) -> pd.DataFrame:
    for name, value in given.items():
        texts = frame[declared[name].name].astype("str")
        kept = frame[texts == _as_text(value)]
        if kept.empty:
            raise QuestionError(_no_row(declared, name, _as_text(value), texts))
        frame = kept
    return frame


def _as_text(value: object) -> str:
    """Text of a value as the tables write it; a French date is understood."""
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    day = find_date(str(value), whole=True)
    return day.isoformat() if day else str(value)


def _no_row(declared: Table, name: str, value: str, texts: pd.Series) -> str:
    from difflib import get_close_matches

    near = get_close_matches(value, texts.dropna().unique().tolist(), n=_NEAR_SHOWN)
    title = "Les plus proches" if len(near) > 1 else "Le plus proche"
    hint = f" {title} : {', '.join(near)}." if near else ""
    return f"« {declared.label} » : aucune ligne dont {name} vaut « {value} ».{hint}"


def _composition(tables: Tables, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of the composition of some territories: what a file says of a territory is its communes."""
    pairs = rows[["level", "territory"]]
    return tables.membership.merge(pairs, on=["level", "territory"], validate="many_to_one")
