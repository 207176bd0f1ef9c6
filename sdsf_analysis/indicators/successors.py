"""Which CTG follows which: the one that says so, else the first later one with half of its communes."""

import pandas as pd

from sdsf_analysis.indicators.measures import in_force

_ENOUGH = 0.5


def successors(ctg: pd.DataFrame, membership: pd.DataFrame) -> pd.Series:
    """Find the CTG that follows each CTG, as far as the tables tell.

    Parameters
    ----------
    ctg, membership : pandas.DataFrame
        Tables of these names.

    Returns
    -------
    pandas.Series
        Number of the CTG that follows, indexed by that of the CTG that is followed; those that nothing
        follows are left out. A CTG whose start is not known is held to be to come.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> tables = example_tables()
    >>> successors(tables.ctg.assign(replaces=None), tables.membership).to_dict()
    {'B1': 'B2'}
    """
    pairs = pd.concat([_named(ctg), _taken_up(ctg, membership)])
    days = ctg[["ctg", "starts_on"]]
    pairs = pairs.merge(days, on="ctg", validate="many_to_one")
    followers = days.rename(columns={"ctg": "follower", "starts_on": "then"})
    pairs = pairs.merge(followers, on="follower", validate="many_to_one")
    later = (pairs["then"] > pairs["starts_on"]) | pairs["then"].isna()
    pairs = pairs[later & (pairs["ctg"] != pairs["follower"])]
    order = ["ctg", "rank", "then", "follower"]
    return pairs.sort_values(order).drop_duplicates("ctg").set_index("ctg")["follower"]


def _named(ctg: pd.DataFrame) -> pd.DataFrame:
    rows = ctg[["replaces", "ctg"]].set_axis(["ctg", "follower"], axis=1)
    return rows.dropna().astype("str").assign(rank=0)


def _taken_up(ctg: pd.DataFrame, membership: pd.DataFrame) -> pd.DataFrame:
    """Pairs of CTG of which the second has at least half of the last communes of the first."""
    rows = membership.loc[membership["level"] == "ctg", ["territory", "commune", "starts_on", "ends_on"]]
    rows = rows.rename(columns={"territory": "ctg"})
    ends = rows["ctg"].map(dict(zip(ctg["ctg"], ctg["ends_on"], strict=True)))
    last = rows[in_force(rows, ends.astype("datetime64[us]"))]
    own = last[["ctg", "commune"]].drop_duplicates()
    others = rows[["ctg", "commune"]].drop_duplicates().rename(columns={"ctg": "follower"})
    both = own.merge(others, on="commune", validate="many_to_many")
    shared = both.groupby(["ctg", "follower"]).size().reset_index(name="n")
    sizes = shared["ctg"].map(own["ctg"].value_counts().to_dict()).astype("float64")
    return shared.loc[shared["n"] >= _ENOUGH * sizes, ["ctg", "follower"]].assign(rank=1)
