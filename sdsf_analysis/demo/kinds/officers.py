"""Kind 2, « Chargés de coopération »: posts by convention, and the meetings of the network."""

from datetime import date

from sdsf_analysis.demo.cells import Cell, Row, Value
from sdsf_analysis.demo.conventions import Convention, conventions
from sdsf_analysis.demo.dice import Dice
from sdsf_analysis.demo.names import email, words
from sdsf_analysis.demo.setting import Commune, Setting

INHABITANTS_PER_POST = 18_000
MOST_POSTS = 6
AGREED, FUNDED, ACTUAL = 5, 6, 7
SHARES = (0.3, 0.5, 0.5, 0.6, 0.8, 1.0)
FTE_TEXTS = (
    (2, "0,5 ETP", 0.5),
    (6, "mi-temps", 0.5),
    (11, "0,8 ETP", 0.8),
    (14, "80 %", 0.8),
    (17, "17,5/35e", 0.5),
    (20, "28 h", 0.8),
)
MEETINGS = (date(2023, 5, 23), date(2023, 10, 12), date(2024, 5, 28), date(2024, 10, 10))


def rows(setting: Setting) -> dict[str, list[Row]]:
    """Rows of the posts and of the meetings.

    Examples
    --------
    >>> len(rows(Setting("01"))["Réseau"])
    4
    """
    dice = setting.dice("officers")
    lines = _posts(setting, dice)
    _share_a_person(lines)
    _plant_vacancies(lines)
    _plant_text(lines)
    return {"Chargés de coopération": [Row(tuple(line)) for line in lines], "Réseau": _meetings(setting)}


def _posts(setting: Setting, dice: Dice) -> list[list[Value | Cell]]:
    people = [(first, last) for last in words("surnames") for first in words("first_names")]
    drawn = iter(dice.shuffled(people))
    return [
        _post(convention, theme, next(drawn), dice)
        for convention in conventions(setting)
        if convention.is_in_force or convention.stage == "expired"
        for theme in _themes(convention, dice)
    ]


def _themes(convention: Convention, dice: Dice) -> list[str]:
    count = min(MOST_POSTS, 1 + convention.perimeter.population // INHABITANTS_PER_POST)
    return ["Coordination", *dice.sample(words("themes"), count)]


def _post(convention: Convention, theme: str, person: tuple[str, str], dice: Dice) -> list[Value | Cell]:
    perimeter = convention.perimeter
    first, last = person
    agreed = 1.0 if theme == "Coordination" else dice.pick(SHARES)
    funded = min(agreed, 0.5) if dice.chance(0.3) else agreed
    is_communal = perimeter.shape == "several" or not perimeter.epcis
    employer = perimeter.main_commune.name if is_communal else perimeter.epcis[0].name
    start = date(dice.between(2020, 2023), dice.between(1, 12), 1)
    return [
        convention.number, last, first, email(first, last), employer,
        agreed, funded, agreed, theme, start, None,
    ]  # fmt: skip


def _share_a_person(lines: list[list[Value | Cell]]) -> None:
    first = lines[0]
    others = [line for line in lines if line[0] != first[0]]
    if others:
        first[AGREED] = first[FUNDED] = first[ACTUAL] = others[-1][AGREED] = others[-1][FUNDED] = 0.5
        others[-1][1:4], others[-1][ACTUAL] = first[1:4], 0.5


def _plant_vacancies(lines: list[list[Value | Cell]]) -> None:
    for index, word in ((5, "vacant"), (9, "poste vacant")):
        if index < len(lines):
            lines[index][1:4] = [word, None, None]
            lines[index][ACTUAL], lines[index][9] = 0, None


def _plant_text(lines: list[list[Value | Cell]]) -> None:
    for index, text, share in FTE_TEXTS:
        if index < len(lines):
            lines[index][AGREED] = Cell(text, "text", "number_as_text", "ETP écrit en toutes lettres")
            lines[index][FUNDED] = lines[index][ACTUAL] = share


def _meetings(setting: Setting) -> list[Row]:
    dice = setting.dice("meetings")
    hosts: tuple[Commune, ...] = setting.communes
    return [
        Row((day, dice.pick(hosts).name, dice.between(28, 46), agenda))
        for day, agenda in zip(MEETINGS, words("meetings"), strict=True)
    ]
