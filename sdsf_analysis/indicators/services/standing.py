"""The services of a day as counts that add up: what is there, what may be, and in which territory."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from sdsf_analysis.indicators.codes import is_in
from sdsf_analysis.indicators.offer import is_held, undated_after
from sdsf_analysis.indicators.remarks import listed
from sdsf_analysis.indicators.services.kinds import INDIVIDUAL
from sdsf_analysis.indicators.sums import BOUNDED
from sdsf_analysis.indicators.territories import commune_codes
from sdsf_analysis.model.tables import Tables


class Standing(NamedTuple):
    """Services of a day.

    Attributes
    ----------
    held : pandas.DataFrame
        Rows of ``offer`` that hold on that day.
    doubtful : pandas.DataFrame
        First rows of the services that only a later list tells: nobody knows whether they were there.
    """

    held: pd.DataFrame
    doubtful: pd.DataFrame


def standing(
    tables: Tables, day: pd.Timestamp, kinds: Sequence[str], stages: Sequence[str] = ("open",)
) -> Standing:
    """Give the services of some kinds on a day, and those of which nobody says since when they are there.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> found = standing(example_tables(), pd.Timestamp("2024-06-30"), ["eaje_collective"])
    >>> found.held["service"].tolist(), found.doubtful["service"].tolist()
    (['c1'], ['c2'])
    """
    offer = tables.offer[is_in(tables.offer["kind"], pd.Series(list(kinds), dtype="str"))]
    held = offer[is_held(offer, day) & is_in(offer["stage"], pd.Series(list(stages), dtype="str"))]
    doubtful = undated_after(offer, day, stages)
    return Standing(held.reset_index(drop=True), doubtful.reset_index(drop=True))


def capacities(offer: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Capacity of some rows as a value with its status and bounds, and its unit.

    A row that says nothing of its capacity, of a kind that has one elsewhere, is missing and not zero.

    Parameters
    ----------
    offer : pandas.DataFrame
        Table ``offer``, which tells the unit of each kind.
    rows : pandas.DataFrame
        Rows of it.

    Returns
    -------
    pandas.DataFrame
        On the index of the rows: value, status, low, high, unit (missing where a kind has no capacity).

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> offer = example_tables().offer
    >>> capacities(offer, offer[:1])[["value", "status", "unit"]].values.tolist()
    [[24.0, 'known', 'places']]
    """
    told = offer[["kind", "capacity_unit"]].dropna(subset=["capacity_unit"])
    usual = told.drop_duplicates("kind").set_index("kind")["capacity_unit"]
    unit = rows["capacity_unit"].astype("str").fillna(rows["kind"].map(usual))
    frame = bounded(rows, "capacity")
    return frame.assign(unit=unit)


def bounded(rows: pd.DataFrame, name: str) -> pd.DataFrame:
    """One number of the offer with its status and bounds, under the names of every count.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> bounded(example_tables().offer[:1], "capacity")[["value", "status"]].values.tolist()
    [[24.0, 'known']]
    """
    columns = {name: "value", f"{name}_status": "status", f"{name}_low": "low", f"{name}_high": "high"}
    frame = rows[list(columns)].rename(columns=columns)
    numbers = {one: frame[one].astype("float64") for one in ("value", "low", "high")}
    return frame.assign(**numbers, status=frame["status"].astype("str").fillna("missing"))[BOUNDED]


def possible(counts: pd.DataFrame) -> pd.DataFrame:
    """What services that may not be there yet add: at least nothing, at most all of it.

    Examples
    --------
    >>> known = pd.DataFrame({"value": [18.0], "status": ["known"], "low": [None], "high": [None]})
    >>> possible(known).values.tolist()
    [[nan, 'missing', 0.0, 18.0]]
    """
    high = counts["high"].astype("float64").fillna(counts["value"])
    return counts.assign(value=np.nan, status="missing", low=0.0, high=high)


def located(tables: Tables, rows: pd.DataFrame, perimeters: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Say in which territories some services are: that of their commune, else the one that they serve whole.

    Parameters
    ----------
    tables : Tables
    rows : pandas.DataFrame
        service and commune, one row per service; the index is kept in ``row``.
    perimeters : pandas.DataFrame
        territory, commune, as `territories.members` gives them.

    Returns
    -------
    tuple of (pandas.DataFrame, list of str)
        row, territory; then the services that are in no commune of the département.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> zones = pd.DataFrame({"territory": ["E1", "E1"], "commune": ["01001", "01002"]})
    >>> rows = pd.DataFrame({"service": ["c1", "x"], "commune": ["01001", None]})
    >>> pairs, nowhere = located(example_tables(), rows, zones)
    >>> pairs.values.tolist(), nowhere
    ([[0, 'E1']], ['x'])
    """
    base = pd.DataFrame({"row": rows.index, "service": rows["service"], "commune": rows["commune"]})
    known = commune_codes(tables.territories)
    has_commune = is_in(base["commune"].astype("str"), known)
    by_commune = base[has_commune].merge(perimeters, on="commune", validate="many_to_many")
    pairs = by_commune[["row", "territory"]]
    if has_commune.all():
        return pairs, []
    no_commune = base[base["commune"].isna()]
    pairs = pd.concat([pairs, _areas(tables, no_commune, perimeters)])
    served = is_in(base["service"], tables.service_area["service"]) & base["commune"].isna()
    nowhere = base.loc[~has_commune & ~served, "service"]
    return pairs.sort_values(["row", "territory"], ignore_index=True), sorted(nowhere.unique())


def _areas(tables: Tables, rows: pd.DataFrame, perimeters: pd.DataFrame) -> pd.DataFrame:
    """Territories that hold all the communes that a service without a commune of its own serves."""
    area = tables.service_area.merge(rows[["row", "service"]], on="service", validate="many_to_many")
    size = area.groupby("row")["commune"].nunique()
    inside = area.merge(perimeters, on="commune", validate="many_to_many")
    held = inside.groupby(["row", "territory"])["commune"].nunique().reset_index()
    whole = held[held["commune"] == held["row"].map(size)]
    found: pd.DataFrame = whole[["row", "territory"]]
    return found


def doubts(tables: Tables, found: Standing, nowhere: Sequence[str]) -> list[str]:
    """Sentences on what a count of services leaves in doubt: no date, no known capacity, no commune.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> found = standing(example_tables(), pd.Timestamp("2024-06-30"), ["eaje_collective"])
    >>> doubts(example_tables(), found, [])
    ['Services que rien ne date avant une liste plus récente, peut-être déjà là : c2.', '', '']
    """
    size = capacities(tables.offer, found.held)
    unknown = size["unit"].notna() & (size["status"] != "known")
    dated = found.doubtful[~found.doubtful["kind"].isin(INDIVIDUAL)]
    told = "Services que rien ne date avant une liste plus récente, peut-être déjà là"
    no_size = "Capacité inconnue (erreur, secret ou absente), dans aucune somme"
    return [
        listed(told, sorted(dated["service"])),
        listed(no_size, sorted(found.held.loc[unknown, "service"])),
        listed("Services sans commune connue, comptés dans aucun territoire", list(nowhere)),
    ]
