"""Kind 12, « MSA familles communes »: names without codes, marks without legend, hidden values."""

from sdsf_analysis.demo.cells import Cell, Row, Value
from sdsf_analysis.demo.dice import Dice
from sdsf_analysis.demo.kinds.codes import former_names, known_names, misspelt
from sdsf_analysis.demo.setting import Commune, Setting

# Per inhabitant outside large towns: families, children of 0-2, 3-5, 6-11 and 12-17.
SHARES = (0.012, 0.0045, 0.0048, 0.0105, 0.0098)
TOWN = 20_000
MASKED, FORMER, UNKNOWN = 5, 2, 1
NOT_GIVEN = 0.03


def rows(setting: Setting) -> dict[str, list[Row]]:
    """One row per commune.

    Examples
    --------
    >>> len(rows(Setting("01"))["Familles"])
    391
    """
    dice = setting.dice("msa")
    lines = [[commune.name, *_counts(commune, dice)] for commune in setting.communes]
    _plant_names(lines, setting, dice)
    _plant_masks(lines, dice)
    return {"Familles": [Row(tuple(line)) for line in lines]}


def _counts(commune: Commune, dice: Dice) -> list[Value | Cell]:
    if dice.chance(NOT_GIVEN):
        return [_mark("nd")] * len(SHARES)
    people = min(commune.population, TOWN)
    counts = [int(people * share * dice.around(1, 0.5) + 0.5) for share in SHARES]
    return [_mark("s") if 0 < count < 5 else count for count in counts]


def _mark(text: str) -> Cell:
    return Cell(text, "", "mark_unexplained", f"« {text} » sans légende")


def _plant_names(lines: list[list[Value | Cell]], setting: Setting, dice: Dice) -> None:
    index_of = {commune.code: index for index, commune in enumerate(setting.communes)}
    former = former_names(setting)
    chosen = dice.sample(sorted(former), FORMER)
    for code in chosen:
        today = setting.communes[index_of[code]].name
        lines[index_of[code]][0] = Cell(former[code], "", "commune_former", f"aujourd'hui {today}")
    free = [index for code, index in index_of.items() if code not in chosen]
    for index in dice.sample(free, UNKNOWN) if len(free) > 1 else []:
        name = setting.communes[index].name
        wrong = misspelt(name, known_names(setting))
        lines[index][0] = Cell(wrong, "", "commune_unknown", f"pour {name}, une lettre changée")


def _plant_masks(lines: list[list[Value | Cell]], dice: Dice) -> None:
    secrets = [
        (row, column)
        for row, line in enumerate(lines)
        for column, value in enumerate(line)
        if isinstance(value, Cell) and value.value == "s"
    ]
    for row, column in dice.sample(secrets, MASKED):
        value = dice.between(1, 4)
        lines[row][column] = Cell(
            value, "masked", "value_masked_by_format", "format « <5 » sur la vraie valeur"
        )
