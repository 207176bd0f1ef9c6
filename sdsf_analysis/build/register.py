"""The register of requests read from ``data/raw/demandes.csv``, as Excel may have saved it again."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from sdsf_analysis.build.kept_files import text_at, written_lines
from sdsf_analysis.errors import ReadingError
from sdsf_analysis.model.problems import Problem
from sdsf_analysis.model.requests import REQUESTS, TITLES
from sdsf_analysis.reading.sheet import Cell, address
from sdsf_analysis.reading.text import normalise
from sdsf_analysis.reading.typed.dates import read_date, read_month
from sdsf_analysis.reading.values import clean_text
from sdsf_analysis.recipes.recipe import Recipe
from sdsf_analysis.recipes.sources import slug

DATES = ("asked_on", "due_on", "received_on")
_NEEDED = ("kind", "partner")
# A label that Excel, or a hurried hand, writes for a title of the file.
_ALSO = {
    "request": ("n°", "numéro", "identifiant"),
    "kind": ("fichier", "sorte de fichier", "type de fichier", "recette"),
    "partner": ("destinataire", "demandé à"),
    "asked_on": ("date de demande",),
    "due_on": ("échéance", "pour le"),
    "received_on": ("date de réception",),
    "source": ("nom du fichier", "nom du fichier reçu"),
    "remark": ("observations", "observation", "remarques"),
}
# « 4-nov-24 », « 4 nov. 2024 »: what Excel makes of a day
_SHORT_DAY = re.compile(r"(\d{1,2})[ -](\D+?\.?[ -](?:\d{4}|\d{2}))")


@dataclass(frozen=True)
class Request:
    """One line of the register: its texts, what they mean, and where they stand.

    Attributes
    ----------
    line : int
        Number of the line in the file.
    texts : dict
        Text as written, by column of the table.
    cells : dict
        Address of each column.
    values : dict
        The tidy row.
    """

    line: int
    texts: Mapping[str, str]
    cells: Mapping[str, str]
    values: dict[str, Any] = field(default_factory=dict)

    def problem(self, column: str, code: str, message: str, suggestion: str = "") -> Problem:
        """Doubt about one cell of the line; that of a column that is absent stands at its first cell."""
        cell = self.cells.get(column) or f"A{self.line}"
        found = self.texts.get(column, "")
        return Problem(REQUESTS, "", cell, code, message, found, suggestion=suggestion)


def read_register(raw: Path, recipes: Iterable[Recipe]) -> tuple[list[Request], list[Problem]]:
    """Read the register of a workspace.

    Parameters
    ----------
    raw : pathlib.Path
        The folder ``data/raw``.
    recipes : iterable of Recipe
        The kinds of files that may be asked.

    Returns
    -------
    tuple of (list of Request, list of Problem)
        The requests, and the doubts about their cells; both empty without the file.
    """
    try:
        lines = written_lines(raw / REQUESTS)
    except ReadingError as error:
        return [], [_faulty("", f"Le fichier {REQUESTS} ne peut pas être lu ({error}).")]
    if not lines:
        return [], []
    columns = _columns(lines[0][1])
    absent = [f"« {TITLES[name]} »" for name in _NEEDED if name not in columns]
    if absent:
        return [], [_faulty(f"A{lines[0][0]}", f"Il manque à {REQUESTS} : {', '.join(absent)}.")]
    known = _kinds(recipes)
    read = [_request(number, row, columns, known) for number, row in lines[1:]]
    requests, repeated = _once(read)
    return requests, [*(p for one in requests for p in _doubts(one, known)), *repeated]


def _columns(header: Iterable[object]) -> dict[str, int]:
    """Position of each column of the table, by its title, its name or another usual label."""
    written = {normalise(clean_text(cell)): index for index, cell in reversed(list(enumerate(header)))}
    labels = {name: (title, name, *_ALSO.get(name, ())) for name, title in TITLES.items()}
    found = {
        name: next((written[key] for one in some if (key := normalise(one)) in written), None)
        for name, some in labels.items()
    }
    return {name: index for name, index in found.items() if index is not None}


def _request(number: int, row: list[Cell], columns: dict[str, int], known: Mapping[str, str]) -> Request:
    texts = {name: text_at(row, index) for name, index in columns.items()}
    cells = {name: address(number, index + 1) for name, index in columns.items()}
    values: dict[str, Any] = {name: texts.get(name) or None for name in TITLES}
    values |= {name: _day(texts.get(name, "")) for name in DATES}
    values["kind"] = known.get(normalise(texts["kind"]), texts["kind"] or None)
    # a line without a number is named by what it asks
    named = (values["kind"] or "", values["partner"] or "", str(values["asked_on"] or ""))
    values["request"] = values["request"] or slug("-".join((*named, values["version"] or "")))
    return Request(number, texts, cells, values)


def _day(text: str) -> date | None:
    """Day that a text writes, be it as Excel shortens it: « 4-nov-24 »."""
    if (day := read_date(text)[0]) or not (short := _SHORT_DAY.fullmatch(text)):
        return day
    month = read_month(short[2])
    return read_date(f"{short[1]}/{month[5:]}/{month[:4]}")[0] if month else None


def _kinds(recipes: Iterable[Recipe]) -> dict[str, str]:
    """Name of a recipe by the words that name it: itself, or its title."""
    words = [(word, recipe.name) for recipe in recipes for word in (recipe.title, recipe.name)]
    return {normalise(word): name for word, name in words}


def _doubts(one: Request, known: Mapping[str, str]) -> Iterator[Problem]:
    values, texts = one.values, one.texts
    if values["kind"] not in known.values():
        yield _unknown_kind(one, known)
    if not values["partner"]:
        message = f"La ligne {one.line} ne dit pas à qui le fichier est demandé."
        yield one.problem("partner", "request_partner_missing", message)
    for name in DATES:
        if texts.get(name) and values[name] is None:
            message = f"« {texts[name]} » ({TITLES[name]}) n'est pas une date."
            yield one.problem(name, "request_date_unread", message)
    for name in ("due_on", "received_on"):
        first, last = values["asked_on"], values[name]
        if first and last and last < first:
            message = f"« {TITLES[name]} » ({last:%d/%m/%Y}) précède « demandé le » ({first:%d/%m/%Y})."
            yield one.problem(name, "request_dates_reversed", message)


def _unknown_kind(one: Request, known: Mapping[str, str]) -> Problem:
    text = one.texts["kind"]
    what = f"« {text} » n'est pas une sorte de fichier connue" if text else "La sorte de fichier manque"
    message = f"{what} ; écrire l'une de celles-ci : {', '.join(sorted(set(known.values())))}."
    near = get_close_matches(normalise(text), known, n=1)
    return one.problem(
        "kind", "request_kind_unknown", message, f"Peut-être : {known[near[0]]}." if near else ""
    )


def _once(read: Iterable[Request]) -> tuple[list[Request], list[Problem]]:
    """Requests without those that an earlier line makes already, and a question about each of these."""
    seen: dict[object, Request] = {}
    kept, problems = [], []
    for one in read:
        said = tuple(one.values[name] for name in ("kind", "partner", "asked_on", "version"))
        first = seen.get(one.values["request"]) or seen.get(said)
        if first:
            message = f"La ligne {one.line} redit la demande de la ligne {first.line}."
            problems.append(one.problem("request", "request_repeated", message))
        else:
            seen[one.values["request"]] = seen[said] = one
            kept.append(one)
    return kept, problems


def _faulty(cell: str, message: str) -> Problem:
    return Problem(REQUESTS, "", cell, "requests_faulty", message)
