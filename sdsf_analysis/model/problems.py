"""Problems: what was doubtful in a file, where, what was done about it, what is left to do."""

import tomllib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from sdsf_analysis.errors import SdsfError


class Severity(StrEnum):
    """How a problem was treated; the letters of the catalogue of faults are S, R, A and X."""

    JOURNAL = "journal"
    WARNING = "warning"
    QUESTION = "question"
    ERROR = "error"


# Singular and plural of what a reader counts; in the order of reading
LABELS = {
    Severity.QUESTION: ("décision à prendre", "décisions à prendre"),
    Severity.ERROR: ("élément refusé", "éléments refusés"),
    Severity.WARNING: ("point réparé ou signalé", "points réparés ou signalés"),
    Severity.JOURNAL: ("détail sans incidence", "détails sans incidence"),
}
ORDER = tuple(LABELS)
COLUMNS = ("source", "sheet", "cell", "code", "severity", "message", "found", "repaired_to", "suggestion")


@dataclass(frozen=True)
class Cause:
    """One entry of the catalogue: severity, French name, and what the analyst does about it."""

    code: str
    severity: Severity
    title: str
    suggestion: str


@dataclass(frozen=True)
class Problem:
    """One fault at one place; ``suggestion`` is empty where the cause's own is enough."""

    source: str
    sheet: str
    cell: str
    code: str
    message: str
    found: str = ""
    repaired_to: str = ""
    suggestion: str = ""

    @property
    def severity(self) -> Severity:
        """Severity of the cause."""
        return cause(self.code).severity

    @property
    def place(self) -> str:
        """Where to look: ``fichier!feuille!cellule``, as far as known."""
        return "!".join(part for part in (self.source, self.sheet, self.cell) if part)

    def record(self) -> dict[str, str]:
        """One row of the table ``problems``.

        Examples
        --------
        >>> Problem("a.xlsx", "CTG", "B4", "commune_unknown", "…").record()["severity"]
        'question'
        """
        row = asdict(self) | {"severity": str(self.severity)}
        row["suggestion"] = self.suggestion or cause(self.code).suggestion
        return {name: row[name] for name in COLUMNS}


@dataclass(frozen=True)
class Group:
    """Problems of one cause, with what a reader needs: how many, three examples, one suggestion."""

    cause: Cause
    problems: tuple[Problem, ...]

    @property
    def examples(self) -> tuple[Problem, ...]:
        """The first three."""
        return self.problems[:3]


@cache
def catalogue() -> dict[str, Cause]:
    """Every cause that can be reported, by code.

    Examples
    --------
    >>> catalogue()["file_password"].severity
    <Severity.ERROR: 'error'>
    """
    text = (files(__package__) / "problems.toml").read_text(encoding="utf-8")
    return {
        code: Cause(code, Severity(entry["severity"]), entry["title"], entry["suggestion"])
        for code, entry in tomllib.loads(text).items()
    }


def cause(code: str) -> Cause:
    """Return the cause of a code.

    Raises
    ------
    SdsfError
        If the catalogue has no such code.
    """
    try:
        return catalogue()[code]
    except KeyError:
        raise SdsfError(f"Le problème « {code} » n'est pas au catalogue (model/problems.toml).") from None


def group(problems: Iterable[Problem]) -> list[Group]:
    """Group problems by cause: decisions first, then what was refused, repaired, noted.

    Parameters
    ----------
    problems : iterable of Problem

    Returns
    -------
    list of Group
        By severity (question, error, warning, journal), then the most numerous first.

    Examples
    --------
    >>> seen = [Problem("a", "", "", "encoding_guessed", "…"), Problem("a", "", "B2", "commune_unknown", "…")]
    >>> [g.cause.code for g in group(seen)]
    ['commune_unknown', 'encoding_guessed']
    """
    by_code: dict[str, list[Problem]] = {}
    for problem in problems:
        by_code.setdefault(problem.code, []).append(problem)
    groups = [Group(cause(code), tuple(found)) for code, found in by_code.items()]
    return sorted(groups, key=lambda g: (ORDER.index(g.cause.severity), -len(g.problems), g.cause.code))
