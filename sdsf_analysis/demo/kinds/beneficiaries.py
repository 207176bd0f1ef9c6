"""Kind 11, « Allocataires par commune »: counts rounded to 5, with `<5` and `s` that a legend explains."""

from sdsf_analysis.demo.cells import Cell, Row, Value
from sdsf_analysis.demo.dice import Dice
from sdsf_analysis.demo.kinds.codes import lost_zero
from sdsf_analysis.demo.setting import Commune, Setting

YEARS = (2022, 2023, 2024)
# Per inhabitant: households, single-parent families, low incomes, children by age, disabled children.
SHARES = (0.152, 0.021, 0.034, 0.028, 0.031, 0.071, 0.066, 0.0035)
HIDDEN = 0.004
LOST_ZEROS = 3


def rows(setting: Setting) -> dict[str, list[Row]]:
    """One row per commune and year.

    Examples
    --------
    >>> len(rows(Setting("01"))["Allocataires"])
    1173
    """
    lines = [line for commune in setting.communes for line in _commune(commune, setting)]
    _plant(lines, setting)
    return {"Allocataires": [Row(tuple(line)) for line in lines]}


def rounded(count: int) -> Value:
    """Round to 5; from 1 to 4, say so without the number.

    Examples
    --------
    >>> rounded(0), rounded(3), rounded(12)
    (0, '<5', 10)
    """
    return "<5" if 0 < count < 5 else 5 * round(count / 5)


def _commune(commune: Commune, setting: Setting) -> list[list[Value | Cell]]:
    dice = setting.dice("allocataires", commune.code)
    return [
        [commune.code, commune.name, year, *(_count(commune, share, year, dice) for share in SHARES)]
        for year in YEARS
    ]


def _count(commune: Commune, share: float, year: int, dice: Dice) -> Value:
    trend = 1 - 0.008 * (year - YEARS[0])
    count = int(commune.population * share * trend * dice.around(1, 0.25) + 0.5)
    return "s" if dice.chance(HIDDEN) else rounded(count)


def _plant(lines: list[list[Value | Cell]], setting: Setting) -> None:
    dice = setting.dice("allocataires", "faults")
    drawn = dice.sample(range(len(lines)), LOST_ZEROS)
    if setting.communes[0].code.startswith("0"):
        for index in drawn:
            lines[index][0] = lost_zero(str(lines[index][0]))
    if len(setting.communes) > LOST_ZEROS + 1:
        _plant_conflict([line for index, line in enumerate(lines) if index not in drawn], dice)


def _plant_conflict(lines: list[list[Value | Cell]], dice: Dice) -> None:
    hit = dice.pick(lines)
    stranger = dice.pick([line[1] for line in lines if line[1] != hit[1]])
    hit[0] = Cell(
        hit[0] if not isinstance(hit[0], Cell) else hit[0].value, "", "commune_conflict", f"code : {hit[1]}"
    )
    hit[1] = stranger
