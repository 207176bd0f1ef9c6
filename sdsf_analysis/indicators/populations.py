"""Legal population of the communes, for the year that a share asks for."""

import pandas as pd

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.indicators.territories import departement_communes

LEGAL_POPULATION = "legal_population"


def commune_count(territories: pd.DataFrame) -> pd.DataFrame:
    """One for each commune: commune, value, status, low, high.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> float(commune_count(example_tables().territories)["value"].sum())
    4.0
    """
    communes = departement_communes(territories)["commune"]
    count = pd.DataFrame({"commune": communes, "value": 1.0, "status": "known"})
    return count.assign(low=float("nan"), high=float("nan"))


def population_of(
    territories: pd.DataFrame, families: pd.DataFrame, year: int | None = None
) -> tuple[pd.DataFrame, list[int]]:
    """Legal population of each commune, and its year.

    Parameters
    ----------
    territories, families : pandas.DataFrame
        Tables of these names.
    year : int, optional
        Year of the population; that of ``territories`` without it.

    Returns
    -------
    tuple of (pandas.DataFrame, list of int)
        commune, value, status, low, high; the years that the population is of, one as a rule.

    Raises
    ------
    QuestionError
        If no population of this year is known; the message lists the years, with the nearest.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> tables = example_tables()
    >>> population_of(tables.territories, tables.families, 2018)
    Traceback (most recent call last):
    sdsf_analysis.errors.QuestionError: Aucune population légale de 2018 dans les tables.
    Années disponibles : 2023. La plus proche : 2023.
    """
    communes = departement_communes(territories)
    own = _own_years(communes)
    if year is None or own == [year]:
        return _exact(communes), own
    legal = families[(families["year"] == year) & (families["measure"] == LEGAL_POPULATION)]
    legal = legal.loc[legal["regime"] == "all", ["commune", "value", "status", "low", "high"]]
    if legal.empty:
        raise QuestionError(_unknown_year(year, population_years(territories, families)))
    found = communes[["commune"]].merge(legal, on="commune", how="left", validate="one_to_one")
    return found.fillna({"status": "missing"}), [year]


def population_years(territories: pd.DataFrame, families: pd.DataFrame) -> list[int]:
    """Years whose legal population is known.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> population_years(example_tables().territories, example_tables().families)
    [2023]
    """
    legal = families[(families["measure"] == LEGAL_POPULATION) & (families["regime"] == "all")]
    own = _own_years(departement_communes(territories))
    return sorted({*map(int, legal["year"].dropna().unique()), *(own if len(own) == 1 else [])})


def _own_years(communes: pd.DataFrame) -> list[int]:
    return sorted(map(int, communes["population_year"].dropna().unique()))


def _unknown_year(year: object, known: list[int]) -> str:
    message = f"Aucune population légale de {year} dans les tables."
    if not known:
        return message
    listed = f"{message} Années disponibles : {', '.join(map(str, known))}."
    if not isinstance(year, int):
        return listed
    return f"{listed} La plus proche : {min(known, key=lambda other: (abs(other - year), other))}."


def _exact(communes: pd.DataFrame) -> pd.DataFrame:
    count = communes[["commune"]].assign(value=communes["population"].astype("Float64").astype("float64"))
    status = pd.Series("known", index=count.index, dtype="str").where(count["value"].notna(), "missing")
    return count.assign(status=status, low=float("nan"), high=float("nan"))
