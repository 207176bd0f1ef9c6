"""What a label usually means: the meaning that any known recipe gives it, and where that goes."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sdsf_analysis.reading.layout import Column
from sdsf_analysis.recipes.drafts.likeness import fits
from sdsf_analysis.recipes.matching import match_columns
from sdsf_analysis.recipes.recipe import ColumnRecipe, Recipe, TableRecipe


@dataclass(frozen=True)
class Usual:
    """Usual meaning of a label.

    Attributes
    ----------
    name : str
    recipe : ColumnRecipe
        Of the first recipe that knows the label so; nothing is required of it here.
    titles : tuple of str
        Titles of the recipes that know it so.
    tables : frozenset of str
        Tidy tables that it goes to in any of them.
    goes_to : tuple of (str, str)
        Tidy tables and columns that it fills in the first of them; a measure fills none of its own.
    """

    name: str
    recipe: ColumnRecipe
    titles: tuple[str, ...]
    tables: frozenset[str]
    goes_to: tuple[tuple[str, str], ...]


def usual_meaning(column: Column, kind: str, recipes: Iterable[Recipe]) -> Usual | None:
    """Find the meaning that most recipes give to a label; None where they disagree, or none knows it.

    Parameters
    ----------
    column : Column
    kind : str
        Kind of its cells.
    recipes : iterable of Recipe

    Examples
    --------
    >>> from sdsf_analysis.recipes.recipe import shipped_recipes
    >>> usual = usual_meaning(Column(3, ("Gestionnaire",)), "text", shipped_recipes())
    >>> usual.name, usual.goes_to
    ('operator', (('offer', 'operator'),))
    >>> usual_meaning(Column(3, ("Gestionnaire",)), "date", shipped_recipes()) is None
    True
    """
    found = [one for recipe in recipes for part in recipe.tables for one in _known(column, recipe, part)]
    (name, count), *_ = Counter(one.name for one in found).most_common(1) or [("", 0)]
    if 2 * count <= len(found):
        return None
    same = [one for one in found if one.name == name]
    titles = tuple(dict.fromkeys(title for one in same for title in one.titles))
    tables = frozenset(table for one in same for table in one.tables)
    usual = replace(same[0], titles=titles, tables=tables)
    return usual if fits(usual.recipe, kind) else None


def _known(column: Column, recipe: Recipe, part: TableRecipe) -> Iterator[Usual]:
    for match in match_columns([column], part.columns):
        goes_to = tuple(
            (output.table, target)
            for output in part.outputs
            for target, source in output.columns.items()
            if match.name in source.split(" | ")
        )
        measured = {output.table for output in part.outputs if match.name in output.measures}
        tables = frozenset({table for table, _ in goes_to} | measured)
        free = match.recipe.model_copy(update={"required": False})
        yield Usual(match.name, free, (recipe.title,), tables, goes_to)
