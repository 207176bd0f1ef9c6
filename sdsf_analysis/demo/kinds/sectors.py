"""Kind 22, « Secteurs »: the Caf's own zoning of the communes."""

import tomllib
from functools import cache
from importlib.resources import files

from sdsf_analysis.demo.cells import Cell, Row, Value
from sdsf_analysis.demo.kinds.codes import lost_zero, neighbour
from sdsf_analysis.demo.setting import Setting, by_epci

COMPASS = ("Secteur Nord", "Secteur Centre", "Secteur Sud")


def rows(setting: Setting) -> dict[str, list[Row]]:
    """One row per commune, and one commune of another département.

    Examples
    --------
    >>> len(rows(Setting("01"))["Secteurs"])
    392
    """
    sector_of = _sectors(setting)
    dice = setting.dice("sectors")
    lines: list[list[Value | Cell]] = [[c.code, c.name, sector_of[c.code]] for c in setting.communes]
    as_float, without_zero, *_ = dice.shuffled(range(len(lines))) * 2
    code = setting.communes[as_float].code
    if code.isdigit():
        lines[as_float][0] = Cell(f"{code}.0", "text", "code_as_float", "code suivi de « .0 »")
    if code.startswith("0") and without_zero != as_float:
        lines[without_zero][0] = lost_zero(setting.communes[without_zero].code)
    stranger = neighbour(setting)
    outside = Cell(stranger.code, "", "commune_outside", f"commune du département {stranger.departement}")
    lines.append([outside, stranger.name, lines[-1][2]])
    return {"Secteurs": [Row(tuple(line)) for line in lines]}


def _sectors(setting: Setting) -> dict[str, str]:
    declared = _declared().get(setting.departement)
    if declared:
        return {c.code: declared.get(c.epci.siren, declared["default"]) for c in setting.communes}
    return _compass(setting)


def _compass(setting: Setting) -> dict[str, str]:
    groups = sorted(by_epci(setting.communes).values(), key=lambda group: -setting.middle(group)[1])
    return {c.code: COMPASS[index * 3 // len(groups)] for index, group in enumerate(groups) for c in group}


@cache
def _declared() -> dict[str, dict[str, str]]:
    text = files("sdsf_analysis.demo").joinpath("sectors.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
