"""From a first value to a target: the share of the way done, the point expected, with their bounds."""

from itertools import product
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

Numbers = np.ndarray[Any, np.dtype[np.float64]]
# two numbers closer than this are the same
_NEAR = 1e-9


class Bounded(NamedTuple):
    """Values with their least and their greatest; all three missing where nothing is known."""

    value: Numbers
    low: Numbers
    high: Numbers

    @classmethod
    def of(cls, frame: pd.DataFrame, name: str) -> "Bounded":
        """Take the columns of a name; a known value is its own bounds.

        Examples
        --------
        >>> rows = pd.DataFrame({"now_value": [3.0, None], "now_status": ["known", "secret"],
        ...                      "now_low": [None, 1.0], "now_high": [None, 4.0]})
        >>> [part.tolist() for part in Bounded.of(rows, "now")]
        [[3.0, nan], [3.0, 1.0], [3.0, 4.0]]
        """
        is_known = frame[f"{name}_status"].eq("known").to_numpy(bool, na_value=False)
        value, low, high = (
            frame[f"{name}_{part}"].to_numpy("float64", na_value=np.nan) for part in ("value", "low", "high")
        )
        value = np.where(is_known, value, np.nan)
        is_bounded = ~np.isnan(low) & ~np.isnan(high)
        return cls(
            value,
            np.where(is_bounded, low, value),
            np.where(is_bounded, high, value),
        )

    @property
    def is_absent(self) -> np.ndarray:
        """Whether nothing at all is known."""
        return np.isnan(self.value) & np.isnan(self.low)


def paths(first: Bounded, now: Bounded, target: Bounded, share: Numbers) -> dict[str, Numbers]:
    """Share of the way done, point expected after a share of the time, gap between the two.

    Formula: progress = 100 · (now − first) / (target − first); expected = first + share · (target − first);
    gap = now − expected. Both are monotone in each of the three values: their bounds are at the corners,
    where the target cannot be on both sides of the first value.

    Parameters
    ----------
    first, now, target : Bounded
    share : numpy.ndarray
        Part of the time, between 0 and 1; missing where a date is.

    Returns
    -------
    dict of str to numpy.ndarray
        progress, progress_low, progress_high, expected_progress (%), expected, gap, gap_low, gap_high; the
        bounds are missing where the value is exact, or where nothing can be told.

    Examples
    --------
    >>> one = lambda value: Bounded(*([np.array([value])] * 3))
    >>> found = paths(one(48.0), one(51.0), one(56.0), np.array([3 / 6]))
    >>> [float(found[name][0]) for name in ("progress", "expected_progress", "gap")]
    [37.5, 50.0, -1.0]
    """
    exact = _progress(first.value, now.value, target.value)
    expected = first.value + share * (target.value - first.value)
    corners = list(product(first[1:], now[1:], target[1:]))
    ways = np.array([aim - base for base, _, aim in corners])
    one_way = (ways > _NEAR).all(axis=0) | (ways < -_NEAR).all(axis=0)
    progress = np.array([_progress(*corner) for corner in corners])
    gaps = np.array([at - base - share * (aim - base) for base, at, aim in corners])
    ends = {
        "progress_low": np.where(one_way, progress.min(axis=0), np.nan),
        "progress_high": np.where(one_way, progress.max(axis=0), np.nan),
        "gap_low": gaps.min(axis=0),
        "gap_high": gaps.max(axis=0),
    }
    gap = now.value - expected
    for name, value in (("progress", exact), ("gap", gap)):
        for side in ("low", "high"):
            ends[f"{name}_{side}"] = np.where(np.isnan(value), ends[f"{name}_{side}"], np.nan)
    return {"progress": exact, "expected_progress": 100 * share, "expected": expected, "gap": gap, **ends}


def _progress(first: Numbers, now: Numbers, target: Numbers) -> Numbers:
    way = target - first
    return 100 * (now - first) / np.where(np.abs(way) > _NEAR, way, np.nan)


def path_states(frame: pd.DataFrame, first: Bounded, now: Bounded, target: Bounded) -> pd.Series:
    """State of each indicator, a code of the list ``progress_state``.

    Parameters
    ----------
    frame : pandas.DataFrame
        direction, and what `paths` gives.
    first, now, target : Bounded

    Returns
    -------
    pandas.Series
        ``withheld`` where the bounds do not tell one state from another.
    """
    way = target.value - first.value
    direction = frame["direction"].to_numpy(object)
    sense = np.select([direction == "increase", direction == "decrease"], [1.0, -1.0], np.nan)
    is_kept = np.abs(way) <= _NEAR
    low = frame["progress"].fillna(frame["progress_low"]).to_numpy()
    high = frame["progress"].fillna(frame["progress_high"]).to_numpy()
    expected = frame["expected_progress"].to_numpy()
    states = _pace(low, expected)
    states = np.where(states == _pace(high, expected), states, "withheld")
    kept, other = (_held(end, target.value, sense) for end in (now.low, now.high))
    kept = np.where(kept == other, kept, "withheld")
    found = np.select(
        [now.is_absent, target.is_absent, first.is_absent, way * sense < -_NEAR, is_kept, np.isnan(low)],
        ["no_value", "no_target", "no_baseline", "contrary", kept, "withheld"],
        states,
    )
    return pd.Series(found, index=frame.index, dtype="str")


def _pace(progress: Numbers, expected: Numbers) -> np.ndarray:
    """State of a progress, both in per cent; without an expected one, only its direction is known."""
    with np.errstate(invalid="ignore"):
        conditions = [
            progress > 100 + _NEAR,
            np.abs(progress - 100) <= _NEAR,
            progress < -_NEAR,
            progress >= expected - _NEAR,
            progress <= _NEAR,
            np.isnan(expected),
        ]
    names = ["exceeded", "reached", "backwards", "on_track", "unmoved", "advancing"]
    return np.select(conditions, names, "behind")


def _held(now: Numbers, target: Numbers, sense: Numbers) -> np.ndarray:
    """Whether an indicator to maintain is maintained: equal to its target, or on its better side."""
    with np.errstate(invalid="ignore"):
        is_held = (np.abs(now - target) <= _NEAR) | ((now - target) * sense > 0)
    return np.where(is_held, "maintained", "not_maintained")
