"""The worked example with births and assistants maternels, for the examples of the needs."""

import pandas as pd

from sdsf_analysis.indicators.example import example_tables
from sdsf_analysis.model.tables import Tables, table

_BIRTHS = {2021: [12, 5, 20, 1], 2022: [11, 5, 19, 1], 2023: [10, 5, 18, 1]}
_MINDERS = {"childminders_licensed": 10, "childminders_active": 8, "childminders_55_plus": 5}


def needs_example() -> Tables:
    """Give the worked example, with three years of births, and ten assistants maternels in one commune.

    Examples
    --------
    >>> len(needs_example().families) - len(example_tables().families)
    12
    """
    tables = example_tables()
    communes = ["01001", "01002", "01004", "01005"]
    births = [
        pd.DataFrame({"commune": communes, "value": born, "year": year}) for year, born in _BIRTHS.items()
    ]
    added = {
        "families": pd.concat(births).assign(regime="all", measure="births", status="known"),
        "offer": pd.DataFrame(
            {"service": ["am"], "valid_from": pd.Timestamp("2023-12-31"), "kind": "childminders"}
        ).assign(
            commune="01001", capacity=25.0, capacity_status="known", capacity_unit="places", stage="open"
        ),
        "activity": pd.DataFrame(
            {"measure": list(_MINDERS), "value": list(map(float, _MINDERS.values()))}
        ).assign(service="am", year=2024, nature="actual", status="known"),
    }
    ready = {
        name: pd.concat([getattr(tables, name), table(name).conform(rows)], ignore_index=True)
        for name, rows in added.items()
    }
    return Tables(lambda name: ready[name] if name in ready else getattr(tables, name))
