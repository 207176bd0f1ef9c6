"""Kind 21, « France services »: a list of all of France, here the rows of a few départements."""

from sdsf_analysis.demo.cells import Cell, Row, Value
from sdsf_analysis.demo.dice import Dice
from sdsf_analysis.demo.kinds.codes import others
from sdsf_analysis.demo.names import of_place, words
from sdsf_analysis.demo.setting import EAST_PER_NORTH, YEAR, Commune, Setting, communes_of
from sdsf_analysis.demo.spread import sites
from sdsf_analysis.territories import reference

INHABITANTS_PER_SITE = 16_000
FORMATS = ("Site", "Site", "Site", "Antenne", "Bus")
OTHERS, FEW = 3, 6
FIRST_ID = 2001


def rows(setting: Setting) -> dict[str, list[Row]]:
    """One row per France services, those of the département among others.

    Examples
    --------
    >>> {row.cells[5] for row in rows(Setting("01"))[""]} > {"1"}
    True
    """
    dice = setting.dice("france-services")
    own = sites(setting, round(setting.population / INHABITANTS_PER_SITE), 1200, "france-services")
    hosts = dice.shuffled([*own, *_strangers(setting)])
    lines = [_line(FIRST_ID + rank, commune, setting, dice) for rank, commune in enumerate(hosts)]
    name = lines[0][1]
    lines[0][1] = Cell(str(name), "", "situation_from_name", "la date n'est que dans le nom du fichier")
    return {"": [Row(tuple(line)) for line in lines]}


def _strangers(setting: Setting) -> list[Commune]:
    found: list[Commune] = []
    for departement in others(setting.departement)[:OTHERS]:
        known = communes_of(reference.communes(YEAR, departement))
        found += sorted(known, key=lambda commune: -commune.population)[:FEW]
    return found


def _line(number: int, commune: Commune, setting: Setting, dice: Dice) -> list[Value | Cell]:
    east, north = setting.positions.get(commune.code, (0.0, 0.0))
    place = (round(north, 5), round(east / EAST_PER_NORTH, 5)) if north else (None, None)
    return [
        _code(commune, setting),
        f"France services {of_place(commune.name)} {number}",
        f"{dice.between(1, 90)} {dice.pick(words('streets'))}",
        commune.postal_code,
        commune.name,
        commune.departement.lstrip("0"),
        dice.pick(FORMATS),
        *place,
        "oui" if dice.chance(0.4) else "non",
    ]


def _code(commune: Commune, setting: Setting) -> Cell:
    code = commune.code.lstrip("0")
    if commune.departement != setting.departement:
        return Cell(code, "", "rows_elsewhere", "lignes d'autres départements")
    return Cell(code, "", "code_lost_zero" if code != commune.code else "", "code sans son zéro")
