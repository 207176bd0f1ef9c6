"""What ``sdsf match`` prints: one JSON object a line, or a table."""

import json
from collections.abc import Iterable

import pandas as pd

from sdsf_analysis.publish.terminal import answer as written
from sdsf_analysis.reading.sheet import Cell
from sdsf_analysis.reading.values import clean_text
from sdsf_analysis.recipes.cells_to_match import CellToMatch
from sdsf_analysis.territories.answers import Answer
from sdsf_analysis.territories.events import Event

_COLUMNS = ["id", "text", "status", "code", "name", "rule", "own_code", "event", "suggestions"]


def matches_text(found: Iterable[tuple[CellToMatch, Answer]], form: str) -> str:
    """Write the answers.

    Parameters
    ----------
    found : iterable of (CellToMatch, Answer)
    form : {"table", "csv", "json"}
        JSON is one object a line, null for what there is none of.

    Examples
    --------
    >>> from sdsf_analysis.territories.matching import Question, match
    >>> print(matches_text([(CellToMatch("1", "01091"), match("01091", Question()))], "json"))
    {"id": "1", "text": "01091", "status": "match", "code": "01033", "name": "Valserhône", ...}
    """
    rows = [match_object(cell, answer) for cell, answer in found]
    if form == "json":
        return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    flat = [
        row | {"event": _event_text(row["event"]), "suggestions": _some(row["suggestions"])} for row in rows
    ]
    return written(pd.DataFrame(flat, columns=_COLUMNS), form)


def match_object(cell: CellToMatch, answer: Answer) -> dict[str, object]:
    """Give one answer as the object that other programs read."""
    return {
        "id": cell.id,
        "text": _text(cell.value),
        "status": answer.status,
        "code": answer.code or None,
        "name": answer.name or None,
        "rule": answer.rule or None,
        "own_code": answer.own_code or None,
        "event": _event(answer.event) if answer.event else None,
        "suggestions": [{"code": s.code, "name": s.name, "reason": s.reason} for s in answer.suggestions],
    }


def _text(value: Cell) -> str:
    return value if isinstance(value, str) else clean_text(value)


def _event(event: Event) -> dict[str, object]:
    when = {"date": event.date} if event.date else {"release": event.release}
    return {"kind": event.kind, **when}


def _event_text(event: object) -> str | None:
    return " ".join(str(part) for part in event.values()) if isinstance(event, dict) else None


def _some(suggestions: object) -> str | None:
    if not isinstance(suggestions, list) or not suggestions:
        return None
    return " ; ".join(f"{one['name']} ({one['code']}), {one['reason']}" for one in suggestions)
