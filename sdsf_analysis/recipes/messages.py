"""What is said of a doubtful cell; « {found} » is blanked beforehand where the column is personal."""

from sdsf_analysis.model.problems import cause
from sdsf_analysis.recipes.recipe import ColumnRecipe

_MESSAGES = {
    "number_as_text": "« {found} » est un texte ; il est relu {repaired}.",
    "note_mark": "« {found} » porte un appel de note ; le nombre retenu est {repaired}.",
    "mark_unexplained": "« {found} » n'est pas expliqué dans le fichier ; il est compris « {repaired} ».",
    "value_error": "La cellule montre « {found} » : aucune valeur.",
    "value_refused": "« {found} » n'est pas une valeur attendue dans la colonne « {label} ».",
    "value_masked_by_format": "La cellule montre « {found} » et cache une valeur, qui n'est pas lue.",
    "date_as_text": "« {found} » est un texte ; il est relu {repaired}.",
    "age_band_as_date": "La tranche d'âge est devenue une date ({found}) : l'original est perdu.",
    "choice_unknown": "« {found} » n'est pas un mot attendu dans la colonne « {label} ».",
    "count_not_whole": "« {found} » n'est pas un nombre entier (colonne « {label} »).",
    "not_rounded": "« {found} » n'est pas arrondi à {rounded}, au contraire de la colonne « {label} ».",
    "several_persons": "La cellule nomme plusieurs personnes (colonne « {label} »).",
    "code_spaced": "« {found} » est relu {repaired}.",
    "code_as_float": "« {found} » est relu {repaired}.",
    "number_doubtful": "« {found} » peut se lire de deux façons (colonne « {label} ») ; aucune valeur n'est "
    "retenue.",
    "number_with_remark": "« {found} » porte une précision ; le nombre retenu est {repaired}.",
    "date_as_serial": "« {found} » est un nombre de jours ; il est relu {repaired}.",
    "date_without_day": "« {found} » n'a pas de jour ; le mois retenu est {repaired}.",
    "scale_mixed": "« {found} » : on ne sait s'il s'agit d'une part (0,31) ou d'un pourcentage (31).",
}
_NOT_A_DATE = "« {found} » n'est pas une date (colonne « {label} ») : écrire JJ/MM/AAAA."


def cell_message(code: str, recipe: ColumnRecipe, label: str, found: str, repaired: str) -> str:
    """Sentence on one cell.

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
    « 2022 » n'est pas une date (colonne « Fin ») : écrire JJ/MM/AAAA.
    """
    sentence = _NOT_A_DATE if (recipe.type, code) == ("date", "value_refused") else _MESSAGES[code]
    return sentence.format(found=found, repaired=repaired, label=label, rounded=recipe.rounded)


def plain_message(code: str, found: str, repaired: str, label: str) -> str:
    """Sentence on one cell that no recipe speaks of.

    Parameters
    ----------
    code : str
        Code of the problem.
    found, repaired : str
        What is written, what it was read as; blank where the column names a person.
    label : str
        Label of the column on the sheet.

    Examples
    --------
    >>> print(plain_message("note_mark", "12*", "12", "Places"))
    « 12* » porte un appel de note ; le nombre retenu est 12.
    """
    usual = "« {found} » (colonne « {label} ») : " + cause(code).title + "."
    return _MESSAGES.get(code, usual).format(found=found, repaired=repaired, label=label, rounded="")
