"""The rates of coverage that the Cnaf publishes itself, which come before any estimate."""

import numpy as np
import pandas as pd

from sdsf_analysis.indicators.astride import astride_epci
from sdsf_analysis.indicators.codes import places_in
from sdsf_analysis.indicators.measures import VALUE_COLUMNS
from sdsf_analysis.indicators.received import file_lacking
from sdsf_analysis.model.lists import choices
from sdsf_analysis.model.tables import Tables

TOTAL = "coverage_total"
# the Cnaf's own file of each level at which it publishes
FILES = {"commune": "txcouv_pe_com", "epci": "txcouv_pe_epci", "departement": "txcouv_pe_dep"}
INDICATORS = (
    TOTAL,
    "coverage_eaje",
    "coverage_eaje_psu",
    "coverage_eaje_other",
    "coverage_individual",
    "coverage_childminders",
    "coverage_home_care",
    "coverage_preschool",
)


def published_by(tables: Tables, level: str, year: int, territories: pd.Index) -> pd.DataFrame:
    """Rates published for some territories, as they were published; missing where there is none.

    Parameters
    ----------
    tables : Tables
    level : str
    year : int
    territories : pandas.Index
        Codes of the answer.

    Returns
    -------
    pandas.DataFrame
        The territories of each of `INDICATORS`, one after the other: numerator and denominator (missing: the
        Cnaf gives the rate alone), value (places for 100 children), status, low, high.

    Examples
    --------
    >>> from sdsf_analysis.indicators.childcare.example import childcare_example
    >>> found = published_by(childcare_example(), "commune", 2023, pd.Index(["01001", "01004"]))
    >>> found["value"].tolist()[:4]
    [nan, 55.2, nan, 20.1]
    """
    rates = tables.published_rates
    rates = rates[(rates["level"] == level) & (rates["year"] == year)]
    place = places_in(rates["territory"], pd.Series(territories, dtype="str"))
    kind = places_in(rates["indicator"], pd.Series(INDICATORS))
    ours = (place >= 0) & (kind >= 0)
    where = (kind * len(territories) + place)[ours]
    frame = pd.DataFrame(np.nan, range(len(INDICATORS) * len(territories)), VALUE_COLUMNS)
    status = np.full(len(frame), "missing", dtype=object)
    status[where] = rates["status"].to_numpy(object)[ours]
    for name in ("value", "low", "high"):
        numbers = np.full(len(frame), np.nan)
        numbers[where] = rates[name].to_numpy("float64", na_value=np.nan)[ours]
        frame[name] = numbers
    return frame.assign(status=pd.Series(status, dtype="str"))


def publication_said(tables: Tables, level: str, year: int, territories: pd.Index) -> str:
    """Say for which of some territories the Cnaf publishes a rate that is here.

    Examples
    --------
    >>> from sdsf_analysis.indicators.childcare.example import childcare_example
    >>> publication_said(childcare_example(), "epci", 2023, pd.Index(["E1"]))
    "Le taux de la Cnaf pour 2023 n'est pas dans les tables à ce niveau (EPCI), seulement : commune. Son
    fichier « txcouv_pe_epci » le donne : le déposer dans data/raw, puis construire."
    """
    rates = tables.published_rates
    if rates.empty:
        return file_lacking("published_rates", TOTAL, "le taux publié par la Cnaf")
    of_year = rates[(rates["year"] == year) & (rates["indicator"] == TOTAL)]
    if of_year.empty:
        years = ", ".join(map(str, sorted(rates["year"].dropna().astype(int).unique())))
        return f"Le taux de la Cnaf pour {year} n'est pas dans les tables, seulement : {years}."
    labels = choices("level")
    here = of_year.loc[of_year["level"] == level, "territory"]
    if here.empty:
        held = ", ".join(labels.get(one, one) for one in sorted(of_year["level"].unique()))
        brought = (
            f" Son fichier « {FILES[level]} » le donne : le déposer dans data/raw, puis construire."
            if level in FILES
            else ""
        )
        return (
            f"Le taux de la Cnaf pour {year} n'est pas dans les tables à ce niveau "
            f"({labels.get(level, level)}), seulement : {held}.{brought}"
        )
    if level == "commune" and not territories.isin(here).all():
        return (
            f"La Cnaf ne publie le taux {year} que des communes de plus de 10 000 habitants "
            f"({here.nunique()} ici)."
        )
    beyond = (
        sorted(set(here) & {*astride_epci(tables.territories)} & {*territories}) if level == "epci" else []
    )
    return _of_the_whole(tables, beyond) if beyond else ""


def _of_the_whole(tables: Tables, epci: list[str]) -> str:
    rows = tables.territories[tables.territories["level"] == "epci"]
    names = rows.set_index("territory")["name"].reindex(epci).fillna(pd.Series(epci, epci))
    return (
        "Le taux de la Cnaf est celui de l'EPCI entier, communes d'autres départements comprises, pour : "
        f"{', '.join(names)}."
    )
