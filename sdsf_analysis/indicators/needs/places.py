"""Places to create so that a territory reaches a coverage, in three scenarios of births."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.indicators.asked import Day, read_date
from sdsf_analysis.indicators.needs.births import SCENARIOS, last_year
from sdsf_analysis.indicators.needs.children import check_horizon, projected, zones_of
from sdsf_analysis.indicators.needs.spans import Span
from sdsf_analysis.indicators.needs.staff import Exits, staff_at
from sdsf_analysis.indicators.needs.supply import places_at
from sdsf_analysis.indicators.question import Question
from sdsf_analysis.indicators.remarks import remark
from sdsf_analysis.model.french import french_date, number
from sdsf_analysis.model.tables import Tables

# near the national rate of coverage: 60.9 places for 100 children in 2023
_TARGET = 60.0
# of a worked example, and of the order of what the ages give; an analyst who knows better gives it
_USUAL_EXITS = 4.0
# from the 55th birthday to the usual end of a career
_CAREER = 10


def places_needed(  # noqa: PLR0913 - what a projection is made of, each by its name
    tables: Tables,
    on: Day,
    by: str = "epci",
    *,
    target: float = _TARGET,
    horizon: int = 5,
    exits: float | None = None,
    career: int = _CAREER,
    migration: float | None = None,
    births_changes: Sequence[float | str] = (),
) -> pd.DataFrame:
    """Count the places to create for a coverage of the children under three, in three scenarios.

    Formula: need = max(0, target · K / 100 − (EAJE + AM · stay + others + programmed − closing)), where K is
    the children expected (see `children_expected`), AM the places of the assistants maternels who work
    (licensed places · active / licensed), and stay the share of them still there: 1 − share of those aged 55
    and over · horizon / career, or (1 − exits)^horizon. Reference: method of the départements' diagnoses.

    Parameters
    ----------
    tables : Tables
    on : str or datetime.date
    by : str
        Level of the territories.
    target : float
        Places for 100 children under three.
    horizon : int
        Years ahead.
    exits : float, optional
        Assistants maternels who leave per year, in %, net of those who begin; from the PMI's ages without it,
        and 4 % a year where they are not given.
    career : int
        Years over which those aged 55 and over leave.
    migration, births_changes
        As for `children_expected`.

    Returns
    -------
    pandas.DataFrame
        One row per territory and measure: territory, measure, numerator, denominator, value, status, low,
        high. ``childminders_active`` and ``childminders_leaving`` (persons; denominator: those who work),
        ``places_eaje``, ``places_childminders``, ``places_childminders_left``, ``places_others``,
        ``places_programmed``, ``places_closing``, ``places_ahead``, then ``need_low``, ``need_central``,
        ``need_high`` (numerator: places wanted; denominator: places ahead; never below zero).
        ``attrs["remark"]`` says every hypothesis.

    Raises
    ------
    QuestionError
        If the day, the level or a hypothesis is not understood.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> found = places_needed(example_tables(), "2024-12-31", "epci", births_changes=[-2, 0, 2])
    >>> found = found.set_index(["territory", "measure"])["value"].round(1)
    >>> found["E1"][["places_childminders", "places_childminders_left", "places_ahead"]].tolist()
    [20.0, 15.0, 63.0]
    """
    day = read_date(on)
    check_horizon(horizon)
    _check_hypotheses(target, exits, career)
    zones = zones_of(tables, by, day)
    until = day + pd.DateOffset(years=horizon)
    staff = staff_at(tables, zones, last_year(day), horizon, Exits(exits, career, _USUAL_EXITS))
    places = places_at(tables, zones, day, until, staff.working)
    left = places.childminders.scaled(np.where(places.childminders.value == 0, 1.0, staff.staying))
    ahead = places.eaje.plus(left).plus(places.others).plus(places.programmed).minus(places.closing)
    _, scenarios, hypotheses = projected(tables, zones, day, horizon, migration, births_changes)
    measures = [
        staff.active.told("childminders_active"),
        staff.leaving.told("childminders_leaving", staff.leaving, staff.active),
        places.eaje.told("places_eaje"),
        places.childminders.told("places_childminders"),
        left.told("places_childminders_left"),
        places.others.told("places_others"),
        places.programmed.told("places_programmed"),
        places.closing.told("places_closing"),
        ahead.told("places_ahead"),
        *(
            need(children, ahead, target).told(f"need_{name}", children.scaled(target / 100), ahead)
            for name, children in zip(SCENARIOS, scenarios, strict=True)
        ),
    ]
    frame = zones.stacked(measures)
    given = {"target": target, "horizon": horizon, "exits": exits, "career": career, "migration": migration}
    frame.attrs["question"] = Question.of(tables, "places_needed", on=day, by=by, **given)
    aim = (
        f"Cible : {number(target, 0 if float(target).is_integer() else 1)} places pour 100 enfants de moins "
        f"de 3 ans au {french_date(until.date())}."
    )
    return remark(frame, [aim, *hypotheses, *staff.said, *places.said])


def need(children: Span, places: Span, target: float) -> Span:
    """Places to create: those that a target wants, less those that there will be, at least none.

    Examples
    --------
    >>> children, childminders = Span.exact(np.array([5100.0])), Span.exact(np.array([2000.0]))
    >>> places = Span.exact(np.array([1000.0])).plus(childminders.scaled(0.96**5))
    >>> round(float(places.value[0] - 1000), 2), round(float(need(children, places, 60).value[0]), 2)
    (1630.75, 429.25)
    """
    found = children.scaled(target / 100).minus(places).at_least_zero()
    # a place that nobody has counted can only lower the need, which is known once it can be no more than zero
    low = np.where(np.isnan(found.low), 0.0, found.low)
    is_settled = low == found.high
    value, rank = np.where(is_settled, low, found.value), np.where(is_settled, 0.0, found.rank)
    return replace(found, value=value, low=low, rank=rank)


def _check_hypotheses(target: float, exits: float | None, career: int) -> None:
    if not 0 < target <= 200:
        raise QuestionError(f"La cible est en places pour 100 enfants, comme 60 ; reçu : {target}.")
    if exits is not None and not 0 <= exits <= 100:
        raise QuestionError(f"Les départs sont en % par an, entre 0 et 100, comme 4 ; reçu : {exits}.")
    if career < 1:
        raise QuestionError(f"career est un nombre d'années, comme 10 ; reçu : {career}.")
