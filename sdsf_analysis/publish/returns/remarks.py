"""What the sender of a file is told of its cells: a colour, a comment, a line of the sheet « À corriger »."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from sdsf_analysis.model.problems import ORDER, Problem, Severity, cause
from sdsf_analysis.reading.sheet import Place
from sdsf_analysis.reading.text import column_index

COLOURS = {Severity.QUESTION: "#F8CBAD", Severity.ERROR: "#FF9C9C", Severity.WARNING: "#FFEB9C"}
WORDS = {Severity.QUESTION: "à préciser", Severity.ERROR: "à corriger", Severity.WARNING: "à vérifier"}
# Beyond, the cells of one cause are coloured and counted: a hundred balloons say no more than fifty.
MAX_SAID = 50
MAX_TEXT = 2000
_CELL = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::.*)?")


@dataclass(frozen=True)
class Remark:
    """What is said of one cell.

    Attributes
    ----------
    sheet : str
        Name of the sheet, empty for the only one of a text file.
    cell : str
        Address of the cell.
    place : tuple of int
        Row and column, from 1.
    message, advice : str
        What was found, what the sender is asked to do.
    """

    sheet: str
    cell: str
    place: Place
    code: str
    severity: Severity
    message: str
    advice: str

    @property
    def text(self) -> str:
        """Text of the comment."""
        return f"{WORDS[self.severity].capitalize()}\n{self.message}\n→ {self.advice}"[:MAX_TEXT]


def remarks(problems: Iterable[Problem]) -> dict[str, list[Remark]]:
    """Turn problems into what each sender is told, the gravest first.

    Parameters
    ----------
    problems : iterable of Problem

    Returns
    -------
    dict of str to list of Remark
        By source. What stands at no cell, is but a detail, or is no fault of the file is left out.

    Examples
    --------
    >>> told = remarks([Problem("a.xlsx", "CTG", "B4", "row_incomplete", "La cellule B4 est vide.")])
    >>> print(told["a.xlsx"][0].text)
    À corriger
    La cellule B4 est vide.
    → Compléter la cellule.
    """
    found: dict[str, dict[Remark, None]] = {}
    for problem in problems:
        place = _place(problem.cell)
        if place and problem.severity in COLOURS and problem.code not in _words()["ours"]:
            found.setdefault(problem.source, {})[_remark(problem, place)] = None
    return {source: sorted(some, key=lambda r: ORDER.index(r.severity)) for source, some in found.items()}


def _remark(problem: Problem, place: Place) -> Remark:
    cell = problem.cell.partition(":")[0].replace("$", "")
    advice = _advice(problem)
    return Remark(problem.sheet, cell, place, problem.code, problem.severity, problem.message, advice)


def _place(cell: str) -> Place | None:
    match = _CELL.fullmatch(cell)
    return (int(match[2]), column_index(match[1])) if match else None


def advice_of(code: str) -> str:
    """What the sender of a file is asked to do about a cause, whatever the cell says.

    Examples
    --------
    >>> advice_of("row_incomplete")
    'Compléter la cellule.'
    """
    known = _words()["advice"]
    return str(known.get(code, known["default"]))


def _advice(problem: Problem) -> str:
    """What to do, after what this cell alone suggests (« Peut-être : Ajaccio »)."""
    # the catalogue's own suggestion speaks to the analyst
    own = problem.suggestion if problem.suggestion != cause(problem.code).suggestion else ""
    return f"{own} {advice_of(problem.code)}".strip()


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "returns.toml").read_text(encoding="utf-8"))


def by_sheet(some: Iterable[Remark]) -> dict[str, list[Remark]]:
    """Remarks by sheet, their order kept."""
    sheets: dict[str, list[Remark]] = {}
    for remark in some:
        sheets.setdefault(remark.sheet, []).append(remark)
    return sheets


def colours(some: Iterable[Remark]) -> dict[Place, Severity]:
    """Gravest severity of each cell."""
    found: dict[Place, Severity] = {}
    for remark in some:
        known = found.get(remark.place, remark.severity)
        found[remark.place] = min(known, remark.severity, key=ORDER.index)
    return found


def said(some: Iterable[Remark]) -> tuple[list[Remark], dict[str, int]]:
    """Remarks said one by one, and how many more of each cause are only coloured.

    Examples
    --------
    >>> many = [Remark("", f"A{r}", (r, 1), "row_incomplete", Severity.ERROR, "", "") for r in range(1, 60)]
    >>> shown, more = said(many)
    >>> len(shown), more
    (50, {'row_incomplete': 9})
    """
    counts: dict[str, int] = {}
    shown = []
    for remark in some:
        counts[remark.code] = counts.get(remark.code, 0) + 1
        if counts[remark.code] <= MAX_SAID:
            shown.append(remark)
    return shown, {code: n - MAX_SAID for code, n in counts.items() if n > MAX_SAID}


def comments(some: Iterable[Remark]) -> dict[Place, str]:
    """Text of the comment of each cell that has one."""
    texts: dict[Place, list[str]] = {}
    for remark in some:
        texts.setdefault(remark.place, []).append(remark.text)
    return {place: "\n\n".join(parts)[:MAX_TEXT] for place, parts in texts.items()}
