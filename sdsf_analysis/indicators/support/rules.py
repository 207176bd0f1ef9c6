"""The rules that put a structure under watch: a figure beyond a threshold, or that worsens year after year.

No text that was found sets these thresholds: they are where to begin, and the Caf sets its own.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.indicators.codes import Flags, is_in
from sdsf_analysis.indicators.measures import Numbers
from sdsf_analysis.model.french import number, percent
from sdsf_analysis.model.tables import Tables

# what the rules read; the last three are for the charges
JUDGED = ("occupancy_rate", "billing_rate", "result", "cash")
MEASURES = (*JUDGED, "budget", "hours_done", "hourly_cost_price")


class Thresholds(NamedTuple):
    """Where each rule begins.

    Attributes
    ----------
    occupancy_min, billing_max, deficit_max : float
        In per cent; the deficit in per cent of the charges.
    cash_min : float
        In days.
    fall : float
        In points, over the years of a trend.
    years : int
        Years that a trend is read over.
    """

    occupancy_min: float = 60
    billing_max: float = 117
    deficit_max: float = 5
    cash_min: float = 15
    fall: float = 5
    years: int = 3

    def checked(self) -> "Thresholds":
        """Refuse what is no threshold.

        Raises
        ------
        QuestionError
            If one is not a number, or a trend has less than two years.
        """
        if not all(np.isfinite(float(one)) for one in self) or int(self.years) < 2:
            raise QuestionError(
                "Les seuils de watch_list sont des nombres, et une tendance se lit sur deux années au moins "
                f"(years) ; reçu : {self._asdict()}."
            )
        return self


class Series(NamedTuple):
    """One measure of the structures over some years.

    Attributes
    ----------
    services : pandas.Index
        Those that have a figure of the last year.
    years : list of int
        Rising; the last one is that of the alert.
    values : numpy.ndarray
        One row per service, one column per year; missing where nothing is known.
    """

    services: pd.Index
    years: list[int]
    values: np.ndarray


def actual_figures(tables: Tables, last: int) -> pd.DataFrame:
    """Actual figures that the rules read, up to a year; those that are withheld or in error are none.

    Examples
    --------
    >>> from sdsf_analysis.indicators.support.example import support_example
    >>> actual_figures(support_example(), 2022)[["service", "measure", "value"]].values.tolist()
    [['c1', 'occupancy_rate', 70.0], ['c1', 'result', -4000.0], ['m1', 'occupancy_rate', 80.0]]
    """
    activity = tables.activity
    kept = is_in(activity["measure"], pd.Series(MEASURES))
    kept &= ((activity["nature"] == "actual") & (activity["status"] == "known")).to_numpy(bool)
    kept &= (activity["year"] <= last).to_numpy(bool, na_value=False)
    return activity.loc[kept, ["service", "year", "measure", "value"]].dropna().reset_index(drop=True)


def series_of(figures: pd.DataFrame, measure: str, years: int) -> Series:
    """Take one measure over the last years that are known of it.

    Parameters
    ----------
    figures : pandas.DataFrame
        As `actual_figures` gives them.
    measure : str
    years : int
        At most so many.

    Examples
    --------
    >>> from sdsf_analysis.indicators.support.example import support_example
    >>> found = series_of(actual_figures(support_example(), 2023), "occupancy_rate", 3)
    >>> found.services.tolist(), found.years, found.values.tolist()
    (['c1', 'm1'], [2022, 2023], [[70.0, 66.0], [80.0, 82.0]])
    """
    rows = figures[figures["measure"] == measure]
    if rows.empty:
        return Series(pd.Index([], dtype="str"), [], np.empty((0, 0)))
    year = rows["year"].to_numpy(np.intp)
    final = int(year.max())
    span = list(range(max(int(year.min()), final - years + 1), final + 1))
    codes, services = pd.factorize(rows["service"], sort=True)
    values = np.full((len(services), len(span)), np.nan)
    inside = year >= span[0]
    values[codes[inside], year[inside] - span[0]] = rows["value"].to_numpy()[inside]
    is_told = ~np.isnan(values[:, -1])
    return Series(pd.Index(services)[is_told], span, values[is_told])


def shares_of_charges(figures: pd.DataFrame, results: Series) -> Series:
    """Result of the last year in per cent of the charges: the budget, else hours done · hourly cost price.

    Examples
    --------
    >>> from sdsf_analysis.indicators.support.example import support_example
    >>> rows = actual_figures(support_example(), 2024)
    >>> shares_of_charges(rows, series_of(rows, "result", 3)).values.tolist()
    [[-7.5]]
    """
    if not results.years:
        return results
    year = results.years[-1]
    of_year = figures[figures["year"] == year]

    def known(measure: str) -> Numbers:
        rows = of_year[of_year["measure"] == measure].set_index("service")["value"]
        return rows.reindex(results.services).to_numpy("float64")

    budget, worked = known("budget"), known("hours_done") * known("hourly_cost_price")
    charges = np.where(np.isnan(budget), worked, budget)
    share = 100 * results.values[:, -1] / np.where(charges > 0, charges, np.nan)
    return Series(results.services, [year], share[:, None])


def falling(found: Series, limits: Thresholds) -> Flags:
    """Whether each structure is down every year, all the years of a trend being known.

    Examples
    --------
    >>> falling(Series(pd.Index(["a"]), [2023, 2024], np.array([[70.0, 66.0]])), Thresholds()).tolist()
    [False]
    """
    return _every_year(np.diff(found.values, axis=1) < 0, found, limits)


def occupancy_falling(found: Series, limits: Thresholds) -> Flags:
    """Down every year, and by so many points in all.

    Examples
    --------
    >>> found = Series(pd.Index(["a"]), [2022, 2023, 2024], np.array([[70.0, 66.0, 58.0]]))
    >>> [occupancy_falling(found, Thresholds(fall=points)).tolist() for points in (5, 15)]
    [[True], [False]]
    """
    is_down = falling(found, limits)
    return is_down & (found.values[:, 0] - found.values[:, -1] >= limits.fall) if is_down.any() else is_down


def billing_rising(found: Series, limits: Thresholds) -> Flags:
    """Up every year, and by so many points in all.

    Examples
    --------
    >>> found = Series(pd.Index(["a"]), [2022, 2023, 2024], np.array([[105.0, 108.0, 112.0]]))
    >>> billing_rising(found, Thresholds()).tolist()
    [True]
    """
    return occupancy_falling(found._replace(values=-found.values), limits)


def deficit_running(found: Series, limits: Thresholds) -> Flags:
    """Below zero every year of a trend.

    Examples
    --------
    >>> found = Series(pd.Index(["a", "b"]), [2023, 2024], np.array([[-1.0, -9.0], [3.0, -9.0]]))
    >>> deficit_running(found, Thresholds(years=2)).tolist()
    [True, False]
    """
    return _every_year(found.values < 0, found, limits)


def cash_falling(found: Series, limits: Thresholds) -> Flags:
    """Down every year, to less than twice the threshold.

    Examples
    --------
    >>> found = Series(pd.Index(["a", "b"]), [2023, 2024], np.array([[90.0, 29.0], [90.0, 30.0]]))
    >>> cash_falling(found, Thresholds(years=2)).tolist()
    [True, False]
    """
    is_down = falling(found, limits)
    return is_down & (found.values[:, -1] < 2 * limits.cash_min) if is_down.any() else is_down


def _every_year(flags: np.ndarray, found: Series, limits: Thresholds) -> Flags:
    if len(found.years) < limits.years:
        return np.zeros(len(found.services), bool)
    every: Flags = np.asarray(flags.all(axis=1), bool)
    return every


def shown(value: float, unit: str) -> str:
    r"""Write a figure with its unit.

    Examples
    --------
    >>> shown(58.0, "%"), shown(9.0, "jours")
    ('58,0\u202f%', '9 jours')
    """
    return percent(value) if unit == "%" else f"{number(value)} {unit}"


def figures(found: Series, unit: str) -> list[str]:
    r"""Write the figures of each service, year by year.

    Examples
    --------
    >>> figures(Series(pd.Index(["a"]), [2023, 2024], np.array([[np.nan, 9.0]])), "jours")
    ['2023 : n. d. ; 2024 : 9 jours']
    """
    return [
        " ; ".join(
            f"{year} : {'n. d.' if np.isnan(one) else shown(one, unit)}"
            for year, one in zip(found.years, row, strict=True)
        )
        for row in found.values
    ]


def kept(found: Series, flags: Flags) -> Series:
    """Keep the services that a rule names."""
    return Series(found.services[flags], found.years, found.values[flags])
