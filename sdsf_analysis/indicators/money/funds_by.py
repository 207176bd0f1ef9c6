"""What the Caf pays to the services of each territory, per child: by fund and by age, in one year."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from sdsf_analysis.indicators.asked import Day, check_choice, read_date
from sdsf_analysis.indicators.measures import VALUE_COLUMNS
from sdsf_analysis.indicators.money.paid import (
    ages_paid,
    funds_asked,
    open_funds,
    placed,
    said_of,
    year_asked,
)
from sdsf_analysis.indicators.question import Question
from sdsf_analysis.indicators.ratios import ratio
from sdsf_analysis.indicators.remarks import remark
from sdsf_analysis.indicators.services.ages import AGE_LABELS, BANDS, children_of, children_said
from sdsf_analysis.indicators.sums import Count, sums_by, sums_placed
from sdsf_analysis.indicators.territories import commune_codes, members
from sdsf_analysis.model.lists import choices
from sdsf_analysis.model.tables import Tables

TOTAL = "total"
# services for children of an age, per child of that age
BY_AGE = {"for_0_2": "0_2", "for_3_11": "3_11", "for_12_17": "12_17", "for_all": "0_17"}
_NOT_PAID = {
    "for_0_2": "l'accueil des moins de 3 ans",
    "for_3_11": "les accueils de loisirs",
    "for_12_17": "les services aux jeunes",
    "for_all": "les autres services",
}


def funds_by(  # noqa: PLR0913 - what is paid, to whom and per whom, each by its name
    tables: Tables,
    on: Day,
    by: str = "epci",
    *,
    kinds: Sequence[str] = (),
    funds: Sequence[str] = (),
    nature: str | None = None,
    age: str | None = None,
) -> pd.DataFrame:
    """Give what the Caf pays to the services of each territory in one year, in euros per child.

    Formula: Σ amounts / Σ children, over the services whose commune is in the territory (a service without a
    commune counts where all the communes that it serves are). One nature alone: the one that is asked, else
    the most definite of the year (actual, then updated, then forecast); they never add up. Amounts below zero
    (money taken back) are kept. Reference: Caf, prestations de service and bonus.

    Parameters
    ----------
    tables : Tables
    on : str or datetime.date
        The latest year of amounts not after it.
    by : str
        Level of the territories, one of those of ``membership``, or ``commune``.
    kinds : sequence of str
        Kinds of ``offer_kind``, families of ``offer_family``, or ``eaje`` for all crèches; every service
        without it.
    funds : sequence of str
        Codes of the list ``fund``; all but the exceptional aids, which are internal, without it.
    nature : {"actual", "updated", "forecast"}, optional
    age : {"0_2", "3_11", "12_17", "0_17"}, optional
        Children that ``total`` and the funds are divided by; without it those that the ``kinds`` are for
        where they are all for one age, else all under 18.

    Returns
    -------
    pandas.DataFrame
        One row per territory and measure: territory, measure, numerator (euros), denominator (children),
        value (euros per child), status, low, high. ``total``; one measure per fund received; then
        ``for_0_2``, ``for_3_11``, ``for_12_17`` and ``for_all``: the same total by the age that the services
        are for, per child of that age. ``attrs`` holds year, nature and age.

    Raises
    ------
    QuestionError
        If a day, a level, a kind, a fund, a nature or an age is unknown.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> found = funds_by(example_tables(), "2023-12-31", kinds=["eaje"])
    >>> found.loc[found["measure"] == "total", ["territory", "numerator", "value"]].values.tolist()
    [['E1', 69000.0, 1533.3333333333333], ['E2', 31300.0, nan]]
    """
    day = read_date(on)
    rows = funds_asked(tables, kinds, funds, nature)
    paid = ages_paid(tables, rows)
    divided = _age(kinds, paid, age)
    found = year_asked(rows, day.year, nature)
    zones = members(tables.membership, commune_codes(tables.territories), by, day)
    year = found.year or day.year
    where = placed(tables, found.rows, zones, pd.Timestamp(year, 12, 31))
    told = set(tables.funds["fund"].unique())
    shown = [fund for fund in choices("fund") if fund in told.intersection(funds or open_funds())]
    parts = _parts(where.rows, shown, divided)
    silent = {measure for measure, one in BY_AGE.items() if one not in paid}
    children = {one: children_of(tables, one, year) for one in (divided, *sorted(paid - {divided}))}
    unknown = silent if found.year is not None else set(parts)
    frame = _measures(where.rows, zones, parts, children, unknown)
    asked = {"kinds": list(kinds), "funds": list(funds), "nature": nature, "age": age}
    frame.attrs = {
        "year": found.year,
        "nature": found.nature,
        "age": divided,
        "question": Question.of(tables, "funds_by", on=day, by=by, **asked),
    }
    said = [*said_of(tables, found, funds, day.year), where.nowhere, *_children(children, divided)]
    return remark(frame, [*said, _unheard(silent) if paid and not kinds else ""])


def _unheard(silent: set[str]) -> str:
    words = [label for measure, label in _NOT_PAID.items() if measure in silent]
    return f"Aucun montant reçu pour {', '.join(words)}." if words else ""


def _age(kinds: Sequence[str], paid: set[str], age: str | None) -> str:
    if age is not None:
        return check_choice("Tranche d'âge inconnue (age)", age, BANDS)
    return next(iter(paid)) if kinds and len(paid) == 1 else "0_17"


def _parts(rows: pd.DataFrame, shown: Sequence[str], divided: str) -> dict[str, tuple[pd.Series, str]]:
    """Rows of each measure, and the age of the children that it is divided by."""
    parts = {TOTAL: (pd.Series(True, index=rows.index), divided)}
    parts |= {fund: (rows["fund"] == fund, divided) for fund in shown}
    return parts | {measure: (rows["age"] == age, age) for measure, age in BY_AGE.items()}


def _measures(
    rows: pd.DataFrame,
    zones: pd.DataFrame,
    parts: dict[str, tuple[pd.Series, str]],
    children: dict[str, Count],
    silent: set[str],
) -> pd.DataFrame:
    """Euros over children, measure by measure; those of which no file tells are missing."""
    counted = {age: sums_by(count.rows, zones) for age, count in children.items()}
    unknown = next(iter(counted.values())).assign(value=np.nan, status="missing", low=np.nan, high=np.nan)
    sums = [
        unknown if measure in silent else sums_placed(rows[is_part], zones)
        for measure, (is_part, _) in parts.items()
    ]
    bases = [counted.get(age, unknown) for _, age in parts.values()]
    names = ["measure", "territory"]
    shares = ratio(pd.concat(sums, keys=parts, names=names), pd.concat(bases, keys=parts, names=names), per=1)
    frame = shares.reset_index().sort_values("territory", kind="stable", ignore_index=True)
    return frame[["territory", "measure", *VALUE_COLUMNS]]


def _children(children: dict[str, Count], divided: str) -> list[str]:
    count = children[divided]
    if count.year is None:
        return [children_said(count, divided)]
    regime = choices("regime")[str(count.regime)]
    return [f"Par enfant de {AGE_LABELS[divided]} : {regime}, {count.year}."]
