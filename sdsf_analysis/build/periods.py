"""One row of the offer per period in which nothing changed."""

from collections.abc import Iterator
from datetime import date, timedelta

import pandas as pd

from sdsf_analysis.build.cells import Cells
from sdsf_analysis.build.finish import problem_at
from sdsf_analysis.model.problems import Problem
from sdsf_analysis.model.tables import table

_ONE_DAY = timedelta(days=1)
_DATES = ("service", "valid_from", "valid_to")


def offer_periods(offer: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, str]]:
    """One row per period in which nothing changed.

    Parameters
    ----------
    offer : pandas.DataFrame
        Rows of the table ``offer``, one per observation of a service, each with its ``_row``.

    Returns
    -------
    tuple of (pandas.DataFrame, dict)
        The rows: an observation that repeats the previous one joins it, a change closes it the day before.
        And the names of the rows that joined another → that other.
    """
    ordered = offer.sort_values(["service", "valid_from"], kind="stable").reset_index(drop=True)
    same = _repeats(ordered)
    kept = ordered[~same].copy()
    # the last observation of a run says when the period ends
    kept["valid_to"] = ordered.loc[~same.shift(-1, fill_value=False), "valid_to"].to_numpy()
    kept["valid_to"] = kept["valid_to"].fillna(_day_before_next(kept))
    first = ordered["_row"].where(~same).ffill()
    joined = dict(zip(ordered["_row"][same], first[same], strict=True))
    return kept.reset_index(drop=True), joined


def _repeats(ordered: pd.DataFrame) -> "pd.Series[bool]":
    """Whether an observation says what the previous one of its service said, and follows on from it."""
    columns = [name for name in table("offer").names if name not in _DATES]
    content = pd.Series(list(map(str, ordered[columns].to_numpy(dtype="object").tolist())), dtype="str")
    is_told_again = (ordered["service"] == ordered["service"].shift()) & (content == content.shift())
    was_ended = ordered["valid_to"].shift() + _ONE_DAY < ordered["valid_from"]
    # two lines of one date are not two observations: they are asked about
    is_later = ordered["valid_from"] > ordered["valid_from"].shift()
    return is_told_again & is_later & ~was_ended


def _day_before_next(kept: pd.DataFrame) -> pd.Series:
    following = kept.groupby("service")["valid_from"].shift(-1)
    return (following - _ONE_DAY).where(following > kept["valid_from"])


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
