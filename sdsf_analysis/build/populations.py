"""Legal populations of every year shipped, on the communes of one geography year."""

from functools import cache

import pandas as pd

from sdsf_analysis.territories import reference
from sdsf_analysis.territories.vintages import Columns, convert


def legal_populations(departement: str, year: int) -> pd.DataFrame:
    """Legal populations of every year shipped, on the communes of one geography year.

    Each population year is read in the first release that bears it: a later one may know a merger whose
    population it missed (2023: Culoz-Béon). Members of a merger are summed; missing are the parts of a
    commune that was split since, a commune that has a member without population, and one of which the
    release gives the population of the seat alone (made on 1 January 2019, the day of the first one).
    Releases later than the geography are left out: their mergers cannot be undone.

    Parameters
    ----------
    departement : str
        Code of the département.
    year : int
        Geography of the answer.

    Returns
    -------
    pandas.DataFrame
        Rows of the table ``families``, measure ``legal_population``, regime ``all``.

    Examples
    --------
    >>> known = legal_populations("01", 2026).query("year > 2016")
    >>> known.groupby("year")["value"].sum().astype(int).to_dict()
    {2019: 652432, 2020: 657856, 2022: 671289, 2023: 679344}
    """
    summed = _converted(departement, year)
    return pd.DataFrame(
        {
            "commune": summed["code"],
            "year": summed["population_year"],
            "regime": "all",
            "measure": "legal_population",
            "value": summed["population"],
            "status": summed["population"].notna().map({True: "known", False: "missing"}),
        }
    )


@cache
def _converted(departement: str, year: int) -> pd.DataFrame:
    """Population by commune of the answer and population year; missing where it is not known."""
    columns = Columns(counts=["population"], keys=["population_year"], code="code")
    frames = []
    for release, observed in _observed(departement, year).items():
        done = convert(observed, year, since=release, columns=columns)
        years = observed["population_year"]
        parts = done.questions.assign(code=done.questions["part"], population=float("nan"))
        parts = parts.assign(population_year=parts["row"].map(years).astype("int64"))
        frames += [done.table, parts[["code", "population_year", "population"]]]
    found = pd.concat(frames) if frames else pd.DataFrame(columns=["code", "population_year", "population"])
    return found.sort_values(["code", "population_year"], ignore_index=True)


def _observed(departement: str, year: int) -> dict[int, pd.DataFrame]:
    """Code, population and its year, each population year in the first release that bears it."""
    frames: dict[int, pd.DataFrame] = {}
    seen: set[int] = set()
    for release in [release for release in reference.YEARS if release <= year]:
        communes = reference.communes(release)
        communes = communes[communes["departement"] == departement]
        population_year = communes["population_year"].max()
        if pd.notna(population_year) and population_year not in seen:
            seen.add(int(population_year))
            known = communes["population"].astype("Float64").astype("float64")
            known = known.mask(communes["code"].isin(_seats_alone(release)))
            frames[release] = communes[["code"]].assign(
                population=known, population_year=int(population_year)
            )
    return frames


def _seats_alone(release: int) -> set[str]:
    """Communes whose members a release no longer counts, and no earlier one does."""
    events = reference.history()
    made = (events["type"] == "COM") & (events["raisonDebut"] == "commune nouvelle")
    listed = reference.read_data("population_exceptions.csv")
    listed = listed[(listed["level"] == "commune") & (listed["release"] == str(release))]
    return set(events.loc[made & (events["dateDebut"] == f"{release}-01-01"), "code"]) | set(listed["code"])
