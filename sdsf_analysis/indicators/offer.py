"""The service offer at a date: one row per service, as the files that speak of it say it was on that day."""

from collections.abc import Sequence

import pandas as pd

from sdsf_analysis.indicators.asked import Day, check_choice, read_date
from sdsf_analysis.indicators.remarks import listed, remark
from sdsf_analysis.model.french import french_date
from sdsf_analysis.model.lists import choices
from sdsf_analysis.model.tables import Tables

_STAGES = "offer_stage"
_KINDS = "offer_kind"
_STOPPED = ("frozen", "closed")
NOT_RECEIVED = (
    "Aucun service dans les tables : déposer les listes des partenaires dans data/raw, puis construire."
)


def offer_at(
    tables: Tables, on: Day, *, stages: Sequence[str] = ("open",), kinds: Sequence[str] = ()
) -> pd.DataFrame:
    """List the services of a day: what is open, or on request what is frozen, planned, granted, being built.

    A row holds from its first day to its last one, both included; without a last day it goes on. What cannot
    be told is said in ``attrs["remark"]``: the services that no file dates before this day, those whose state
    is not known, those that closed on a day that nobody gives.

    Parameters
    ----------
    tables : Tables
    on : str or datetime.date
    stages : sequence of str
        Codes of the list ``offer_stage``: ``open``, ``frozen``, ``planned``, ``granted``, ``building``,
        ``closed``.
    kinds : sequence of str
        Codes of the list ``offer_kind``; every kind without it.

    Returns
    -------
    pandas.DataFrame
        Rows of the table ``offer``, with all its columns, one per service, sorted by service.

    Raises
    ------
    QuestionError
        If ``on`` is not a day, a stage or a kind is unknown; the message lists them.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> found = offer_at(example_tables(), "2024-06-30")
    >>> found[["service", "capacity"]].values.tolist()
    [['c1', 24.0], ['m1', 12.0]]
    >>> found.attrs["remark"]
    "1 service n'est daté que par la liste du 31 décembre 2024 et manque à cette date : c2."
    >>> offer_at(example_tables(), "2024-06-30", stages=["planned", "building"])["service"].tolist()
    ['p1']
    """
    day = read_date(on)
    wanted = [check_choice("État inconnu (stages)", stage, choices(_STAGES)) for stage in stages]
    of_kinds = [check_choice("Type de service inconnu (kinds)", kind, choices(_KINDS)) for kind in kinds]
    offer = tables.offer
    offer = offer[offer["kind"].isin(of_kinds)] if of_kinds else offer
    held = offer[is_held(offer, day)]
    frame = held[held["stage"].isin(wanted)].sort_values("service", ignore_index=True)
    said = "" if not tables.offer.empty else NOT_RECEIVED
    return remark(frame, [said, _not_yet_dated(offer, day, wanted), *_unsaid(held)])


def is_held(offer: pd.DataFrame, day: pd.Timestamp) -> pd.Series:
    """Whether each row of the offer holds on a day, its first and last days included.

    Parameters
    ----------
    offer : pandas.DataFrame
        Rows of the table ``offer``.
    day : pandas.Timestamp

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> offer = example_tables().offer
    >>> offer.loc[is_held(offer, pd.Timestamp("2024-09-01")), "service"].tolist()
    ['c1', 'p1']
    """
    return (offer["valid_from"] <= day) & (offer["valid_to"].isna() | (offer["valid_to"] >= day))


def undated_after(offer: pd.DataFrame, day: pd.Timestamp, stages: Sequence[str]) -> pd.DataFrame:
    """First rows of the services that a list saw later, and of which no file says what they were before.

    Either no file says since when they are there, or a list saw them frozen or closed, without saying since
    when: they may have been open.

    Parameters
    ----------
    offer : pandas.DataFrame
        Rows of the table ``offer``.
    day : pandas.Timestamp
    stages : sequence of str
        States asked of the day.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> undated_after(example_tables().offer, pd.Timestamp("2024-06-30"), ["open"])["service"].tolist()
    ['c2']
    """
    order = offer[["service", "valid_from"]].sort_values("valid_from", kind="stable")
    first = offer.loc[order.drop_duplicates("service").index]
    later = first["valid_from"] > day
    unknown = later & first["stage"].isin(list(stages)) & first["opened_on"].isna()
    stopped = later & first["stage"].isin(_STOPPED) & ~(first["opened_on"] > day)
    return first[unknown | stopped] if "open" in stages else first[unknown]


def _not_yet_dated(offer: pd.DataFrame, day: pd.Timestamp, wanted: list[str]) -> str:
    """Services that a list saw later, and of which no file says since when they are there."""
    unknown = undated_after(offer, day, wanted)
    if unknown.empty:
        return ""
    first_list = french_date(unknown["valid_from"].min())
    if len(unknown) == 1:
        said = f"1 service n'est daté que par la liste du {first_list} et manque à cette date"
    else:
        said = (
            f"{len(unknown)} services ne sont datés que par des listes, la première du {first_list}, "
            "et manquent à cette date"
        )
    return listed(said, sorted(unknown["service"]))


def _unsaid(held: pd.DataFrame) -> list[str]:
    """Sentences on the services of the day whose state, or whose closing, nobody dates."""
    closed = held[(held["stage"] == "closed") & held["closed_on"].isna()]
    return [
        listed("Services dont l'état n'est pas dit", sorted(held.loc[held["stage"].isna(), "service"])),
        listed("Services dits fermés, sans date de fermeture", sorted(closed["service"])),
    ]
