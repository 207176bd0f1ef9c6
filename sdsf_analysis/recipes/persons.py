"""Cells that name a person: one, none because the post is vacant, or several, which is asked about."""

import re
from dataclasses import replace

from sdsf_analysis.model.problems import Problem
from sdsf_analysis.reading.layout import Table
from sdsf_analysis.reading.text import normalise
from sdsf_analysis.recipes.checks import columns_named
from sdsf_analysis.recipes.parse import Context
from sdsf_analysis.recipes.recognise import Recognition

_VACANT = (
    "vacant",
    "vacante",
    "poste vacant",
    "a pourvoir",
    "poste a pourvoir",
    "non pourvu",
    "poste non pourvu",
    "a recruter",
    "recrutement",
    "en recrutement",
    "en cours de recrutement",
    "neant",
)
# « 01/2023 » beside a name is a date.
_BETWEEN_PERSONS = re.compile(r"\bet\b|[&;\r\n]|(?<!\d)/|/(?!\d)", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{2,}")
_REACHES = re.compile(
    r"\b(?:courriel|e ?mail|mail|telephone|tel|portable|fax|matricule|nir|prenoms?|ne e? ?le|"
    r"date de naissance|numero (?:d )?allocataire|n (?:d )?allocataire|adresse personnelle)\b"
)
_PERSON = re.compile(
    r"(?:nom|nom et prenom|nom prenom|contact|referente?)s? (?:de l |de la |du |des |de |d )?"
    r"(?:charge|agent|referent|contact|enfant|parent|salarie|responsable|assistant|allocataire|direct|usage|"
    r"naissance|famille)\w*\b.*"
)
_NAMES = {"nom", "noms", "nom de famille", "nom d usage"}


def several_persons(recognition: Recognition, context: Context) -> dict[int, Problem]:
    """Rows of which a cell that a pseudonym stands for names several persons, each with its problem."""
    sources = (source for output in recognition.part.outputs for source in output.columns.values())
    names = {name for source in sources for name in columns_named(source)[1]}
    return {
        row: context.problem(match, row, "several_persons")
        for match in recognition.matches
        if match.name in names
        for row in context.table.body_rows
        if names_several(str(context.table.cell(row, match.column.index) or ""))
    }


def is_vacant(text: str) -> bool:
    """Say whether the name of a person says that the post has none.

    Examples
    --------
    >>> is_vacant("À recruter (01/2025)"), is_vacant(""), is_vacant("Vacanti")
    (True, True, False)
    """
    words = normalise(text)
    return not words or f"{words} ".startswith(tuple(f"{vacant} " for vacant in _VACANT))


def personal_columns(table: Table) -> set[int]:
    """Columns whose labels announce what names or reaches a person.

    « Nom » alone is that of a person beside a « Prénom », else that of a structure.

    Parameters
    ----------
    table : Table

    Returns
    -------
    set of int
        Indexes on the sheet.
    """
    labels = {c.index: [normalise(label) for label in c.path] for c in table.columns}
    found = {index for index, path in labels.items() if any(map(_is_personal, path))}
    has_first_names = any("prenom" in label for path in labels.values() for label in path)
    names = {index for index, path in labels.items() if path and path[-1] in _NAMES}
    return found | names if has_first_names else found


def _is_personal(label: str) -> bool:
    return bool(_REACHES.search(label) or _PERSON.fullmatch(label))


def personal_indexes(recognition: Recognition) -> set[int]:
    """Columns that a recipe declares personal, by their index on the sheet."""
    return {match.column.index for match in recognition.matches if match.recipe.personal}


def without_texts(problem: Problem) -> Problem:
    """Problem whose texts are blanked: they may name a person of the line.

    Examples
    --------
    >>> without_texts(Problem("a.csv", "", "A4", "row_ragged", "…", "Gex;Ada Zyx")).found
    ''
    """
    return replace(problem, found="", repaired_to="") if problem.cell else problem


def names_several(text: str) -> bool:
    """Say whether a cell, its line breaks kept, names several persons.

    Examples
    --------
    >>> names_several("Ada Zyx / Bob Zyx"), names_several("Ada Zyx (depuis 01/2023)"), names_several("n/a")
    (True, False, False)
    """
    return not is_vacant(text) and sum(bool(_WORD.search(part)) for part in _BETWEEN_PERSONS.split(text)) > 1
