"""An indicator by territory as a director reads it: one row per territory, one column per measure."""

from collections.abc import Hashable, Iterable, Mapping
from math import isnan
from typing import Any

import pandas as pd

from sdsf_analysis.figures.grids import SECRECY_THRESHOLD
from sdsf_analysis.indicators.registry import indicator
from sdsf_analysis.model.french import NARROW_SPACE, NO_VALUE, capital, number, percent
from sdsf_analysis.model.lists import choices

PER_CENT = "%"
_POINTS, _EUROS = "points", "€"
_ROUND_FROM = 10
Row = Mapping[Hashable, Any]


def territory_grid(  # noqa: PLR0913 - what is shown of an answer, each by its name
    answer: pd.DataFrame,
    name: str,
    territories: pd.DataFrame,
    *,
    measures: Iterable[str] = (),
    persons: Iterable[str] = (),
    parts: Iterable[str] = (),
    threshold: int = SECRECY_THRESHOLD,
) -> pd.DataFrame:
    r"""Lay out an indicator: one row per territory, one column per measure, sorted by the first one.

    Parameters
    ----------
    answer : pandas.DataFrame
        Result of the indicator: territory, measure, numerator, denominator, value, status, low, high.
    name : str
        Indicator, for the labels and units.
    territories : pandas.DataFrame
        Table ``territories``, for the names.
    measures : iterable of str
        Measures shown, in this order; all of them without it.
    persons : iterable of str
        Measures whose value or numerator counts persons: below the threshold they are not written.
    parts : iterable of str
        Measures whose numerator and denominator are written too.
    threshold : int
        Persons fewer than this, counted or divided by, are not written.

    Returns
    -------
    pandas.DataFrame
        Texts; « entre … et … » where only bounds are known, the status in French where nothing is.

    Raises
    ------
    QuestionError
        If no indicator has this name, or it lacks a measure.

    Examples
    --------
    >>> from sdsf_analysis.indicators.ctg import ctg_coverage
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> tables = example_tables()
    >>> shares = ctg_coverage(tables, "2024-06-30")
    >>> grid = territory_grid(shares, "ctg_coverage", tables.territories, measures=["population"])
    >>> grid["Habitants couverts"].str.replace("\u202f", " ").to_dict()
    {'E2': '88,9 %', 'E1': '100 %'}
    """
    entry = indicator(name)
    shown = [entry.measure(measure) for measure in (measures or answer["measure"].unique())]
    counted, detailed = set(persons), set(parts)
    units = {measure.name: measure.unit for measure in shown}
    rows = answer[answer["measure"].isin(units)]
    texts = [
        "effectif trop petit"
        if rests_on_few(row, threshold, counts_persons=row["measure"] in counted)
        else _written(row, units[row["measure"]], row["measure"] in detailed)
        for row in rows.to_dict("records")
    ]
    grid = rows.assign(text=texts).pivot(index="territory", columns="measure", values="text")
    first = rows[rows["measure"] == shown[0].name].sort_values(["value", "territory"])["territory"]
    grid = grid.reindex(index=first, columns=[measure.name for measure in shown]).fillna(NO_VALUE)
    names = territories.drop_duplicates("territory").set_index("territory")["name"]
    labels = _without_common_start([measure.label for measure in shown])
    return grid.set_axis(labels, axis=1).set_axis([str(names.get(code, code)) for code in first], axis=0)


def _without_common_start(labels: list[str]) -> list[str]:
    """Leave out what all the titles begin with, where it ends with a colon: the text above says it."""
    start = labels[0].rpartition(" : ")[0] + " : "
    if len(labels) < 2 or not all(label.startswith(start) for label in labels):
        return labels
    return [capital(label[len(start) :]) for label in labels]


def rests_on_few(row: Row, threshold: int, *, counts_persons: bool) -> bool:
    """Whether an answer rests on too few persons: those it divides by, or those it counts.

    Examples
    --------
    >>> row = {"numerator": 3.0, "denominator": 40.0, "value": 7.5}
    >>> rests_on_few(row, 5, counts_persons=True), rests_on_few(row, 5, counts_persons=False)
    (True, False)
    """
    numbers = [row["denominator"], *([row["numerator"], row["value"]] if counts_persons else [])]
    return any(0 < float(one) < threshold for one in numbers if not pd.isna(one))


def _written(row: Row, unit: str, with_parts: bool) -> str:
    value = bounded(row, unit)
    if with_parts and not isnan(float(row["value"])):
        return f"{value} ({number(row['numerator'])} sur {number(row['denominator'])})"
    return value


def bounded(row: Row, unit: str) -> str:
    """Write what is known of a measure: its value, else its bounds, else in words why there is none.

    Examples
    --------
    >>> bounded({"value": float("nan"), "low": 12.0, "high": float("nan"), "status": "missing"}, "places")
    'au moins 12'
    """
    value, low, high = (float(row[name]) for name in ("value", "low", "high"))
    if not isnan(value):
        return measured(value, unit)
    if not isnan(low) and not isnan(high):
        return f"entre {measured(low, unit)} et {measured(high, unit)}"
    if low > 0:
        return f"au moins {measured(low, unit)}"
    return choices("status")[str(row["status"])] if row["status"] != "missing" else NO_VALUE


def measured(value: float, unit: str) -> str:
    r"""Write a value of a measure in its unit: a share in per cent, a rate with a decimal, a count without.

    A difference in points bears its sign.

    Examples
    --------
    >>> measured(12.0, "places"), measured(12.0, "places pour 100 enfants"), measured(1.5, "points")
    ('12', '12,0', '+1,5')
    >>> measured(181.14, "€ par enfant")
    '181\u202f€'
    """
    if unit == PER_CENT:
        return percent(value)
    if unit == _POINTS:
        return f"{'+' if value > 0 else ''}{number(value, 1)}"
    if unit.startswith(_EUROS):
        return f"{number(value, 0 if value.is_integer() or abs(value) >= _ROUND_FROM else 2)}{NARROW_SPACE}€"
    return number(value, 0 if value.is_integer() and "pour" not in unit else 1)
