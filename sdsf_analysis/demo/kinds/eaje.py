"""Kind 3, « EAJE activité »: crèches funded by the PSU over three years, with totals by EPCI."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from sdsf_analysis.demo.cells import Cell, Row, Value, plain
from sdsf_analysis.demo.dice import Dice
from sdsf_analysis.demo.names import Operator, operator, structure_names
from sdsf_analysis.demo.setting import Commune, Setting, by_epci
from sdsf_analysis.demo.spread import sites

PLACES_PER_CHILD = 0.19
USUAL_PLACES = 28
KINDS = ("Multi-accueil",) * 7 + ("Crèche collective", "Crèche familiale", "Crèche parentale", "Micro-crèche")
SIZES = {"Multi-accueil": (18, 45), "Crèche collective": (25, 60), "Crèche familiale": (15, 35)}
SMALL = {"Crèche parentale": (14, 20), "Micro-crèche": (10, 12)}
FIRST_MEASURE, MEASURES, YEARS = 9, 8, 3
FIRST_YEAR = 2022
HOURS, BILLED, COST, RESULT = 0, 1, 4, 5
RATES = (2, 3)
SUMMED = (HOURS, BILLED, RESULT, 7)
PLACES, FROZEN = 7, 8
SHARE_FROZEN = 0.06
# a colour on more than a quarter of the rows would be the look of the table
FEWEST_TO_CLOSE, FEWEST_TO_DOUBT = 4, 12
WIDTH = FIRST_MEASURE + MEASURES * YEARS
TYPED = ((HOURS, ""), (RESULT, " €"), (COST, " €"), (HOURS, ""))
Lines = Mapping[str, list[Value | Cell]]


@dataclass(frozen=True, slots=True)
class Creche:
    """A crèche: its number, name, operator, place, kind and places."""

    number: str
    name: str
    operator: Operator
    commune: Commune
    kind: str
    places: int


class Changes(NamedTuple):
    """Numbers of the crèches that changed within the last year.

    One opened, one changed its operator and so its number, one moved, one has more places.
    """

    opened: str
    renumbered: str
    moved: str
    resized: str


def rows(setting: Setting) -> dict[str, list[Row]]:
    """Crèches by EPCI, each group followed by its total, then the total of all.

    Examples
    --------
    >>> rows(Setting("75"))["Activité"][-1].cells[0]
    'TOTAL GÉNÉRAL'
    """
    known = creches(setting)
    lines = {creche.number: line_of(creche, setting) for creche in known}
    closed = closed_creche(setting)
    if closed:
        _close(lines[closed])
    right = {number: tuple(line) for number, line in lines.items()}
    since = changes(setting)
    _plant([line for number, line in lines.items() if number not in (closed, since.opened)], setting)
    if since.renumbered:
        remark = "autre numéro qu'un an avant : même structure, selon decisions.csv"
        lines[since.renumbered][0] = Cell(since.renumbered, "", "decision_applied", remark)
    return {"Activité": with_totals(known, lines, right, closed)}


@cache
def creches(setting: Setting) -> list[Creche]:
    """Crèches of the département, by commune.

    Examples
    --------
    >>> len(creches(Setting("01"))) > 135
    True
    """
    dice = setting.dice("eaje")
    names = structure_names(setting.dice("eaje", "names"))
    hosts = sites(setting, round(setting.children * PLACES_PER_CHILD / USUAL_PLACES), 1500, "eaje")
    return [
        _creche(f"{setting.departement}{index:05d}", next(names), commune, dice)
        for index, commune in enumerate(hosts, 101)
    ]


def closed_creche(setting: Setting) -> str:
    """Number of the crèche that closed in the last year, empty where too few are left to tell.

    Examples
    --------
    >>> closed_creche(Setting("01")) in {creche.number for creche in creches(Setting("01"))}
    True
    """
    known = creches(setting)
    return known[len(known) // 2].number if len(known) >= FEWEST_TO_CLOSE else ""


@cache
def changes(setting: Setting) -> Changes:
    """Crèches that are not what they were a year before; none where too few are left to tell.

    Examples
    --------
    >>> len({*changes(Setting("01"))})
    4
    """
    numbers = [creche.number for creche in creches(setting)]
    if len(numbers) <= FEWEST_TO_DOUBT:
        return Changes("", "", "", "")
    return Changes(*(numbers[len(numbers) * part // 11] for part in (2, 4, 7, 9)))


def doubtful_places(setting: Setting) -> set[str]:
    """Numbers of the crèches whose places are written so that no one can tell them.

    Examples
    --------
    >>> len(doubtful_places(Setting("01")))
    2
    """
    lines = [row.cells for row in rows(setting)["Activité"] if row.role == "body"]
    faults = {str(plain(line[0])): cell.fault for line in lines if isinstance(cell := line[PLACES], Cell)}
    return {number for number, fault in faults.items() if fault == "number_doubtful"}


def _creche(number: str, name: str, commune: Commune, dice: Dice) -> Creche:
    kind = dice.pick(KINDS)
    low, high = (SIZES | SMALL)[kind]
    return Creche(number, name, operator(commune, dice), commune, kind, dice.between(low, high))


def line_of(creche: Creche, setting: Setting) -> list[Value | Cell]:
    """Line of a crèche with its three years, before any fault; the one that opened last has but one year."""
    dice = setting.dice("eaje", creche.number)
    commune, runner = creche.commune, creche.operator
    line: list[Value | Cell] = [creche.number, creche.name, runner.name, runner.kind]
    line += [commune.name, commune.code, creche.kind, creche.places, frozen_places(creche, setting)]
    for year in range(YEARS):
        line += activity(creche.places, 8.6 + 0.5 * year, dice)
    for rate in RATES:
        line[_at(0, rate)] = in_points(line[_at(0, rate)])
    if creche.number == changes(setting).opened:
        line[FIRST_MEASURE : _at(YEARS - 1, 0)] = [None] * (MEASURES * (YEARS - 1))
    return line


def frozen_places(creche: Creche, setting: Setting) -> int:
    """Places that a crèche keeps closed for want of staff: none in most of them."""
    dice = setting.dice("eaje", "frozen", creche.number)
    return dice.between(2, creche.places // 3) if dice.chance(SHARE_FROZEN) else 0


def hours(creche: Creche, setting: Setting) -> dict[int, int | None]:
    """Hours done by year, None where the crèche is closed."""
    return _by_year(creche, HOURS, setting)


def results(creche: Creche, setting: Setting) -> dict[int, int]:
    """Result in euros by year, as long as the crèche is open."""
    return {year: value for year, value in _by_year(creche, RESULT, setting).items() if value is not None}


def _by_year(creche: Creche, measure: int, setting: Setting) -> dict[int, int | None]:
    line = line_of(creche, setting)
    if creche.number == closed_creche(setting):
        _close(line)
    values = [plain(line[_at(year, measure)]) for year in range(YEARS)]
    return {FIRST_YEAR + year: v if isinstance(v, int) else None for year, v in enumerate(values)}


def in_points(share: Value | Cell) -> Cell:
    """A rate of the first year, whose file gave 71,4 and not 71,4 % of 1."""
    number = plain(share)
    return Cell(round(number * 100, 1) if isinstance(number, float) else number, "points")


def activity(places: int, cost: float, dice: Dice) -> list[Value]:
    """Measures of one year of a crèche, rates as shares."""
    occupancy = round(dice.around(0.72, 0.16), 3)
    billing = round(dice.around(1.08, 0.07), 3)
    hours = round(places * 2280 * occupancy / billing)
    result = round(dice.around(-1500, 26000))
    return [
        hours, round(hours * billing), occupancy, billing, round(dice.around(cost, 2.2), 2),
        result, dice.between(8, 110), dice.between(0, 3),
    ]  # fmt: skip


def _close(line: list[Value | Cell]) -> None:
    first = FIRST_MEASURE + MEASURES * (YEARS - 1)
    line[first:] = [None] * MEASURES
    line[first] = Cell("fermé", "", "mark_unexplained", "« fermé » sans légende")


def _plant(lines: list[list[Value | Cell]], setting: Setting) -> None:
    dice = setting.dice("eaje", "faults")
    drawn = dice.shuffled(lines)
    for line, (measure, unit) in zip(drawn, TYPED, strict=False):
        column = _at(dice.between(0, YEARS - 1), measure)
        text = spelt(plain(line[column])) + unit
        line[column] = Cell(text, "text", "number_as_text", "nombre saisi comme du texte")
    for line in drawn[len(TYPED) : len(TYPED) + 4]:
        line[_at(YEARS - 1, COST)] = Cell("nc", "", "mark_unexplained", "« nc » sans légende")
    for line in drawn[-1:]:
        text = f"{plain(line[PLACES])} dont 2 AVIP"
        line[PLACES] = Cell(text, "text", "number_with_remark", "nombre suivi d'une précision")
    if len(drawn) > FEWEST_TO_DOUBT:
        for line, more in zip(drawn[-3:-1], ("+3", " (10 en août)"), strict=True):
            text = f"{plain(line[PLACES])}{more}"
            line[PLACES] = Cell(text, "text", "number_doubtful", "deux capacités dans une cellule")


def _at(year: int, measure: int) -> int:
    return FIRST_MEASURE + MEASURES * year + measure


def spelt(number: Value) -> str:
    """Write a number as French people type it.

    Examples
    --------
    >>> spelt(12450), spelt(-1234.5)
    ('12 450', '-1 234,5')
    """
    return f"{number:,}".replace(",", " ").replace(".", ",")


def with_totals(
    known: list[Creche], lines: Lines, right: Mapping[str, tuple[Value | Cell, ...]], closed: str
) -> list[Row]:
    """Lines by EPCI, each group followed by its total, the closed crèche marked."""
    body: list[Row] = []
    for epci, communes in by_epci({creche.commune for creche in known}).items():
        group = [creche.number for creche in known if creche.commune in communes]
        body += [Row(tuple(lines[number]), "closed" if number == closed else "body") for number in group]
        label = f"Total {epci.name}" if epci.name else "Total hors EPCI"
        body.append(Row(_total(label, [right[number] for number in group]), "subtotal"))
    return [*body, Row(_total("TOTAL GÉNÉRAL", list(right.values())), "total")]


def _total(label: str, lines: Sequence[Sequence[Value | Cell]]) -> tuple[Value, ...]:
    cells: list[Value] = [label, *[None] * (WIDTH - 1)]
    for column in (PLACES, FROZEN, *(_at(year, measure) for year in range(YEARS) for measure in SUMMED)):
        values = [plain(line[column]) for line in lines]
        cells[column] = sum(value for value in values if isinstance(value, int))
    return tuple(cells)
