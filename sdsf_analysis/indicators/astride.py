"""The EPCI that lie in several départements, of which the tables count a part."""

import pandas as pd


def astride_epci(territories: pd.DataFrame) -> list[str]:
    """EPCI that reach beyond the communes of the workspace.

    Parameters
    ----------
    territories : pandas.DataFrame
        Table ``territories``.

    Returns
    -------
    list of str
        Codes, sorted; an EPCI whose whole is not known is not among them.

    Examples
    --------
    >>> rows = {"level": "epci", "territory": ["E1", "E2"], "communes": [3, 5], "communes_whole": [26, 5]}
    >>> astride_epci(pd.DataFrame(rows))
    ['E1']
    """
    rows = territories[territories["level"] == "epci"]
    beyond = (rows["communes"] < rows["communes_whole"]).astype("boolean").fillna(value=False)
    return sorted(rows.loc[beyond.astype("bool"), "territory"])
