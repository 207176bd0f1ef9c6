"""Kind 4, « Micro-crèches Paje »: a CSV in cp1252, with postal codes and towns in capitals."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sdsf_analysis.demo.cells import Cell, Row, Value
from sdsf_analysis.demo.names import micro_creche_names, town, words
from sdsf_analysis.demo.setting import YEAR, Commune, Setting
from sdsf_analysis.demo.spread import sites
from sdsf_analysis.territories import reference

PLACES_PER_CHILD = 0.04
USUAL_PLACES = 11
RULES_CHANGED = 2016
POSTAL, TOWN, PLACES = 3, 4, 5
FEWEST = 4
Line = list[Value | Cell]


@dataclass(frozen=True, slots=True)
class MicroCreche:
    """A micro-crèche: its name, operator, place, places and dates."""

    name: str
    operator: str
    address: str
    commune: Commune
    places: int
    opened: date
    closed: date | None


def rows(setting: Setting) -> dict[str, list[Row]]:
    """One row per micro-crèche; the postal code and the town point to one commune.

    Examples
    --------
    >>> rows(Setting("01"))[""][0].cells[3:5]
    ('01500', 'AMBERIEU EN BUGEY')
    """
    known = micro_creches(setting)
    lines: list[Line] = [
        [one.name, one.operator, one.address, *_place(one.commune), one.places, one.opened, one.closed]
        for one in known
    ]
    _plant(lines, [one.commune for one in known], setting)
    return {"": [Row(tuple(line)) for line in lines]}


def _place(commune: Commune) -> tuple[str, str]:
    return commune.postal_code, town(commune.name)


def micro_creches(setting: Setting) -> list[MicroCreche]:
    """Micro-crèches of the département, in the communes that a postal code and a town tell alone.

    Examples
    --------
    >>> micro_creches(Setting("01"))[0].commune.name
    'Ambérieu-en-Bugey'
    """
    dice = setting.dice("micro-creches")
    names = micro_creche_names(setting.dice("micro-creches", "names"))
    bearers = Counter(_place(commune) for commune in setting.communes)
    hosts = sites(setting, round(setting.children * PLACES_PER_CHILD / USUAL_PLACES), 2500, "micro-creches")
    known = []
    for commune in hosts:
        address = f"{dice.between(1, 90)} {dice.pick(words('streets'))}"
        opened = date(dice.between(RULES_CHANGED, 2024), dice.between(1, 12), 1)
        closed = date(2024, 7, 31) if dice.chance(0.05) and opened.year < 2022 else None
        name, runner, places = next(names), dice.pick(words("companies")), dice.pick((10, 10, 11, 12))
        known.append(MicroCreche(name, runner, address, commune, places, opened, closed))
    return [one for one in known if bearers[_place(one.commune)] == 1]


def _plant(lines: list[Line], hosting: list[Commune], setting: Setting) -> None:
    """A remark after a number, two capacities in a cell, a postal code of another commune."""
    if len(lines) < FEWEST:
        return
    first, second, third, *_ = setting.dice("micro-creches", "faults").shuffled(range(len(lines)))
    remark = "nombre suivi d'une précision"
    lines[first][PLACES] = Cell(f"{lines[first][PLACES]} dont 1 AVIP", "", "number_with_remark", remark)
    lines[second][PLACES] = Cell("10+2", "", "number_doubtful", "deux capacités dans une cellule")
    postal_codes = reference.communes(YEAR, setting.departement).set_index("code")["postal_codes"]
    own = {"", *str(postal_codes[hosting[third].code]).split(";")}
    elsewhere = next((c.postal_code for c in setting.communes if c.postal_code not in own), "")
    if elsewhere:
        remark = f"code postal qui n'est pas celui de {hosting[third].name}"
        written = Cell(str(lines[third][TOWN]), "", "commune_conflict", remark)
        lines[third][POSTAL], lines[third][TOWN] = elsewhere, written
