"""The outlines of the communes of 2026, their legal projections, and unions that never crash.

Outlines: IGN Admin Express (Licence Ouverte 2.0), generalised. They place and draw communes; they do not
say which commune a point belongs to: use the code for that.
"""

from difflib import get_close_matches
from functools import lru_cache
from importlib.resources import as_file, files

import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq
import shapely

from sdsf_analysis.errors import TerritoryError
from sdsf_analysis.territories import reference

OUTLINE_YEAR = 2026
LEVELS = ("commune", "epci", "arrondissement", "departement", "region")
STORED_CRS = 4326
MAINLAND_PROJECTION = 2154
OVERSEAS_PROJECTIONS = {
    "971": 5490,
    "972": 5490,
    "973": 2972,
    "974": 2975,
    "975": 4467,
    "976": 4471,
    "977": 5490,
    "978": 5490,
    "986": 8903,
    "987": 3297,
    "988": 3163,
}
_UNPROJECTED = ("984", "989")
_M2_PER_KM2 = 1_000_000


def commune_outlines(departement: str) -> gpd.GeoDataFrame:
    """Outlines of the communes of a département, as they stand on 1 January 2026.

    Parameters
    ----------
    departement : str
        Code of a département or overseas collectivity.

    Returns
    -------
    geopandas.GeoDataFrame
        One row per commune that has an outline, sorted by ``code``: code, geometry (EPSG:4326).

    Raises
    ------
    TerritoryError
        If the département does not exist.

    Examples
    --------
    >>> outlines = commune_outlines("01")
    >>> len(outlines), outlines.crs.to_epsg()
    (391, 4326)
    """
    return _departement(departement).copy()


@lru_cache(maxsize=4)
def _departement(code: str) -> gpd.GeoDataFrame:
    return _drawn(reference.communes(OUTLINE_YEAR, code)["code"].tolist())


def _drawn(codes: list[str]) -> gpd.GeoDataFrame:
    with as_file(files(__package__) / "data" / "communes_geometry.parquet") as path:
        table = pq.read_table(path, filters=[("code", "in", codes or [""])])
    geometry = gpd.GeoSeries.from_wkb(table.column("geometry").to_pylist(), crs=STORED_CRS)
    frame = gpd.GeoDataFrame({"code": table.column("code").to_pylist()}, geometry=geometry.values)
    return frame.astype({"code": "str"}).sort_values("code").reset_index(drop=True)


def outlines(
    departement: str, level: str, members: pd.DataFrame | None = None, *, whole: bool = False
) -> gpd.GeoDataFrame:
    """Outlines of the territories of a level, made of those of their communes.

    Parameters
    ----------
    departement : str
        Code of a département or overseas collectivity.
    level : str
        ``commune``, ``epci``, ``arrondissement``, ``departement``, ``region``, or the name of a level that
        ``members`` gives.
    members : pandas.DataFrame, optional
        The perimeters of another level (CTG, a zoning of the workspace): territory, commune.
    whole : bool
        Whole territories, across the borders of the département; by default their part inside.

    Returns
    -------
    geopandas.GeoDataFrame
        One row per territory, sorted: territory, communes, without_outline (how many of them have none),
        geometry (EPSG:4326; None without any outline). They are those of `OUTLINE_YEAR`.

    Raises
    ------
    TerritoryError
        If the département does not exist, or the level is neither official nor given by ``members``.

    Examples
    --------
    >>> inside = outlines("01", "epci").set_index("territory")
    >>> len(inside), int(inside.loc["200070555", "communes"]), int(inside["without_outline"].sum())
    (17, 18, 0)
    >>> int(outlines("01", "epci", whole=True).set_index("territory").loc["200070308", "communes"])
    39
    """
    if members is None:
        members = _official_members(departement, level, whole=whole)
    drawn = _drawn(sorted(set(members["commune"])))
    pairs = members[["territory", "commune"]].drop_duplicates()
    placed = drawn.merge(pairs, left_on="code", right_on="commune", validate="one_to_many")
    counts = pairs.groupby("territory", sort=True).size().rename("communes").reset_index()
    known = placed.groupby("territory").size()
    without = counts["communes"] - counts["territory"].map(known).fillna(0).astype("int64")
    union = dissolve(placed, "territory") if len(placed) else placed[["territory", "geometry"]]
    found = counts.assign(without_outline=without).merge(
        pd.DataFrame(union), on="territory", how="left", validate="one_to_one"
    )
    return gpd.GeoDataFrame(found, geometry="geometry", crs=STORED_CRS)


def _official_members(departement: str, level: str, *, whole: bool) -> pd.DataFrame:
    if level not in LEVELS:
        near = get_close_matches(level.casefold(), LEVELS, 1, 0)[0]
        raise TerritoryError(
            f"Niveau inconnu : « {level} ». Choisir l'un de ceux-ci : {', '.join(LEVELS)} ; le plus proche "
            f"est « {near} ». Pour une CTG ou un zonage, donner son périmètre (membership)."
        )
    column = "code" if level == "commune" else level
    inside = reference.communes(OUTLINE_YEAR, departement)
    if whole:
        everywhere = reference.communes(OUTLINE_YEAR)
        inside = everywhere[everywhere[column].isin(inside[column].dropna())]
    inside = inside[inside[column].fillna("") != ""]
    return pd.DataFrame({"territory": inside[column], "commune": inside["code"]})


def projection(departement: str) -> int:
    """EPSG code of the legal projection, in metres, of a département.

    Parameters
    ----------
    departement : str
        Code of a département or overseas collectivity.

    Returns
    -------
    int
        2154 (Lambert-93) in mainland France and Corsica, the local legal projection overseas.

    Raises
    ------
    TerritoryError
        If the département does not exist, or has no single legal projection.

    Examples
    --------
    >>> projection("01"), projection("974")
    (2154, 2975)
    """
    name = reference.departement_row(departement)["name"]
    if departement in _UNPROJECTED:
        raise TerritoryError(
            f"« {name} » ({departement}) n'a pas de projection légale unique : ni carte ni surface possibles."
        )
    return OVERSEAS_PROJECTIONS.get(departement, MAINLAND_PROJECTION)


def dissolve(frame: gpd.GeoDataFrame, by: str) -> gpd.GeoDataFrame:
    """Union of the outlines that share a value.

    The fast coverage union crashes on neighbours whose borders do not match, so it is used only where
    the borders are valid.

    Parameters
    ----------
    frame : geopandas.GeoDataFrame
        Outlines, in any projection.
    by : str
        Column to group by; rows without a value are left out.

    Returns
    -------
    geopandas.GeoDataFrame
        One row per value, sorted: the column, geometry.

    Examples
    --------
    >>> outlines = commune_outlines("974").assign(island="La Réunion")
    >>> dissolve(outlines, "island")["island"].tolist()
    ['La Réunion']
    """
    kept = frame.loc[frame[by].notna(), [by, "geometry"]]
    method = "coverage" if shapely.coverage_is_valid(kept.geometry.to_numpy()) else "unary"
    return kept.dissolve(by=by, as_index=False, method=method)[[by, "geometry"]]


def places(departement: str) -> pd.DataFrame:
    """Surface of each commune and a point inside it.

    Parameters
    ----------
    departement : str
        Code of a département or overseas collectivity.

    Returns
    -------
    pandas.DataFrame
        One row per commune of 2026, sorted by ``code``: code, area_km2 (in the legal projection),
        longitude, latitude (degrees); missing where a commune has no outline.

    Raises
    ------
    TerritoryError
        If the département does not exist, or has no single legal projection.

    Examples
    --------
    >>> bourg = places("01").set_index("code").loc["01053"]
    >>> round(float(bourg["area_km2"])), round(float(bourg["longitude"]), 1)
    (24, 5.2)
    """
    outlines = commune_outlines(departement)
    points = outlines.geometry.representative_point()
    known = pd.DataFrame(
        {
            "code": outlines["code"],
            "area_km2": outlines.geometry.to_crs(projection(departement)).area / _M2_PER_KM2,
            "longitude": points.x,
            "latitude": points.y,
        }
    )
    codes = reference.communes(OUTLINE_YEAR, departement)[["code"]]
    return codes.merge(known, on="code", how="left", validate="one_to_one")
