"""Whether single-parent and low-income families live where the places are: their access beside all."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from sdsf_analysis.indicators.access.ground import Ground, counted, ground
from sdsf_analysis.indicators.access.nearest import service_km
from sdsf_analysis.indicators.access.reach import Reach, reach_on, shared
from sdsf_analysis.indicators.asked import Day, read_date
from sdsf_analysis.indicators.codes import Flags, places_in
from sdsf_analysis.indicators.measures import VALUE_COLUMNS, WITHHELD, sum_parts
from sdsf_analysis.indicators.publics.means import bounded_means
from sdsf_analysis.indicators.question import Question
from sdsf_analysis.indicators.received import file_lacking
from sdsf_analysis.indicators.remarks import listed, remark
from sdsf_analysis.indicators.sums import Count, family_count
from sdsf_analysis.indicators.territories import departement_communes, members
from sdsf_analysis.model.lists import choices
from sdsf_analysis.model.tables import Tables

# the families that are compared, the first being all of them
FAMILIES = {
    "all": "households",
    "single_parent": "single_parent_families",
    "low_income": "low_income_families",
}
_UNKNOWN = ["numerator", "denominator", "value", "low", "high"]
_CAF = "Familles : foyers allocataires de la Caf, {year}, et non toutes les familles."
_SMALL = (
    "L'écart compare où vivent ces familles, non si elles obtiennent une place : dans une même commune, "
    "toutes ont le même accès."
)


def families_access(  # noqa: PLR0913 - what is sought and how far, each by its name
    tables: Tables,
    on: Day,
    by: str = "epci",
    *,
    kinds: Sequence[str] = ("eaje",),
    radius_km: float = 15,
    decay: str = "steps",
    within: str = "disc",
) -> pd.DataFrame:
    """Compare the access of single-parent and low-income families with that of all the Caf's households.

    Formula: Σ families · access of their commune / Σ families, for each sort of family: places within reach
    for 100 children (see `accessible_places`) and distance to the nearest service, in km (see
    `nearest_service`). A withheld count is at most that of all households, itself at most the inhabitants.
    Gap: mean of the sort less mean of all. Reference: Luo & Qi 2009 (E2SFCA).

    Parameters
    ----------
    tables : Tables
    on : str or datetime.date
        Services of that day; families of the latest year not after it.
    by : str
        Level of the territories, one of those of ``membership``, or ``commune``.
    kinds, radius_km, decay, within
        As for `accessible_places`.

    Returns
    -------
    pandas.DataFrame
        One row per territory and measure, sorted: territory, measure, numerator, denominator (families),
        value, status, low, high. ``places_all``, ``places_single_parent``, ``places_low_income``, ``km_all``,
        ``km_single_parent``, ``km_low_income``, then ``places_gap_…`` and ``km_gap_…`` for the last two sorts
        (no numerator nor denominator). Withheld counts give bounds.

    Raises
    ------
    QuestionError
        If a day, a level, a kind, a radius or a decay is not one.

    Examples
    --------
    >>> from sdsf_analysis.indicators.publics.example import publics_example
    >>> found = families_access(publics_example(), "2024-06-30").round(2)
    >>> found.loc[found["territory"] == "E1", ["measure", "value"]].values.tolist()[:3]
    [['places_all', 57.19], ['places_single_parent', 65.28], ['places_low_income', 64.63]]
    """
    day = read_date(on)
    land = ground(tables, day, kinds, within)
    reach = reach_on(tables, day, land, "children_0_2", radius_km=radius_km, decay=decay)
    counts = _counts(tables, day.year)
    zones = members(tables.membership, land.communes, by, day)
    here = np.logical_and.reduce([counted(one, land.has_point) for one in counts.values()])
    frame = _compared(_access(reach, land), counts, here, zones, land.communes)
    if (
        not land.is_known
        or reach.children_of.year is None
        or any(one.year is None for one in counts.values())
    ):
        frame = frame.assign(**dict.fromkeys(_UNKNOWN, np.nan), status="missing")
    asked = {"kinds": list(kinds), "radius_km": radius_km, "decay": decay, "within": within}
    frame.attrs = {
        "year": counts["all"].year,
        "question": Question.of(tables, "families_access", on=day, by=by, **asked),
    }
    left = listed(
        "Communes sans chiffre de familles, ou sans point, non comptées", land.communes[~here].tolist()
    )
    return remark(frame, [*_families_said(counts), left if here.any() else "", _SMALL, *reach.said])


def _counts(tables: Tables, year: int) -> dict[str, Count]:
    """Families of each sort by commune; where a count is withheld without a bound, all that it may be."""
    counts = {name: family_count(tables, measure, year, ("caf",)) for name, measure in FAMILIES.items()}
    most = departement_communes(tables.territories)["population"].to_numpy("float64", na_value=np.nan)
    for name, count in counts.items():
        rows = count.rows
        high = rows["high"].fillna(rows["value"])
        open_ended = high.isna() & rows["status"].isin(WITHHELD)
        counts[name] = count._replace(rows=rows.assign(high=rows["high"].mask(open_ended, pd.Series(most))))
        if name == "all":
            most = np.where(np.isnan(high), counts[name].rows["high"], high)
    return counts


def _access(reach: Reach, land: Ground) -> dict[str, np.ndarray]:
    """Places and kilometres of each commune: value, at least, at most; missing where there is none."""
    km = service_km(land)
    km[~np.isfinite(km)] = np.nan
    return {"places": 100 * shared(reach)[0], "km": np.column_stack([km, km, km])}


def _compared(
    access: dict[str, np.ndarray],
    counts: dict[str, Count],
    here: Flags,
    zones: pd.DataFrame,
    communes: pd.Series,
) -> pd.DataFrame:
    """One row per territory and measure: the mean of each sort of families, then its gap with all of them."""
    codes, territories = pd.factorize(zones["territory"], sort=True)
    places = places_in(zones["commune"], communes)
    kept = here[places]
    places, codes, n = places[kept], codes[kept], len(territories)
    is_empty = np.bincount(codes, minlength=n) == 0
    frames: dict[str, pd.DataFrame] = {}
    for what, values in access.items():
        for name, count in counts.items():
            means = bounded_means(values[places], sum_parts(count.rows).at(places), codes, n)
            if what == "km" and np.isnan(values[places, 0]).any():
                means = means.assign(**dict.fromkeys(_UNKNOWN, np.nan), status="not_applicable")
            frames[f"{what}_{name}"] = _missing(means, is_empty)
    for what in access:
        for name in list(counts)[1:]:
            frames[f"{what}_gap_{name}"] = _gap(frames[f"{what}_{name}"], frames[f"{what}_all"])
    frame = pd.concat(
        [one.assign(territory=territories) for one in frames.values()], keys=frames, names=["measure"]
    )
    frame = frame.reset_index(level="measure").sort_values("territory", kind="stable", ignore_index=True)
    return frame[["territory", "measure", *VALUE_COLUMNS]]


def _missing(means: pd.DataFrame, is_empty: Flags) -> pd.DataFrame:
    """Territories without any commune that counts: what is not known is missing, not zero."""
    if not is_empty.any():
        return means
    numbers = {name: means[name].mask(is_empty) for name in _UNKNOWN}
    return means.assign(status=means["status"].mask(is_empty, "missing"), **numbers)


def _gap(one: pd.DataFrame, whole: pd.DataFrame) -> pd.DataFrame:
    """Mean of a sort of families less that of all; the bounds of both are taken apart."""
    value = one["value"] - whole["value"]
    low = one["low"].fillna(one["value"]) - whole["high"].fillna(whole["value"])
    high = one["high"].fillna(one["value"]) - whole["low"].fillna(whole["value"])
    worse = one["status"].where(one["status"] != "known", whole["status"])
    exact = value.notna()
    frame = one.assign(value=value, status=worse, low=low.mask(exact), high=high.mask(exact))
    return frame.assign(numerator=np.nan, denominator=np.nan)


def _families_said(counts: dict[str, Count]) -> list[str]:
    labels = choices("families_measure")
    lacking = [FAMILIES[name] for name, one in counts.items() if one.year is None]
    if lacking:
        return [file_lacking("families", measure, f"« {labels[measure]} »") for measure in lacking]
    years = sorted({str(one.year) for one in counts.values()})
    return [_CAF.format(year=", ".join(years))]
