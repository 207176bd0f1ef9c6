"""What is said of a doubtful cell, by the build and by the reader alike; a personal cell is never shown."""

import re
from datetime import date
from textwrap import shorten

from sdsf_analysis.model.french import MONTHS, number
from sdsf_analysis.model.problems import cause
from sdsf_analysis.reading.typed.dates import read_date
from sdsf_analysis.reading.values import read_number
from sdsf_analysis.reading.workbooks.marks import NOT_COMPUTED
from sdsf_analysis.recipes.recipe import ColumnRecipe

_MESSAGES = {
    "number_as_text": "« {found} » est un texte ; il est lu comme {repaired}.",
    "note_mark": "« {found} » porte un appel de note ; le nombre retenu est {repaired}.",
    "mark_unexplained": "« {found} » n'est pas expliqué dans le fichier ; il est compris « {repaired} ».",
    "value_error": "La cellule montre « {found} » : aucune valeur.",
    "value_refused": "« {found} » n'est pas une valeur attendue dans la colonne « {label} ».",
    "value_masked_by_format": "La cellule montre « {found} » et cache une valeur, qui n'est pas lue.",
    "date_as_text": "« {found} » est un texte ; il est lu comme {repaired}.",
    "age_band_as_date": "La tranche d'âge est devenue une date ({found}) : l'original est perdu.",
    "choice_unknown": "« {found} » n'est pas un mot attendu dans la colonne « {label} ».",
    "count_not_whole": "« {found} » n'est pas un nombre entier (colonne « {label} »).",
    "not_rounded": "« {found} » n'est pas arrondi à {rounded}, au contraire de la colonne « {label} ».",
    "several_persons": "La cellule nomme plusieurs personnes (colonne « {label} »).",
    "code_spaced": "« {found} » est lu comme {repaired}.",
    "code_as_float": "« {found} » est lu comme {repaired}.",
    "code_rounded": "« {found} » ne garde que les premiers chiffres du code : aucun code n'est retenu.",
    "number_doubtful": "« {found} » peut se lire de deux façons (colonne « {label} ») ; aucune valeur n'est "
    "retenue.",
    "number_with_remark": "« {found} » porte une précision ; le nombre retenu est {repaired}.",
    "date_as_serial": "« {found} » est un nombre de jours ; il est lu comme {repaired}.",
    "school_year": "« {found} » est une année scolaire, rangée à l'année où elle commence, {repaired}.",
    "epci_unknown": "« {found} » n'est le nom d'aucun EPCI du département (colonne « {label} »).",
    "date_without_day": "« {found} » n'a pas de jour ; le mois retenu est {repaired}.",
}
_REFUSED_DATE = {
    "day": "« {found} » : cette date n'existe pas (colonne « {label} »).",
    "year": "« {found} » n'est pas une date complète (colonne « {label} ») : écrire JJ/MM/AAAA.",
    "other": "« {found} » n'est pas une date (colonne « {label} ») : écrire JJ/MM/AAAA.",
}
_OTHERS = "les autres cellules de {where} sont des"
_POINTS = "« {found} » est un pourcentage, alors que " + _OTHERS + " parts, entre 0 et 1."
_SHARE = "« {found} » est une part ou un pourcentage très faible : " + _OTHERS + " pourcentages."
_SHOWS_NOTHING = "La cellule ne montre rien et cache une valeur, qui n'est pas lue."
_NEVER_COMPUTED = "La formule n'a jamais été calculée : ouvrir le fichier dans Excel et l'enregistrer."
_BY_KIND = {
    (
        "choice_unknown",
        "tick",
    ): "« {found} » ne dit ni oui ni non (colonne « {label} ») : la case n'est pas tenue pour cochée.",
}
_PERSONAL = "{title} (cellule personnelle, non montrée)."

_NUMBERS = ("number_as_text", "note_mark", "number_with_remark")
_DAY = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{4}[/-]\d{1,2}[/-]\d{1,2}")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_ISO = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")
_LARGEST_SHARE = 1.5
_CALLS, _NOTE_WIDTH = "porte un appel de note", 100


def cell_message(code: str, recipe: ColumnRecipe, label: str, found: str, repaired: str) -> str:
    """Sentence on one cell of a column that a recipe reads.

    Parameters
    ----------
    code : str
        Code of the problem.
    recipe : ColumnRecipe
        Meaning of its column.
    label : str
        Label of its column on the sheet.
    found, repaired : str
        What is written, what it was read as.

    Examples
    --------
    >>> print(cell_message("value_refused", ColumnRecipe(headers=("Fin",), type="date"), "Fin", "2022", ""))
    « 2022 » n'est pas une date complète (colonne « Fin ») : écrire JJ/MM/AAAA.
    """
    if code == "not_rounded" and not recipe.personal:
        return _MESSAGES[code].format(found=found, label=label, rounded=recipe.rounded)
    return plain_message(code, None if recipe.personal else found, repaired, label, recipe.type)


def plain_message(code: str, found: str | None, repaired: str, label: str, kind: str = "") -> str:
    """Sentence on one cell, whatever is known of its column.

    Parameters
    ----------
    code : str
        Code of the problem.
    found : str or None
        What is written; null where the column names or reaches a person: its cells are not shown.
    repaired : str
        What it was read as.
    label : str
        Label of the column on the sheet; empty where the cell is compared with those of its row.
    kind : str
        Kind of the column, where it is known.

    Examples
    --------
    >>> print(plain_message("note_mark", "56336*", "56336", "Familles"))
    « 56336* » porte un appel de note ; le nombre retenu est 56 336.
    >>> print(plain_message("date_as_text", None, "", "Naissance"))
    Date écrite comme du texte (cellule personnelle, non montrée).
    """
    title = cause(code).title
    usual = _MESSAGES.get(code, "« {found} » (colonne « {label} ») : " + title + ".")
    if found is None and "{found}" in usual:
        name = title.partition(" (")[0]
        return _PERSONAL.format(title=name[0].upper() + name[1:])
    sentence = _special(code, found or "", kind) or usual
    shown = _day_said(found) if found and code == "age_band_as_date" else found
    where = f"la colonne « {label} »" if label else "la ligne"
    return sentence.format(found=shown, repaired=_said(code, repaired), label=label, where=where, rounded="")


def with_note(message: str, note: str) -> str:
    """Sentence on a cell that calls a note, with what the note says; the same where there is none.

    Examples
    --------
    >>> print(with_note("« 12* » porte un appel de note ; le nombre retenu est 12.", "Provisoire."))
    « 12* » porte un appel de note (« Provisoire ») ; le nombre retenu est 12.
    """
    said = shorten(note.rstrip(" ."), _NOTE_WIDTH, placeholder="…")
    return message.replace(_CALLS, f"{_CALLS} (« {said} »)", 1) if said else message


def _special(code: str, found: str, kind: str) -> str:
    """Sentence that depends on what is written, empty where the usual one will do."""
    if code == "value_masked_by_format" and not found:
        return _SHOWS_NOTHING
    if code == "value_error" and found == NOT_COMPUTED:
        return _NEVER_COMPUTED
    if code == "scale_mixed":
        read = read_number(found)
        is_points = read.percent or abs(read.value or 0) > _LARGEST_SHARE
        return _POINTS if is_points else _SHARE
    if code != "value_refused":
        return _BY_KIND.get((code, kind), "")
    if _DAY.fullmatch(found) and read_date(found)[0] is None:
        return _REFUSED_DATE["day"]
    return _REFUSED_DATE["year" if _YEAR.fullmatch(found) else "other"] if kind == "date" else ""


def _said(code: str, repaired: str) -> str:
    """What a cell was read as, as French writes it: 10/11/2019, juin 2020, 56 336; a code as it is."""
    if code in _NUMBERS:
        return re.sub(r"\d+", lambda digits: number(int(digits[0])), repaired, count=1)
    return _day_said(repaired) if code.startswith("date_") else repaired


def _day_said(text: str) -> str:
    """A date as French writes it; any other text as it is."""
    if (match := _ISO.fullmatch(text)) is None:
        return text
    year, month, day = match.groups()
    return f"{date(int(year), int(month), int(day)):%d/%m/%Y}" if day else f"{MONTHS[int(month) - 1]} {year}"
