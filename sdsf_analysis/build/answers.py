"""Which file received answers which request: by its name, else by its kind and sender where one alone may."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import PurePosixPath
from typing import Any

from sdsf_analysis.build.intake import Intake
from sdsf_analysis.build.register import Request
from sdsf_analysis.model.french import plural
from sdsf_analysis.model.problems import Problem
from sdsf_analysis.model.requests import REQUESTS
from sdsf_analysis.reading.text import normalise
from sdsf_analysis.recipes.citing import CELL
from sdsf_analysis.recipes.recipe import Recipe
from sdsf_analysis.recipes.rows import MARKS
from sdsf_analysis.recipes.senders import is_sender

BY_KIND = "sorte de fichier et partenaire"
_SHOWN = 5


@dataclass(frozen=True)
class _Received:
    """A file received: its name, its kinds."""

    source: str
    kinds: frozenset[str]


def answered(
    requests: Iterable[Request], intakes: Iterable[Intake], recipes: Iterable[Recipe]
) -> tuple[Intake, list[Problem]]:
    """Find the file that answers each request.

    Parameters
    ----------
    requests : iterable of Request
        Lines of the register.
    intakes : iterable of Intake
        Files received.
    recipes : iterable of Recipe
        Kinds of files and their senders.

    Returns
    -------
    tuple of (Intake, list of Problem)
        The register as a file that gives the table ``requests``; the doubts about what answers what.
    """
    requests = list(requests)
    senders = {recipe.name: recipe.partner for recipe in recipes}
    files = [_Received(intake.source, frozenset(intake.recipes)) for intake in intakes]
    linked = {one.line: _by_name(one.texts.get("source", ""), files) for one in requests}
    named = {source for source in linked.values() if source}
    free = [file for file in files if file.source not in named]
    problems = list(_absent(requests, linked, files))
    origins = {}
    for one in requests:
        if one.texts.get("source"):
            continue
        found = [file for file in free if one.values["kind"] in file.kinds]
        rivals = [other for other in requests if _asks_alike(one, other)]
        sender = senders.get(str(one.values["kind"]), "")
        if len(found) == len(rivals) == 1 and is_sender(str(one.values["partner"] or ""), sender):
            linked[one.line], origins[one.line] = found[0].source, BY_KIND
        elif found and one.values["partner"]:
            problems.append(_unclear(one, found, rivals, sender))
    return _intake(requests, linked, origins), problems


def _by_name(text: str, files: Iterable[_Received]) -> str | None:
    """File of a name, be it written without its folder or its ending, or in other capitals."""
    wanted = _key(text)
    for shape in (lambda p: p, lambda p: PurePosixPath(p).name, lambda p: PurePosixPath(p).stem):
        found = [file.source for file in files if text and _key(shape(file.source)) == wanted]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _key(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip().replace("\\", "/").casefold()


def _asks_alike(one: Request, other: Request) -> bool:
    """Whether a line without the name of a file asks the same kind of the same partner."""
    same = all(normalise(str(one.values[n])) == normalise(str(other.values[n])) for n in ("kind", "partner"))
    return same and not other.texts.get("source")


def _absent(
    requests: list[Request], linked: Mapping[int, str | None], files: list[_Received]
) -> Iterator[Problem]:
    """Name the files that the register says received and that are not there, but for earlier versions."""
    for rank, one in enumerate(requests):
        text = one.texts.get("source")
        later = [other for other in requests[rank + 1 :] if _is_version_of(one, other)]
        if text and not linked[one.line] and not later:
            near = get_close_matches(text, [file.source for file in files], n=1)
            suggestion = f"Peut-être : {near[0]}." if near else ""
            message = f"« {text} » n'est pas dans data/raw."
            yield one.problem("source", "request_file_absent", message, suggestion)


def _is_version_of(one: Request, other: Request) -> bool:
    same = all(normalise(str(one.values[n])) == normalise(str(other.values[n])) for n in ("kind", "partner"))
    return same and bool(other.texts.get("source"))


def _unclear(one: Request, found: list[_Received], rivals: list[Request], sender: str) -> Problem:
    names = " ; ".join(f"« {file.source} »" for file in found[:_SHOWN]) + " ; …" * (len(found) > _SHOWN)
    if len(found) > 1:
        message = f"{plural(len(found), 'fichier')} de cette sorte peuvent répondre : {names}."
    elif len(rivals) > 1:
        lines = ", ".join(str(other.line) for other in rivals)
        message = f"{names} répond à l'une des demandes des lignes {lines} : dire laquelle."
    else:
        message = f"{names} est de cette sorte, que {sender} envoie d'habitude : répond-il à la demande ?"
    return one.problem("source", "request_file_unclear", message)


def _intake(
    requests: Iterable[Request], linked: Mapping[int, str | None], origins: Mapping[int, str]
) -> Intake:
    register = Intake(REQUESTS)
    rows: list[dict[str, Any]] = []
    for one in requests:
        # what is not there keeps the name that the analyst wrote
        source = linked[one.line] or one.values["source"]
        name = f"{REQUESTS}!!requests!{one.values['request']}"
        marks = dict(zip(MARKS, (name, REQUESTS, "", f"A{one.line}"), strict=True))
        rows.append(one.values | {"source": source} | marks)
        register.ledger += _ledger(one, name, origins)
    if rows:
        register.rows["requests"] = rows
        register.cast()
    return register


def _ledger(one: Request, name: str, origins: Mapping[int, str]) -> Iterator[tuple[str, ...]]:
    for column, cell in one.cells.items():
        if one.texts[column]:
            yield name, column, REQUESTS, "", cell, one.texts[column], CELL
    if one.line in origins:
        yield name, "source", REQUESTS, "", one.cells["kind"], one.texts["kind"], origins[one.line]
