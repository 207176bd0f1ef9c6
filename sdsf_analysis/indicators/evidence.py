"""The rows of the tables that an indicator of the conventions rests on."""

from collections.abc import Callable

import pandas as pd

from sdsf_analysis.indicators.asked import Day, read_date
from sdsf_analysis.indicators.conventions import covered_communes, ctg_states
from sdsf_analysis.indicators.counts import FAMILY_BANDS, counts_by_commune
from sdsf_analysis.indicators.measures import in_force
from sdsf_analysis.indicators.territories import communes_of
from sdsf_analysis.model.tables import Tables

Rows = dict[str, pd.DataFrame]


def rows_behind(name: str, tables: Tables, on: Day, by: str = "epci", territory: str | None = None) -> Rows:
    """Find the rows that an indicator rests on at a date.

    Parameters
    ----------
    name : str
        ``ctg_counters`` or ``ctg_coverage``.
    tables : Tables
    on : str or datetime.date
    by : str
        Level of the territory of ``ctg_coverage``.
    territory : str, optional
        One territory of this level; the whole département without it.

    Returns
    -------
    dict of str to pandas.DataFrame
        Table → rows: conventions in force, the perimeters that cover a commune that day, then the officers
        of the counters or the children of the coverage, and the communes whose population is counted.

    Raises
    ------
    QuestionError
        If ``on`` is not a day, or no territory has this level or this code.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> rows = rows_behind("ctg_coverage", example_tables(), "2024-06-30", territory="E2")
    >>> rows["membership"]["commune"].tolist()
    ['01004']
    """
    day = read_date(on)
    communes = communes_of(tables, day, by, territory)
    running = tables.ctg[ctg_states(tables.ctg, day) == "in_force"]
    perimeters = tables.membership[tables.membership["level"] == "ctg"]
    covering = perimeters[
        perimeters["territory"].isin(running["ctg"])
        & perimeters["commune"].isin(set(covered_communes(tables, day)) & set(communes))
        & in_force(perimeters, day)
    ]
    ours = running if territory is None else running[running["ctg"].isin(covering["territory"])]
    return {"ctg": ours, "membership": covering, **_OTHERS[name](tables, day, running, communes)}


def _officers(tables: Tables, day: pd.Timestamp, running: pd.DataFrame, _: pd.Series) -> Rows:
    posts = tables.officers[in_force(tables.officers, day)]
    return {"officers": posts[posts["ctg"].isin(running["ctg"])]}


def _counts(tables: Tables, day: pd.Timestamp, _: pd.DataFrame, communes: pd.Series) -> Rows:
    basis = counts_by_commune(tables.territories, tables.families, day)[1]
    families = tables.families[tables.families["commune"].isin(communes)]
    kept = families["commune"].isna()
    for measure, bands in FAMILY_BANDS.items():
        said = basis.get(measure)
        if isinstance(said, dict):
            of_bands = families["measure"].isin({band for choice in bands for band in choice})
            same = (families["year"] == said["year"]) & (families["regime"] == said["regime"])
            kept |= of_bands & same
    of_communes = tables.territories["level"] == "commune"
    counted = tables.territories[of_communes & tables.territories["territory"].isin(communes)]
    return {"families": families[kept], "territories": counted}


_OTHERS: dict[str, Callable[[Tables, pd.Timestamp, pd.DataFrame, pd.Series], Rows]] = {
    "ctg_counters": _officers,
    "ctg_coverage": _counts,
}
TRACED = tuple(_OTHERS)
