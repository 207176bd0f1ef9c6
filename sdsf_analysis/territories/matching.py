"""One question for whatever a cell holds: the engine behind ``sdsf match`` and the build."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.reading.text import normalise
from sdsf_analysis.territories.answers import Answer, Asked
from sdsf_analysis.territories.cell import departements
from sdsf_analysis.territories.communes import communes_of
from sdsf_analysis.territories.epcis import epcis_of
from sdsf_analysis.territories.reference import YEARS
from sdsf_analysis.territories.since_1943 import FIRST_YEAR

__all__ = ["LEVELS", "Question", "asked_departement", "asked_year", "checked", "match", "sender_year"]


def _commune(value: object, asked: Asked, year: int, is_code: bool) -> Answer:
    return communes_of(year).answer(value, asked, is_code=is_code)


def _epci(value: object, asked: Asked, year: int, is_code: bool) -> Answer:
    return epcis_of(year).answer(value, asked)


LEVELS: dict[str, Callable[[object, Asked, int, bool], Answer]] = {"commune": _commune, "epci": _epci}


@dataclass(frozen=True)
class Question:
    """What is known beside a cell.

    Attributes
    ----------
    level : {"commune", "epci"}
    departement : str
        Code of the sender's département, empty for unknown.
    year : int or None
        Geography year of the sender.
    target_year : int
        Geography year of the answer, one of `reference.YEARS`.
    """

    level: str = "commune"
    departement: str = ""
    year: int | None = None
    target_year: int = YEARS[-1]


def match(value: object, question: Question, *, is_code: bool = False) -> Answer:
    """Find the official code of what a cell holds, or say why not.

    Parameters
    ----------
    value : object
        Text or number, as the sender wrote it.
    question : Question
        What is known beside it.
    is_code : bool
        Whether a bare number is known to be an official code: half of the postal codes are also the code of
        another commune, and such a number alone is ambiguous.

    Returns
    -------
    Answer

    Raises
    ------
    QuestionError
        If the level is unknown.
    TerritoryError
        If the year of the answer is not shipped.

    Examples
    --------
    >>> match("01004 - AMBERIEU EN BUGEY", Question()).code
    '01004'
    >>> match("Communauté de communes Bugey-Sud (CCBS)", Question("epci", "01")).code
    '200040350'
    """
    checked(question)
    return LEVELS[question.level](
        value, Asked(question.departement, question.year), question.target_year, is_code
    )


def checked(question: Question) -> Question:
    """Check the level and the year of the answer.

    Raises
    ------
    QuestionError
        If one of them is unknown; the sentence lists those that exist, the nearest first.

    Examples
    --------
    >>> checked(Question("comune"))
    Traceback (most recent call last):
    sdsf_analysis.errors.QuestionError: Le niveau « comune » n'existe pas. Le plus proche : commune. ...
    """
    if question.level not in LEVELS:
        raise QuestionError(_unknown("Le niveau", question.level, LEVELS))
    if question.target_year not in YEARS:
        years = [str(year) for year in YEARS]
        raise QuestionError(_unknown("L'année de géographie", str(question.target_year), years))
    return question


def asked_departement(text: str) -> str:
    """Code of a département by its code or its name, empty for an empty text.

    Raises
    ------
    QuestionError
        If there is none.

    Examples
    --------
    >>> asked_departement("1"), asked_departement("2a"), asked_departement("Loire")
    ('01', '2A', '42')
    """
    known = departements()
    if text.strip() and normalise(text) not in known:
        raise QuestionError(_unknown_departement(text))
    return known.get(normalise(text), "")


def sender_year(text: str, where: str = "") -> int:
    """Geography year of a sender, since 1943.

    Raises
    ------
    QuestionError
        If it is no such year.

    Examples
    --------
    >>> sender_year("2019"), sender_year("2019.0")
    (2019, 2019)
    """
    bare = text.strip().removesuffix(".0")
    if not (bare.isascii() and bare.isdigit() and FIRST_YEAR <= int(bare) <= YEARS[-1]):
        what = f"l'année « {text} » n'est pas celle d'une géographie. Choisir de {FIRST_YEAR} à {YEARS[-1]}."
        sentence = where + what
        raise QuestionError(sentence[0].upper() + sentence[1:])
    return int(bare)


def asked_year(text: str | None) -> int:
    """Geography year of the answer, the last one by default; `checked` says whether it is shipped."""
    return YEARS[-1] if text is None else sender_year(text)


def _unknown_departement(text: str) -> str:
    """Codes as they exist; the nearest name, since a name was perhaps meant."""
    from difflib import get_close_matches

    known = departements()
    names = {name: code for name, code in known.items() if len(name) > 3}
    close = get_close_matches(normalise(text), names, n=1)
    nearest = f" Le plus proche : {names[close[0]]} ({close[0]})." if close else ""
    codes = ", ".join(sorted(set(known.values())))
    return f"Le département « {text} » n'existe pas.{nearest} Choisir parmi : {codes}."


def _unknown(what: str, name: str, known: Iterable[str]) -> str:
    """Sentence for a value that does not exist: the nearest one, then those that do."""
    from difflib import get_close_matches

    known = list(known)
    close = get_close_matches(name, known, n=1, cutoff=0.4)
    if name.isdecimal() and all(map(str.isdecimal, known)):
        close = [min(known, key=lambda one: abs(int(one) - int(name)))]
    nearest = f" Le plus proche : {close[0]}." if close else ""
    return f"{what} « {name} » n'existe pas.{nearest} Choisir parmi : {', '.join(known)}."
