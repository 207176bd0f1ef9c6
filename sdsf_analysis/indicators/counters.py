"""The counters of the CTG that are shown to the public, and what they rest on."""

import pandas as pd

from sdsf_analysis.indicators.asked import Day, read_date
from sdsf_analysis.indicators.conventions import covered_communes, ctg_states, running_conventions
from sdsf_analysis.indicators.coverage import is_known, said, shares, unknown_shares
from sdsf_analysis.indicators.measures import VALUE_COLUMNS, in_force
from sdsf_analysis.indicators.populations import commune_count, population_of
from sdsf_analysis.indicators.question import Question
from sdsf_analysis.indicators.remarks import not_received, remark
from sdsf_analysis.model.tables import Tables

VACANT = "vacant-"
FTE_KINDS = ("fte_agreed", "fte_funded", "fte_actual")
_UNKNOWN = float("nan")


def ctg_counters(
    tables: Tables,
    on: Day,
    *,
    basis: str = "effective",
    population_year: int | None = None,
    of: str = "perimeter",
) -> pd.DataFrame:
    """Count what is shown to the public at a date (three counters), then what it rests on.

    CTG in force; officers in post in these CTG (persons: one who serves two CTG counts once, a vacant post
    does not) with their full-time equivalents; share of the inhabitants of the département covered. Then
    the conventions by state, the posts, the communes covered, the year of the population.

    Parameters
    ----------
    tables : Tables
    on : str or datetime.date
    basis : {"effective", "signed"}
        Conventions that have begun and not ended (both days included), or those that are also signed. How
        many are signed, retroactive or of unknown signature is always said of those in effect.
    population_year : int, optional
        Year of the legal population; that of ``territories`` without it.
    of : {"perimeter", "signatories"}
        Inhabitants of the perimeters, or of the authorities that signed.

    Returns
    -------
    pandas.DataFrame
        One row per measure, in this order: date, measure, numerator, denominator, value, status, low, high.
        Units and French labels are in ``registry``. Without any row in ``ctg`` or ``officers``, what
        rests on it is ``missing``, never zero. ``attrs["remark"]`` holds what must be said beside.

    Raises
    ------
    QuestionError
        If ``on`` is not a day, or a year or reading is unknown; the message lists the known ones.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> counters = ctg_counters(example_tables(), "2024-06-30").set_index("measure")["value"].round(1)
    >>> counters[["ctg_in_force", "officers", "population_covered"]].tolist()
    [3.0, 1.0, 93.3]
    """
    day = read_date(on)
    running = running_conventions(tables.ctg, day, basis)
    conventions, officers = _convention_rows(tables, day, running), _officer_rows(tables, day, running)
    covered = _departement_rows(tables, day, basis, population_year, of)
    rows = pd.concat([conventions[:1], officers[:1], covered[:1], conventions[1:], officers[1:], covered[1:]])
    frame = rows.assign(date=day)[["date", "measure", *VALUE_COLUMNS]].reset_index(drop=True)
    asked = Question.of(tables, "ctg_counters", on=day, population_year=population_year, of=of, basis=basis)
    frame.attrs = {"of": of, "basis": basis, "question": asked}
    return remark(frame, [*said(tables, day, basis=basis, of=of), *not_received(tables, "officers")])


def _convention_rows(tables: Tables, day: pd.Timestamp, running: pd.DataFrame) -> pd.DataFrame:
    ctg = tables.ctg
    states = ctg_states(ctg, day, tables.membership)
    signed_on = ctg.loc[states == "in_force", "signed_on"]
    counts = {
        "ctg_in_force": len(running),
        "ctg_signed_in_force": (signed_on <= day).sum(),
        "ctg_retroactive": (signed_on > day).sum(),
        "ctg_signature_unknown": signed_on.isna().sum(),
        "ctg_renewal": (states == "renewal").sum(),
        "ctg_preparation": (states == "preparation").sum(),
        "ctg_undated": (states == "undated").sum(),
    }
    delivered = len(ctg) > 0
    return pd.DataFrame(
        [count_row(measure, count if delivered else None) for measure, count in counts.items()]
    )


def _officer_rows(tables: Tables, day: pd.Timestamp, running: pd.DataFrame) -> pd.DataFrame:
    posts = posts_at(tables, day)
    ours = posts[posts["ctg"].isin(running["ctg"])]
    delivered = len(tables.officers) > 0 and len(tables.ctg) > 0
    elsewhere = count_row("officer_posts_elsewhere", len(posts) - len(ours) if delivered else None)
    return pd.DataFrame([*post_rows(ours, delivered), elsewhere, *time_rows(ours, delivered)])


def posts_at(tables: Tables, day: pd.Timestamp) -> pd.DataFrame:
    """Posts at a date; one without a start (vacant, or not said) has always been open.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> len(posts_at(example_tables(), pd.Timestamp("2022-01-01")))
    3
    """
    return tables.officers[in_force(tables.officers, day)]


def is_vacant(posts: pd.DataFrame) -> pd.Series:
    """Whether nobody holds each post.

    Examples
    --------
    >>> is_vacant(pd.DataFrame({"officer": ["p1", "vacant-1"]})).tolist()
    [False, True]
    """
    return posts["officer"].str.startswith(VACANT, na=False)


def post_rows(posts: pd.DataFrame, delivered: bool) -> list[dict[str, object]]:
    """Count persons in post (each once), posts and vacant posts."""
    vacant = is_vacant(posts)
    counts = {
        "officers": posts.loc[~vacant, "officer"].nunique(),
        "officer_posts": len(posts),
        "officer_posts_vacant": int(vacant.sum()),
    }
    return [count_row(measure, count if delivered else None) for measure, count in counts.items()]


def time_rows(posts: pd.DataFrame, delivered: bool) -> list[dict[str, object]]:
    """Sum full-time equivalents; a post that lacks its own leaves the sum unknown, at least the others'."""
    rows = []
    for kind in FTE_KINDS:
        complete = delivered and bool(posts[kind].notna().all())
        total = float(posts[kind].sum())
        least = total if delivered and not complete and posts[kind].notna().any() else _UNKNOWN
        rows.append(count_row(f"officer_{kind}", total if complete else None, low=least))
    return rows


def _departement_rows(
    tables: Tables, day: pd.Timestamp, basis: str, population_year: int | None, of: str
) -> pd.DataFrame:
    population, years = population_of(tables.territories, tables.families, population_year)
    counts = {"population_covered": population, "communes_covered": commune_count(tables.territories)}
    rows = pd.DataFrame({"territory": "all", "commune": population["commune"]})
    found = shares(rows, covered_communes(tables, day, basis=basis, of=of), counts)
    if not is_known(tables, day, basis=basis, of=of):
        found = unknown_shares(found)
    year = count_row("population_year", years[0] if len(years) == 1 else None)
    return pd.concat([found, pd.DataFrame([year])])


def count_row(measure: str, value: float | None, low: float = _UNKNOWN) -> dict[str, object]:
    """Write a count as a row of an indicator; None is missing.

    Examples
    --------
    >>> count_row("officers", None)["status"]
    'missing'
    """
    number = _UNKNOWN if value is None else float(value)
    status = "missing" if value is None else "known"
    parts = {"numerator": number, "denominator": _UNKNOWN, "value": number}
    return {"measure": measure, **parts, "status": status, "low": low, "high": _UNKNOWN}
