"""The alerts: those that the figures give, those that the Caf wrote, and the aids that were paid."""

from typing import Any

import numpy as np
import pandas as pd

from sdsf_analysis.indicators.codes import Flags
from sdsf_analysis.indicators.money.natures import amounts_of, best_natures
from sdsf_analysis.indicators.support.rules import (
    JUDGED,
    Series,
    Thresholds,
    actual_figures,
    billing_rising,
    cash_falling,
    deficit_running,
    figures,
    kept,
    occupancy_falling,
    series_of,
    shares_of_charges,
    shown,
)
from sdsf_analysis.model.tables import Tables

# in the order in which a structure's alerts are read
RULES = {
    "reported": "alerte signalée par la Caf",
    "occupancy_low": "taux d'occupation bas",
    "occupancy_falling": "taux d'occupation en baisse",
    "billing_high": "taux de facturation élevé",
    "billing_rising": "taux de facturation en hausse",
    "deficit": "déficit important",
    "deficit_running": "déficit répété",
    "cash_low": "trésorerie basse",
    "cash_falling": "trésorerie en baisse",
    "aid": "aide exceptionnelle",
}
_FIGURES = ("year", "value", "unit", "threshold", "figures")
_WRITTEN = ("reported_on", "reason", "support", "follow_up", "aid_eur")
COLUMNS = ("service", "rule", "label", *_FIGURES, *_WRITTEN)
_EMPTY = {
    **dict.fromkeys(("service", "rule", "label", "unit", "figures", "reason", "support", "follow_up"), "str"),
    **dict.fromkeys(("value", "threshold", "aid_eur"), "float64"),
    "year": "Int64",
    "reported_on": "datetime64[us]",
}


def alerts_of(tables: Tables, day: pd.Timestamp, limits: Thresholds) -> pd.DataFrame:
    """List the alerts known at a date, and the aids, one row each.

    Parameters
    ----------
    tables : Tables
    day : pandas.Timestamp
        Figures of the years not after its own, alerts dated not after it.
    limits : Thresholds

    Examples
    --------
    >>> from sdsf_analysis.indicators.support.example import support_example
    >>> found = alerts_of(support_example(), pd.Timestamp("2024-12-31"), Thresholds())
    >>> found[["service", "rule"]].values.tolist()
    [['c1', 'occupancy_low'], ['c1', 'occupancy_falling'], ['c1', 'deficit'], ['c1', 'deficit_running'],
     ['m1', 'reported'], ['m1', 'aid']]
    """
    frames = [_reported(tables, day), *_computed(tables, day.year, limits), _aids(tables, day.year)]
    typed = pd.DataFrame({name: pd.Series(dtype=_EMPTY[name]) for name in COLUMNS})
    rows = pd.concat([typed, *(one for one in frames if len(one))]).astype(_EMPTY)
    rank = rows["rule"].map(list(RULES).index)
    order = ["service", "rank", "reported_on", "year"]
    return rows.assign(rank=rank).sort_values(order, kind="stable", ignore_index=True)[list(COLUMNS)]


def _computed(tables: Tables, last: int, limits: Thresholds) -> list[pd.DataFrame]:
    """What the figures say, rule by rule."""
    known = actual_figures(tables, last)
    occupancy, billing, result, cash = (series_of(known, measure, limits.years) for measure in JUDGED)
    share = shares_of_charges(known, result)
    return [
        _beyond("occupancy_low", occupancy, limits.occupancy_min, "%", below=True),
        _trend("occupancy_falling", occupancy, occupancy_falling(occupancy, limits), "%"),
        _beyond("billing_high", billing, limits.billing_max, "%", below=False),
        _trend("billing_rising", billing, billing_rising(billing, limits), "%"),
        _beyond("deficit", share, -limits.deficit_max, "%", below=True),
        _trend("deficit_running", result, deficit_running(result, limits), "€"),
        _beyond("cash_low", cash, limits.cash_min, "jours", below=True),
        _trend("cash_falling", cash, cash_falling(cash, limits), "jours"),
    ]


def _beyond(rule: str, found: Series, threshold: float, unit: str, *, below: bool) -> pd.DataFrame:
    """Structures whose last figure is beyond a threshold; at the threshold itself, there is no alert."""
    if not found.years:
        return pd.DataFrame()
    last = found.values[:, -1]
    ours = kept(found, last < threshold if below else last > threshold)
    frame = _rows(rule, ours, unit, threshold)
    # a deficit reads as so many per cent of the charges, above a threshold
    is_deficit = rule == "deficit"
    sign, of_charges = (-1, " des charges") if is_deficit else (1, "")
    side = "sous" if below and not is_deficit else "au-dessus de"
    words = [
        f"{RULES[rule].capitalize()} : {shown(sign * one, unit)}{of_charges} en {found.years[-1]}, {side} "
        f"{shown(sign * threshold, unit)}."
        for one in ours.values[:, -1]
    ]
    return frame.assign(label=pd.array(words, dtype="str"))


def _trend(rule: str, found: Series, flags: Flags, unit: str) -> pd.DataFrame:
    """Structures whose figures worsen year after year."""
    if not flags.any():
        return pd.DataFrame()
    ours = kept(found, flags)
    words = [f"{RULES[rule].capitalize()} : {said}." for said in figures(ours, unit)]
    return _rows(rule, ours, unit, np.nan).assign(label=pd.array(words, dtype="str"))


def _rows(rule: str, ours: Series, unit: str, threshold: float) -> pd.DataFrame:
    columns: dict[str, Any] = {
        "service": ours.services.to_numpy(),
        "year": ours.years[-1],
        "value": ours.values[:, -1],
        "unit": unit,
        "threshold": threshold,
        "figures": figures(ours, unit),
        "rule": rule,
    }
    return pd.DataFrame(columns)


def _reported(tables: Tables, day: pd.Timestamp) -> pd.DataFrame:
    """What the Caf wrote of the structures that it accompanies."""
    rows = tables.alerts[tables.alerts["date"] <= day]
    label = "Signalée par la Caf : " + rows["rule"].fillna("sans précision") + "."
    told = rows[["service", "reason", "support", "follow_up"]]
    return told.assign(rule="reported", label=label, reported_on=rows["date"], year=rows["date"].dt.year)


def _aids(tables: Tables, last: int) -> pd.DataFrame:
    """Exceptional aids, year by year, in the most definite nature of each year."""
    paid = tables.funds[(tables.funds["fund"] == "exceptional_aid") & (tables.funds["year"] <= last)]
    frames = [pd.DataFrame()]
    for year, nature in best_natures(paid).items():
        rows = amounts_of(paid, year, nature).rows
        words = [
            f"Aide exceptionnelle {year} : {shown(amount, '€') if pd.notna(amount) else 'montant inconnu'}."
            for amount in rows["value"]
        ]
        frames.append(
            pd.DataFrame({"service": rows["service"], "year": year, "aid_eur": rows["value"]}).assign(
                rule="aid", value=rows["value"], unit="€", label=pd.array(words, dtype="str")
            )
        )
    return pd.concat(frames)
