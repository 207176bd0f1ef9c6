"""Files of one row per child: put in quarantine on sight, nothing of them is read nor quoted."""

import re
from collections.abc import Iterable

from sdsf_analysis.errors import ReadingError
from sdsf_analysis.model.problems import Problem
from sdsf_analysis.reading.table import Table
from sdsf_analysis.reading.text import normalise

_CHILD = r"(?:jeunes? )?(?:enfant|eleve|mineur|bebe)"
_NAME = r"(?:noms?|prenoms?|identite|initiales|nom et prenom|nom prenom|prenom et nom|prenom nom)"
_OF = r"(?: de l| de la| du| de| d)?"
_CHILD_NAMED = re.compile(rf"{_NAME}{_OF} {_CHILD}|{_CHILD} {_NAME}|{_CHILD} {_NAME}{_OF} {_CHILD}")
_BORN = re.compile(
    r"(?:.* )?(?:date(?: de)? naissance|ne e? ?le|nee? le|d d n|ddn|date naiss|naiss le)(?: .*)?"
)
# The birth date of a childminder, of an officer or of a mayor is personal too, and not a child's.
_ADULT = re.compile(
    r"\b(?:agrement|assistant|assistante|agent|employeur|elue?s?|etp|fonction|mandat|poste|salarie|salariee|diplome)\b"
)


def rows_of_children(source: str, tables: Iterable[Table]) -> Problem | None:
    """Refuse a file that has one row per child, told by its labels: a child's name, or a birth date.

    Parameters
    ----------
    source : str
        Name of the file.
    tables : iterable of Table
        Its tables.

    Returns
    -------
    Problem or None
        It quotes neither a cell nor a label.

    Examples
    --------
    >>> from sdsf_analysis.reading.layout import find_tables
    >>> from sdsf_analysis.reading.sheet import Sheet
    >>> rows = [["Prénom de l'enfant", "Commune"], ["Zoé", "Gex"], ["Léo", "Ornex"]]
    >>> rows_of_children("inscrits.xlsx", find_tables(Sheet("Liste", rows))).code
    'rows_of_children'
    >>> counts = [["Commune", "Nombre d'enfants"], ["Gex", 12.0], ["Ornex", 7.0]]
    >>> rows_of_children("inscrits.xlsx", find_tables(Sheet("Liste", counts))) is None
    True
    """
    if not any(_names_children(table) for table in tables):
        return None
    message = (
        "Ce fichier a une ligne par enfant (nom ou date de naissance) : il est mis en quarantaine, "
        "rien n'en est lu ni cité."
    )
    return Problem(source, "", "", "rows_of_children", message)


def refuse_children(source: str, tables: Iterable[Table]) -> None:
    """Refuse to show anything of a file of one row per child.

    Parameters
    ----------
    source : str
        Name of the file.
    tables : iterable of Table
        Its tables.

    Raises
    ------
    ReadingError
        If it has one row per child, with the sentence of the build.
    """
    if problem := rows_of_children(source, tables):
        raise ReadingError(problem.code, problem.message)


def _names_children(table: Table) -> bool:
    labels = [normalise(" ".join(column.path)) for column in table.columns]
    if any(_CHILD_NAMED.fullmatch(label) for label in labels):
        return True
    is_of_adults = any(_ADULT.search(label) for label in labels)
    return not is_of_adults and any(_BORN.fullmatch(label) for label in labels)
