"""Counts by commune that shares rest on (communes, inhabitants, children), and the territories above."""

from collections.abc import Hashable

import pandas as pd

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.indicators.measures import bounded_sums, in_force

CHILDREN_BANDS: dict[str, list[tuple[str, ...]]] = {
    "children_0_2": [("children_0_2",)],
    "children_0_17": [
        ("children_0_2", "children_3_5", "children_6_11", "children_12_17"),
        ("children_0_2", "children_3_5", "children_6_10", "children_11_17"),
    ],
}
REGIMES = ("all", "caf")


def departement_communes(territories: pd.DataFrame) -> pd.DataFrame:
    """Communes of the workspace: the rows of level commune, their code under ``commune``.

    Parameters
    ----------
    territories : pandas.DataFrame
        Table ``territories``.

    Returns
    -------
    pandas.DataFrame

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> departement_communes(example_tables().territories)["commune"].tolist()
    ['01001', '01002', '01004', '01005']
    """
    rows = territories[territories["level"] == "commune"]
    return rows.rename(columns={"territory": "commune"}).reset_index(drop=True)


def members(membership: pd.DataFrame, communes: pd.Series, by: str, day: pd.Timestamp) -> pd.DataFrame:
    """Communes under the territories of a level.

    Parameters
    ----------
    membership : pandas.DataFrame
        Table ``membership``.
    communes : pandas.Series
        Codes to keep: those of the département.
    by : str
        Level.
    day : pandas.Timestamp
        Day of the question. A day before the geography of the workspace keeps its perimeters.

    Returns
    -------
    pandas.DataFrame
        territory, commune.

    Raises
    ------
    QuestionError
        If no territory has this level.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> tables = example_tables()
    >>> communes = departement_communes(tables.territories)["commune"]
    >>> members(tables.membership, communes, "epci", pd.Timestamp("2024-06-30"))["territory"].tolist()
    ['E1', 'E1', 'E2', 'E2']
    """
    levels = sorted(membership["level"].unique())
    if by not in levels:
        raise QuestionError(f"Niveau inconnu : « {by} ». Choisir l'un de ceux-ci : {', '.join(levels)}.")
    rows = membership[membership["level"] == by]
    current = rows[in_force(rows, day)]
    rows = current if len(current) else rows[rows["ends_on"].isna()]
    inside = rows["commune"].isin(communes)
    return rows.loc[inside, ["territory", "commune"]].drop_duplicates().reset_index(drop=True)


def counts_by_commune(
    territories: pd.DataFrame, families: pd.DataFrame, day: pd.Timestamp
) -> tuple[dict[str, pd.DataFrame], dict[Hashable, object]]:
    """Count what there is to cover in each commune, with the year and regime of each count.

    Parameters
    ----------
    territories, families : pandas.DataFrame
        Tables of these names.
    day : pandas.Timestamp
        Day of the question: children of the latest year not after it, else of the latest year.

    Returns
    -------
    dict of str to pandas.DataFrame
        By measure (communes, population, then children_0_2 and children_0_17 when known): commune, value,
        status, low, high.
    dict of str to object
        population_year, and for each count of children its year and regime.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> tables = example_tables()
    >>> counts, basis = counts_by_commune(tables.territories, tables.families, pd.Timestamp("2024-06-30"))
    >>> list(counts), basis["children_0_2"]
    (['communes', 'population', 'children_0_2'], {'year': 2023, 'regime': 'all'})
    """
    communes = departement_communes(territories)
    years = sorted(map(int, communes["population_year"].dropna().unique()))
    counts = {"communes": _exact(communes.assign(one=1), "one"), "population": _exact(communes, "population")}
    basis: dict[Hashable, object] = {"population_year": years}
    for measure, choices in CHILDREN_BANDS.items():
        found = _children(families, choices, day)
        if found is not None:
            count, basis[measure] = found
            count = communes[["commune"]].merge(count, on="commune", how="left", validate="one_to_one")
            counts[measure] = count.fillna({"status": "missing"})
    return counts, basis


def _exact(communes: pd.DataFrame, column: str) -> pd.DataFrame:
    count = communes[["commune"]].assign(value=communes[column].astype("Float64").astype("float64"))
    status = count["value"].notna().map({True: "known", False: "missing"}).astype("str")
    return count.assign(status=status, low=float("nan"), high=float("nan"))


def _children(
    families: pd.DataFrame, choices: list[tuple[str, ...]], day: pd.Timestamp
) -> tuple[pd.DataFrame, dict[str, object]] | None:
    """Children by commune, from the first regime and age bands that some year has whole."""
    for regime in REGIMES:
        rows = families[families["regime"] == regime]
        for bands in choices:
            parts = rows[rows["measure"].isin(bands)]
            present = parts.groupby("year")["measure"].nunique()
            years = sorted(map(int, present[present == len(bands)].index))
            if years:
                year = max((year for year in years if year <= day.year), default=years[-1])
                return _band_sums(parts[parts["year"] == year], len(bands)), {"year": year, "regime": regime}
    return None


def _band_sums(parts: pd.DataFrame, n_bands: int) -> pd.DataFrame:
    """Sum of the age bands of each commune; a commune that lacks a band lacks the sum."""
    sums = bounded_sums(parts, "commune")
    whole = parts.groupby("commune")["measure"].nunique().reindex(sums.index) == n_bands
    sums[["value", "high"]] = sums[["value", "high"]].where(whole)
    return sums.assign(status=sums["status"].where(whole, "missing")).reset_index()
