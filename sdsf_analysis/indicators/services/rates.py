"""Places for a hundred children of the age that each kind of service is for."""

from collections.abc import Hashable, Sequence
from typing import NamedTuple

import pandas as pd

from sdsf_analysis.indicators.asked import Day, read_date
from sdsf_analysis.indicators.measures import VALUE_COLUMNS
from sdsf_analysis.indicators.question import Question
from sdsf_analysis.indicators.ratios import ratio
from sdsf_analysis.indicators.remarks import remark
from sdsf_analysis.indicators.services.ages import AGE_LABELS, children_of, children_said
from sdsf_analysis.indicators.services.kinds import EAJE, lacking, received
from sdsf_analysis.indicators.services.standing import capacities, doubts, located, possible, standing
from sdsf_analysis.indicators.sums import BOUNDED, sums_by, sums_placed
from sdsf_analysis.indicators.territories import departement_communes, members
from sdsf_analysis.model.lists import choices
from sdsf_analysis.model.tables import Tables


class Served(NamedTuple):
    """Kinds of service, the age of the children that they are for."""

    kinds: tuple[str, ...]
    age: str


# a holiday centre takes most often both before and after six, and its capacity is told once
RATES = {"eaje": Served(EAJE, "0_2"), "alsh": Served(("alsh",), "3_11")}


def places_per_100(tables: Tables, on: Day, by: str = "epci") -> pd.DataFrame:
    """Give the places for a hundred children of the age that the service is for.

    Formula: 100 · Σ places / Σ children, over the communes of the territory. ``eaje``: every crèche, micro-
    crèches included, for children under 3; ``alsh``: accueils de loisirs, for children of 3 to 11. Children:
    latest year known at the date, all regimes together if there is such a count, else the Caf's.

    Parameters
    ----------
    tables : Tables
    on : str or datetime.date
    by : str
        Level of the territories, one of those of ``membership``, or ``commune``.

    Returns
    -------
    pandas.DataFrame
        One row per territory and measure: territory, measure, numerator (places), denominator (children),
        value (places for 100 children), status, low, high. ``attrs`` holds the year and regime of each age
        and in ``remark`` what must be said beside. Not applicable without children; above 100 is possible: a
        service receives children of other territories.

    Raises
    ------
    QuestionError
        If ``on`` is not a day, or the level is unknown.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> found = places_per_100(example_tables(), "2024-12-31")
    >>> found.loc[found["measure"] == "eaje", ["territory", "numerator", "denominator"]].values.tolist()
    [['E1', 48.0, 45.0], ['E2', 0.0, nan]]
    """
    day = read_date(on)
    zones = members(tables.membership, departement_communes(tables.territories)["commune"], by, day)
    frames, sentences = [], []
    basis: dict[Hashable, object] = {}
    for rank, (measure, served) in enumerate(RATES.items()):
        places, said = _places(tables, day, served.kinds, zones)
        children = children_of(tables, served.age, day.year)
        rate = ratio(places, sums_by(children.rows, zones)).reset_index()
        frames.append(rate.assign(measure=measure, rank=rank))
        sentences += [*said, children_said(children, served.age)]
        if children.year is not None:
            basis[f"children_{served.age}"] = {"year": children.year, "regime": children.regime}
            regime = choices("regime")[str(children.regime)]
            sentences.append(f"Enfants de {AGE_LABELS[served.age]} : {children.year}, {regime}.")
    frame = pd.concat(frames).sort_values(["territory", "rank"], kind="stable", ignore_index=True)
    frame = frame[["territory", "measure", *VALUE_COLUMNS]]
    frame.attrs = {**basis, "question": Question.of(tables, "places_per_100", on=day, by=by)}
    return remark(frame, sentences)


def _places(
    tables: Tables, day: pd.Timestamp, kinds: Sequence[str], zones: pd.DataFrame
) -> tuple[pd.DataFrame, list[str]]:
    """Places of each territory, as `sums_by` gives sums; missing when no list speaks of the kinds."""
    found = standing(tables, day, kinds)
    rows = pd.concat([found.held, found.doubtful], ignore_index=True)
    size = capacities(tables.offer, rows)[BOUNDED]
    size = pd.concat([size[: len(found.held)], possible(size[len(found.held) :])])
    pairs, nowhere = located(tables, rows, zones)
    placed = pairs.merge(size, left_on="row", right_index=True, validate="many_to_one")
    sums = sums_placed(placed, zones)
    if not received(tables.offer) & set(kinds):
        sums = sums.assign(value=float("nan"), status="missing", low=0.0, high=float("nan"))
    return sums, [*lacking(tables.offer, kinds), *doubts(tables, found, nowhere)]
