"""Places within reach of the children of each territory, shared with the children around."""

from collections.abc import Hashable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from sdsf_analysis.indicators.access.reach import Reach, reach_of, shared
from sdsf_analysis.indicators.access.shares import children_out_of_reach, means_reached, places_lost
from sdsf_analysis.indicators.asked import Day, read_date
from sdsf_analysis.indicators.codes import places_in
from sdsf_analysis.indicators.measures import VALUE_COLUMNS
from sdsf_analysis.indicators.question import Question
from sdsf_analysis.indicators.remarks import remark
from sdsf_analysis.indicators.territories import members
from sdsf_analysis.model.tables import Tables

__all__ = ["MEASURES", "Reach", "accessible_places", "reach_of", "shared"]
MEASURES = ("accessible_places", "out_of_reach", "places_out_of_reach")


def accessible_places(  # noqa: PLR0913 - what is shared, among whom and how far, each by its name
    tables: Tables,
    on: Day,
    by: str = "commune",
    *,
    kinds: Sequence[str] = ("eaje",),
    of: str = "children_0_2",
    radius_km: float = 15,
    decay: str = "steps",
    within: str = "disc",
) -> pd.DataFrame:
    """Places within reach for 100 children (E2SFCA): each place is shared by all the children around it.

    Formula: R_j = S_j / Σ_i P_i w(d_ij), then A_i = 100 · Σ_j R_j w(d_ij); of a territory, ΣP_i A_i / ΣP_i.
    The numerators of all communes add up to the places of the services that have children within reach: none
    is lost or counted twice. Distances as for `nearest_service`. References: Luo & Qi 2009 (E2SFCA); Dai 2010
    (gaussian); DREES, accessibilité potentielle localisée (APL).

    Parameters
    ----------
    tables : Tables
    on : str or datetime.date
    by : str
        Level of the territories, one of those of ``membership``, or ``commune``.
    kinds : sequence of str
        Kinds of ``offer_kind``, families of ``offer_family``, or ``eaje`` for all crèches.
    of : str
        Who shares the places: code of ``families_measure``.
    radius_km : float
        Nothing counts beyond.
    decay : str
        ``steps``, ``gaussian``, ``none``, or the steps themselves (``10:1,15:0.3,20:0.1``): see
        `sdsf_analysis.indicators.access.catchment.decay_weights`.
    within : {"disc", "zero"}
        Distance to a service of one's own commune.

    Returns
    -------
    pandas.DataFrame
        One row per territory and measure, sorted: ``accessible_places`` (for 100 children; zero, never
        missing, where no service is within reach), ``out_of_reach`` (% of the children who have none:
        the flag of that
        zero), ``places_out_of_reach`` (% of the places of the territory that no child can reach).

    Raises
    ------
    QuestionError
        If a day, a level, a kind, a count, a radius or a decay is not one.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> found = accessible_places(example_tables(), "2024-06-30").round(1)
    >>> found.loc[found["measure"] == "accessible_places", ["value", "low", "high"]].values.tolist()
    [[72.1, nan, nan], [nan, 20.0, 20.0], [nan, 18.7, 18.9], [nan, 4.1, 4.2]]
    """
    day = read_date(on)
    reach = reach_of(tables, day, kinds, of, radius_km=radius_km, decay=decay, within=within)
    rows = members(tables.membership, reach.land.communes, by, day)
    frame = _by_territory(rows, reach)
    if not reach.land.is_known or reach.children_of.year is None:
        frame = frame.assign(numerator=np.nan, value=np.nan, low=np.nan, high=np.nan, status="missing")
    asked: dict[Hashable, Any] = {
        "kinds": list(kinds),
        "of": of,
        "radius_km": radius_km,
        "decay": decay,
        "within": within,
    }
    frame.attrs = {
        **asked,
        "question": Question.of(
            tables, "accessible_places", on=day, by=by, **{str(name): said for name, said in asked.items()}
        ),
    }
    return remark(frame, reach.said)


def _by_territory(rows: pd.DataFrame, reach: Reach) -> pd.DataFrame:
    access, around = shared(reach)
    places = places_in(rows["commune"], reach.land.communes)
    codes, territories = pd.factorize(rows["territory"], sort=True)
    n = len(territories)
    has_point = reach.land.has_point[places]
    pointed, pointed_codes = places[has_point], codes[has_point]
    is_single = np.bincount(pointed_codes, minlength=n) == 1
    frames = [
        means_reached(access[pointed], reach.children[pointed], pointed_codes, n, is_single),
        children_out_of_reach(reach, pointed, pointed_codes, n),
        places_lost(reach, around, places, codes, n),
    ]
    without = np.bincount(pointed_codes, minlength=n) == 0
    for frame in frames[:2]:
        frame.loc[without, [name for name in VALUE_COLUMNS if name != "status"]] = np.nan
        frame.loc[without, "status"] = "missing"
    named = [
        frame.assign(rank=range(n), territory=territories, measure=measure)
        for frame, measure in zip(frames, MEASURES, strict=True)
    ]
    frame = pd.concat(named).sort_values("rank", kind="stable", ignore_index=True)
    return frame[["territory", "measure", *VALUE_COLUMNS]]
