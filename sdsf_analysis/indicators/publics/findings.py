"""The finding on the welcome of AEEH children in a territory, beside that of the whole département."""

import numpy as np
import pandas as pd

# fewer children than this cannot be told apart from none: the Caf withholds them, or rounds them to zero
FEW = 5
FINDINGS = {
    "unknown": "on ne sait pas",
    "few_children": f"moins de {FEW} enfants bénéficiaires de l'AEEH, ou aucun",
    "no_service": "des enfants, et aucun de ces services",
    "not_told": "des enfants, et aucun service ne dit s'il en accueille",
    "none_seen": "des enfants, et aucun accueil connu",
    "fewer": "une moindre part des services en accueille que dans le département",
    "as_many": "au moins autant de services en accueillent que dans le département",
}


def findings(
    children: pd.DataFrame, welcomed: pd.DataFrame, services: pd.DataFrame, usual: float
) -> pd.Series:
    """Say what each territory shows: the first case of `FINDINGS` that is its own.

    It compares the services that welcome with those that say whether they do, which are known exactly; the
    children are too often withheld for their rate to be compared.

    Parameters
    ----------
    children, welcomed : pandas.DataFrame
        Sums by territory, with status, low and high.
    services : pandas.DataFrame
        services, services_told, services_welcoming.
    usual : float
        Share of the services of the département that welcome, among those that say it.

    Examples
    --------
    >>> sums = pd.DataFrame({"status": ["known"], "low": [10], "high": [14]})
    >>> told = pd.DataFrame({"services": [3], "services_told": [2], "services_welcoming": [1]})
    >>> findings(sums, sums, told, 0.8).tolist(), findings(sums, sums, told, 0.5).tolist()
    (['fewer'], ['as_many'])
    """
    cases = [
        (children["status"] == "missing") | (welcomed["status"] == "missing"),
        children["high"] < FEW,
        services["services"] == 0,
        services["services_told"] == 0,
        welcomed["high"] == 0,
        services["services_welcoming"] < usual * services["services_told"],
    ]
    names = np.select([case.to_numpy(bool) for case in cases], list(FINDINGS)[:-1], "as_many")
    return pd.Series(names, index=children.index, dtype="str")
