"""The places with assistants maternels who work: children cared for, else those who work times an average."""

import pandas as pd

from sdsf_analysis.indicators.received import file_lacking
from sdsf_analysis.indicators.sums import BOUNDED
from sdsf_analysis.model.french import number
from sdsf_analysis.model.tables import Tables

SERVED, ACTIVE, LICENSED = "children_served", "childminders_active", "childminders_licensed"
SUBJECT = "les assistants maternels qui travaillent"
# Sénat, rapport n° 74 (2011-2012): 292,100 at work, 650,000 places meant for children under three, in 2009
CHILDREN_PER_CHILDMINDER = 2.2


def childminder_places(
    tables: Tables, day: pd.Timestamp, average: float = CHILDREN_PER_CHILDMINDER
) -> tuple[pd.DataFrame, str, str]:
    """Places of assistants maternels by commune, of the latest year that has ended on a day.

    Formula: children cared for (``children_served``) where a file counts them, else assistants maternels at
    work (``childminders_active``) times an average. Never the places that the PMI licenses: they mix ages and
    hold inactive licences. Reference: Cnaf, Dossier d'étude n° 203 (2019); the average is that of the Sénat's
    rapport n° 74 (2011-2012) for 2009, 650,000 / 292,100, to be replaced by the one known locally.

    Parameters
    ----------
    tables : Tables
    day : pandas.Timestamp
    average : float
        Children under three per assistant maternel at work.

    Returns
    -------
    pandas.DataFrame
        commune, value (places), status, low, high.
    str
        How they were counted, in French; empty where nothing was.
    str
        Why they are not known, in French; empty where they are.

    Examples
    --------
    >>> from sdsf_analysis.indicators.childcare.example import childcare_example
    >>> rows, _, _ = childminder_places(childcare_example(), pd.Timestamp("2023-12-31"), 2.5)
    >>> rows[["commune", "value"]].values.tolist()
    [['01001', 10.0], ['01004', 15.0]]
    """
    told = counted_childminders(tables, (SERVED, ACTIVE))
    known = told[told["year"] <= last_whole_year(day)]
    if known.empty:
        return told[["commune", *BOUNDED]][:0], "", _unknown(tables, told)
    year = int(known["year"].max())
    rows = known[known["year"] == year]
    served = rows[rows["measure"] == SERVED]
    active = rows[(rows["measure"] == ACTIVE) & ~rows["service"].isin(served["service"])]
    scaled = active.assign(**{name: active[name] * average for name in ("value", "low", "high")})
    found = pd.concat([served, scaled], ignore_index=True)[["commune", *BOUNDED]]
    return found, _said(active, year, average), ""


def counted_childminders(tables: Tables, measures: tuple[str, ...]) -> pd.DataFrame:
    """Give the yearly counts of the assistants maternels of each commune.

    Parameters
    ----------
    tables : Tables
    measures : tuple of str
        Codes of the list ``activity_measure``.

    Returns
    -------
    pandas.DataFrame
        service, commune, year, measure, value, status, low, high.

    Examples
    --------
    >>> from sdsf_analysis.indicators.childcare.example import childcare_example
    >>> counted_childminders(childcare_example(), (ACTIVE,))["value"].tolist()
    [4.0, 3.0, 6.0, 6.0]
    """
    offer = tables.offer.loc[tables.offer["kind"] == "childminders", ["service", "commune"]]
    activity = tables.activity[tables.activity["measure"].isin(measures)]
    activity = activity.loc[activity["nature"] == "actual", ["service", "year", "measure", *BOUNDED]]
    return activity.merge(offer.drop_duplicates("service"), on="service", validate="many_to_one")


def last_whole_year(day: pd.Timestamp) -> int:
    """Latest year that has ended on a day.

    Examples
    --------
    >>> last_whole_year(pd.Timestamp("2023-12-31")), last_whole_year(pd.Timestamp("2023-12-30"))
    (2023, 2022)
    """
    return day.year if (day.month, day.day) == (12, 31) else day.year - 1


def _unknown(tables: Tables, told: pd.DataFrame) -> str:
    if not told.empty:
        return f"{SUBJECT.capitalize()} : rien de connu avant le 31 décembre {told['year'].min()}."
    lacking = file_lacking("activity", ACTIVE, SUBJECT)
    if counted_childminders(tables, (LICENSED,)).empty:
        return lacking
    return f"{lacking} Les agréés de la PMI, reçus, ne les remplacent pas."


def _said(active: pd.DataFrame, year: int, average: float) -> str:
    if active.empty:
        return ""
    return (
        f"Assistants maternels en activité en {year} × {decimal(average)} enfants de moins de 3 ans "
        "(option children_per_childminder), faute de compter les enfants gardés."
    )


def decimal(average: float) -> str:
    """Write an average with the decimals that it has.

    Examples
    --------
    >>> decimal(2.25), decimal(3.0)
    ('2,25', '3')
    """
    return number(average, len(f"{average:g}".partition(".")[2]))
