"""What was received, as a director reads it: files by partner and kind, what is doubtful, what is absent."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pandas as pd

from sdsf_analysis.figures.answers import Words
from sdsf_analysis.figures.grids import causes_grid
from sdsf_analysis.model.french import french_date, number, plural
from sdsf_analysis.model.problems import ORDER, Severity
from sdsf_analysis.model.tables import tables
from sdsf_analysis.recipes.recipe import Recipe

Input = Mapping[str, Any]
NOT_READ, NOT_SAID = "non lu", "non dite"
DECIDED = "decision_applied"
_SEVERITIES = {
    Severity.QUESTION: "Décisions à prendre",
    Severity.ERROR: "Refusés",
    Severity.WARNING: "Réparés ou signalés",
    Severity.JOURNAL: "Sans incidence",
}


def files_grid(inputs: Iterable[Input], recipes: Iterable[Recipe], problems: pd.DataFrame) -> pd.DataFrame:
    """Lay out the files received, by partner and kind.

    Parameters
    ----------
    inputs : iterable of mapping
        ``inputs`` of the manifest: source, recipes, period, rows.
    recipes : iterable of Recipe
        Those of the workspace, for the kinds of files and their senders.
    problems : pandas.DataFrame
        Table of this name.

    Returns
    -------
    pandas.DataFrame
        Texts, one row per file: Partenaire, Sorte de fichier, Année ou date, Lignes produites (by table),
        Décisions à prendre, Refusés, Réparés ou signalés.

    Examples
    --------
    >>> from sdsf_analysis.recipes.recipe import shipped_recipes
    >>> entry = {"source": "a.xlsx", "recipes": ["ctg"], "period": "", "rows": {"ctg": 16}}
    >>> nothing = pd.DataFrame({"source": [], "severity": []})
    >>> files_grid([entry], shipped_recipes(), nothing).loc["a.xlsx"].tolist()[:2]
    ['Caf', 'Suivi des conventions territoriales globales']
    """
    known = {recipe.name: recipe for recipe in recipes}
    counts = problems.groupby(["source", "severity"]).size()
    rows = [_file_row(entry, known, counts) for entry in inputs]
    columns = ["Fichier", "Partenaire", "Sorte de fichier", "Année ou date", "Lignes produites"]
    shown = [_SEVERITIES[severity] for severity in ORDER if severity is not Severity.JOURNAL]
    grid = pd.DataFrame(rows, columns=[*columns, *shown])
    grid = grid.sort_values(["Partenaire", "Sorte de fichier", "Fichier"], kind="stable")
    return _cornered(grid)


def absent_grid(inputs: Iterable[Input], recipes: Iterable[Recipe]) -> pd.DataFrame:
    """Lay out the kinds of files that are known and of which none was read.

    Parameters
    ----------
    inputs : iterable of mapping
        As for `files_grid`.
    recipes : iterable of Recipe

    Returns
    -------
    pandas.DataFrame
        Texts, one row per kind: Partenaire, Ce qu'il apporterait (labels of the tables).

    Examples
    --------
    >>> from sdsf_analysis.recipes.recipe import shipped_recipes
    >>> absent_grid([], shipped_recipes()).loc["Suivi des conventions territoriales globales", "Partenaire"]
    'Caf'
    """
    read = {name for entry in inputs if any(entry["rows"].values()) for name in entry["recipes"]}
    rows = [
        (recipe.title, recipe.partner, ", ".join(_brought(recipe)))
        for recipe in recipes
        if recipe.name not in read
    ]
    grid = pd.DataFrame(rows, columns=["Sorte de fichier", "Partenaire", "Ce qu'il apporterait"])
    return _cornered(grid.sort_values(["Partenaire", "Sorte de fichier"], kind="stable"))


def unread_grid(inputs: Iterable[Input], problems: pd.DataFrame) -> pd.DataFrame:
    """Lay out the files that gave no row, and why.

    Parameters
    ----------
    inputs : iterable of mapping
        As for `files_grid`.
    problems : pandas.DataFrame
        Table of this name.

    Returns
    -------
    pandas.DataFrame
        As `causes_grid`, of these files only.

    Examples
    --------
    >>> unread_grid([], pd.DataFrame({"source": [], "sheet": [], "cell": [], "code": []})).empty
    True
    """
    sources = [entry["source"] for entry in inputs if not any(entry["rows"].values())]
    return causes_grid(problems[problems["source"].isin(sources)])


def decisions_grid(problems: pd.DataFrame) -> pd.DataFrame:
    """Lay out the causes that wait for a decision, the most numerous first.

    Examples
    --------
    >>> rows = {"source": ["a.csv"], "sheet": [None], "cell": ["B2"], "code": ["commune_unknown"],
    ...         "severity": ["question"]}
    >>> decisions_grid(pd.DataFrame(rows)).index.tolist()
    ['Commune inconnue']
    """
    waiting = problems[problems["severity"] == str(Severity.QUESTION)]
    return causes_grid(waiting).drop(columns="Gravité")


def treated_grid(problems: pd.DataFrame) -> pd.DataFrame:
    """Lay out the causes of what was refused, repaired or signalled; what is without effect is left out.

    Examples
    --------
    >>> rows = {"source": ["a.csv"], "sheet": [None], "cell": ["B2"], "code": ["date_as_text"],
    ...         "severity": ["warning"]}
    >>> treated_grid(pd.DataFrame(rows)).index.tolist()
    ['Date écrite comme du texte']
    """
    return causes_grid(problems[problems["severity"].isin([str(Severity.ERROR), str(Severity.WARNING)])])


def decisions_sentence(problems: pd.DataFrame) -> Words:
    """Say how many decisions wait and how many were applied.

    Examples
    --------
    >>> decisions_sentence(pd.DataFrame({"severity": ["question"], "code": ["commune_unknown"]}))
    '1 décision à prendre ; 0 décision déjà prise et appliquée.'
    """
    waiting = int((problems["severity"] == str(Severity.QUESTION)).sum())
    applied = int((problems["code"] == DECIDED).sum())
    taken = plural(applied, "décision déjà prise et appliquée", "décisions déjà prises et appliquées")
    return Words(f"{plural(waiting, 'décision à prendre', 'décisions à prendre')} ; {taken}.")


def severity_grid(problems: pd.DataFrame) -> pd.DataFrame:
    """Count the problems by severity, with the files that they are in.

    Examples
    --------
    >>> grid = severity_grid(pd.DataFrame({"severity": ["question"] * 2, "source": ["a.csv", "a.csv"]}))
    >>> grid.loc["Décisions à prendre"].tolist()
    ['2', '1']
    """
    rows = []
    for severity, label in _SEVERITIES.items():
        same = problems[problems["severity"] == str(severity)]
        rows.append((label, number(len(same)), number(same["source"].dropna().nunique())))
    return _cornered(pd.DataFrame(rows, columns=["Gravité", "Nombre", "Fichiers concernés"]))


def _file_row(entry: Input, known: Mapping[str, Recipe], counts: pd.Series) -> list[str]:
    ours = [known[name] for name in entry["recipes"] if name in known]
    made = [
        f"{tables()[name].label}\u00a0: {number(count)}" for name, count in entry["rows"].items() if count
    ]
    shown = [severity for severity in ORDER if severity is not Severity.JOURNAL]
    return [
        entry["source"],
        ", ".join(dict.fromkeys(recipe.partner for recipe in ours)) or "inconnu",
        ", ".join(recipe.title for recipe in ours) or "inconnue",
        _period(entry["period"]),
        " ; ".join(made) or NOT_READ,
        *(number(counts.get((entry["source"], str(severity)), 0)) for severity in shown),
    ]


def _period(text: str) -> str:
    return french_date(date.fromisoformat(text)) if "-" in text else text or NOT_SAID


def _brought(recipe: Recipe) -> list[str]:
    names = dict.fromkeys(output.table for part in recipe.tables for output in part.outputs)
    return [tables()[name].label for name in names]


def _cornered(grid: pd.DataFrame) -> pd.DataFrame:
    """Put the first column on the left, its title in the corner."""
    first = str(grid.columns[0])
    return grid.set_index(first).rename_axis(index=None, columns=first)
