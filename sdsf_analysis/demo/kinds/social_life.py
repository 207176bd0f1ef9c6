"""Kind 8, « AVS »: social centres and places of social life, two tables on one sheet."""

from datetime import date

from sdsf_analysis.demo.cells import Row
from sdsf_analysis.demo.names import structure_names
from sdsf_analysis.demo.setting import Setting
from sdsf_analysis.demo.spread import sites

INHABITANTS_PER_CENTRE = 26_000
INHABITANTS_PER_SMALL = 30_000
YEARS_AGREED = 4


def rows(setting: Setting) -> dict[str, list[Row]]:
    """Rows of the two tables.

    Examples
    --------
    >>> list(rows(Setting("01")))
    ['Centres sociaux', 'Espaces de vie sociale']
    """
    return {
        "Centres sociaux": _table("Centre social", INHABITANTS_PER_CENTRE, (280, 900), 4000, setting),
        "Espaces de vie sociale": _table("EVS", INHABITANTS_PER_SMALL, (45, 160), 900, setting),
    }


def _table(word: str, per: int, budget: tuple[int, int], smallest: int, setting: Setting) -> list[Row]:
    dice = setting.dice("avs", word)
    names = structure_names(setting.dice("avs", word, "names"))
    lines = []
    for commune in sites(setting, round(setting.population / per), smallest, word):
        start = dice.between(2021, 2024)
        amount = dice.between(*budget) * 1000
        zone = max(200, round(min(commune.population, 12_000) * dice.around(0.6, 0.3)))
        agreed = (date(start, 1, 1), date(start + YEARS_AGREED - 1, 12, 31))
        result = round(amount * dice.around(0, 0.06))
        lines.append(Row((f"{word} {next(names)}", commune.name, *agreed, zone, amount, result)))
    return lines
