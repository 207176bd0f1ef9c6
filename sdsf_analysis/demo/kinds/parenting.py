"""Kind 6, « Parentalité »: one sheet per support to parents, each of its own shape."""

from dataclasses import replace

from sdsf_analysis.demo.cells import Cell, Row, Value, plain
from sdsf_analysis.demo.dice import Dice
from sdsf_analysis.demo.names import of_place, operator, structure_names, words
from sdsf_analysis.demo.setting import Commune, Setting
from sdsf_analysis.demo.spread import sites

PER_100_000 = {
    "LAEP": 5,
    "CLAS": 6,
    "REAAP": 8,
    "Médiation familiale": 0.9,
    "Espaces de rencontre": 0.6,
    "Ludothèques": 3,
}
SMALLEST = {"LAEP": 3000, "CLAS": 3000, "REAAP": 1200, "Ludothèques": 2500}
ACTIONS = (
    "Café des parents",
    "Ateliers parents-enfants",
    "Conférence et débat",
    "Groupe de parole",
    "Semaine des familles",
)

CHILDREN, PLACE = 3, 2
EVERYWHERE = "Tout le département"


def rows(setting: Setting) -> dict[str, list[Row]]:
    """Rows of the six sheets.

    Examples
    --------
    >>> list(rows(Setting("42")))[:3]
    ['LAEP', 'CLAS', 'REAAP']
    """
    sheets = {subject: _subject(subject, setting) for subject in PER_100_000}
    dice = setting.dice("parenting", "faults")
    provisional = dice.between(0, len(sheets["CLAS"]) - 1)
    children = plain(sheets["CLAS"][provisional].cells[CHILDREN])
    _put(
        sheets["CLAS"], provisional, CHILDREN, Cell(f"{children}*", "text", "note_mark", "chiffre provisoire")
    )
    if len(sheets["REAAP"]) > 1:
        everywhere = Cell(EVERYWHERE, "", "commune_unknown", "action qui n'a pas de commune")
        _put(sheets["REAAP"], dice.between(0, len(sheets["REAAP"]) - 1), PLACE, everywhere)
    return sheets


def _put(lines: list[Row], index: int, column: int, cell: Cell) -> None:
    cells: list[Value | Cell] = list(lines[index].cells)
    cells[column] = cell
    lines[index] = replace(lines[index], cells=tuple(cells))


def _subject(subject: str, setting: Setting) -> list[Row]:
    count = round(setting.population / 100_000 * PER_100_000[subject])
    hosts = sites(setting, count, SMALLEST.get(subject, 10_000), subject)
    dice = setting.dice("parenting", subject)
    names = structure_names(setting.dice("parenting", subject, "names"))
    lines = [_line(subject, next(names), commune, dice) for commune in hosts]
    # Two lines of the same words are one service: a porteur runs one CLAS in a commune.
    kept = {tuple(value for value in line if isinstance(value, str)): line for line in reversed(lines)}
    return [Row(line) for line in reversed(kept.values())]


def _line(subject: str, name: str, commune: Commune, dice: Dice) -> tuple[str | int, ...]:
    runner = operator(commune, dice).name
    association = dice.pick(words("associations"))
    match subject:
        case "LAEP":
            return f"LAEP {name}", runner, commune.name, dice.between(30, 110), dice.between(25, 160)
        case "CLAS":
            groups = dice.between(1, 6)
            return runner, commune.name, groups, groups * dice.between(8, 12)
        case "REAAP":
            return f"{dice.pick(ACTIONS)} – {name}", runner, commune.name, dice.between(1, 12)
        case "Médiation familiale":
            cases = dice.between(40, 190)
            return (
                f"Médiation {of_place(commune.name)} – {association}",
                commune.name,
                cases,
                cases * 2 + dice.between(5, 40),
            )
        case "Espaces de rencontre":
            return f"Espace de rencontre {name}", commune.name, dice.between(300, 1100), dice.between(40, 210)
        case _:
            return f"Ludothèque {name}", runner, commune.name, dice.between(350, 1300)
