"""Kind 14, « MAM »: houses where two to six childminders work together."""

from datetime import date

from sdsf_analysis.demo.cells import Cell, Row, Value
from sdsf_analysis.demo.names import structure_names
from sdsf_analysis.demo.setting import Setting
from sdsf_analysis.demo.spread import sites

PER_CHILD = 0.0028
FIRST_YEAR = 2011
PLACES, OPENED = 3, 4
FEWEST = 4
Line = list[Value | Cell]


def rows(setting: Setting) -> dict[str, list[Row]]:
    """One row per house.

    Examples
    --------
    >>> rows(Setting("01"))["MAM"][0].cells[1]
    'Ambérieu-en-Bugey'
    """
    dice = setting.dice("mam")
    names = structure_names(setting.dice("mam", "names"))
    lines: list[Line] = []
    for commune in sites(setting, round(setting.children * PER_CHILD), 600, "mam"):
        childminders = dice.pick((2, 2, 3, 3, 4, 4, 5, 6))
        places = min(20, childminders * dice.pick((3, 4, 4)))
        opened = date(dice.between(FIRST_YEAR, 2024), dice.between(1, 12), 1)
        lines.append([f"MAM {next(names)}", commune.name, childminders, places, opened])
    _plant(lines, setting)
    return {"MAM": [Row(tuple(line)) for line in lines]}


def _plant(lines: list[Line], setting: Setting) -> None:
    """Two capacities in a cell, a remark after a number, a date typed as a text; not in a short list."""
    drawn = setting.dice("mam", "faults").shuffled(lines)
    if len(drawn) < FEWEST:
        return
    drawn[0][PLACES] = Cell("8+4", "text", "number_doubtful", "deux capacités dans une cellule")
    text = f"{drawn[1][PLACES]} dont 4 en horaires atypiques"
    drawn[1][PLACES] = Cell(text, "text", "number_with_remark", "nombre suivi d'une précision")
    opened = drawn[2][OPENED]
    if isinstance(opened, date):
        drawn[2][OPENED] = Cell(f"{opened:%d/%m/%Y}", "text", "date_as_text", "date saisie comme du texte")
