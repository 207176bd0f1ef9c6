"""What one table needs of another: dates of a perimeter, conventions that exist, periods that stand up."""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from sdsf_analysis.model.problems import Problem
from sdsf_analysis.recipes.apply import MARKS

_FAR = pd.Timestamp(9999, 12, 31).as_unit("us")


def problem_at(row: Mapping[Any, Any], code: str, message: str, found: str = "") -> Problem:
    """Problem at the place that a tidy row comes from."""
    source, sheet, cell = (str(row[mark]) if pd.notna(row[mark]) else "" for mark in MARKS[1:])
    return Problem(source, sheet, cell, code, message, found)


def fill_perimeter_dates(membership: pd.DataFrame, ctg: pd.DataFrame) -> pd.DataFrame:
    """Date the communes of a CTG: an empty entry is the beginning of the convention.

    Parameters
    ----------
    membership : pandas.DataFrame
        Rows of the table ``membership``.
    ctg : pandas.DataFrame
        Rows of the table ``ctg``.
    """
    starts = ctg.drop_duplicates("ctg").set_index("ctg")["starts_on"].to_dict()
    is_empty = (membership["level"] == "ctg") & membership["starts_on"].isna()
    filled = [starts.get(ctg, pd.NaT) for ctg in membership.loc[is_empty, "territory"]]
    completed = membership["starts_on"].copy()
    completed[is_empty] = pd.Series(filled, index=completed.index[is_empty], dtype=completed.dtype)
    return membership.assign(starts_on=completed)


def unknown_conventions(frame: pd.DataFrame, column: str, known: set[str]) -> Iterator[Problem]:
    """Name the conventions that a table speaks of and that the list of CTG has not."""
    if not known:
        return
    unknown = frame[~frame[column].isin(known) & frame[column].notna()]
    for row in unknown.drop_duplicates(column).to_dict("records"):
        message = f"La CTG « {row[column]} » n'est pas dans la liste des CTG."
        yield problem_at(row, "ctg_unknown", message, row[column])


def reversed_dates(frame: pd.DataFrame, start: str, end: str) -> tuple[pd.DataFrame, list[Problem]]:
    """Refuse the rows that end before they start."""
    wrong = frame[end] < frame[start]
    problems = [
        problem_at(
            row,
            "dates_reversed",
            f"La fin ({row[end]:%d/%m/%Y}) précède le début ({row[start]:%d/%m/%Y}).",
        )
        for row in frame[wrong].to_dict("records")
    ]
    return frame[~wrong], problems


def overlapping_perimeters(membership: pd.DataFrame, ctg: pd.DataFrame) -> Iterator[Problem]:
    """Ask about the communes that two conventions cover on a same day."""
    rows = _with_last_day(membership[membership["level"] == "ctg"], ctg)
    pairs = rows.merge(rows, on="commune", suffixes=("", "_other"), validate="many_to_many")
    is_later = (pairs["starts_on"] > pairs["starts_on_other"]) | (
        (pairs["starts_on"] == pairs["starts_on_other"]) & (pairs["territory"] > pairs["territory_other"])
    )
    both = is_later & (pairs["starts_on"] <= pairs["until_other"])
    overlaps = pairs[both & (pairs["territory"] != pairs["territory_other"])]
    for row in overlaps.to_dict("records"):
        day = f"{row['starts_on']:%d/%m/%Y}"
        message = (
            f"La commune {row['commune']} est au {day} dans {row['territory_other']} et {row['territory']}."
        )
        yield problem_at(row, "perimeter_overlap", message, row["commune"])


def _with_last_day(perimeters: pd.DataFrame, ctg: pd.DataFrame) -> pd.DataFrame:
    """Perimeters that have begun, with the last day they hold: their own, else the convention's."""
    ends = ctg.drop_duplicates("ctg").set_index("ctg")["ends_on"].to_dict()
    rows = perimeters.dropna(subset=["starts_on"])
    own = pd.Series([ends.get(ctg) for ctg in rows["territory"]], index=rows.index, dtype="datetime64[us]")
    return rows.assign(until=rows["ends_on"].fillna(own).fillna(_FAR))
