"""Rows that add up others: told by their words, but for a modality called « Total »."""

import re
from collections import Counter
from collections.abc import Callable, Iterable

import numpy as np

from sdsf_analysis.reading.text import is_blank, normalise

# A total bears its label and, at most, the name of what it adds up.
MAX_TOTAL_TEXTS = 2
# A total stands among the first cells of its row.
FIRST_CELLS = 5
# « A », « B1 » number the lines of a return.
_LINE_NUMBER = 3
# A modality comes back for each group: twice at least, on average.
_MODALITY_SHARE = 2
_HINT = re.compile(
    r"tota|ensemble|france|\bdr?om\b|outre|métropol|metropol|somme|cumul|récap|moyenne|médiane", re.IGNORECASE
)
# Words cut short, which begin a label: looked for among the few texts that begin so.
_SHORT = re.compile(
    r"t ?o ?t\b|ttl\b|s/t|moy\b|hexagone|tou(?:te)?s (?:les |nos )?\w|f\. ?(?:ent|mét|met)", re.IGNORECASE
)
_OPENINGS = frozenset({"tot", "t o", "ttl", "s/t", "moy", "hex", "tou", "f. ", "f.e", "f.m"})
# In lower case, one letter tells most places apart at once.
_LOWER_HINT = re.compile(_HINT.pattern)
_DIGITS = b"0123456789"
_MARK = re.compile(r"\s*(\*+|\(\w{1,2}\)|[¹²³⁴⁵])\s*$")
_TOTAL = re.compile(
    r"(sous |s )?(total|totaux)\b.*|.+ (total|totaux)|(somme|cumul)( (des|du|de la|de)\b.*)?|total\w{1,2}"
    r"|t o t a l\b.*|tot|ttl|s t\b.*|tou(te)?s (les |nos )?(communes|epci|cc|caf|msa|cantons|ctg|secteurs"
    r"|territoires|departements|regions|structures|equipements|services|etablissements)"
)
_ENSEMBLE = re.compile(
    r"ensemble( (\d{2,3}|2[ab]|du|de|de la|de l|des|dep|departement|region|france|caf|msa|hors|total|general"
    r"|communes?|epci|territoires?)\b.*)?"
)
_MEAN = re.compile(
    r"(valeur )?(moyenne|moy|mediane)( (generale?|ponderee|simple|nationale|regionale|departementale|france"
    r"|dep|departement|(du|de la|de l|des) .*))?"
)
_NAMED = re.compile(f"{_ENSEMBLE.pattern}|{_MEAN.pattern}")
_FRANCE = re.compile(
    r"(la |estimations? (de la |pour la )?)?france"
    r"( (metropolitaine|metro|entiere|hexagonale|continentale|hors|y compris|sans|avec|cnav|cnaf|msa|et"
    r"|\+)\b.*)?"
    r"|(\d )?(dom|drom|drom com|dom tom|dom com|departements d outre mer|outre mer)"
    r"( (hors|y compris|sans|avec|et|estime)\b.*)?|metropole|hexagone|f (entiere|metro|metropolitaine)"
)
_IN_FRANCE = re.compile(r"(?!la |total |ensemble )\w+ france")
# What a total says it adds up.
_ADDED_UP = re.compile(r"(?:(?:sous |s )?(?:total|totaux)|s t|ensemble)(?: (?:du|de la|de l|des|de|d))? (.+)")
# Under the last total: last year's, how far it is from it, its share of another.
_BESIDE = re.compile(
    r"(?:rappel|evolution|variation|ecart|difference|progression|croissance|part|parts|pourcentage|taux|ratio"
    r"|proportion|soit|en %|dont)\b.*|%.*"
)
_WORD = re.compile(
    r"(sous |s )?(total|totaux)( general| generaux)?( (du |de la |de l |d )?(canton|epci|commune|communes"
    r"|secteur|departement|region|territoire|arrondissement|caf|msa|mds|ctg|bassin))?|ensemble|somme"
)

_OF_THINGS = re.compile(
    r"(?:ensemble|total) des (?!communes|epci|territoires|cantons|departements|regions|secteurs|caf|msa|ctg)"
    r".+"
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")

Values = Callable[[int], Iterable[object]]


def may_be_total(cells: Iterable[object]) -> bool:
    """Say whether the first cells of a row hold a word that totals bear."""
    texts = [cell for cell in cells if isinstance(cell, str)]
    return _HINT.search(" ".join(texts)) is not None or any(map(_is_cut_short, texts))


def hinted_texts(texts: Iterable[str]) -> frozenset[str]:
    """Texts that hold a word that totals bear; those without accents are looked through at once.

    Examples
    --------
    >>> sorted(hinted_texts(["Gex", "TOTAL", "Métropole", "Thoiry"]))
    ['Métropole', 'TOTAL']
    """
    texts = list(texts)
    plain = [text for text in texts if text.isascii()]
    others = [text for text in texts if not text.isascii()]
    if "\n" in "".join(plain):
        others += [text for text in plain if "\n" in text]
        plain = [text for text in plain if "\n" not in text]
    # digits, most of what a text file holds, are in no such word
    joined = "\n".join(plain).lower().encode("ascii").translate(None, _DIGITS)
    ends = np.flatnonzero(np.frombuffer(joined, np.uint8) == ord("\n"))
    places = [match.start() for match in _LOWER_HINT.finditer(joined.decode("ascii"))]
    hinted = {plain[line] for line in np.searchsorted(ends, places).tolist()}
    short = (text for text in texts if _is_cut_short(text))
    return frozenset((*(text for text in (*hinted, *others) if _HINT.search(text)), *short))


def _is_cut_short(text: str) -> bool:
    opening = text.lstrip()
    return opening[:3].lower() in _OPENINGS and _SHORT.match(opening) is not None


def is_total_label(text: str, *, is_only: bool) -> bool:
    """Say whether a label is a total's.

    Parameters
    ----------
    text : str
        The label.
    is_only : bool
        Whether the row bears no other text: « Ensemble scolaire », run by somebody, is a service.

    Examples
    --------
    >>> [is_total_label(t, is_only=True) for t in ("TOTAL Pays de Gex", "France*", "France services")]
    [True, True, False]
    """
    label = normalise(_MARK.sub("", text))
    if _TOTAL.fullmatch(label) or _FRANCE.fullmatch(label) or _IN_FRANCE.fullmatch(label):
        return True
    return (is_only and _NAMED.fullmatch(label) is not None) or label == "ensemble"


def total_place(texts: dict[int, str]) -> int | None:
    """Column of the label that makes a row a total, None for any other row.

    Parameters
    ----------
    texts : dict
        Column → text, for the cells of the row that are neither numbers nor marks.

    Examples
    --------
    >>> total_place({1: "Gex", 2: "Total"}), total_place({1: "Total Crèche", 2: "SAS", 3: "Gex"})
    (2, None)
    """
    if not texts or len(texts) > MAX_TOTAL_TEXTS:
        return None
    first = min(texts)
    if is_total_label(texts[first], is_only=len(texts) == 1):
        return first
    is_numbered = len(texts[first]) <= _LINE_NUMBER
    later = (c for c, text in texts.items() if _is_total_beside(text, is_numbered=is_numbered))
    return next(later, None)


def is_beside_total(text: str) -> bool:
    """Say whether a label under the last total of a table goes with that total rather than names a record.

    Examples
    --------
    >>> [is_beside_total(text) for text in ("Rappel 2022", "% du département", "dont QPV", "Gex")]
    [True, True, True, False]
    """
    return _BESIDE.fullmatch(normalise(text)) is not None


def is_of_things(text: str) -> bool:
    """Say whether a label counts persons or things rather than adds up places.

    Examples
    --------
    >>> [is_of_things(text) for text in ("Ensemble des familles", "Ensemble des communes", "Total")]
    [True, False, False]
    """
    return _OF_THINGS.fullmatch(normalise(_MARK.sub("", text))) is not None


def is_of_another_year(text: str, above: str) -> bool:
    """Say whether the label of a total names a year and that of the total above it not this one.

    Examples
    --------
    >>> is_of_another_year("Total 2022", "TOTAL"), is_of_another_year("Total 2023", "Sous-total 2023")
    (True, False)
    """
    year = _YEAR.search(text)
    return year is not None and is_total_label(above, is_only=True) and year[0] not in above


def added_up(text: str) -> str:
    """What the label of a total says that it adds up, in plain letters; empty where it says nothing.

    Examples
    --------
    >>> added_up("Sous-total du Pays de Gex"), added_up("TOTAL"), added_up("Gex")
    ('pays de gex', '', '')
    """
    found = _ADDED_UP.fullmatch(normalise(_MARK.sub("", text)))
    return found[1] if found else ""


def is_doubtful(text: str) -> bool:
    """Say whether a total's label may name something else: the Somme, Drom in the Ain, « Caisse France ».

    Examples
    --------
    >>> is_doubtful("Somme"), is_doubtful("DROM"), is_doubtful("Caisse France"), is_doubtful("France")
    (True, True, True, False)
    """
    label = normalise(_MARK.sub("", text))
    return label in ("somme", "drom", "dom") or _IN_FRANCE.fullmatch(label) is not None


def is_acronym(text: str) -> bool:
    """Say whether a label is DOM or DROM in capitals.

    Examples
    --------
    >>> is_acronym("DROM*"), is_acronym("Drom"), is_acronym("SOMME")
    (True, False, False)
    """
    return _MARK.sub("", text).strip() in ("DOM", "DROM")


def is_modality(values: Iterable[object]) -> bool:
    """Say whether a column repeats a few values, as « Total », « Hommes », « Femmes » do down a long table.

    Examples
    --------
    >>> is_modality(["Total", "Hommes", "Femmes"] * 2), is_modality(["Gex", "Oyonnax", "Total"])
    (True, False)
    """
    counts = Counter(values)
    words = _words([value for value in counts if isinstance(value, str)])
    if sum(counts[word] for word in words) < _MODALITY_SHARE:
        return False
    others = {value: count for value, count in counts.items() if value not in words and not is_blank(value)}
    distinct = {normalise(value) if isinstance(value, str) else value for value in others}
    return bool(others) and sum(others.values()) >= _MODALITY_SHARE * len(distinct)


def _words(texts: list[str]) -> set[str]:
    """Texts that are nothing but a word of totals; most are told without a look at their accents."""
    plain = hinted_texts(text for text in texts if text.isascii())
    others = (text for text in texts if not text.isascii())
    return {text for text in (*plain, *others) if _WORD.fullmatch(normalise(text))}


def says_more(text: str) -> bool:
    """Say whether a total's label names what it adds up."""
    return _WORD.fullmatch(normalise(text)) is None


def label_of_total(texts: list[str]) -> str:
    """Label of a total among the texts of its row, blanks collapsed."""
    labels = [" ".join(text.split()) for text in texts]
    found = (text for text in labels if is_total_label(text, is_only=len(labels) == 1))
    return next(found, labels[0] if labels else "")


def _is_total_beside(text: str, *, is_numbered: bool) -> bool:
    """Say whether a label makes a total of a row that another text begins: a name, the number of a line."""
    label = normalise(text)
    is_named = is_numbered and _NAMED.fullmatch(label) is not None
    return is_named or _WORD.fullmatch(label) is not None or _is_france(text)


def _is_france(text: str) -> bool:
    label = normalise(text)
    return label.startswith("france") and _FRANCE.fullmatch(label) is not None
