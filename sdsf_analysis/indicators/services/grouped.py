"""Services and capacity of each territory, by kind, family, operator or funding."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from sdsf_analysis.indicators.asked import Day, check_choice, read_date
from sdsf_analysis.indicators.measures import sum_parts
from sdsf_analysis.indicators.remarks import remark
from sdsf_analysis.indicators.services.kinds import INDIVIDUAL, kinds_of, lacking, received
from sdsf_analysis.indicators.services.standing import (
    Standing,
    bounded,
    capacities,
    doubts,
    located,
    possible,
    standing,
)
from sdsf_analysis.indicators.territories import departement_communes, members
from sdsf_analysis.model.lists import choices, entries
from sdsf_analysis.model.tables import Tables

GROUPS = ("kind", "family", "operator", "operator_kind", "funding", "cofinancer", "audience", "stage")
NOT_SAID = "not_said"
_LISTS = {
    "kind": "offer_kind",
    "family": "offer_family",
    "operator_kind": "operator_kind",
    "funding": "funding",
    "audience": "audience",
    "stage": "offer_stage",
}
_KEYS = ["territory", "group", "capacity_unit"]
COLUMNS = (
    *("territory", "group", "label", "services", "services_status", "not_dated", "capacity_unit"),
    *("capacity", "capacity_status", "capacity_low", "capacity_high"),
    *("units", "units_status", "units_low", "units_high"),
)
_MAM_TWICE = (
    "Les places des MAM sont aussi dans celles des assistants maternels : elles ne sont pas ajoutées ici."
)


def services_by(  # noqa: PLR0913 - what is counted, where and by what, each by its name
    tables: Tables,
    on: Day,
    by: str = "epci",
    *,
    of: str = "kind",
    kinds: Sequence[str] = (),
    stages: Sequence[str] = ("open",),
) -> pd.DataFrame:
    """Count the services and the capacity of each territory at a date, by what tells them apart.

    Formula: number of services, and Σ capacity, over the services of the day whose commune is in the
    territory; a service without a commune counts where all the communes that it serves are. Capacities of
    different units never add up: a group that has two units has two rows. Assistants maternels are known by
    commune, so they are counted in ``units`` (professionals) and are no service: where a group has nothing
    else, its number of services is not applicable, not zero.

    Parameters
    ----------
    tables : Tables
    on : str or datetime.date
    by : str
        Level of the territories, one of those of ``membership``, or ``commune``.
    of : {"kind", "family", "operator", "operator_kind", "funding", "cofinancer", "audience", "stage"}
        What the services are grouped by.
    kinds : sequence of str
        Kinds of ``offer_kind``, families of ``offer_family``, or ``eaje`` for all crèches; every kind
        without it.
    stages : sequence of str
        States of ``offer_stage``.

    Returns
    -------
    pandas.DataFrame
        One row per territory, group and unit of capacity, sorted: territory, group, label, services and
        their status, not_dated (services that may be there, of which only a later list speaks),
        capacity_unit, capacity, units, each with status, low and high. Kinds, families and fundings that the
        département has are given for every territory, with a true zero. A capacity is missing, with its low
        bound, where one of the services is withheld, in error or not dated; ``attrs["remark"]`` names them.

    Raises
    ------
    QuestionError
        If ``on`` is not a day, or a level, a group, a kind or a state is unknown.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> found = services_by(example_tables(), "2024-12-31", kinds=["eaje_collective"])
    >>> found[["territory", "group", "services", "capacity"]].values.tolist()
    [['E1', 'eaje_collective', 2, 48.0], ['E2', 'eaje_collective', 0, 0.0]]
    """
    day = read_date(on)
    check_choice("Regroupement inconnu (of)", of, GROUPS)
    wanted = kinds_of(kinds)
    states = [check_choice("État inconnu (stages)", stage, choices("offer_stage")) for stage in stages]
    zones = members(tables.membership, departement_communes(tables.territories)["commune"], by, day)
    found = standing(tables, day, wanted, states)
    rows = _counted(tables, found, of)
    pairs, nowhere = located(tables, rows, zones)
    placed = pairs.merge(rows, left_on="row", right_index=True, validate="many_to_one")
    groups = _groups(tables, rows, of, wanted, states)
    frame = _summed(placed, _grid(zones, groups))
    twice = of != "kind" and {"mam", "childminders"} <= set(found.held["kind"])
    said = [*lacking(tables.offer, wanted), *doubts(tables, found, nowhere), _MAM_TWICE if twice else ""]
    return remark(_labelled(frame, of), said)


def _counted(tables: Tables, found: Standing, of: str) -> pd.DataFrame:
    """One row per service: its group, and what it adds to each number."""
    rows = pd.concat([found.held, found.doubtful], ignore_index=True)
    is_sure = np.arange(len(rows)) < len(found.held)
    size, units = capacities(tables.offer, rows), bounded(rows, "units")
    frame = rows[["service", "commune", "kind"]].assign(
        group=_group_of(rows, of), sure=is_sure, capacity_unit=size["unit"].astype("str")
    )
    frame["is_service"] = ~rows["kind"].isin(INDIVIDUAL)
    # a number of professionals is told by few kinds: where no status speaks of it, there is none
    frame["has_units"] = rows["units_status"].notna()
    if of != "kind" and (rows["kind"] == "childminders").any():
        frame.loc[rows["kind"] == "mam", "capacity_unit"] = None
    for name, counts in (("capacity", size.drop(columns="unit")), ("units", units)):
        told = pd.concat([counts[is_sure], possible(counts[~is_sure])])
        frame = frame.join(told.add_prefix(f"{name}_"))
    return frame


def _group_of(rows: pd.DataFrame, of: str) -> pd.Series:
    if of != "family":
        return rows[of].astype("str").fillna(NOT_SAID)
    families = {kind: said.family for kind, said in entries("offer_kind").items()}
    return rows["kind"].map(families).astype("str")


def _groups(
    tables: Tables, rows: pd.DataFrame, of: str, wanted: list[str], states: list[str]
) -> pd.DataFrame:
    """Groups of the answer with their units: every territory has each, but for operators."""
    present = rows[["group", "capacity_unit"]].drop_duplicates()
    if of == "kind" and "open" in states:
        known = received(tables.offer)
        silent = [kind for kind in wanted if kind in known and kind not in set(present["group"])]
        units = tables.offer.dropna(subset=["capacity_unit"]).drop_duplicates("kind").set_index("kind")
        more = pd.DataFrame({"group": silent, "capacity_unit": units["capacity_unit"].reindex(silent).array})
        present = pd.concat([present, more.astype("str")], ignore_index=True)
    return present if of in _LISTS else present[:0]


def _grid(zones: pd.DataFrame, groups: pd.DataFrame) -> pd.DataFrame:
    territories = pd.DataFrame({"territory": np.sort(zones["territory"].unique())}, dtype="str")
    return territories.merge(groups, how="cross")


def _summed(placed: pd.DataFrame, grid: pd.DataFrame) -> pd.DataFrame:
    """Sum what is placed by territory, group and unit, with a zero where the grid has nothing."""
    keys = pd.concat([placed[_KEYS], grid[_KEYS]], ignore_index=True).astype("str").fillna("")
    grouped = keys.groupby(_KEYS, sort=True)
    codes = grouped.ngroup().to_numpy(np.intp)[: len(placed)]
    frame = grouped.size().reset_index()[_KEYS]
    frame["capacity_unit"] = frame["capacity_unit"].where(frame["capacity_unit"] != "")
    sure, one = placed["sure"].to_numpy(bool), placed["is_service"].to_numpy(bool)
    individual = set(placed.loc[~one, "group"]).union(INDIVIDUAL) - set(placed.loc[one, "group"])
    is_counted = ~frame["group"].isin(individual)
    for name, which in (("services", sure & one), ("not_dated", ~sure & one)):
        count = pd.Series(np.bincount(codes[which], minlength=len(frame)), dtype="Int64")
        frame[name] = count.where(is_counted)
    frame["services_status"] = np.where(is_counted, "known", "not_applicable")
    has_unit = frame["capacity_unit"].notna().to_numpy()
    frame = _numbers(frame, placed, codes, "capacity", has_unit)
    told = np.bincount(codes[placed["has_units"].to_numpy(bool)], minlength=len(frame)) > 0
    return _numbers(frame, placed[placed["has_units"]], codes[placed["has_units"]], "units", told)


def _numbers(
    frame: pd.DataFrame, placed: pd.DataFrame, codes: np.ndarray, name: str, applies: np.ndarray
) -> pd.DataFrame:
    """Sum one number with its bounds; where nothing has it, it is not applicable."""
    columns = [f"{name}_{part}" for part in ("value", "status", "low", "high")]
    parts = placed[columns].set_axis(["value", "status", "low", "high"], axis=1)
    sums = sum_parts(parts).summed(codes, len(frame))
    exact = sums.low == sums.high
    return frame.assign(
        **{
            name: np.where(applies, sums.value, np.nan),
            f"{name}_status": sums.status().where(applies, "not_applicable").array,
            f"{name}_low": np.where(applies & ~exact, sums.low, np.nan),
            f"{name}_high": np.where(applies & ~exact, sums.high, np.nan),
        }
    )


def _labelled(frame: pd.DataFrame, of: str) -> pd.DataFrame:
    labels = choices(_LISTS[of]) if of in _LISTS else {}
    order = {code: rank for rank, code in enumerate(labels)}
    label = frame["group"].map(lambda code: labels.get(code, code)).astype("str")
    frame = frame.assign(
        label=label.where(frame["group"] != NOT_SAID, "non précisé"),
        rank=frame["group"].map(order).fillna(len(order)),
    )
    frame = frame.sort_values(["territory", "rank", "group", "capacity_unit"], ignore_index=True)
    return frame[list(COLUMNS)]
