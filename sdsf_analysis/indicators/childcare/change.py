"""The change of the coverage between two dates: what the places did, what the births did."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.indicators.asked import Day, read_date
from sdsf_analysis.indicators.childcare.childminders import CHILDREN_PER_CHILDMINDER
from sdsf_analysis.indicators.childcare.components import (
    COMPONENTS,
    LABELS,
    Places,
    components,
)
from sdsf_analysis.indicators.childcare.coverage import difference, one_below_the_other
from sdsf_analysis.indicators.childcare.local import (
    CHILDREN,
    added,
    children_by,
    children_said,
    perimeters_of,
    places_by,
)
from sdsf_analysis.indicators.measures import VALUE_COLUMNS, Parts
from sdsf_analysis.indicators.ratios import ratio
from sdsf_analysis.indicators.remarks import remark
from sdsf_analysis.indicators.services.kinds import EAJE
from sdsf_analysis.indicators.sums import REGIMES, Count, family_count
from sdsf_analysis.model.french import french_date
from sdsf_analysis.model.tables import Tables

MEASURES = ("coverage_start", "coverage_end", "change", "offer_effect", "births_effect")

Numbers = float | np.ndarray


class Split(NamedTuple):
    """Change of a rate, in points, and its two parts, which add up to it."""

    offer: np.ndarray
    births: np.ndarray


def split_change(places: tuple[Numbers, Numbers], children: tuple[Numbers, Numbers]) -> Split:
    """Split the change of a rate exactly between its numerator and its denominator.

    Formula: 100 · (P1 - P0)(1/K0 + 1/K1)/2 for the offer, 100 · (1/K1 - 1/K0)(P0 + P1)/2 for the births: each
    effect is taken at the mean of the other, so that neither depends on which comes first (Kitagawa, 1955).

    Parameters
    ----------
    places, children : tuple of float or numpy.ndarray
        At the start and at the end; children above zero.

    Examples
    --------
    >>> found = split_change((2688, 2652), (5600, 5100))
    >>> round(float(found.offer), 4), round(float(found.births), 4)
    (-0.6744, 4.6744)
    """
    (before, after), (few, many) = (np.asarray(places, float), np.asarray(children, float))
    return Split(
        100 * (after - before) * (1 / few + 1 / many) / 2,
        100 * (1 / many - 1 / few) * (before + after) / 2,
    )


def coverage_change(  # noqa: PLR0913 - what a comparison is made of, each by its name
    tables: Tables,
    start: Day,
    end: Day,
    by: str = "epci",
    *,
    rounding: str = "unknown",
    children_per_childminder: float = CHILDREN_PER_CHILDMINDER,
) -> pd.DataFrame:
    """Change of the local coverage between two dates, split exactly into the offer and the births.

    Formula: see `split_change`. Only the components known at both dates count, and the children of one regime
    at two years where there are some. Reference: Kitagawa, 1955.

    Parameters
    ----------
    tables : Tables
    start, end : str or datetime.date
    by : str
        Level of the territories, one of those of ``membership``, or ``commune``.
    rounding : {"unknown", "nearest", "floor"}
        What stands behind the Caf's counts of children: see `rounded`.
    children_per_childminder : float
        Children under three per assistant maternel at work, where they are not counted.

    Returns
    -------
    pandas.DataFrame
        One row per territory and measure, sorted: territory, measure, numerator, denominator, value, status,
        low, high. ``coverage_start`` and ``coverage_end`` (places for 100 children), ``change``,
        ``offer_effect`` (numerator: places gained) and ``births_effect`` (denominator: children gained), in
        points; the two effects add up to the change.

    Raises
    ------
    QuestionError
        If a date, the level or the rounding is unknown, or the dates are not in order.

    Examples
    --------
    >>> from sdsf_analysis.indicators.childcare.example import childcare_example
    >>> tables = childcare_example()
    >>> found = coverage_change(tables, "2023-12-31", "2024-12-31", children_per_childminder=2.5).round(1)
    >>> found.loc[found["territory"] == "E1", "value"].tolist()
    [88.9, 83.3, nan, -5.6, nan]
    >>> "ne sont connus que pour 2023" in found.attrs["remark"]
    True
    """
    days = read_date(start), read_date(end)
    if days[0] > days[1]:
        raise QuestionError(
            f"Le début ({french_date(days[0])}) est après la fin ({french_date(days[1])}) : les échanger."
        )
    perimeters = perimeters_of(tables, by, days[1])
    found = [components(tables, day, children_per_childminder) for day in days]
    shared = [name for name in COMPONENTS if not any(name in one.lacking for one in found)]
    places = [_known_places(one, shared, perimeters) for one in found]
    counts = _children_counts(tables, *days)
    children = [children_by(count, perimeters, rounding) for count in counts]
    values = _measured(places, children, is_same=counts[0].year == counts[1].year)
    frame = one_below_the_other(MEASURES, children[0].index, pd.concat(values))
    frame.attrs = {
        "children": [{"year": count.year, "regime": count.regime} for count in counts],
        "rounding": rounding,
        "children_per_childminder": children_per_childminder,
        "components": shared,
    }
    said = [_compared(shared), _counted(counts), *children_said(counts[1], days[1].year, perimeters)]
    return remark(frame, [*said, _before_the_files(tables, days[0], shared)])


def _known_places(found: Places, names: list[str], perimeters: pd.DataFrame) -> pd.DataFrame:
    """Sums of some components by territory, as `sums_by` gives them; missing without any."""
    places = places_by(found, perimeters)
    parts: Parts = added(places, names) if names else places[COMPONENTS[0]]
    index = pd.Index(sorted(perimeters["territory"].unique()), name="territory", dtype="str")
    columns = {"value": parts.value, "status": parts.status().array, "low": parts.low, "high": parts.high}
    return pd.DataFrame(columns, index=index)


def _children_counts(tables: Tables, first: pd.Timestamp, last: pd.Timestamp) -> tuple[Count, Count]:
    """Children at both dates: of the first regime that has two years for them, else the last date's twice."""
    for regime in REGIMES:
        one, two = (family_count(tables, CHILDREN, day.year, (regime,)) for day in (first, last))
        if one.year and two.year and one.year < two.year and one.year <= first.year:
            return one, two
    same = family_count(tables, CHILDREN, last.year)
    return same, same


def _measured(
    places: list[pd.DataFrame], children: list[pd.DataFrame], *, is_same: bool
) -> list[pd.DataFrame]:
    """Measures of all territories; with the same children at both dates, what the births did is not known."""
    rates = [ratio(*pair) for pair in zip(places, children, strict=True)]
    change = difference(rates[1], rates[0])
    # a rate that does not apply has no change either
    none = rates[0]["status"].eq("not_applicable") | rates[1]["status"].eq("not_applicable")
    change["status"] = change["status"].mask(none, "not_applicable")
    is_known = change["status"].eq("known")
    tops, bottoms = (
        [rate[name].where(is_known).to_numpy("float64") for rate in rates]
        for name in ("numerator", "denominator")
    )
    parts = split_change((tops[0], tops[1]), (bottoms[0], bottoms[1]))
    bounds = _effect_bounds(places, children)
    effects = [
        change.assign(
            value=value, low=low.mask(is_known & (low == high)), high=high.mask(is_known & (low == high))
        )
        for value, (low, high) in zip(parts, bounds, strict=True)
    ]
    effects[0]["numerator"] = places[1]["value"] - places[0]["value"]
    effects[1]["denominator"] = children[1]["value"] - children[0]["value"]
    if is_same:
        unknown = {"value": np.nan, "low": np.nan, "high": np.nan, "denominator": np.nan}
        status = change["status"].mask(change["status"].eq("known"), "missing")
        change, effects[1] = (frame.assign(**unknown, status=status) for frame in (change, effects[1]))
    return [frame[VALUE_COLUMNS] for frame in (*rates, change, *effects)]


def _effect_bounds(
    places: list[pd.DataFrame], children: list[pd.DataFrame]
) -> list[tuple[pd.Series, pd.Series]]:
    """Least and greatest of each effect: at a corner of what its two factors may be."""
    (p0, p1), (k0, k1) = places, [_inverse(one) for one in children]
    gained = p1["low"] - p0["high"], p1["high"] - p0["low"]
    shifted = k1[0] - k0[1], k1[1] - k0[0]
    offer = _product(gained, ((k0[0] + k1[0]) / 2, (k0[1] + k1[1]) / 2))
    births = _product(shifted, ((p0["low"] + p1["low"]) / 2, (p0["high"] + p1["high"]) / 2))
    return [offer, births]


def _inverse(sums: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    low, high = (sums[name].where(sums[name] > 0) for name in ("low", "high"))
    return 100 / high, 100 / low


def _product(
    one: tuple[pd.Series, pd.Series], two: tuple[pd.Series, pd.Series]
) -> tuple[pd.Series, pd.Series]:
    corners = pd.concat([first * second for first in one for second in two], axis=1)
    return corners.min(axis=1, skipna=False), corners.max(axis=1, skipna=False)


def _compared(shared: list[str]) -> str:
    if not shared:
        return "Aucune composante n'est connue aux deux dates : la couverture ne se compare pas."
    missing = [LABELS[name] for name in COMPONENTS if name not in shared]
    names = ", ".join(LABELS[name] for name in shared)
    left = f" ; ne sont pas connus aux deux dates : {', '.join(missing)}" if missing else ""
    return f"Composantes comparées : {names}{left}."


def _counted(counts: tuple[Count, Count]) -> str:
    first, last = counts
    if first.year is None:
        return ""
    if first.year == last.year:
        return (
            f"Les enfants de moins de 3 ans ne sont connus que pour {first.year} : l'effet de l'offre est "
            "donné à enfants constants, celui des naissances n'est pas connu."
        )
    return f"Enfants comparés : {first.year} et {last.year}."


def _before_the_files(tables: Tables, day: pd.Timestamp, shared: list[str]) -> str:
    """Say that crèches that closed before the first file received are in no list."""
    services = tables.offer.loc[tables.offer["kind"].isin(EAJE), "service"]
    years = tables.activity.loc[tables.activity["service"].isin(services), "year"]
    if not {"eaje_psu", "eaje_other"} & set(shared) or years.empty or day.year >= years.min():
        return ""
    return (
        f"Le premier fichier reçu sur les EAJE est de {years.min()} : ceux qui ont fermé avant n'y sont "
        "pas, l'offre du début est sous-estimée."
    )
