"""The rows of the tables that an indicator rests on, for a territory at a date."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.indicators.access.ground import ground
from sdsf_analysis.indicators.access.reach import reach_of
from sdsf_analysis.indicators.asked import Day, read_date
from sdsf_analysis.indicators.codes import is_in, places_in
from sdsf_analysis.indicators.money.natures import best_natures
from sdsf_analysis.indicators.money.paid import funds_asked
from sdsf_analysis.indicators.offer import is_held
from sdsf_analysis.indicators.services.ages import BANDS, children_of
from sdsf_analysis.indicators.services.homes import known_near
from sdsf_analysis.indicators.services.standing import located
from sdsf_analysis.indicators.sums import family_count
from sdsf_analysis.indicators.territories import communes_of
from sdsf_analysis.indicators.trail.sources import SOURCES, Source
from sdsf_analysis.model.tables import Tables, table
from sdsf_analysis.territories.distances import nearest_km

Rows = dict[str, pd.DataFrame]
# as the accessible places go by default
_RADIUS_KM = 15


class Asked(NamedTuple):
    """A question whose rows are sought.

    Attributes
    ----------
    name : str
        Indicator.
    tables : Tables
    day : pandas.Timestamp
    communes : pandas.Series
        Those of the territory, or of the département.
    services : pandas.Series
        Services that are in these communes, whatever their state.
    level, territory : str or None
        None for the whole département.
    """

    name: str
    tables: Tables
    day: pd.Timestamp
    communes: pd.Series
    services: pd.Series
    level: str
    territory: str | None


def rows_read(  # noqa: PLR0913 - the indicator, the place and what narrows it, each by its name
    name: str,
    tables: Tables,
    on: Day,
    by: str = "epci",
    territory: str | None = None,
    *,
    narrowed: Mapping[str, object] | None = None,
) -> Rows:
    """Find the rows that an indicator reads, with its usual options.

    Parameters
    ----------
    name : str
        Key of `SOURCES`.
    tables : Tables
    on : str or datetime.date
    by : str
        Level of the territory.
    territory : str, optional
        The whole département without it.
    narrowed : mapping, optional
        Column → value, such as ``service``, ``fund`` or ``measure``: tables without this column are left out.

    Returns
    -------
    dict of str to pandas.DataFrame
        Table → rows.

    Raises
    ------
    QuestionError
        If ``on`` is not a day, no territory has this level or code, or no table has a column.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> rows = rows_read("places_per_100", example_tables(), "2024-06-30", territory="E1")
    >>> rows["offer"]["service"].tolist(), rows["families"]["value"].tolist()
    (['c1'], [30.0, 15.0])
    """
    day, source = read_date(on), SOURCES[name]
    communes = communes_of(tables, day, by, territory)
    services = _services_of(tables, day, communes)
    asked = Asked(name, tables, day, communes, services, by, territory)
    found = {"families": _families(asked, source)}
    if source.activity:
        found["activity"] = _activity(asked, source)
    found |= {one: _OTHERS[one](asked) for one in source.more if one != "births"}
    if source.kinds:
        offer = _offer(asked, source)
        told = [rows["service"] for rows in found.values() if "service" in rows.columns]
        # money and alerts are of some services only
        found["offer"] = offer[is_in(offer["service"], pd.concat(told))] if source.is_of_some else offer
    return _narrowed(name, found, narrowed or {})


def _services_of(tables: Tables, day: pd.Timestamp, communes: pd.Series) -> pd.Series:
    """Services of some communes: in one of them, or serving none but them."""
    known = known_near(tables.offer, day)
    zone = pd.DataFrame({"territory": "asked", "commune": communes.array})
    pairs, _ = located(tables, known, zone)
    services: pd.Series = known["service"].take(pairs["row"].unique()).reset_index(drop=True)
    return services


def _offer(asked: Asked, source: Source) -> pd.DataFrame:
    offer = asked.tables.offer
    of_kinds = is_in(offer["kind"], pd.Series(source.kinds, dtype="str"))
    begun = (offer["valid_from"] <= asked.day).to_numpy(bool, na_value=False)
    is_open = (is_held(offer, asked.day) & (offer["stage"] == "open")).to_numpy(bool, na_value=False)
    services = _around(asked, source) if source.around and asked.territory is not None else asked.services
    return offer[of_kinds & is_in(offer["service"], services) & (begun if source.is_history else is_open)]


def _around(asked: Asked, source: Source) -> pd.Series:
    """Services that count for these communes, in them or not."""
    if source.around == "radius":
        reach = reach_of(asked.tables, asked.day, source.kinds, "children_0_2", radius_km=_RADIUS_KM)
        ours = is_in(reach.land.communes, asked.communes)
        sites = np.unique(reach.pairs.site[ours[reach.pairs.origin]])
        return reach.land.services["service"].iloc[sites]
    land = ground(asked.tables, asked.day, source.kinds)
    where = places_in(asked.communes, land.communes)
    where = where[land.has_point[where]]
    _, site = nearest_km(land.points[where], land.sites)
    at_home = np.flatnonzero(np.isin(land.homes, where))
    return land.services["service"].iloc[np.unique(np.append(site[site >= 0], at_home))]


def _activity(asked: Asked, source: Source) -> pd.DataFrame:
    activity = asked.tables.activity
    rows = activity[
        is_in(activity["measure"], pd.Series(source.activity))
        & (activity["nature"] == "actual").to_numpy(bool)
        & (activity["year"] <= asked.day.year).to_numpy(bool, na_value=False)
    ]
    last = rows.groupby("measure")["year"].transform("max")
    recent = rows[rows["year"] > last - source.years]
    of_kinds = asked.tables.offer[is_in(asked.tables.offer["kind"], pd.Series(source.kinds, dtype="str"))]
    return recent[is_in(recent["service"], asked.services) & is_in(recent["service"], of_kinds["service"])]


def _families(asked: Asked, source: Source) -> pd.DataFrame:
    families = asked.tables.families
    rows = families[is_in(families["commune"], asked.communes)]
    kept = pd.Series(False, index=rows.index)
    for age in source.ages:
        count = children_of(asked.tables, age, asked.day.year)
        bands = {band for choice in BANDS[age] for band in choice}
        same = (rows["year"] == count.year) & (rows["regime"] == count.regime)
        kept |= (same & rows["measure"].isin(bands)).fillna(False).astype(bool)
    for measure in source.counts:
        year = family_count(asked.tables, measure, asked.day.year, ("caf",)).year
        of_year = (rows["measure"] == measure) & (rows["regime"] == "caf") & (rows["year"] == year)
        kept |= of_year.fillna(False).astype(bool)
    if "births" in source.more:
        born = (rows["measure"] == "births") & (rows["year"] <= asked.day.year)
        kept |= born.fillna(False).astype(bool)
    return rows[kept]


def _funds(asked: Asked) -> pd.DataFrame:
    """Amounts of each year in the nature that the indicator takes; the last year alone for ``funds_by``."""
    named = ["exceptional_aid"] if asked.name == "watch_list" else []
    rows = funds_asked(asked.tables, [], named, None)
    natures = {year: one for year, one in best_natures(rows).items() if year <= asked.day.year}
    if asked.name == "funds_by":
        natures = dict(sorted(natures.items())[-1:])
    kept = rows["nature"].astype("str") == rows["year"].map(natures).astype("str")
    rows = rows[kept.fillna(False)]
    # without a territory, the whole département: money that is nowhere is asked about too
    return rows if asked.territory is None else rows[is_in(rows["service"], asked.services)]


def _alerts(asked: Asked) -> pd.DataFrame:
    alerts = asked.tables.alerts
    rows: pd.DataFrame = alerts[alerts["date"] <= asked.day]
    return rows[is_in(rows["service"], asked.services)]


def _published(asked: Asked) -> pd.DataFrame:
    rates = asked.tables.published_rates
    rows: pd.DataFrame = rates[(rates["level"] == asked.level) & (rates["year"] <= asked.day.year)]
    if asked.territory is not None:
        rows = rows[rows["territory"] == asked.territory]
    latest: pd.DataFrame = rows[rows["year"] == rows["year"].max()]
    return latest


def _authorities(asked: Asked) -> pd.DataFrame:
    rows = asked.tables.authorities
    return rows[is_in(rows["commune"], asked.communes) & (rows["starts_on"] <= asked.day).to_numpy(bool)]


_OTHERS: dict[str, Callable[[Asked], pd.DataFrame]] = {
    "funds": _funds,
    "alerts": _alerts,
    "published_rates": _published,
    "authorities": _authorities,
    "actions": lambda asked: asked.tables.actions,
    "action_measures": lambda asked: asked.tables.action_measures[
        asked.tables.action_measures["date"] <= asked.day
    ],
}


def _narrowed(name: str, found: Rows, narrowed: Mapping[str, object]) -> Rows:
    """Rows that bear some values; the tables that do not have the column are left out."""
    for column, value in narrowed.items():
        having = {one: rows for one, rows in found.items() if column in rows.columns}
        if not having:
            known = sorted({key for one in found for key in table(one).key})
            raise QuestionError(
                f"{name} se demande par territory, on et by, ou par une clé de ce qu'il lit, pas par "
                f"{column}. Clés : {', '.join(known)}."
            )
        found = {one: rows[rows[column].astype("str") == str(value)] for one, rows in having.items()}
    return {one: rows for one, rows in found.items() if len(rows)}
