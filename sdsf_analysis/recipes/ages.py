"""The public of a service as its sender writes it: one band of ages, several, or the levels of a school."""

import re
from itertools import pairwise

from sdsf_analysis.model.lists import choices

# The hyphens of a text typed in Excel, in Word or on a web page.
_HYPHEN = re.compile(r"[-‐‑–—−]")
_BAND = re.compile(r"(?<![\d+-])(\d{1,2}) ?(?:-|/|à|a) ?(\d{1,2})(?! ?[-\d])")
_UNDER = re.compile(r"(?:-|<|moins) ?(?:de )?(\d{1,2})(?!\d)")
_OVER = re.compile(
    r"(?:\+|>|plus) ?(?:de )?(\d{1,2})(?!\d)"
    r"|(?<![\d-])(\d{1,2}) ?(?:ans )?(?:et (?:plus|\+)|\+)(?! ?(?:de )?\d)"
)
_LEVELS = {
    "nursery": re.compile(r"\bmat(?:ernelles?\b|\b\.?)"),
    "primary": re.compile(r"\b[ée]l[ée]m(?:entaires?\b|\b\.?)"),
    "teenagers": re.compile(r"\bado(?:lescent)?s?\b\.?"),
}
# What may stand between two bands, or around one, and says nothing.
_LINKS = re.compile(r"\b(?:et|ans|de|les|enfants|des|pour|aux|élèves|tranches?|d'âge)\b|[\s.,;:/&()+-]")
_SCHOOL = {
    ("nursery",): "nursery_school",
    ("primary",): "primary_school",
    ("teenagers",): "teenagers",
    ("nursery", "primary"): "nursery_primary",
    ("primary", "teenagers"): "primary_teenagers",
    ("nursery", "primary", "teenagers"): "nursery_to_teenagers",
}


def read_audience(text: str) -> str | None:
    """Code of the public that a text says, None where it says none, or one that the list has not.

    Bands that touch are one: a centre for « 3-5, 6-11 » is for 3 to 11. Ages and levels of a school are not
    the same persons, and do not mix.

    Parameters
    ----------
    text : str
        A cell.

    Examples
    --------
    >>> read_audience("3-5, 6-11 ans"), read_audience("-6 / +6"), read_audience("mat./élém./ados")
    ('age_3_11', 'under_and_over_6', 'nursery_to_teenagers')
    >>> read_audience("3-5 et 12-17") is None, read_audience("6") is None
    (True, True)
    """
    left = _HYPHEN.sub("-", text.casefold().replace("’", "'"))
    levels, left = _levels(left)
    bands, left = _taken(_BAND, left)
    # « 6 ans et plus / -6 »: the sign before a number goes before the word after it
    over, left = _taken(_OVER, left)
    under, left = _taken(_UNDER, left)
    if _LINKS.sub("", left) or (levels and (bands or over or under)):
        return None
    code = _SCHOOL.get(levels) or _of_ages(_bands(bands), _ages(under), _ages(over))
    return code if code in choices("audience") else None


def _levels(text: str) -> tuple[tuple[str, ...], str]:
    found = []
    for level, pattern in _LEVELS.items():
        if pattern.search(text):
            found.append(level)
            text = pattern.sub(" ", text)
    return tuple(found), text


def _taken(pattern: re.Pattern[str], text: str) -> tuple[list[tuple[str, ...]], str]:
    return [match.groups() for match in pattern.finditer(text)], pattern.sub(" ", text)


def _bands(found: list[tuple[str, ...]]) -> list[tuple[int, int]]:
    return sorted((int(first), int(last)) for first, last in found)


def _ages(found: list[tuple[str, ...]]) -> set[int]:
    return {int(next(filter(None, groups))) for groups in found}


def _of_ages(bands: list[tuple[int, int]], under: set[int], over: set[int]) -> str | None:
    if bands and not under and not over:
        touching = all(two[0] in (one[1], one[1] + 1) for one, two in pairwise(bands))
        return f"age_{bands[0][0]}_{bands[-1][1]}" if touching else None
    if bands or len(under | over) != 1:
        return None
    said = "_and_".join(word for word, ages in (("under", under), ("over", over)) if ages)
    return f"{said}_{(under | over).pop()}"
