"""Kind 16, « INSEE naissances »: births by commune of residence, one column per year."""

from sdsf_analysis.demo.cells import Row
from sdsf_analysis.demo.setting import Commune, Setting

YEARS = range(2019, 2024)
# births for 1,000 inhabitants in the first year, and what each year takes away
RATE, DECLINE = 10.9, 0.32


def rows(setting: Setting) -> dict[str, list[Row]]:
    """One row per commune.

    Examples
    --------
    >>> rows(Setting("01"))["COM"][0].cells[:2]
    ('01001', "L'Abergement-Clémenciat")
    """
    return {"COM": [_row(commune, setting) for commune in setting.communes]}


def _row(commune: Commune, setting: Setting) -> Row:
    dice = setting.dice("births", commune.code)
    rates = [RATE - DECLINE * (year - YEARS[0]) for year in YEARS]
    counts = [int(commune.population * rate / 1000 * dice.around(1, 0.35) + dice.share()) for rate in rates]
    return Row((commune.code, commune.name, *counts))
