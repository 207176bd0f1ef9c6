"""Shares of families and children that rest on few cases: raw, with the limits of chance, and smoothed."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from sdsf_analysis.indicators.asked import Day, check_choice, read_date
from sdsf_analysis.indicators.equity.smoothing import empirical_bayes, poisson_limits
from sdsf_analysis.indicators.measures import VALUE_COLUMNS
from sdsf_analysis.indicators.question import Question
from sdsf_analysis.indicators.ratios import ratio
from sdsf_analysis.indicators.received import file_lacking
from sdsf_analysis.indicators.remarks import remark
from sdsf_analysis.indicators.sums import BOUNDED, Count, family_count, sums_by
from sdsf_analysis.indicators.territories import departement_communes, members
from sdsf_analysis.model.lists import choices
from sdsf_analysis.model.tables import Tables

_CHILDREN = ("children_0_2", "children_3_5", "children_6_11", "children_12_17")
# cases, and those among whom they are counted, in the files of one sender
RATES: dict[str, tuple[str, tuple[str, ...]]] = {
    "single_parent_families": ("single_parent_families", ("households",)),
    "low_income_families": ("low_income_families", ("households",)),
    "aeeh_children": ("aeeh_children", _CHILDREN),
}
_REGIME = ("caf",)
_MEASURES = ("raw", "smoothed", "poisson_low", "poisson_high")
_UNKNOWN = float("nan")
_CHANCE = (
    "Pris ensemble, les écarts entre ces territoires ne dépassent pas ceux que le hasard donne à de petits "
    "nombres : la part lissée est la même pour tous."
)
_ALLOCATAIRES = "Ces parts sont celles des allocataires de la Caf, non de toutes les familles."


class _Rate(NamedTuple):
    """Cases and base by territory, with their year."""

    cases: pd.DataFrame
    base: pd.DataFrame
    year: int | None


def smoothed_rates(
    tables: Tables, on: Day, by: str = "commune", *, of: str = "single_parent_families"
) -> pd.DataFrame:
    """Give the share of families or children of some situation, and what chance may explain of it.

    Formula: raw: 100 · Σ cases / Σ base; limits: exact Poisson limits of the cases, at 95 %; smoothed: global
    empirical Bayes, variance clamped at zero. For cases only, never for places, which chance does not draw.
    Reference: Marshall 1991, R ``spdep::EBest``; Garwood 1936.

    Parameters
    ----------
    tables : Tables
    on : str or datetime.date
        Figures of the latest year not after it.
    by : str
        Level of the territories.
    of : {"single_parent_families", "low_income_families", "aeeh_children"}
        Cases; the first two among the Caf's households, the last among the children of its households.

    Returns
    -------
    pandas.DataFrame
        One row per territory and measure (``raw``, ``smoothed``, ``poisson_low``, ``poisson_high``), sorted:
        territory, measure, numerator, denominator, value (%), status, low, high. Where a count is withheld,
        raw has its bounds and the others are withheld too: smoothing never lets it out.

    Raises
    ------
    QuestionError
        If ``on`` is not a day, or ``of`` or the level is unknown; the message lists the known ones.

    Examples
    --------
    >>> from sdsf_analysis.indicators.equity.example import families_example
    >>> found = smoothed_rates(families_example(), "2024-12-31").round(1)
    >>> found[found["territory"] == "01001"][["measure", "value"]].values.tolist()
    [['raw', 20.0], ['smoothed', 17.4], ['poisson_low', 12.2], ['poisson_high', 30.9]]
    """
    day = read_date(on)
    check_choice("Part inconnue (of)", of, RATES)
    perimeters = members(tables.membership, departement_communes(tables.territories)["commune"], by, day)
    rate = _rate(tables, of, day.year, perimeters)
    raw = ratio(rate.cases, rate.base)
    parts = {name: _derived(raw, name) for name in _MEASURES[1:]}
    frame = pd.concat([raw.assign(measure="raw"), *(f.assign(measure=name) for name, f in parts.items())])
    frame = frame.assign(rank=frame["measure"].map(_MEASURES.index)).reset_index()
    frame = frame.sort_values(["territory", "rank"], ignore_index=True)
    frame = frame[["territory", "measure", *VALUE_COLUMNS]]
    frame.attrs = {
        "year": rate.year,
        "question": Question.of(tables, "smoothed_rates", on=day, by=by, of=of),
    }
    return remark(frame, [*_said(of, rate.year), _only_chance(parts["smoothed"]["value"].dropna())])


def _rate(tables: Tables, of: str, year: int, perimeters: pd.DataFrame) -> _Rate:
    measure, bands = RATES[of]
    cases = family_count(tables, measure, year, _REGIME)
    base = [family_count(tables, band, cases.year, _REGIME) for band in bands]
    same_year = all(count.year == cases.year for count in base)
    counted = _added(base) if same_year else base[0].rows.assign(value=_UNKNOWN, status="missing")
    known = cases.year if same_year else None
    return _Rate(sums_by(cases.rows, perimeters), sums_by(counted, perimeters), known)


def _added(counts: list[Count]) -> pd.DataFrame:
    """Bands of ages one below the other: their sums add up by territory."""
    return pd.concat([count.rows[["commune", *BOUNDED]] for count in counts])


def _derived(raw: pd.DataFrame, name: str) -> pd.DataFrame:
    """What is worked out of the rates that are known; the others keep the reason why they are not."""
    known = raw[raw["status"] == "known"]
    cases, base = known["numerator"].to_numpy(), known["denominator"].to_numpy()
    if name == "smoothed":
        values = 100 * empirical_bayes(cases, base)
    else:
        low, high = poisson_limits(cases)
        values = 100 * (low if name == "poisson_low" else high) / np.where(base > 0, base, np.nan)
    found = pd.Series(values, index=known.index, dtype="float64").reindex(raw.index)
    return raw.assign(value=found, low=_UNKNOWN, high=_UNKNOWN)


def _only_chance(smoothed: pd.Series) -> str:
    """Say that no territory stands out, where the smoothing leaves one rate to all."""
    all_alike = len(smoothed) > 1 and smoothed.max() - smoothed.min() < 1e-9
    return _CHANCE if all_alike else ""


def _said(of: str, year: int | None) -> list[str]:
    label = choices("families_measure")[of]
    if year is None:
        return [file_lacking("families", of, f"les {label}")]
    return [_ALLOCATAIRES, f"Année des effectifs : {year}."]
