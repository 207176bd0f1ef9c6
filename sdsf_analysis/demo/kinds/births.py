"""Kind 16, « INSEE naissances »: births by commune of residence, one column or one line per year."""

from sdsf_analysis.demo.cells import Row
from sdsf_analysis.demo.setting import Commune, Setting

YEARS = range(2019, 2024)
# births for 1,000 inhabitants in the first year, and what each year takes away
RATE, DECLINE = 10.9, 0.32


def rows(setting: Setting) -> dict[str, list[Row]]:
    """One row per commune, or one per commune and year.

    Examples
    --------
    >>> rows(Setting("01"))["COM"][0].cells[:2]
    ('01001', "L'Abergement-Clémenciat")
    """
    counts = {commune: _counts(commune, setting) for commune in setting.communes}
    return {
        "COM": [Row((commune.code, commune.name, *of_years)) for commune, of_years in counts.items()],
        "Par année": [
            Row((year, commune.name, commune.code, count))
            for commune, of_years in counts.items()
            for year, count in zip(YEARS, of_years, strict=True)
        ],
    }


def _counts(commune: Commune, setting: Setting) -> list[int]:
    dice = setting.dice("births", commune.code)
    rates = [RATE - DECLINE * (year - YEARS[0]) for year in YEARS]
    return [int(commune.population * rate / 1000 * dice.around(1, 0.35) + dice.share()) for rate in rates]
