"""The file that would bring what a question lacks, as the recipes know it."""

from functools import cache

from sdsf_analysis.model.tables import table
from sdsf_analysis.recipes.recipe import Output, TableRecipe, shipped_recipes


def file_lacking(name: str, code: str = "", label: str = "") -> str:
    """Say that nothing was received on a subject, and which files would bring it.

    Parameters
    ----------
    name : str
        Tidy table.
    code : str
        Measure, kind of service, fund or indicator that the table lacks; all of the table without it.
    label : str
        How the sentence names it; the label of the table without it.

    Examples
    --------
    >>> file_lacking("families", "births", "les naissances")
    'Rien de reçu sur les naissances : déposer « Naissances domiciliées par commune » (recette insee_births)
    dans data/raw, puis construire.'
    """
    files = " ou ".join(f"« {title} » (recette {recipe})" for recipe, title in _bringing(name, code))
    subject = label or f"« {table(name).label} »"
    if not files:
        return f"Rien de reçu sur {subject}, et aucune recette ne l'apporte."
    return f"Rien de reçu sur {subject} : déposer {files} dans data/raw, puis construire."


@cache
def _bringing(name: str, code: str) -> tuple[tuple[str, str], ...]:
    """Recipes that give rows of a table, or of one code of it: name and title."""
    return tuple(
        (recipe.name, recipe.title)
        for recipe in shipped_recipes()
        if any(_gives(part, output, name, code) for part in recipe.tables for output in part.outputs)
    )


def _gives(part: TableRecipe, output: Output, name: str, code: str) -> bool:
    if output.table != name:
        return False
    written = output.columns.values()
    said = {
        word for source in written if source in part.columns for word in part.columns[source].choices.values()
    }
    return not code or code in output.measures or f"={code}" in written or code in said
