"""The assistants maternels: how many work, how many leave within some years."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from sdsf_analysis.indicators.needs.spans import Numbers, Span, Zones
from sdsf_analysis.indicators.received import file_lacking
from sdsf_analysis.indicators.territories import departement_communes
from sdsf_analysis.model.french import plural
from sdsf_analysis.model.tables import Tables

_ACTIVE, _LICENSED, _SENIOR = "childminders_active", "childminders_licensed", "childminders_55_plus"
_BOUNDED = ["commune", "value", "status", "low", "high"]


class Exits(NamedTuple):
    """How assistants maternels leave.

    Attributes
    ----------
    rate : float or None
        Departures per year, in %, in place of the ages.
    career : int
        Years from the 55th birthday to the last day of work, over which departures are even.
    usual : float
        Departures per year, in %, where the ages are not given.
    """

    rate: float | None
    career: int
    usual: float


class Staff(NamedTuple):
    """Assistants maternels by territory: those who work, those who leave by the horizon.

    Attributes
    ----------
    active, leaving : Span
        Persons.
    working, staying : numpy.ndarray
        Share of the licensed who work; share of those who work that is still there at the horizon.
    said : list of str
        Where the departures come from, in French.
    """

    active: Span
    leaving: Span
    working: Numbers
    staying: Numbers
    said: list[str]


def staff_at(tables: Tables, zones: Zones, year: int, horizon: int, exits: Exits) -> Staff:
    """Count the assistants maternels of each territory, and those who leave within some years.

    Parameters
    ----------
    tables : Tables
    zones : Zones
    year : int
        The counts are the latest not after it.
    horizon : int
        Years.
    exits : Exits
    """
    counts = {measure: _count(tables, measure, year) for measure in (_ACTIVE, _LICENSED, _SENIOR)}
    told = counts[_LICENSED][1]
    active, licensed, senior = (zones.summed(counts[measure][0]) for measure in (_ACTIVE, _LICENSED, _SENIOR))
    with np.errstate(invalid="ignore", divide="ignore"):
        working = np.where(licensed.value > 0, active.value / licensed.value, np.nan)
        share = np.where(licensed.value > 0, senior.value / licensed.value, np.nan)
    is_told = ~np.isnan(share) & (exits.rate is None)
    rate = exits.usual if exits.rate is None else exits.rate
    by_rate = (1 - rate / 100) ** horizon
    staying = np.where(is_told, 1 - share * min(1.0, horizon / exits.career), by_rate)
    nobody = active.value == 0
    working = np.where(np.isnan(working), 1.0, working)
    return Staff(
        active=active,
        leaving=active.scaled(np.where(nobody, 0.0, 1 - staying)),
        working=working,
        staying=staying,
        said=_departures_said(is_told | nobody, told, rate, exits.career, given=exits.rate is not None),
    )


def _count(tables: Tables, measure: str, year: int) -> tuple[pd.DataFrame, int | None]:
    """One count of the PMI by commune, of the latest year not after a year, and that year."""
    rows = tables.activity
    rows = rows[(rows["measure"] == measure) & (rows["nature"] == "actual") & (rows["year"] <= year)]
    years = rows["year"].dropna()
    communes = departement_communes(tables.territories)[["commune"]]
    if years.empty:
        unknown = communes.assign(value=np.nan, status="missing", low=np.nan, high=np.nan)
        return unknown, None
    last = int(years.max())
    rows = rows[rows["year"] == last]
    places = tables.offer.drop_duplicates("service")[["service", "commune"]]
    told = rows.merge(places, on="service", how="inner", validate="many_to_one")
    return told[_BOUNDED], last


def _departures_said(
    is_told: np.ndarray, year: int | None, rate: float, career: int, *, given: bool
) -> list[str]:
    written = f"{rate:g}".replace(".", ",")
    by_rate = f"{written} % d'assistants maternels en moins par an"
    if given:
        return [f"Départs : {by_rate} (taux donné)."]
    if year is None or not is_told.any():
        lacking = file_lacking("activity", _SENIOR, "l'âge des assistants maternels")
        return [f"Départs : {by_rate} (hypothèse). {lacking}"]
    ages = (
        f"Départs : ceux de 55 ans et plus en {year} (PMI), répartis sur {career} ans, sans compter les "
        "nouveaux agréments."
    )
    without = int((~is_told).sum())
    if not without:
        return [ages]
    count = plural(without, "territoire dont l'âge n'est pas connu", "territoires dont l'âge n'est pas connu")
    return [ages, f"{count} : {by_rate} (hypothèse)."]
