"""Cells that name a person: one, none because the post is vacant, or several, which is asked about."""

import re

from sdsf_analysis.model.problems import Problem
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


def names_several(text: str) -> bool:
    """Say whether a cell, its line breaks kept, names several persons.

    Examples
    --------
    >>> names_several("Ada Zyx / Bob Zyx"), names_several("Ada Zyx (depuis 01/2023)"), names_several("n/a")
    (True, False, False)
    """
    return not is_vacant(text) and sum(bool(_WORD.search(part)) for part in _BETWEEN_PERSONS.split(text)) > 1
