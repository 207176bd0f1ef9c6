"""What was asked of partners, at a date: received, awaited, late; and how good what they sent is."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from sdsf_analysis.indicators.measures import Day, read_date
from sdsf_analysis.model.problems import ORDER
from sdsf_analysis.model.tables import Tables

LATE, AWAITED, UNDATED = "late", "awaited", "undated"
RECEIVED_LATE, RECEIVED, TO_COME, UNASKED = "received_late", "received", "to_come", "not_asked"
SEVERITIES = tuple(map(str, ORDER))
COLUMNS = (
    *("partner", "request", "kind", "version", "asked_on", "due_on", "received_on", "state", "days_late"),
    *("versions", "source", *SEVERITIES),
)


def requests_followed(tables: Tables, on: Day) -> pd.DataFrame:
    """Say of each request whether its file was there at a date, and what is wrong with that file.

    Parameters
    ----------
    tables : Tables
        ``requests``, ``problems``, ``ledger``.
    on : str or datetime.date
        The date at which one looks.

    Returns
    -------
    pandas.DataFrame
        One row per request, by partner then date asked: partner, request, kind, version, asked_on, due_on,
        received_on, state (see `STATES`), days_late (missing where nothing is late), versions
        (received so far, of this kind and partner), source, then the problems of the file by severity,
        missing where no file is there.

    Examples
    --------
    >>> from sdsf_analysis.model.tables import table
    >>> asked = {"request": ["1"], "kind": ["ctg"], "partner": ["Caf"], "asked_on": ["2024-11-04"],
    ...          "due_on": ["2024-12-13"]}
    >>> frames = {"requests": table("requests").conform(pd.DataFrame(asked)),
    ...           "problems": table("problems").empty(), "ledger": table("ledger").empty()}
    >>> requests_followed(Tables(frames.get), "2024-12-31")[["state", "days_late"]].values.tolist()
    [['late', 18]]
    """
    day = read_date(on)
    followed = tables.requests.assign(state=[_state(row, day) for row in tables.requests.to_dict("records")])
    is_there = followed["state"].isin([RECEIVED, RECEIVED_LATE])
    followed = followed.assign(
        days_late=_days_late(followed, day),
        versions=is_there.groupby([followed["kind"], followed["partner"]], dropna=False).transform("sum"),
        source=followed["source"].where(is_there),
    )
    judged = followed.join(_counts(tables), on="source").reindex(columns=list(COLUMNS))
    whole = ["versions", *SEVERITIES]
    judged = judged.astype(dict.fromkeys(whole, "Int64") | {"state": "str"})
    return judged.sort_values(["partner", "asked_on", "request"], kind="stable", ignore_index=True)


def _state(row: Mapping[Any, Any], day: pd.Timestamp) -> str:
    asked, due, received = (row[name] for name in ("asked_on", "due_on", "received_on"))
    if _is_after(asked, day):
        return TO_COME
    is_there = pd.notna(received) or pd.notna(row["source"])
    if is_there and not _is_after(received, day):
        return RECEIVED_LATE if pd.notna(due) and _is_after(received, due) else RECEIVED
    if pd.isna(due):
        return UNDATED
    return LATE if _is_after(day, due) else AWAITED


def _is_after(one: Any, two: Any) -> bool:
    return bool(pd.notna(one) and one > two)


def _days_late(states: pd.DataFrame, day: pd.Timestamp) -> pd.Series:
    """Days beyond the date due: until the file came, or until now."""
    end = states["received_on"].where(states["state"] == RECEIVED_LATE, day)
    days = (end - states["due_on"]).dt.days.astype("Int64")
    return days.where(states["state"].isin([LATE, RECEIVED_LATE]))


def _counts(tables: Tables) -> pd.DataFrame:
    """Problems of each file that is there, by severity."""
    problems = tables.problems
    known = pd.concat([problems["source"], tables.ledger["source"]]).dropna().unique()
    counts = problems.groupby(["source", "severity"]).size().unstack("severity", fill_value=0)
    return counts.reindex(index=known, columns=list(SEVERITIES), fill_value=0)
