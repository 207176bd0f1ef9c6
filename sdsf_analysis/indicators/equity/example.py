"""The worked example with families: households and single parents in its four communes."""

import pandas as pd

from sdsf_analysis.indicators.example import example_tables
from sdsf_analysis.model.tables import Tables, table

_COUNTS = """
01001 households             100
01001 single_parent_families  20
01002 households              40
01002 single_parent_families   3
01004 households             250
01004 single_parent_families  45
01005 households               9
01005 single_parent_families   -
"""


def families_example() -> Tables:
    """Tables of `example_tables`, with households and single-parent families of 2023; one count is withheld.

    Examples
    --------
    >>> families_example().families.query("regime == 'caf'")["value"].count()
    np.int64(7)
    """
    known = example_tables()
    rows = [line.split() for line in _COUNTS.strip().splitlines()]
    counts = pd.DataFrame(rows, columns=["commune", "measure", "value"], dtype="str")
    is_secret = counts["value"] == "-"
    counts = counts.assign(
        value=counts["value"].mask(is_secret).astype("float64"),
        status=is_secret.map({True: "secret", False: "known"}),
        low=is_secret.map({True: 1.0, False: float("nan")}),
        high=is_secret.map({True: 4.0, False: float("nan")}),
        year=2023,
        regime="caf",
    )
    families = table("families").conform(pd.concat([known.families, counts], ignore_index=True))
    return Tables(lambda name: families if name == "families" else getattr(known, name))
