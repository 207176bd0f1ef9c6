"""The outlines of the communes of 2026, their legal projections, and unions that never crash.

Outlines: IGN Admin Express (Licence Ouverte 2.0), generalised. They place and draw communes; they do not
say which commune a point belongs to: use the code for that.
"""

from importlib.resources import as_file, files

import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq
import shapely

from sdsf_analysis.errors import TerritoryError
from sdsf_analysis.territories import reference

OUTLINE_YEAR = 2026
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
    codes = reference.communes(OUTLINE_YEAR, departement)["code"].tolist()
    with as_file(files(__package__) / "data" / "communes_geometry.parquet") as path:
        table = pq.read_table(path, filters=[("code", "in", codes)])
    geometry = gpd.GeoSeries.from_wkb(table.column("geometry").to_pylist(), crs=STORED_CRS)
    frame = gpd.GeoDataFrame({"code": table.column("code").to_pylist()}, geometry=geometry.values)
    return frame.astype({"code": "str"}).sort_values("code").reset_index(drop=True)


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
