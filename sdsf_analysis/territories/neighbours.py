"""Which communes share a border, from their outlines."""

from functools import cache

import pandas as pd
import shapely

from sdsf_analysis.territories import outlines

# 201 borders of the generalised outlines miss their neighbour's by some metres
_GAP_M = 25.0
# two outlines that meet at one point come within the gap along about twice its length
_SHORTEST_BORDER_M = 4 * _GAP_M


@cache
def commune_neighbours(departement: str) -> pd.DataFrame:
    """Communes of a département that share a border.

    A border is shared where the outlines come within 25 m of one another along at least 100 m: two communes
    that touch at one point are no neighbours, and an island has none.

    Parameters
    ----------
    departement : str
        Code of a département or overseas collectivity.

    Returns
    -------
    pandas.DataFrame
        One row per ordered pair, sorted: commune, neighbour. Communes without an outline, and those of other
        départements, are in no pair. Kept for the next call: not to be changed.

    Raises
    ------
    TerritoryError
        If the département does not exist, or has no single legal projection.

    Examples
    --------
    >>> pairs = commune_neighbours("90")
    >>> pairs.loc[pairs["commune"] == "90010", "neighbour"].tolist()[:3]
    ['90008', '90029', '90032']
    """
    drawn = outlines.commune_outlines(departement).to_crs(outlines.projection(departement))
    shapes, codes = drawn.geometry.to_numpy(), drawn["code"].to_numpy()
    first, second = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=_GAP_M)
    first, second = first[first < second], second[first < second]
    around = shapely.buffer(shapes, _GAP_M, quad_segs=2)
    shared = shapely.length(shapely.intersection(shapely.boundary(shapes)[first], around[second]))
    first, second = first[shared >= _SHORTEST_BORDER_M], second[shared >= _SHORTEST_BORDER_M]
    one = pd.DataFrame({"commune": codes[first], "neighbour": codes[second]}, dtype="str")
    other = one.rename(columns={"commune": "neighbour", "neighbour": "commune"})[["commune", "neighbour"]]
    return pd.concat([one, other]).sort_values(["commune", "neighbour"], ignore_index=True)
