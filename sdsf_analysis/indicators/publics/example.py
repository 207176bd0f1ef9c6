"""The worked example with AEEH children, those that the services welcome, and families by situation."""

import pandas as pd

from sdsf_analysis.indicators.equity.example import families_example
from sdsf_analysis.model.tables import Tables, table

_COUNTS = """
01001 low_income_families 30
01002 low_income_families  5
01004 low_income_families 60
01005 low_income_families  4
01001 aeeh_children       10
01002 aeeh_children        2
01004 aeeh_children        8
01005 aeeh_children        0
01005 single_parent_families 2
"""


def publics_example() -> Tables:
    """Give the example with families, AEEH children of 2023, and two of them welcomed by the crèche ``c1``.

    Examples
    --------
    >>> publics_example().activity["value"].tolist()
    [2.0]
    """
    known = families_example()
    rows = [line.split() for line in _COUNTS.strip().splitlines()]
    counts = pd.DataFrame(rows, columns=["commune", "measure", "value"], dtype="str")
    counts = counts.astype({"value": "float64"}).assign(year=2023, regime="caf", status="known")
    # what was withheld there is known here
    told = known.families[
        known.families["measure"].ne("single_parent_families") | known.families["value"].notna()
    ]
    children = told["measure"].eq("children_0_2") & told["status"].eq("secret")
    told = told.assign(value=told["value"].mask(children, 3.0), status=told["status"].mask(children, "known"))
    activity = {"service": ["c1"], "year": [2024], "nature": ["actual"], "measure": ["aeeh_children"]}
    frames = {
        "families": table("families").conform(pd.concat([told, counts], ignore_index=True)),
        "activity": table("activity").conform(
            pd.DataFrame({**activity, "value": [2.0], "status": ["known"]})
        ),
    }
    return Tables(lambda name: frames[name] if name in frames else getattr(known, name))
