"""Which recipe reads a table: by its headers, never by the name of the file."""

from collections.abc import Iterable
from dataclasses import dataclass

from sdsf_analysis.reading.layout import Column, Table
from sdsf_analysis.reading.text import normalise
from sdsf_analysis.reading.values import clean_text
from sdsf_analysis.recipes.matching import ColumnMatch, columns_named, match_columns, unlabelled
from sdsf_analysis.recipes.recipe import ColumnRecipe, Recipe, TableRecipe

PLACE = CODE, NAME, POSTAL, DEPARTEMENT = "place code", "place name", "place postal", "place departement"
NEAR_SHARE = 0.5


@dataclass(frozen=True)
class Recognition:
    """How well a recipe fits a table.

    Attributes
    ----------
    absent : tuple of str
        Required columns that the table has not, under the recipe's first synonym.
    unmapped : tuple of Column
        Columns of the table that the recipe does not know.
    undated : tuple of ColumnMatch
        Columns whose year is not written while that of others is: they are not read.
    personal : frozenset of int
        Columns that the recipe declares personal, by their index on the sheet.
    """

    recipe: Recipe
    part: TableRecipe
    matches: tuple[ColumnMatch, ...]
    absent: tuple[str, ...]
    unmapped: tuple[Column, ...]
    undated: tuple[ColumnMatch, ...] = ()
    personal: frozenset[int] = frozenset()

    @property
    def is_complete(self) -> bool:
        """Whether every required column is there, and no unknown one where the table must be known whole."""
        return not self.absent and bool(self.matches) and not (self.part.whole and self.unmapped)

    @property
    def is_near(self) -> bool:
        """Whether at least half of what is required is there, and two columns at least."""
        if not self.absent and not self.is_complete:
            return False
        place = self.part.place
        required = len(self.part.required) + bool(place and place.required)
        return len(self.matches) > 1 and len(self.absent) <= NEAR_SHARE * required

    @property
    def score(self) -> tuple[bool, float, int]:
        """Complete first, then the share of columns understood, then their number."""
        known = len(self.matches) + len(self.undated)
        return (
            self.is_complete,
            known / (known + len(self.unmapped) + len(self.absent)) if known else 0.0,
            known,
        )


# Columns of a table → name of a recipe and part of it → how it fits: sheets of one shape are understood once.
Known = dict[tuple[Column, ...], dict[tuple[str, int], Recognition]]


def recognise(
    table: Table, recipes: Iterable[Recipe], sheet_titles: str = "", known: Known | None = None
) -> Recognition | None:
    """Find the recipe that fits a table best.

    Parameters
    ----------
    table : Table
        Table of a sheet.
    recipes : iterable of Recipe
        Recipes to try.
    sheet_titles : str
        Texts that may name the table besides its own titles.
    known : dict, optional
        What other tables were tried for with the same recipes; added to.

    Returns
    -------
    Recognition or None
        The best, complete or not; None where no recipe knows a single column.
    """
    fits = {} if known is None else known.setdefault(table.columns, {})
    tried = []
    for recipe in recipes:
        for position, part in enumerate(recipe.tables):
            if is_titled(table, part, sheet_titles):
                key = (recipe.name, position)
                fits[key] = fits.get(key) or try_recipe(table, recipe, part)
                tried.append(fits[key])
    best = max(tried, key=lambda r: r.score, default=None)
    return best if best and best.matches else None


def try_recipe(table: Table, recipe: Recipe, part: TableRecipe) -> Recognition:
    """Match the columns of a table to one part of a recipe."""
    columns = dict(part.columns)
    if part.place:
        columns[CODE] = ColumnRecipe(headers=part.place.code)
        columns[NAME] = ColumnRecipe(headers=part.place.name)
        columns[POSTAL] = ColumnRecipe(headers=part.place.postal)
        columns[DEPARTEMENT] = ColumnRecipe(headers=part.place.departement)
    matches = match_columns(table.columns, columns, part.natures)
    found = {match.name for match in matches}
    absent = [part.columns[name].headers[0] for name in part.required if name not in found]
    if part.place and part.place.required and not found & {CODE, NAME}:
        absent.append((part.place.code + part.place.name)[0])
    if not _gives_rows(part, found):
        absent.append(" ou ".join(part.columns[name].headers[0] for name in _givers(part)[:3]))
    undated = unlabelled(table.columns, columns, part.natures)
    used = {match.column.index for match in (*matches, *undated)}
    left = tuple(c for c in table.columns if c.index not in used)
    persons = columns_named(left, part.personal)
    known = columns_named(left, part.ignored) | persons
    unmapped = tuple(c for c in left if c.index not in known)
    personal = persons | {match.column.index for match in matches if match.recipe.personal}
    return Recognition(
        recipe, part, tuple(matches), tuple(absent), unmapped, tuple(undated), frozenset(personal)
    )


def _givers(part: TableRecipe) -> list[str]:
    """Columns without which an output gives no row: its measures, else the one that it asks to be filled."""
    return [
        name
        for output in part.outputs
        for name in (output.measures or ((output.where,) if output.where else ()))
    ]


def _gives_rows(part: TableRecipe, found: set[str]) -> bool:
    """A part whose outputs all hang on some columns needs one of them."""
    may_be_empty = all(output.measures or output.where for output in part.outputs)
    return not may_be_empty or bool(found & set(_givers(part)))


def is_titled(table: Table, part: TableRecipe, sheet_titles: str = "") -> bool:
    """Whether a table bears the title that a part asks for, if any: above it, or as its sheet's name."""
    if not part.titled:
        return True
    texts = normalise(" ".join((*table.titles, clean_text(table.sheet.name), sheet_titles)))
    return any(normalise(word) in texts for word in part.titled)
