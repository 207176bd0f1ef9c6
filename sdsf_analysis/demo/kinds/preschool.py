"""Kind 17, « préscolarisation »: pupils of two years by school, in a CSV whose name alone says its date."""

from datetime import date

from sdsf_analysis.demo.cells import Cell, Row, Value
from sdsf_analysis.demo.names import numbered, words
from sdsf_analysis.demo.setting import Setting
from sdsf_analysis.demo.spread import sites

CHILDREN_PER_CHILD = 0.03
PER_SCHOOL = 7
SCHOOL = 1
OBSERVED = date(2024, 9, 16)
Line = list[Value | Cell]


def rows(setting: Setting) -> dict[str, list[Row]]:
    """One row per school that takes pupils of two years.

    Examples
    --------
    >>> rows(Setting("90"))[""][0].cells[0]
    'Bavilliers'
    """
    dice = setting.dice("preschool")
    names = numbered([f"École maternelle {name}" for name in dice.shuffled(words("schools"))])
    hosts = sites(setting, round(setting.children * CHILDREN_PER_CHILD / PER_SCHOOL), 1200, "preschool")
    lines: list[Line] = [
        [commune.name, next(names), dice.between(2, 12), commune.code, OBSERVED] for commune in hosts
    ]
    school = str(lines[0][SCHOOL])
    lines[0][SCHOOL] = Cell(school, "", "situation_from_name", "seul le nom du fichier dit la date")
    return {"": [Row(tuple(line)) for line in lines]}
