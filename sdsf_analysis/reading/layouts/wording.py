"""Words that tell a row of notes, of units or of numbering from a row of data."""

import re
import tomllib
from functools import cache
from importlib.resources import files

from sdsf_analysis.reading.text import normalise

SENTENCE_WORDS = 7
SENTENCE_LENGTH = 60
_NOTE = re.compile(
    r"(sources?|notes?|lecture|champ|nb|legende|donnees (fictives|provisoires|au|arretees|extraites)"
    r"|precisions?|attention|avertissement|remarques?|definitions?|methodologie|rupture de serie|reperes"
    r"|mise (a jour|en ligne)|extraction|edite|copyright|insee|secret statistique|signes conventionnels"
    r"|abreviations?)\b"
)
_NOTE_ALONE = re.compile(r"(sources?|notes?|lecture|champ|nb|legende|attention|remarques?|precisions?)")
_CALL = re.compile(r"\s*(\*+|[¹²³⁴⁵⁶⁷⁸⁹]|\(?\d{1,2}\)|\((\d{1,2}|[a-z]|\*+)\)|\d{1,2}[.:]? (?=[A-ZÀ-Ý]))")
_UNIT = re.compile(
    r"(en )?(%|pour cent|pourcentages?|points?( de %)?|euros?|k ?euros?|eur"
    r"|(milliers|millions)( d euros)?|nombres?|nb|effectifs?|valeurs?|parts?|taux|heures?|jours?|ans"
    r"|etp|places?|unites?|habitants?|enfants?|personnes?|km2?|ha|h|j|montants?"
    r"|pour (100|1 ?000|10 ?000|100 ?000)( habitants| enfants)?)"
)
# What a title line says at its right end: the unit, the date, the sender.
_STAMP = re.compile(
    r"(en|unites?) .+|(situation|etat|donnees|chiffres|edition|version|extraction|mise a jour|maj|edite"
    r"|imprime|exercice|periode|annee|source|page|date)\b.+|(au|le) \d{1,2} .+"
    r"|(caf|msa|conseil departemental|prefecture|departement) (de|du|d)\b.*"
)
_NUMBERING = re.compile(r"\(\s*(\d{1,2}|[a-z])\s*\)( ?= ?.*)?|[a-zA-Z]|[a-z] ?= ?.*", re.IGNORECASE)
_IDENTIFIER = re.compile(r"[A-Z][A-Za-z0-9]*_[A-Za-z0-9_]+|(COD|LIB)[A-Z_]*|[A-Z]{2,}\d+[A-Z0-9_]*")
_PERIOD = re.compile(r"(?:19|20)\d\d[ -]?[TQSB][1-6]")
_PAGE = re.compile(r"page \d+( (sur )?\d+)?")
# What begins a note whatever the other cells of its row hold: a delimiter may have cut it.
_NOTE_BEGUN = re.compile(
    r"\s*(sources?|notes?( de lecture)?|lecture|champ|nb|légende|attention)\s*:\s*\S", re.I
)
_LEGEND = re.compile(r"legendes?|signes conventionnels|abreviations|a noter|lecture")
_CHART = re.compile(r"(graphique|figure|carte|schema|encadre|illustration)\b")
_PIVOT = re.compile(r"(etiquettes de colonnes|column labels)( .*)?")
_PIVOT_ROWS = re.compile(r"(etiquettes de lignes|row labels)( .*)?")
_AVERAGED = re.compile(r"(moyenne|average|max|min|ecart ?type|var)\b.*")
_AFTER_FACT = r"( (le|du|de|des|d|a|la|par|rapport|donnees|requete|fichier)\b.*)?"
_MONEY = str.maketrans({"€": " euros "})


@cache
def _words() -> dict[str, list[str]]:
    words: dict[str, list[str]] = tomllib.loads(
        files(__package__).joinpath("words.toml").read_text(encoding="utf-8")
    )
    return words


@cache
def _pattern(kind: str, before: str = "", after: str = "") -> re.Pattern[str]:
    return re.compile(f"{before}({'|'.join(_words()[kind])}){after}")


def is_note(text: str) -> bool:
    """Say whether a lone text reads as a note: a source, a field, a reading, a call to a mark.

    Examples
    --------
    >>> is_note("Source : Caf"), is_note("(1) y compris Mayotte"), is_note("Champagnole")
    (True, True, False)
    """
    return (
        text.startswith(("*", "©", "@", "►", "- "))
        or _CALL.match(text) is not None
        or _NOTE.match(normalise(text)) is not None
        or is_page(text)
        or " : " in text
    )


def is_note_word(text: str) -> bool:
    """Say whether a cell holds nothing but the word or the call that begins a note.

    Examples
    --------
    >>> is_note_word("Source : "), is_note_word("(1)"), is_note_word("Sources de la Loue")
    (True, True, False)
    """
    return _NOTE_ALONE.fullmatch(normalise(text)) is not None or _CALL.fullmatch(text.rstrip()) is not None


def is_sentence(text: str) -> bool:
    """Say whether a text is a sentence rather than a name.

    Examples
    --------
    >>> is_sentence("Hors placements directs."), is_sentence("Saint-Jean de Gonville")
    (True, False)
    """
    words = len(text.split())
    ends = text.rstrip().endswith((".", ";")) and words > 2
    return ends or words >= SENTENCE_WORDS or len(text) > SENTENCE_LENGTH


def is_comment(text: str) -> bool:
    """Say whether a text beside a table comments it: a note, a sentence, the title of a chart.

    Examples
    --------
    >>> is_comment("Graphique 2 : taux"), is_comment("Lecture : 12 places"), is_comment("Observations")
    (True, True, False)
    """
    return is_note(text) or is_sentence(text) or _CHART.match(normalise(text)) is not None


def names_a_legend(text: str) -> bool:
    """Say whether a cell stands over the meanings of signs, or over remarks on a table.

    Examples
    --------
    >>> names_a_legend("Légende :"), names_a_legend("Légendes du Bugey")
    (True, False)
    """
    return _LEGEND.fullmatch(normalise(text)) is not None


def is_unit(text: str) -> bool:
    """Say whether a cell holds nothing but a unit.

    Examples
    --------
    >>> is_unit("(en %)"), is_unit("€"), is_unit("Nombre"), is_unit("Nombre de places"), is_unit("Gex")
    (True, True, True, False, False)
    """
    return _UNIT.fullmatch(normalise(text.translate(_MONEY))) is not None


def is_stamp(text: str) -> bool:
    """Say whether a text is one that ends a line of title: the unit, the date, the sender of the file.

    Examples
    --------
    >>> is_stamp("En milliers"), is_stamp("Situation au 31/12/2023"), is_stamp("Places")
    (True, True, False)
    """
    return _STAMP.fullmatch(normalise(text)) is not None


def is_numbering(text: str) -> bool:
    """Say whether a cell only numbers a column: « (1) », « B », « (c) = (a) + (b) ».

    Examples
    --------
    >>> is_numbering("(1)"), is_numbering("c = a + b"), is_numbering("Gex")
    (True, True, False)
    """
    return _NUMBERING.fullmatch(text) is not None


def is_period(text: str) -> bool:
    """Say whether a text is a quarter or a half of a year.

    Examples
    --------
    >>> is_period("2019-T4"), is_period("2019 S1"), is_period("T4")
    (True, True, False)
    """
    return _PERIOD.fullmatch(text) is not None


def is_identifier(text: str) -> bool:
    """Say whether a label is the name of a variable.

    Examples
    --------
    >>> is_identifier("NB_D101"), is_identifier("CODGEO"), is_identifier("GEX")
    (True, True, False)
    """
    return _IDENTIFIER.fullmatch(text) is not None


def is_page(text: str) -> bool:
    """Say whether a lone text is the number of a printed page.

    Examples
    --------
    >>> is_page("Page 2/5"), is_page("Page 2 sur 5"), is_page("Page")
    (True, True, False)
    """
    return _PAGE.fullmatch(normalise(text)) is not None


def begins_note(text: str) -> bool:
    """Say whether a cell begins a note, whatever stands beside it.

    Examples
    --------
    >>> begins_note("Source : Caf"), begins_note("Source"), begins_note("Champagnole")
    (True, False, False)
    """
    return _NOTE_BEGUN.match(text) is not None


def is_fact(text: str) -> bool:
    """Say whether a cell names something about the file that the next cell says: its date, its author.

    Examples
    --------
    >>> is_fact("Date d'extraction"), is_fact("Édité le :"), is_fact("Date d'ouverture")
    (True, True, False)
    """
    return _pattern("fact", after=_AFTER_FACT).fullmatch(normalise(text)) is not None


def is_field(text: str) -> bool:
    """Say whether a cell names a field rather than bears its value.

    Examples
    --------
    >>> is_field("Nombre de places"), is_field("Les Lutins")
    (True, False)
    """
    return normalise(text).partition(" ")[0] in _words()["field"]


def is_key(text: str) -> bool:
    """Say whether a label is that of a column of names or codes.

    Examples
    --------
    >>> is_key("Code INSEE"), is_key("Places")
    (True, False)
    """
    return normalise(text).partition(" ")[0] in _words()["key"]


def names_a_list(text: str) -> bool:
    """Say whether a text is the label of a lone column of names.

    Examples
    --------
    >>> names_a_list("Communes signataires"), names_a_list("Commune de Gex")
    (True, False)
    """
    after = f"( ({'|'.join(_words()['listed'])}))*"
    return _pattern("list", before="(liste des )?", after=after).fullmatch(normalise(text)) is not None


def is_pivot_caption(text: str) -> bool:
    """Say whether a cell is the caption that Excel puts above the labels of a pivot table.

    Examples
    --------
    >>> is_pivot_caption("Étiquettes de colonnes"), is_pivot_caption("Étiquettes de lignes")
    (True, False)
    """
    return _PIVOT.fullmatch(normalise(text)) is not None


def is_pivot_label(text: str) -> bool:
    """Say whether a label is the one that Excel puts over the names of the rows of a pivot table.

    Examples
    --------
    >>> is_pivot_label("Étiquettes de lignes"), is_pivot_label("Commune")
    (True, False)
    """
    return _PIVOT_ROWS.fullmatch(normalise(text)) is not None


def is_summed(text: str) -> bool:
    """Say whether a label is the one that Excel puts over the sums of a pivot table.

    Examples
    --------
    >>> is_summed("Somme de Places"), is_summed("Nombre de places")
    (True, False)
    """
    return normalise(text).startswith(("somme de ", "sum of "))


def is_averaged(text: str) -> bool:
    """Say whether a column of a pivot table holds means or extremes, which do not add up.

    Examples
    --------
    >>> is_averaged("Moyenne de Taux"), is_averaged("Somme de Places")
    (True, False)
    """
    return _AVERAGED.fullmatch(normalise(text)) is not None
