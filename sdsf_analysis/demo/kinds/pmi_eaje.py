"""« Liste PMI des établissements d'accueil »: the crèches that the Caf lists, as the PMI authorises them."""

from datetime import date

from sdsf_analysis.demo.cells import Cell, Row, Value, plain
from sdsf_analysis.demo.dice import Dice
from sdsf_analysis.demo.kinds.eaje import changes, closed_creche, creches, doubtful_places
from sdsf_analysis.demo.kinds.micro_creches import rows as micro_creche_rows
from sdsf_analysis.demo.names import town
from sdsf_analysis.demo.setting import Setting

NAME, CAPACITY, OPENED = 0, 3, 5
# below so many crèches, none is left to plant faults in
FEWEST = 6
LATER = 3
OPENED_LAST = date(2024, 9, 2)
Line = list[Value | Cell]


def rows(setting: Setting) -> dict[str, list[Row]]:
    """One row per crèche that is open, by commune; some contradict the Caf.

    Examples
    --------
    >>> rows(Setting("01"))["Établissements"][-1].cells[1:4]
    ("Jardin d'enfants", 'Bourg-en-Bresse', 20)
    """
    dice = setting.dice("pmi-eaje")
    closed = closed_creche(setting)
    funded = [creche for creche in creches(setting) if creche.number != closed]
    lines: list[Line] = []
    for creche in funded:
        opened = date(dice.between(1995, 2021), dice.between(1, 12), 1)
        opened = OPENED_LAST if creche.number == changes(setting).opened else opened
        line: Line = [creche.name, creche.kind, creche.commune.name, creche.places, opened, opened]
        lines.append([*line, creche.operator.name])
    small = _micro_creches(setting)
    if len(lines) >= FEWEST:
        # the places that the Caf's own file leaves in doubt contradict nothing
        doubtful = doubtful_places(setting)
        sure = [line for line, creche in zip(lines, funded, strict=True) if creche.number not in doubtful]
        _plant(sure, small, dice)
        lines.append(_only_here(setting))
    return {"Établissements": [Row(tuple(line)) for line in [*small, *lines]]}


def _micro_creches(setting: Setting) -> list[Line]:
    """Micro-crèches that are open, but for those whose line is faulty in the Caf's own file."""
    bearers = {(commune.postal_code, town(commune.name)): commune.name for commune in setting.communes}
    lines: list[Line] = []
    for row in micro_creche_rows(setting)[""]:
        name, runner, _, postal, place, places, opened, closed = row.cells
        commune = bearers.get((str(plain(postal)), str(plain(place))))
        if commune and closed is None and isinstance(places, int):
            lines.append([name, "Micro-crèche", commune, places, opened, opened, runner])
    return lines


def _plant(funded: list[Line], small: list[Line], dice: Dice) -> None:
    larger, smaller, near, *_ = dice.shuffled(funded)
    larger[CAPACITY] = _places(larger, 4)
    smaller[CAPACITY] = _places(smaller, -2)
    name = str(near[NAME])
    near[NAME] = Cell(name[:-1], "", "structure_near", f"pour « {name} », une lettre perdue")
    for line in dice.sample(small, 1):
        opened = line[OPENED]
        if isinstance(opened, date):
            later = date(opened.year, (opened.month + LATER - 1) % 12 + 1, 15)
            line[OPENED] = Cell(later, "", "sources_disagree", "autre date d'ouverture que la Caf")


def _places(line: Line, more: int) -> Cell:
    own = line[CAPACITY]
    places = own + more if isinstance(own, int) else more
    return Cell(places, "", "sources_disagree", f"la Caf dit {own}")


def _only_here(setting: Setting) -> Line:
    """A structure that the Caf funds in no way: only the PMI knows it."""
    host = max(setting.communes, key=lambda commune: commune.population)
    opened = date(2012, 9, 1)
    name = "Jardin d'enfants Les Hirondelles de craie"
    return [name, "Jardin d'enfants", host.name, 20, opened, opened, "Association Grains de Lune"]
