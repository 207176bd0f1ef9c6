"""What is answered to a cell that names a commune or an EPCI."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from sdsf_analysis.territories.events import Event

__all__ = ["Answer", "Asked", "Status", "Suggestion", "distinct"]

Status = Literal["match", "ambiguous", "unknown", "conflict"]
MAX_SUGGESTIONS = 3


@dataclass(frozen=True)
class Suggestion:
    """A code that the cell may mean, never applied; ``reason`` says why, in French."""

    code: str
    name: str
    reason: str


@dataclass(frozen=True)
class Answer:
    """Answer to one cell.

    Attributes
    ----------
    status : {"match", "ambiguous", "unknown", "conflict"}
    code, name : str
        Official code and name; empty unless the status is ``match``.
    rule : str
        Why: ``code``, ``code_float``, ``lost_zero``, ``code_and_name``, ``postal_code_and_name``, ``name``,
        ``article`` (left out), ``former_name``, ``former_code``, ``delegated``, ``arrondissement``,
        ``siren``, ``siren_and_name``, ``epci_name``, ``epci_former_name`` for a match; ``homonym``,
        ``split``, ``postal_code`` (a number that is a code and a postal code too), ``code_and_name``,
        ``departement``, ``cedex``, ``ended`` (an EPCI), ``no_trail`` or empty for the rest.
    own_code : str
        Code of the arrondissement, former or delegated commune that the cell names; else empty.
    event : Event or None
        What made it the commune of the answer.
    suggestions : tuple of Suggestion
        At most three, best first; empty with a match.
    departement : str
        Département of what was understood, even when it is not the one given.
    """

    status: Status
    code: str = ""
    name: str = ""
    rule: str = ""
    own_code: str = ""
    event: Event | None = None
    suggestions: tuple[Suggestion, ...] = ()
    departement: str = ""


@dataclass(frozen=True)
class Asked:
    """What the sender says beside the cell: département (empty for unknown) and year of its geography."""

    departement: str = ""
    year: int | None = None


def distinct(found: Iterable[Suggestion]) -> tuple[Suggestion, ...]:
    """Keep the first three suggestions of different codes.

    Examples
    --------
    >>> one, again = Suggestion("01173", "Gex", "même nom"), Suggestion("01173", "Gex", "par le code")
    >>> distinct([one, again]) == (one,)
    True
    """
    by_code: dict[str, Suggestion] = {}
    for one in found:
        by_code.setdefault(one.code, one)
    return tuple(by_code.values())[:MAX_SUGGESTIONS]
