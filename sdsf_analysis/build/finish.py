"""What one table needs of another: dates of a perimeter, codes of partners, periods of an offer."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import pandas as pd

from sdsf_analysis.model.problems import Problem
from sdsf_analysis.model.tables import table
from sdsf_analysis.recipes.apply import MARKS
from sdsf_analysis.territories.names import CommuneIndex, epci_codes, epci_key

_CODED_KINDS = {"commune": "de commune", "epci": "d'EPCI"}
_ONE_DAY = timedelta(days=1)


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
    starts = ctg.drop_duplicates("ctg").set_index("ctg")["starts_on"]
    is_ctg = membership["level"] == "ctg"
    filled = membership["starts_on"].fillna(membership["territory"].map(starts))
    return membership.assign(starts_on=membership["starts_on"].where(~is_ctg, filled))


def unknown_conventions(frame: pd.DataFrame, column: str, ctg: pd.DataFrame) -> Iterator[Problem]:
    """Name the conventions that a table speaks of and that the list of CTG has not."""
    known = set(ctg["ctg"])
    if not known:
        return
    for _, row in frame[~frame[column].isin(known)].drop_duplicates(column).iterrows():
        yield problem_at(
            row.to_dict(),
            "ctg_unknown",
            f"La CTG « {row[column]} » n'est pas dans la liste des CTG.",
            row[column],
        )


def reversed_dates(frame: pd.DataFrame, start: str, end: str) -> tuple[pd.DataFrame, list[Problem]]:
    """Refuse the rows that end before they start."""
    wrong = frame[end] < frame[start]
    problems = [
        problem_at(
            row.to_dict(),
            "dates_reversed",
            f"La fin ({row[end]:%d/%m/%Y}) précède le début ({row[start]:%d/%m/%Y}).",
        )
        for _, row in frame[wrong].iterrows()
    ]
    return frame[~wrong], problems


def code_partners(partners: pd.DataFrame, index: CommuneIndex) -> tuple[pd.DataFrame, list[Problem]]:
    """Give the partners that are a commune or an EPCI their official code, on an exact name only."""
    epci = epci_codes(index.year)
    codes: list[str | None] = []
    problems: list[Problem] = []
    for _, row in partners.iterrows():
        code = _partner_code(row["kind"], row["partner"], epci, index)
        if not code and row["kind"] in _CODED_KINDS:
            message = f"« {row['partner']} » n'est pas un nom officiel {_CODED_KINDS[row['kind']]}."
            problems.append(problem_at(row.to_dict(), "territory_unknown", message, row["partner"]))
        codes.append(code)
    territory = pd.Series(codes, index=partners.index, dtype="str")
    has_level = territory.notna() | (partners["kind"] == "syndicat")
    return partners.assign(territory=territory, level=partners["kind"].where(has_level)), problems


def _partner_code(kind: str, name: str, epci: dict[str, str], index: CommuneIndex) -> str | None:
    if kind == "epci":
        return epci.get(epci_key(name))
    return index.resolve(None, _bare_commune(name)).code or None if kind == "commune" else None


def _bare_commune(name: str) -> str:
    for start in ("Commune de ", "Commune d'", "Commune d’", "Ville de ", "Ville d'", "Mairie de "):
        if name.casefold().startswith(start.casefold()):
            return name[len(start) :]
    return name


def overlapping_perimeters(membership: pd.DataFrame, ctg: pd.DataFrame) -> Iterator[Problem]:
    """Ask about the communes that two conventions cover on a same day."""
    ends = ctg.drop_duplicates("ctg").set_index("ctg")["ends_on"]
    rows = membership[membership["level"] == "ctg"].dropna(subset=["starts_on"])
    rows = rows.assign(until=rows["ends_on"].fillna(rows["territory"].map(ends)).fillna(pd.Timestamp.max))
    rows = rows.sort_values(["commune", "starts_on", "territory"])
    previous = rows.groupby("commune")[["until", "territory"]].shift()
    overlaps = rows["starts_on"] <= previous["until"]
    for (_, row), other in zip(rows[overlaps].iterrows(), previous.loc[overlaps, "territory"], strict=True):
        if other != row["territory"]:
            message = f"La commune {row['commune']} est à la fois dans {other} et dans {row['territory']}."
            yield problem_at(row.to_dict(), "perimeter_overlap", message, row["commune"])


def offer_periods(offer: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, str]]:
    """One row per period in which nothing changed.

    Parameters
    ----------
    offer : pandas.DataFrame
        Rows of the table ``offer``, one per observation of a service.

    Returns
    -------
    tuple of (pandas.DataFrame, dict)
        The rows: an observation that repeats the previous one joins it, the others close it the day before.
        And the names of the rows that joined another → that other.
    """
    columns = [name for name in table("offer").names if name not in ("service", "valid_from", "valid_to")]
    ordered = offer.sort_values(["service", "valid_from"], kind="stable").reset_index(drop=True)
    content = pd.Series(list(map(str, ordered[columns].to_numpy(dtype="object").tolist())), dtype="str")
    same = (ordered["service"] == ordered["service"].shift()) & (content == content.shift())
    kept = ordered[~same].copy()
    kept["valid_to"] = kept["valid_to"].fillna(kept.groupby("service")["valid_from"].shift(-1) - _ONE_DAY)
    first = ordered["_row"].where(~same).ffill()
    joined = dict(zip(ordered["_row"][same], first[same], strict=True))
    return kept.reset_index(drop=True), joined
