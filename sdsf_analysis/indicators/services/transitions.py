"""What happens to the services between two dates: each change of the offer, with its reason."""

import numpy as np
import pandas as pd

from sdsf_analysis.build.periods import COMING

_DAY = pd.Timedelta(days=1)
OPEN = "open"


def transitions(offer: pd.DataFrame, start: pd.Timestamp, end: pd.Timestamp) -> pd.DataFrame:
    """Pair the row that a service leaves with the one that it enters, for each change between two dates.

    Parameters
    ----------
    offer : pandas.DataFrame
        Rows of ``offer``, indexed from 0 and sorted by service and first day.
    start, end : pandas.Timestamp
        Changes after the first and not after the second.

    Returns
    -------
    pandas.DataFrame
        date, before and after (index of the rows, -1 for none), sorted by date.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> offer = example_tables().offer.sort_values(["service", "valid_from"], ignore_index=True)
    >>> transitions(offer, pd.Timestamp("2023-12-31"), pd.Timestamp("2024-12-31")).values.tolist()
    [[Timestamp('2024-09-01 00:00:00'), 0, 1], [Timestamp('2024-09-01 00:00:00'), 3, -1],
     [Timestamp('2024-12-31 00:00:00'), -1, 2], [Timestamp('2024-12-31 00:00:00'), 4, -1]]
    """
    numbers = np.arange(len(offer))
    is_first = ~offer["service"].duplicated().to_numpy()
    is_last = ~offer["service"].duplicated(keep="last").to_numpy()
    ends = (offer["valid_to"] + _DAY).to_numpy()
    begins = offer["valid_from"].to_numpy()
    # a service that is nowhere for a while leaves, then comes back
    has_gap = np.append(ends[:-1] < begins[1:], False) & ~is_last
    follows = ~is_first & ~np.append(False, has_gap[:-1])
    enters, leaves = ~follows, (is_last & ~np.isnat(ends)) | has_gap
    frames = [
        pd.DataFrame({"date": begins[follows], "before": numbers[follows] - 1, "after": numbers[follows]}),
        pd.DataFrame({"date": begins[enters], "before": -1, "after": numbers[enters]}),
        pd.DataFrame({"date": ends[leaves], "before": numbers[leaves], "after": -1}),
    ]
    found = pd.concat(frames, ignore_index=True).astype({"before": "int64", "after": "int64"})
    inside = found[(found["date"] > start) & (found["date"] <= end)]
    return inside.sort_values(["date", "before", "after"], ignore_index=True)


def reasons(
    offer: pd.DataFrame, changes: pd.DataFrame, start: pd.Timestamp, end: pd.Timestamp
) -> pd.DataFrame:
    """Say what each change is, for the services that begin or cease to be open.

    ``created``: its opening is dated in the period, or it was a project; ``reopened``: it was closed, frozen
    or away; ``not_dated``: a list sees it first, and nobody says since when it is there; ``closed``: said
    closed; ``frozen``: frozen, or under works; ``left``: no longer there, and nobody says that it closed.

    Parameters
    ----------
    offer, changes : pandas.DataFrame
        As `transitions` takes and gives them.
    start, end : pandas.Timestamp

    Returns
    -------
    pandas.DataFrame
        The changes with open_before, open_after, enters and leaves (the reason; missing where a service was
        and stays open, or was not and is not).

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> offer = example_tables().offer.sort_values(["service", "valid_from"], ignore_index=True)
    >>> days = pd.Timestamp("2023-12-31"), pd.Timestamp("2024-12-31")
    >>> found = reasons(offer, transitions(offer, *days), *days)
    >>> found[["enters", "leaves"]].fillna("").values.tolist()
    [['', ''], ['', 'closed'], ['not_dated', ''], ['', '']]
    """
    before, after = _side(offer, changes["before"]), _side(offer, changes["after"])
    is_first = ~offer["service"].duplicated().reindex(changes["after"]).fillna(True).to_numpy(bool)
    opened = after["opened_on"]
    dated = ((opened > start) & (opened <= end)).to_numpy()
    was, now = before["stage"].astype("str").fillna(""), after["stage"].astype("str").fillna("")
    none_before, none_after = (changes["before"] < 0).to_numpy(), (changes["after"] < 0).to_numpy()
    comes_back = (none_before & ~is_first) | was.isin(["closed", "frozen"]).to_numpy()
    made = (none_before & is_first & dated) | was.isin(COMING).to_numpy()
    enters = np.select([comes_back, made], ["reopened", "created"], "not_dated")
    said_closed = (now == "closed").to_numpy() | (none_after & before["closed_on"].notna().to_numpy())
    suspended = now.isin(["frozen", *COMING]).to_numpy()
    leaves = np.select([said_closed, suspended], ["closed", "frozen"], "left")
    open_before, open_after = (was == OPEN).to_numpy(), (now == OPEN).to_numpy()
    return changes.assign(
        open_before=open_before,
        open_after=open_after,
        enters=pd.Series(enters, dtype="str").where(~open_before & open_after),
        leaves=pd.Series(leaves, dtype="str").where(open_before & ~open_after),
    )


def _side(offer: pd.DataFrame, rows: pd.Series) -> pd.DataFrame:
    return offer[["stage", "opened_on", "closed_on"]].reindex(rows).reset_index(drop=True)
