"""The actions of a plan at a date: the list with the state of each, and how many there are in each state."""

import pandas as pd

from sdsf_analysis.indicators.asked import Day, check_choice, read_date
from sdsf_analysis.indicators.measures import VALUE_COLUMNS
from sdsf_analysis.indicators.plan.plans import by_number, of_plan
from sdsf_analysis.indicators.plan.states import BEHIND, STATES, UNJUDGED, action_states, days_late
from sdsf_analysis.indicators.received import file_lacking
from sdsf_analysis.indicators.remarks import listed, remark
from sdsf_analysis.model.plans import SDSF
from sdsf_analysis.model.tables import Tables, table

GROUPINGS = ("orientation", "working_group", "lead", "plan")
UNNAMED = "non précisé"
_UNKNOWN = float("nan")


def actions_at(tables: Tables, on: Day, *, plan: str | None = None) -> pd.DataFrame:
    """List the actions of the plans with the state of each at a date.

    Formula: see `sdsf_analysis.indicators.plan.states.action_states`. The progress is that of the file
    received, whatever the date: only the calendar is read at the date.

    Parameters
    ----------
    tables : Tables
    on : str or datetime.date
    plan : str, optional
        ``SDSF`` or the number of a CTG; every plan without it.

    Returns
    -------
    pandas.DataFrame
        Columns of the table ``actions``, then state (code of ``action_state``) and days_late (days since the
        deadline, or since the beginning for what has not begun), sorted by plan and number of the action.

    Raises
    ------
    QuestionError
        If ``on`` is not a day or the plan is unknown.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> found = actions_at(example_tables(), "2024-06-30", plan="SDSF")
    >>> found[["action", "stage", "state", "days_late"]].values.tolist()
    [['1.1', 'under_way', 'under_way', <NA>], ['1.2', 'not_started', 'not_begun', 181],
     ['2.1', 'under_way', 'late', 30], ['2.2', 'done', 'done', <NA>]]
    """
    day = read_date(on)
    rows = of_plan(tables, tables.actions, plan)
    states = action_states(rows, day)
    rows = rows.assign(state=states, days_late=days_late(rows, states, day))
    columns = [*table("actions").names, "state", "days_late"]
    frame = rows[columns].sort_values(["plan", "action", "orientation"], key=by_number, ignore_index=True)
    return remark(frame, [_not_received(rows, plan), *_unjudged(frame)])


def actions_by(tables: Tables, on: Day, *, of: str = "orientation", plan: str = SDSF) -> pd.DataFrame:
    """Count the actions of a plan in each state, by orientation, working group or lead.

    Formula: number of actions whose state is such, over the number of actions of the group. Late share:
    100 · (not begun + late) / actions whose lateness is known.

    Parameters
    ----------
    tables : Tables
    on : str or datetime.date
    of : {"orientation", "working_group", "lead", "plan"}
    plan : str
        ``SDSF`` or the number of a CTG.

    Returns
    -------
    pandas.DataFrame
        One row per group and measure: group, measure (``actions``, the states of ``action_state``,
        ``behind_share`` in %), numerator, denominator, value, status, low, high. An action without a group is
        under « non précisé ».

    Raises
    ------
    QuestionError
        If ``on`` is not a day, the grouping or the plan is unknown.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> counted = actions_by(example_tables(), "2024-06-30").set_index(["group", "measure"])["value"]
    >>> counted["Qualité"][["actions", "done", "late", "behind_share"]].tolist()
    [2.0, 1.0, 1.0, 50.0]
    """
    day = read_date(on)
    check_choice("Regroupement inconnu (of)", of, GROUPINGS)
    rows = of_plan(tables, tables.actions, plan)
    rows = rows.assign(state=action_states(rows, day), group=rows[of].astype("str").fillna(UNNAMED))
    order = rows.sort_values("action", key=by_number)["group"].drop_duplicates().tolist()
    counts = pd.DataFrame({one: rows["group"][rows["state"] == one].value_counts() for one in STATES})
    counts = counts.reindex(order).fillna(0.0)
    frame = _long(counts)
    frame.attrs = {"plan": plan, "of": of}
    return remark(frame, [_not_received(rows, plan), *_unjudged(rows)])


def _long(counts: pd.DataFrame) -> pd.DataFrame:
    """Counts of actions by group and state, one row per measure, then the share that is behind."""
    total = counts.sum(axis="columns")
    behind = counts[list(BEHIND)].sum(axis="columns")
    judged = total - counts[list(UNJUDGED)].sum(axis="columns")
    counted = counts.assign(actions=total)
    parts = {name: (counted[name], total, counted[name]) for name in ("actions", *STATES)}
    parts["behind_share"] = behind, judged, 100 * behind / judged.where(judged > 0)
    frames = [
        pd.DataFrame({"numerator": one[0], "denominator": one[1], "value": one[2]}).assign(
            measure=measure, rank=range(len(counts))
        )
        for measure, one in parts.items()
    ]
    frame = pd.concat(frames).rename_axis("group").reset_index()
    frame = frame.sort_values("rank", kind="stable", ignore_index=True)
    is_known = frame["value"].notna()
    status = pd.Series("known", index=frame.index, dtype="str").where(is_known, "not_applicable")
    frame = frame.assign(status=status, low=_UNKNOWN, high=_UNKNOWN)
    kinds = {"group": "str", "measure": "str"}
    kinds |= dict.fromkeys(("numerator", "denominator", "value"), "float64")
    return pd.DataFrame(frame[["group", "measure", *VALUE_COLUMNS]].astype(kinds))


def _not_received(rows: pd.DataFrame, plan: str | None) -> str:
    if len(rows):
        return ""
    said = file_lacking("actions", label="les actions")
    return said if plan in (None, SDSF) else f"Le plan « {plan} » n'a pas d'action dans les tables."


def _unjudged(rows: pd.DataFrame) -> list[str]:
    """Actions of which nobody can say whether they are late, and why."""
    named = rows["action"].where(rows["plan"] == SDSF, rows["plan"] + " " + rows["action"])
    return [
        listed(
            "Actions sans échéance, dont le retard ne se dit pas", named[rows["state"] == "undated"].tolist()
        ),
        listed("Actions dont l'avancement n'est pas dit", named[rows["state"] == "unsaid"].tolist()),
    ]
