"""Kind 19, « Plan d'actions SDSF »: actions by orientation, with an indicator from baseline to target."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from sdsf_analysis.demo.cells import Cell, Row, Value
from sdsf_analysis.demo.setting import Setting

FIRST_VALUE = 12
TO_COMPLETE = "à compléter"


def rows(setting: Setting) -> dict[str, list[Row]]:
    """One row per action.

    Examples
    --------
    >>> rows(Setting("01"))["Plan d'actions"][0].cells[0]
    'Maintien et développement des services'
    """
    orientations = _plans().get(setting.departement, _plans()["usual"])
    return {
        "Plan d'actions": [
            Row(_cells(orientation["orientation"], f"{rank}.{number}", action))
            for rank, orientation in enumerate(orientations, 1)
            for number, action in enumerate(orientation["actions"], 1)
        ]
    }


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
