"""What is wrong in a recipe, in French: for who writes TOML by hand and never read a line of Python."""

import re
import tomllib
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

MAX_FAULTS = 3
# first words of the message of tomllib → what they mean
_TOML = {
    "Illegal character '\\n'": "texte mal fermé, il manque un guillemet",
    "Unterminated string": "texte mal fermé, il manque un guillemet",
    "Expected \"'": "texte mal fermé, il manque une apostrophe",
    "Expected '\"": "texte mal fermé, il manque un guillemet",
    "Illegal character": "caractère interdit",
    "Found invalid character": "caractère interdit",
    "Unescaped '\\'": "barre oblique inversée dans un texte, l'écrire deux fois",
    "Invalid hex value": "barre oblique inversée dans un texte, l'écrire deux fois",
    "Escaped character": "barre oblique inversée dans un texte, l'écrire deux fois",
    "Cannot overwrite": "clé écrite deux fois",
    "Duplicate inline table key": "clé écrite deux fois",
    "Cannot declare": "rubrique écrite deux fois",
    "Cannot mutate": "rubrique écrite deux fois",
    "Unclosed array": "liste mal fermée, il manque un crochet",
    "Unclosed inline table": "il manque une accolade fermante",
    "Expected '=' after a key": "il manque le signe = après la clé",
    "Expected newline": "il reste du texte après la valeur, écrire une clé par ligne",
    "Expected ']": "rubrique mal fermée, il manque un crochet",
    "Invalid value": "valeur incomprise, un texte se met entre guillemets",
    "Invalid date": "cette date n'existe pas",
    "Invalid statement": "ligne incomprise, écrire clé = valeur, la clé sans accent ni espace",
    "Invalid initial character": "clé mal écrite, sans accent ni espace",
}
_PLACE = re.compile(r"\(at (?:line (\d+), column (\d+)|end of document)\)")
_VALUES = {
    "string": "doit être un texte entre guillemets",
    "tuple": "doit être une liste entre crochets",
    "bool": "doit être true ou false, sans guillemets",
    "int": "doit être un nombre entier, sans guillemets",
    "dict": "doit être une rubrique { clé = valeur }",
    "model": "doit être une rubrique { clé = valeur }",
}
_ORDINALS = ("premier", "deuxième", "troisième", "quatrième", "cinquième", "sixième")


def toml_fault(error: tomllib.TOMLDecodeError) -> str:
    r"""Say what is wrong in a text that is no TOML, and at which line.

    Examples
    --------
    >>> try:
    ...     _ = tomllib.loads('name = "essai\ntitle = "Essai"')
    ... except tomllib.TOMLDecodeError as error:
    ...     print(toml_fault(error))
    ligne 1 : texte mal fermé, il manque un guillemet
    """
    text = str(error)
    place = _PLACE.search(text)
    where = f"ligne {place[1]}" if place and place[1] else "à la fin du fichier"
    said = next((said for start, said in _TOML.items() if text.startswith(start)), "écriture incomprise")
    return f"{where} : {said}"


def faults(error: "ValidationError") -> str:
    """Say what is wrong in a recipe, its first faults one after the other.

    Examples
    --------
    >>> from pydantic import ValidationError
    >>> from sdsf_analysis.recipes.recipe import Recipe
    >>> try:
    ...     _ = Recipe.model_validate({"title": "Essai", "partner": "Caf", "tables": [], "colour": 1})
    ... except ValidationError as error:
    ...     print(faults(error))
    il manque « name » en tête ; « colour » n'est pas une clé connue en tête
    """
    found = [_fault(one) for one in error.errors()]
    more = len(found) - MAX_FAULTS
    said = " ; ".join(found[:MAX_FAULTS])
    return said if more <= 0 else f"{said} ; et {more} autre{'s' if more > 1 else ''}"


def _fault(error: "ErrorDetails") -> str:
    kind, place = error["type"], error["loc"]
    if kind == "value_error":
        return f"{_where(place)}, {_lowered(str(error['ctx']['error']))}"
    key, where = place[-1] if place else "recette", _where(place[:-1])
    if kind == "missing":
        return f"il manque « {key} » {where}"
    if kind == "extra_forbidden":
        return f"« {key} » n'est pas une clé connue {where}"
    if place == ("tables",) and isinstance(error["input"], dict):
        return "écrire [[tables]] entre doubles crochets"
    if kind == "literal_error":
        expected = error["ctx"]["expected"].replace("'", "").replace(" or ", " ou ")
        return f"« {key} » {where} ne peut pas valoir « {error['input']} » : écrire {expected}"
    subject = f"{_where(place)}, cette valeur" if isinstance(key, int) else f"« {key} » {where}"
    return f"{subject} {_VALUES.get(kind.split('_')[0], 'est incompris')}"


def _lowered(sentence: str) -> str:
    return (sentence[:1].lower() + sentence[1:]).rstrip(".")


def _where(place: tuple[int | str, ...]) -> str:
    """Place in the words of TOML: « dans le deuxième [[tables.outputs]] du premier [[tables]] »."""
    sections = list(_sections(place))
    if not sections:
        return "en tête"
    first, *around = reversed(sections)
    return " ".join([f"dans {first}", *(f"du {section.removeprefix('le ')}" for section in around)])


def _sections(place: tuple[int | str, ...]) -> Iterator[str]:
    names: list[str] = []
    is_open = False
    for part in place:
        if isinstance(part, str):
            names.append(part)
            is_open = True
        elif names[-1] in ("tables", "outputs"):
            rank = _ORDINALS[part] if part < len(_ORDINALS) else f"{part + 1}e"
            yield f"le {rank} [[{'.'.join(names)}]]"
            is_open = False
    if is_open:
        yield f"[{'.'.join(names)}]"
