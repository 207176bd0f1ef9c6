"""From what a row says of its EPCI or of its département to the code, or the reason why not."""

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from sdsf_analysis.reading.text import normalise
from sdsf_analysis.territories import reference
from sdsf_analysis.territories.answers import Answer, Asked, Suggestion
from sdsf_analysis.territories.cell import departements
from sdsf_analysis.territories.epcis import epcis_of
from sdsf_analysis.territories.names import CommuneIndex

# what the Cnaf writes for a territory that it does not name
_WITHHELD = re.compile(r"x+", re.IGNORECASE)
_DECIMALS = re.compile(r"[.,]0+$")
_AS_QUANTITY = re.compile(r"\d+[.,]\d")
UNNAMED, UNKNOWN, CONFLICT = "territory_unnamed", "epci_unknown", "territory_conflict"


class Written(NamedTuple):
    """What a row says of its territory; empty where it does not.

    Attributes
    ----------
    code, name : str
        As written.
    departement : str
        Code of the one that stands beside an EPCI.
    """

    code: str
    name: str
    departement: str = ""


class Found(NamedTuple):
    """The territory of a row, or why there is none: `ELSEWHERE` is of another département."""

    code: str = ""
    problem: str = ""
    message: str = ""
    repaired_to: str = ""
    suggestion: str = ""


ELSEWHERE = Found()


def read_epci(written: Written, index: CommuneIndex) -> Found:
    """EPCI that a row names, of which at least one commune is in the département.

    The département written beside an EPCI is that of its seat: it only tells of those that are not known.

    Examples
    --------
    >>> index = CommuneIndex("01", 2026)
    >>> read_epci(Written("200070308.0", "CA MACONNAIS BEAUJOLAIS", "71"), index)[:2]
    ('200070308', 'code_as_float')
    >>> read_epci(Written("XX", "XX"), index).message
    "« XX » ne nomme aucun EPCI : la ligne n'est pas reprise."
    """
    text = written.code or written.name
    if not text or _WITHHELD.fullmatch(text):
        is_elsewhere = written.departement not in ("", index.departement)
        return ELSEWHERE if is_elsewhere else _unnamed(text, "aucun EPCI")
    epcis = epcis_of(index.year)
    answer = epcis.answer(text, Asked("" if written.code else written.departement))
    if not answer.code:
        return _no_epci(written, answer, index)
    if written.code and (other := _other_epci(answer.code, written.name, index)):
        return _conflict(written, answer.name, other)
    is_ours = index.departement in epcis.departements.get(answer.code, ())
    return _repaired(written.code, answer.code, answer.name) if is_ours else ELSEWHERE


def _other_epci(siren: str, name: str, index: CommuneIndex) -> str:
    """EPCI of the département that a name is surely of, where it is not that of a SIREN."""
    epcis = epcis_of(index.year)
    if not name or epcis.answer(f"{siren} {name}", Asked()).code:
        return ""
    answer = epcis.answer(name, Asked(index.departement))
    return f"{answer.name} ({answer.code})" if answer.code not in ("", siren) else ""


def _no_epci(written: Written, answer: Answer, index: CommuneIndex) -> Found:
    """What is said of an EPCI that is not of the year: a question where it may be one of the département."""
    epcis = epcis_of(index.year)
    text = written.code or written.name
    by_name = epcis.answer(written.name, Asked(index.departement)) if written.name else answer
    near = [Suggestion(by_name.code, by_name.name, "")] if by_name.code else by_name.suggestions
    ours = [
        one
        for one in (*answer.suggestions, *near)
        if index.departement in epcis.departements.get(one.code, ())
    ]
    if answer.rule == "ended":
        message = f"« {text} » n'est plus un EPCI en {index.year} : la ligne n'est pas reprise."
        return Found("", UNNAMED, message, "", _perhaps(ours)) if ours else ELSEWHERE
    if written.departement not in ("", index.departement) or (epcis.knows(written.name) and not ours):
        return ELSEWHERE
    if ours or written.departement:
        told = (
            "est le nom de plusieurs EPCI" if answer.rule == "homonym" else "n'est pas un EPCI du département"
        )
        message = f"« {text} » {told} : la ligne n'est pas reprise."
        return Found("", UNKNOWN, message, "", _perhaps(ours))
    return _unnamed(text, "aucun EPCI")


def read_departement(written: Written, index: CommuneIndex) -> Found:
    """Département that a row names, where it is the workspace's.

    Examples
    --------
    >>> index = CommuneIndex("01", 2026)
    >>> read_departement(Written("1", "AIN"), index)[:3]
    ('01', 'departement_lost_zero', '« 1 » est relu 01, Ain.')
    >>> read_departement(Written("7", "ARDECHE"), index) == ELSEWHERE
    True
    """
    by_code, by_name = _departement(written.code), _departement(written.name)
    code = by_code or by_name
    if not code or (written.code and not by_code):
        return _unnamed(written.code or written.name, "aucun département")
    if index.departement in (by_code, by_name) and by_name not in ("", code):
        return _conflict(written, _name(by_code), f"{_name(by_name)} ({by_name})")
    if code != index.departement:
        return ELSEWHERE
    return _repaired(written.code, code, _name(code), "departement_lost_zero")


def _departement(text: str) -> str:
    return departements().get(normalise(_DECIMALS.sub("", text)), "")


def _name(departement: str) -> str:
    return str(reference.departement_row(departement)["name"])


def _repaired(text: str, code: str, name: str, lost: str = "") -> Found:
    """The code, and what it was repaired from where its figures were damaged."""
    problem = "code_as_float" if _AS_QUANTITY.match(text) else lost if text.isdigit() else ""
    if text == code or not problem:
        return Found(code)
    return Found(code, problem, f"« {text} » est relu {code}, {name}.", code)


def _unnamed(text: str, what: str) -> Found:
    said = f"« {text} » ne nomme {what}" if text else f"La ligne ne nomme {what}"
    return Found("", UNNAMED, f"{said} : la ligne n'est pas reprise.")


def _conflict(written: Written, name: str, other: str) -> Found:
    message = f"Le code « {written.code} » est celui de {name}, le nom celui de {other}."
    return Found("", CONFLICT, message)


def _perhaps(suggestions: Iterable[Suggestion]) -> str:
    said = " ; ".join(dict.fromkeys(f"{one.name} ({one.code})" for one in suggestions))
    return f"Peut-être : {said}." if said else ""


READERS: dict[str, Callable[[Written, CommuneIndex], Found]] = {
    "epci": read_epci,
    "departement": read_departement,
}
