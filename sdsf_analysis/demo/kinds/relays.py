"""Kind 5, « RPE »: relais petite enfance, each with the communes that it serves in one cell."""

from collections.abc import Sequence

from sdsf_analysis.demo.cells import Cell, Row, Value
from sdsf_analysis.demo.dice import Dice
from sdsf_analysis.demo.kinds.codes import former_names, known_names, misspelt
from sdsf_analysis.demo.names import of_place, operator
from sdsf_analysis.demo.setting import Commune, Epci, Setting, by_epci

INHABITANTS_PER_RELAY = 24_000
CHILDMINDERS_PER_CHILD = 0.1
INHABITANTS_PER_POST = 20_000
SERVED, STAFF, CHILDMINDERS = 3, 4, 5
STAFF_TEXTS = ("0,5 ETP", "mi-temps", "80 %", "28 h", "17,5/35e", "2 x 0,5")
MISSIONS = (None, None, "guichet unique", "analyse de la pratique", "guichet unique, analyse de la pratique")
Line = list[Value | Cell]


def rows(setting: Setting) -> dict[str, list[Row]]:
    """One row per relay, the communes of each EPCI shared between one or several.

    Examples
    --------
    >>> rows(Setting("90"))["RPE"][0].cells[2]
    'Belfort'
    """
    sectors = relays(setting)
    members = by_epci(setting.communes)
    lines = [
        _line(epci, served, setting, is_whole=len(served) == len(members[epci])) for epci, served in sectors
    ]
    _plant_lists(lines, sectors, setting)
    _plant_figures(lines, setting)
    return {"RPE": [Row(tuple(line)) for line in lines]}


def relays(setting: Setting) -> list[tuple[Epci, list[Commune]]]:
    """Communes that each relay serves, the most inhabited first, and their EPCI.

    Examples
    --------
    >>> sum(len(served) for _, served in relays(Setting("01"))) == len(Setting("01").communes)
    True
    """
    found = []
    for epci, communes in by_epci(setting.communes).items():
        people = sum(commune.population for commune in communes)
        count = min(len(communes), max(1, round(people / INHABITANTS_PER_RELAY)))
        members = sorted(communes, key=lambda commune: (commune.postal_code, commune.code))
        for index in range(count):
            served = members[index * len(members) // count : (index + 1) * len(members) // count]
            found.append((epci, sorted(served, key=lambda commune: -commune.population)))
    return found


def _line(epci: Epci, served: Sequence[Commune], setting: Setting, *, is_whole: bool) -> Line:
    seat = served[0]
    dice = setting.dice("rpe", seat.code)
    people = sum(commune.population for commune in served)
    staff = max(0.5, round(people / INHABITANTS_PER_POST * dice.around(1, 0.3) * 2) / 2)
    childminders = round(sum(c.children for c in served) * CHILDMINDERS_PER_CHILD * dice.around(1, 0.3))
    runner = epci.name or operator(seat, dice).name
    return [
        f"Relais {of_place(seat.name)}", runner, seat.name, _listed(epci, served, dice, is_whole=is_whole),
        staff, childminders, dice.pick(MISSIONS),
    ]  # fmt: skip


def _listed(epci: Epci, served: Sequence[Commune], dice: Dice, *, is_whole: bool) -> str:
    """Communes as the sender lists them: a line each, or parted by signs and words, or as a whole EPCI."""
    names = [commune.name for commune in served]
    style = dice.between(0, 3)
    if style == 0 and epci.name and is_whole:
        return epci.name
    if style == 1:
        return "\n".join(names)
    if style == 2:
        return " / ".join(names)
    return f"{', '.join(names[:-1])} et {names[-1]}" if len(names) > 1 else names[0]


def _plant_lists(lines: list[Line], sectors: list[tuple[Epci, list[Commune]]], setting: Setting) -> None:
    """A wrong letter in the longest list, a name of before a merger in the first that can bear one."""
    longest = max(range(len(lines)), key=lambda index: len(sectors[index][1]))
    served = sectors[longest][1]
    names = [commune.name for commune in served]
    names[-1] = misspelt(names[-1], known_names(setting))
    remark = f"« {names[-1]} » pour {served[-1].name}, dans une liste"
    lines[longest][SERVED] = Cell("\n".join(names), "text", "served_unclear", remark)
    former = former_names(setting)
    for index, (_, communes) in enumerate(sectors):
        hit = next((commune for commune in communes if commune.code in former), None)
        if hit and index != longest:
            old = [former[c.code] if c is hit else c.name for c in communes]
            remark = f"{former[hit.code]} fait partie de {hit.name}"
            lines[index][SERVED] = Cell(", ".join(old), "text", "commune_former", remark)
            break


def _plant_figures(lines: list[Line], setting: Setting) -> None:
    drawn = setting.dice("rpe", "faults").shuffled(lines)
    for line, text in zip(drawn, STAFF_TEXTS, strict=False):
        line[STAFF] = Cell(text, "text", "number_as_text", "ETP écrit en toutes lettres")
    for line in drawn[len(STAFF_TEXTS) : len(STAFF_TEXTS) + 1]:
        line[CHILDMINDERS] = Cell("nc", "text", "mark_unexplained", "« nc » sans légende")
