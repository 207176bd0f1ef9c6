"""Kind 9, « Jeunesse »: supports to young people, one sheet each, or ticked beside each structure."""

from sdsf_analysis.demo.cells import Cell, Row, Value, plain
from sdsf_analysis.demo.dice import Dice
from sdsf_analysis.demo.names import operator, structure_names
from sdsf_analysis.demo.setting import Commune, Setting
from sdsf_analysis.demo.spread import sites

SUPPORTS = ("PS jeunes", "PAEJ", "Promeneurs du Net", "FJT")
PER_100_000 = {"PS jeunes": 4, "PAEJ": 1.2, "Promeneurs du Net": 2.5, "FJT": 1.5}
SMALLEST = {"PS jeunes": 2500, "PAEJ": 10_000, "Promeneurs du Net": 4000, "FJT": 9000}
TICKS = ("x", "X", "O", "1", "✓")
FIRST_TICK = 3
DOUBTS = (("PS jeunes", "en cours"), ("Promeneurs du Net", "?"))
FTE, DWELLINGS = 4, 3
WORDS_OF_FTE = {0.5: "mi-temps", 1.0: "1 ETP", 1.5: "1,5 ETP", 2.0: "2 x 1"}


def rows(setting: Setting) -> dict[str, list[Row]]:
    """Rows of the four sheets, and those of the one table that ticks them.

    Examples
    --------
    >>> list(rows(Setting("01")))
    ['PS jeunes', 'PAEJ', 'Promeneurs du Net', 'FJT', 'Dispositifs']
    """
    found = {support: _lines(support, setting) for support in SUPPORTS}
    ticked = _ticked(found, setting)
    _plant(found)
    return {support: [Row(tuple(line)) for line in lines] for support, lines in found.items()} | {
        "Dispositifs": [Row(tuple(line)) for line in ticked]
    }


def _lines(support: str, setting: Setting) -> list[list[Value | Cell]]:
    dice = setting.dice("youth", support)
    names = structure_names(setting.dice("youth", support, "names"))
    count = round(setting.population / 100_000 * PER_100_000[support])
    hosts = sites(setting, count, SMALLEST[support], f"youth {support}")
    return [_line(support, next(names), commune, dice) for commune in hosts]


def _line(support: str, name: str, commune: Commune, dice: Dice) -> list[Value | Cell]:
    runner = operator(commune, dice).name
    match support:
        case "PS jeunes":
            fte = dice.pick((0.5, 1.0, 1.5, 2.0))
            return [f"Espace jeunes {name}", runner, commune.name, dice.between(30, 180), fte]
        case "PAEJ":
            young = dice.between(60, 320)
            return [f"PAEJ {name}", runner, commune.name, young, young * 2 + dice.between(0, 90)]
        case "Promeneurs du Net":
            workers = dice.between(2, 9)
            return [f"Réseau {name}", runner, commune.name, workers, max(1, workers - dice.between(0, 2))]
        case _:
            dwellings = dice.between(24, 120)
            return [f"FJT {name}", runner, commune.name, dwellings, round(dwellings * dice.around(1.6, 0.3))]


def _ticked(found: dict[str, list[list[Value | Cell]]], setting: Setting) -> list[list[Value | Cell]]:
    """One line per structure, its support ticked; what is being prepared, or not known, is no yes."""
    dice = setting.dice("youth", "ticks")
    lines = []
    for rank, support in enumerate(SUPPORTS):
        for line in found[support]:
            ticks: list[Value | Cell] = [None] * len(SUPPORTS)
            ticks[rank] = dice.pick(TICKS)
            lines.append([*line[:FIRST_TICK], *ticks, line[DWELLINGS] if support == "FJT" else None])
    for support, doubt in DOUBTS:
        rank = FIRST_TICK + SUPPORTS.index(support)
        free = [line for line in lines if line[rank] is None]
        if free:
            dice.pick(free)[rank] = Cell(doubt, "text", "choice_unknown", f"case « {doubt} »")
    return lines


def _plant(found: dict[str, list[list[Value | Cell]]]) -> None:
    for line in found["PS jeunes"][::3]:
        text = WORDS_OF_FTE[float(str(plain(line[FTE])))]
        line[FTE] = Cell(text, "text", "number_as_text", "ETP écrit en toutes lettres")
    for line in found["FJT"][-1:]:
        text = f"{plain(line[DWELLINGS])} dont 3 PMR"
        line[DWELLINGS] = Cell(text, "text", "number_with_remark", "nombre suivi d'une précision")
