"""The needs as a committee reads them: children expected, departures, places to create, three scenarios."""

from collections.abc import Mapping
from math import floor, isnan

import pandas as pd

from sdsf_analysis.model.french import NO_VALUE, number

_CHILDREN = {
    "children_now": "Enfants de moins de 3 ans",
    "children_low": "À l'horizon, scénario bas",
    "children_central": "Scénario central",
    "children_high": "Scénario haut",
}
_PLACES = {
    "childminders_active": "Assistants maternels en activité",
    "childminders_leaving": "dont partent d'ici l'horizon",
    "places_ahead": "Places à l'horizon, sans autre décision",
    "need_low": "Places à créer, scénario bas",
    "need_central": "Scénario central",
    "need_high": "Scénario haut",
}


def children_grid(expected: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    r"""Lay out the children expected: one row per territory.

    Parameters
    ----------
    expected : pandas.DataFrame
        Result of `children_expected`.
    names : pandas.Series
        Name of each territory, by its code; the code itself where it has none.

    Returns
    -------
    pandas.DataFrame
        Texts, rounded to one child.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> from sdsf_analysis.indicators.needs.children import children_expected
    >>> found = children_expected(example_tables(), "2023-12-31", births_changes=[0, 0, 0])
    >>> children_grid(found, pd.Series({"E1": "CC du Test"})).loc["CC du Test"].tolist()
    ['48', '45', '45', '45']
    """
    return _grid(expected, _CHILDREN, names)


def needs_grid(needed: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    """Lay out the places to create: one row per territory.

    Parameters
    ----------
    needed : pandas.DataFrame
        Result of `places_needed`.
    names : pandas.Series
        Name of each territory, by its code; the code itself where it has none.

    Returns
    -------
    pandas.DataFrame
        Texts; « au plus … » where a part of the places is not known.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> from sdsf_analysis.indicators.needs.places import places_needed
    >>> found = places_needed(example_tables(), "2024-12-31", births_changes=[0, 0, 0])
    >>> needs_grid(found, pd.Series(dtype="str")).loc["E1", "dont partent d'ici l'horizon"]
    '2'
    """
    return _grid(needed, _PLACES, names)


def _grid(rows: pd.DataFrame, columns: Mapping[str, str], names: pd.Series) -> pd.DataFrame:
    kept = rows[rows["measure"].isin(columns)]
    texts = kept.assign(text=[_written(*row) for row in kept[["value", "low", "high"]].to_numpy(float)])
    grid = texts.pivot(index="territory", columns="measure", values="text")
    grid = grid[list(columns)].set_axis(list(columns.values()), axis=1)
    grid = grid.set_axis([str(names.get(code, code)) for code in grid.index], axis=0)
    return grid.sort_index()


def _written(value: float, low: float, high: float) -> str:
    if not isnan(value):
        return _whole(value)
    if not isnan(high):
        return (
            f"au plus {_whole(high)}" if isnan(low) or low <= 0 else f"entre {_whole(low)} et {_whole(high)}"
        )
    return f"au moins {_whole(low)}" if low > 0 else NO_VALUE


def _whole(value: float) -> str:
    """Round half up, as people do."""
    return number(floor(value + 0.5))
