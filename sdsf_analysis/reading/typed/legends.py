"""Signs that stand for a number: their usual meaning, and what the legend of a file says of them."""

import re
from collections.abc import Iterable

from sdsf_analysis.model.status import Status
from sdsf_analysis.reading.text import normalise

Legend = dict[str, Status]

_BY_STATUS = {
    Status.MISSING: ("nd", "n.d.", "n.d", "n/d", "nr", "n.r.", "n/r", "nc", "n.c.", "na", "n/a", "nsp", "…",
                     "...", "..", ".", "?", "??", "nan", "null", "none", "à compléter", "à définir",
                     "à préciser", "à venir", "en attente", "en cours", "inconnu", "inconnue"),
    Status.SECRET: ("s", "c", "ss", "***", "**"),
    Status.NOT_SIGNIFICANT: ("ns", "n.s.", "n.s", "n/s", "ε"),
    Status.NOT_APPLICABLE: ("-", "–", "—", "--", "---", "/", "//", "///", "so", "s.o.", "s/o", "xx", "fermé",
                            "fermée"),
}  # fmt: skip
# Said in full, a mark needs no legend; the text may go on: « non disponible pour 2023 ».
_PHRASES = (
    ("confidenti", Status.SECRET),
    ("secret", Status.SECRET),
    ("donnee confidenti", Status.SECRET),
    ("donnees confidenti", Status.SECRET),
    ("donnee secret", Status.SECRET),
    ("non significati", Status.NOT_SIGNIFICANT),
    ("sans objet", Status.NOT_APPLICABLE),
    ("non concerne", Status.NOT_APPLICABLE),
    ("non applicable", Status.NOT_APPLICABLE),
    ("non disponible", Status.MISSING),
    ("donnee non disponible", Status.MISSING),
    ("donnees non disponibles", Status.MISSING),
    ("indisponible", Status.MISSING),
    ("non renseigne", Status.MISSING),
    ("non communique", Status.MISSING),
    ("non reponse", Status.MISSING),
    ("donnee manquante", Status.MISSING),
)
_PHRASE_WORDS = 6
# In a column of texts these are words of the language, and single letters are names: « secteur C ».
_WORDS = frozenset(
    {"en cours", "inconnu", "inconnue", "fermé", "fermée", "so", "na", "s", "c", "ss", "à venir"}
)
_MEANINGS = (
    ("secret", Status.SECRET),
    ("confidenti", Status.SECRET),
    ("inferieur", Status.SECRET),
    ("moins de", Status.SECRET),
    ("significati", Status.NOT_SIGNIFICANT),
    ("sans objet", Status.NOT_APPLICABLE),
    ("concern", Status.NOT_APPLICABLE),
    ("applicable", Status.NOT_APPLICABLE),
    ("nature des choses", Status.NOT_APPLICABLE),
    ("disponible", Status.MISSING),
    ("renseign", Status.MISSING),
    ("communiqu", Status.MISSING),
    ("reponse", Status.MISSING),
    ("manquant", Status.MISSING),
)
# A sign that stands for zero by the file's own words, and by them alone.
_NOTHING = re.compile(r"(?:(?:resultat|valeur|effectif|chiffre|rigoureusement) )*(?:nul|nulle|neant|zero)\b")
_MEANING_LENGTH = 90
# How far a meaning says what it is: « (1) : depuis 2010, élargi aux moins de 25 ans » is the note of a call.
_FAR = 40
_NEW_MARK_LENGTH = 3
_MARK = re.compile(
    r"(?:^|[\s;,.(•])(?:"
    r"[«\"“'‘(\[]\s?([^\s;:=()«»\"“”]{1,5})\s?[»\"”'’)\]]\s*(?:[:=→(]|signifie\b|indique\b|désigne\b|pour\b|-\s)"
    r"|([^\s;:=()«»\"“”]{1,5})\s*(?:[:=→]|signifie\b|désigne\b))"
)
_SAYS = re.compile(r"[:=→]|[»\"”'’)\]]\s*[(-]|signifie|indique|désigne|pour", re.IGNORECASE)

MARKS: Legend = {mark: status for status, marks in _BY_STATUS.items() for mark in marks}


def usual_meaning(text: str) -> tuple[Status, bool] | None:
    """Meaning of a sign without a legend, and whether it says it in full; None where it is no sign.

    Examples
    --------
    >>> usual_meaning("Confidentiel (secret statistique)")
    (<Status.SECRET: 'secret'>, True)
    >>> usual_meaning("ND"), usual_meaning("Saint-Denis")
    ((<Status.MISSING: 'missing'>, False), None)
    """
    mark = text.casefold()
    if mark in MARKS:
        return MARKS[mark], False
    if mark.startswith("(") and mark.endswith(")") and mark[1:-1] in MARKS:
        return MARKS[mark[1:-1]], False
    plain = normalise(text)
    if plain.count(" ") < _PHRASE_WORDS:
        return next(((status, True) for words, status in _PHRASES if plain.startswith(words)), None)
    return None


def sign_among_texts(text: str) -> Status | None:
    """Status of a sign in a column of texts, where words and names are neither; None for a text.

    Examples
    --------
    >>> sign_among_texts("Non renseigné"), sign_among_texts("en cours"), sign_among_texts("C")
    (<Status.MISSING: 'missing'>, None, None)
    """
    mark = text.casefold()
    if mark in MARKS:
        return None if mark in _WORDS else MARKS[mark]
    plain = normalise(text)
    return next((status for words, status in _PHRASES if plain in (words, f"{words}e", f"{words}es")), None)


def read_legend(notes: Iterable[str]) -> Legend:
    """Meaning of the marks by the texts of a file: « s : secret statistique ; nd = non disponible ».

    Parameters
    ----------
    notes : iterable of str
        Titles, notes and documentation.

    Returns
    -------
    dict
        Mark in lower case → status; ``known`` where the file says that the mark is a zero.

    Examples
    --------
    >>> read_legend(["Source : Caf. s : secret statistique ; nd : non disponible"])
    {'s': <Status.SECRET: 'secret'>, 'nd': <Status.MISSING: 'missing'>}
    >>> read_legend(["le symbole « NC » (non concerné) est affiché"])
    {'nc': <Status.NOT_APPLICABLE: 'not_applicable'>}
    """
    legend: Legend = {}
    for note in dict.fromkeys(notes):
        if not _SAYS.search(note):
            continue
        text = note.casefold().replace("\u00a0", " ").replace("\u202f", " ")
        found = list(_MARK.finditer(text))
        ends = [match.start() for match in found[1:]] + [len(text)]
        for match, end in zip(found, ends, strict=False):
            mark = match[1] or match[2]
            status = _status_of(text[match.end() : min(end, match.end() + _MEANING_LENGTH)])
            if status and not mark.isdigit() and (mark in MARKS or len(mark) <= _NEW_MARK_LENGTH):
                legend.setdefault(mark, status)
    return legend


def _status_of(meaning: str) -> Status | None:
    """Status that a meaning speaks of first."""
    plain = normalise(meaning)
    if _NOTHING.match(plain):
        return Status.KNOWN
    places = [(place, status) for word, status in _MEANINGS if 0 <= (place := plain.find(word)) <= _FAR]
    return min(places)[1] if places else None
