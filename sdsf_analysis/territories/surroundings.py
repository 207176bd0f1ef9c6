"""What lies around a département: the parts of its neighbours that a map of it shows."""

from importlib.resources import as_file, files
from math import cos, radians

import geopandas as gpd
import numpy as np
import pyarrow.parquet as pq
import shapely

from sdsf_analysis.territories import outlines

_KM_PER_DEGREE = 111.2


def surroundings(departement: str, within_km: float = 30) -> gpd.GeoDataFrame:
    """Outlines of the neighbouring départements: their communes that are near, as one shape each.

    Parameters
    ----------
    departement : str
    within_km : float
        How far beyond the extent of the département.

    Returns
    -------
    geopandas.GeoDataFrame
        One row per département, sorted: departement, geometry (EPSG:4326); none around an island.

    Raises
    ------
    TerritoryError
        If the département does not exist.

    Examples
    --------
    >>> surroundings("90")["departement"].tolist()
    ['25', '68', '70', '88']
    >>> surroundings("974").empty
    True
    """
    west, south, east, north = outlines.commune_outlines(departement).total_bounds
    up = within_km / _KM_PER_DEGREE
    aside = up / cos(radians((south + north) / 2))
    codes, drawn = shapes()
    left, bottom, right, top = shapely.bounds(drawn).T
    near = (left < east + aside) & (right > west - aside) & (bottom < north + up) & (top > south - up)
    owners = [code[:3] if code.startswith(("97", "98")) else code[:2] for code in codes[near]]
    frame = gpd.GeoDataFrame({"departement": owners}, geometry=drawn[near], crs=outlines.STORED_CRS)
    others = frame[frame["departement"] != departement]
    return outlines.dissolve(others, "departement") if len(others) else others


def shapes() -> tuple[np.ndarray, np.ndarray]:
    """Codes and outlines (EPSG:4326) of all communes of France that have one.

    Examples
    --------
    >>> codes, drawn = shapes()
    >>> len(codes) == len(drawn) == 34871
    True
    """
    with as_file(files(__package__) / "data" / "communes_geometry.parquet") as path:
        table = pq.read_table(path)
    codes = np.asarray(table.column("code").to_pylist(), dtype="object")
    return codes, shapely.from_wkb(table.column("geometry").to_numpy())
