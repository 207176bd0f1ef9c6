"""Forecast, updated or actual: the one nature that a year of amounts is read in."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from sdsf_analysis.indicators.codes import is_in

# from the most to the least definite: of one year they are three accounts of the same money, never a sum
NATURES = ("actual", "updated", "forecast")
_KEY = ["service", "fund"]


class Amounts(NamedTuple):
    """The amounts of one year in one nature.

    Attributes
    ----------
    rows : pandas.DataFrame
        service, fund, value, status, low, high. What a less definite nature alone tells is missing, not zero.
    year : int or None
        None where no amount answers.
    nature : str
    lacking : list of str
        Services of which this nature says nothing, where a less definite one speaks of them.
    """

    rows: pd.DataFrame
    year: int | None
    nature: str
    lacking: list[str]


def best_natures(funds: pd.DataFrame, nature: str | None = None) -> dict[int, str]:
    """Choose one nature for each year: the one that is asked where the year has it, else the most definite.

    Parameters
    ----------
    funds : pandas.DataFrame
        Rows of ``funds``.
    nature : str, optional
        Only the years that have it.

    Examples
    --------
    >>> rows = pd.DataFrame({"year": [2023, 2023, 2024], "nature": ["forecast", "actual", "forecast"]})
    >>> best_natures(rows), best_natures(rows, "actual")
    ({2023: 'actual', 2024: 'forecast'}, {2023: 'actual'})
    """
    pairs = funds[["year", "nature"]].dropna().drop_duplicates()
    if nature is not None:
        pairs = pairs[pairs["nature"] == nature]
    pairs = pairs[pairs["nature"].isin(NATURES)]
    ranked = pairs.assign(rank=pairs["nature"].map(NATURES.index)).sort_values(["year", "rank"])
    first = ranked.drop_duplicates("year")
    return dict(zip(map(int, first["year"]), map(str, first["nature"]), strict=True))


def amounts_of(funds: pd.DataFrame, year: int | None, nature: str) -> Amounts:
    """Give the amounts of one year in one nature, with what only a less definite nature tells.

    A structure that was promised money and of which the accounts say nothing yet has an amount that is
    missing; so has a fund that the accounts do not show at all. An amount without a number is missing too,
    and counts for at least nothing.

    Parameters
    ----------
    funds : pandas.DataFrame
        Rows of ``funds``.
    year : int or None
    nature : str

    Examples
    --------
    >>> rows = pd.DataFrame({"service": ["a", "a", "b"], "year": 2023, "fund": "prestation_service",
    ...                      "nature": ["actual", "forecast", "forecast"], "amount_eur": [10.0, 12.0, 8.0]})
    >>> found = amounts_of(rows, 2023, "actual")
    >>> found.rows[["service", "value", "status"]].values.tolist(), found.lacking
    ([['a', 10.0, 'known'], ['b', nan, 'missing']], ['b'])
    """
    of_year = funds[funds["year"] == year]
    own = of_year[of_year["nature"] == nature]
    less = of_year[of_year["nature"].isin(NATURES[NATURES.index(nature) + 1 :])]
    unseen = ~is_in(less["service"], own["service"]) | ~is_in(less["fund"], own["fund"])
    promised = less[unseen].drop_duplicates(_KEY)
    rows = pd.concat([own, promised.assign(amount_eur=np.nan)]) if len(promised) else own
    value = rows["amount_eur"].astype("float64")
    is_known = value.notna()
    told = rows[_KEY].assign(
        value=value,
        status=is_known.map({True: "known", False: "missing"}).astype("str"),
        low=np.where(is_known, np.nan, 0.0),
        high=np.nan,
    )
    lacking = sorted(promised.loc[~is_in(promised["service"], own["service"]), "service"].unique())
    return Amounts(told.reset_index(drop=True), year, nature, lacking)
