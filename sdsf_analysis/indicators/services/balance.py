"""The balance of places of each territory between two dates."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from sdsf_analysis.build.periods import COMING
from sdsf_analysis.indicators.asked import Day
from sdsf_analysis.indicators.measures import VALUE_COLUMNS, sum_parts
from sdsf_analysis.indicators.offer import is_held
from sdsf_analysis.indicators.question import Question
from sdsf_analysis.indicators.received import file_lacking
from sdsf_analysis.indicators.remarks import listed, remark
from sdsf_analysis.indicators.services.kinds import kinds_of, received
from sdsf_analysis.indicators.services.movements import MOVEMENTS, Period, read_period, signed
from sdsf_analysis.indicators.services.standing import located
from sdsf_analysis.indicators.sums import BOUNDED
from sdsf_analysis.model.tables import Tables

DATED = [name for name in MOVEMENTS if name not in ("not_dated", "left")]
MEASURES = ("start", *MOVEMENTS, "end", "balance", *COMING, "frozen_stock", "frozen_declared")
_UNKNOWN_SIZE = "Capacité inconnue à l'une des deux dates"


def places_balance(  # noqa: PLR0913 - as places_movements
    tables: Tables,
    start: Day,
    end: Day,
    by: str = "epci",
    *,
    kinds: Sequence[str] = ("eaje",),
    of: str = "places",
) -> pd.DataFrame:
    """Balance the places of each territory between two dates.

    Formula: start + created + reopened + extended + moved_in + not_dated + reduced + moved_out + frozen +
    closed + left = end, exactly; what is lost is less than zero. ``balance`` adds the dated movements alone:
    a service that a list sees first, without a date of opening, is never a creation. Beside: the places that
    are planned, granted, under works and frozen on the last day, and the frozen places that the services
    declare in their activity.

    Parameters
    ----------
    tables : Tables
    start, end : str or datetime.date
    by : str
        Level of the territories, one of those of ``membership``, or ``commune``.
    kinds : sequence of str
        Kinds of ``offer_kind``, families, or ``eaje``; of one unit of capacity.
    of : {"places", "services"}

    Returns
    -------
    pandas.DataFrame
        One row per territory and measure: territory, measure, numerator, denominator (none), value (places or
        services), status, low, high. ``attrs`` holds the question, and in ``remark`` what must be said
        beside.

    Raises
    ------
    QuestionError
        As `places_movements` says.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> found = places_balance(example_tables(), "2023-12-31", "2024-12-31")
    >>> found = found[found["value"] != 0].dropna(subset="value")
    >>> found[["territory", "measure", "value"]].values.tolist()
    [['E1', 'start', 24.0], ['E1', 'extended', 6.0], ['E1', 'not_dated', 18.0], ['E1', 'end', 48.0],
     ['E1', 'balance', 6.0], ['E2', 'start', 12.0], ['E2', 'closed', -12.0], ['E2', 'balance', -12.0]]
    """
    period = read_period(tables, start, end, by, kinds=kinds, of=of)
    wanted = kinds_of(kinds)
    moved = signed(period)
    frames = [
        _stock(period, period.start, "start", "open"),
        moved[["territory", "movement", *BOUNDED]].rename(columns={"movement": "measure"}),
        _stock(period, period.end, "end", "open"),
        moved.loc[moved["movement"].isin(DATED), ["territory", *BOUNDED]].assign(measure="balance"),
        *[_stock(period, period.end, stage, stage) for stage in COMING],
        _stock(period, period.end, "frozen_stock", "frozen"),
    ]
    declared, year = _declared(tables, period)
    told = [part for part in (*frames, declared) if len(part)]
    frame = _by_territory(pd.concat(told or frames, ignore_index=True), period.zones)
    frame = _without_files(frame, bool(received(tables.offer) & set(wanted)), year)
    frame.attrs["question"] = Question.of(
        tables,
        "places_balance",
        on=period.end,
        start=str(period.start.date()),
        by=by,
        kinds=list(kinds),
        of=of,
    )
    said = "" if year else file_lacking("activity", "frozen_places", "les places gelées déclarées")
    return remark(frame, [*period.said, _size_said(period), said])


def _stock(period: Period, day: pd.Timestamp, measure: str, stage: str) -> pd.DataFrame:
    """Size of what is in a state on a day, by territory."""
    rows = period.offer.index[is_held(period.offer, day) & (period.offer["stage"] == stage)]
    placed = period.pairs[period.pairs["row"].isin(rows)]
    size = period.size.loc[placed["row"]].reset_index(drop=True)
    frame = placed[["territory"]].reset_index(drop=True).assign(measure=measure)
    return pd.concat([frame, size], axis=1)


def _declared(tables: Tables, period: Period) -> tuple[pd.DataFrame, int | None]:
    """Frozen places that the services declare, for the latest year that has any up to the end."""
    told = tables.activity[tables.activity["measure"] == "frozen_places"]
    told = told[(told["year"] <= period.end.year) & (told["nature"] == "actual")]
    if told.empty:
        return pd.DataFrame(columns=["territory", "measure", *BOUNDED]), None
    year = int(told["year"].max())
    last = period.offer.drop_duplicates("service", keep="last")[["service", "commune"]]
    rows = told[told["year"] == year].merge(last, on="service", validate="many_to_one")
    pairs, _ = located(tables, rows, period.zones)
    placed = pairs.merge(rows[BOUNDED], left_on="row", right_index=True, validate="many_to_one")
    return placed[["territory", *BOUNDED]].assign(measure="frozen_declared"), year


def _by_territory(rows: pd.DataFrame, zones: pd.DataFrame) -> pd.DataFrame:
    """Sum by territory and measure; what nothing moves is a true zero."""
    territories = np.sort(zones["territory"].astype("str").unique())
    grid = pd.MultiIndex.from_product([territories, MEASURES], names=["territory", "measure"])
    places = grid.get_indexer(pd.MultiIndex.from_frame(rows[["territory", "measure"]]))
    sums = sum_parts(rows).summed(places, len(grid))
    exact = sums.low == sums.high
    columns = {
        "numerator": sums.value,
        "denominator": np.nan,
        "value": sums.value,
        "status": sums.status().array,
        "low": np.where(exact, np.nan, sums.low),
        "high": np.where(exact, np.nan, sums.high),
    }
    frame = grid.to_frame(index=False).astype("str").assign(**columns)
    return frame[["territory", "measure", *VALUE_COLUMNS]]


def _without_files(frame: pd.DataFrame, is_known: bool, year: int | None) -> pd.DataFrame:
    """Nothing is known of kinds that no list has brought, nor of frozen places that nobody declares."""
    silent = (frame["measure"] == "frozen_declared") & (year is None)
    if not is_known:
        silent |= ~frame["measure"].isin(COMING) | (frame["value"] == 0)
    numbers = {name: frame[name].where(~silent) for name in ("numerator", "value", "low", "high")}
    return frame.assign(**numbers, status=frame["status"].where(~silent, "missing"))


def _size_said(period: Period) -> str:
    days = is_held(period.offer, period.start) | is_held(period.offer, period.end)
    doubtful = days & (period.offer["stage"] == "open") & (period.size["status"] != "known")
    return listed(_UNKNOWN_SIZE, sorted(period.offer.loc[doubtful, "service"].unique()))
