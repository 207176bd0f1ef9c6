"""The indicators of a plan from a first value to the target: how far they came, how far they should be.

Reference: review of a schéma départemental at mid-term, at its end, or between any two dates: the same
comparison of two values of one indicator.
"""

import pandas as pd

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.indicators.asked import Day, read_date
from sdsf_analysis.indicators.plan.paths import Bounded, path_states, paths
from sdsf_analysis.indicators.plan.plans import by_number, of_plan
from sdsf_analysis.indicators.received import file_lacking
from sdsf_analysis.indicators.remarks import listed, remark
from sdsf_analysis.model.french import french_date
from sdsf_analysis.model.plans import COMMON
from sdsf_analysis.model.tables import Tables

KEY = ["plan", "action", "indicator"]
COLUMNS = (
    "plan", "orientation", "action", "title", "indicator", "unit", "direction",
    "baseline_on", "baseline", "measured_on", "value", "status", "low", "high",
    "target_on", "target", "progress", "progress_low", "progress_high",
    "expected_progress", "expected", "gap", "gap_low", "gap_high", "state",
)  # fmt: skip
_NUMBERS = ["value", "status", "low", "high"]
# a value that says something of the indicator: known, or withheld
_TELLING = ("known", "secret", "masked", "not_significant")


def plan_progress(
    tables: Tables, on: Day, *, start: Day | None = None, plan: str | None = None
) -> pd.DataFrame:
    """Compare each indicator of the plans with its first value, its target and the path between them.

    Formula: progress = 100 · (now − first) / (target − first); expected = first + share · (target − first),
    where the share is the time from the first value to the measure (to ``on`` without one) over the time to
    the target, at most 1; gap = now − expected. The measure is the latest that is known or withheld and not
    after ``on``; the target the last one. Nothing is capped; target equal to the first value: no ratio, the
    indicator is to maintain.

    Parameters
    ----------
    tables : Tables
    on : str or datetime.date
        End of the review: the day itself, mid-term, the end of the plan.
    start : str or datetime.date, optional
        Beginning of the review: the first value is then the latest known on that day, instead of the initial
        value of the plan, and the measure is later than that day.
    plan : str, optional
        ``SDSF``, ``indicateurs communs`` or the number of a CTG; every plan without it.

    Returns
    -------
    pandas.DataFrame
        One row per indicator of an action, sorted: plan, orientation, action, title, indicator, unit,
        direction, baseline_on, baseline, measured_on, value, status, low, high, target_on, target, progress,
        progress_low, progress_high, expected_progress (%), expected, gap, gap_low, gap_high (unit of the
        indicator), state (code of ``progress_state``).

    Raises
    ------
    QuestionError
        If a date is not a day, ``start`` is after ``on``, or the plan is unknown.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> found = plan_progress(example_tables(), "2024-06-30", plan="SDSF").set_index("action")
    >>> found[["progress", "expected_progress", "gap"]].round(1).add(0).values.tolist()
    [[37.5, 50.0, -1.0], [50.0, 50.0, 0.0]]
    >>> found["state"].tolist()
    ['behind', 'on_track']
    """
    day, first_day = read_date(on), None if start is None else read_date(start)
    if first_day is not None and first_day > day:
        raise QuestionError(
            f"Le début ({french_date(first_day)}) est après la date ({french_date(day)}) : les inverser."
        )
    measures = of_plan(tables, tables.action_measures, plan).sort_values([*KEY, "date"], kind="stable")
    frame = _described(tables, measures)
    for name, rows in _values(measures, day, first_day).items():
        named = rows.rename(columns={column: f"{name}_{column}" for column in ["date", *_NUMBERS]})
        frame = frame.merge(named, on=KEY, how="left", validate="one_to_one")
    frame = _compared(frame, day)
    frame = frame.sort_values(["plan", "action", "indicator"], key=by_number, ignore_index=True)
    frame.attrs = {"plan": plan, "start": None if first_day is None else first_day.date().isoformat()}
    return remark(frame[list(COLUMNS)], [_not_received(frame, plan), *_doubts(frame)])


def _described(tables: Tables, measures: pd.DataFrame) -> pd.DataFrame:
    """One row per indicator, with its unit and direction, the title and orientation of its action."""
    said = measures.groupby(KEY, as_index=False)[["unit", "direction"]].first()
    actions = tables.actions.drop_duplicates(["plan", "action"])[["plan", "action", "orientation", "title"]]
    return said.merge(actions, on=["plan", "action"], how="left", validate="many_to_one")


def _values(
    measures: pd.DataFrame, day: pd.Timestamp, first_day: pd.Timestamp | None
) -> dict[str, pd.DataFrame]:
    """First value, present value and target of each indicator, one row at most."""
    role = measures["role"]
    observed = measures[role.isin(["baseline", "measure"])]
    if first_day is None:
        first = measures[role == "baseline"]
        first = first[first["date"].isna() | (first["date"] <= day)].drop_duplicates(KEY)
    else:
        first = _latest(observed, first_day)
    after = measures["date"] > (first_day if first_day is not None else pd.Timestamp.min)
    is_new = (role == "measure") & (after | (measures["date"].isna() & (first_day is None)))
    now = _latest(measures[is_new], day)
    targets = measures[role == "target"].drop_duplicates(KEY, keep="last")
    return {
        name: rows[[*KEY, "date", *_NUMBERS]]
        for name, rows in {"first": first, "now": now, "target": targets}.items()
    }


def _latest(rows: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """Latest value not after a day that says something, else the latest; an undated one comes before all."""
    held = rows[rows["date"].isna() | (rows["date"] <= day)]
    held = held.assign(_tells=held["status"].isin(_TELLING))
    return held.sort_values(["_tells", "date"], kind="stable", na_position="first").drop_duplicates(
        KEY, keep="last"
    )


def _compared(frame: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    first, now, target = (Bounded.of(frame, name) for name in ("first", "now", "target"))
    since = frame["first_date"]
    elapsed = (frame["now_date"].fillna(day) - since).dt.days.astype("float64")
    whole = (frame["target_date"] - since).dt.days.astype("float64")
    share = (elapsed / whole.where(whole > 0)).clip(0, 1)
    path = paths(first, now, target, share.to_numpy().astype("float64"))
    named = {
        "baseline_on": "first_date", "baseline": "first_value", "measured_on": "now_date",
        "value": "now_value", "low": "now_low", "high": "now_high", "target_on": "target_date",
        "target": "target_value",
    }  # fmt: skip
    frame = frame.assign(
        **{name: frame[of] for name, of in named.items()},
        status=frame["now_status"].astype("str").fillna("missing"),
        **path,
    )
    exact = frame["status"] == "known"
    frame[["low", "high"]] = frame[["low", "high"]].where(~exact)
    return frame.assign(state=path_states(frame, first, now, target))


def _not_received(frame: pd.DataFrame, plan: str | None) -> str:
    if len(frame):
        return ""
    if plan == COMMON:
        return file_lacking("action_measures", COMMON, "les indicateurs communs")
    return file_lacking("action_measures", label="les indicateurs du plan")


def _doubts(frame: pd.DataFrame) -> list[str]:
    """What an analyst must complete before the review."""
    said = {
        "no_value": "Indicateurs sans valeur connue à cette date",
        "no_baseline": "Indicateurs sans valeur de départ",
        "no_target": "Indicateurs sans cible",
        "contrary": "Cibles contraires au sens souhaité, à vérifier",
    }
    return [
        listed(words, frame.loc[frame["state"] == state, "indicator"].tolist())
        for state, words in said.items()
    ]
