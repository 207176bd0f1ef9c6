"""Counts by commune summed by territory, with what is known where one is withheld or missing."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from sdsf_analysis.indicators.codes import places_in
from sdsf_analysis.indicators.measures import sum_parts
from sdsf_analysis.indicators.territories import departement_communes
from sdsf_analysis.model.tables import Tables

REGIMES = ("all", "caf")
BOUNDED = ["value", "status", "low", "high"]


def sums_by(rows: pd.DataFrame, perimeters: pd.DataFrame) -> pd.DataFrame:
    """Sum counts by territory: null rather than false.

    Parameters
    ----------
    rows : pandas.DataFrame
        commune, value, status, low, high; as many rows per commune as there are parts. A commune that has
        none adds nothing: what is not known of it needs a row that says ``missing``.
    perimeters : pandas.DataFrame
        territory, commune: every territory of the answer, as `territories.members` gives them.

    Returns
    -------
    pandas.DataFrame
        Indexed by territory, sorted: value (missing unless every part is known), status, low and high (equal
        to the value where it is exact).

    Examples
    --------
    >>> rows = pd.DataFrame({"commune": ["01001", "01002"], "value": [10.0, None],
    ...                      "status": ["known", "secret"], "low": [None, 1.0], "high": [None, 4.0]})
    >>> zones = pd.DataFrame({"territory": ["a", "a", "b"], "commune": ["01001", "01002", "01001"]})
    >>> sums_by(rows, zones).values.tolist()
    [[nan, 'secret', 11.0, 14.0], [10.0, 'known', 10.0, 10.0]]
    """
    codes, territories = pd.factorize(perimeters["territory"], sort=True)
    joined = perimeters[["commune"]].assign(_code=codes).merge(rows, on="commune", validate="many_to_many")
    sums = sum_parts(joined).summed(joined["_code"].to_numpy(np.intp), len(territories))
    columns = {"value": sums.value, "status": sums.status(), "low": sums.low, "high": sums.high}
    return pd.DataFrame(columns).set_axis(pd.Index(territories, name="territory"))


class Count(NamedTuple):
    """A count of children or families by commune, with its year and regime; none where no file gives it.

    Attributes
    ----------
    rows : pandas.DataFrame
        commune, value, status, low, high: one row per commune of the département, in the order of
        ``territories``.
    year : int or None
    regime : str or None
    """

    rows: pd.DataFrame
    year: int | None
    regime: str | None


def family_count(
    tables: Tables, measure: str, year: int | None = None, regimes: tuple[str, ...] = REGIMES
) -> Count:
    """Take one measure of ``families``, of the latest year not after a year, else of the latest of all.

    The first regime that has the measure counts alone: the Caf's and the MSA's figures never add up, for one
    family may be in both.

    Parameters
    ----------
    tables : Tables
    measure : str
        Code of the list ``families_measure``.
    year : int, optional
        Year of the question; the latest known without it.
    regimes : tuple of str
        In order of preference.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> found = family_count(example_tables(), "children_0_2", 2024)
    >>> found.year, found.regime, found.rows["value"].tolist()
    (2023, 'all', [30.0, 15.0, 60.0, nan])
    """
    communes = departement_communes(tables.territories)["commune"]
    families = tables.families
    of_measure = families[families["measure"] == measure]
    for regime in regimes:
        told = of_measure[of_measure["regime"] == regime]
        if not told.empty:
            years = sorted(told["year"].unique())
            chosen = max((one for one in years if year is None or one <= year), default=years[-1])
            return Count(_on(communes, told[told["year"] == chosen]), int(chosen), regime)
    return Count(_on(communes, of_measure), None, None)


def _on(communes: pd.Series, told: pd.DataFrame) -> pd.DataFrame:
    """One row per commune; missing where the file does not name it."""
    places = places_in(communes, told["commune"])
    rows = (
        told[BOUNDED].iloc[np.where(places < 0, 0, places)]
        if len(told)
        else told.reindex(columns=BOUNDED, index=range(len(communes)))
    )
    rows = rows.reset_index(drop=True)
    is_known = places >= 0
    numbers = {name: rows[name].astype("float64").where(is_known) for name in ("value", "low", "high")}
    status = rows["status"].astype("str").where(is_known, "missing")
    return pd.DataFrame({"commune": communes.reset_index(drop=True), **numbers, "status": status})[
        ["commune", *BOUNDED]
    ]
