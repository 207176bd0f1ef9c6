"""Kind 23, « Financements »: forecast, updated and actual amounts side by side, with totals by EPCI."""

from collections.abc import Sequence

from sdsf_analysis.demo.cells import Cell, Row, Value, plain
from sdsf_analysis.demo.dice import Dice
from sdsf_analysis.demo.kinds.alerts import YEAR as AIDED_IN
from sdsf_analysis.demo.kinds.alerts import alerts
from sdsf_analysis.demo.kinds.eaje import Creche, creches, hours
from sdsf_analysis.demo.names import of_place, structure_names
from sdsf_analysis.demo.setting import Setting, by_epci

# the columns of the layout: a year and what its figures are
NATURES = (
    (2022, "réel"),
    (2023, "prévisionnel"),
    (2023, "actualisé"),
    (2023, "réel"),
    (2024, "prévisionnel"),
    (2024, "actualisé"),
)
FIRST_AMOUNT, FUNDS = 4, 4
# euros of service benefit for an hour, and how far a forecast strays from what comes out
PER_HOUR, GAP = 3.4, 0.06
BONUS_PER_PLACE = {2022: 1_700, 2023: 1_750, 2024: 1_850}
PER_DISABLED_CHILD = 1_300


def rows(setting: Setting) -> dict[str, list[Row]]:
    """Crèches by EPCI, each group followed by its total, then the total of all.

    Examples
    --------
    >>> rows(Setting("75"))["Financements"][-1].cells[0]
    'TOTAL GÉNÉRAL'
    """
    known = creches(setting)
    aids = {alert.creche.number: alert.aid for alert in alerts(setting)}
    lines = {creche.number: _line(creche, aids.get(creche.number, 0), setting) for creche in known}
    amounts = {number: line[FIRST_AMOUNT:] for number, line in lines.items()}
    _plant_number([line for number, line in lines.items() if not aids.get(number)], setting)
    gone = _gone(known, setting)
    body: list[Row] = []
    for epci, communes in by_epci({creche.commune for creche in known}).items():
        group = [creche.number for creche in known if creche.commune in communes]
        label = f"Total {epci.name}" if epci.name else "Total hors EPCI"
        of_group = [amounts[number] for number in group]
        body += [Row(tuple(lines[number])) for number in group]
        if known[0].number in group:
            body.append(Row(tuple(gone)))
            of_group.append(gone[FIRST_AMOUNT:])
        body.append(Row(_total(label, of_group), "subtotal"))
    every = [*amounts.values(), gone[FIRST_AMOUNT:]]
    return {"Financements": [*body, Row(_total("TOTAL GÉNÉRAL", every), "total")]}


def _gone(known: list[Creche], setting: Setting) -> list[Value | Cell]:
    """A crèche that closed after 2022, in the commune of the first one: no list has it any more."""
    taken = {creche.name for creche in known}
    name = next(n for n in structure_names(setting.dice("funding", "gone")) if n not in taken)
    number = Cell(f"{setting.departement}00099", "", "service_number_unknown", "crèche fermée avant la liste")
    commune, paid = known[0].commune, [61_200, 34_000, None, None]
    rest: list[Value | Cell] = [None] * (FUNDS * (len(NATURES) - 1))
    return [number, name, commune.name, f"Commune {of_place(commune.name)}", *paid, *rest]


def _line(creche: Creche, aid: int, setting: Setting) -> list[Value | Cell]:
    dice = setting.dice("funding", creche.number)
    cofinancer = creche.commune.epci.name if dice.chance(0.4) else f"Commune {of_place(creche.commune.name)}"
    done = hours(creche, setting)
    line: list[Value | Cell] = [creche.number, creche.name, creche.commune.name, cofinancer or None]
    for year, nature in NATURES:
        line += _amounts(creche, year, done[year], dice)
        line[-1] = aid if aid and (year, nature) == (AIDED_IN, "réel") else None
        paid = done[year]
        if nature == "réel" and paid is not None:
            line[-FUNDS] = round(paid * PER_HOUR)
    return line


def _amounts(creche: Creche, year: int, done: int | None, dice: Dice) -> list[Value]:
    """Service benefit, territory bonus, disability bonus; the aid is known when given."""
    strayed, disabled = dice.around(1, GAP), PER_DISABLED_CHILD * dice.between(0, 2)
    if done is None:
        return [None] * FUNDS
    return [round(done * PER_HOUR * strayed), creche.places * BONUS_PER_PLACE[year], disabled or None, None]


def _plant_number(lines: list[list[Value | Cell]], setting: Setting) -> None:
    """Give a crèche the number that it had under another operator: a question, not a new service."""
    if len(lines) > 1:
        line = setting.dice("funding", "faults").pick(lines)
        old = f"{setting.departement}{90_000 + int(str(line[0])[-3:]):05d}"
        line[0] = Cell(old, "", "service_other_number", f"{line[0]} dans la liste des EAJE")


def _total(label: str, lines: Sequence[Sequence[Value | Cell]]) -> tuple[Value, ...]:
    columns = zip(*lines, strict=True)
    return (label, *[None] * (FIRST_AMOUNT - 1), *(_sum(column) for column in columns))


def _sum(column: Sequence[Value | Cell]) -> int:
    return sum(value for value in map(plain, column) if isinstance(value, int))
