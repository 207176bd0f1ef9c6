"""The CTG through time: the curve of what they cover, at one population year.

A population that changes along the curve would pass births off as coverage: it is one year for all dates.
Reference: Cog 2018-2022, share of the population covered (rapport d'activité 2022 de la Caf de la Loire).
"""

import pandas as pd

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.indicators.asked import Day, check_choice, read_date
from sdsf_analysis.indicators.conventions import covered_communes, running_conventions
from sdsf_analysis.indicators.counters import count_row
from sdsf_analysis.indicators.coverage import is_known, said, shares, unknown_shares
from sdsf_analysis.indicators.measures import VALUE_COLUMNS
from sdsf_analysis.indicators.populations import commune_count, population_of
from sdsf_analysis.indicators.question import Question
from sdsf_analysis.indicators.remarks import remark
from sdsf_analysis.indicators.territories import communes_of
from sdsf_analysis.model.tables import Tables

COG_2018_2022 = {2018: 20.0, 2019: 35.0, 2020: 55.0, 2021: 75.0, 2022: 85.0}
STEPS = {"year": 12, "half_year": 6, "quarter": 3, "month": 1}


def ctg_history(  # noqa: PLR0913 - what a reading is made of, each by its name
    tables: Tables,
    start: Day,
    end: Day,
    step: str = "year",
    *,
    by: str = "epci",
    territory: str | None = None,
    population_year: int | None = None,
    of: str = "perimeter",
    basis: str = "effective",
) -> pd.DataFrame:
    """Coverage by the CTG from one date to another, at one population year.

    Parameters
    ----------
    tables : Tables
    start, end : str or datetime.date
        First date; the last one is the latest step that is not after ``end``. From the last day of a month,
        the steps are last days of months.
    step : {"year", "half_year", "quarter", "month"}
    by, territory : str
        Level and code of one territory; the whole département without a code.
    population_year : int, optional
        Year of the legal population, for every date; that of ``territories`` without it.
    of : {"perimeter", "signatories"}
    basis : {"effective", "signed"}
        As for `ctg_coverage`.

    Returns
    -------
    pandas.DataFrame
        Sorted by date: date, measure (``ctg_in_force`` for the whole département, ``communes``,
        ``population``, and on the years 2018 to 2022 ``cog_target``), numerator, denominator, value, status,
        low, high. The trajectory of the Cog 2018-2022 stops with it. The population year is in ``attrs``.

    Raises
    ------
    QuestionError
        If a date, the step, the level, the territory or the year is unknown, or the end precedes the start.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> curve = ctg_history(example_tables(), "2019-12-31", "2021-12-31")
    >>> curve.loc[curve["measure"] == "population", "value"].round(1).tolist()
    [0.0, 13.3, 40.0]
    >>> curve.loc[curve["measure"] == "cog_target", "value"].tolist()
    [35.0, 55.0, 75.0]
    """
    days = _days(read_date(start), read_date(end), step)
    population, years = population_of(tables.territories, tables.families, population_year)
    counts = {"communes": commune_count(tables.territories), "population": population}
    communes = communes_of(tables, days[-1], by, territory)
    reading = {"of": of, "basis": basis}
    frames = []
    for day in days:
        parts = [_running(tables, day, basis)] if territory is None else []
        parts += [_covered(tables, day, communes, counts, reading), _target(day)]
        frames += [part.assign(date=day) for part in parts if len(part)]
    frame = pd.concat(frames, ignore_index=True)[["date", "measure", *VALUE_COLUMNS]]
    options = {"by": by, "territory": territory, "population_year": population_year, "of": of, "basis": basis}
    asked = Question.of(tables, "ctg_history", on=days[-1], **options)
    frame.attrs = {"population_year": years, "of": of, "basis": basis, "question": asked}
    return remark(frame, said(tables, days[-1], basis=basis, of=of))


def _days(first: pd.Timestamp, last: pd.Timestamp, step: str) -> list[pd.Timestamp]:
    months = STEPS[check_choice("Pas inconnu (step)", step, STEPS)]
    if last < first:
        raise QuestionError(f"La fin ({last.date()}) précède le début ({first.date()}) : les inverser.")
    count = ((last.year - first.year) * 12 + last.month - first.month) // months + 1
    days = [first + pd.DateOffset(months=months * rank) for rank in range(count)]
    if first.is_month_end:
        days = [day + pd.offsets.MonthEnd(0) for day in days]
    return [day for day in days if day <= last]


def _running(tables: Tables, day: pd.Timestamp, basis: str) -> pd.DataFrame:
    count = len(running_conventions(tables.ctg, day, basis))
    return pd.DataFrame([count_row("ctg_in_force", None if tables.ctg.empty else count)])


def _covered(
    tables: Tables,
    day: pd.Timestamp,
    communes: pd.Series,
    counts: dict[str, pd.DataFrame],
    reading: dict[str, str],
) -> pd.DataFrame:
    rows = pd.DataFrame({"territory": "all", "commune": communes})
    found = shares(rows, covered_communes(tables, day, **reading), counts)
    return found if is_known(tables, day, **reading) else unknown_shares(found)


def _target(day: pd.Timestamp) -> pd.DataFrame:
    """Trajectory of the Cog, on its own years only."""
    target = COG_2018_2022.get(day.year)
    return pd.DataFrame([count_row("cog_target", target)] if target is not None else [])
