"""Cells that name a person: one, none because the post is vacant, or several, which is asked about."""

import re
from collections.abc import Iterable
from dataclasses import replace

from sdsf_analysis.model.problems import Problem
from sdsf_analysis.reading.layout import Table
from sdsf_analysis.reading.sheet import Cell
from sdsf_analysis.reading.text import is_blank, normalise
from sdsf_analysis.reading.typed.legends import usual_meaning
from sdsf_analysis.reading.values import read_number, read_tick
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
_BORN_OR_NUMBERED = re.compile(
    r"\b(?:prenoms?|civilite|matricule|nir|ne e? ?le|date de naissance|"
    r"numero (?:d )?allocataire|n (?:d )?allocataire|adresse personnelle)\b"
)
_REACHED = re.compile(
    r"\b(?:courriels?|e ?mails?|mails?|mel|telephones?|tel|portable|fax|adresse (?:electronique|mel))\b"
)
_PERSON = re.compile(
    r"(?:nom|nom et prenom|nom prenom|contact|referente?)s? (?:de l |de la |du |des |de |d )?"
    r"(?:charge|agent|referent|contact|enfant|parent|salarie|responsable|assistant|allocataire|direct|usage|"
    r"naissance|famille)\w*\b.*"
)
_NAMES = {"nom", "noms", "nom de famille", "nom d usage"}
_ROLE = re.compile(
    r"\b(?:responsable|referente?|contact|(?:interlocut|direct|animat|coordinat|coordonnat)(?:eur|rice)|"
    r"presidente?|chargee? de (?:cooperation|mission|projet)|cheffe? de (?:projet|service))s?\b"
)
# « Enfants 0-2 » is counted, « Enfant » may be named, « Signataire » may be ticked
_PERHAPS = re.compile(
    r"\b(?:enfant|agent|usager|beneficiaire|signataire|allocataire|personne|identite|salariee?|"
    r"assistante?s? maternel(?:le)?s?)\b"
)
_OF_A_THING = re.compile(
    r"(?:structure|organisme|service|collectivite|commune|ville|epci|caf|msa|etablissement|association|"
    r"institution|type|statut|date|nombre|nb|code|qualite|fonction|grade|diplome|etp|motif|mode|nature|taux|"
    r"part|effectif|temps|jour|heure|lieu|adresse)s?\b"
)
_INSTITUTION = re.compile(
    r"\b(?:caf|cnaf|msa|cc|ca|epci|etat|departement|conseil|commune|communes|communaute|agglomeration|mairie|"
    r"ville|association|asso|ccas|cias|prefecture|region|syndicat|sivom|sivu|service|services|centre|pole|"
    r"direction|pmi|dsden|sdjes|ddets|ars|education)\b"
)
# civility and phone stand by themselves: « S.I.V.O.M. de Gex » is no gentleman
_REACHES = re.compile(
    r"[^@\s]+@[^@\s]+\.\w+|(?:\+33|(?<!\d)0)\s?[1-9](?:[ .\-]?\d\d){4}(?!\d)"
    r"|(?<![\w.])(?:M\.|M[Rr]\.?|M[Mm][Ee]|M[Ll]{2}[Ee]|Madame|Monsieur)\s+[^\W\d_a-zà-ÿ]"
)
_STREET = re.compile(
    r"\b\d{1,4}(?: ?bis| ?ter)?,? (?:rue|avenue|place|chemin|route|allée|impasse|boulevard|cours|quai)\b",
    re.IGNORECASE,
)
SAMPLE = 40
# characters of a cell; what reaches a person stands at its beginning
LOOKED_AT = 300
PERSON_SHARE, NAME_SHARE = 0.2, 0.5
# the least phone number written as a number: 01 00 00 00 00
_LEAST_PHONE = 100_000_000


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
    """Columns that name or reach a person, by their labels or by their cells: the one rule of the package.

    Parameters
    ----------
    table : Table

    Returns
    -------
    set of int
        Indexes on the sheet.
    """
    labels = {column.index: [normalise(label) for label in column.path] for column in table.columns}
    beside = any("prenom" in label for path in labels.values() for label in path)
    # evenly spaced: the first lines of a long list may all be vacant
    rows = table.body_rows[:: -(-len(table.body_rows) // SAMPLE) or 1]
    return {
        index
        for index, path in labels.items()
        if names_a_person(path, table.cells_of(index, rows), beside_first_names=beside)
    }


def names_a_person(labels: list[str], cells: Iterable[Cell], *, beside_first_names: bool = False) -> bool:
    """Say whether a column names or reaches a person.

    A label of a role (« Responsable ») counts where the cells may be names: it may head counts,
    ticks or institutions. « Nom » and « Adresse » alone are those of a structure.

    Parameters
    ----------
    labels : list of str
        Normalised labels, from top to bottom.
    cells : iterable of cells
        Some of the cells.
    beside_first_names : bool
        Whether another column holds first names: « Nom » and « Adresse » are then those of a person.

    Examples
    --------
    >>> names_a_person(["responsable"], ["Zacharie Zyx", "Ada Zyx"]), names_a_person(["responsable"], ["MSA"])
    (True, False)
    >>> names_a_person(["suivi"], ["Vu avec Mme Zyx"]), names_a_person(["referents"], [2.0, 3.0])
    (True, False)
    """
    filled = [cell for cell in cells if type(cell) is float or not is_blank(cell)]
    texts = [cell for cell in filled if isinstance(cell, str)]
    label = " ".join(labels)
    if _BORN_OR_NUMBERED.search(label) or any(map(_PERSON.fullmatch, labels)):
        return True
    if _REACHED.search(label) and not (filled and all(map(_is_figure, filled))):
        return True
    if beside_first_names and labels and (labels[-1] in _NAMES or labels[-1].startswith("adresse")):
        return True
    if _share(_REACHES, texts, filled) >= PERSON_SHARE:
        return True
    if beside_first_names and _share(_STREET, texts, filled) >= PERSON_SHARE:
        return True
    return _is_named_by_role(labels, texts)


def _share(pattern: re.Pattern[str], texts: list[str], filled: list[Cell]) -> float:
    """Share of the cells that hold a pattern; a text that comes back is searched once."""
    found = {text for text in set(texts) if pattern.search(text[:LOOKED_AT])}
    return sum(text in found for text in texts) / len(filled) if found else 0.0


def _is_figure(cell: Cell) -> bool:
    number = read_number(cell)
    return number.value is not None and number.value < _LEAST_PHONE


def _is_named_by_role(labels: list[str], texts: list[str]) -> bool:
    """Whether a label of a role stands above names; one that may be counted asks for full names."""
    if any(map(_OF_A_THING.match, labels)):
        return False
    is_role = any(map(_ROLE.search, labels))
    if not labels or not (is_role or _PERHAPS.search(labels[-1])):
        return False
    said = [text for text in texts if not _is_sign(text)]
    if is_role:
        return bool(said) and sum(map(_may_name, said)) >= PERSON_SHARE * len(said)
    return bool(said) and sum(map(_is_full_name, said)) >= NAME_SHARE * len(said)


def _is_sign(text: str) -> bool:
    return read_tick(text) is not None or usual_meaning(text.strip()) is not None or is_vacant(text)


def _may_name(text: str) -> bool:
    words = _WORD.findall(text)
    return any(word[0].isupper() for word in words) and not _INSTITUTION.search(normalise(text))


def _is_full_name(text: str) -> bool:
    words = text.split()
    return len(words) > 1 and all(word[0].isupper() for word in words) and _may_name(text)


def personal_indexes(recognition: Recognition) -> set[int]:
    """Columns that a recipe declares personal, by their index on the sheet."""
    return set(recognition.personal)


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
