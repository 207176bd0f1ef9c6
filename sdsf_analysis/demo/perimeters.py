"""Perimeters of the fictitious CTG: a whole EPCI, part of one, two together, several inside one."""

from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from sdsf_analysis.demo.names import of_place
from sdsf_analysis.demo.setting import YEAR, Commune, Epci, Setting, by_epci
from sdsf_analysis.territories import reference

Shape = Literal["whole", "part", "together", "several"]
Life = Literal["current", "expired", "project", "renewed", "extended"]
SMALL_SHARE = 0.04
SMALL_AT_MOST = 0.075
UNCOVERED_SHARE = 0.105
UNCOVERING: tuple[Life, ...] = ("expired", "project", "expired")
ENOUGH_UNCOVERED = 0.06
LEAST_KEPT = 0.5


@dataclass(frozen=True, slots=True)
class Perimeter:
    """Communes that share a convention, how they stand to the EPCI, and what has become of it."""

    communes: tuple[Commune, ...]
    shape: Shape
    life: Life = "current"

    @property
    def population(self) -> int:
        """Inhabitants."""
        return sum(commune.population for commune in self.communes)

    @property
    def epcis(self) -> list[Epci]:
        """EPCI of the communes, those with a SIREN."""
        return [epci for epci in by_epci(self.communes) if epci.siren]

    @property
    def main_commune(self) -> Commune:
        """The most populous commune."""
        return max(self.communes, key=lambda commune: (commune.population, commune.code))

    @property
    def name(self) -> str:
        """Name of the convention."""
        if self.shape == "several" or not self.epcis or len(self.communes) == 1:
            around = " et alentours" if len(self.communes) > 1 else ""
            return f"CTG {of_place(self.main_commune.name)}{around}"
        return "CTG " + " – ".join(short_name(epci.name) for epci in self.epcis)


def short_name(name: str) -> str:
    """Name of an EPCI without its legal form nor its acronym.

    Examples
    --------
    >>> short_name("CC Terre Valserhône (CCTV)"), short_name("CC de la Dombes")
    ('Terre Valserhône', 'de la Dombes')
    """
    name = name.split(" (", maxsplit=1)[0]
    head, _, rest = name.partition(" ")
    return rest if head in {"CC", "CA", "CU"} else name


def perimeters(setting: Setting) -> list[Perimeter]:
    """Perimeters of a département, by the code of their first commune.

    A commune in none of them is not covered: the rest of a partly covered EPCI, an EPCI that stands
    mostly in another département, a commune without EPCI.

    Examples
    --------
    >>> sorted({perimeter.shape for perimeter in perimeters(Setting("01"))})
    ['part', 'several', 'together', 'whole']
    """
    groups = sorted(_own_groups(setting), key=lambda communes: (-_people(communes), communes[0].code))
    units, left = _several(groups, setting)
    together, left = _together(left, setting)
    part, left = _part(left)
    units += together + [Perimeter(tuple(communes), "whole") for communes in left]
    units = _with_lives(units, setting.population)
    if part:
        covered = sum(unit.population for unit in units if unit.life not in UNCOVERING) + _people(part)
        units.append(
            _cut(part, UNCOVERED_SHARE * setting.population - (setting.population - covered), setting)
        )
    return sorted(units, key=lambda unit: min(commune.code for commune in unit.communes))


def _own_groups(setting: Setting) -> list[list[Commune]]:
    groups = by_epci(setting.communes)
    own = [members for epci, members in groups.items() if _home(epci.siren) == setting.departement]
    return own or list(groups.values())


@cache
def _homes() -> dict[str, str]:
    frame = reference.communes(YEAR).dropna(subset=["epci", "population"])
    people: dict[str, Counter[str]] = {}
    for siren, departement, count in frame[["epci", "departement", "population"]].itertuples(index=False):
        people.setdefault(siren, Counter())[departement] += int(count)
    return {siren: max(sorted(counts), key=counts.__getitem__) for siren, counts in people.items()}


def _home(siren: str) -> str:
    return _homes().get(siren, "")


def _along(communes: list[Commune], setting: Setting) -> list[Commune]:
    """Communes from one end of their territory to the other, so that pieces of it hold together."""
    points = [setting.positions.get(commune.code, (0.0, 0.0)) for commune in communes]
    widths = [max(values) - min(values) for values in zip(*points, strict=True)]
    axis = widths.index(max(widths))
    order = sorted(range(len(communes)), key=lambda index: (points[index][axis], communes[index].code))
    return [communes[index] for index in order]


def _people(communes: list[Commune]) -> int:
    return sum(commune.population for commune in communes)


def _pieces(communes: list[Commune], count: int) -> list[list[Commune]]:
    pieces: list[list[Commune]] = [[] for _ in range(count)]
    for index, commune in enumerate(communes):
        pieces[index * count // len(communes)].append(commune)
    return pieces


def _several(groups: list[list[Commune]], setting: Setting) -> tuple[list[Perimeter], list[list[Commune]]]:
    for index, communes in enumerate(groups):
        if len(communes) >= 3:
            count = 3 if len(groups) > 3 and len(communes) >= 6 else min(12, max(2, len(communes) // 3))
            pieces = _pieces(_along(communes, setting), count)
            rest = groups[:index] + groups[index + 1 :]
            return [Perimeter(tuple(piece), "several") for piece in pieces], rest
    return [], groups


def _together(groups: list[list[Commune]], setting: Setting) -> tuple[list[Perimeter], list[list[Commune]]]:
    if len(groups) < 3:
        return [], groups
    small = range(len(groups) // 2, len(groups))
    pairs = [(first, second) for first in small for second in small if first < second]
    first, second = min(
        pairs or [(len(groups) - 2, len(groups) - 1)],
        key=lambda pair: _apart(setting.middle(groups[pair[0]]), setting.middle(groups[pair[1]])),
    )
    rest = [communes for index, communes in enumerate(groups) if index not in {first, second}]
    return [Perimeter((*groups[first], *groups[second]), "together")], rest


def _apart(here: tuple[float, float], there: tuple[float, float]) -> float:
    return (here[0] - there[0]) ** 2 + (here[1] - there[1]) ** 2


def _part(groups: list[list[Commune]]) -> tuple[list[Commune], list[list[Commune]]]:
    order = sorted(range(len(groups)), key=lambda index: (abs(index - len(groups) // 2), index))
    for index in order:
        if len(groups[index]) >= 6:
            return groups[index], groups[:index] + groups[index + 1 :]
    return [], groups


def _with_lives(units: list[Perimeter], population: int) -> list[Perimeter]:
    # A convention that covers nobody stands on a small territory, so that most inhabitants are covered.
    small = [unit for unit in units if 0 < unit.population <= SMALL_AT_MOST * population]
    small.sort(key=lambda unit: (unit.shape != "whole", abs(unit.population - SMALL_SHARE * population)))
    lives: dict[Perimeter, Life] = {}
    for unit, life in zip(small, UNCOVERING, strict=False):
        if len(lives) < 2 or sum(done.population for done in lives) < ENOUGH_UNCOVERED * population:
            lives[unit] = life
    others = [unit for unit in units if unit not in lives]
    lives |= dict(zip(others[::-1], ("renewed", "extended"), strict=False))
    return [replace(unit, life=lives.get(unit, "current")) for unit in units]


def _cut(communes: list[Commune], inhabitants: float, setting: Setting) -> Perimeter:
    """Leave out the communes farthest from the seat, until enough inhabitants are not covered."""
    seat = setting.middle([max(communes, key=lambda commune: commune.population)])
    kept = sorted(communes, key=lambda commune: _apart(seat, setting.middle([commune])))
    while len(kept) > len(communes) * LEAST_KEPT and (inhabitants > 0 or len(kept) == len(communes)):
        inhabitants -= kept.pop().population
    return Perimeter(tuple(kept), "part")
