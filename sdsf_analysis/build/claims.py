"""Two files that claim the same thing: neither counts until the analyst says which one does."""

from collections.abc import Iterable
from itertools import combinations

from sdsf_analysis.build.intake import Intake
from sdsf_analysis.errors import WorkspaceError
from sdsf_analysis.model.lists import unknown_name
from sdsf_analysis.model.problems import Problem
from sdsf_analysis.recipes.apply import row_key
from sdsf_analysis.recipes.recipe import Recipe


def settle_claims(intakes: list[Intake], sources: dict[str, str]) -> list[Problem]:
    """Set aside the files that say the same thing as another of their kind.

    Parameters
    ----------
    intakes : list of Intake
        Files read; those set aside lose their rows.
    sources : dict
        ``[sources]`` of sdsf.toml: recipe → the file that counts.

    Returns
    -------
    list of Problem
        One question per pair without a ruling, one journal line per file set aside by a ruling.
    """
    problems: list[Problem] = []
    aside: set[int] = set()
    for one, two in combinations(range(len(intakes)), 2):
        if _overlap(intakes[one], intakes[two]):
            problems.append(_settle(intakes[one], intakes[two], sources, aside, (one, two)))
    for position in aside:
        intakes[position].rows, intakes[position].ledger = {}, []
    return problems


def check_sources(sources: dict[str, str], recipes: Iterable[Recipe], files: Iterable[str]) -> None:
    """Refuse a ``[sources]`` that names an unknown recipe or a file that is not there.

    Raises
    ------
    WorkspaceError
        With the nearest name.
    """
    names, present = [recipe.name for recipe in recipes], list(files)
    for recipe, source in sources.items():
        if recipe not in names:
            raise WorkspaceError(unknown_name("sdsf.toml, rubrique [sources] : la recette", recipe, names))
        if source not in present:
            raise WorkspaceError(unknown_name("sdsf.toml, rubrique [sources] : le fichier", source, present))


def _overlap(one: Intake, two: Intake) -> bool:
    return bool(set(one.recipes) & set(two.recipes)) and bool(_keys(one) & _keys(two))


def _keys(intake: Intake) -> set[tuple[str, str]]:
    return {(table, row_key(table, row)) for table, rows in intake.rows.items() for row in rows}


def _settle(
    one: Intake, two: Intake, sources: dict[str, str], aside: set[int], places: tuple[int, int]
) -> Problem:
    recipe = sorted(set(one.recipes) & set(two.recipes))[0]
    chosen = sources.get(recipe)
    if chosen in (one.source, two.source):
        other, place = (two, places[1]) if chosen == one.source else (one, places[0])
        aside.add(place)
        message = f"sdsf.toml retient « {chosen} » : ce fichier-ci n'est pas compté."
        return Problem(other.source, "", "", "source_set_aside", message)
    aside.update(places)
    message = f"« {one.source} » et « {two.source} » disent la même chose : aucun des deux n'est compté."
    suggestion = (
        f'Écrire dans sdsf.toml, sous [sources] : {recipe} = "{two.source}" (ou l\'autre), puis relancer.'
    )
    return Problem(two.source, "", "", "duplicate_claim", message, one.source, "", suggestion)
