"""Where each action stands at a date: its progress as its file says it, against its calendar."""

import numpy as np
import pandas as pd

STATES = ("done", "under_way", "to_come", "not_begun", "late", "undated", "unsaid", "dropped")
BEHIND = ("not_begun", "late")
# without a date or a progress nobody can say whether an action is late; a dropped one no longer is
UNJUDGED = ("undated", "unsaid", "dropped")


def action_states(actions: pd.DataFrame, day: pd.Timestamp) -> pd.Series:
    """State of each action at a date, a code of the list ``action_state``.

    Done and dropped are as written. Otherwise: ``late`` after the last day of the action, begun or not;
    ``not_begun`` after its first day, if it is not started; ``to_come`` until then; ``under_way`` within its
    calendar. An action whose deadline is not known is ``undated``, never on time; ``unsaid`` where its
    progress is not written.

    Parameters
    ----------
    actions : pandas.DataFrame
        stage, starts_on, ends_on.
    day : pandas.Timestamp

    Returns
    -------
    pandas.Series
        On the caller's index.

    Examples
    --------
    >>> rows = pd.DataFrame({"stage": ["under_way"] * 3 + ["not_started"] * 2,
    ...                      "starts_on": pd.Timestamp("2023-01-01"),
    ...                      "ends_on": pd.to_datetime(["2024-12-31", "2024-12-30", None] * 2)[:5]})
    >>> action_states(rows, pd.Timestamp("2024-12-31")).tolist()
    ['under_way', 'late', 'undated', 'not_begun', 'late']
    """
    stage = actions["stage"].astype("object")
    is_over, is_due = actions["ends_on"] < day, actions["starts_on"] < day
    waits = stage == "not_started"
    states = np.select(
        [
            stage.isna(),
            stage.isin(["done", "dropped"]),
            is_over,
            waits & is_due,
            waits & (actions["starts_on"] >= day),
            waits | actions["ends_on"].isna(),
        ],
        ["unsaid", stage, "late", "not_begun", "to_come", "undated"],
        "under_way",
    )
    return pd.Series(states, index=actions.index, dtype="str", name="state")


def days_late(actions: pd.DataFrame, states: pd.Series, day: pd.Timestamp) -> pd.Series:
    """Days since the last day of a late action, or since the first day of one that has not begun.

    Examples
    --------
    >>> rows = pd.DataFrame({"starts_on": pd.to_datetime(["2024-01-01", "2024-12-21"]),
    ...                      "ends_on": pd.to_datetime(["2024-12-30", None])})
    >>> days_late(rows, pd.Series(["late", "not_begun"]), pd.Timestamp("2024-12-31")).tolist()
    [1, 10]
    """
    since = actions["ends_on"].where(states == "late", actions["starts_on"].where(states == "not_begun"))
    late: pd.Series = (day - since).dt.days.astype("Int64")
    return late.rename("days_late")
