"""What the embedded reference gives every workspace: territories and their communes."""

import pandas as pd

from sdsf_analysis.model.french import of_name
from sdsf_analysis.model.tables import table
from sdsf_analysis.territories import reference

OFFICIAL_LEVELS = ("epci", "arrondissement", "departement", "region")


def official_membership(communes: pd.DataFrame) -> pd.DataFrame:
    """Communes of each EPCI, arrondissement, département and region.

    Parameters
    ----------
    communes : pandas.DataFrame
        As given by `reference.communes`.

    Returns
    -------
    pandas.DataFrame
        Rows of the table ``membership``, without dates.
    """
    frames = []
    for level in OFFICIAL_LEVELS:
        known = communes[communes[level].fillna("") != ""]
        frames.append(pd.DataFrame({"level": level, "territory": known[level], "commune": known["code"]}))
    return pd.concat(frames, ignore_index=True)


def territories(
    communes: pd.DataFrame, membership: pd.DataFrame, names: dict[tuple[str, str], str], year: int
) -> pd.DataFrame:
    """Territories of every level: population, area, a point inside.

    Parameters
    ----------
    communes : pandas.DataFrame
        Communes of the département, with area_km2, longitude and latitude.
    membership : pandas.DataFrame
        Rows of the table ``membership``.
    names : dict
        (level, territory) → name; the code itself where it is absent.
    year : int
        Year of the geography.

    Returns
    -------
    pandas.DataFrame
        Rows of the table ``territories``. Population, area and number of communes of a group are those of
        its part inside the département (a region's population is that of the whole region, its area is not
        given); population_whole and communes_whole are those of the whole territory, wherever it stands,
        missing for the perimeters that only the workspace knows.
    """
    own = communes.assign(level="commune", territory=communes["code"], communes=1)
    columns = ["commune", "population", "population_year", "area_km2", "longitude", "latitude"]
    members = membership[["level", "territory", "commune"]].drop_duplicates()
    members = members.merge(
        communes.rename(columns={"code": "commune"})[columns], on="commune", validate="many_to_one"
    )
    groups = members.groupby(["level", "territory"], sort=True)
    summed = groups.agg(
        population=("population", lambda s: s.sum(min_count=len(s))),
        population_year=("population_year", "max"),
        communes=("commune", "size"),
        area_km2=("area_km2", lambda s: s.sum(min_count=len(s))),
    ).reset_index()
    points = _central_points(members)
    summed = summed.merge(points, on=["level", "territory"], how="left", validate="one_to_one")
    summed["name"] = [
        names.get(pair, pair[1]) for pair in zip(summed["level"], summed["territory"], strict=True)
    ]
    summed["departement"] = communes["departement"].iloc[0]
    both = _with_wholes(pd.concat([own, summed], ignore_index=True), year)
    return _whole_regions(both)[list(table("territories").names)]


def _with_wholes(frame: pd.DataFrame, year: int) -> pd.DataFrame:
    """Add what the official territories hold in all of France: an EPCI may cross the border."""
    everywhere = reference.communes(year).assign(commune=lambda rows: rows["code"])
    wholes = []
    for level in ("commune", *OFFICIAL_LEVELS):
        # the oldest releases leave the region of the overseas collectivities out
        groups = everywhere[everywhere[level].isin(frame.loc[frame["level"] == level, "territory"])].groupby(
            level
        )
        found = groups["population"].agg(
            population_whole=lambda s: s.sum(min_count=len(s)), communes_whole="size"
        )
        wholes.append(found.rename_axis("territory").reset_index().assign(level=level))
    return frame.merge(pd.concat(wholes), on=["level", "territory"], how="left", validate="one_to_one")


def _central_points(members: pd.DataFrame) -> pd.DataFrame:
    """Point of the commune nearest to the middle of a group: always inside the group."""
    known = members.dropna(subset=["longitude", "latitude"])
    middle = known.groupby(["level", "territory"])[["longitude", "latitude"]].transform("mean")
    distance = ((known[["longitude", "latitude"]] - middle) ** 2).sum(axis=1)
    nearest = known.assign(_distance=distance).sort_values(["level", "territory", "_distance", "commune"])
    return nearest.drop_duplicates(["level", "territory"])[["level", "territory", "longitude", "latitude"]]


def _whole_regions(frame: pd.DataFrame) -> pd.DataFrame:
    """A region has its own population, not that of its communes inside the département."""
    is_region = frame["level"] == "region"
    population = frame["population"].mask(is_region, frame["population_whole"])
    frame = frame.assign(population=population)
    frame.loc[is_region, ["area_km2", "longitude", "latitude"]] = None
    return frame


def official_names(communes: pd.DataFrame, year: int) -> dict[tuple[str, str], str]:
    """Names of the official territories that hold some communes."""
    epci = reference.epci(year).set_index("code")["name"]
    departements = reference.departements().set_index("code")["name"]
    # overseas collectivities stand for their own region
    regions = reference.regions().set_index("code")["name"].combine_first(departements)
    names = {("epci", code): epci.get(code, code) for code in communes["epci"].dropna().unique()}
    names |= {("departement", code): departements[code] for code in communes["departement"].unique()}
    names |= {("region", code): regions[code] for code in communes["region"].dropna().unique()}
    arrondissements = reference.read_data("arrondissements.csv").set_index("code")["name"]
    codes = [code for code in communes["arrondissement"].dropna().unique() if code]
    return names | {("arrondissement", code): _arrondissement(code, arrondissements) for code in codes}


def _arrondissement(code: str, names: "pd.Series[str]") -> str:
    return f"Arrondissement {of_name(names[code])}" if code in names else f"Arrondissement {code}"
