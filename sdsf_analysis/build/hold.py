"""Each table held to its declaration: what it refuses is named at the cell it comes from."""

from typing import Any, NamedTuple

import pandas as pd

from sdsf_analysis.build.cells import NO_CELLS, Cells
from sdsf_analysis.build.finish import other_place, problem_at
from sdsf_analysis.model.problems import Problem
from sdsf_analysis.model.tables import Table
from sdsf_analysis.recipes.rows import KEY_SEPARATOR, MARKS

_REASONS = {
    "null": ("row_incomplete", "Il manque « {label} »."),
    "list": ("choice_unknown", "« {value} » n'est pas dans la liste de « {label} »."),
    "status": ("value_refused", "« {label} » n'a pas de valeur et de statut qui s'accordent."),
    "bounds": ("value_refused", "« {label} » sort de ses bornes."),
}


class Held(NamedTuple):
    """What a table keeps of its rows.

    Attributes
    ----------
    frame : pandas.DataFrame
        The rows kept, as they are stored.
    keys : pandas.DataFrame
        Their names (``_row``), table and key.
    problems : list of Problem
        What was refused: once per line for what it lacks, once per pair for lines of one key.
    lost : dict
        Name of each row refused → code of the reason.
    """

    frame: pd.DataFrame
    keys: pd.DataFrame
    problems: list[Problem]
    lost: dict[str, str]


def hold(declared: Table, frame: pd.DataFrame, cells: Cells = NO_CELLS) -> Held:
    """Keep the rows that respect their table; name the others at the cell they come from.

    Parameters
    ----------
    declared : Table
        The table.
    frame : pandas.DataFrame
        Its rows, with their marks.
    cells : Cells
        Cells of the rows.

    Returns
    -------
    Held
    """
    frame = frame.reset_index(drop=True)
    marks = frame.reindex(columns=list(MARKS)).astype("str")
    tidy = frame.drop(columns=list(MARKS), errors="ignore")
    failures = declared.failures(tidy)
    is_repeated = failures["check"] == "key"
    problems = [
        _refused(declared, tidy.loc[row].to_dict() | marks.loc[row].to_dict(), column, check, cells)
        for row, column, check in failures[~is_repeated].itertuples(index=False)
    ]
    problems += _repeated(declared, tidy.join(marks).loc[failures.loc[is_repeated, "row"].tolist()])
    kept = tidy[~tidy.index.isin(failures["row"])]
    keys = pd.DataFrame(
        {"_row": marks.loc[kept.index, "_row"], "table": declared.name, "key": keys_of(declared, kept)}
    )
    reasons = {"key": "row_repeated"} | {check: code for check, (code, _) in _REASONS.items()}
    lost = {
        str(marks.loc[row, "_row"]): reasons[check]
        for row, check in failures[["row", "check"]].itertuples(index=False)
    }
    return Held(declared.conform(kept), keys.dropna(subset=["_row"]), problems, lost)


def once_per_pair(problems: list[Problem]) -> list[Problem]:
    """Say once that two lines repeat each other, however many tables they feed.

    Examples
    --------
    >>> said = [Problem("a", "", "A3", "row_repeated", f"… : {key}.", "la cellule A2") for key in ("x", "y")]
    >>> [problem.message for problem in once_per_pair(said)]
    ['… : x.']
    """
    kept: dict[tuple[object, ...], Problem] = {}
    for rank, problem in enumerate(problems):
        is_pair = problem.code == "row_repeated"
        kept.setdefault((problem.place, problem.found) if is_pair else (rank,), problem)
    return list(kept.values())


def _refused(declared: Table, row: dict[str, Any], column: str, check: str, cells: Cells) -> Problem:
    code, message = _REASONS[check]
    text = message.format(label=declared[column].label, value=row[column])
    message = f"{text} La ligne n'entre pas dans « {declared.label} »."
    return cells.at(problem_at(row, code, message), row["_row"], column)


def _repeated(declared: Table, rows: pd.DataFrame) -> list[Problem]:
    """One question at each line that repeats an earlier one, which it names."""
    problems = []
    for _, same in rows.groupby(list(declared.key), dropna=False, sort=False):
        first, *others = same.to_dict("records")
        said = ", ".join(_french(first[name]) for name in declared.key if pd.notna(first[name]))
        for row in others:
            other = other_place(row | {f"{mark}_other": first[mark] for mark in MARKS})
            message = f"Cette ligne dit la même chose que {other} : {said}."
            problems.append(problem_at(row, "row_repeated", message, other))
    return problems


def _french(value: object) -> str:
    return f"{value:%d/%m/%Y}" if isinstance(value, pd.Timestamp) else str(value)


def keys_of(declared: Table, frame: pd.DataFrame) -> pd.Series:
    """Key of each row as one text, as the ledger writes it.

    Parameters
    ----------
    declared : Table
        A table that has a key.
    frame : pandas.DataFrame
        Some of its rows.

    Examples
    --------
    >>> from sdsf_analysis.model.tables import table
    >>> keys_of(table("ctg_themes"), pd.DataFrame({"ctg": ["01-A"], "theme": ["enfance"]})).tolist()
    ['01-A|enfance']
    """
    parts = pd.DataFrame({name: frame[name].astype("str").fillna("") for name in declared.key})
    return parts.iloc[:, 0].str.cat(parts.iloc[:, 1:], sep=KEY_SEPARATOR)
