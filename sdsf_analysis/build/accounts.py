"""Accounts that balance: what each file gave, line by line, and what the tables hold of its totals."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from sdsf_analysis.build.intake import Intake
from sdsf_analysis.model.french import number
from sdsf_analysis.model.problems import Problem
from sdsf_analysis.recipes.account import Account, AddedColumn

ASIDE, IDLE, UNKNOWN = "source_set_aside", "nothing_to_give", "unaccounted"
# a service, an amount or a measure that another row tells, later or better
TOLD = "told_elsewhere"
_TOLERANCE = 0.5
Entry = dict[str, Any]


@dataclass
class Fates:
    """What became of the tidy rows once they were put together.

    Attributes
    ----------
    kept : set of str
        Names of the rows that stand in the tables, alone or joined to another.
    lost : dict
        Name of a row that does not → code of the reason.
    """

    kept: set[str] = field(default_factory=set)
    lost: dict[str, str] = field(default_factory=dict)

    def lose(self, before: pd.DataFrame, after: pd.DataFrame, code: str) -> None:
        """Note the rows that a step left out."""
        gone = before["_row"][~before["_row"].isin(after["_row"])].dropna()
        self.lost |= dict.fromkeys(gone, code)


def accounts(intakes: Iterable[Intake], fates: Fates) -> tuple[list[Entry], list[Problem]]:
    """Balance each table of each file.

    Parameters
    ----------
    intakes : iterable of Intake
        Files received.
    fates : Fates
        What became of their rows.

    Returns
    -------
    tuple of (list of dict, list of Problem)
        One entry per table read (source, sheet, range, lines, given, refused and left_out by reason, rows by
        table, totals, columns), and an error for each whose account does not balance.
    """
    entries: list[Entry] = []
    problems: list[Problem] = []
    for intake in intakes:
        values = _values(intake)
        for account in intake.accounts:
            entry = _entry(account, intake, fates, values)
            entries.append(entry)
            problems += _unbalanced(account, entry)
    return entries, problems


def _entry(account: Account, intake: Intake, fates: Fates, values: dict[str, Entry]) -> Entry:
    fate = dict(_fates_of_lines(account, intake, fates))
    reasons = Counter(reason for reason in fate.values() if reason)
    left_out = {code: reasons.pop(code) for code in ("rows_elsewhere", IDLE, ASIDE, TOLD) if code in reasons}
    made = {name for name, _ in account.made}
    standing = made & fates.kept
    return {
        "source": account.source,
        "sheet": account.sheet,
        "range": account.range,
        "lines": len(account.lines),
        "given": sum(not reason for reason in fate.values()),
        "refused": dict(sorted(reasons.items())),
        "left_out": left_out,
        "rows": dict(sorted(Counter(name.split("!")[-2] for name in standing).items())),
        "rows_lost": dict(sorted(Counter(_why(name, intake, fates) for name in made - standing).items())),
        "totals": sum(column.n_totals for column in account.added),
        "totals_wrong": sum(column.n_wrong for column in account.added),
        "columns": [_column(column, account, standing, values) for column in account.added],
    }


def _fates_of_lines(account: Account, intake: Intake, fates: Fates) -> Iterator[tuple[int, str]]:
    """Each line with the reason why it gave nothing, empty for one that gave a row."""
    rows: dict[int, list[str]] = {}
    for name, line in account.made:
        rows.setdefault(line, []).append(name)
    for line in account.lines:
        names = rows.get(line, [])
        if any(name in fates.kept for name in names):
            yield line, ""
        elif names:
            yield line, _why(names[0], intake, fates)
        else:
            yield line, account.refused.get(line, IDLE)


def _why(name: str, intake: Intake, fates: Fates) -> str:
    return ASIDE if intake.is_aside else fates.lost.get(name, UNKNOWN)


def _values(intake: Intake) -> dict[str, Entry]:
    return {row["_row"]: row for rows in intake.rows.values() for row in rows}


def _column(column: AddedColumn, account: Account, standing: set[str], values: dict[str, Entry]) -> Entry:
    """Sum of a column on the sheet, in the tables, and on the lines that gave nothing of it."""
    lines: dict[str, list[int]] = {}
    for name, line in account.made:
        if name in standing and _is_of(column, values.get(name, {})):
            lines.setdefault(name, []).append(line)
    given = {line for some in lines.values() for line in some}
    found = [values[name].get(column.column) for name in lines]
    return {
        "label": column.label,
        "cell": column.cell,
        "sheet_sum": _sum(column.values.values()),
        "table_sum": _sum(value for value in found if value is not None),
        "refused_sum": _sum(value for line, value in column.values.items() if line not in given),
    }


def _is_of(column: AddedColumn, row: Entry) -> bool:
    is_its_table = row.get("_row", "").split("!")[-2:-1] == [column.table]
    return is_its_table and all(row.get(name) == value for name, value in column.bearing.items())


def _sum(values: Iterable[float]) -> float:
    return round(float(sum(values)), 6)


def _unbalanced(account: Account, entry: Entry) -> Iterator[Problem]:
    place = (account.source, account.sheet)
    unknown = entry["refused"].get(UNKNOWN, 0)
    counted = entry["given"] + sum(entry["refused"].values()) + sum(entry["left_out"].values())
    if unknown or counted != entry["lines"] or UNKNOWN in entry["rows_lost"]:
        message = f"Tableau {account.range} : {entry['lines']} lignes lues, {counted - unknown} expliquées."
        yield Problem(*place, account.range, "rows_unaccounted", message)
    for column in entry["columns"]:
        gap = column["sheet_sum"] - column["table_sum"] - column["refused_sum"]
        if abs(gap) > _TOLERANCE:
            sums = (number(column[name], 1) for name in ("sheet_sum", "table_sum", "refused_sum"))
            places = zip(sums, ("sur la feuille", "dans les tables", "sur les lignes refusées"), strict=True)
            message = f"« {column['label']} » : {', '.join(map(' '.join, places))}."
            yield Problem(*place, column["cell"], "rows_unaccounted", message)
