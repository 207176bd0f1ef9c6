"""Signs that stand for a number: their usual meaning, and what the legend of a file says of them."""

import re
from collections.abc import Iterable, Mapping

from sdsf_analysis.model.status import Status
from sdsf_analysis.reading.text import normalise, normalise_all
from sdsf_analysis.reading.typed.bounds import Bounds, one_bound, said_bounds

# Mark in lower case → status, by the file's own words.
Legend = Mapping[str, Status]

_BY_STATUS = {
    Status.MISSING: ("nd", "n.d.", "n.d", "n/d", "nr", "n.r.", "n.r", "n/r", "nc", "n.c.", "n.c", "n/c", "na",
                     "n/a", "nsp", "…", "...", "..", ".", "?", "??", "nan", "null", "none", "à compléter",
                     "à définir", "à préciser", "à venir", "en attente", "en cours", "inconnu", "inconnue"),
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
    ("division par 0", Status.NOT_APPLICABLE),
    ("non concerne", Status.NOT_APPLICABLE),
    ("non applicable", Status.NOT_APPLICABLE),
    ("non disponible", Status.MISSING),
    ("donnee non disponible", Status.MISSING),
    ("donnees non disponibles", Status.MISSING),
    ("resultat non disponible", Status.MISSING),
    ("indisponible", Status.MISSING),
    ("non renseigne", Status.MISSING),
    ("non communique", Status.MISSING),
    ("non reponse", Status.MISSING),
    ("donnee manquante", Status.MISSING),
    ("manquant", Status.MISSING),
    ("non parvenu", Status.MISSING),
    ("non transmis", Status.MISSING),
    ("non fourni", Status.MISSING),
    ("non connu", Status.MISSING),
    ("non diffus", Status.SECRET),
)
_PHRASE_WORDS = 6
# « N/A - secret statistique »: what follows the sign is its meaning.
_SIGN_BEFORE = re.compile(r"n/?[adcrs] ?[-–:] ?", re.IGNORECASE)
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
    ("repondant", Status.MISSING),
    ("manquant", Status.MISSING),
    ("non parvenu", Status.MISSING),
    ("non transmis", Status.MISSING),
    ("non fourni", Status.MISSING),
    ("non connu", Status.MISSING),
    ("inconnu", Status.MISSING),
    ("non diffus", Status.SECRET),
)
# A sign that stands for zero by the file's own words, and by them alone.
_NOTHING = re.compile(
    r"(?:(?:resultat|valeur|effectif|chiffre|donnee|rigoureusement) )*(?:nul|nulle|neant|zero)\b"
)
_MEANING_LENGTH = 90
# How far a meaning says what it is: « (1) : depuis 2010, élargi aux moins de 25 ans » is the note of a call.
_FAR = 40
_NEW_MARK_LENGTH = 3
_ONE_MARK = r"(?:[<≤⩽>≥⩾]\s?\d{1,3}|[^\s;:=()«»\"“”]{1,5})"
_MARK = re.compile(
    r"(?:^|[\s;,.(•])(?:"
    rf"[«\"“'‘(\[]\s?({_ONE_MARK})\s?[»\"”'’)\]]\s*(?:[:=→(]|signifie\b|indique\b|désigne\b|pour\b|-\s"
    r"|(?=(?:donnée|valeur|effectif|résultat|chiffre|secret|non|sans)s?\b))"
    rf"|({_ONE_MARK})\s*(?:[:=→]|signifie\b|désigne\b))"
)
_SAYS = re.compile(r"[:=→»\"”]|['’)\]]\s*[(-]|signifie|indique|désigne|pour", re.IGNORECASE)

# Without one of these, a text gives a mark neither a status nor bounds: most rows of a list of codes.
_MEANINGFUL = re.compile("|".join([*(words for words, _ in _MEANINGS), "nul", "neant", "zero"]))
_BOUNDING = re.compile(r"[<>≤⩽≥⩾+\[]|moins|plus|inf|sup|jusqu|maxi|mini|\d\s*(?:à|et|[-–])\s*\d")

MARKS = {mark: status for status, marks in _BY_STATUS.items() for mark in marks}


class FileLegend(dict[str, Status]):
    """A legend that may give bounds to its marks, too.

    Attributes
    ----------
    bounds : dict
        Bounds that the file gives to a sign, or to what « <5 » allows by itself: (0, 4) → (1, 4).
    """

    def __init__(self) -> None:
        super().__init__()
        self.bounds: dict[str | Bounds, Bounds] = {}


def bounds_by_legend(legend: Legend | None, text: str) -> Bounds | None:
    """Bounds of a sign or of a bound by the file's own legend, None where it says none.

    Parameters
    ----------
    legend : dict, optional
        A plain dictionary of statuses gives no bounds.
    text : str
        Text of a cell.

    Examples
    --------
    >>> legend = read_legend(["<5 : de 1 à 4 ; s : moins de 11"])
    >>> bounds_by_legend(legend, "< 5"), bounds_by_legend(legend, "S"), bounds_by_legend(legend, "<10")
    ((1.0, 4.0), (0.0, 10.0), None)
    """
    if not isinstance(legend, FileLegend) or not legend.bounds:
        return None
    return legend.bounds.get(one_bound(text) or text.casefold())


def is_sign_of(legend: Legend | None, text: str) -> bool:
    """Say whether a legend explains a sign, which bounds nothing by itself: « s », not « <5 ».

    Examples
    --------
    >>> legend = read_legend(["<5 : non significatif ; s : moins de 11"])
    >>> is_sign_of(legend, "s"), is_sign_of(legend, "<5"), is_sign_of(legend, "nd")
    (True, False, False)
    """
    return legend is not None and text.casefold() in legend and one_bound(text) is None


def usual_meaning(text: str) -> tuple[Status, bool] | None:
    """Meaning of a sign without a legend, and whether it says it in full; None where it is no sign.

    Examples
    --------
    >>> usual_meaning("Confidentiel (secret statistique)")
    (<Status.SECRET: 'secret'>, True)
    >>> usual_meaning("ND"), usual_meaning("N/A - secret statistique"), usual_meaning("Saint-Denis")
    ((<Status.MISSING: 'missing'>, False), (<Status.SECRET: 'secret'>, True), None)
    """
    mark = text.casefold()
    if mark in MARKS:
        return MARKS[mark], False
    if mark.startswith("(") and mark.endswith(")") and mark[1:-1] in MARKS:
        return MARKS[mark[1:-1]], False
    plain = normalise(text[before.end() :] if (before := _SIGN_BEFORE.match(text)) else text)
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
    if _SIGN_BEFORE.match(text):
        meaning = usual_meaning(text)
        return meaning[0] if meaning else None
    plain = normalise(text)
    return next((status for words, status in _PHRASES if plain in (words, f"{words}e", f"{words}es")), None)


def read_legend(notes: Iterable[str]) -> FileLegend:
    """Meaning of the marks by the texts of a file: « s : secret statistique ; nd = non disponible ».

    Parameters
    ----------
    notes : iterable of str
        Titles, notes and documentation.

    Returns
    -------
    FileLegend
        Mark in lower case → status; ``known`` where the file says that the mark is a zero.

    Examples
    --------
    >>> read_legend(["Source : Caf. s : secret statistique ; nd : non disponible"])
    {'s': <Status.SECRET: 'secret'>, 'nd': <Status.MISSING: 'missing'>}
    >>> read_legend(["le symbole « NC » (non concerné) est affiché"])
    {'nc': <Status.NOT_APPLICABLE: 'not_applicable'>}
    """
    legend = FileLegend()
    saying = [note.casefold() for note in dict.fromkeys(notes) if _SAYS.search(note)]
    texts = [note.replace("\u00a0", " ").replace("\u202f", " ") for note in saying]
    for text, plain in zip(texts, normalise_all(texts), strict=True):
        if not _MEANINGFUL.search(plain) and not _BOUNDING.search(text):
            continue
        found = list(_MARK.finditer(text))
        ends = [match.start() for match in found[1:]] + [len(text)]
        for match, end in zip(found, ends, strict=False):
            meaning = text[match.end() : min(end, match.end() + _MEANING_LENGTH)]
            _explain(legend, match[1] or match[2], meaning)
    return legend


def _explain(legend: FileLegend, mark: str, meaning: str) -> None:
    """Add what a note says of a mark; what was said first counts."""
    is_usual = mark in MARKS or not any(map(str.isalnum, mark))
    may_be_new = len(mark) <= _NEW_MARK_LENGTH and not mark.isdigit()
    bound = None if mark.isalnum() else one_bound(mark)
    if not (bound or is_usual or may_be_new):
        return
    status = _status_of(meaning)
    said = said_bounds(meaning, is_bound=bound is not None)
    if bound and said:
        legend.bounds.setdefault(bound, said)
    if said and is_usual and status is None:
        status = Status.SECRET
    # « <5 » says by itself that a number is withheld
    if status is None or (bound and status is Status.SECRET):
        return
    if (is_usual or may_be_new) and mark not in legend:
        legend[mark] = status
        if said and status is Status.SECRET:
            legend.bounds[mark] = said


def _status_of(meaning: str) -> Status | None:
    """Status that a meaning speaks of first."""
    plain = normalise(meaning)
    if _NOTHING.match(plain):
        return Status.KNOWN
    places = [(place, status) for word, status in _MEANINGS if 0 <= (place := plain.find(word)) <= _FAR]
    return min(places)[1] if places else None
