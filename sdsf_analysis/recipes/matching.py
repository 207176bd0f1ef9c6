"""Columns of a sheet matched to the columns of a recipe, by their labels."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from sdsf_analysis.reading.layout import Column
from sdsf_analysis.reading.text import normalise
from sdsf_analysis.reading.typed.dates import find_date
from sdsf_analysis.recipes.recipe import ColumnRecipe

_PARENTHESES = re.compile(r"\([^)]*\)")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_DATE = re.compile(r"\b\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\b")
CENTURY = 100


@dataclass(frozen=True)
class ColumnMatch:
    """A column of the sheet, what the recipe calls it, and the date that its labels bear."""

    column: Column
    name: str
    recipe: ColumnRecipe
    year: int | None = None
    on: date | None = None


def match_columns(columns: Iterable[Column], recipes: dict[str, ColumnRecipe]) -> list[ColumnMatch]:
    """Match the columns of a table to those of a recipe.

    Parameters
    ----------
    columns : iterable of Column
        Columns of the sheet.
    recipes : dict
        Columns of the recipe by name.

    Returns
    -------
    list of ColumnMatch
        At most one per column of the sheet, the most precise synonym winning; a column of the recipe is
        given once, or once per date where it may repeat. Those of `unlabelled` are left out.
    """
    found: list[ColumnMatch] = []
    taken: set[tuple[str, int | None, date | None]] = set()
    for match in _dated(_best(columns, recipes)):
        key = (match.name, match.year, match.on)
        if key not in taken:
            taken.add(key)
            found.append(match)
    return found


def unlabelled(columns: Iterable[Column], recipes: dict[str, ColumnRecipe]) -> list[ColumnMatch]:
    """Columns of a quantity of a year whose label bears none, while another such column's does.

    Parameters
    ----------
    columns : iterable of Column
        Columns of the sheet.
    recipes : dict
        Columns of the recipe by name.

    Examples
    --------
    >>> recipes = {"hours_done": ColumnRecipe(headers=("Heures",), by="year")}
    >>> columns = [Column(1, ("2023", "Heures")), Column(2, ("Heures",))]
    >>> [match.column.letter for match in unlabelled(columns, recipes)]
    ['B']
    """
    if all(recipe.by != "year" for recipe in recipes.values()):
        return []
    found = _best(columns, recipes)
    dated = _dated(found)
    return [match for match in found if match not in dated]


def _dated(matches: list[ColumnMatch]) -> list[ColumnMatch]:
    """Without any year the date of situation speaks for the table; with one, each column has its own."""
    if all(match.year is None for match in matches):
        return matches
    return [match for match in matches if match.recipe.by != "year" or match.year is not None]


def _best(columns: Iterable[Column], recipes: dict[str, ColumnRecipe]) -> list[ColumnMatch]:
    ranked = (max(_matches(column, recipes), key=lambda pair: pair[0], default=None) for column in columns)
    return [best[1] for best in ranked if best]


def _matches(column: Column, recipes: dict[str, ColumnRecipe]) -> Iterator[tuple[int, ColumnMatch]]:
    labels = _candidates(column.path)
    for name, recipe in recipes.items():
        for header in recipe.headers:
            precision, year = _fits(header, column, labels)
            if not precision:
                continue
            year = year or (_year_of(column.path) if recipe.by == "year" else None)
            on = _date_of(column.path) if recipe.by == "date" else None
            if recipe.by == "year" and year is None and "re:" in header:
                continue
            yield precision, ColumnMatch(column, name, recipe, year if recipe.by == "year" else None, on)


def _fits(header: str, column: Column, labels: frozenset[str]) -> tuple[int, int | None]:
    """How precise a synonym is for a column (0 where it does not fit), and the year it reads."""
    if header.startswith("re:"):
        match = re.fullmatch(header[3:], column.path[-1], re.IGNORECASE) if column.path else None
        year = match.groupdict().get("year") if match else None
        return (9 if match else 0), (_four_digits(int(year)) if year else None)
    key = _key(header)
    return (key.count(">") + 1 if key in labels else 0), None


def _four_digits(year: int) -> int:
    return year + 2000 if year < CENTURY else year


@cache
def _key(header: str) -> str:
    return " > ".join(normalise(part) for part in header.split(">"))


@cache
def _candidates(path: tuple[str, ...]) -> frozenset[str]:
    """Forms under which a path may be named.

    The label, or the label under its parents, with or without what stands in brackets, or its date.
    """
    found: set[str] = set()
    for strip in (lambda t: t, lambda t: _PARENTHESES.sub(" ", t), _without_dates):
        parts = [key for key in (normalise(strip(part)) for part in path) if key]
        found.update(" > ".join(parts[i:]) for i in range(len(parts)))
    return frozenset(found)


def _without_dates(text: str) -> str:
    return _YEAR.sub(" ", _DATE.sub(" ", _PARENTHESES.sub(" ", text)))


def _year_of(path: tuple[str, ...]) -> int | None:
    years = [int(year) for part in path for year in _YEAR.findall(part)]
    return years[-1] if years else None


def _date_of(path: tuple[str, ...]) -> date | None:
    return next((found for part in reversed(path) if (found := find_date(part))), None)
