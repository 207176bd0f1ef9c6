"""Two files that claim the same thing: neither counts until the analyst says which one does."""

import json
from collections.abc import Iterable, Iterator
from itertools import combinations

from sdsf_analysis.build.intake import Intake
from sdsf_analysis.errors import WorkspaceError
from sdsf_analysis.model.lists import unknown_name
from sdsf_analysis.model.problems import Problem
from sdsf_analysis.recipes.recipe import Recipe

# the line of [sources] that names a partner: who counts where two describe one structure
OFFER = "offer"


def settle_claims(intakes: list[Intake], sources: dict[str, str]) -> list[Problem]:
    """Set aside the files that say the same thing as another of their kind.

    Parameters
    ----------
    intakes : list of Intake
        Files read; those set aside lose their rows.
    sources : dict
        ``[sources]`` of sdsf.toml: recipe → the file that counts, ``offer`` → the partner that does.

    Returns
    -------
    list of Problem
        One journal line per file set aside by a ruling, one question per pair without a ruling.
    """
    ruled = {other.source: problem for other, problem in _ruled(intakes, sources)}
    open_pairs = [pair for pair in combinations(intakes, 2) if not {one.source for one in pair} & set(ruled)]
    asked = [(pair, shared) for pair in open_pairs if (shared := _shared(*pair))]
    aside = {*ruled, *(one.source for pair, _ in asked for one in pair)}
    for intake in intakes:
        if intake.source in aside:
            intake.set_aside()
    return [*ruled.values(), *(_question(*pair, shared[0]) for pair, shared in asked)]


def check_sources(sources: dict[str, str], recipes: Iterable[Recipe], files: Iterable[str]) -> None:
    """Refuse a ``[sources]`` that names an unknown recipe or partner, or a file that is not there.

    Raises
    ------
    WorkspaceError
        With the nearest name.
    """
    recipes, present = list(recipes), list(files)
    names = [recipe.name for recipe in recipes]
    for recipe, source in sources.items():
        if recipe == OFFER:
            _check_partner(source, recipes)
            continue
        if recipe not in names:
            raise WorkspaceError(unknown_name("sdsf.toml, rubrique [sources] : la recette", recipe, names))
        if source not in present:
            raise WorkspaceError(unknown_name("sdsf.toml, rubrique [sources] : le fichier", source, present))


def _check_partner(partner: str, recipes: Iterable[Recipe]) -> None:
    known = sorted({recipe.partner for recipe in recipes})
    if partner not in known:
        raise WorkspaceError(unknown_name("sdsf.toml, rubrique [sources] : le partenaire", partner, known))


def _ruled(intakes: list[Intake], sources: dict[str, str]) -> Iterator[tuple[Intake, Problem]]:
    """Files that a ruling of sdsf.toml sets aside, with the line that says so."""
    by_source = {intake.source: intake for intake in intakes}
    for recipe, source in sources.items():
        for other in intakes if recipe != OFFER else ():
            if other.source != source and recipe in _shared(by_source[source], other):
                message = f"sdsf.toml retient « {source} » : ce fichier-ci n'est pas compté."
                yield other, Problem(other.source, "", "", "source_set_aside", message)


def _shared(one: Intake, two: Intake) -> list[str]:
    """Recipes under which two files say something of the same thing."""
    recipes = sorted(set(one.recipes) & set(two.recipes))
    return recipes if recipes and not one.keys.isdisjoint(two.keys) else []


def _question(one: Intake, two: Intake, recipe: str) -> Problem:
    message = f"« {one.source} » et « {two.source} » disent la même chose : aucun des deux n'est compté."
    line = f"{recipe} = {json.dumps(two.source, ensure_ascii=False)}"
    suggestion = f"Dans sdsf.toml, sous [sources], écrire {line} (ou l'autre fichier), puis relancer."
    return Problem(two.source, "", "", "duplicate_claim", message, one.source, "", suggestion)
