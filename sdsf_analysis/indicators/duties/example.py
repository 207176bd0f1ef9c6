"""The worked example with what the duties ask for, checked by hand."""

import pandas as pd

from sdsf_analysis.indicators.example import example_tables
from sdsf_analysis.model.tables import Tables, table


def duties_example() -> Tables:
    """Give the four communes their authorities, a relay, and cofinanced crèches.

    Returns
    -------
    Tables
        « CC Test » organises for 01001 and 01002 (1,500 inhabitants), 01004 for itself, nobody says for
        01005. One relay serves 01001. The commune 01001 and « CC E1 » sign CTG and cofinance places.

    Examples
    --------
    >>> duties_example().authorities["kind"].tolist()
    ['epci', 'epci', 'commune']
    """
    usual = example_tables()
    authorities = pd.DataFrame(
        {
            "commune": ["01001", "01002", "01004"],
            "authority": ["CC Test", "CC TEST", "Commune de Trois"],
            "kind": ["epci", "epci", "commune"],
        }
    ).assign(starts_on="2025-01-01")
    rows = [
        ("r1", "rpe", "2025-01-01", None, "01001", None, None, "Relais Un", None),
        ("k1", "eaje_collective", "2020-01-01", "2024-08-31", "01001", 40.0, "psu", "A", "Commune de 01001"),
        ("k1", "eaje_collective", "2024-09-01", None, "01001", 42.0, "psu", "A", "Commune de 01001"),
        ("k2", "eaje_collective", "2020-01-01", None, "01001", 20.0, "psu", "B", "Commune de 01001"),
        ("k3", "micro_creche", "2020-01-01", None, "01001", 12.0, "paje", "C", "Commune de 01001"),
        ("k4", "eaje_collective", "2020-01-01", None, "01004", 30.0, "psu", "D", "Commune de Trois"),
        ("k5", "eaje_collective", "2020-01-01", None, "01002", 25.0, "psu", "E", None),
    ]
    columns = [
        "service",
        "kind",
        "valid_from",
        "valid_to",
        "commune",
        "capacity",
        "funding",
        "name",
        "cofinancer",
    ]
    offer = pd.DataFrame(rows, columns=columns).assign(stage="open", capacity_unit="places")
    offer["capacity_status"] = offer["capacity"].notna().map({True: "known", False: None})
    frames = {
        "authorities": authorities,
        "offer": offer,
        "service_area": pd.DataFrame({"service": ["r1"], "commune": ["01001"]}),
        "funds": pd.DataFrame(
            {"service": ["k5"], "year": [2024], "fund": ["bonus_territoire"], "nature": ["actual"]}
        ).assign(amount_eur=1000.0, cofinancer="Communauté de communes E1"),
    }
    return Tables(lambda name: table(name).conform(frames[name]) if name in frames else getattr(usual, name))
