"""Which known table a table of an unknown file looks like, and which of its columns say the same thing.

Labels are compared exactly as when a file is read, then by nearness of spelling; nearness only proposes.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from rapidfuzz.fuzz import token_sort_ratio

from sdsf_analysis.reading.layout import Column, Table
from sdsf_analysis.reading.text import normalise
from sdsf_analysis.recipes.matching import match_columns
from sdsf_analysis.recipes.recipe import NUMERIC, ColumnRecipe, Recipe, TableRecipe
from sdsf_analysis.recipes.recognise import CODE, NAME, PLACE, POSTAL, is_titled, recognise, try_recipe

# Below, two labels of the recipes that mean different things begin to look alike.
NEAR = 75.0
VERY_NEAR = 90.0
MIN_SHARE = 0.2
WORD_SHARE = 0.8
_LOOKED_AT = 40
LONG = 8
FUZZY_WEIGHT = 0.6
# A table without the title that a part asks for is most often of another kind.
UNTITLED_WEIGHT = 0.5
_SMALL = "de du des la le les l d n no nb nbre nombre numero au aux a en par et"
_CALL = re.compile(r"\s*\(\d\)\s*$")
# What tells « moins de 3 ans » from « 3-5 ans », however near they are spelt.
_BOUND = re.compile(r"\b(?:\d+|moins|plus)\b|[<>+]")
_DATED = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\b")


@dataclass(frozen=True)
class Likeness:
    """How a column comes to bear a meaning: its name in the recipe, the synonym it looks like, how much.

    ``score`` is null where the label is a known synonym, which needs no nearness; ``is_by_cells`` where the
    cells are words of its closed list, whatever the label.
    """

    name: str
    recipe: ColumnRecipe
    synonym: str
    score: float | None = None
    is_by_cells: bool = False

    @property
    def said(self) -> str:
        """The nearness in French words."""
        if self.is_by_cells:
            return f"les cellules sont des mots de « {self.synonym} »"
        much = " beaucoup" if self.score and self.score >= VERY_NEAR else ""
        return f"l'intitulé ressemble{much} à « {self.synonym} »"


@dataclass(frozen=True)
class Nearest:
    """The part of a recipe that a table looks like most, and its columns by index on the sheet.

    Attributes
    ----------
    is_read : bool
        Whether the build reads the table with it as it is.
    is_titled : bool
        Whether the table bears the title that the part asks for, if any.
    """

    recipe: Recipe
    part: TableRecipe
    is_titled: bool
    is_read: bool = False
    likenesses: dict[int, Likeness] = field(default_factory=dict)

    @property
    def names(self) -> set[str]:
        """Meanings found."""
        return {likeness.name for likeness in self.likenesses.values()}


def nearest(table: Table, kinds: dict[int, str], recipes: Iterable[Recipe]) -> Nearest | None:
    """Find the known table that a table looks like most.

    Parameters
    ----------
    table : Table
    kinds : dict of int to str
        Kind of each column, see `sdsf_analysis.reading.kinds`.
    recipes : iterable of Recipe

    Returns
    -------
    Nearest or None
        The one that reads it, if any; else None where fewer than two columns, or a fifth of them, look
        known.
    """
    recipes = tuple(recipes)
    reads = recognise(table, recipes)
    if reads and reads.is_complete:
        return replace(_compare(table, kinds, reads.recipe, reads.part)[1], is_titled=True, is_read=True)
    tried = [_compare(table, kinds, recipe, part) for recipe in recipes for part in recipe.tables]
    share, near = max(tried, key=lambda one: one[0])
    # the commune alone is in most files
    is_known = len(near.likenesses) > 1 and bool(near.names - set(PLACE))
    return near if share >= MIN_SHARE and is_known else None


def _compare(table: Table, kinds: dict[int, str], recipe: Recipe, part: TableRecipe) -> tuple[float, Nearest]:
    """Share of the columns that look known, those that only look so counting for less."""
    recognition = try_recipe(table, recipe, part)
    found = {
        match.column.index: Likeness(match.name, match.recipe, match.recipe.headers[0])
        for match in (*recognition.matches, *recognition.undated)
    }
    worded = _worded(table, kinds, recipe, found)
    found = _with_words(part, found, worded)
    # words of a closed list say as much as a known label
    exact = len(found)
    unmapped = tuple(c for c in recognition.unmapped if c.index not in found and c.index not in worded)
    found |= _near(unmapped, kinds, part, {likeness.name for likeness in found.values()})
    names = {likeness.name for likeness in found.values()}
    absent = sum(name not in names for name in part.required)
    weight = exact + FUZZY_WEIGHT * (len(found) - exact)
    known = {match.column.index for match in (*recognition.matches, *recognition.undated)}
    width = len(known) + len(recognition.unmapped) + absent
    near = Nearest(recipe, part, is_titled(table, part), likenesses=found)
    share = weight / width if width else 0.0
    return share * (1.0 if near.is_titled else UNTITLED_WEIGHT), near


def _worded(
    table: Table, kinds: dict[int, str], recipe: Recipe, found: dict[int, Likeness]
) -> dict[int, list[str]]:
    """Columns of texts whose cells are words of a closed list of a recipe, with their words: no names."""
    lists = [one for part in recipe.tables for one in part.columns.values() if one.list]
    worded = {}
    for column in table.columns if lists else ():
        known = found.get(column.index)
        if kinds.get(column.index, "text") == "text" and (known is None or known.recipe.type == "text"):
            words = words_of(table, column)
            if any(are_choices(words, one) for one in lists):
                worded[column.index] = words
    return worded


def _with_words(
    part: TableRecipe, found: dict[int, Likeness], worded: dict[int, list[str]]
) -> dict[int, Likeness]:
    """Columns found, those of words of a closed list under it, or under nothing where the part has none."""
    found = {index: one for index, one in found.items() if index not in worded}
    lists = {name: one for name, one in part.columns.items() if one.list}
    for index, words in worded.items():
        free = lists.keys() - {one.name for one in found.values()}
        name = next((name for name, one in lists.items() if name in free and are_choices(words, one)), "")
        if name:
            found[index] = Likeness(name, lists[name], lists[name].headers[0], NEAR, is_by_cells=True)
    return found


def words_of(table: Table, column: Column) -> list[str]:
    """Words of the first cells of a column, normalised."""
    cells = table.cells_of(column.index, table.body_rows[:_LOOKED_AT])
    return [normalise(cell) for cell in cells if isinstance(cell, str) and cell.strip()]


def are_choices(words: list[str], recipe: ColumnRecipe) -> bool:
    """Say whether nearly all of some words are of the closed list of a column.

    Examples
    --------
    >>> kind = ColumnRecipe(headers=("Type",), type="choice", list="offer_kind")
    >>> are_choices(["micro creche", "laep"], kind), are_choices(["les loups"], kind), are_choices([], kind)
    (True, False, False)
    """
    codes = recipe.choice_codes()
    return sum(word in codes for word in words) >= WORD_SHARE * len(words) > 0


def meanings(part: TableRecipe) -> dict[str, ColumnRecipe]:
    """Meanings of a part of a recipe, the place among them."""
    place = {}
    if part.place:
        place = {
            CODE: ColumnRecipe(headers=part.place.code),
            NAME: ColumnRecipe(headers=part.place.name),
            POSTAL: ColumnRecipe(headers=part.place.postal),
        }
    return part.columns | {name: recipe for name, recipe in place.items() if recipe.headers}


def _near(
    columns: tuple[Column, ...], kinds: dict[int, str], part: TableRecipe, taken: set[str]
) -> dict[int, Likeness]:
    """Columns that look like a meaning not found yet, the nearest pairs first."""
    pairs = sorted(
        ((score, column, name, recipe, synonym)
         for column in columns
         for name, recipe in meanings(part).items()
         if name not in taken and fits(recipe, kinds.get(column.index, "text"))
         for score, synonym in [_nearness(column, recipe)]
         if score >= NEAR),
        key=lambda pair: (-pair[0], pair[1].index),
    )  # fmt: skip
    found: dict[int, Likeness] = {}
    for score, column, name, recipe, synonym in pairs:
        is_free = recipe.by or all(known.name != name for known in found.values())
        if column.index not in found and is_free:
            found[column.index] = Likeness(name, recipe, synonym, score)
    return found


def _nearness(column: Column, recipe: ColumnRecipe) -> tuple[float, str]:
    synonyms = [header for header in recipe.headers if not header.startswith("re:")]
    scores = [
        (_likeness(_words(label), _words(synonym)), synonym)
        for synonym in synonyms
        for label in _labels(column)
    ]
    return max(scores, default=(0.0, ""))


def _likeness(label: str, synonym: str) -> float:
    """Nearness in %; a label that holds a long synonym and more words is worth a proposal.

    Labels of other numbers or bounds are of other persons: they are near none.
    """
    if set(_BOUND.findall(label)) != set(_BOUND.findall(synonym)):
        return 0.0
    holds = len(synonym) >= LONG and set(synonym.split()) <= set(label.split())
    return max(token_sort_ratio(label, synonym), NEAR if holds else 0.0)


def _labels(column: Column) -> Iterator[str]:
    yield " ".join(column.path)
    yield from column.path[-1:]


def _words(label: str) -> str:
    words = normalise(_DATED.sub(" ", _CALL.sub("", label))).split()
    return " ".join(word for word in words if word not in _SMALL.split()) or normalise(label)


def fits(recipe: ColumnRecipe, kind: str) -> bool:
    """Say whether the cells of a column are of the kind that a meaning asks for.

    Examples
    --------
    >>> fits(ColumnRecipe(headers=("Places",), type="count"), "text")
    False
    """
    if recipe.type in NUMERIC:
        return kind in ("number", "percent")
    if recipe.type == "date":
        return kind == "date"
    return kind not in ("percent", "date")


def headers_for(columns: tuple[Column, ...], recipe: ColumnRecipe, table: Table) -> tuple[str, ...]:
    """Labels by which some columns of a table, and no other, are known again.

    Parameters
    ----------
    columns : tuple of Column
        One column, or those of one quantity by year or date.
    recipe : ColumnRecipe
        Its meaning; its own synonyms are the last resort.
    table : Table
    """
    wanted = {column.index for column in columns}
    for headers in (*_candidates(columns[0]), recipe.headers):
        if _columns_of(recipe.model_copy(update={"headers": headers}), table) == wanted:
            return headers
    return (columns[0].path or ("sans intitulé",))[-1:]


def _columns_of(recipe: ColumnRecipe, table: Table) -> set[int]:
    """Columns that labels fit, each on its own: a second one of the same label is no less named."""
    columns = [table.columns] if recipe.by else [(column,) for column in table.columns]
    return {match.column.index for some in columns for match in match_columns(some, {"asked": recipe})}


def _candidates(column: Column) -> Iterator[tuple[str, ...]]:
    plain = [label for part in column.path if (label := _undated(part))]
    for labels in (plain, list(column.path)):
        yield from ((" > ".join(labels[start:]),) for start in range(len(labels) - 1, -1, -1))
    if column.path:
        yield (f"re:{series_pattern(column.path[-1])}",)


def _undated(label: str) -> str:
    bare = _DATED.sub(" ", label).replace("()", " ").replace("( )", " ")
    return re.sub(r"\s+", " ", bare).strip(" -–:,")


def series_pattern(label: str) -> str:
    r"""Regular expression of a label whose year changes.

    Examples
    --------
    >>> series_pattern("NAISD19"), series_pattern("2019")
    ('NAISD(?P<year>\\d\\d)', '(?P<year>\\d\\d\\d\\d)')
    """
    match = re.fullmatch(r"(.*?)((?:19|20)\d\d|\d\d)(\D*)", label)
    if match is None:
        return re.escape(label)
    year = r"\d" * len(match[2])
    return f"{re.escape(match[1])}(?P<year>{year}){re.escape(match[3])}"
