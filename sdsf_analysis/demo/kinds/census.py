"""Kind 15, « INSEE population par âge »: real populations of 2022, fictitious ages, with decimals."""

from sdsf_analysis.demo.cells import Row
from sdsf_analysis.demo.setting import Commune, Setting, census_populations

# Shares of the inhabitants of 0-2, 3-5, 6-10 and 11-17 years.
SHARES = (0.033, 0.0345, 0.0622, 0.0891)


def rows(setting: Setting) -> dict[str, list[Row]]:
    """One row per commune.

    Examples
    --------
    >>> rows(Setting("01"))["COM"][0].cells[:2]
    ('01001', "L'Abergement-Clémenciat")
    """
    people = census_populations(setting.departement)
    return {"COM": [_row(commune, people.get(commune.code), setting) for commune in setting.communes]}


def _row(commune: Commune, people: int | None, setting: Setting) -> Row:
    dice = setting.dice("insee", commune.code)
    ages = [None if people is None else round(people * share * dice.around(1, 0.22), 6) for share in SHARES]
    return Row((commune.code, commune.name, *ages, people))
