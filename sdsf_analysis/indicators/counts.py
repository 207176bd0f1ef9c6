"""Counts by commune that shares rest on: communes, inhabitants, children, families."""

from collections.abc import Hashable
from typing import NamedTuple

import numpy as np
import pandas as pd

from sdsf_analysis.indicators.codes import Codes, Flags, places_in
from sdsf_analysis.indicators.measures import sum_parts
from sdsf_analysis.indicators.populations import commune_count, population_of
from sdsf_analysis.indicators.territories import departement_communes, members

__all__ = ["FAMILY_BANDS", "counts_by_commune", "departement_communes", "members"]
FAMILY_BANDS: dict[str, list[tuple[str, ...]]] = {
    "children_0_2": [("children_0_2",)],
    "children_0_17": [
        ("children_0_2", "children_3_5", "children_6_11", "children_12_17"),
        ("children_0_2", "children_3_5", "children_6_10", "children_11_17"),
    ],
    "families": [("families",)],
    "households": [("households",)],
}
REGIMES = ("all", "caf")
_ALL_BANDS = sorted({band for choices in FAMILY_BANDS.values() for bands in choices for band in bands})


def counts_by_commune(
    territories: pd.DataFrame,
    families: pd.DataFrame,
    day: pd.Timestamp,
    population_year: int | None = None,
) -> tuple[dict[str, pd.DataFrame], dict[Hashable, object]]:
    """Count what there is to cover in each commune, with the year and regime of each count.

    Parameters
    ----------
    territories, families : pandas.DataFrame
        Tables of these names.
    day : pandas.Timestamp
        Day of the question: children of the latest year not after it, else of the latest year.
    population_year : int, optional
        Year of the legal population; that of ``territories`` without it.

    Returns
    -------
    dict of str to pandas.DataFrame
        By measure (communes, population, then children_0_2, children_0_17, families and households when
        known): commune, value, status, low, high.
    dict of str to object
        population_year, and for each count of children or families its year and regime.

    Raises
    ------
    QuestionError
        If no population of this year is known; the message lists the years.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> tables = example_tables()
    >>> counts, basis = counts_by_commune(tables.territories, tables.families, pd.Timestamp("2024-06-30"))
    >>> list(counts), basis["children_0_2"]
    (['communes', 'population', 'children_0_2'], {'year': 2023, 'regime': 'all'})
    """
    population, years = population_of(territories, families, population_year)
    counts = {"communes": commune_count(territories), "population": population}
    basis: dict[Hashable, object] = {"population_year": years}
    labels = _labels(families)
    for measure, choices in FAMILY_BANDS.items():
        found = _choice(labels, choices, day)
        if found is not None:
            is_counted, n_bands, basis[measure] = found
            parts = families.loc[is_counted, ["commune", "value", "status", "low", "high"]]
            counts[measure] = _band_sums(parts, n_bands, population["commune"])
    return counts, basis


class _Labels(NamedTuple):
    """Measure and regime of the rows of ``families``, as places in a list, and their year."""

    measure: Codes
    regime: Codes
    year: np.ndarray[tuple[int], np.dtype[np.float64]]


def _labels(families: pd.DataFrame) -> _Labels:
    return _Labels(
        places_in(families["measure"], pd.Series(_ALL_BANDS)),
        places_in(families["regime"], pd.Series(REGIMES)),
        families["year"].to_numpy("float64", na_value=np.nan),
    )


def _choice(
    labels: _Labels, choices: list[tuple[str, ...]], day: pd.Timestamp
) -> tuple[Flags, int, dict[str, object]] | None:
    """Rows of the first regime and age bands that some year has whole, how many bands, that year."""
    for rank, regime in enumerate(REGIMES):
        for bands in choices:
            of_bands = [
                (labels.measure == _ALL_BANDS.index(band)) & (labels.regime == rank) for band in bands
            ]
            years = sorted(set.intersection(*(set(pd.unique(labels.year[rows])) for rows in of_bands)))
            if years:
                year = max((year for year in years if year <= day.year), default=years[-1])
                is_counted = np.logical_or.reduce(of_bands) & (labels.year == year)
                return is_counted, len(bands), {"year": int(year), "regime": regime}
    return None


def _band_sums(parts: pd.DataFrame, n_bands: int, communes: pd.Series) -> pd.DataFrame:
    """Sum of the age bands of each commune; a commune that lacks a band lacks the sum."""
    places = places_in(parts["commune"], communes)
    inside = places >= 0
    places = places[inside]
    sums = sum_parts(parts).at(inside).summed(places, len(communes))
    # a commune has each band of a year once: the table's key
    whole = np.bincount(places, minlength=len(communes)) == n_bands
    columns = {
        "commune": communes,
        "value": np.where(whole, sums.value, np.nan),
        "status": sums.status().where(whole, "missing"),
        "low": sums.low,
        "high": np.where(whole, sums.high, np.nan),
    }
    return pd.DataFrame(columns)
