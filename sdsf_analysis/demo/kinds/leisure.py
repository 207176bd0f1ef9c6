"""Kind 7, « ALSH »: leisure centres, after school and in holidays."""

from datetime import datetime

from sdsf_analysis.demo.cells import Cell, Row, Value
from sdsf_analysis.demo.dice import Dice
from sdsf_analysis.demo.names import operator, structure_names, words
from sdsf_analysis.demo.setting import Commune, Setting
from sdsf_analysis.demo.spread import sites

PER_1000_INHABITANTS = 0.42
# Each sender says the ages in her own way.
AGES = (
    ("3-5", "6-11", "6-11", "12-17", "3-5, 6-11"),
    ("-6", "+6", "-6 / +6", "-6 / +6"),
    ("mat.", "élém.", "mat./élém.", "ados", "mat./élém./ados"),
)
HOLIDAYS, AGE = 5, 7
# What Excel makes of « 6-11 » typed in a cell that is not text: 6 November of the year of typing.
AGE_AS_DATE = datetime(2024, 11, 6)  # noqa: DTZ001 - a date of Excel bears no time zone


def rows(setting: Setting) -> dict[str, list[Row]]:
    """One row per leisure centre and age band.

    Examples
    --------
    >>> rows(Setting("90"))["ALSH"][0].cells[7] in sum(AGES, ())
    True
    """
    dice = setting.dice("alsh")
    names = structure_names(setting.dice("alsh", "names"))
    hosts = sites(setting, round(setting.population / 1000 * PER_1000_INHABITANTS), 900, "alsh")
    ages = setting.dice("alsh", "ages").pick(AGES)
    lines = [_line(next(names), commune, ages, dice) for commune in hosts]
    _plant(lines, setting)
    if setting.faults == "all":
        hit = next((line for line in lines if line[AGE] == "6-11"), lines[-1])
        hit[AGE] = Cell(AGE_AS_DATE, "day_month", "age_band_as_date", "« 6-11 » devenu le 6 novembre")
    return {"ALSH": [Row(tuple(line)) for line in lines]}


def _plant(lines: list[list[Value | Cell]], setting: Setting) -> None:
    """A school that may or may not have its nursery school; fewer places in August."""
    first, *others = setting.dice("alsh", "faults").shuffled(lines)
    first[AGE] = Cell("primaire", "", "choice_unknown", "« primaire » : avec ou sans la maternelle ?")
    for line in others[:1]:
        text = f"{line[HOLIDAYS]} ({line[HOLIDAYS] // 2} en août)"  # type: ignore[operator]
        line[HOLIDAYS] = Cell(text, "text", "number_doubtful", "deux capacités dans une cellule")


def _line(name: str, commune: Commune, ages: tuple[str, ...], dice: Dice) -> list[Value | Cell]:
    runner = operator(commune, dice)
    organiser = dice.pick(words("syndicats")) if dice.chance(0.1) else runner.name
    after_school, holidays = dice.between(20, 120), dice.between(16, 80)
    return [
        f"ALSH {name}", organiser, commune.name,
        after_school, after_school * dice.between(190, 320),
        holidays, holidays * dice.between(280, 520),
        dice.pick(ages), dice.between(0, 6),
    ]  # fmt: skip
