"""What rests on too few persons is withheld before anything is written: its value, its parts, its bounds."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from sdsf_analysis.indicators.declaration import Indicator
from sdsf_analysis.indicators.measures import WITHHELD

NUMBERS = ["numerator", "denominator", "value", "low", "high"]
# per cent or per unit of something else than persons
_NOT_PERSONS = ("communes", "inhabitants_per_fte", "communes_per_fte", "places_out_of_reach")
_COUNTS = ("enfants", "personnes", "habitants", "familles")
# the part of an EPCI under a CTG may be one small commune
_PARTS = ("children_0_2", "children_0_17", "families", "households")
# list → columns that count persons, each with the columns that would tell it
LIST_COUNTS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "ctg_gaps": {"inhabitants": ("inhabitants",)},
    "organising_authorities": {"inhabitants": ("inhabitants",)},
    "white_zones": {"children": ("children",)},
    "services_by": {"units": ("units", "capacity")},
    "aeeh_welcome": {"aeeh_children": ("aeeh_children", "share"), "welcomed": ("welcomed", "share")},
}
# what is known by commune only: their places are those of the persons themselves
_ALONE = ("childminders", "home_care", "preschool")


def small_territories(membership: pd.DataFrame, communes: Iterable[str], level: str) -> set[str]:
    """Territories of a level that hold one commune of the workspace: what is said of them is said of it.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> tables = example_tables()
    >>> small_territories(tables.membership, ["01001", "01004", "01005"], "epci")
    {'E1'}
    """
    rows = membership[(membership["level"] == level) & membership["ends_on"].isna()]
    inside = rows[rows["commune"].isin(list(communes))].drop_duplicates(["territory", "commune"])
    sizes = inside["territory"].value_counts()
    return set(sizes.index[sizes == 1])


def guarded(answer: pd.DataFrame, entry: Indicator, small: set[str], threshold: int) -> pd.DataFrame:
    """Withhold what rests on too few persons in an answer by territory.

    Parameters
    ----------
    answer : pandas.DataFrame
        territory, measure, numerator, denominator, value, status, low, high.
    entry : Indicator
    small : set of str
        Territories that are one commune; in the others, only the parts that a CTG cuts out are looked at.
    threshold : int

    Returns
    -------
    pandas.DataFrame
        The answer; what is withheld is ``masked``, without a number.

    Examples
    --------
    >>> from sdsf_analysis.indicators.registry import indicator
    >>> row = {"territory": "E1", "measure": "children_0_2", "numerator": 3.0, "denominator": 40.0,
    ...        "value": 7.5, "status": "known", "low": None, "high": None}
    >>> found = guarded(pd.DataFrame([row]), indicator("ctg_coverage"), set(), 5)
    >>> found[["value", "status"]].values.tolist()
    [[nan, 'masked']]
    """
    if "territory" not in answer or answer.empty:
        return answer
    units = {measure.name: measure.unit for measure in entry.measures}
    few = [_rests_on_few(row, units, small, threshold) for row in answer.to_dict("records")]
    return _withheld(answer, np.array(few), NUMBERS, "status")


def guarded_list(answer: pd.DataFrame, name: str, small: set[str], threshold: int) -> pd.DataFrame:
    """Withhold what rests on too few persons in a list.

    Parameters
    ----------
    answer : pandas.DataFrame
    name : str
        Indicator.
    small : set of str
        Territories that are one commune; a row that names a commune is one.
    threshold : int

    Examples
    --------
    >>> zones = pd.DataFrame({"commune": ["01001"], "children": [3.0], "children_status": ["known"]})
    >>> guarded_list(zones, "white_zones", set(), 5).values.tolist()
    [['01001', nan, 'masked']]
    """
    if answer.empty:
        return answer
    if name == "offer_at":
        return _guarded_offer(answer, threshold)
    if name == "lorenz_points":
        return _guarded_curve(answer, threshold)
    below = answer["territory"].isin(small) if "territory" in answer else pd.Series(True, answer.index)
    if "communes" in answer:
        below &= answer["communes"] == 1
    for counted, hidden in LIST_COUNTS.get(name, {}).items():
        few = (_few(answer[counted], threshold) | _few_at_most(answer, counted, threshold)) & below
        for column in hidden:
            answer = _without(answer, few.to_numpy(), column)
    return answer


def _rests_on_few(row: Mapping[Any, Any], units: Mapping[str, str], small: set[str], threshold: int) -> bool:
    name = str(row["measure"])
    if name in _PARTS:
        rest = row["denominator"] - row["numerator"]
        return any(0 < one < threshold for one in (row["numerator"], rest, row["denominator"]))
    if row["territory"] not in small or name in _NOT_PERSONS:
        return False
    unit = units.get(name, "")
    if row["status"] in WITHHELD:
        most = row["high"] * row["denominator"] / 100 if unit == "%" else row["high"]
        return bool(unit in (*_COUNTS, "%") and most < threshold)
    counted = {"%": ("numerator", "denominator"), **dict.fromkeys(_COUNTS, ("value",))}
    return any(0 < row[part] < threshold for part in counted.get(unit, ("denominator",)))


def _guarded_offer(answer: pd.DataFrame, threshold: int) -> pd.DataFrame:
    few = _few(answer["units"], threshold) | _few_at_most(answer, "units", threshold)
    alone = answer["kind"].isin(_ALONE)
    children = answer["capacity_unit"].isin(["children", "persons"]) & alone
    too_few = children & (_few(answer["capacity"], threshold) | _few_at_most(answer, "capacity", threshold))
    answer = _without(answer, few.to_numpy(), "units")
    return _without(answer, ((few & alone) | too_few).to_numpy(), "capacity")


def _guarded_curve(answer: pd.DataFrame, threshold: int) -> pd.DataFrame:
    """A running share tells what is withheld by the difference with the next: all or nothing."""
    few = _few(answer["children"], threshold).to_numpy()
    if not few.any():
        return answer
    shares = {name: answer[name] * np.nan for name in ("population_share", "offer_share")}
    rows = {name: answer[name].mask(few) for name in ("children", "offer", "rate")}
    return answer.assign(**shares, **rows)


def _few(values: pd.Series, threshold: int) -> pd.Series:
    numbers = values.astype("float64")
    return (numbers > 0) & (numbers < threshold)


def _few_at_most(answer: pd.DataFrame, counted: str, threshold: int) -> pd.Series:
    """Whether the bounds of a withheld count say that it is small."""
    if f"{counted}_high" not in answer:
        return pd.Series(False, answer.index)
    return answer[counted].isna() & (answer[f"{counted}_high"].astype("float64") < threshold)


def _without(answer: pd.DataFrame, few: np.ndarray, column: str) -> pd.DataFrame:
    parts = [name for name in (column, f"{column}_low", f"{column}_high") if name in answer]
    return _withheld(answer, few, parts, f"{column}_status")


def _withheld(answer: pd.DataFrame, few: np.ndarray, numbers: list[str], status: str) -> pd.DataFrame:
    if not few.any():
        return answer
    found = answer.assign(**{name: answer[name].astype("float64").mask(few) for name in numbers})
    said = answer[status] if status in answer else pd.Series("known", answer.index, dtype="str")
    # what its sender withheld stays so
    found[status] = said.mask(few & ~said.isin(WITHHELD).to_numpy(), "masked")
    found.attrs = answer.attrs
    return found
