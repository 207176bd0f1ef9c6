"""Counts by commune summed by territory, with what is known where one is withheld or missing."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from sdsf_analysis.indicators.codes import Codes, Flags, places_in
from sdsf_analysis.indicators.measures import sum_parts
from sdsf_analysis.indicators.territories import commune_codes
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


def sums_placed(placed: pd.DataFrame, perimeters: pd.DataFrame) -> pd.DataFrame:
    """Sum what is already placed in territories; a territory that has nothing has a true zero.

    Parameters
    ----------
    placed : pandas.DataFrame
        territory, value, status, low, high.
    perimeters : pandas.DataFrame
        territory, commune: every territory of the answer.

    Returns
    -------
    pandas.DataFrame
        As `sums_by` gives.

    Examples
    --------
    >>> placed = pd.DataFrame({"territory": ["a"], "value": [10.0], "status": ["known"],
    ...                        "low": [None], "high": [None]})
    >>> zones = pd.DataFrame({"territory": ["a", "b"], "commune": ["01001", "01002"]})
    >>> sums_placed(placed, zones)["value"].tolist()
    [10.0, 0.0]
    """
    territories = np.sort(perimeters["territory"].unique())
    codes = places_in(placed["territory"], pd.Series(territories, dtype="str"))
    sums = sum_parts(placed).at(codes >= 0).summed(codes[codes >= 0], len(territories))
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
    communes = commune_codes(tables.territories)
    families = tables.families
    is_measure = _is(families["measure"], measure)
    every_year = families["year"].to_numpy("float64", na_value=np.nan)
    for regime in regimes:
        told = np.flatnonzero(is_measure & _is(families["regime"], regime))
        if len(told):
            years = np.unique(every_year[told])
            before = years if year is None else years[years <= year]
            chosen = before.max() if len(before) else years.max()
            return Count(_on(communes, families, told[every_year[told] == chosen]), int(chosen), regime)
    return Count(_on(communes, families, np.array([], dtype=np.intp)), None, None)


def _is(column: pd.Series, code: str) -> Flags:
    return (column == code).to_numpy(bool, na_value=False)


def _on(communes: pd.Series, families: pd.DataFrame, told: Codes) -> pd.DataFrame:
    """One row per commune; missing where the file does not name it."""
    places = places_in(communes, families["commune"].take(told))
    is_known = places >= 0
    rows = told[places[is_known]]
    columns: dict[str, object] = {"commune": communes}
    for name in ("value", "low", "high"):
        numbers = np.full(len(communes), np.nan)
        numbers[is_known] = families[name].to_numpy("float64", na_value=np.nan)[rows]
        columns[name] = numbers
    status = np.full(len(communes), "missing", dtype=object)
    status[is_known] = families["status"].take(rows).to_numpy(object)
    return pd.DataFrame(columns | {"status": pd.array(status, dtype="str")})[["commune", *BOUNDED]]
