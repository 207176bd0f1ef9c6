"""Problems by partner, by file or by cause: what was asked, received, awaited, and what is wrong with it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from sdsf_analysis.indicators.requests import LATE, RECEIVED, RECEIVED_LATE, SEVERITIES, UNASKED
from sdsf_analysis.model.french import french_date, plural
from sdsf_analysis.model.problems import LABELS, Severity, cause
from sdsf_analysis.model.requests import STATES
from sdsf_analysis.publish.terminal import wrapped
from sdsf_analysis.recipes.recipe import Recipe
from sdsf_analysis.recipes.senders import is_sender

UNNAMED = "partenaire non dit"
_RULE = "─" * 72
_UNASKED = ("autre reçu sans avoir été demandé", "autres reçus sans avoir été demandés")


def partner_files(
    followed: pd.DataFrame,
    problems: pd.DataFrame,
    inputs: Iterable[Mapping[str, Any]],
    recipes: Iterable[Recipe],
) -> pd.DataFrame:
    """Follow what each partner was asked and sent, the files received without a request last.

    Parameters
    ----------
    followed : pandas.DataFrame
        As `requests_followed` gives.
    problems : pandas.DataFrame
        Table of this name.
    inputs : iterable of mapping
        ``inputs`` of the manifest.
    recipes : iterable of Recipe

    Returns
    -------
    pandas.DataFrame
        Columns of `requests_followed`; the state of a file received without a request is ``not_asked``.
    """
    senders = {recipe.name: recipe.partner for recipe in recipes}
    partners = list(dict.fromkeys(followed["partner"].dropna()))
    named = set(followed["source"].dropna())
    counts = problems.groupby(["source", "severity"]).size()
    rows = []
    for entry in inputs:
        source, kind = entry["source"], next(iter(entry["recipes"]), "")
        if source not in named:
            usual = senders.get(kind, UNNAMED)
            known = [partner for partner in partners if is_sender(partner, usual)]
            row = {"partner": known[0] if len(known) == 1 else usual, "kind": kind, "source": source}
            row |= {severity: counts.get((source, severity), 0) for severity in SEVERITIES}
            rows.append(row | {"state": UNASKED})
    more = pd.DataFrame(rows, columns=list(followed.columns)).astype(followed.dtypes.to_dict())
    both = pd.concat([followed.fillna({"partner": UNNAMED}), more], ignore_index=True)
    return both.sort_values("partner", kind="stable", ignore_index=True)


def partners_answer(files: pd.DataFrame, texts: Mapping[str, str]) -> pd.DataFrame:
    """Count by partner: requests, late, received, problems by severity; the text of the reminder, if any."""
    is_received = files["state"].isin([RECEIVED, RECEIVED_LATE])
    counted = files.assign(
        requests=files["state"] != UNASKED, late=files["state"] == LATE, received=is_received,
        not_asked=files["state"] == UNASKED,
    )  # fmt: skip
    names = ["requests", "late", "received", "not_asked", *SEVERITIES]
    # a file that answers two requests has its problems once
    once = counted.copy()
    once.loc[once.duplicated(["partner", "source"]) & once["source"].notna(), list(SEVERITIES)] = 0
    totals = once.groupby("partner", sort=True)[names].sum().astype("int64").reset_index()
    return totals.assign(reminder=totals["partner"].map(dict(texts)).astype("str"))


def partner_report(files: pd.DataFrame, texts: Mapping[str, str], titles: Mapping[str, str]) -> str:
    """Say partner by partner what is awaited and what came, then the message to send.

    Parameters
    ----------
    files : pandas.DataFrame
        As `partner_files` gives.
    texts : mapping of str to str
        As `reminders` gives.
    titles : mapping of str to str
        French titles of the kinds of files.
    """
    if files.empty:
        return "Aucune demande dans data/raw/demandes.csv, et aucun fichier reçu."
    lines: list[str] = []
    for partner, rows in files.groupby("partner", sort=True):
        lines += [*([""] if lines else []), f"{partner} : {_summary(rows)}"]
        for row in rows.to_dict("records"):
            lines += wrapped(f"• {_line(row, titles)}", "  ", "    ")
        if partner in texts:
            # nothing beside the text: it is copied as it is
            lines += ["", f"Relance à copier, à l'adresse de : {partner}", _RULE, texts[str(partner)], _RULE]
    if not texts:
        lines += ["", "Personne à relancer."]
    return "\n".join(lines)


def _summary(rows: pd.DataFrame) -> str:
    asked = int((rows["state"] != UNASKED).sum())
    late = int((rows["state"] == LATE).sum())
    came = int(rows["state"].isin([RECEIVED, RECEIVED_LATE]).sum())
    if not asked:
        return "aucune demande inscrite dans demandes.csv"
    said = f"{plural(asked, 'demande')}, {plural(came, 'fichier reçu', 'fichiers reçus')}, {late} en retard"
    unasked = len(rows) - asked
    return f"{said}, {plural(unasked, *_UNASKED)}" if unasked else said


def _line(row: Mapping[Any, Any], titles: Mapping[str, str]) -> str:
    title = (
        titles.get(row["kind"], row["kind"]) if pd.notna(row["kind"]) and row["kind"] else "sorte inconnue"
    )
    if row["state"] == UNASKED:
        return f"{STATES[UNASKED]} : « {row['source']} » ({title}){_judged(row)}"
    version = f", {row['version']}" if pd.notna(row["version"]) else ""
    return f"{STATES[row['state']]} : {title}{version} ({_days(row)}){_judged(row)}"


def _days(row: Mapping[Any, Any]) -> str:
    words = {"asked_on": "demandé", "due_on": "attendu", "received_on": "reçu"}
    said = [f"{word} le {french_date(row[name])}" for name, word in words.items() if pd.notna(row[name])]
    if pd.notna(row["days_late"]):
        said.append(f"{plural(row['days_late'], 'jour')} de retard")
    if row["versions"] > 1 and row["state"] in (RECEIVED, RECEIVED_LATE):
        said.append(f"{row['versions']} versions reçues")
    return ", ".join(said) or "sans date"


def _judged(row: Mapping[Any, Any]) -> str:
    """Name of the file, and its problems but for details; those of a file that is not there are unknown."""
    name = f", « {row['source']} »" if pd.notna(row["source"]) and row["state"] != UNASKED else ""
    counts = {severity: row[str(severity)] for severity in LABELS if severity is not Severity.JOURNAL}
    if pd.isna(row["source"]) or any(pd.isna(count) for count in counts.values()):
        return f"{name}, qui n'est pas dans data/raw" if name else ""
    said = [plural(count, *LABELS[severity]) for severity, count in counts.items() if count]
    return f"{name} : {', '.join(said) or 'rien à signaler'}"


def sources_answer(problems: pd.DataFrame, sources: Iterable[str]) -> pd.DataFrame:
    """Count the problems of each file by severity, those received without any problem included."""
    counts = problems.groupby(["source", "severity"]).size().unstack("severity", fill_value=0)
    known = dict.fromkeys([*sources, *problems["source"].dropna()])
    counts = counts.reindex(index=list(known), columns=list(SEVERITIES), fill_value=0)
    return counts.rename_axis(index="source", columns=None).reset_index()


def causes_answer(problems: pd.DataFrame) -> pd.DataFrame:
    """Count the problems of each cause, with the number of files that they are in."""
    return pd.DataFrame(
        list(_cause_rows(problems)), columns=["code", "severity", "title", "problems", "files"]
    )


def _cause_rows(problems: pd.DataFrame) -> Iterator[tuple[object, ...]]:
    groups = problems.groupby("code", sort=False)
    order = {code: SEVERITIES.index(str(cause(str(code)).severity)) for code in groups.groups}
    for code, same in sorted(groups, key=lambda pair: (order[pair[0]], -len(pair[1]), pair[0])):
        known = cause(str(code))
        yield code, str(known.severity), known.title, len(same), same["source"].nunique()
