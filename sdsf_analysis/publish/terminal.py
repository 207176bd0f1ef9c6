"""What a command says at the terminal: problems by cause, counters, what was made."""

from collections.abc import Iterable

import pandas as pd

from sdsf_analysis.indicators.registry import indicator
from sdsf_analysis.model.french import number
from sdsf_analysis.model.problems import LABELS, ORDER, Group, Problem, Severity, group

HEADINGS = {
    Severity.QUESTION: "Décisions à prendre",
    Severity.ERROR: "Refusé : à corriger dans les fichiers",
    Severity.WARNING: "Réparé ou à vérifier",
    Severity.JOURNAL: "Réparé sans incidence",
}
COUNTERS = ("ctg_in_force", "officers", "population_covered")


def problem_report(problems: Iterable[Problem], *, full: bool = True) -> str:
    """Problems grouped by cause, the analyst's decisions first.

    Parameters
    ----------
    problems : iterable of Problem
    full : bool
        Whether to give examples of what was only repaired, too.

    Returns
    -------
    str
        French text of several lines.
    """
    groups = group(problems)
    if not groups:
        return "Aucun problème dans les fichiers."
    lines = [_summary(groups)]
    for severity in ORDER:
        same = [g for g in groups if g.cause.severity is severity]
        if same:
            lines += ["", f"{HEADINGS[severity]} :"]
            examples = 3 if full or severity in (Severity.QUESTION, Severity.ERROR) else 1
            lines += [line for g in same for line in _group_lines(g, examples)]
    return "\n".join(lines)


def _summary(groups: list[Group]) -> str:
    counts = {s: sum(len(g.problems) for g in groups if g.cause.severity is s) for s in ORDER}
    parts = [f"{count} {LABELS[severity]}" for severity, count in counts.items() if count]
    return "Problèmes : " + " ; ".join(parts) + "."


def _group_lines(one: Group, examples: int) -> list[str]:
    lines = [f"  • {one.cause.title} ({len(one.problems)})"]
    lines += [f"      {problem.place} — {problem.message}" for problem in one.problems[:examples]]
    suggestion = next((p.suggestion for p in one.problems if p.suggestion), "") or one.cause.suggestion
    return [*lines, f"      → {suggestion}"]


def counters_text(counters: pd.DataFrame) -> str:
    """Write the three public counters of the CTG, one line each."""
    known = counters.set_index("measure")
    lines = []
    for name in COUNTERS:
        measure, row = indicator("ctg_counters").measure(name), known.loc[name]
        shown = "donnée manquante" if pd.isna(row["value"]) else _shown(row["value"], measure.unit)
        lines.append(f"  {measure.label} : {shown}")
    return "\n".join(lines)


def _shown(value: float, unit: str) -> str:
    return f"{number(value, 1)} %" if unit == "%" else number(value, 0)
