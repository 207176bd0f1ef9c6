"""Access and equity as a director reads them: what a closure takes away, how unequal, how many is few."""

from collections.abc import Mapping
from math import isnan

import pandas as pd

from sdsf_analysis.figures.answers import answer_grid
from sdsf_analysis.figures.grids import SECRECY_THRESHOLD
from sdsf_analysis.figures.territory_grid import bounded
from sdsf_analysis.indicators.registry import indicator
from sdsf_analysis.model.french import number, percent

_SHOWN = 10
_CLOSURE = {
    "name": "Crèche",
    "commune": "Commune",
    "capacity": "Places",
    "services_left": "Autres crèches à 20 km",
    "places_left": "Leurs places",
    "nearest_left_km": "La plus proche (km)",
    "accessible_before": "Places accessibles pour 100 enfants",
    "accessible_after": "Sans cette crèche",
}


def closures_grid(closed: pd.DataFrame, shown: int = _SHOWN) -> pd.DataFrame:
    """Lay out what would be left without each crèche, those that would be missed most first.

    Parameters
    ----------
    closed : pandas.DataFrame
        Result of `if_closed`, with the name of the commune in place of its code.
    shown : int
        Rows at most.

    Returns
    -------
    pandas.DataFrame
        Texts; nothing for an answer without a row.

    Examples
    --------
    >>> row = {"name": "Les Lutins", "commune": "Bourg", "capacity": 20.0, "services_left": 2.0,
    ...        "places_left": 30.0, "nearest_left_km": 4.24, "accessible_before": 18.0,
    ...        "accessible_after": 12.0}
    >>> closures_grid(pd.DataFrame([row])).loc["Les Lutins"].tolist()[-3:]
    ['4,2', '18', '12']
    """
    lost = closed["accessible_before"] - closed["accessible_after"]
    # equal losses in the order of the names: the same table at every run
    first = closed.assign(_lost=lost).sort_values(["_lost", "name"], ascending=[False, True]).head(shown)
    grid = answer_grid(first[list(_CLOSURE)].rename(columns=_CLOSURE))
    return grid if isinstance(grid, pd.DataFrame) else pd.DataFrame()


def inequality_grid(measured: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Lay several measures of inequality side by side: one row per measure, one column per reading.

    Parameters
    ----------
    measured : mapping of str to pandas.DataFrame
        Results of `inequality`, by the title of their column.

    Returns
    -------
    pandas.DataFrame
        Texts; « sans objet » where a ratio has nothing to divide by.

    Examples
    --------
    >>> rows = pd.DataFrame({"measure": ["gini"], "value": [0.4536], "low": [float("nan")],
    ...                      "high": [float("nan")], "status": ["known"]})
    >>> inequality_grid({"Entre communes": rows}).loc["Indice de Gini", "Entre communes"]
    '0,45'
    """
    entry = indicator("inequality")
    columns = {
        title: {
            entry.measure(str(row["measure"])).label: number(row["value"], 2 if row["value"] < 10 else 1)
            if not isnan(row["value"])
            else bounded(row, "")
            for row in rows.to_dict("records")
        }
        for title, rows in measured.items()
    }
    return pd.DataFrame(columns)


def small_numbers_grid(
    rates: pd.DataFrame, names: pd.Series, shown: int = _SHOWN, threshold: int = SECRECY_THRESHOLD
) -> pd.DataFrame:
    """List the territories whose raw rate is least to be trusted: the farthest from the smoothed one.

    Parameters
    ----------
    rates : pandas.DataFrame
        Result of `smoothed_rates`.
    names : pandas.Series
        Name of each territory, by its code.
    shown : int
        Rows at most.
    threshold : int
        Territories with fewer persons than this, counted or not, are left out: their rate is not published.

    Returns
    -------
    pandas.DataFrame
        Texts: Part brute with its parts, Part lissée, Entre (95 %).

    Examples
    --------
    >>> rows = [("A", "raw", 5.0, 20.0, 25.0), ("A", "smoothed", 5.0, 20.0, 15.0),
    ...         ("A", "poisson_low", 5.0, 20.0, 8.1), ("A", "poisson_high", 5.0, 20.0, 58.3)]
    >>> columns = ["territory", "measure", "numerator", "denominator", "value"]
    >>> small_numbers_grid(pd.DataFrame(rows, columns=columns), pd.Series({"A": "Amont"})).loc[
    ...     "Amont", "Part lissée"].replace("\u202f", " ")
    '15,0 %'
    """
    wide = rates.pivot(index="territory", columns="measure", values="value")
    if wide.empty or not {"raw", "smoothed"} <= set(wide.columns):
        return pd.DataFrame()
    raw = rates[rates["measure"] == "raw"].set_index("territory")
    counted, others = raw["numerator"], raw["denominator"] - raw["numerator"]
    wide = wide[(counted >= threshold) & (others >= threshold)].dropna(subset=["raw", "smoothed"])
    far = (wide["raw"] - wide["smoothed"]).abs().sort_values(ascending=False, kind="stable").index[:shown]
    rows = []
    for code in far:
        brute, smoothed, low, high = (
            percent(float(wide.loc[code, name]))
            for name in ("raw", "smoothed", "poisson_low", "poisson_high")
        )
        parts = f"{number(counted[code])} sur {number(float(raw.loc[code, 'denominator']))}"
        rows.append((f"{brute} ({parts})", smoothed, f"{low} et {high}"))
    columns = ["Part brute", "Part lissée", "Part brute : 95 chances sur 100 d'être entre"]
    return pd.DataFrame(rows, columns=columns, index=[str(names.get(code, code)) for code in far])
