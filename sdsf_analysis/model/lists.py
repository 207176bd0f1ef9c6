"""The closed lists of the tables: each code with its French label."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from sdsf_analysis.errors import QuestionError


@dataclass(frozen=True)
class Choice:
    """One entry of a closed list.

    Parameters
    ----------
    code : str
        What the tables hold.
    label : str
        What an analyst reads, in French.
    family : str, optional
        Code of the family, for the kinds of service.
    unit : str, optional
        Unit in French, for measures and indicators.
    diffusion : str, optional
        Level that wins over the column's when it is stricter: the cash of a structure stays ``interne``.
    """

    code: str
    label: str
    family: str | None = None
    unit: str | None = None
    diffusion: str | None = None


def list_names() -> tuple[str, ...]:
    """Names of the closed lists, in the order of the dictionary.

    Examples
    --------
    >>> "offer_kind" in list_names()
    True
    """
    return tuple(_lists())


def entries(name: str) -> dict[str, Choice]:
    """Entries of a closed list, by code.

    Parameters
    ----------
    name : str
        Name of the list, one of `list_names`.

    Returns
    -------
    dict of str to Choice
        In the order in which people expect to read them.

    Raises
    ------
    QuestionError
        If no list bears this name.

    Examples
    --------
    >>> entries("activity_measure")["cash"].diffusion
    'interne'
    """
    known = _lists()
    if name not in known:
        raise QuestionError(unknown_name("La liste", name, known))
    return dict(known[name])


def choices(name: str) -> dict[str, str]:
    """French labels of a closed list, by code.

    Parameters
    ----------
    name : str
        Name of the list, one of `list_names`.

    Returns
    -------
    dict of str to str
        Code to label.

    Raises
    ------
    QuestionError
        If no list bears this name.

    Examples
    --------
    >>> choices("nature")
    {'forecast': 'prévisionnel', 'updated': 'actualisé', 'actual': 'réel'}
    """
    return {code: choice.label for code, choice in entries(name).items()}


def family_of(kind: str) -> str:
    """Family of a kind of service.

    Parameters
    ----------
    kind : str
        Code of the list ``offer_kind``.

    Returns
    -------
    str
        Code of the list ``offer_family``.

    Raises
    ------
    QuestionError
        If no kind bears this code.

    Examples
    --------
    >>> family_of("micro_creche")
    'early_childhood'
    """
    kinds = _lists()["offer_kind"]
    if kind not in kinds:
        raise QuestionError(unknown_name("Le type de service", kind, kinds))
    return kinds[kind].family or ""


def unknown_name(what: str, name: str, known: Iterable[str]) -> str:
    """French sentence for a name that does not exist, with the nearest one.

    Parameters
    ----------
    what : str
        What was asked, with its article and a capital: « La table ».
    name : str
        The name that does not exist.
    known : iterable of str
        The names that do.

    Returns
    -------
    str
        The nearest name when one is close, else the whole list.

    Examples
    --------
    >>> unknown_name("La table", "offre", ["offer", "ctg"])
    "La table « offre » n'existe pas. Le nom le plus proche : offer."
    """
    from difflib import get_close_matches

    known = list(known)
    close = get_close_matches(name, known, n=1)
    hint = f"Le nom le plus proche : {close[0]}." if close else f"Choisir parmi : {', '.join(known)}."
    return f"{what} « {name} » n'existe pas. {hint}"


@cache
def _lists() -> dict[str, dict[str, Choice]]:
    text = (files(__package__) / "lists.toml").read_text(encoding="utf-8")
    return {
        name: {code: _choice(code, entry) for code, entry in entries.items()}
        for name, entries in tomllib.loads(text).items()
    }


def _choice(code: str, entry: str | Mapping[str, str]) -> Choice:
    return Choice(code, entry) if isinstance(entry, str) else Choice(code, **entry)
