"""Conventions territoriales globales (CTG) at a date: their state, their communes.

A commune is covered at a date when a convention is in force on that day (its last day included, amendments
included in the end) and the commune is in its perimeter on that day. A convention in preparation never
counts; a commune of two conventions counts once.

Reference: Caf, convention territoriale globale (circulaire Cnaf 2020-01 du 16 janvier 2020).
"""

import pandas as pd

from sdsf_analysis.indicators.measures import Day, in_force, read_date
from sdsf_analysis.model.tables import Tables

MAPPED_STATES = ("in_force", "renewal", "preparation")


def ctg_states(ctg: pd.DataFrame, on: Day) -> pd.Series:
    """State of each convention at a date.

    ``in_force``: begun and not ended, whether or not it was already signed; ``renewal``: ended, its
    renewal under way or its successor yet to begin; ``preparation``: in project, or decided and yet to
    begin; ``undated``: a missing start or end leaves a doubt; ``closed``: the rest.

    Parameters
    ----------
    ctg : pandas.DataFrame
        Table ``ctg``.
    on : str or datetime.date

    Returns
    -------
    pandas.Series
        ``state``, on the index of the table.

    Raises
    ------
    QuestionError
        If ``on`` is not a day.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> ctg_states(example_tables().ctg, "2024-03-01").tolist()
    ['in_force', 'renewal', 'closed', 'in_force', 'preparation']
    """
    day = read_date(on)
    to_come, over = ctg["starts_on"] > day, ctg["ends_on"] < day
    agreed = (ctg["decided_on"] <= day) | (ctg["signed_on"] <= day)
    successors = ctg.loc[to_come, "replaces"].dropna()
    followed = (ctg["stage"] == "renewal_under_way") | ctg["ctg"].isin(successors)
    doubtful = (ctg["starts_on"].isna() & ~over) | (ctg["ends_on"].isna() & ~to_come)
    states = pd.Series("closed", index=ctg.index, name="state", dtype="str")
    states[to_come & agreed] = "preparation"
    states[over & followed] = "renewal"
    states[in_force(ctg, day)] = "in_force"
    states[doubtful] = "undated"
    states[ctg["stage"] == "project"] = "preparation"
    return states


def ctg_at(tables: Tables, on: Day) -> pd.DataFrame:
    """Communes of the conventions that matter at a date, for the map and the lists.

    The perimeter is the one of the day of the convention that is nearest to the date: the date itself, the
    last day of a convention that has ended, the first of one that is to come.

    Parameters
    ----------
    tables : Tables
    on : str or datetime.date

    Returns
    -------
    pandas.DataFrame
        One row per commune and convention, sorted: commune, ctg, name, starts_on, ends_on, stage, state
        (``in_force``, ``renewal`` or ``preparation``, as `ctg_states` says).

    Raises
    ------
    QuestionError
        If ``on`` is not a day.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> ctg_at(example_tables(), "2024-03-01")[["commune", "ctg", "state"]].values.tolist()
    [['01001', 'A', 'in_force'], ['01002', 'B1', 'renewal'], ['01004', 'C', 'in_force'],
     ['01005', 'D', 'preparation']]
    """
    day = read_date(on)
    states = ctg_states(tables.ctg, day)
    conventions = tables.ctg.assign(state=states)[states.isin(MAPPED_STATES)]
    perimeter = tables.membership[tables.membership["level"] == "ctg"].rename(columns={"territory": "ctg"})
    rows = conventions.merge(
        perimeter[["ctg", "commune", "starts_on", "ends_on"]],
        on="ctg",
        suffixes=("", "_member"),
        validate="one_to_many",
    )
    inside = _inside_perimeter(rows, day)
    columns = ["commune", "ctg", "name", "starts_on", "ends_on", "stage", "state"]
    return rows.loc[inside, columns].drop_duplicates().sort_values(["commune", "ctg"], ignore_index=True)


def _inside_perimeter(rows: pd.DataFrame, day: pd.Timestamp) -> pd.Series:
    """Whether the commune belongs to the convention on the day of its period nearest to the date."""
    nearest = pd.Series(day, index=rows.index)
    nearest = nearest.mask(rows["starts_on"] > day, rows["starts_on"])
    nearest = nearest.mask(rows["ends_on"] < day, rows["ends_on"])
    member = rows[["starts_on_member", "ends_on_member"]].set_axis(["starts_on", "ends_on"], axis=1)
    expected = (rows["state"] == "preparation") & ~(member["ends_on"] < day)
    return in_force(member, nearest) | expected


def covered_communes(tables: Tables, on: Day) -> pd.Series:
    """Communes covered at a date, each once.

    Parameters
    ----------
    tables : Tables
    on : str or datetime.date

    Returns
    -------
    pandas.Series
        ``commune``, sorted.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> covered_communes(example_tables(), "2026-06-30").tolist()
    ['01002', '01004']
    """
    rows = ctg_at(tables, on)
    return rows.loc[rows["state"] == "in_force", "commune"].drop_duplicates().reset_index(drop=True)
