"""The accounts of a build as one small table: what each file gave, what was refused of it, its totals."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from sdsf_analysis.model.french import number, plural
from sdsf_analysis.model.problems import catalogue
from sdsf_analysis.publish.terminal import wrapped

_HEADER = ("Fichier", "Lignes lues", "reprises", "refusées", "laissées", "Totaux justes", "faux")
_NONE = "–"
_COUNTED = ("lines", "given", "refused", "left_out", "totals", "totals_wrong")
# Reasons that are no problem of the register.
_REASONS = {
    "nothing_to_give": "rien à reprendre sur la ligne",
    "ctg_refused": "CTG refusée",
    "decision_applied": "écartées par decisions.csv",
    "source_set_aside": "un autre fichier compte à sa place",
    "told_elsewhere": "dit par un autre fichier",
    "rows_elsewhere": "autres départements",
}


def accounts_report(accounts: Iterable[Mapping[str, Any]]) -> str:
    """Lay out the accounts of a build, one line per file, then why lines were not taken.

    Parameters
    ----------
    accounts : iterable of mapping
        ``accounts`` of the manifest.

    Examples
    --------
    >>> entry = {"source": "a.csv", "lines": 12, "given": 10, "refused": {"commune_unknown": 2},
    ...          "left_out": {}, "totals": 3, "totals_wrong": 1}
    >>> print(accounts_report([entry]))
    Fichier  Lignes lues  reprises  refusées  laissées  Totaux justes  faux
    a.csv             12        10         2         0              2     1
    <BLANKLINE>
    a.csv : 2 lignes refusées (commune inconnue : 2).
    """
    by_file = _by_file(accounts)
    whole = {name: sum(counts[name] for counts in by_file.values()) for name in _COUNTED}
    rows = [(source, *_cells(counts)) for source, counts in by_file.items()]
    rows += [("Ensemble", *_cells(whole))] if len(by_file) > 1 else []
    lines = _columns([_HEADER, *rows])
    why = [line for source, counts in by_file.items() for line in _why(source, counts)]
    return "\n".join([*lines, *([""] if why else []), *why])


def _by_file(accounts: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Counts of each file, its tables added up, with the reasons why lines were not taken."""
    found: dict[str, dict[str, Any]] = {}
    for entry in accounts:
        counts = found.setdefault(entry["source"], dict.fromkeys(_COUNTED, 0) | {"why": {}})
        for name in ("lines", "given", "totals", "totals_wrong"):
            counts[name] += entry[name]
        for name in ("refused", "left_out"):
            counts[name] += sum(entry[name].values())
            counts["why"].setdefault(name, Counter()).update(entry[name])
    return found


def _cells(counts: Mapping[str, Any]) -> list[str]:
    lines = [number(counts[name]) for name in ("lines", "given", "refused", "left_out")]
    if not counts["totals"]:
        return [*lines, _NONE, _NONE]
    return [*lines, number(counts["totals"] - counts["totals_wrong"]), number(counts["totals_wrong"])]


def _columns(rows: list[tuple[str, ...]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]).rstrip() for row in rows
    ]


def _why(source: str, counts: Mapping[str, Any]) -> list[str]:
    words = {
        "refused": ("ligne refusée", "lignes refusées"),
        "left_out": ("ligne laissée", "lignes laissées"),
    }
    said = []
    for name, forms in words.items():
        reasons = ", ".join(f"{_reason(code)} : {number(n)}" for code, n in counts["why"][name].items() if n)
        said += [f"{plural(counts[name], *forms)} ({reasons})"] if reasons else []
    return wrapped(f"{source} : {' ; '.join(said)}.") if said else []


def _reason(code: str) -> str:
    return _REASONS.get(code) or (catalogue()[code].title if code in catalogue() else code)
