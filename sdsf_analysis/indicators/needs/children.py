"""Children under three expected in some years, by territory, in three scenarios."""

from collections.abc import Sequence

import pandas as pd

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.indicators.asked import Day, read_date
from sdsf_analysis.indicators.needs.births import (
    COHORTS,
    SCENARIOS,
    Cohorts,
    births_by_year,
    cohorts,
    expected,
    last_year,
    yearly_changes,
)
from sdsf_analysis.indicators.needs.spans import Span, Zones
from sdsf_analysis.indicators.question import Question
from sdsf_analysis.indicators.received import file_lacking
from sdsf_analysis.indicators.remarks import remark
from sdsf_analysis.indicators.territories import departement_communes, members
from sdsf_analysis.model.french import plural
from sdsf_analysis.model.tables import Tables

_LONGEST = 30


def children_expected(  # noqa: PLR0913 - what a projection is made of, each by its name
    tables: Tables,
    on: Day,
    by: str = "epci",
    *,
    horizon: int = 5,
    migration: float | None = None,
    births_changes: Sequence[float | str] = (),
) -> pd.DataFrame:
    """Project the children under three of each territory, from the births.

    Formula: K = f · Σ births of the last three years, f being the children under three per birth (those who
    moved in less those who moved out). Births to come: those of the last known year, changed each year by a
    rate of the scenario. Reference: cohort survival, as in INSEE's Omphale.

    Parameters
    ----------
    tables : Tables
    on : str or datetime.date
        Births later than this day are not used.
    by : str
        Level of the territories.
    horizon : int
        Years ahead of the last year that is over at the date.
    migration : float, optional
        Factor f, the same everywhere; estimated from the census without it (see
        `sdsf_analysis.indicators.needs.births.cohorts`).
    births_changes : sequence of float
        Three changes of the births per year, in %; without them the trend of the département, which stops,
        halves or goes on.

    Returns
    -------
    pandas.DataFrame
        One row per territory and measure: territory, measure, numerator, denominator, value, status, low,
        high. ``children_now``, then ``children_low``, ``children_central``, ``children_high`` (numerator: the
        children; denominator: those of now). ``attrs`` holds the year, the changes and in ``remark`` the
        hypotheses.

    Raises
    ------
    QuestionError
        If the day, the level, the horizon or a hypothesis is not understood.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> found = children_expected(example_tables(), "2023-12-31", horizon=1, births_changes=[-10, 0, 10])
    >>> found.loc[found["territory"] == "E1", ["measure", "value"]].values.tolist()
    [['children_now', 48.0], ['children_low', 44.5], ['children_central', 46.0], ['children_high', 47.5]]
    """
    day = read_date(on)
    check_horizon(horizon)
    zones = zones_of(tables, by, day)
    found, scenarios, said = projected(tables, zones, day, horizon, migration, births_changes)
    measures = [found.told("children_now")]
    measures += [
        one.told(f"children_{name}", one, found) for name, one in zip(SCENARIOS, scenarios, strict=True)
    ]
    frame = zones.stacked(measures)
    frame.attrs = {
        "year": last_year(day) + horizon,
        "question": Question.of(
            tables, "children_expected", on=day, by=by, horizon=horizon, migration=migration
        ),
    }
    return remark(frame, said)


def zones_of(tables: Tables, by: str, day: pd.Timestamp) -> Zones:
    """Take the territories of a level with their communes of the département.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> zones_of(example_tables(), "epci", pd.Timestamp("2024-06-30")).territories
    ['E1', 'E2']
    """
    communes = departement_communes(tables.territories)["commune"]
    return Zones.of(members(tables.membership, communes, by, day), communes)


def projected(  # noqa: PLR0913, PLR0917 - what a projection is made of
    tables: Tables,
    zones: Zones,
    day: pd.Timestamp,
    horizon: int,
    migration: float | None,
    births_changes: Sequence[float | str],
) -> tuple[Span, list[Span], list[str]]:
    """Children under three now and at the horizon in each scenario, with the hypotheses in French."""
    year = last_year(day)
    births = births_by_year(tables)
    found = cohorts(tables, births, zones, year, migration)
    if not found.births:
        unknown = zones.unknown()
        lacking = file_lacking("families", "births", "les naissances")
        return unknown, [unknown] * len(SCENARIOS), [lacking]
    changes, said = yearly_changes(births, year, births_changes)
    now = expected(found, year, 0.0)
    ahead = [expected(found, year + horizon, change) for change in changes]
    return now, ahead, [_years_said(found, year), said, found.factor_source]


def _years_said(found: Cohorts, year: int) -> str:
    known = sorted(found.births)
    told = f"Naissances connues jusqu'en {known[-1]}"
    if len(known) < COHORTS:
        return f"{told} : il en faut {COHORTS} années, le fichier n'en donne que {len(known)}."
    late = year - known[-1]
    return (
        f"{told}."
        if late <= 0
        else f"{told} : {plural(late, 'année estimée', 'années estimées')} jusqu'en {year}."
    )


def check_horizon(horizon: int) -> None:
    """Refuse a horizon that is not a number of years from 0 to 30.

    Raises
    ------
    QuestionError
        If it is not.
    """
    if not isinstance(horizon, int) or not 0 <= horizon <= _LONGEST:
        raise QuestionError(
            f"L'horizon est un nombre d'années entre 0 et {_LONGEST}, comme 5 ; reçu : {horizon}."
        )
