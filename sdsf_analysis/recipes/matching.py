"""Columns of a sheet matched to the columns of a recipe, by their labels."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple

from sdsf_analysis.reading.layout import Column
from sdsf_analysis.reading.text import normalise
from sdsf_analysis.reading.typed.dates import find_date
from sdsf_analysis.reading.typed.school import school_year
from sdsf_analysis.recipes.natures import ACTUAL, SEVERAL, nature_of, without_natures
from sdsf_analysis.recipes.recipe import NUMERIC, SUMMED, ColumnRecipe

_PARENTHESES = re.compile(r"\([^)]*\)")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_DATE = re.compile(r"\b\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\b")
_COUNT = re.compile(r"^(?:nb|nbr|nbre|nombre) (?:(?:de|d|des|du) )?(?:l )?")
CENTURY = 100
Natures = Mapping[str, bool]
_NO_NATURE: Natures = {}


@dataclass(frozen=True)
class ColumnMatch:
    """A column of the sheet, what the recipe calls it, the date and the nature that its labels bear."""

    column: Column
    name: str
    recipe: ColumnRecipe
    year: int | None = None
    on: date | None = None
    nature: str | None = None

    @property
    def is_expected(self) -> bool:
        """Whether its figures are forecast, or updated in the course of the year."""
        return self.nature not in (None, ACTUAL)


def match_columns(
    columns: Iterable[Column], recipes: dict[str, ColumnRecipe], natures: Natures = _NO_NATURE
) -> list[ColumnMatch]:
    """Match the columns of a table to those of a recipe.

    Parameters
    ----------
    columns : iterable of Column
        Columns of the sheet.
    recipes : dict
        Columns of the recipe by name.
    natures : mapping of str to bool
        Those that may be forecast, updated or actual, and whether their labels alone say which.

    Returns
    -------
    list of ColumnMatch
        At most one per column of the sheet, the most precise synonym winning; a column of the recipe is
        given once, or once per date and nature where it may repeat. Those of `unlabelled` are left out.
    """
    found: list[ColumnMatch] = []
    taken: set[tuple[str, int | None, date | None, str | None]] = set()
    for match in _dated(_best(columns, recipes, natures)):
        key = (match.name, match.year, match.on, match.nature)
        if key not in taken:
            taken.add(key)
            found.append(match)
    return found


def columns_named(columns: Iterable[Column], headers: tuple[str, ...]) -> set[int]:
    """Columns that some synonyms name, by their index on the sheet."""
    return {match.column.index for match in _best(columns, {"": ColumnRecipe(headers=headers)})}


def unlabelled(
    columns: Iterable[Column], recipes: dict[str, ColumnRecipe], natures: Natures = _NO_NATURE
) -> list[ColumnMatch]:
    """Columns of a quantity of a year whose label bears none, while another such column's does.

    Parameters
    ----------
    columns : iterable of Column
        Columns of the sheet.
    recipes : dict
        Columns of the recipe by name.
    natures : mapping of str to bool
        As for `match_columns`.

    Examples
    --------
    >>> recipes = {"hours_done": ColumnRecipe(headers=("Heures",), by="year")}
    >>> columns = [Column(1, ("2023", "Heures")), Column(2, ("Heures",))]
    >>> [match.column.letter for match in unlabelled(columns, recipes)]
    ['B']
    """
    if all(recipe.by != "year" for recipe in recipes.values()):
        return []
    found = _best(columns, recipes, natures)
    dated = _dated(found)
    return [match for match in found if match not in dated]


def _dated(matches: list[ColumnMatch]) -> list[ColumnMatch]:
    """Without any year the date of situation speaks for the table; with one, each column has its own."""
    if all(match.year is None for match in matches):
        return matches
    return [match for match in matches if match.recipe.by != "year" or match.year is not None]


def _best(
    columns: Iterable[Column], recipes: dict[str, ColumnRecipe], natures: Natures = _NO_NATURE
) -> list[ColumnMatch]:
    columns, synonyms = list(columns), _synonyms(recipes)
    if "re:" not in synonyms and synonyms.keys().isdisjoint(_all_candidates(tuple(c.path for c in columns))):
        return []
    ranked = (max(_matches(c, synonyms, natures), key=lambda pair: pair[0], default=None) for c in columns)
    return [best[1] for best in ranked if best]


class _Synonym(NamedTuple):
    """One way to name a column: its rank among all, its precision, the column of the recipe."""

    rank: int
    precision: int
    header: str
    name: str
    recipe: ColumnRecipe


_Synonyms = dict[str, list[_Synonym]]


def _synonyms(recipes: dict[str, ColumnRecipe]) -> _Synonyms:
    """Synonyms of all columns of a recipe by their normalised form; patterns under « re: »."""
    found: _Synonyms = {}
    named = ((header, name, recipe) for name, recipe in recipes.items() for header in recipe.headers)
    for rank, (header, name, recipe) in enumerate(named):
        key = header[:3] if header.startswith("re:") else _key(header)
        precision = 9 if key == "re:" else key.count(">") + 1
        synonym = _Synonym(rank, precision, header, name, recipe)
        found.setdefault(key, []).append(synonym)
        if recipe.type in SUMMED and " > " not in key and key != "re:":
            found.setdefault(_counted(f"nombre de {key}"), []).append(synonym)
    return found


def _matches(
    column: Column, synonyms: _Synonyms, natures: Natures
) -> Iterator[tuple[tuple[int, int], ColumnMatch]]:
    """Synonyms that fit a column, the first of the most precise ones ranking highest."""
    labels, nature = _candidates(column.path), nature_of(column.path)
    bare = _candidates_of_natures(column.path) - labels if natures and nature else frozenset()
    keys = (*(labels & synonyms.keys()), *({"re:"} & synonyms.keys()))
    fitting = [one for key in keys for one in synonyms[key]]
    fitting += [one for key in bare & synonyms.keys() for one in synonyms[key] if one.name in natures]
    for synonym in fitting:
        is_pattern = synonym.header.startswith("re:")
        fits, year = _fits(synonym.header, column.path[-1:]) if is_pattern else (True, None)
        by = synonym.recipe.by
        year = year or (_year_of(column.path) if by == "year" else None)
        if not fits or (by == "year" and year is None and is_pattern) or not _is_of(synonym, column, natures):
            continue
        on = _date_of(column.path) if by == "date" else None
        said = nature if synonym.name in natures else None
        match = ColumnMatch(column, synonym.name, synonym.recipe, year if by == "year" else None, on, said)
        yield (synonym.precision, -synonym.rank), match


def _is_of(synonym: _Synonym, column: Column, natures: Natures) -> bool:
    """Say whether the nature of a column lets it bear a meaning: a forecast is no place, nor a child."""
    nature = nature_of(column.path)
    if synonym.name in natures:
        return nature != SEVERAL and (nature is not None or not natures[synonym.name])
    is_actual = nature in (None, ACTUAL) or synonym.recipe.type not in NUMERIC
    return is_actual or nature_of((synonym.header,)) == nature


@lru_cache(maxsize=100_000)
def _fits(pattern: str, labels: tuple[str, ...]) -> tuple[bool, int | None]:
    """Say whether a pattern fits the last label of a column, if any, and the year that it reads there."""
    match = re.fullmatch(pattern[3:], labels[0], re.IGNORECASE) if labels else None
    year = match.groupdict().get("year") if match else None
    return match is not None, _four_digits(int(year)) if year else None


def _four_digits(year: int) -> int:
    return year + 2000 if year < CENTURY else year


@cache
def _key(header: str) -> str:
    return " > ".join(_counted(normalise(part)) for part in header.split(">"))


def _counted(label: str) -> str:
    """A normalised label where « nb », « nbre d' », « nombre de » are written alike."""
    return _COUNT.sub("nombre de ", label)


@lru_cache(maxsize=1_000)
def _all_candidates(paths: tuple[tuple[str, ...], ...]) -> frozenset[str]:
    return frozenset().union(*map(_candidates, paths), *map(_candidates_of_natures, paths))


@cache
def _candidates(path: tuple[str, ...]) -> frozenset[str]:
    """Forms under which a path may be named.

    The label, or the label under its parents, with or without what stands in brackets, or its date.
    """
    return _forms(path, (lambda t: t, lambda t: _PARENTHESES.sub(" ", t), _without_dates))


@cache
def _candidates_of_natures(path: tuple[str, ...]) -> frozenset[str]:
    """Forms of a path without its dates nor what says a nature: only measures may be named so."""
    return _forms(path, (_undated_unnatured,))


def _forms(path: tuple[str, ...], strips: Iterable[Callable[[str], str]]) -> frozenset[str]:
    found: set[str] = set()
    for strip in strips:
        parts = [key for key in (_counted(normalise(strip(part))) for part in path) if key]
        found.update(" > ".join(parts[i:]) for i in range(len(parts)))
    return frozenset(found)


def _without_dates(text: str) -> str:
    return _YEAR.sub(" ", _DATE.sub(" ", _PARENTHESES.sub(" ", text)))


def _undated_unnatured(text: str) -> str:
    return without_natures(_YEAR.sub(" ", _DATE.sub(" ", text)))


def _year_of(path: tuple[str, ...]) -> int | None:
    # two years that follow each other over one quantity are a school year, never the second of them
    if begun := school_year_of(path):
        return begun
    years = [int(year) for part in path for year in _YEAR.findall(part)]
    return years[-1] if years else None


def school_year_of(path: tuple[str, ...]) -> int | None:
    """Year in which the school year that the labels of a column say begins, None where they say none.

    Examples
    --------
    >>> school_year_of(("2023-2024", "Heures")), school_year_of(("2024", "Heures"))
    (2023, None)
    """
    said = (school_year(part, is_bare_enough=True) for part in reversed(path))
    return next((year for year in said if year), None)


def _date_of(path: tuple[str, ...]) -> date | None:
    """Day that the labels of a column say; a year alone (« Cible 2026 ») is its last day."""
    said = next((found for part in reversed(path) if (found := find_date(part))), None)
    years = [int(year) for year in _YEAR.findall(path[-1])] if said is None else []
    return date(years[0], 12, 31) if len(years) == 1 else said
