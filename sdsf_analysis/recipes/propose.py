"""A draft recipe for a file that no recipe recognises: what was understood, what is to be checked."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from sdsf_analysis.errors import ReadingError, command_name
from sdsf_analysis.model.french import plural
from sdsf_analysis.reading.files import open_file
from sdsf_analysis.reading.kinds import column_kinds
from sdsf_analysis.reading.layout import Table, find_tables
from sdsf_analysis.reading.text import normalise
from sdsf_analysis.reading.values import read_legend
from sdsf_analysis.recipes.children import refuse_children
from sdsf_analysis.recipes.drafts.drafting import comment, quoted, table_lines
from sdsf_analysis.recipes.drafts.guess import TO_CHECK, Guesses
from sdsf_analysis.recipes.drafts.guessing import guess_columns
from sdsf_analysis.recipes.drafts.likeness import Nearest, nearest
from sdsf_analysis.recipes.recipe import Recipe, shipped_recipes
from sdsf_analysis.recipes.sources import slug
from sdsf_analysis.territories import reference
from sdsf_analysis.territories.atlas import atlas

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
Understood = tuple[str, Table, Nearest | None, Guesses]


def propose(path: Path, recipes: Iterable[Recipe] | None = None) -> str:
    r"""Write a draft recipe from the headers and the cells of a file.

    Nothing in it is certain but what is said to be: the analyst reviews it, then saves it in ``recipes/``.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    recipes : iterable of Recipe, optional
        Known recipes, those of the package by default.

    Returns
    -------
    str
        TOML that `load_recipe` reads, with French comments. It quotes no cell that names a person.

    Raises
    ------
    ReadingError
        If the file cannot be read, has one row per child, or holds no table.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from sdsf_analysis.recipes.recipe import load_recipe
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder) / "Haltes 2025.csv"
    ...     rows = ["Commune;Nb de places;Nom", "Gex;20;Les Loups", "Oyonnax;12;Les Ours"]
    ...     _ = path.write_text("\n".join(rows), encoding="utf-8")
    ...     draft = propose(path)
    >>> load_recipe(draft, "brouillon").tables[0].place.name
    ('Commune',)
    """
    known = tuple(recipes) if recipes is not None else shipped_recipes()
    opened = open_file(path)
    tables = [table for sheet in opened.sheets for table in find_tables(sheet)]
    refuse_children(opened.source, tables)
    if not tables:
        raise ReadingError(
            "file_unrecognised",
            f"Aucun tableau n'a été trouvé dans « {path.name} » : vérifier qu'il a plusieurs colonnes, sous "
            "leurs intitulés.",
        )
    understood = list(_understood(_distinct(tables), known))
    near = next((one for _, _, one, _ in understood if one), None)
    lines = [
        *_header(path.name, understood),
        "",
        f"name = {quoted(_name(path.stem, known))}",
        f"title = {quoted(path.stem)}",
        f"partner = {quoted(near.recipe.partner if near else 'à compléter')}",
        *(line for one in understood for line in table_lines(*one)),
    ]
    return "\n".join(lines) + "\n"


def _distinct(tables: list[Table]) -> list[Table]:
    """One table of each shape: sheets that differ by their year only share a recipe."""
    shapes: dict[tuple[str, ...], Table] = {}
    for table in tables:
        shape = tuple(_YEAR.sub("", normalise(column.label)).strip() for column in table.columns)
        shapes.setdefault(shape, table)
    return list(shapes.values())


def _understood(tables: list[Table], recipes: tuple[Recipe, ...]) -> Iterator[Understood]:
    places = atlas(max(reference.YEARS))
    names: set[str] = set()
    for position, table in enumerate(tables, start=1):
        kinds = dict(column_kinds(table, read_legend([*table.titles, *table.notes])))
        near = nearest(table, kinds, recipes)
        base = near.part.name if near else f"tableau_{position}"
        name = base if base not in names else f"{base}_{position}"
        names.add(name)
        yield name, table, near, guess_columns(table, kinds, near, places, recipes)


def _header(name: str, understood: list[Understood]) -> Iterator[str]:
    command = command_name()
    yield from comment(
        f"Brouillon de recette pour « {name} », écrit par « {command} propose » : à relire avant usage."
    )
    guesses = [guess for _, _, _, found in understood for guess in found.guesses]
    doubtful = sum(len(guess.columns) for guess in guesses if guess.is_doubtful)
    unread = sum(len(guess.columns) for guess in guesses if guess.name and not guess.is_understood)
    columns = plural(doubtful, "colonne à vérifier", "colonnes à vérifier")
    others = plural(unread, "colonne non comprise", "colonnes non comprises")
    yield from comment(f"{columns} (« {TO_CHECK} »), {others} (ligne commencée par un dièse).")
    yield from comment("1. Relire chaque colonne : ce qu'elle contient, d'où vient la proposition.")
    yield from comment(
        "2. Pour lire une colonne non comprise, enlever le dièse de sa ligne et dire où elle va ; pour ne "
        "pas la lire, mettre son intitulé dans ignored."
    )
    yield from comment(
        f"3. Enregistrer ce texte dans recipes/, sous un nom en .toml, puis relancer « {command} build »."
    )
    if not all(near and near.is_read for _, _, near, _ in understood):
        yield from comment(
            "Rien ne sort d'un tableau tant que ses [[tables.outputs]] sont en commentaire : corriger ce qui "
            "vient d'une autre recette, puis enlever le dièse de ces lignes."
        )
    yield from _replacing(understood)


def _replacing(understood: list[Understood]) -> Iterator[str]:
    """How to name a draft that is to take the place of the recipe it comes from."""
    for recipe in {near.recipe.name: near.recipe for _, _, near, _ in understood if near}.values():
        covered = {near.part.name for _, _, near, _ in understood if near and near.recipe is recipe}
        left = [part.name for part in recipe.tables if part.name not in covered]
        # in one word, so that the line is not broken there
        name = f"name={quoted(recipe.name)}"
        said = f"Il s'ajoute aux recettes ; pour qu'il remplace « {recipe.title} », écrire {name}."
        if left:
            said += f" Les autres tableaux de cette recette ({', '.join(left)}) ne seraient alors plus lus."
        yield from comment(said)


def _name(stem: str, recipes: tuple[Recipe, ...]) -> str:
    """Name of the draft; one that a recipe bears already would take its place."""
    base = slug(_YEAR.sub(" ", stem)).replace("-", "_") or "recette"
    taken = {recipe.name for recipe in recipes}
    return base if base not in taken else f"{base}_bis"
