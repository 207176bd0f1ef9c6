"""Lists and counts of the CTG as a director reads them: what ends, who animates, which communes are left."""

from collections.abc import Hashable, Mapping
from math import isnan
from typing import Any

import pandas as pd

from sdsf_analysis.figures.ctg_scene import STATES
from sdsf_analysis.indicators.renewals import SITUATIONS
from sdsf_analysis.model.french import NO_VALUE, number

_OFFICER_COLUMNS = {
    "officer_posts": ("Postes", 0),
    "officer_posts_vacant": ("dont vacants", 0),
    "officers": ("Personnes en poste", 0),
    "officer_fte_agreed": ("ETP conventionnés", 1),
    "officer_fte_funded": ("ETP financés", 1),
    "officer_fte_actual": ("ETP réels", 1),
    "inhabitants_per_fte": ("Habitants par ETP", 0),
}


def renewals_grid(renewals: pd.DataFrame) -> pd.DataFrame:
    r"""Lay out the CTG that end soon or have ended: until when, what follows, who is concerned.

    Parameters
    ----------
    renewals : pandas.DataFrame
        Result of `ctg_renewals`.

    Returns
    -------
    pandas.DataFrame
        Texts, one row per convention, under its name: Fin, Situation, Suite, Communes, Habitants,
        dont sans CTG ensuite.

    Examples
    --------
    >>> from sdsf_analysis.indicators.ctg import ctg_renewals
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> grid = renewals_grid(ctg_renewals(example_tables(), "2025-09-30", 12))
    >>> grid.loc["A", ["Fin", "Habitants"]].str.replace("\u202f", " ").tolist()
    ['31/12/2025', '1 000']
    """
    texts = pd.DataFrame(
        {
            "Fin": [f"{day:%d/%m/%Y}" for day in renewals["ends_on"]],
            "Situation": [SITUATIONS[situation] for situation in renewals["situation"]],
            "Suite": [_follow_up(row) for row in renewals.to_dict("records")],
            "Communes": _numbers(renewals["communes"]),
            "Habitants": _numbers(renewals["inhabitants"]),
            "dont sans CTG ensuite": _numbers(renewals["uncovered_inhabitants"]),
        }
    )
    named = zip(renewals["name"], renewals["ctg"], strict=True)
    return texts.set_axis([code if pd.isna(name) else name for name, code in named], axis=0)


def _follow_up(row: Mapping[Hashable, Any]) -> str:
    if pd.isna(row["successor"]):
        return "aucune connue"
    start = row["successor_starts_on"]
    return str(row["successor"]) + ("" if pd.isna(start) else f", à partir du {start:%d/%m/%Y}")


def officers_grid(officers: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    r"""Lay out the posts of the chargés de coopération: one row per territory.

    Parameters
    ----------
    officers : pandas.DataFrame
        Result of `officers_by`.
    names : pandas.Series
        Name of each territory, by its code; the code itself where it has none.

    Returns
    -------
    pandas.DataFrame
        Texts, under the name of the territory.

    Examples
    --------
    >>> from sdsf_analysis.indicators.ctg import officers_by
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> found = officers_by(example_tables(), "2024-06-30", by="ctg")
    >>> officers_grid(found, pd.Series({"A": "CTG A"}))["ETP conventionnés"].head(1).to_dict()
    {'CTG A': '1,5'}
    """
    wide = officers.pivot(index="territory", columns="measure", values="value")
    kept = {name: shown for name, shown in _OFFICER_COLUMNS.items() if name in wide}
    texts = {label: _numbers(wide[name], decimals) for name, (label, decimals) in kept.items()}
    return pd.DataFrame(texts, index=[names.get(code, code) for code in wide.index])


def gaps_grid(gaps: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    r"""Lay out the communes without a CTG, and the CTG that begin at their border.

    Parameters
    ----------
    gaps : pandas.DataFrame
        Result of `ctg_gaps`.
    names : pandas.Series
        Name of each EPCI, by its code.

    Returns
    -------
    pandas.DataFrame
        Texts, under the name of the commune: EPCI, État, Habitants, Communes voisines couvertes.

    Examples
    --------
    >>> from sdsf_analysis.indicators.ctg import ctg_gaps
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> pairs = pd.DataFrame({"commune": ["01005"], "neighbour": ["01004"]})
    >>> gaps = ctg_gaps(example_tables(), "2024-06-30", pairs)
    >>> gaps_grid(gaps, pd.Series(dtype="str")).loc["01005"].tolist()
    ['E2', 'CTG en préparation', '250', '1 sur 1']
    """
    texts = pd.DataFrame(
        {
            "EPCI": [names.get(code, code) for code in gaps["epci"]],
            "État": gaps["state"].map(STATES),
            "Habitants": _numbers(gaps["inhabitants"]),
            "Communes voisines couvertes": [_of_all(row) for row in gaps.to_dict("records")],
        }
    )
    return texts.set_axis(list(gaps["name"]), axis=0)


def _of_all(row: Mapping[Hashable, Any]) -> str:
    near, whole = row["covered_neighbours"], row["neighbours"]
    return NO_VALUE if pd.isna(whole) else f"{near} sur {whole}"


def _numbers(values: pd.Series, decimals: int = 0) -> list[str]:
    return [number(value, decimals) if not isnan(value) else NO_VALUE for value in values.astype("float64")]
