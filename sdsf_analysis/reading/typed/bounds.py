"""Numbers of which a cell only gives bounds: « <5 », « 1 à 4 », « 5 et plus »."""

import re
from functools import lru_cache

_N = r"(\d+(?:[.,]\d+)?)\s?(%?)"
_UNDER = re.compile(
    rf"(?:<(?! ?=)\s?(?:à )?|moins de |strictement inférieur à |(?:inférieure?s?|inf\.?) à ){_N}",
    re.IGNORECASE,
)
_AT_MOST = re.compile(
    rf"(?:≤|⩽|<\s?=|au plus|jusqu'à|maximum|inférieur ou égal à)\s?{_N}|{_N}\s?(?:ou|et) moins", re.IGNORECASE
)
_OVER = re.compile(rf"(?:>(?! ?=)\s?|plus de |supérieure?s? à ){_N}", re.IGNORECASE)
_AT_LEAST = re.compile(rf"(?:≥|⩾|>\s?=|au moins|minimum)\s?{_N}|{_N}\s?(?:(?:ou|et) plus|\+)", re.IGNORECASE)
_BETWEEN = re.compile(r"(?:(?:de|entre) )?(\d{1,3}) ?(?:à|et|[-–]) ?(\d{1,3})", re.IGNORECASE)
_BRACKETS = re.compile(r"\[ ?(\d{1,3}) ?[;,-] ?(\d{1,3}) ?\]")
# What may stand before the bounds that a legend says, and end them.
_BEFORE_BOUNDS = re.compile(
    r"^(?:(?:l[ea]s? )?(?:effectif|valeur|nombre|chiffre|résultat|donnée)s? )?(?:(?:est|sont) )?"
    r"(?:comprise?s? |strictement )?"
)
_CLAUSE = re.compile(r"[.;,(](?!\d)|\n| [-–] | inclus")
Bounds = tuple[float | None, float | None]


def read_bounds(text: str, *, is_count: bool = True) -> Bounds | None:
    """Lowest and highest number that a text allows, None where it gives no bound.

    Under 5 is 4 at most where one counts; numbers with decimals and percentages are never counts.

    Parameters
    ----------
    text : str
    is_count : bool
        Whether the numbers of the column are counts: a rate under 5 may be 4.9.

    Examples
    --------
    >>> read_bounds("<5"), read_bounds("≤ 4"), read_bounds("1-4"), read_bounds("5 et plus")
    ((0.0, 4.0), (0.0, 4.0), (1.0, 4.0), (5.0, None))
    >>> read_bounds("moins de 0,5 %"), read_bounds("2023-2024"), read_bounds("12")
    ((0.0, 0.5), None, None)
    >>> read_bounds("<5", is_count=False)
    (0.0, 5.0)
    """
    if found := one_bound(text, is_count=is_count):
        return found
    if (match := _BETWEEN.fullmatch(text) or _BRACKETS.fullmatch(text)) and int(match[1]) < int(match[2]):
        return float(match[1]), float(match[2])
    return None


@lru_cache(maxsize=10_000)
def one_bound(text: str, *, is_count: bool = True) -> Bounds | None:
    """Lowest and highest number that a text allows where it writes one of them alone: « <5 », not « 0 à 4 ».

    Examples
    --------
    >>> one_bound("moins de 5"), one_bound("0 à 4")
    ((0.0, 4.0), None)
    """
    if match := _UNDER.fullmatch(text):
        bound, step = _bound(match, is_count=is_count)
        return 0.0, max(0.0, bound - step)
    if match := _AT_MOST.fullmatch(text):
        return 0.0, _bound(match, is_count=is_count)[0]
    if match := _OVER.fullmatch(text):
        return sum(_bound(match, is_count=is_count)), None
    if match := _AT_LEAST.fullmatch(text):
        return _bound(match, is_count=is_count)[0], None
    return None


def said_bounds(meaning: str, *, is_bound: bool) -> Bounds | None:
    """Bounds that a legend gives to a mark, None where it gives none.

    After a sign only bare bounds count: « s : moins de 5 allocataires » says nothing of another quantity.

    Parameters
    ----------
    meaning : str
        What the legend says of the mark, in lower case.
    is_bound : bool
        Whether the mark is a bound itself, as « <5 ».

    Examples
    --------
    >>> said_bounds("de 1 à 4 familles.", is_bound=True), said_bounds("inférieur à 11", is_bound=False)
    ((1.0, 4.0), (0.0, 10.0))
    >>> said_bounds("moins de 5 allocataires", is_bound=False), said_bounds("secret", is_bound=True)
    (None, None)
    """
    clause = _CLAUSE.split(meaning.strip(), maxsplit=1)[0].strip()
    words = _BEFORE_BOUNDS.sub("", clause, count=1).split()
    lengths = range(len(words), 0, -1) if is_bound else (len(words),)
    return next((found for n in lengths if (found := read_bounds(" ".join(words[:n])))), None)


def _bound(match: re.Match[str], *, is_count: bool) -> tuple[float, float]:
    """Number of a bound, and the step that parts it from the next one: none where it is no count."""
    number, percent = next((n, match[i + 1]) for i, n in enumerate(match.groups(), start=1) if n and n != "%")
    has_step = is_count and number.isdigit() and not percent
    return float(number.replace(",", ".")), float(has_step)
