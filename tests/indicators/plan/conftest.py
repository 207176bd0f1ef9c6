"""Tables of a plan given by the test."""

import pandas as pd
import pytest

from sdsf_analysis.model.tables import Tables, table

_ACTION = ("action", "stage", "starts_on", "ends_on")
_VALUE = ("date", "role", "value")


@pytest.fixture
def plan():
    """Make tables from actions (number, stage, start, end) and from values (date, role, value or bounds)."""

    def make(actions=(), values=(), direction="increase", indicator="i"):
        rows = [dict(zip(_ACTION, one, strict=True)) for one in actions]
        measures = [dict(zip(_VALUE, one, strict=True)) for one in values]
        for row in measures:
            given = row["value"]
            low, high = given if isinstance(given, tuple) else (None, None)
            status = "secret" if isinstance(given, tuple) else "missing" if given is None else "known"
            value = None if isinstance(given, tuple) else given
            row |= {"value": value, "status": status, "low": low, "high": high, "direction": direction}
        frames = {
            "actions": pd.DataFrame(rows).assign(plan="SDSF", orientation="Axe", title="Action"),
            "action_measures": pd.DataFrame(measures).assign(
                plan="SDSF", action="1.1", indicator=indicator, unit="places"
            ),
        }
        ready = {name: table(name).conform(frame) for name, frame in frames.items() if len(frame)}
        return Tables(lambda name: ready[name] if name in ready else table(name).empty())

    return make
