"""What there is, and what is known to come and to go: places open, projects, closures."""

from typing import NamedTuple

import pandas as pd

from sdsf_analysis.build.periods import COMING
from sdsf_analysis.indicators.needs.spans import Numbers, Span, Zones
from sdsf_analysis.indicators.offer import is_held
from sdsf_analysis.indicators.received import file_lacking
from sdsf_analysis.indicators.remarks import listed
from sdsf_analysis.indicators.services.kinds import EAJE
from sdsf_analysis.model.french import french_date, plural
from sdsf_analysis.model.tables import Tables

CHILDMINDERS = ("childminders",)
OTHERS = ("preschool", "home_care")
_CAPACITY = {f"capacity_{part}": part for part in ("status", "low", "high")} | {"capacity": "value"}
_BOUNDED = ["commune", "value", "status", "low", "high"]


class Places(NamedTuple):
    """Places by territory on a day, and what becomes of them by another one.

    Attributes
    ----------
    eaje, childminders, others : Span
        Places open; those of the assistants maternels who work.
    programmed, closing : Span
        Places of projects that open, and of services that close, between the two days.
    said : list of str
        What is not counted, in French.
    """

    eaje: Span
    childminders: Span
    others: Span
    programmed: Span
    closing: Span
    said: list[str]


def places_at(
    tables: Tables, zones: Zones, day: pd.Timestamp, until: pd.Timestamp, working: Numbers
) -> Places:
    """Take the places of each territory on a day, and what is known to open and close until another.

    Parameters
    ----------
    tables : Tables
    zones : Zones
    day, until : pandas.Timestamp
    working : numpy.ndarray
        Share of the licensed assistants maternels who work, by territory.
    """
    held = tables.offer[is_held(tables.offer, day)]
    is_open = held["stage"] == "open"
    is_eaje = held["kind"].isin(EAJE)
    projects = held[held["stage"].isin(COMING) & is_eaje]
    dated = projects["planned_on"].notna()
    coming = projects[dated & (projects["planned_on"] > day) & (projects["planned_on"] <= until)]
    leaving = held[is_open & is_eaje & (held["closed_on"] > day) & (held["closed_on"] <= until)]
    minders = _sum(held[is_open], CHILDMINDERS, zones)

    def known(rows: pd.DataFrame) -> Span:
        # without any list of services, no project is not none
        return zones.unknown() if tables.offer.empty else zones.summed(_capacities(rows))

    mam = held[held["stage"].isin(COMING) & (held["kind"] == "mam")]
    return Places(
        eaje=_sum(held[is_open], EAJE, zones),
        childminders=minders.scaled(working),
        others=known(held[is_open & held["kind"].isin(OTHERS)]),
        programmed=known(coming),
        closing=known(leaving),
        said=_said(tables, held, day, projects[~dated], mam),
    )


def _sum(rows: pd.DataFrame, kinds: tuple[str, ...], zones: Zones) -> Span:
    """Sum of the places of some kinds: a true zero only where a file that speaks of them was received."""
    ours = rows[rows["kind"].isin(kinds)]
    sums = zones.summed(_capacities(ours))
    return sums if len(ours) else zones.unknown()


def _capacities(rows: pd.DataFrame) -> pd.DataFrame:
    """Places of services, as parts of a sum; a service whose capacity nobody writes is missing."""
    named = rows.rename(columns=_CAPACITY)[_BOUNDED]
    return named.assign(status=named["status"].astype("str").fillna("missing"))


def _said(
    tables: Tables, held: pd.DataFrame, day: pd.Timestamp, undated: pd.DataFrame, mam: pd.DataFrame
) -> list[str]:
    said = []
    for kinds, code, label in (
        (EAJE, "eaje_collective", "les EAJE"),
        (CHILDMINDERS, "childminders", "les assistants maternels"),
    ):
        known = tables.offer["kind"].isin(kinds)
        if not known.any():
            said.append(file_lacking("offer", code, label))
        elif not (held["kind"].isin(kinds) & (held["stage"] == "open")).any():
            said.append(f"Aucun fichier ne dit quels étaient {label} le {french_date(day)}.")
    if len(undated):
        count = plural(len(undated), "projet sans date d'ouverture", "projets sans date d'ouverture")
        said.append(f"Non comptés : {count}.")
    if len(mam):
        count = plural(len(mam), "projet de MAM", "projets de MAM")
        said.append(f"Non comptés : {count}, dont les places sont celles d'assistants maternels.")
    open_eaje = held[held["kind"].isin(EAJE) & (held["stage"] == "open")]
    without = open_eaje["capacity"].isna() & open_eaje["capacity_low"].isna()
    said.append(listed("EAJE dont le nombre de places manque", sorted(open_eaje.loc[without, "service"])))
    lost = int(open_eaje["commune"].isna().sum())
    if lost:
        said.append(f"Non comptés : {plural(lost, 'EAJE', 'EAJE')} sans commune.")
    return said
