"""Kind 15, « INSEE population par âge »: real populations of 2022, fictitious ages, with decimals."""

from sdsf_analysis.demo.cells import Row
from sdsf_analysis.demo.setting import Commune, Setting, census_populations

# Shares of the inhabitants of 0-2, 3-5, 6-10 and 11-17 years.
SHARES = (0.033, 0.0345, 0.0622, 0.0891)
YEAR, BANDS = 2022, ("Y_LT3", "Y3T5", "Y6T10", "Y11T17", "_T")


def rows(setting: Setting) -> dict[str, list[Row]]:
    """One row per commune, or one per commune and band of ages.

    Examples
    --------
    >>> rows(Setting("01"))["COM"][0].cells[:2]
    ('01001', "L'Abergement-Clémenciat")
    """
    people = census_populations(setting.departement)
    wide = [_row(commune, people.get(commune.code), setting) for commune in setting.communes]
    long = [
        Row((row.cells[0], band, YEAR, count))
        for row in wide
        for band, count in zip(BANDS, row.cells[2:], strict=True)
    ]
    return {"COM": wide, "Par âge": long}


def _row(commune: Commune, people: int | None, setting: Setting) -> Row:
    dice = setting.dice("insee", commune.code)
    ages = [None if people is None else round(people * share * dice.around(1, 0.22), 6) for share in SHARES]
    return Row((commune.code, commune.name, *ages, people))
