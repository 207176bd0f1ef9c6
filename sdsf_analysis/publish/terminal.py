"""What a command says at the terminal: problems by cause, counters, answers as a table, CSV or JSON."""

import json
import re
from collections.abc import Iterable, Iterator
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import pandas as pd

from sdsf_analysis.errors import command_name
from sdsf_analysis.indicators.registry import indicator
from sdsf_analysis.indicators.remarks import SENT_AS
from sdsf_analysis.model.french import NO_VALUE, number, percent, plural
from sdsf_analysis.model.problems import LABELS, ORDER, Group, Problem, Severity, group
from sdsf_analysis.model.requests import REQUESTS
from sdsf_analysis.model.rulings import FILE, ruling_line

if TYPE_CHECKING:
    from sdsf_analysis.build import BuildResult

WIDTH = 100
HEADINGS = {
    Severity.QUESTION: "Décisions à prendre",
    Severity.ERROR: "Refusé, à corriger dans les fichiers",
    Severity.WARNING: "Réparé ou signalé",
    Severity.JOURNAL: "Sans incidence",
}
SHOWN_IN_FULL = (Severity.QUESTION, Severity.ERROR)
COUNTERS = {"ctg_in_force": "ctg", "officers": "officers", "population_covered": "ctg"}
_SMALL = 10_000
# French punctuation stays with the word that it closes or opens.
_GLUED = re.compile(r" (?=[»;:?!])|(?<=«) ")
_GLUE = "\0"


def problem_report(problems: Iterable[Problem], *, full: bool = True) -> str:
    """Problems grouped by cause, the analyst's decisions first.

    Parameters
    ----------
    problems : iterable of Problem
        Those without a source are of a file read alone: no ruling settles them.
    full : bool
        Whether to give the examples of what was only repaired, too; else one line per cause.

    Returns
    -------
    str
        French text of several lines.

    Examples
    --------
    >>> print(problem_report([Problem("a.csv", "", "B2", "date_as_text", "…")], full=False))
    Problèmes : 1 point réparé ou signalé.
    <BLANKLINE>
    Réparé ou signalé :
      • date écrite comme du texte (1), par exemple a.csv!B2
    <BLANKLINE>
    Chaque cellule en cause : sdsf problems
    """
    groups = group(problems)
    if not groups:
        return "Aucun problème dans les fichiers."
    lines = wrapped(_summary(groups))
    for severity in ORDER:
        same = [g for g in groups if g.cause.severity is severity]
        if same:
            lines += ["", f"{HEADINGS[severity]} :"]
            write = _group_lines if full or severity in SHOWN_IN_FULL else _group_line
            lines += [line for g in same for line in write(g)]
            lines += _how_to_rule(same) if full and severity is Severity.QUESTION else []
    return "\n".join(lines if full else [*lines, "", f"Chaque cellule en cause : {command_name()} problems"])


def _summary(groups: list[Group]) -> str:
    """« 5 décisions à prendre ; le reste est réparé », or what else there is."""
    counts = {s: sum(len(g.problems) for g in groups if g.cause.severity is s) for s in ORDER}
    parts = [plural(count, *LABELS[severity]) for severity, count in counts.items() if count]
    if counts[Severity.QUESTION] and not counts[Severity.ERROR] and len(parts) > 1:
        parts = [parts[0], "le reste est réparé ou signalé"]
    return "Problèmes : " + " ; ".join(parts) + "."


def _how_to_rule(groups: list[Group]) -> Iterator[str]:
    """One line ready for the file of rulings per cause; it stays whole, to be copied."""
    # what is wrong in the register of requests is put right there
    groups = [group for group in groups if group.problems[0].source not in ("", REQUESTS)]
    if not groups:
        return
    yield ""
    words = f"Pour trancher : recopier ces lignes dans data/raw/{FILE}, en y ajoutant une raison"
    yield from wrapped(f"{words} (et une valeur pour « remplacer »).", "  ", "  ")
    yield from (f"  {ruling_line(group.problems[0])}" for group in groups)


def _group_lines(one: Group) -> Iterator[str]:
    yield f"  • {one.cause.title} ({number(len(one.problems))})"
    for problem in one.examples:
        own = problem.suggestion if problem.suggestion != one.cause.suggestion else ""
        place = f"{problem.place} — " if problem.place else ""
        yield from wrapped(f"{place}{problem.message} {own}".rstrip(), "      ")
    yield from wrapped(f"→ {one.cause.suggestion}", "      ", "        ")


def _group_line(one: Group) -> Iterator[str]:
    words = f"• {one.cause.title} ({number(len(one.problems))}), par exemple {one.problems[0].place}"
    yield from wrapped(words, "  ", "    ")


def wrapped(text: str, first: str = "", rest: str | None = None) -> list[str]:
    """Cut a text in lines of a hundred characters at most; a long path stays whole.

    Parameters
    ----------
    text : str
    first, rest : str
        Indents of the first line and of the others, by default two more spaces.

    Examples
    --------
    >>> wrapped("a" * 60 + " " + "b" * 60)[1] == "  " + "b" * 60
    True
    """
    following = first + "  " if rest is None else rest
    lines = wrap(
        _GLUED.sub(_GLUE, text),
        WIDTH,
        initial_indent=first,
        subsequent_indent=following,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [line.replace(_GLUE, " ") for line in lines]


def counters_text(counters: pd.DataFrame) -> str:
    """Write the three public counters of the CTG, one line each; of a missing one, the file to ask for."""
    known = counters.set_index("measure")
    lines = []
    for name, recipe in COUNTERS.items():
        measure, value = indicator("ctg_counters").measure(name), float(known["value"][name])
        shown = percent(value) if measure.unit == "%" else number(value)
        if shown == NO_VALUE:
            shown = f"non disponible ; il faut « {SENT_AS[recipe]} »"
        lines.append(f"  {measure.label} : {shown}")
    return "\n".join(lines)


def files_read(result: "BuildResult") -> str:
    """Count the files of a build: « 14 fichiers lus », or what became of those that were not.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> files_read(SimpleNamespace(examined=14, read=14, refused=0, unused=0))
    '14 fichiers lus'
    >>> files_read(SimpleNamespace(examined=16, read=7, refused=8, unused=1))
    '16 fichiers examinés (7 lus, 8 refusés, 1 mis de côté)'
    """
    if result.examined == result.read:
        return plural(result.read, "fichier lu", "fichiers lus")
    counts = [
        plural(result.read, "lu"),
        plural(result.refused, "refusé") if result.refused else "",
        plural(result.unused, "mis de côté", "mis de côté") if result.unused else "",
    ]
    examined = plural(result.examined, "fichier examiné", "fichiers examinés")
    return f"{examined} ({', '.join(filter(None, counts))})"


def answer(frame: pd.DataFrame, form: str) -> str:
    r"""Write the answer to a question.

    Parameters
    ----------
    frame : pandas.DataFrame
    form : {"table", "csv", "json"}
        JSON is an array of objects, null for none; dates are ISO everywhere.

    Examples
    --------
    >>> frame = pd.DataFrame({"on": pd.to_datetime(["2024-12-31"]), "value": [float("nan")]})
    >>> answer(frame, "json")
    '[\n {"on": "2024-12-31", "value": null}\n]'
    """
    if form == "csv":
        return frame.to_csv(index=False, date_format="%Y-%m-%d", lineterminator="\n").rstrip("\n")
    if form == "json":
        rows = [json.dumps(row, ensure_ascii=False) for row in _records(frame)]
        return "[\n " + ",\n ".join(rows) + "\n]" if rows else "[]"
    return _as_table(frame)


def with_names(frame: pd.DataFrame, territories: pd.DataFrame, level: str | None = None) -> pd.DataFrame:
    """Put the names of territories beside their codes, for a reader.

    Parameters
    ----------
    frame : pandas.DataFrame
        An answer; one without a column ``territory`` or ``commune``, or with names, comes back as it is.
    territories : pandas.DataFrame
        Table ``territories``.
    level : str, optional
        Level of ``territory``; a code that two levels share has no name without it.

    Returns
    -------
    pandas.DataFrame

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> places = example_tables().territories.assign(name="Ambérieu")
    >>> with_names(pd.DataFrame({"commune": ["01004"], "share": [3.5]}), places)
      commune      name  share
    0   01004  Ambérieu    3.5
    """
    code = next((one for one in ("territory", "commune") if one in frame.columns), None)
    if code is None or "name" in frame.columns:
        return frame
    level = "commune" if code == "commune" else level
    same = territories[territories["level"] == level] if level else territories
    names = same.drop_duplicates("territory", keep=False).set_index("territory")["name"]
    named = frame.copy()
    named.insert(list(frame.columns).index(code) + 1, "name", frame[code].map(names))
    return named


def _records(frame: pd.DataFrame) -> list[dict[str, object]]:
    return [{str(name): _plain(value) for name, value in row.items()} for row in frame.to_dict("records")]


def _plain(value: Any) -> Any:
    if pd.isna(value):
        return None
    return value.date().isoformat() if isinstance(value, pd.Timestamp) else value


def _as_table(frame: pd.DataFrame) -> str:
    """Columns side by side: numbers to the right, words to the left."""
    texts = {str(name): [_shown(value) for value in frame[name]] for name in frame.columns}
    columns = []
    for name, cells in texts.items():
        width = max(map(len, [name, *cells]))
        adjust = str.rjust if pd.api.types.is_numeric_dtype(frame[name]) else str.ljust
        columns.append([adjust(text, width) for text in (name, *cells)])
    return "\n".join("  ".join(line).rstrip() for line in zip(*columns, strict=True))


def _shown(value: Any) -> str:
    plain = _plain(value)
    if not isinstance(plain, int | float) or isinstance(plain, bool):
        return "" if plain is None else str(plain)
    is_whole = float(plain).is_integer()
    # four figures stay together: a year may be among them
    return f"{plain:.0f}" if is_whole and abs(plain) < _SMALL else number(plain, 0 if is_whole else 1)
