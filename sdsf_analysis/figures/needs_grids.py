"""The needs as a committee reads them: children expected, departures, places to create, three scenarios."""

from collections.abc import Mapping
from math import floor, isnan

import pandas as pd

from sdsf_analysis.model.french import NO_VALUE, number, plural

SECRECY_THRESHOLD = 5
_PERSONS = ("childminders_active", "childminders_leaving")
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
    >>> from sdsf_analysis.indicators.needs.example import needs_example
    >>> from sdsf_analysis.indicators.needs.children import children_expected
    >>> found = children_expected(needs_example(), "2023-12-31", births_changes=[0, 0, 0])
    >>> children_grid(found, pd.Series({"E1": "CC du Test"})).loc["CC du Test"].tolist()
    ['48', '45', '45', '45']
    """
    return _grid(expected, _CHILDREN, names)


def needs_grid(needed: pd.DataFrame, names: pd.Series, threshold: int = SECRECY_THRESHOLD) -> pd.DataFrame:
    """Lay out the places to create: one row per territory.

    Parameters
    ----------
    needed : pandas.DataFrame
        Result of `places_needed`.
    names : pandas.Series
        Name of each territory, by its code; the code itself where it has none.

    threshold : int
        Persons fewer than this are not written: an EPCI's part in the département may be one small commune.

    Returns
    -------
    pandas.DataFrame
        Texts; « au plus … » where a part of the places is not known.

    Examples
    --------
    >>> from sdsf_analysis.indicators.needs.example import needs_example
    >>> from sdsf_analysis.indicators.needs.places import places_needed
    >>> found = places_needed(needs_example(), "2024-12-31", births_changes=[0, 0, 0])
    >>> needs_grid(found, pd.Series(dtype="str")).loc["E1", "dont partent d'ici l'horizon"]
    'moins de 5'
    """
    persons = needed["measure"].isin(_PERSONS)
    is_small = persons & (needed["value"] > 0) & (needed["value"] < threshold)
    return _grid(needed, _PLACES, names, is_small, f"moins de {threshold}")


def needs_words(needed: pd.DataFrame) -> str:
    r"""Answer in two sentences: how many assistants maternels leave, how many places lack.

    The places are summed over the territories that lack some: a place too many in one is not one more in
    another.

    Parameters
    ----------
    needed : pandas.DataFrame
        Result of `places_needed`.

    Examples
    --------
    >>> from sdsf_analysis.indicators.needs.example import needs_example
    >>> from sdsf_analysis.indicators.needs.places import places_needed
    >>> needs_words(places_needed(needs_example(), "2024-12-31", births_changes=[0, 0, 0])).split(".")[0]
    "D'ici l'horizon, 2 assistants maternels partent, sur 8 en activité"
    """
    most = needed.assign(value=needed["value"].fillna(needed["high"]))
    sums = most.groupby("measure")["value"].agg(lambda values: values.sum(skipna=False))
    bounded = needed.loc[needed["measure"].str.startswith("need_"), "value"].isna().any()
    said = [_leaving_words(sums), _lacking_words(sums, "au plus " if bounded else "")]
    return " ".join(filter(None, said))


def _leaving_words(sums: pd.Series) -> str:
    if isnan(sums["childminders_leaving"]):
        return ""
    leaving = floor(sums["childminders_leaving"] + 0.5)
    count = plural(leaving, "assistant maternel part", "assistants maternels partent")
    return f"D'ici l'horizon, {count}, sur {_whole(sums['childminders_active'])} en activité."


def _lacking_words(sums: pd.Series, at_most: str) -> str:
    needs = [float(sums[f"need_{name}"]) for name in ("low", "central", "high")]
    if any(isnan(one) for one in needs):
        return ""
    low, central, high = map(_whole, needs)
    return (
        f"Dans les territoires qui en manqueront, il faut {at_most}{low} places dans le scénario bas, "
        f"{central} dans le scénario central, {high} dans le scénario haut ; les territoires qui en auront "
        "de trop ne les remplacent pas."
    )


def _grid(
    rows: pd.DataFrame,
    columns: Mapping[str, str],
    names: pd.Series,
    is_small: pd.Series | None = None,
    small: str = "",
) -> pd.DataFrame:
    written = pd.Series(
        [_written(*row) for row in rows[["value", "low", "high"]].to_numpy(float)], rows.index
    )
    texts = rows.assign(text=written if is_small is None else written.mask(is_small, small))
    texts = texts[texts["measure"].isin(columns)]
    grid = texts.pivot(index="territory", columns="measure", values="text")
    grid = grid[list(columns)].set_axis(list(columns.values()), axis=1)
    grid = grid.set_axis([str(names.get(code, code)) for code in grid.index], axis=0)
    # nothing known anywhere: no table, its remark says which file would bring it
    return grid.sort_index() if (grid != NO_VALUE).any(axis=None) else grid.head(0)


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
