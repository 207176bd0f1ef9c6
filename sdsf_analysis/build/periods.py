"""One row of the offer per period in which nothing changed."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

import pandas as pd

from sdsf_analysis.build.cells import NO_CELLS, Cells
from sdsf_analysis.build.finish import other_place, problem_at
from sdsf_analysis.build.history import History, Sighting, history
from sdsf_analysis.build.ledger import loans
from sdsf_analysis.model.problems import Problem
from sdsf_analysis.model.tables import table
from sdsf_analysis.recipes.rows import MARKS

# day that the file of a row speaks of, beside the marks of the row
SEEN = "_seen"
# stages of a service that is not open yet
COMING = ("planned", "granted", "building")
_ONE_DAY = timedelta(days=1)
_LONG_AGO = pd.Timestamp(1, 1, 1).as_unit("us")
# the opening and the closing are the service's: they open no period by themselves
_OF_LIFE = ("opened_on", "closed_on")
_DATES = ("service", "valid_from", "valid_to", *_OF_LIFE)


class Periods(NamedTuple):
    """Rows of the offer, and what became of those that were observed.

    Attributes
    ----------
    frame : pandas.DataFrame
    joined : dict
        Rows that joined another → that other.
    moved : frozenset of str
        Rows whose first day is the one that their file speaks of, not the one that they give.
    lent : pandas.DataFrame
        Values that another row of the service gave, as `sdsf_analysis.build.ledger.loans` says.
    problems : list of Problem
    """

    frame: pd.DataFrame
    joined: dict[str, str]
    moved: frozenset[str]
    lent: pd.DataFrame
    problems: list[Problem]


def offer_periods(offer: pd.DataFrame, cells: Cells = NO_CELLS) -> Periods:
    """One row per period in which nothing changed; see `sdsf_analysis.build.history.history`.

    Parameters
    ----------
    offer : pandas.DataFrame
        Rows of the table ``offer``, one per observation of a service, each with its ``_row`` and, where its
        file is dated, the day that it speaks of (``_seen``).
    cells : Cells
        Cells of the rows.

    Returns
    -------
    Periods
        An observation that repeats the previous one joins it, a change closes it the day before.
    """
    ordered = offer.reset_index(drop=True)
    if SEEN not in ordered:
        ordered[SEEN] = pd.Series(None, index=ordered.index, dtype=ordered["valid_from"].dtype)
    ordered[SEEN] = ordered[SEEN].fillna(ordered["valid_from"])
    ordered = ordered.sort_values(["service", SEEN, "valid_from"], kind="stable").reset_index(drop=True)
    is_repeated = ordered["service"].duplicated(keep=False) & ordered["valid_from"].notna()
    return _put_together(ordered, is_repeated, _histories(ordered[is_repeated]), cells)


def last_days(offer: pd.DataFrame) -> tuple[pd.DataFrame, "pd.Series[str]"]:
    """Begin on its last day what ended before the only day that dates it: nothing else is known of it.

    Parameters
    ----------
    offer : pandas.DataFrame
        Rows of the table ``offer`` as observed, with the day that their file speaks of.

    Returns
    -------
    tuple of (pandas.DataFrame, pandas.Series)
        The rows, and the names of those that were moved.
    """
    is_over = (offer["valid_to"] < offer["valid_from"]) & (offer["valid_from"] == offer[SEEN])
    first_day = offer["valid_from"].mask(is_over, offer["valid_to"])
    return offer.assign(valid_from=first_day), offer.loc[is_over, "_row"]


def since_seen(offer: pd.DataFrame) -> tuple[pd.DataFrame, frozenset[str]]:
    """Begin on the day of the list that says so what was not so at the opening: frozen, closed, not open yet.

    A structure that a list says frozen opened once: it was not frozen then, and nothing says since when.

    Parameters
    ----------
    offer : pandas.DataFrame
        Rows of the table ``offer`` as observed, with the day that their file speaks of.

    Returns
    -------
    tuple of (pandas.DataFrame, frozenset of str)
        The rows, and the names of those that begin on the day of their list.

    Examples
    --------
    >>> days = pd.to_datetime(["2015-09-01", "2015-09-01"])
    >>> rows = pd.DataFrame({"_row": ["a", "b"], "stage": ["frozen", "open"], "valid_from": days,
    ...                      "opened_on": days, "valid_to": pd.NaT, SEEN: pd.Timestamp("2024-12-31")})
    >>> found, moved = since_seen(rows)
    >>> found["valid_from"].dt.year.tolist(), sorted(moved)
    ([2024, 2015], ['a'])
    """
    is_dated = offer[SEEN].notna() & offer["valid_to"].isna() & (offer["valid_from"] == offer["opened_on"])
    since = offer["stage"].isin(("frozen", "closed")) & (offer["valid_from"] < offer[SEEN])
    announced = offer["stage"].isin(COMING) & (offer["valid_from"] > offer[SEEN])
    is_moved = is_dated & (since | announced)
    first_day = offer["valid_from"].mask(is_moved, offer[SEEN])
    return offer.assign(valid_from=first_day), frozenset(offer.loc[is_moved, "_row"])


def _histories(rows: pd.DataFrame) -> list[History]:
    columns = [name for name in table("offer").names if name not in _DATES]
    contents = map(str, rows[columns].to_numpy(dtype="object").tolist())
    days = [_days(rows[name]) for name in (SEEN, "valid_from", "valid_to")]
    by_service: dict[str, list[Sighting]] = {}
    for row, service, seen, start, end, content in zip(
        rows.index, rows["service"], *days, contents, strict=True
    ):
        by_service.setdefault(service, []).append(
            Sighting(row, seen or date.max, start or date.max, end, content)
        )
    return [history(same) for same in by_service.values()]


def _days(column: pd.Series) -> list[date | None]:
    return [None if pd.isna(day) else day.date() for day in column]


def _put_together(
    ordered: pd.DataFrame, is_repeated: "pd.Series[bool]", told: list[History], cells: Cells
) -> Periods:
    periods = [period for one in told for period in one.periods]
    first, last = ([period.rows[rank] for period in periods] for rank in (0, -1))
    kept = ordered.loc[first].assign(
        valid_from=_timestamps([period.start for period in periods]),
        valid_to=_timestamps([period.end for period in periods]),
        # the last file to speak of a period says what became of the service
        **{name: ordered.loc[last, name].to_numpy() for name in _OF_LIFE},
    )
    is_moved = (kept["valid_from"] != ordered.loc[first, "valid_from"]).to_numpy()
    moved = frozenset(kept.loc[is_moved, "_row"])
    frame = pd.concat([ordered[~is_repeated], kept]).sort_values(["service", "valid_from"], kind="stable")
    frame, lent = _with_life(frame.drop(columns=SEEN).reset_index(drop=True))
    names = ordered["_row"]
    joined = {names[row]: names[period.rows[0]] for period in periods for row in period.rows[1:]}
    problems = [_overlap(ordered, row, other, cells) for one in told for row, other in one.doubts]
    return Periods(frame, joined, moved, lent, problems)


def _timestamps(days: list[date | None]) -> pd.DatetimeIndex:
    return pd.DatetimeIndex([pd.NaT if day is None else pd.Timestamp(day) for day in days]).as_unit("us")


def _with_life(frame: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give all the rows of a service the opening and the closing that one of them tells."""
    services = frame["service"]
    found = []
    for name in _OF_LIFE:
        lender = frame["_row"].where(frame[name].notna())
        same = [frame[name].groupby(services), lender.groupby(services)]
        # what comes later says what became of it; what came before says since when
        later, earlier = ([one.bfill() for one in same], [one.ffill() for one in same])
        values, lenders = (one.fillna(two) for one, two in zip(later, earlier, strict=True))
        if name == "closed_on":
            values, lenders = later
        filled = frame[name].isna() & values.notna()
        found.append(loans(frame.loc[filled, "_row"], lenders[filled], name, name))
        frame = frame.assign(**{name: values})
    return frame, pd.concat(found, ignore_index=True)


def _overlap(ordered: pd.DataFrame, row: int, other: int, cells: Cells) -> Problem:
    one, earlier = (ordered.loc[number].to_dict() for number in (row, other))
    place = other_place(one | {f"{mark}_other": earlier[mark] for mark in MARKS})
    message = (
        f"« {one['service']} » : la période {_period_said(one)} contredit celle de {place}, "
        f"{_period_said(earlier)}."
    )
    return cells.at(problem_at(one, "offer_overlap", message, one["service"]), one["_row"], "valid_from")


def _period_said(row: dict[Any, Any]) -> str:
    start, end = row["valid_from"], row["valid_to"]
    return f"du {start:%d/%m/%Y} au {end:%d/%m/%Y}" if pd.notna(end) else f"qui commence le {start:%d/%m/%Y}"


def authority_periods(authorities: pd.DataFrame) -> pd.DataFrame:
    """End the authority of a commune the day before the next one begins, where its end is not said.

    Parameters
    ----------
    authorities : pandas.DataFrame
        Rows of the table ``authorities``; a beginning that is not known comes first.
    """
    ordered = authorities.sort_values(
        ["commune", "starts_on"], kind="stable", na_position="first", ignore_index=True
    )
    following = ordered.groupby("commune")["starts_on"].shift(-1)
    is_later = following > ordered["starts_on"].fillna(_LONG_AGO)
    return ordered.assign(ends_on=ordered["ends_on"].fillna((following - _ONE_DAY).where(is_later)))


def next_rows(offer: pd.DataFrame) -> pd.DataFrame:
    """Rows that end because the next one of their service begins: ``_row`` and ``next``.

    Parameters
    ----------
    offer : pandas.DataFrame
        As given by `offer_periods`.
    """
    ordered = offer.sort_values(["service", "valid_from"], kind="stable")
    following = ordered.groupby("service")[["_row", "valid_from"]].shift(-1)
    ends_there = ordered["valid_to"] == following["valid_from"] - _ONE_DAY
    return pd.DataFrame({"_row": ordered["_row"], "next": following["_row"]})[ends_there]


def expired_agreements(offer: pd.DataFrame, on: date, cells: Cells) -> Iterator[Problem]:
    """Name the services whose agreement ended before a date, when nothing says that they closed.

    Parameters
    ----------
    offer : pandas.DataFrame
        Rows of the table ``offer``, before `offer_periods`.
    on : datetime.date
        The date asked.
    cells : Cells
        Where each value comes from.
    """
    last = offer.sort_values("valid_from", kind="stable").drop_duplicates("service", keep="last")
    is_over = (last["valid_to"] < pd.Timestamp(on)) & last["closed_on"].isna() & (last["stage"] != "closed")
    for row in last[is_over].to_dict("records"):
        day = f"{row['valid_to']:%d/%m/%Y}"
        message = f"L'agrément de « {row['name']} » est échu depuis le {day}, et aucun autre n'est connu."
        yield cells.at(problem_at(row, "agreement_expired", message, day), row["_row"], "valid_to")
