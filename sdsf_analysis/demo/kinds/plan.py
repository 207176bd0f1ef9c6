"""Kind 19, plans of action: the SDSF's with its working groups, those of the CTG in two other layouts."""

import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from sdsf_analysis.demo.cells import Cell, Row, Value
from sdsf_analysis.demo.conventions import Convention, conventions
from sdsf_analysis.demo.setting import Setting

FIRST_VALUE = 12
TO_COMPLETE = "à compléter"
_ROLES = (
    ("initiale", date(2022, 12, 31)),
    ("constatée", date(2024, 6, 30)),
    ("cible", date(2025, 12, 31)),
)
_MEETINGS = (
    (date(2023, 3, 17), "Lancement des travaux"),
    (date(2023, 11, 14), "Fiches-actions"),
    (date(2024, 6, 11), "Bilan à mi-parcours"),
    (date(2025, 3, 18), "Perspectives d'actions"),
)
_HELD_BEFORE = date(2024, 12, 31)


def rows(setting: Setting) -> dict[str, list[Row]]:
    """One row per action of the SDSF, then the meetings of its working groups, the one to come included.

    Examples
    --------
    >>> rows(Setting("01"))["Plan d'actions"][0].cells[0]
    'Maintien et développement des services'
    >>> len({row.cells[0] for row in rows(Setting("42"))["Groupes de travail"]})
    6
    """
    orientations = _plans().get(setting.departement, _plans()["usual"])
    return {
        "Plan d'actions": [
            Row(_cells(orientation["orientation"], f"{rank}.{number}", action))
            for rank, orientation in enumerate(orientations, 1)
            for number, action in enumerate(orientation["actions"], 1)
        ],
        "Groupes de travail": list(_meetings(orientations, setting)),
    }


def ctg_rows(setting: Setting) -> dict[str, list[Row]]:
    """Plan of one CTG: its actions, and the values of its indicators one below the other.

    Examples
    --------
    >>> made = ctg_rows(Setting("01"))
    >>> [cell for cell in made["Indicateurs"][0].cells][-3:-1]
    ['initiale', datetime.date(2022, 12, 31)]
    """
    numbered = [
        (orientation["orientation"], f"{rank}.{number}", action)
        for rank, orientation in enumerate(_plans()["ctg"], 1)
        for number, action in enumerate(orientation["actions"], 1)
    ]
    return {
        "Fiches-actions": [Row((axis, number, *action[:7], None)) for axis, number, action in numbered],
        "Indicateurs": [row for _, number, action in numbered for row in _values(number, action)],
    }


def followed_rows(setting: Setting) -> dict[str, list[Row]]:
    """Actions of other CTG, the CTG in a column.

    Examples
    --------
    >>> len(followed_rows(Setting("01"))["Suivi"])
    4
    """
    others = [one for one in conventions(setting) if one != planned_ctg(setting)] or [planned_ctg(setting)]
    made = []
    for rank, orientation in enumerate(_plans()["ctg_followed"]):
        convention = others[rank % len(others)]
        for number, action in enumerate(orientation["actions"], 1):
            made.append(
                Row(_followed(convention, f"S{rank + 1}.{number}", orientation["orientation"], action))
            )
    return {"Suivi": made}


def planned_ctg(setting: Setting) -> Convention:
    """The convention whose plan is sent alone: the first in force, else the first.

    Examples
    --------
    >>> planned_ctg(Setting("01")).number
    'CTG-01-001'
    """
    known = conventions(setting)
    return next((one for one in known if one.is_in_force), known[0])


def _followed(convention: Convention, number: str, axis: str, action: list[Any]) -> tuple[Value | Cell, ...]:
    title, lead, _, _, start, end, stage, *indicator = action
    cells = [convention.number, axis, number, title, lead, start, end, stage, *indicator[:3]]
    values = [_value(value) for value in indicator[3:]]
    first, _, target = indicator[3:]
    if indicator[1] == "%" and isinstance(first, float) and first < 1 < target:
        values[0] = Cell(first, "general", "scale_mixed", "part au milieu de pourcentages")
    if indicator[2] == "à la baisse" and isinstance(target, int) and target > first:
        values[2] = Cell(target, "general", "direction_doubtful", "cible au-dessus de la valeur initiale")
    return (*cells, *values)


def _values(number: str, action: list[Any]) -> Iterator[Row]:
    _, _, _, _, _, _, _, indicator, unit, direction, *values = action
    for (role, day), value in zip(_ROLES, values, strict=True):
        if value != "":
            shown = Cell(value, "percent") if isinstance(value, float) else _value(value)
            yield Row((number, indicator, unit, direction, role, day, shown))


def _meetings(orientations: list[dict[str, Any]], setting: Setting) -> Iterator[Row]:
    dice = setting.dice("working groups")
    groups = dict.fromkeys(action[3] for orientation in orientations for action in orientation["actions"])
    for group in groups:
        for day, agenda in _MEETINGS:
            place, present = dice.pick(setting.communes).name, dice.between(8, 24)
            is_held = day <= _HELD_BEFORE
            yield Row((group, day, place if is_held else None, present if is_held else None, agenda))


def _cells(orientation: str, number: str, action: list[Any]) -> tuple[Value | Cell, ...]:
    cells = [orientation, number, *action]
    return (*cells[:FIRST_VALUE], *(_value(value) for value in cells[FIRST_VALUE:]))


def _value(value: str | float) -> Value | Cell:
    if value == "":
        return None
    if value == TO_COMPLETE:
        return Cell(value, "text", "mark_unexplained", f"« {TO_COMPLETE} » sans légende")
    if isinstance(value, str):
        return Cell(value, "text", "number_as_text", "pourcentage saisi comme du texte")
    return Cell(value, "general")


@cache
def _plans() -> dict[str, list[dict[str, Any]]]:
    text = files("sdsf_analysis.demo").joinpath("plan.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
