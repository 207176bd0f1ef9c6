"""Kind 24, « Projets »: places to come, by new structures and by extensions of crèches that exist."""

from datetime import date

from sdsf_analysis.demo.cells import Cell, Row, Value
from sdsf_analysis.demo.dice import Dice
from sdsf_analysis.demo.kinds.eaje import creches
from sdsf_analysis.demo.names import of_place, structure_names
from sdsf_analysis.demo.setting import Commune, Setting
from sdsf_analysis.demo.spread import sites

ONE_PER = 45_000
STATES = ("à l'étude", "dossier déposé", "accordé", "accordé", "travaux")
KINDS = (("Micro-crèche", "Paje", 12), ("Multi-accueil", "PSU", 24), ("MAM", "Autre", 12))
EXTENSIONS = 2
# months from the date of the file to the opening, by state
DELAYS = {"à l'étude": (20, 34), "dossier déposé": (14, 26), "accordé": (8, 20), "travaux": (2, 11)}
STATE, OPENING = 6, 7


def rows(setting: Setting) -> dict[str, list[Row]]:
    """One row per project.

    Examples
    --------
    >>> len(rows(Setting("01"))["Projets"]) > 10
    True
    """
    dice = setting.dice("projects")
    lines = [*_new(setting, dice), *_extensions(setting, dice)]
    _plant(lines, dice)
    return {"Projets": [Row(tuple(line)) for line in lines]}


def _new(setting: Setting, dice: Dice) -> list[list[Value | Cell]]:
    names = structure_names(setting.dice("projects", "names"))
    taken = {creche.name for creche in creches(setting)}
    free = (name for name in names if name not in taken)
    hosts = sites(setting, max(2, round(setting.population / ONE_PER)), 900, "projects")
    return [_line(next(free), commune, dice.pick(KINDS), dice) for commune in hosts]


def _extensions(setting: Setting, dice: Dice) -> list[list[Value | Cell]]:
    known = creches(setting)
    chosen = dice.sample(known, min(EXTENSIONS, len(known)))
    return [
        _line(f"{creche.name} – extension", creche.commune, (creche.kind, "PSU", dice.between(3, 8)), dice)
        for creche in chosen
    ]


def _line(name: str, commune: Commune, kind: tuple[str, str, int], dice: Dice) -> list[Value | Cell]:
    label, funding, places = kind
    state = dice.pick(STATES)
    months = dice.between(*DELAYS[state])
    opening = date(2025 + months // 12, months % 12 + 1, 1)
    cofinancer = dice.pick((commune.epci.name, f"Commune {of_place(commune.name)}", "aucun"))
    return [name, commune.name, label, places, funding, cofinancer or None, state, opening]


def _plant(lines: list[list[Value | Cell]], dice: Dice) -> None:
    """A project that is said open counts nowhere until asked about; an opening is written as text."""
    said_open, as_text, *_ = dice.shuffled(lines)
    said_open[STATE] = Cell("ouvert", "", "choice_unknown", "un projet dit ouvert")
    day = as_text[OPENING]
    as_text[OPENING] = Cell(f"{day:%d/%m/%Y}", "text", "date_as_text", "date saisie comme du texte")
