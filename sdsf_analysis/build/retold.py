"""What two files of one kind, of two dates, both tell: the later one counts, and what it changes is said."""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from sdsf_analysis.build.cells import Cells
from sdsf_analysis.build.finish import other_place, problem_at
from sdsf_analysis.build.intake import SEEN_AGAIN, Intake
from sdsf_analysis.build.periods import SEEN
from sdsf_analysis.model.declaration import Table
from sdsf_analysis.model.french import written
from sdsf_analysis.model.lists import choices
from sdsf_analysis.model.problems import Problem
from sdsf_analysis.model.tables import table
from sdsf_analysis.recipes.rows import MARKS

# what a row tells, and the column whose cell is shown
_TOLD = {"activity": "value", "funds": "amount_eur"}


def mark_days(frames: Mapping[str, pd.DataFrame], intakes: Iterable[Intake]) -> dict[str, pd.DataFrame]:
    """Write beside each row of a service the day that its sheet speaks of.

    Parameters
    ----------
    frames : mapping
        Tables by name, with their marks.
    intakes : iterable of Intake
        Files read.
    """
    days = {(one.source, sheet): seen.day for one in intakes for sheet, seen in one.seen.items()}
    marked = {}
    for name in SEEN_AGAIN:
        places = zip(frames[name]["_source"], frames[name]["_sheet"], strict=True)
        seen = pd.Series([days.get(place) for place in places], index=frames[name].index, dtype="object")
        marked[name] = frames[name].assign(**{SEEN: pd.to_datetime(seen).astype("datetime64[us]")})
    return marked


def latest_told(name: str, frame: pd.DataFrame, cells: Cells) -> tuple[pd.DataFrame, list[Problem]]:
    """Keep what the latest file tells of each thing; warn of the figures that it changes.

    Parameters
    ----------
    name : str
        ``activity``, ``funds`` or ``service_area``: of this one, the latest list of a service counts whole.
    frame : pandas.DataFrame
        Its rows, with their marks and the day that their file speaks of; that day is taken away.
    cells : Cells
        Cells of the rows.
    """
    declared = table(name)
    thing = ["service"] if name == "service_area" else list(declared.key)
    latest = frame.groupby(thing, dropna=False)[SEEN].transform("max")
    is_past = frame[SEEN] < latest
    problems: list[Problem] = []
    if name in _TOLD and is_past.any():
        pairs = frame[~is_past].merge(
            frame[is_past], on=thing, suffixes=("", "_other"), validate="many_to_many"
        )
        problems = [
            _revised(declared, pair, _TOLD[name], cells)
            for pair in pairs.to_dict("records")
            if _said(pair, _TOLD[name]) != _said(pair, f"{_TOLD[name]}_other")
        ]
    return frame[~is_past].drop(columns=SEEN), problems


def _said(row: Mapping[Any, Any], column: str) -> str:
    value = row[column]
    return written(float(value)) if pd.notna(value) else "rien"


def _label(declared: Table, column: str, value: object) -> str:
    listed = declared[column].choices
    return choices(listed).get(str(value), str(value)) if listed else str(value)


def _revised(declared: Table, row: Mapping[Any, Any], column: str, cells: Cells) -> Problem:
    thing = ", ".join(_label(declared, name, row[name]) for name in declared.key)
    old = {mark: row[f"{mark}_other"] for mark in MARKS}
    other = cells.at(problem_at(old, "value_revised", ""), old["_row"], column).cell
    place = other_place(dict(row) | {"_cell_other": other})
    now, before = _said(row, column), _said(row, f"{column}_other")
    message = f"{thing} : {now} ici, {before} dans {place}, plus ancien."
    return cells.at(problem_at(row, "value_revised", message, now), row["_row"], column)
