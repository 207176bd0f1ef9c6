"""An indicator asked by its name, with the options that its function takes: for Python, commands and SQL."""

from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from inspect import Parameter, signature
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

import pandas as pd

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.indicators.declaration import Indicator
from sdsf_analysis.indicators.registry import INDICATORS
from sdsf_analysis.model.tables import Tables

LEVEL, DAY = "by", "on"
_YES_NO = {"oui": True, "true": True, "non": False, "false": False}


def indicator(name: str, tables: Tables, /, **options: object) -> pd.DataFrame:
    """Ask an indicator by its name.

    Parameters
    ----------
    name : str
        One of those that ``sdsf indicators`` lists.
    tables : Tables
        The tidy tables.
    **options
        Those of the indicator's function, such as ``by="epci"`` or ``on="2024-12-31"``; a number or a yes/no
        may be a text.

    Returns
    -------
    pandas.DataFrame
        What the function returns.

    Raises
    ------
    QuestionError
        If the indicator, an option, a level or a value does not exist: the message gives the nearest and
        lists the others.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> shares = indicator("ctg_coverage", example_tables(), on="2024-06-30", by="epci")
    >>> shares["territory"].unique().tolist()
    ['E1', 'E2']
    >>> indicator("ctg_coverage", example_tables(), onn="2024-06-30")
    Traceback (most recent call last):
    sdsf_analysis.errors.QuestionError: L'option « onn » de ctg_coverage n'existe pas. La plus proche : on...
    """
    entry = known_indicator(name)
    declared = options_of(entry)
    for option in options:
        if option not in declared:
            raise QuestionError(unknown("L'option", f" de {name}", option, declared, "La plus proche"))
    missing = [
        one for one, said in declared.items() if said.default is Parameter.empty and one not in options
    ]
    if missing:
        raise QuestionError(f"{name} attend aussi {' et '.join(missing)}. {_signature(entry)}")
    if LEVEL in options:
        _check_level(entry, str(options[LEVEL]), tables)
    kinds = get_type_hints(entry.function)
    given = {one: _as(kinds.get(one, object), one, value) for one, value in options.items()}
    return entry.function(tables, **given)


def known_indicator(name: str) -> Indicator:
    """Find the indicator of a name.

    Raises
    ------
    QuestionError
        If none bears it; the message gives the nearest and lists them.

    Examples
    --------
    >>> known_indicator("ctg_coverge")
    Traceback (most recent call last):
    sdsf_analysis.errors.QuestionError: L'indicateur « ctg_coverge » n'existe pas. Le plus proche : ctg_cov...
    """
    if name not in INDICATORS:
        raise QuestionError(unknown("L'indicateur", "", name, INDICATORS))
    return INDICATORS[name]


def options_of(entry: Indicator) -> Mapping[str, Parameter]:
    """Options of an indicator: the parameters of its function, but for the tables.

    Examples
    --------
    >>> list(options_of(INDICATORS["ctg_coverage"]))
    ['on', 'by', 'population_year', 'of', 'basis']
    """
    named = [Parameter.POSITIONAL_OR_KEYWORD, Parameter.KEYWORD_ONLY]
    parameters = list(signature(entry.function).parameters.values())[1:]
    return {parameter.name: parameter for parameter in parameters if parameter.kind in named}


def levels_of(entry: Indicator, tables: Tables) -> list[str]:
    """Levels at which an indicator may be asked: its own, then the zonings that the workspace brings.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> levels_of(INDICATORS["ctg_coverage"], example_tables())[:2]
    ['commune', 'ctg']
    """
    brought = sorted(set(tables.membership["level"].dropna()) - set(entry.levels))
    return [*entry.levels, *brought]


def unknown(what: str, whose: str, name: str, known: Iterable[str], nearest: str = "Le plus proche") -> str:
    """Say that a name does not exist, with the nearest, then all of them.

    Examples
    --------
    >>> unknown("Le niveau", "", "epcii", ["epci", "region"])
    "Le niveau « epcii » n'existe pas. Le plus proche : epci. Choisir parmi : epci, region."
    """
    known = list(known)
    close = get_close_matches(name.lower(), known, n=1)
    hint = f" {nearest} : {close[0]}." if close else ""
    return f"{what} « {name} »{whose} n'existe pas.{hint} Choisir parmi : {', '.join(known)}."


def _signature(entry: Indicator) -> str:
    told = [
        one if said.default is Parameter.empty else f"{one} (sinon {said.default})"
        for one, said in options_of(entry).items()
    ]
    return f"Options : {', '.join(told)}."


def _check_level(entry: Indicator, level: str, tables: Tables) -> None:
    known = levels_of(entry, tables)
    if level not in known:
        raise QuestionError(unknown("Le niveau", "", level, known))


def _as(kind: Any, option: str, value: object) -> object:
    """Give a text the type that the function asks for; anything else is the caller's."""
    kinds = get_args(kind) if isinstance(kind, UnionType) else (kind,)
    if not isinstance(value, str) or str in kinds:
        return value
    if pd.DataFrame in kinds:
        raise QuestionError(f"L'option {option} est un tableau : elle ne se donne qu'en Python.")
    if any(
        get_origin(one) in (list, tuple) or getattr(get_origin(one), "__name__", "") == "Sequence"
        for one in kinds
    ):
        return [part.strip() for part in value.split(",")]
    readers: dict[Any, Callable[[str], object]] = {bool: _YES_NO.__getitem__, int: int, float: float}
    for one in kinds:
        if one in readers:
            try:
                return readers[one](value.strip().lower())
            except (ValueError, KeyError):
                expected = {bool: "oui ou non", int: "un nombre entier", float: "un nombre"}[one]
                raise QuestionError(f"L'option {option} vaut « {value} » ; écrire {expected}.") from None
    return value
