"""Conventions territoriales globales (CTG) at a date: their state, their communes.

A commune is covered at a date when a convention is in force on that day (its last day included, amendments
included in the end) and the commune is in its perimeter on that day. A convention in preparation never
counts; a commune of two conventions counts once.

Reference: Caf, convention territoriale globale (circulaire Cnaf 2020-01 du 16 janvier 2020).
"""

import pandas as pd

from sdsf_analysis.indicators.asked import Day, check_choice, read_date
from sdsf_analysis.indicators.codes import is_in
from sdsf_analysis.indicators.measures import in_force
from sdsf_analysis.indicators.signatories import signatory_communes
from sdsf_analysis.indicators.successors import successors
from sdsf_analysis.model.tables import Tables

MAPPED_STATES = ("in_force", "renewal", "preparation")
BASES = ("effective", "signed")
OF = ("perimeter", "signatories")
_PERIMETER = ["level", "territory", "commune", "starts_on", "ends_on"]


def ctg_states(ctg: pd.DataFrame, on: Day, membership: pd.DataFrame | None = None) -> pd.Series:
    """State of each convention at a date.

    ``in_force``: begun and not ended, whether or not it was already signed; ``renewal``: ended, its
    renewal under way or its successor yet to begin; ``preparation``: in project, or decided and yet to
    begin; ``undated``: a missing start or end leaves a doubt; ``closed``: the rest.

    Parameters
    ----------
    ctg : pandas.DataFrame
        Table ``ctg``.
    on : str or datetime.date
    membership : pandas.DataFrame, optional
        Table ``membership``, whose perimeters tell which convention follows another, as `successors` says;
        without it, only ``replaces`` does.

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
    perimeter = pd.DataFrame(columns=_PERIMETER) if membership is None else membership
    awaited = ctg.loc[to_come | (ctg["stage"] == "project"), "ctg"]
    follower = ctg["ctg"].map(successors(ctg, perimeter).to_dict())
    followed = (ctg["stage"] == "renewal_under_way") | follower.isin(awaited)
    states = pd.Series("closed", index=ctg.index, name="state", dtype="str")
    states[to_come & agreed] = "preparation"
    states[over & followed] = "renewal"
    states[in_force(ctg, day)] = "in_force"
    states[is_undated(ctg, day)] = "undated"
    states[ctg["stage"] == "project"] = "preparation"
    return states


def is_undated(ctg: pd.DataFrame, day: pd.Timestamp) -> pd.Series:
    """Whether a missing start or end leaves a doubt on each convention; one in project leaves none.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> bool(is_undated(example_tables().ctg, pd.Timestamp("2024-03-01")).any())
    False
    """
    to_come, over = ctg["starts_on"] > day, ctg["ends_on"] < day
    doubtful = (ctg["starts_on"].isna() & ~over) | (ctg["ends_on"].isna() & ~to_come)
    return doubtful & (ctg["stage"] != "project")


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
    states = ctg_states(tables.ctg, day, tables.membership)
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


def running_conventions(ctg: pd.DataFrame, on: Day, basis: str = "effective") -> pd.DataFrame:
    """Conventions in force at a date.

    Parameters
    ----------
    ctg : pandas.DataFrame
        Table ``ctg``.
    on : str or datetime.date
    basis : {"effective", "signed"}
        ``effective``: begun and not ended, both days included; ``signed``: also signed on that day at the
        latest. A convention whose signature has no date is not signed as far as is known.

    Returns
    -------
    pandas.DataFrame
        Rows of the table; a convention in project, or without its beginning or end, is none of them.

    Raises
    ------
    QuestionError
        If ``on`` is not a day, or the basis is unknown.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> ctg = example_tables().ctg
    >>> [running_conventions(ctg, "2021-02-01", basis)["ctg"].tolist() for basis in BASES]
    [['A', 'B1'], ['B1']]
    """
    day = read_date(on)
    check_choice("Lecture inconnue (basis)", basis, BASES)
    running = (ctg["starts_on"] <= day) & (ctg["ends_on"] >= day) & (ctg["stage"] != "project")
    if basis == "signed":
        running &= ctg["signed_on"] <= day
    return ctg[running]


def perimeters(membership: pd.DataFrame) -> pd.DataFrame:
    """Communes of the conventions: ctg, commune, starts_on, ends_on.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> perimeters(example_tables().membership)["ctg"].tolist()
    ['A', 'B1', 'B2', 'C', 'D']
    """
    rows = membership.loc[membership["level"] == "ctg", ["territory", "commune", "starts_on", "ends_on"]]
    return rows.rename(columns={"territory": "ctg"}).reset_index(drop=True)


def members_of(tables: Tables, conventions: pd.DataFrame, on: Day) -> pd.DataFrame:
    """Communes in the perimeter of some conventions on a day: ctg, commune, each pair once, sorted.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> tables = example_tables()
    >>> members_of(tables, running_conventions(tables.ctg, "2024-06-30"), "2024-06-30").values.tolist()
    [['A', '01001'], ['B2', '01002'], ['C', '01004']]
    """
    found = _members(tables, conventions, read_date(on)).drop_duplicates()
    return found.sort_values(["ctg", "commune"], ignore_index=True)


def _members(tables: Tables, conventions: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    rows = perimeters(tables.membership)
    inside = is_in(rows["ctg"], conventions["ctg"]) & in_force(rows, day).to_numpy(dtype=bool)
    found: pd.DataFrame = rows.loc[inside, ["ctg", "commune"]]
    return found


def covered_communes(
    tables: Tables, on: Day, *, basis: str = "effective", of: str = "perimeter"
) -> pd.Series:
    """Communes covered at a date, each once.

    Parameters
    ----------
    tables : Tables
    on : str or datetime.date
    basis : {"effective", "signed"}
        As for `running_conventions`.
    of : {"perimeter", "signatories"}
        Communes of the perimeters, or those of the authorities that signed (`signatories`).

    Returns
    -------
    pandas.Series
        ``commune``, sorted.

    Raises
    ------
    QuestionError
        If ``on`` is not a day, or the basis or the reading is unknown.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> covered_communes(example_tables(), "2026-06-30").tolist()
    ['01002', '01004']
    >>> covered_communes(example_tables(), "2026-06-30", of="signatories").tolist()
    ['01001', '01002']
    """
    running = running_conventions(tables.ctg, on, basis)
    if check_choice("Lecture inconnue (of)", of, OF) == "signatories":
        communes = signatory_communes(tables, running, on)["commune"]
    else:
        communes = _members(tables, running, read_date(on))["commune"]
    return communes.drop_duplicates().sort_values(ignore_index=True)
