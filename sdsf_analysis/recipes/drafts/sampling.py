"""What the cells of an unknown column say: of a person, of a commune, or three examples that may be shown."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sdsf_analysis.reading.layout import Column, Table
from sdsf_analysis.reading.sheet import Cell
from sdsf_analysis.reading.text import is_blank, normalise
from sdsf_analysis.reading.values import clean_text
from sdsf_analysis.recipes.recognise import CODE, NAME
from sdsf_analysis.territories.france import France, departement_of
from sdsf_analysis.territories.names import name_key

SAMPLE = 400
PLACE_SHARE = 0.8
PERSON_SHARE = 0.2
MAX_EXAMPLE = 40
_PERSON_WORDS = (
    "prenom prenoms courriel courriels mail mails email mel telephone telephones tel portable mobile adresse "
    "contact contacts referent referente interlocuteur interlocutrice responsable directeur directrice "
    "president presidente animateur animatrice coordinateur coordinatrice civilite naissance matricule nir "
    "patronyme usager beneficiaire agent signataire enfant"
)
_PERSON_LABELS = frozenset({"nom", "noms", "nom et prenom", "nom prenom", "prenom nom", "nom de famille",
                            "nom d usage", "nom de naissance", "personne", "allocataire", "n allocataire",
                            "numero allocataire"})  # fmt: skip
_REACHES = re.compile(
    r"[^@\s]+@[^@\s]+\.\w+|(?:\+33|\b0)\s?[1-9](?:[ .\-]?\d\d){4}\b|\b(?:M\.|Mr|Mme|Mlle|Madame|Monsieur)\s"
    r"|\b\d{1,4}(?: ?bis| ?ter)?,? (?:rue|avenue|place|chemin|route|allée|impasse|boulevard|cours|quai)\b",
    re.IGNORECASE,
)
_FREE_TEXT = 4


@dataclass(frozen=True)
class Sample:
    """First filled cells of a column."""

    column: Column
    kind: str
    cells: tuple[Cell, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """Texts of the cells, each once."""
        return tuple(dict.fromkeys(clean_text(cell) for cell in self.cells))


def sample(table: Table, column: Column, kind: str) -> Sample:
    """Take the first filled cells of a column."""
    cells = (table.cell(row, column.index) for row in table.body_rows[:SAMPLE])
    return Sample(column, kind, tuple(cell for cell in cells if not is_blank(cell)))


def names_a_person(one: Sample) -> bool:
    """Say whether a column names or reaches a person, by its label or by its cells.

    Examples
    --------
    >>> names_a_person(Sample(Column(1, ("Référent",)), "text", ()))
    True
    >>> names_a_person(Sample(Column(1, ("Suivi",)), "text", ("Mme Zyx", "M. Wuv")))
    True
    """
    label = normalise(one.column.path[-1]) if one.column.path else ""
    # « Enfants 0-2 » is counted, « Enfant » is named
    by_label = label in _PERSON_LABELS or bool(set(_PERSON_WORDS.split()) & set(label.split()))
    if by_label and one.kind in ("text", "code", "date"):
        return True
    found = sum(bool(_REACHES.search(cell)) for cell in one.cells if isinstance(cell, str))
    return bool(found) and found >= PERSON_SHARE * len(one.cells)


def place_role(one: Sample, places: France) -> str:
    """Say whether the cells are codes or names of communes: `CODE`, `NAME`, or empty.

    A number of persons may be the code of some commune: a column of codes has each of them once, or nearly.
    """
    if one.kind in ("date", "percent") or not one.texts:
        return ""
    if all(_code(text) for text in one.texts):
        known = sum(places.knows(_code(text)) for text in one.texts)
        return CODE if one.kind == "code" and known >= PLACE_SHARE * len(one.texts) else ""
    known = sum(name_key(text) in places.codes_by_key for text in one.texts)
    return NAME if known >= PLACE_SHARE * len(one.texts) and len(one.texts) > 1 else ""


def _code(text: str) -> str:
    match = re.fullmatch(r"(\d{4,5}|2[AB]\d{3})(?:[.,]0+)?", text.upper())
    return match[1].zfill(5) if match else ""


def departements_of(one: Sample) -> set[str]:
    """Départements of a column of codes."""
    return {departement for text in one.texts if (departement := departement_of(_code(text)))}


def examples(one: Sample, *, is_known: bool) -> tuple[str, ...]:
    """Up to three cells that may be shown.

    Parameters
    ----------
    one : Sample
        A column that neither names nor reaches a person.
    is_known : bool
        Whether what it holds is known. Of a free text that is not, nothing is shown: it may name anyone.

    Examples
    --------
    >>> free = Sample(Column(1, ("Remarques",)), "text", ("Reprise par Ada", "Vu avec Bob"))
    >>> examples(free, is_known=False)
    ()
    """
    if one.kind == "text" and not is_known and not _is_repeated(one):
        return ()
    return tuple(_shortened(one))[:3]


def _is_repeated(one: Sample) -> bool:
    """A short list of words that come back is no name."""
    return len(one.cells) >= 2 * len(one.texts) and all(len(text.split()) <= _FREE_TEXT for text in one.texts)


def _shortened(one: Sample) -> Iterator[str]:
    for text in one.texts[:3]:
        yield text if len(text) <= MAX_EXAMPLE else f"{text[: MAX_EXAMPLE - 1]}…"
