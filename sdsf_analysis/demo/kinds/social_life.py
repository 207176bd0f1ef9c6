"""Kind 8, « AVS »: social centres and places of social life, two tables on one sheet."""

from dataclasses import replace
from datetime import date

from sdsf_analysis.demo.cells import Cell, Row, plain
from sdsf_analysis.demo.kinds.eaje import spelt
from sdsf_analysis.demo.names import structure_names
from sdsf_analysis.demo.setting import Setting
from sdsf_analysis.demo.spread import sites

INHABITANTS_PER_CENTRE = 26_000
INHABITANTS_PER_SMALL = 30_000
YEARS_AGREED = 4
AGREED_FROM, AGREED_TO, BUDGET = 2, 3, 5
EXPIRED = (date(2020, 1, 1), date(2023, 12, 31))


def rows(setting: Setting) -> dict[str, list[Row]]:
    """Rows of the two tables.

    Examples
    --------
    >>> list(rows(Setting("01")))
    ['Centres sociaux', 'Espaces de vie sociale']
    """
    return {
        "Centres sociaux": _expired(
            _table("Centre social", INHABITANTS_PER_CENTRE, (280, 900), 4000, setting), setting
        ),
        "Espaces de vie sociale": _planted(
            _table("EVS", INHABITANTS_PER_SMALL, (45, 160), 900, setting), setting
        ),
    }


def _expired(lines: list[Row], setting: Setting) -> list[Row]:
    """The agreement of one centre has come to its end, and nobody has written the next one."""
    index = setting.dice("avs", "expired").between(0, len(lines) - 1)
    cells = list(lines[index].cells)
    start, end = EXPIRED
    cells[AGREED_FROM], cells[AGREED_TO] = start, Cell(end, "", "agreement_expired", "agrément échu")
    lines[index] = replace(lines[index], cells=tuple(cells))
    return lines


def _planted(lines: list[Row], setting: Setting) -> list[Row]:
    """Strike one row through; a budget of another is provisional, as its note says."""
    first, *others = setting.dice("avs", "faults").shuffled(range(len(lines)))
    cells = list(lines[first].cells)
    cells[BUDGET] = Cell(f"{spelt(plain(cells[BUDGET]))}*", "text", "note_mark", "budget provisoire, « * »")
    lines[first] = replace(lines[first], cells=tuple(cells))
    for index in others[:1]:
        lines[index] = replace(lines[index], role="struck")
    return lines


def _table(word: str, per: int, budget: tuple[int, int], smallest: int, setting: Setting) -> list[Row]:
    dice = setting.dice("avs", word)
    names = structure_names(setting.dice("avs", word, "names"))
    lines = []
    for commune in sites(setting, round(setting.population / per), smallest, word):
        start = dice.between(2021, 2024)
        amount = dice.between(*budget) * 1000
        zone = max(200, round(min(commune.population, 12_000) * dice.around(0.6, 0.3)))
        agreed = (date(start, 1, 1), date(start + YEARS_AGREED - 1, 12, 31))
        result = round(amount * dice.around(0, 0.06))
        lines.append(Row((f"{word} {next(names)}", commune.name, *agreed, zone, amount, result)))
    return lines
