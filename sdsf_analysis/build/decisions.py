"""The analyst's rulings read from ``data/raw/decisions.csv``, as Excel may have saved it again."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from sdsf_analysis.build.kept_files import text_at, written_lines
from sdsf_analysis.errors import ReadingError, command_name
from sdsf_analysis.model.problems import Problem, catalogue
from sdsf_analysis.model.rulings import COLUMNS, FILE, Decision, Ruling
from sdsf_analysis.reading.sheet import Cell, address
from sdsf_analysis.reading.text import normalise
from sdsf_analysis.reading.typed.dates import read_date
from sdsf_analysis.reading.values import clean_text

_NEEDED = ("source", "code", "decision", "reason")
_DECISIONS = {normalise(decision): decision for decision in Decision}
Line = dict[str, str]
Places = dict[str, int]


def read_decisions(raw: Path) -> tuple[list[Ruling], list[Problem]]:
    """Read the rulings of a workspace.

    Parameters
    ----------
    raw : pathlib.Path
        The folder ``data/raw``.

    Returns
    -------
    tuple of (list of Ruling, list of Problem)
        The rulings, and one problem per line that is not applied; both empty without the file.
    """
    try:
        lines = written_lines(raw / FILE)
    except ReadingError as error:
        return [], [_faulty("", f"Le fichier {FILE} ne peut pas être lu ({error}).")]
    if not lines:
        return [], []
    places = {normalise(clean_text(cell)): index for index, cell in enumerate(lines[0][1])}
    columns = {name: places[normalise(name)] for name in COLUMNS if normalise(name) in places}
    absent = [name for name in _NEEDED if name not in columns]
    if absent:
        message = f"Il manque au fichier {FILE} les colonnes : {', '.join(absent)}."
        return [], [_faulty(f"A{lines[0][0]}", message)]
    return _rulings(lines[1:], columns)


def _rulings(lines: list[tuple[int, list[Cell]]], columns: Places) -> tuple[list[Ruling], list[Problem]]:
    rulings: dict[tuple[str, ...], Ruling] = {}
    problems = []
    for number, row in lines:
        line = {name: text_at(row, columns.get(name)) for name in COLUMNS}
        key = tuple(line[name] for name in COLUMNS[:5])
        column, fault = _fault(line)
        if not fault and key in rulings:
            column, fault = "cell", f"La ligne {rulings[key].line} tranche déjà ce problème."
        if fault:
            cell = address(number, columns.get(column, 0) + 1)
            problems.append(_faulty(cell, f"{FILE}, ligne {number}. {fault}", line[column]))
        else:
            rulings[key] = _ruling(number, line)
    return list(rulings.values()), problems


def _fault(line: Line) -> tuple[str, str]:
    """Column of a line that stops it, and the French sentence; both empty for a good line."""
    found = ((column, say(line)) for column, say in _CHECKS.items())
    return next(((column, fault) for column, fault in found if fault), ("", ""))


def _unknown_decision(line: Line) -> str:
    if normalise(line["decision"]) in _DECISIONS:
        return ""
    known = ", ".join(f"« {decision} »" for decision in Decision)
    return f"« {line['decision']} » n'est pas une décision ; écrire {known}."


def _unknown_code(line: Line) -> str:
    if line["code"] in catalogue():
        return ""
    copy = f"la recopier de « {command_name()} problems »"
    if line["code"]:
        return f"La cause « {line['code']} » n'existe pas ; {copy}."
    is_whole = _DECISIONS.get(normalise(line["decision"])) is Decision.LEAVE_OUT and not line["cell"]
    return "" if is_whole else f"La cause manque : {copy}. Seul un fichier ou une feuille s'écarte sans elle."


def _missing_value(line: Line) -> str:
    decision = _DECISIONS.get(normalise(line["decision"]))
    if decision is Decision.CLOSE and not _day(line["value"]):
        return "« fermer » demande la date du dernier jour (JJ/MM/AAAA) comme valeur."
    if _DECISIONS.get(normalise(line["decision"])) is not Decision.REPLACE:
        return ""
    if not line["cell"]:
        return "« remplacer » demande une cellule."
    return "" if line["value"] else "« remplacer » demande la valeur à mettre dans la cellule."


def _unread_day(line: Line) -> str:
    day = line["decided_on"]
    return f"« {day} » n'est pas une date ; écrire JJ/MM/AAAA." if day and not _day(day) else ""


_CHECKS: dict[str, Callable[[Line], str]] = {
    "source": lambda line: "" if line["source"] else "Le fichier (source) n'est pas nommé.",
    "code": _unknown_code,
    "decision": _unknown_decision,
    "value": _missing_value,
    "reason": lambda line: "" if line["reason"] else "La raison manque.",
    "decided_on": _unread_day,
}


def _ruling(number: int, line: Line) -> Ruling:
    place = {name: line[name] for name in ("source", "sheet", "code", "found", "value", "reason")}
    decision = _DECISIONS[normalise(line["decision"])]
    cell = line["cell"].upper().replace("$", "")
    return Ruling(line=number, cell=cell, decision=decision, decided_on=_day(line["decided_on"]), **place)


def _day(text: str) -> date | None:
    return read_date(text)[0]


def _faulty(cell: str, message: str, found: str = "") -> Problem:
    return Problem(FILE, "", cell, "decision_faulty", message, found)
