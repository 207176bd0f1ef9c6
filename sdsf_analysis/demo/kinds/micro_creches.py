"""Kind 4, « Micro-crèches Paje »: a CSV in cp1252, with postal codes and towns in capitals."""

from collections import Counter
from datetime import date

from sdsf_analysis.demo.cells import Row
from sdsf_analysis.demo.names import micro_creche_names, town, words
from sdsf_analysis.demo.setting import Setting
from sdsf_analysis.demo.spread import sites

PLACES_PER_CHILD = 0.04
USUAL_PLACES = 11
RULES_CHANGED = 2016


def rows(setting: Setting) -> dict[str, list[Row]]:
    """One row per micro-crèche; the postal code and the town point to one commune.

    Examples
    --------
    >>> rows(Setting("01"))[""][0].cells[3:5]
    ('01500', 'AMBERIEU EN BUGEY')
    """
    dice = setting.dice("micro-creches")
    names = micro_creche_names(setting.dice("micro-creches", "names"))
    bearers = Counter((commune.postal_code, town(commune.name)) for commune in setting.communes)
    hosts = sites(setting, round(setting.children * PLACES_PER_CHILD / USUAL_PLACES), 2500, "micro-creches")
    lines = []
    for commune in hosts:
        address = f"{dice.between(1, 90)} {dice.pick(words('streets'))}"
        opened = date(dice.between(RULES_CHANGED, 2024), dice.between(1, 12), 1)
        closed = date(2024, 7, 31) if dice.chance(0.05) and opened.year < 2022 else None
        place = (commune.postal_code, town(commune.name))
        line = (
            next(names),
            dice.pick(words("companies")),
            address,
            *place,
            dice.pick((10, 10, 11, 12)),
            opened,
            closed,
        )
        lines += [Row(line)] * (bearers[place] == 1)
    return {"": lines}
