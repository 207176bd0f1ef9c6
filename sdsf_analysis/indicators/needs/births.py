"""Children under three expected from births: cohort survival, in three scenarios."""

from collections.abc import Sequence
from functools import reduce
from typing import NamedTuple

import numpy as np
import pandas as pd

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.indicators.measures import sum_parts
from sdsf_analysis.indicators.needs.spans import Numbers, Span, Zones
from sdsf_analysis.indicators.sums import family_count
from sdsf_analysis.model.french import number
from sdsf_analysis.model.tables import Tables

SCENARIOS = ("low", "central", "high")
COHORTS = 3
_CHILDREN, _BIRTHS = "children_0_2", "births"


class Cohorts(NamedTuple):
    """Births by territory and year, and the children under three that they become.

    Attributes
    ----------
    births : dict of int to Span
        By year, the last ones known at the date, in order, without a gap.
    factor : numpy.ndarray
        Children under three per birth of the last three years, by territory.
    factor_source : str
        What says the factor, in French.
    """

    births: dict[int, Span]
    factor: Numbers
    factor_source: str


def last_year(day: pd.Timestamp) -> int:
    """Last year that is over at a date: its births are the youngest cohort.

    Examples
    --------
    >>> last_year(pd.Timestamp("2024-12-31")), last_year(pd.Timestamp("2024-12-30"))
    (2024, 2023)
    """
    return (day + pd.Timedelta(days=1)).year - 1


def cohorts(
    tables: Tables,
    counted: dict[int, pd.DataFrame],
    zones: Zones,
    last: int,
    migration: float | None,
) -> Cohorts:
    """Take the births of each territory up to a year, and what they become.

    The factor is estimated where INSEE counts the children: children under three of a census over the births
    of the three years before it, both of the territory; of the whole département where a territory has no
    such birth, and for the communes, whose numbers are too small. Without a census, 1.

    Parameters
    ----------
    tables : Tables
    counted : dict of int to pandas.DataFrame
        As `births_by_year` gives them.
    zones : Zones
    last : int
        Last year of births that the question may use.
    migration : float or None
        Factor given by the analyst, the same everywhere.

    Raises
    ------
    QuestionError
        If the factor is not above zero.
    """
    if migration is not None and not migration > 0:
        raise QuestionError(
            f"Le facteur de migration vaut {migration} : donner un nombre positif, comme 1,02."
        )
    births = {year: zones.summed(rows) for year, rows in counted.items() if year <= last}
    n_territories = len(zones.territories)
    if migration is not None:
        said = f"Facteur de migration donné : {number(migration, 3)}."
        return Cohorts(births, np.full(n_territories, float(migration)), said)
    factor, said = _estimated(tables, zones, counted, last)
    return Cohorts(births, factor, said)


def births_by_year(tables: Tables) -> dict[int, pd.DataFrame]:
    """Births by commune, of the latest years without a gap, in order.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> [float(rows["value"].sum()) for rows in births_by_year(example_tables()).values()]
    [38.0, 36.0, 34.0]
    """
    families = tables.families
    rows = families[(families["measure"] == _BIRTHS) & (families["regime"] == "all")]
    # each year is sought among the births alone
    only = Tables(lambda name: rows if name == "families" else getattr(tables, name))
    years = sorted(rows["year"].unique(), reverse=True)
    unbroken = [int(year) for place, year in enumerate(years) if year == years[0] - place]
    return {year: family_count(only, _BIRTHS, year, ("all",)).rows for year in sorted(unbroken)}


def _estimated(
    tables: Tables, zones: Zones, births: dict[int, pd.DataFrame], last: int
) -> tuple[Numbers, str]:
    """Children under three per birth, from the latest census whose three cohorts are known."""
    n_territories = len(zones.territories)
    census = family_count(tables, _CHILDREN, last + 1, ("all",))
    years = [] if census.year is None else [census.year - back for back in range(1, COHORTS + 1)]
    if not years or not set(years) <= set(births):
        said = (
            "Facteur de migration : 1, faute d'un comptage des enfants par l'INSEE (recette insee_ages) "
            "et des naissances des trois années qui le précèdent."
        )
        return np.ones(n_territories), said
    parts = pd.concat([births[year] for year in years])
    children, born = sum_parts(census.rows), sum_parts(parts)
    whole = float(children.value.sum() / born.value.sum()) if born.value.sum() > 0 else np.nan
    ours = zones.summed(parts).value
    own = zones.summed(census.rows).value / np.where(ours > 0, ours, np.nan)
    usable = np.isfinite(own) & (own > 0) & (not zones.is_communal)
    said = (
        f"Facteur de migration estimé : enfants de moins de 3 ans de {census.year} (INSEE) sur naissances de "
        f"{min(years)} à {max(years)}, soit {number(whole, 3)} dans le département"
        f"{'' if zones.is_communal else ', propre à chaque territoire'}."
    )
    return np.where(usable, own, whole if np.isfinite(whole) and whole > 0 else 1.0), said


def yearly_changes(
    births: dict[int, pd.DataFrame], last: int, given: Sequence[float | str]
) -> tuple[tuple[float, ...], str]:
    """Change of the births per year in the three scenarios, in per cent, and where it comes from.

    Formula: g = 100 · ((births of the last year / births of the first)^(1 / years) − 1), over the whole
    département; the trend stops, halves or goes on: 0, g / 2, g, from the fewest children to the most.

    Parameters
    ----------
    births : dict of int to pandas.DataFrame
        As `births_by_year` gives them.
    last : int
        Last year of births that the question may use.
    given : sequence of float
        The three changes of the analyst instead, in any order; none without it.

    Raises
    ------
    QuestionError
        If three numbers are not given.

    Examples
    --------
    >>> yearly_changes({}, 2023, ["-3", "0", "-1.5"])[0]
    (-3.0, -1.5, 0.0)
    """
    if given:
        return _given(given)
    totals = {year: float(sum_parts(rows).value.sum()) for year, rows in births.items() if year <= last}
    known = {year: total for year, total in totals.items() if total > 0}
    if len(known) < 2:
        return (
            0.0,
            0.0,
            0.0,
        ), "Tendance des naissances inconnue : elles restent celles de la dernière année."
    first, final = min(known), max(known)
    trend = 100 * ((known[final] / known[first]) ** (1 / (final - first)) - 1)
    said = (
        f"Naissances : {number(trend, 1)} % par an de {first} à {final} dans le département ; la tendance "
        "continue, se réduit de moitié ou s'arrête."
    )
    return tuple(sorted((0.0, trend / 2, trend))), said


def _given(given: Sequence[float | str]) -> tuple[tuple[float, ...], str]:
    try:
        changes = tuple(sorted(float(str(one).replace("%", "")) for one in given))
    except ValueError:
        changes = ()
    if len(changes) != len(SCENARIOS) or min(changes) <= -100:
        raise QuestionError(
            "births_changes attend trois évolutions annuelles des naissances, en %, comme -3,-1.5,0 "
            f"(bas, central, haut) ; reçu : {', '.join(map(str, given))}."
        )
    listed = " ; ".join(f"{number(one, 1)} %" for one in changes)
    return changes, f"Évolutions des naissances données, par an : {listed}."


def expected(found: Cohorts, year: int, change: float) -> Span:
    """Children under three on the last day of a year: its three cohorts, times the factor.

    Formula: K = f · Σ births of the three years; a year that is not known has the births of the last known
    year, changed by so much each year since.

    Examples
    --------
    >>> births = {year: Span.exact(np.array([100.0])) for year in (2022, 2023)}
    >>> round(float(expected(Cohorts(births, np.array([1.02]), ""), 2024, -10.0).value[0]), 1)
    295.8
    """
    born = [_births_of(found.births, cohort, change) for cohort in range(year - COHORTS + 1, year + 1)]
    return reduce(Span.plus, born).scaled(found.factor)


def _births_of(births: dict[int, Span], year: int, change: float) -> Span:
    if year in births:
        return births[year]
    final = max(births)
    if year < final:
        return Span.exact(np.full(len(births[final].value), np.nan))
    return births[final].scaled((1 + change / 100) ** (year - final))
