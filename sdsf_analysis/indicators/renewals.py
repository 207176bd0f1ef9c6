"""The CTG that end soon or have ended, what follows them, and the inhabitants that it concerns."""

import pandas as pd

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.indicators.asked import Day, read_date
from sdsf_analysis.indicators.codes import is_in
from sdsf_analysis.indicators.conventions import covered_communes, perimeters
from sdsf_analysis.indicators.measures import in_force
from sdsf_analysis.indicators.populations import population_of
from sdsf_analysis.indicators.remarks import beyond_the_data, not_received, period_unknown, remark
from sdsf_analysis.indicators.successors import successors
from sdsf_analysis.model.tables import Tables

COLUMNS = (
    "ctg",
    "name",
    "lead",
    "ends_on",
    "situation",
    "successor",
    "decided_on",
    "successor_starts_on",
    "gap_days",
    "communes",
    "inhabitants",
    "uncovered_communes",
    "uncovered_inhabitants",
    "population_year",
)
SITUATIONS = {
    "ends_undecided": "finit bientôt, aucune délibération connue pour la suite",
    "ends_decided": "finit bientôt, suite délibérée ou signée",
    "ended_under_way": "échue, renouvellement en cours",
    "ended_successor_missing": "dite renouvelée, la nouvelle CTG n'est pas dans les tables",
    "ended_partly": "renouvelée, mais sans toutes ses communes",
    "ended_without_renewal": "échue, sans renouvellement",
}
_ONE_DAY = pd.Timedelta(days=1)


def ctg_renewals(
    tables: Tables, on: Day, within: int = 12, *, population_year: int | None = None
) -> pd.DataFrame:
    """List the CTG that end within some months, and those that have ended and left communes without any.

    What follows a CTG is the one that ``replaces`` it, else the first later one that takes up at least half
    of its communes. A CTG that ended and whose communes are all covered again is not listed.

    Parameters
    ----------
    tables : Tables
    on : str or datetime.date
    within : int
        Months.
    population_year : int, optional
        Year of the legal population; that of ``territories`` without it.

    Returns
    -------
    pandas.DataFrame
        One row per convention, sorted by end: ctg, name, lead, ends_on, situation (one of `SITUATIONS`),
        successor, decided_on (when it was decided, else signed, on ``on`` at the latest),
        successor_starts_on, gap_days (days without any CTG between the two), communes and inhabitants of the
        last perimeter, uncovered_communes and uncovered_inhabitants (those that no known convention covers
        on ``on``, or on the day after the end if it is later), population_year. A sum that lacks a commune
        is missing.

    Raises
    ------
    QuestionError
        If ``on`` is not a day, ``within`` is not a number of months, or the year is unknown.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> found = ctg_renewals(example_tables(), "2025-09-30", 12)
    >>> found[["ctg", "situation", "uncovered_inhabitants"]].values.tolist()
    [['A', 'ends_undecided', 1000.0], ['C', 'ends_undecided', 2000.0]]
    """
    day = read_date(on)
    if isinstance(within, bool) or not isinstance(within, int) or within < 0:
        raise QuestionError(f"« {within} » n'est pas un nombre de mois : écrire par exemple within=12.")
    population, years = population_of(tables.territories, tables.families, population_year)
    people = population.set_index("commune")["value"]
    dated = tables.ctg.dropna(subset=["starts_on", "ends_on"])
    near = dated["ends_on"] <= day + pd.DateOffset(months=within)
    candidates = dated[near & (dated["starts_on"] <= day) & (dated["stage"] != "project")]
    follows = _followers(tables)
    rows = [_row(tables, day, one, people, follows.get(one["ctg"])) for one in candidates.to_dict("records")]
    kept = [row for row in rows if row["situation"]]
    frame = pd.DataFrame(kept, columns=list(COLUMNS))
    frame = frame.assign(population_year=years[0] if len(years) == 1 else None)
    frame = frame.astype({"gap_days": "Int64", "communes": "Int64", "uncovered_communes": "Int64"})
    frame = frame.astype({"population_year": "Int64", "inhabitants": float, "uncovered_inhabitants": float})
    frame = frame.sort_values(["ends_on", "ctg"], ignore_index=True)
    doubts = [beyond_the_data(tables, day), period_unknown(tables, day)]
    return remark(frame, [*not_received(tables, "ctg"), *doubts])


def _row(
    tables: Tables,
    day: pd.Timestamp,
    one: dict[object, object],
    people: pd.Series,
    follows: "pd.Series | None",
) -> dict[str, object]:
    """One convention; its situation is empty when nothing is left to say of it."""
    last = pd.Timestamp(str(one["ends_on"]))
    own = _last_perimeter(tables, str(one["ctg"]), last)
    own = own[is_in(own, pd.Series(people.index))]
    left = own[~is_in(own, covered_communes(tables, max(day, last + _ONE_DAY)))]
    decided = _decided_on(follows, day)
    starts_on = None if follows is None else follows["starts_on"]
    gap = None if follows is None or pd.isna(starts_on) else max((starts_on - last).days - 1, 0)
    return {
        **{name: one[name] for name in ("ctg", "name", "lead", "ends_on")},
        "situation": _situation(day, one, follows, decided, len(left) if len(own) else None),
        "successor": None if follows is None else follows["ctg"],
        "decided_on": decided,
        "successor_starts_on": starts_on,
        "gap_days": gap,
        "communes": len(own),
        "inhabitants": people.reindex(own).sum(skipna=False),
        "uncovered_communes": len(left),
        "uncovered_inhabitants": people.reindex(left).sum(skipna=False),
    }


def _last_perimeter(tables: Tables, ctg: str, last: pd.Timestamp) -> pd.Series:
    rows = perimeters(tables.membership)
    rows = rows[(rows["ctg"] == ctg) & in_force(rows, last)]
    return rows["commune"].drop_duplicates().sort_values(ignore_index=True)


def _followers(tables: Tables) -> dict[object, pd.Series]:
    """Row of the convention that follows each one, by the number of the one that is followed."""
    rows = {row["ctg"]: row for _, row in tables.ctg.iterrows()}
    return {one: rows[other] for one, other in successors(tables.ctg, tables.membership).items()}


def _decided_on(follows: "pd.Series | None", day: pd.Timestamp) -> "pd.Timestamp | None":
    """When the next convention was decided, else signed, if that was known on the day."""
    if follows is None:
        return None
    known = [follows[name] for name in ("decided_on", "signed_on") if follows[name] <= day]
    return known[0] if known else None


def _situation(
    day: pd.Timestamp,
    one: dict[object, object],
    follows: "pd.Series | None",
    decided: "pd.Timestamp | None",
    left: int | None,
) -> str:
    """Say what is left to do; ``left`` is None where the perimeter is not known."""
    if pd.Timestamp(str(one["ends_on"])) >= day:
        return "ends_undecided" if decided is None else "ends_decided"
    if left == 0:
        return ""
    if follows is not None and follows["starts_on"] <= day and follows["stage"] != "project":
        return "" if left is None else "ended_partly"
    if one["stage"] == "renewal_under_way" or decided is not None or follows is not None:
        return "ended_under_way"
    return "ended_successor_missing" if one["stage"] == "renewed" else "ended_without_renewal"
