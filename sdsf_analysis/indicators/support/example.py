"""The worked example with the figures of two crèches, what the Caf wrote of one, and the aid that it had."""

import pandas as pd

from sdsf_analysis.indicators.example import example_tables
from sdsf_analysis.model.tables import Tables, table

_ACTIVITY = """
c1 2022 occupancy_rate     70
c1 2023 occupancy_rate     66
c1 2024 occupancy_rate     58
c1 2022 result          -4000
c1 2023 result          -2000
c1 2024 result         -30000
c1 2024 hourly_cost_price  10
c1 2024 hours_done      40000
c1 2024 cash               40
c1 2024 billing_rate      108
m1 2022 occupancy_rate     80
m1 2023 occupancy_rate     82
m1 2023 cash                9
"""


def support_example() -> Tables:
    """Give the worked example, with the activity of ``c1`` and ``m1``, one alert and one aid.

    Examples
    --------
    >>> len(support_example().alerts), len(support_example().activity)
    (1, 13)
    """
    known = example_tables()
    rows = [line.split() for line in _ACTIVITY.strip().splitlines()]
    activity = pd.DataFrame(rows, columns=["service", "year", "measure", "value"], dtype="str")
    aid = {"service": ["m1"], "year": [2023], "fund": ["exceptional_aid"], "nature": ["actual"]}
    alert = {
        "service": ["m1"],
        "date": [pd.Timestamp("2023-05-21")],
        "rule": ["Trésorerie"],
        "reason": ["retard de versement"],
        "support": ["suivi trimestriel"],
        "follow_up": ["suivi poursuivi"],
    }
    frames = {
        "activity": table("activity").conform(
            activity.astype({"year": "int64", "value": "float64"}).assign(nature="actual", status="known")
        ),
        "alerts": table("alerts").conform(pd.DataFrame(alert)),
        "funds": pd.concat(
            [known.funds, table("funds").conform(pd.DataFrame({**aid, "amount_eur": [20000.0]}))],
            ignore_index=True,
        ),
    }
    return Tables(lambda name: frames[name] if name in frames else getattr(known, name))
