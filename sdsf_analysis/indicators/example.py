"""A worked example in four communes, small enough to check by hand: the examples of the indicators use it."""

import pandas as pd

from sdsf_analysis.indicators.asking import options_of
from sdsf_analysis.indicators.declaration import Indicator
from sdsf_analysis.model.tables import Tables, table

_DATES = ["decided_on", "signed_on", "starts_on", "ends_on"]
_OFFER_COLUMNS = ["service", "valid_from", "valid_to", "kind", "commune", "stage", "opened_on", "closed_on"]
_CONVENTIONS = """
A  signed   2020-11-15 2021-03-01 2021-01-01 2025-12-31 -
B1 renewed  2019-12-01 2019-12-20 2020-01-01 2023-12-31 -
B2 signed   2024-05-02 2024-05-30 2024-06-01 2028-12-31 B1
C  signed   2022-05-10 2022-06-20 2022-07-01 2026-06-30 -
D  project  -          -          -          -          -
"""
_PERIMETERS = """
ctg  A  01001 2021-01-01
ctg  B1 01002 2020-01-01
ctg  B2 01002 2024-06-01
ctg  C  01004 2022-07-01
ctg  D  01005 2024-01-01
epci E1 01001 2026-01-01
epci E1 01002 2026-01-01
epci E2 01004 2026-01-01
epci E2 01005 2026-01-01
"""
_OFFICERS = """
A  1 p1       0.5 0.5 2021-03-01
A  2 vacant-1 1.0 0.5 -
B1 1 p2       1.0 1.0 2020-01-01
C  1 p1       0.5 0.5 2022-09-01
"""
_PARTNERS = """
A  01001           commune  commune 01001 signatory
A  Département     other    -       -     signatory
B1 01002           commune  commune 01002 signatory
B2 CC_E1           epci     epci    E1    signatory
C  SIVOM_du_Test   syndicat -       -     signatory
C  Préfecture      state    -       -     associated
"""
_THEMES = """
A  petite_enfance
A  jeunesse
B2 petite_enfance
C  logement
"""
_MEETINGS = """
réseau 2023-05-16 Montracol 40
réseau 2023-10-05 Bourg     36
"""

_OFFER = """
c1 2021-09-01 2024-08-31 eaje_collective 01001 24 open     2021-09-01 -
c1 2024-09-01 -          eaje_collective 01001 30 open     2021-09-01 -
c2 2024-12-31 -          eaje_collective 01002 18 open     -          -
m1 2022-01-01 2024-08-31 micro_creche    01004 12 open     2022-01-01 2024-08-31
p1 2023-12-31 2024-12-30 micro_creche    01004 12 building -          -
"""

_ACTIONS = """
SDSF Offre     1.1 Places       Caf under_way   2022-01-01 2027-12-31
SDSF Offre     1.2 Métiers      MSA not_started 2024-01-01 2025-12-31
SDSF Qualité   2.1 Formation    Caf under_way   2022-01-01 2024-05-31
SDSF Qualité   2.2 Charte       Caf done        2022-01-01 2023-12-31
A    Parents   1.1 Lieu_d'accueil -  under_way   2023-01-01 -
"""
_ACTION_MEASURES = """
SDSF 1.1 Couverture 2021-01-01 baseline 48 % increase
SDSF 1.1 Couverture 2024-01-01 measure  51 % increase
SDSF 1.1 Couverture 2027-01-01 target   56 % increase
SDSF 2.1 Refus      2021-12-31 baseline 40 refus decrease
SDSF 2.1 Refus      2023-12-31 measure  30 refus decrease
SDSF 2.1 Refus      2025-12-31 target   20 refus decrease
A    1.1 Familles   2023-01-01 baseline 12 familles increase
"""
_FUNDS = """
c1 2023 prestation_service actual   60000
c1 2023 bonus_territoire   actual    9000
c1 2023 bonus_mixite       actual    2000
c1 2023 investment         actual   -3000
c1 2023 bonus_trajectoire  actual     500
c1 2023 local_funds        actual     400
c1 2023 other              actual     100
c1 2023 prestation_service updated  58000
m1 2023 prestation_service actual   30000
m1 2023 bonus_handicap     actual    1300
c1 2024 prestation_service updated  62000
c1 2024 bonus_territoire   updated   9000
c1 2024 prestation_service forecast 61000
m1 2024 prestation_service updated  31500
"""


# 10 km from one commune to the next, and 2 km on average inside each
_LATITUDES = [46.0, 46.09, 46.18, 46.27]
_DISC_OF_3_KM = 28.274334
# what an indicator may ask for besides what it takes by default
_OPTIONS = {"on": "2024-06-30", "start": "2019-06-30", "end": "2024-06-30"}


def example_tables() -> Tables:
    """Four communes (1,000, 500, 2,000 and 250 inhabitants), two EPCI, five CTG, four posts, four services.

    Returns
    -------
    Tables

    Examples
    --------
    >>> int(example_tables().territories["population"].sum())
    3750
    """
    communes = ["01001", "01002", "01004", "01005"]
    frames = {
        "ctg": _frame(_CONVENTIONS, ["ctg", "stage", *_DATES, "replaces"]),
        "membership": _frame(_PERIMETERS, ["level", "territory", "commune", "starts_on"]),
        "ctg_partners": _frame(_PARTNERS, ["ctg", "partner", "kind", "level", "territory", "role"]).replace(
            {"partner": "_"}, {"partner": " "}, regex=True
        ),
        "ctg_themes": _frame(_THEMES, ["ctg", "theme"]),
        "meetings": _frame(_MEETINGS, ["network", "date", "place", "attendance"]).astype(
            {"attendance": "int64"}
        ),
        "offer": _frame(_OFFER, [*_OFFER_COLUMNS[:5], "capacity", *_OFFER_COLUMNS[5:]])
        .astype({"capacity": "float64"})
        .assign(capacity_status="known", capacity_unit="places"),
        "officers": _frame(_OFFICERS, ["ctg", "post", "officer", "fte_agreed", "fte_funded", "starts_on"]),
        "actions": _frame(
            _ACTIONS, ["plan", "orientation", "action", "title", "lead", "stage", "starts_on", "ends_on"]
        ),
        "action_measures": _frame(
            _ACTION_MEASURES, ["plan", "action", "indicator", "date", "role", "value", "unit", "direction"]
        )
        .astype({"value": "float64"})
        .assign(status="known"),
        "funds": _frame(_FUNDS, ["service", "year", "fund", "nature", "amount_eur"]).astype(
            {"year": "int64", "amount_eur": "float64"}
        ),
        "territories": pd.DataFrame({"level": "commune", "territory": communes, "name": communes})
        .assign(population=[1000, 500, 2000, 250], population_year=2023, departement="01")
        .assign(area_km2=_DISC_OF_3_KM, longitude=5.0, latitude=_LATITUDES),
        "families": pd.DataFrame(
            {
                "commune": communes,
                "value": [30, 15, 60, None],
                "low": [None] * 3 + [1],
                "high": [None] * 3 + [4],
            }
        ).assign(year=2023, regime="all", measure="children_0_2", status=["known"] * 3 + ["secret"]),
    }
    return Tables(lambda name: table(name).conform(frames[name]) if name in frames else table(name).empty())


def example_options(entry: Indicator) -> dict[str, str]:
    """Options that an indicator asks for, to try it on the example.

    Examples
    --------
    >>> from sdsf_analysis.indicators.registry import indicator
    >>> example_options(indicator("ctg_coverage"))
    {'on': '2024-06-30'}
    """
    return {name: _OPTIONS[name] for name, said in options_of(entry).items() if said.default is said.empty}


def _frame(text: str, columns: list[str]) -> pd.DataFrame:
    rows = [line.split() for line in text.strip().splitlines()]
    frame = pd.DataFrame(rows, columns=columns, dtype="str").replace("-", None)
    return frame.astype({name: "float64" for name in columns if name.startswith("fte_")})
