"""The communes without a service, and which kind of emptiness that is."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.indicators.asked import Day, check_choice, read_date
from sdsf_analysis.indicators.codes import is_in
from sdsf_analysis.indicators.remarks import remark
from sdsf_analysis.indicators.services.ages import BANDS, children_of, children_said
from sdsf_analysis.indicators.services.kinds import kinds_of, lacking, received
from sdsf_analysis.indicators.services.points import distances_km
from sdsf_analysis.indicators.services.standing import doubts, standing
from sdsf_analysis.indicators.territories import departement_communes, level_rows
from sdsf_analysis.model.french import number, plural
from sdsf_analysis.model.tables import Tables

STATES = ("served", "near", "unknown", "few_children", "white")
COLUMNS = (
    *("commune", "name", "epci", "state", "label", "children", "children_status", "children_year"),
    *("nearest_km", "nearest_commune", "nearest_commune_name"),
)


def white_zones(  # noqa: PLR0913 - what makes a zone white, each by its name
    tables: Tables,
    on: Day,
    *,
    kinds: Sequence[str] = ("eaje",),
    radius_km: float = 10.0,
    few: int = 5,
    age: str = "0_2",
    served: bool = False,
) -> pd.DataFrame:
    """List the communes where there is no service of some kinds, each with what kind of emptiness it is.

    In this order: ``served`` (a service in the commune, or that serves it), ``near`` (none, but one within
    reach), ``few_children`` (none, none within reach, and fewer than ``few`` children), ``white`` (none, none
    within reach, and children), ``unknown`` where none of these can be told: no list was received, a list
    does not say since when a service is there, the children or the point of the commune are not known.
    Distances are as the crow flies, from the point of a commune to that of another one with a service.

    Parameters
    ----------
    tables : Tables
    on : str or datetime.date
    kinds : sequence of str
        Kinds of ``offer_kind``, families of ``offer_family``, or ``eaje`` for all crèches.
    radius_km : float
        Within reach: at most so far.
    few : int
        Fewer children than this is few.
    age : {"0_2", "3_11", "12_17", "0_17"}
        Children that the kinds are for.
    served : bool
        Whether to list the communes that have a service too, as a map needs.

    Returns
    -------
    pandas.DataFrame
        One row per commune, sorted: commune, name, epci, state, label (in words), children, children_status,
        children_year, nearest_km, nearest_commune, nearest_commune_name (the nearest one with a service).

    Raises
    ------
    QuestionError
        If ``on`` is not a day, a kind or an age is unknown, or a threshold is less than zero.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> found = white_zones(example_tables(), "2024-12-31")
    >>> found[["commune", "state", "label"]].values.tolist()
    [['01004', 'white', 'aucun service, et des enfants'],
     ['01005', 'few_children', 'aucun service, et moins de 5 enfants']]
    """
    day = read_date(on)
    wanted = kinds_of(kinds)
    check_choice("Tranche d'âge inconnue (age)", age, BANDS)
    if radius_km < 0 or few < 0:
        raise QuestionError("Un rayon (radius_km) et un nombre d'enfants (few) ne sont jamais négatifs.")
    communes = departement_communes(tables.territories)
    found = standing(tables, day, wanted)
    has = _served(tables, found.held, communes["commune"])
    may_have = _served(tables, found.doubtful, communes["commune"])
    children = children_of(tables, age, day.year)
    nearest = _nearest(communes, has)
    frame = _described(tables, day, communes).join(nearest)
    counts = children.rows.reset_index(drop=True)
    frame = frame.assign(
        children=counts["value"], children_status=counts["status"], children_year=children.year
    )
    maybe = may_have | (_nearest(communes, may_have)["nearest_km"] <= radius_km).to_numpy()
    # where a commune has no point, nobody knows what is near
    blind = communes[["longitude", "latitude"]].isna().any(axis=1).to_numpy() & has.any()
    doubtful = maybe | blind
    if not received(tables.offer) & set(wanted):
        doubtful = np.ones(len(communes), dtype=bool)
    near = (frame["nearest_km"] <= radius_km).to_numpy()
    frame["state"] = _states(has, near, doubtful, _few(counts, few))
    frame["label"] = frame["state"].map(_labels(radius_km, few)).astype("str")
    kept = frame if served else frame[frame["state"] != "served"]
    kept = kept.sort_values("commune", ignore_index=True).astype({"children_year": "Int64"})
    said = [*lacking(tables.offer, wanted), *doubts(tables, found, [])[:1], children_said(children, age)]
    return remark(kept[list(COLUMNS)], said)


def _served(tables: Tables, rows: pd.DataFrame, communes: pd.Series) -> np.ndarray:
    """Whether each commune has a service, in it or for it; nobody at work is no service."""
    at_work = ~((rows["units"] == 0) | (rows["capacity"] == 0)).fillna(False).to_numpy(bool)
    rows = rows[at_work]
    area = tables.service_area.loc[is_in(tables.service_area["service"], rows["service"]), "commune"]
    return is_in(communes, pd.concat([rows["commune"].astype("str"), area.astype("str")]).dropna())


def _nearest(communes: pd.DataFrame, has: np.ndarray) -> pd.DataFrame:
    """Nearest commune with a service, itself included; missing without a point or without any."""
    there = communes[has & communes["longitude"].notna().to_numpy()].reset_index(drop=True)
    empty = pd.DataFrame({"nearest_km": np.nan, "nearest_commune": None}, index=communes.index)
    empty = empty.astype({"nearest_commune": "str"})
    if there.empty:
        return empty.assign(nearest_commune_name=empty["nearest_commune"])
    far = np.nan_to_num(distances_km(communes, there), nan=np.inf)
    first = far.argmin(axis=1)
    km = far[np.arange(len(communes)), first]
    is_known = np.isfinite(km)
    chosen = there.loc[first, ["commune", "name"]].reset_index(drop=True)
    return pd.DataFrame(
        {
            "nearest_km": np.where(is_known, km, np.nan),
            "nearest_commune": chosen["commune"].where(is_known),
            "nearest_commune_name": chosen["name"].where(is_known),
        }
    )


def _described(tables: Tables, day: pd.Timestamp, communes: pd.DataFrame) -> pd.DataFrame:
    epci = level_rows(tables.membership, "epci", day).drop_duplicates("commune").set_index("commune")
    frame = communes[["commune", "name"]].reset_index(drop=True)
    return frame.assign(epci=frame["commune"].map(epci["territory"]).astype("str"))


def _few(counts: pd.DataFrame, few: int) -> pd.Series:
    """Whether a commune has few children: 1, 0, or missing where its bounds do not tell."""
    low = counts["low"].fillna(counts["value"])
    high = counts["high"].fillna(counts["value"])
    return pd.Series(np.select([high < few, low >= few], [1.0, 0.0], np.nan), index=counts.index)


def _states(has: np.ndarray, near: np.ndarray, doubtful: np.ndarray, few: pd.Series) -> pd.Series:
    cases = [has, near, doubtful | few.isna().to_numpy(), (few == 1).to_numpy()]
    return pd.Series(np.select(cases, STATES[:-1], STATES[-1]), index=few.index, dtype="str")


def _labels(radius_km: float, few: int) -> dict[str, str]:
    """Three ways to have nothing, never under one word."""
    reach = number(radius_km, 0 if float(radius_km).is_integer() else 1)
    return {
        "served": "un service au moins",
        "near": f"aucun service, mais un à {reach} km au plus",
        "few_children": f"aucun service, et moins de {plural(few, 'enfant')}",
        "white": "aucun service, et des enfants",
        "unknown": "on ne sait pas",
    }
