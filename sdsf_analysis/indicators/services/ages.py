"""The children for whom each kind of service is, by commune, in one year and regime."""

import pandas as pd

from sdsf_analysis.indicators.received import file_lacking
from sdsf_analysis.indicators.services.kinds import EAJE
from sdsf_analysis.indicators.sums import BOUNDED, REGIMES, Count, family_count
from sdsf_analysis.model.tables import Tables

# the Caf's bands, or INSEE's: never one of each
BANDS: dict[str, list[tuple[str, ...]]] = {
    "0_2": [("children_0_2",)],
    "3_11": [("children_3_5", "children_6_11"), ("children_3_5", "children_6_10")],
    "12_17": [("children_12_17",), ("children_11_17",)],
    "0_17": [
        ("children_0_2", "children_3_5", "children_6_11", "children_12_17"),
        ("children_0_2", "children_3_5", "children_6_10", "children_11_17"),
    ],
}
AGE_LABELS = {
    "0_2": "moins de 3 ans",
    "3_11": "3 à 11 ans",
    "12_17": "12 à 17 ans",
    "0_17": "moins de 18 ans",
}
# ages that a kind of service is for, where it is for an age; every other is for all children
_AGE_OF = {
    **dict.fromkeys((*EAJE, "mam", "childminders", "home_care", "preschool", "rpe"), "0_2"),
    "alsh": "3_11",
    **dict.fromkeys(("youth_reception", "ps_jeunes", "paej", "promeneurs_du_net"), "12_17"),
}


def age_of(kind: object) -> str:
    """Age of the children that a kind of service is for.

    Examples
    --------
    >>> age_of("micro_creche"), age_of("alsh"), age_of("centre_social")
    ('0_2', '3_11', '0_17')
    """
    return _AGE_OF.get(str(kind), "0_17")


def children_of(tables: Tables, age: str, year: int | None = None) -> Count:
    """Count the children of an age in each commune, all its bands of one year and one regime.

    Parameters
    ----------
    tables : Tables
    age : str
        Key of `BANDS`.
    year : int, optional
        Year of the question: the latest known not after it, else the latest.

    Returns
    -------
    Count
        As `family_count` gives it; missing everywhere when no file has all the bands.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> children_of(example_tables(), "0_2", 2024).rows["value"].tolist()
    [30.0, 15.0, 60.0, nan]
    """
    for regime in REGIMES:
        for bands in BANDS[age]:
            counts = [family_count(tables, band, year, (regime,)) for band in bands]
            if len({count.year for count in counts}) == 1 and counts[0].year is not None:
                return Count(_added([count.rows for count in counts]), counts[0].year, regime)
    return family_count(tables, "", year)


def _added(parts: list[pd.DataFrame]) -> pd.DataFrame:
    """Sum of the bands of each commune; missing or withheld where one of them is."""
    total = parts[0].copy()
    if len(parts) == 1:
        return total
    total["value"] = sum(part["value"] for part in parts)
    for bound in ("low", "high"):
        total[bound] = sum(part[bound].fillna(part["value"]) for part in parts)
    for part in parts[1:]:
        worse = (part["status"] == "missing") | (total["status"] == "known")
        total["status"] = total["status"].mask(worse, part["status"])
    is_exact = total["low"] == total["high"]
    return total.assign(low=total["low"].mask(is_exact), high=total["high"].mask(is_exact))[
        ["commune", *BOUNDED]
    ]


def children_said(found: Count, age: str) -> str:
    """Say which file would bring the children of an age; nothing where they are known.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> children_said(children_of(example_tables(), "3_11"), "3_11")[:42]
    'Rien de reçu sur les enfants de 3 à 11 ans'
    """
    if found.year is not None:
        return ""
    label = "les enfants de " + AGE_LABELS[age]
    return file_lacking("families", BANDS[age][0][0], label)
