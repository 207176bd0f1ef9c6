"""The worked example of the indicators with what the coverage by childcare asks for, checked by hand."""

import pandas as pd

from sdsf_analysis.indicators.example import example_tables
from sdsf_analysis.model.tables import Tables, table

# kind, commune, funding, capacity, held since, held until
_OFFER = """
s1  eaje_collective psu   01001 24 2021-09-01 -          open
s2  micro_creche    paje  01004 12 2022-01-01 2023-12-30 open
s3  micro_creche    paje  01004 10 2022-01-01 -          open
s4  eaje_collective -     01002 6  2023-01-01 -          open
s5  eaje_collective psu   01004 40 2024-09-01 -          building
am1 childminders    -     01001 30 2023-12-31 -          open
am2 childminders    -     01004 36 2023-12-31 -          open
ts1 preschool       -     01004 5  2024-12-31 -          open
"""
_MINDERS = """
am1 2023 childminders_active   4
am2 2023 childminders_active   6
am1 2024 childminders_active   3
am2 2024 childminders_active   6
am1 2023 childminders_licensed 10
s1  2023 authorised_capacity   26
"""
_PUBLISHED = """
commune 01004 2023 coverage_eaje_psu    0
commune 01004 2023 coverage_eaje_other  20.1
commune 01004 2023 coverage_eaje        20.1
commune 01004 2023 coverage_preschool   5
commune 01004 2023 coverage_childminders 28
commune 01004 2023 coverage_home_care   2
commune 01004 2023 coverage_individual  30
commune 01004 2023 coverage_total       55.2
"""
_OFFER_COLUMNS = ["service", "kind", "funding", "commune", "capacity", "valid_from", "valid_to", "stage"]


def childcare_example() -> Tables:
    """Give the four communes of the worked example with their places, and one rate published by the Cnaf.

    Returns
    -------
    Tables
        30, 15 and 60 children under three, and between one and four; crèches, assistants maternels at work,
        schooling at two from 31 December 2024 on; no care at home.

    Examples
    --------
    >>> len(childcare_example().published_rates)
    8
    """
    usual = example_tables()
    frames = {
        "offer": _rows(_OFFER, _OFFER_COLUMNS).assign(capacity_status="known", capacity_unit="places"),
        "activity": _rows(_MINDERS, ["service", "year", "measure", "value"]).assign(nature="actual"),
        "published_rates": _rows(_PUBLISHED, ["level", "territory", "year", "indicator", "value"]),
    }
    for name in ("activity", "published_rates"):
        frames[name] = frames[name].assign(status="known").astype({"year": "int64"})
    return Tables(lambda name: table(name).conform(frames[name]) if name in frames else getattr(usual, name))


def _rows(text: str, columns: list[str]) -> pd.DataFrame:
    rows = [line.split() for line in text.strip().splitlines()]
    frame = pd.DataFrame(rows, columns=columns, dtype="str").replace("-", None)
    return frame.astype({name: "float64" for name in ("value", "capacity") if name in columns})
