"""Conventions territoriales globales (CTG): the public counters and the coverage of territories at a date.

Reference: Caf, convention territoriale globale (circulaire Cnaf 2020-01 du 16 janvier 2020). What counts as
covered is said in ``conventions``.
"""

import pandas as pd

from sdsf_analysis.indicators.conventions import covered_communes, ctg_at, ctg_states
from sdsf_analysis.indicators.counts import counts_by_commune, departement_communes, members
from sdsf_analysis.indicators.measures import VALUE_COLUMNS, Day, covered_shares, in_force, read_date
from sdsf_analysis.model.tables import Tables

__all__ = ["covered_communes", "ctg_at", "ctg_counters", "ctg_coverage", "ctg_states"]
VACANT = "vacant-"
_UNKNOWN = float("nan")


def ctg_coverage(tables: Tables, on: Day, by: str = "epci") -> pd.DataFrame:
    """Share of the communes, inhabitants and children of each territory that a CTG covers at a date.

    Formula: 100 · Σ covered / Σ all, over the communes of the territory that are in the département.
    Inhabitants: legal population of the year of ``territories``. Children: latest year known at the date
    (else the latest of all), all regimes together if there is one such count, else the Caf's.
    Reference: Caf, convention territoriale globale (circulaire Cnaf 2020-01).

    Parameters
    ----------
    tables : Tables
    on : str or datetime.date
    by : str
        Level of the territories, one of those of ``membership``.

    Returns
    -------
    pandas.DataFrame
        One row per territory and measure (``communes``, ``population``, then ``children_0_2`` and
        ``children_0_17`` when known), sorted: territory, measure, numerator, denominator, value (%),
        status, low, high. Years and regimes are in ``attrs``. Without any row in ``ctg``, ``missing``.

    Raises
    ------
    QuestionError
        If ``on`` is not a day or no territory has this level.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> shares = ctg_coverage(example_tables(), "2024-06-30").round(1)
    >>> shares.loc[shares["measure"] == "population", ["territory", "value"]].values.tolist()
    [['E1', 100.0], ['E2', 88.9]]
    """
    day = read_date(on)
    rows = members(tables.membership, departement_communes(tables.territories)["commune"], by, day)
    rows["covered"] = rows["commune"].isin(covered_communes(tables, day))
    counts, basis = counts_by_commune(tables.territories, tables.families, day)
    shares = [_share(rows, count).assign(measure=measure) for measure, count in counts.items()]
    frame = pd.concat(shares).sort_values("territory", kind="stable", ignore_index=True)
    frame = frame[["territory", "measure", *VALUE_COLUMNS]]
    if tables.ctg.empty:
        frame = _not_received(frame)
    frame.attrs = dict(basis)
    return frame


def _share(rows: pd.DataFrame, count: pd.DataFrame) -> pd.DataFrame:
    return covered_shares(rows.merge(count, on="commune", how="left", validate="many_to_one"), "territory")


def ctg_counters(tables: Tables, on: Day) -> pd.DataFrame:
    """Count what is shown to the public at a date (three counters), then what it rests on.

    CTG in force; officers in post in these CTG (persons: one who serves two CTG counts once, a vacant post
    does not); share of the inhabitants of the département covered. Then the conventions by state, the
    posts and their full-time equivalents, the communes covered, the year of the population.

    Parameters
    ----------
    tables : Tables
    on : str or datetime.date

    Returns
    -------
    pandas.DataFrame
        One row per measure, in this order: date, measure, numerator, denominator, value, status, low, high.
        Units and French labels are in ``registry``. Without any row in ``ctg`` or ``officers``, what
        rests on it is ``missing``, never zero.

    Raises
    ------
    QuestionError
        If ``on`` is not a day.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> counters = ctg_counters(example_tables(), "2024-06-30").set_index("measure")["value"].round(1)
    >>> counters[["ctg_in_force", "officers", "population_covered"]].tolist()
    [3.0, 1.0, 93.3]
    """
    day = read_date(on)
    conventions, officers = _convention_rows(tables.ctg, day), _officer_rows(tables, day)
    shares = _departement_rows(tables, day)
    rows = pd.concat([conventions[:1], officers[:1], shares[:1], conventions[1:], officers[1:], shares[1:]])
    return rows.assign(date=day)[["date", "measure", *VALUE_COLUMNS]].reset_index(drop=True)


def _convention_rows(ctg: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    states = ctg_states(ctg, day)
    signed_on = ctg.loc[states == "in_force", "signed_on"]
    counts = {
        "ctg_in_force": len(signed_on),
        "ctg_signed_in_force": (signed_on <= day).sum(),
        "ctg_retroactive": (signed_on > day).sum(),
        "ctg_signature_unknown": signed_on.isna().sum(),
        "ctg_renewal": (states == "renewal").sum(),
        "ctg_preparation": (states == "preparation").sum(),
        "ctg_undated": (states == "undated").sum(),
    }
    delivered = len(ctg) > 0
    return pd.DataFrame([_row(measure, count if delivered else None) for measure, count in counts.items()])


def _officer_rows(tables: Tables, day: pd.Timestamp) -> pd.DataFrame:
    """Count posts at the date; one without a start (vacant, or not said) has always been open."""
    running = tables.ctg.loc[ctg_states(tables.ctg, day) == "in_force", "ctg"]
    posts = tables.officers[in_force(tables.officers, day)]
    ours = posts[posts["ctg"].isin(running)]
    vacant = ours["officer"].str.startswith(VACANT, na=False)
    counts = {
        "officers": ours.loc[~vacant, "officer"].nunique(),
        "officer_posts": len(ours),
        "officer_posts_vacant": vacant.sum(),
        "officer_posts_elsewhere": len(posts) - len(ours),
    }
    delivered = len(tables.officers) > 0 and len(tables.ctg) > 0
    rows = [_row(measure, count if delivered else None) for measure, count in counts.items()]
    return pd.DataFrame(rows + [_time_row(ours, kind, delivered) for kind in ("fte_agreed", "fte_funded")])


def _time_row(posts: pd.DataFrame, kind: str, delivered: bool) -> dict[str, object]:
    """Sum full-time equivalents; a post that lacks its own leaves the sum unknown, at least the others'."""
    if not delivered:
        return _row(f"officer_{kind}", None)
    complete = bool(posts[kind].notna().all())
    total = float(posts[kind].sum())
    return _row(f"officer_{kind}", total if complete else None, low=_UNKNOWN if complete else total)


def _departement_rows(tables: Tables, day: pd.Timestamp) -> pd.DataFrame:
    communes = departement_communes(tables.territories)
    rows = pd.DataFrame({"territory": "all", "commune": communes["commune"]})
    rows["covered"] = rows["commune"].isin(covered_communes(tables, day))
    counts, _ = counts_by_commune(tables.territories, tables.families, day)
    chosen = {"population_covered": counts["population"], "communes_covered": counts["communes"]}
    shares = pd.concat([_share(rows, count).assign(measure=measure) for measure, count in chosen.items()])
    if tables.ctg.empty:
        shares = _not_received(shares)
    years = communes["population_year"].dropna().unique()
    year = _row("population_year", years[0] if len(years) == 1 else None)
    return pd.concat([shares, pd.DataFrame([year])])


def _not_received(shares: pd.DataFrame) -> pd.DataFrame:
    """Without any convention received, nobody knows what is covered: missing, never zero."""
    unknown = dict.fromkeys(("numerator", "value", "low", "high"), _UNKNOWN)
    return shares.assign(**unknown, status="missing")


def _row(measure: str, value: float | None, low: float = _UNKNOWN) -> dict[str, object]:
    number = _UNKNOWN if value is None else float(value)
    status = "missing" if value is None else "known"
    parts = {"numerator": number, "denominator": _UNKNOWN, "value": number}
    return {"measure": measure, **parts, "status": status, "low": low, "high": _UNKNOWN}
