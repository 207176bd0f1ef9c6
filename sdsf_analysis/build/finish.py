"""What one table needs of another: dates of a perimeter, conventions that exist, periods that stand up."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from sdsf_analysis.build.cells import NO_CELLS, Cells
from sdsf_analysis.model.problems import Problem
from sdsf_analysis.recipes.rows import MARKS

# Numbers that cannot be below zero, by table; the results and the cash of a structure can.
POSITIVE = {
    "offer": ("capacity", "units"),
    "families": ("value",),
    "officers": ("fte_agreed", "fte_funded", "fte_actual"),
    "meetings": ("attendance",),
}
_FAR = pd.Timestamp(9999, 12, 31).as_unit("us")
_LONG_AGO = pd.Timestamp(1, 1, 1).as_unit("us")


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


def reversed_dates(
    frame: pd.DataFrame, start: str, end: str, cells: Cells = NO_CELLS
) -> tuple[pd.DataFrame, list[Problem]]:
    """Refuse the rows that end before they start; the problem is at the cell of the end."""
    wrong = frame[end] < frame[start]
    problems = []
    for row in frame[wrong].to_dict("records"):
        first, last = f"{row[start]:%d/%m/%Y}", f"{row[end]:%d/%m/%Y}"
        message = f"La fin ({last}) précède le début ({first})."
        problems.append(cells.at(problem_at(row, "dates_reversed", message, last), row["_row"], end))
    return frame[~wrong], problems


def negative_values(
    frame: pd.DataFrame, columns: Iterable[str], cells: Cells = NO_CELLS
) -> tuple[pd.DataFrame, list[Problem]]:
    """Set aside numbers below zero of columns that count or measure what exists; the rest of the row stands.

    Examples
    --------
    >>> rows = pd.DataFrame({"_row": ["r"], "_source": ["a.csv"], "_sheet": [""], "_cell": ["A2"],
    ...                      "value": [-3.0], "status": ["known"], "low": [None], "high": [None]})
    >>> kept, (problem,) = negative_values(rows, ["value"])
    >>> kept["status"].tolist(), problem.found
    (['error'], '-3')
    """
    problems = []
    kept = frame.copy()
    for name in columns:
        wrong = frame.index[(frame[name] < 0).fillna(False).astype(bool)]
        for row in frame.loc[wrong].to_dict("records"):
            found = f"{row[name]:.12g}".replace(".", ",")
            message = f"« {found} » est négatif : ce qui se compte ne peut pas l'être."
            problems.append(cells.at(problem_at(row, "value_negative", message, found), row["_row"], name))
        beside = [column for column in (f"{name}_low", f"{name}_high") if column in frame]
        beside += ["low", "high"] if name == "value" else []
        kept.loc[wrong, [name, *beside]] = None
        status = "status" if name == "value" else f"{name}_status"
        if status in frame:
            kept.loc[wrong, status] = "error"
    return kept, problems


def communes_elsewhere(
    frame: pd.DataFrame, known: set[str], cells: Cells = NO_CELLS
) -> tuple[pd.DataFrame, list[Problem]]:
    """Refuse the rows of communes that the département does not have, whatever let them through.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows of a table that has the column ``commune``.
    known : set of str
        Communes of the département.
    cells : Cells
        Cells of the rows.
    """
    wrong = frame["commune"].notna() & ~frame["commune"].isin(known)
    problems = []
    for row in frame[wrong].to_dict("records"):
        message = f"La commune {row['commune']} n'est pas du département ; la ligne n'est pas reprise."
        problem = problem_at(row, "commune_outside", message, row["commune"])
        problems.append(cells.at(problem, row["_row"], "commune"))
    return frame[~wrong], problems


def overlapping_perimeters(membership: pd.DataFrame, ctg: pd.DataFrame) -> Iterator[Problem]:
    """Ask about the communes that two conventions cover on a same day; a project covers none."""
    listed = ctg.drop_duplicates("ctg").set_index("ctg")
    projects = set(listed.index[listed["stage"] == "project"])
    perimeters = membership[membership["level"] == "ctg"].dropna(subset=["starts_on"])
    perimeters = perimeters[~perimeters["territory"].isin(projects)]
    ends = listed["ends_on"].to_dict()
    own = pd.Series(
        [ends.get(ctg) for ctg in perimeters["territory"]], index=perimeters.index, dtype="datetime64[us]"
    )
    # the last day of a commune is its own, at the latest the convention's
    last = perimeters["ends_on"].fillna(own)
    for row in _overlaps(perimeters.assign(ends_on=last.mask(last > own, own))):
        day = f"{row['starts_on']:%d/%m/%Y}"
        message = (
            f"La commune {row['commune']} est au {day} dans {row['territory_other']} et {row['territory']}."
        )
        yield problem_at(row, "perimeter_overlap", message, row["commune"])


def overlapping_zones(membership: pd.DataFrame) -> Iterator[Problem]:
    """Ask about the communes that two zones of one zoning of the workspace hold on a same day."""
    zones = membership[membership["level"] != "ctg"]
    # a zoning without dates holds always
    for row in _overlaps(zones.assign(starts_on=zones["starts_on"].fillna(_LONG_AGO))):
        both = f"« {row['territory_other']} » et « {row['territory']} »"
        message = f"La commune {row['commune']} est à la fois dans {both} ; voir aussi {other_place(row)}."
        yield problem_at(row, "zone_overlap", message, row["commune"])


def other_place(row: Mapping[Any, Any]) -> str:
    """Where the other row of a pair comes from, short of what both have in common.

    Examples
    --------
    >>> own = {"_source": "a.xlsx", "_sheet": "Un", "_cell": "A3"}
    >>> other_place(own | {"_source_other": "a.xlsx", "_sheet_other": "Deux", "_cell_other": "A9"})
    'la cellule A9 de la feuille « Deux »'
    """
    source, sheet, cell = (row[f"{mark}_other"] for mark in MARKS[1:])
    if pd.isna(source):
        return "la géographie officielle"
    place = f"la cellule {cell}"
    if source == row["_source"] and sheet == row["_sheet"]:
        return place
    place += f" de la feuille « {sheet} »" if pd.notna(sheet) and sheet else ""
    return place if source == row["_source"] else f"{place} de « {source} »"


def _overlaps(rows: pd.DataFrame) -> list[dict[Any, Any]]:
    """Pairs of rows that put one commune in two territories of a level on a same day, the later one first."""
    rows = rows.assign(until=rows["ends_on"].fillna(_FAR))
    # most communes are in one territory: only the others are compared
    rows = rows[rows.duplicated(["level", "commune"], keep=False)]
    pairs = rows.merge(rows, on=["level", "commune"], suffixes=("", "_other"), validate="many_to_many")
    is_later = (pairs["starts_on"] > pairs["starts_on_other"]) | (
        (pairs["starts_on"] == pairs["starts_on_other"]) & (pairs["territory"] > pairs["territory_other"])
    )
    both = is_later & (pairs["starts_on"] <= pairs["until_other"])
    return pairs[both & (pairs["territory"] != pairs["territory_other"])].to_dict("records")
