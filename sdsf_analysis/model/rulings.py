"""The analyst's rulings: the words of ``data/raw/decisions.csv``, and the line that settles a problem."""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sdsf_analysis.model.problems import Problem, Severity

FILE = "decisions.csv"
COLUMNS = (
    "source",
    "sheet",
    "cell",
    "code",
    "found",
    "decision",
    "value",
    "reason",
    "decided_by",
    "decided_on",
)
# their cell says which line is in doubt, not what is wrong
_OF_A_ROW = ("row_repeated", "perimeter_overlap", "zone_overlap", "ctg_without_perimeter")
# what is asked is the value itself: whatever the reader made of it is no proposal
_OF_A_VALUE = ("scale_mixed", "number_doubtful")
# what is asked is no value of a cell: it counts as it was read, or is left out
_OF_A_LOOK = (
    "text_struck",
    "header_missing",
    "header_spread",
    "tables_side_by_side",
    "zero_or_blank",
    "accents_lost",
    "arrondissement_mixed",
)
# what is asked is which service a line speaks of, or what became of it
OF_IDENTITY = ("service_renumbered", "service_unlisted", "service_renamed", "structure_near")
_ONE_PROPOSAL = re.compile(r"Peut-être : (?P<text>[^;]+)\.")
_CODE = re.compile(r"\((\d{9}|\d{5}|2[AB]\d{3})\)")


class Decision(StrEnum):
    """What the analyst decides of a problem, in the words of the file."""

    ACCEPT = "accepter"
    REPLACE = "remplacer"
    LEAVE_OUT = "écarter"
    KEEP = "garder"
    SAME = "même structure"
    CLOSE = "fermer"


@dataclass(frozen=True)
class Ruling:
    """One line of the file; ``line`` is its number there."""

    line: int
    source: str
    sheet: str
    cell: str
    code: str
    found: str
    decision: Decision
    value: str
    reason: str
    decided_on: date | None = None

    @property
    def place(self) -> str:
        """Where the problem is: ``fichier!feuille!cellule``."""
        return "!".join(part for part in (self.source, self.sheet, self.cell) if part)


def proposal(problem: Problem) -> str:
    """Give the only value that a problem proposes, empty where there is none or several.

    Examples
    --------
    >>> near = "Peut-être : Ajaccio (2A004), à une lettre près."
    >>> proposal(Problem("a.csv", "", "B8", "commune_unknown", "…", "Ajacio", suggestion=near))
    '2A004'
    """
    if problem.code in (*_OF_A_VALUE, *_OF_A_LOOK, *OF_IDENTITY):
        return ""
    if problem.severity is Severity.QUESTION and problem.repaired_to:
        return problem.repaired_to
    only = _ONE_PROPOSAL.fullmatch(problem.suggestion)
    if only is None:
        return ""
    codes = _CODE.findall(only["text"])
    return codes[0] if len(codes) == 1 else "" if codes else only["text"].strip()


def ruling_line(problem: Problem) -> str:
    """Write the line of the file that settles a problem, its value and its reason left to fill.

    Examples
    --------
    >>> ruling_line(Problem("a.csv", "", "B8", "choice_unknown", "…", "x;y"))
    'a.csv;;B8;choice_unknown;"x;y";remplacer;;;;'
    >>> ruling_line(Problem("a.xlsx", "RPE", "A4:F4", "text_struck", "…"))
    'a.xlsx;RPE;A4:F4;text_struck;;garder;;;;'
    >>> ruling_line(Problem("b.csv", "", "A9", "service_renumbered", "…", "9002", "9001"))
    'b.csv;;A9;service_renumbered;9002;même structure;9001;;;'
    """
    place = (problem.source, problem.sheet, problem.cell, problem.code, problem.found)
    value = problem.repaired_to if problem.code in OF_IDENTITY else ""
    return csv_line((*place, _likely(problem), value, "", "", ""))


def _likely(problem: Problem) -> Decision:
    """Usual decision; « accepter » only where the value that it accepts is in the sentence."""
    if problem.code in OF_IDENTITY:
        return Decision.SAME if problem.repaired_to else Decision.KEEP
    only = proposal(problem)
    if only and only in f"{problem.message} {problem.suggestion}":
        return Decision.ACCEPT
    if problem.code in _OF_A_LOOK or ":" in problem.cell:
        return Decision.KEEP
    return Decision.REPLACE if problem.cell and problem.code not in _OF_A_ROW else Decision.LEAVE_OUT


def template() -> str:
    r"""Empty file with its header, to be written in UTF-8: a BOM opens it, as Excel expects.

    Examples
    --------
    >>> template()[1:].rstrip()
    'source;sheet;cell;code;found;decision;value;reason;decided_by;decided_on'
    """
    return "\ufeff" + csv_line(COLUMNS) + "\r\n"


def csv_line(texts: Iterable[str]) -> str:
    """Write one line of a file that opens in Excel, without its end.

    Examples
    --------
    >>> csv_line(["a", "b;c"])
    'a;"b;c"'
    """
    stream = io.StringIO()
    csv.writer(stream, delimiter=";", lineterminator="").writerow(texts)
    return stream.getvalue()
