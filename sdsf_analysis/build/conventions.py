"""What stands against a list of CTG: lines refused, dates or communes absent, a stage against its dates."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pandas as pd

from sdsf_analysis.build.cells import NO_CELLS, Cells
from sdsf_analysis.build.finish import problem_at
from sdsf_analysis.model.lists import choices
from sdsf_analysis.model.problems import Problem

_OVER = ("ended", "renewed", "renewal_under_way")
# what a list of CTG says of each of its conventions, by the column that names it
_RESTS_ON_CTG = {"ctg_themes": "ctg", "ctg_partners": "ctg", "membership": "territory"}


def drop_refused(frames: Mapping[str, pd.DataFrame], listed: set[str]) -> dict[str, pd.DataFrame]:
    """Take out what rests on a convention that was refused, or that two lines dispute.

    Parameters
    ----------
    frames : mapping
        Tables by name; those refused are no longer in ``ctg``.
    listed : set of str
        Numbers that the lists of CTG write.

    Returns
    -------
    dict
        Themes, partners and perimeters of the other conventions, by table.
    """
    counts = frames["ctg"]["ctg"].value_counts()
    refused = listed - set(counts[counts == 1].index)
    kept = {}
    for name, column in _RESTS_ON_CTG.items():
        frame = frames[name]
        is_perimeter = frame["level"] == "ctg" if name == "membership" else frame[column].notna()
        kept[name] = frame[~(is_perimeter & frame[column].isin(refused))]
    return kept


def incomplete_conventions(ctg: pd.DataFrame, cells: Cells = NO_CELLS) -> Iterator[Problem]:
    """Ask about the conventions beyond project that have no beginning or no end, at the cell of the date."""
    labels = {"starts_on": "de début", "ends_on": "de fin"}
    for row in _beyond_project(ctg).to_dict("records"):
        absent = {name: label for name, label in labels.items() if pd.isna(row[name])}
        if absent:
            message = f"La CTG « {row['ctg']} » n'a pas de date {' ni '.join(absent.values())}."
            problem = problem_at(row, "ctg_incomplete", message, row["ctg"])
            yield cells.at(problem, row["_row"], next(iter(absent)))


def without_perimeter(ctg: pd.DataFrame, membership: pd.DataFrame) -> Iterator[Problem]:
    """Ask about the conventions beyond project without a commune, where perimeters were received."""
    covered = set(membership.loc[membership["level"] == "ctg", "territory"])
    rows = _beyond_project(ctg)
    for row in rows[~rows["ctg"].isin(covered)].to_dict("records") if covered else []:
        message = f"La CTG « {row['ctg']} » n'a aucune commune dans son périmètre."
        yield problem_at(row, "ctg_without_perimeter", message, row["ctg"])


def doubtful_stages(
    ctg: pd.DataFrame, on: date, situations: Mapping[tuple[str, str], date], cells: Cells = NO_CELLS
) -> Iterator[Problem]:
    """Warn of the stages that the period of the convention contradicts.

    Parameters
    ----------
    ctg : pandas.DataFrame
        Rows of the table ``ctg``, with the place they come from.
    on : datetime.date
        Date of reference.
    situations : mapping
        (file, sheet) → date of its list of CTG, where known.
    cells : Cells
        Cells of the rows.
    """
    for row in ctg.dropna(subset=["stage", "starts_on", "ends_on"]).to_dict("records"):
        # a list later than the date of reference may rightly say what came between the two
        said_on = situations.get((row["_source"], row["_sheet"]), on)
        contradiction = _contradiction(row, on, said_on)
        if contradiction:
            stage = choices("ctg_stage").get(row["stage"], row["stage"])
            message = f"La CTG « {row['ctg']} » est dite « {stage} », mais {contradiction}."
            problem = problem_at(row, "ctg_status_doubtful", message, stage)
            yield cells.at(problem, row["_row"], "stage")


def _contradiction(row: Mapping[Any, Any], on: date, said_on: date) -> str:
    start, end, signed = row["starts_on"], row["ends_on"], row["signed_on"]
    last, first = pd.Timestamp(max(on, said_on)), pd.Timestamp(min(on, said_on))
    runs = start <= last <= end
    if row["stage"] in _OVER and runs:
        return f"sa période court jusqu'au {end:%d/%m/%Y}"
    if row["stage"] == "project" and runs and signed <= last:
        return f"elle est signée depuis le {signed:%d/%m/%Y}"
    if row["stage"] == "signed" and end < first:
        return f"sa période a fini le {end:%d/%m/%Y}"
    return ""


def older_situations(situations: Mapping[tuple[str, str], date], on: date) -> Iterator[Problem]:
    """Warn of the lists of CTG that are older than the date of reference."""
    for (source, sheet), day in situations.items():
        if day < on:
            message = f"La liste des CTG est au {day:%d/%m/%Y}, la date de référence est le {on:%d/%m/%Y}."
            yield Problem(source, sheet, "", "situation_older", message, day.isoformat())


def _beyond_project(ctg: pd.DataFrame) -> pd.DataFrame:
    return ctg[ctg["stage"] != "project"]
