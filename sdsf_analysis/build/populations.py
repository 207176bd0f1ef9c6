"""Legal populations of every year shipped, on the communes of one geography year."""

import pandas as pd

from sdsf_analysis.territories import reference

# Mergers that the yearly releases do not trace: the absorbed commune is listed nowhere afterwards.
_UNTRACED = {"19092": "19143", "25134": "25185", "25628": "25375", "45287": "45307"}


def legal_populations(departement: str, year: int) -> pd.DataFrame:
    """Legal populations of every year shipped, on the communes of one geography year.

    Each population year is read in the first release that bears it: a later one may know a merger whose
    population it missed (2023: Culoz-Béon). Members of a merger are summed; a commune is missing that has
    been split since, that has a member without population, or that was made on the very day of the first
    release (1 January 2019: the release gives the population of its seat alone). Releases later than the
    geography are left out: their mergers cannot be undone.

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
    both = _observed(departement, year)
    both = both.assign(commune=both["code"].map(_leads_to(departement, year))).dropna(subset=["commune"])
    groups = both.groupby(["commune", "population_year"])["population"]
    summed = groups.sum().where(groups.count() == groups.size()).rename("value").reset_index()
    return pd.DataFrame(
        {
            "commune": summed["commune"],
            "year": summed["population_year"],
            "regime": "all",
            "measure": "legal_population",
            "value": summed["value"].astype(float),
            "status": summed["value"].notna().map({True: "known", False: "missing"}),
        }
    )


def _observed(departement: str, year: int) -> pd.DataFrame:
    """Code, population and its year, each population year in the first release that bears it."""
    frames: dict[int, pd.DataFrame] = {}
    for release in _releases(year):
        communes = _of(reference.communes(release), departement)
        partial = _split_since(departement, release, year) | _seats_alone(release)
        communes = communes.assign(population=communes["population"].mask(communes["code"].isin(partial)))
        communes = communes.assign(population_year=communes["population_year"].max())
        for population_year in communes["population_year"].dropna().unique():
            frames.setdefault(int(population_year), communes)
    columns = ["code", "population", "population_year"]
    nothing = pd.DataFrame({"code": [], "population": [], "population_year": []})
    return pd.concat([frame[columns] for frame in frames.values()] or [nothing], ignore_index=True)


def _seats_alone(release: int) -> set[str]:
    """Communes made on the day of a release, whose members it no longer counts and no earlier one does."""
    events = reference.history()
    made = (events["type"] == "COM") & (events["raisonDebut"] == "commune nouvelle")
    return set(events.loc[made & (events["dateDebut"] == f"{release}-01-01"), "code"])


def _split_since(departement: str, release: int, year: int) -> set[str]:
    """Communes of a release that held one which stands alone again in the geography of the answer."""
    held = _of(reference.former_communes(release), departement)
    alone = set(_of(reference.communes(year), departement)["code"])
    # not a delegated commune under the code of the whole, nor the new seat of the same whole
    is_apart = held["code"].isin(alone) & held["chef_lieu"].isin(alone) & (held["code"] != held["chef_lieu"])
    return set(held.loc[is_apart, "chef_lieu"])


def _leads_to(departement: str, year: int) -> dict[str, str]:
    """Commune of a geography year that each code leads to, through every release until then."""
    trail = dict(_UNTRACED)
    for release in _releases(year):
        held = _of(reference.former_communes(release), departement)
        trail |= dict(zip(held["code"], held["chef_lieu"], strict=True))
    current = set(_of(reference.communes(year), departement)["code"])
    ends = {code: _end(code, trail, current) for code in {*trail, *current}}
    return {code: end for code, end in ends.items() if end in current}


def _end(code: str, trail: dict[str, str], current: set[str]) -> str:
    # bounded: a trail that turns in a circle leads nowhere
    for _ in trail:
        if code in current or code not in trail:
            break
        code = trail[code]
    return code


def _releases(year: int) -> list[int]:
    return [release for release in reference.YEARS if release <= year]


def _of(frame: pd.DataFrame, departement: str) -> pd.DataFrame:
    return frame[frame["departement"] == departement]
