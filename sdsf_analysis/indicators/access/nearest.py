"""How far the nearest service is, for those who would use it."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.indicators.access.ground import BORDER, CROW, Ground, check_km, counted, ground, people
from sdsf_analysis.indicators.access.means import weighted_means
from sdsf_analysis.indicators.asked import Day, read_date
from sdsf_analysis.indicators.codes import places_in
from sdsf_analysis.indicators.measures import VALUE_COLUMNS, Parts, shares_by_code, sum_parts
from sdsf_analysis.indicators.question import Question
from sdsf_analysis.indicators.remarks import remark
from sdsf_analysis.indicators.territories import members
from sdsf_analysis.model.tables import Tables
from sdsf_analysis.territories.distances import Numbers, nearest_km

DISTANCE, BEYOND = "mean_km", ("beyond_1", "beyond_2", "beyond_3")
_NOBODY_OPEN = "Aucun service de ces types n'est ouvert à cette date : la distance n'a pas de sens."


def nearest_service(  # noqa: PLR0913 - what is sought, for whom and how, each by its name
    tables: Tables,
    on: Day,
    by: str = "epci",
    *,
    kinds: Sequence[str] = ("eaje",),
    of: str = "children_0_2",
    thresholds_km: Sequence[float] = (10, 15, 20),
    within: str = "disc",
) -> pd.DataFrame:
    """Distance from the children of each territory to the nearest open service, and how many are far from it.

    Formula: Σ P_i min_j d_ij / Σ P_i, and 100 · Σ P_i [min_j d_ij > threshold] / Σ P_i, for the mean hides
    the tail. Distances as the crow flies, in kilometres, between the points of ``territories``; in a
    commune that
    has the service, 2/3 · √(area / π), mean distance to the centre of a disc of its area. Reference: distance
    to the nearest facility weighted by the population (methods of spatial access, Luo & Qi 2009).

    Parameters
    ----------
    tables : Tables
    on : str or datetime.date
    by : str
        Level of the territories, one of those of ``membership``, or ``commune``.
    kinds : sequence of str
        Kinds of ``offer_kind``, families of ``offer_family``, or ``eaje`` for all crèches.
    of : str
        Who travels: code of ``families_measure``.
    thresholds_km : sequence of float
        One to three distances, rising.
    within : {"disc", "zero"}
        Distance to a service of one's own commune.

    Returns
    -------
    pandas.DataFrame
        One row per territory and measure (``mean_km``, in km; ``beyond_1``, ``beyond_2``, ``beyond_3``, in
        %), sorted: territory, measure, numerator, denominator, value, status, low, high.
        ``not_applicable`` where
        nobody is counted or no such service is open; ``missing`` where no file tells.

    Raises
    ------
    QuestionError
        If a day, a level, a kind, a count or a threshold is not one.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> found = nearest_service(example_tables(), "2024-06-30").round(2)
    >>> found.loc[found["territory"] == "E1", ["measure", "value"]].values.tolist()
    [['mean_km', 4.67], ['beyond_1', 33.33], ['beyond_2', 0.0], ['beyond_3', 0.0]]
    """
    day = read_date(on)
    limits = check_km("thresholds_km", thresholds_km)
    if len(limits) > len(BEYOND):
        raise QuestionError(f"L'option thresholds_km prend au plus {len(BEYOND)} distances.")
    land = ground(tables, day, kinds, within)
    count, said = people(tables, of, day)
    rows = members(tables.membership, land.communes, by, day)
    frame = _by_territory(rows, land, sum_parts(count.rows), counted(count, land.has_point), limits)
    if not land.is_known:
        frame = frame.assign(numerator=np.nan, value=np.nan, low=np.nan, high=np.nan, status="missing")
    asked = {"kinds": list(kinds), "of": of, "thresholds_km": limits, "within": within}
    frame.attrs = {
        "thresholds_km": limits,
        "question": Question.of(tables, "nearest_service", on=day, by=by, **asked),
    }
    nobody = _NOBODY_OPEN if land.is_known and not len(land.services) else ""
    return remark(frame, [*land.said, nobody, said, CROW, BORDER])


def service_km(land: Ground) -> Numbers:
    """Distance from each commune to the nearest service: its own if it has one; missing without a point.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> land = ground(example_tables(), pd.Timestamp("2024-06-30"), ["eaje"])
    >>> service_km(land).round(2).tolist()
    [2.0, 10.01, 2.0, 10.01]
    """
    km, _ = nearest_km(land.points, land.sites)
    own = np.unique(land.homes[land.homes >= 0])
    km[own] = land.inside_km[own]
    km[~land.has_point] = np.nan
    return km


def _by_territory(
    rows: pd.DataFrame, land: Ground, parts: Parts, is_counted: np.ndarray, limits: list[float]
) -> pd.DataFrame:
    places = places_in(rows["commune"], land.communes)
    codes, territories = pd.factorize(rows["territory"], sort=True)
    known = is_counted[places]
    places, codes_known = places[known], codes[known]
    km, n = service_km(land)[places], len(territories)
    here = parts.at(places)
    is_finite = bool(np.isfinite(km).all())
    mean = weighted_means(km if is_finite else np.zeros(len(km)), here, codes_known, n)
    frames = [mean if is_finite else mean.assign(numerator=np.nan, value=np.nan, status="not_applicable")]
    frames += [shares_by_code(here, km > limit, codes_known, n) for limit in limits]
    unknown = np.bincount(codes_known, minlength=n) == 0
    named = [
        _unknown(frame, unknown).assign(rank=range(n), territory=territories, measure=measure)
        for frame, measure in zip(frames, (DISTANCE, *BEYOND), strict=False)
    ]
    frame = pd.concat(named).sort_values("rank", kind="stable", ignore_index=True)
    return frame[["territory", "measure", *VALUE_COLUMNS]]


def _unknown(frame: pd.DataFrame, unknown: np.ndarray) -> pd.DataFrame:
    """Territories without any commune that counts: what is not known is missing, not zero."""
    numbers = [name for name in VALUE_COLUMNS if name != "status"]
    frame = frame.assign(status=frame["status"].mask(unknown, "missing"))
    frame.loc[unknown, numbers] = np.nan
    return frame
