"""What each column of an unknown table may mean, and how sure that is."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from sdsf_analysis.reading.layout import Column, Table
from sdsf_analysis.reading.text import normalise
from sdsf_analysis.recipes.drafts.guess import TO_CHECK, Guess, Guesses, identifier
from sdsf_analysis.recipes.drafts.joining import joined, once_each, series
from sdsf_analysis.recipes.drafts.likeness import LONG, Nearest, are_choices
from sdsf_analysis.recipes.drafts.sampling import (
    Sample,
    departements_of,
    examples,
    lists_communes,
    place_role,
    sample,
)
from sdsf_analysis.recipes.drafts.usual import Usual, usual_meaning
from sdsf_analysis.recipes.matching import match_columns
from sdsf_analysis.recipes.persons import personal_columns
from sdsf_analysis.recipes.recipe import ColumnRecipe, FieldType, Recipe
from sdsf_analysis.recipes.recognise import CODE
from sdsf_analysis.territories.atlas import Atlas

_TYPES: dict[str, FieldType] = {"percent": "percent", "date": "date", "number": "number"}
_WHOLE = re.compile(r"\d[\d\s]*")
_YEAR_LABELS = ("annee", "exercice", "millesime")


def guess_columns(
    table: Table, kinds: dict[int, str], near: Nearest | None, places: Atlas, recipes: Iterable[Recipe]
) -> Guesses:
    """Guess what the columns of a table mean.

    Parameters
    ----------
    table : Table
    kinds : dict of int to str
        Kind of each column.
    near : Nearest or None
        The known table that it looks like.
    places : Atlas
        Communes, to know those that the cells name.
    recipes : iterable of Recipe
        Known recipes: their labels keep their meaning in a table of another kind.
    """
    personal, recipes = personal_columns(table), tuple(recipes)
    twins = Counter(normalise(column.path[-1]) for column in table.columns if column.path)
    samples = [sample(table, column, kinds.get(column.index, "text")) for column in table.columns]
    near = _without_false_lists(near, samples, places)
    found = [
        _guess(one, near, is_personal=one.column.index in personal)
        for one in samples
        if one.column.path or one.cells
    ]
    found = _with_places(_with_lists(found, samples, near, places), samples, places)
    found = _with_choices(found, samples, near)
    worded = _worded(found, samples, recipes)
    found = [_twinned(guess, twins) for guess in _with_usual(found, near, twins, recipes, worded)]
    found = once_each(series(joined(found), table), table)
    codes = (one for one in samples for g in found if g.name == CODE and one.column in g.columns)
    return Guesses(tuple(found), any(len(departements_of(one)) > 1 for one in codes))


def _guess(one: Sample, near: Nearest | None, *, is_personal: bool) -> Guess:
    likeness = near.likenesses.get(one.column.index) if near else None
    if near is None or likeness is None:
        return _personal(one) if is_personal else _unknown(one, near)
    recipe = likeness.recipe.model_copy(update={"personal": likeness.recipe.personal or is_personal})
    shown = () if recipe.personal else examples(one, is_known=True)
    sure = "intitulé connu"
    if likeness.score is not None:
        sure = f"{TO_CHECK} : {likeness.said}"
    elif not near.is_titled:
        sure = f"{TO_CHECK} : intitulé connu d'une recette qui demande un autre titre"
    return Guess((one.column,), one.kind, likeness.name, recipe, True, sure, shown)


def _twinned(guess: Guess, twins: Counter[str]) -> Guess:
    """One column of several that bear the same label, none of them dated, may not be the right one."""
    if twins[_label(guess)] < 2 or guess.recipe.by or not guess.is_understood or guess.is_doubtful:
        return guess
    sure = f"{TO_CHECK} : plusieurs colonnes portent cet intitulé, seule celle-ci serait lue"
    return replace(guess, sureness=sure)


def _label(guess: Guess) -> str:
    path = guess.columns[0].path
    return normalise(path[-1]) if path else ""


def _with_usual(
    found: list[Guess],
    near: Nearest | None,
    twins: Counter[str],
    recipes: tuple[Recipe, ...],
    worded: set[Column],
) -> list[Guess]:
    """Give columns not understood the meaning of their label in other recipes; words are no names."""
    names = {guess.name for guess in found if guess.is_understood}
    for position, guess in enumerate(found):
        is_open = guess.name and not guess.is_understood and twins[_label(guess)] == 1
        usual = usual_meaning(guess.columns[0], guess.kind, recipes) if is_open else None
        if usual is None or usual.name in names or not _is_at_home(usual, guess, near):
            continue
        if usual.recipe.type == "text" and guess.columns[0] in worded:
            continue
        names.add(usual.name)
        first, count = usual.titles[0], len(usual.titles)
        known = f"la recette « {first} »" if count == 1 else f"{count} recettes"
        target = "".join(f", où il va en {table}.{column}" for table, column in usual.goes_to[:1])
        found[position] = replace(
            guess, name=usual.name, recipe=usual.recipe, is_understood=True, goes_to=usual.goes_to,
            sureness=f"{TO_CHECK} : intitulé connu de {known}{target}",
        )  # fmt: skip
    return found


def _worded(found: list[Guess], samples: list[Sample], recipes: tuple[Recipe, ...]) -> set[Column]:
    """Columns not understood whose cells are the words of a closed list of some recipe."""
    lists = {
        tuple(sorted(one.choice_codes())): one
        for recipe in recipes for part in recipe.tables for one in part.columns.values() if one.list
    }  # fmt: skip
    left = {guess.columns[0] for guess in found if not guess.is_understood}
    texts = {one.column: [normalise(text) for text in one.texts] for one in samples if one.column in left}
    return {
        column for column, words in texts.items() if any(are_choices(words, one) for one in lists.values())
    }


def _is_at_home(usual: Usual, guess: Guess, near: Nearest | None) -> bool:
    """« N° » of an action plan is nothing in a list of crèches: it goes where the nearest recipe writes."""
    if near:
        return bool(usual.tables & {output.table for output in near.part.outputs})
    return len(usual.titles) > 1 or len(_label(guess)) >= LONG


def _personal(one: Sample) -> Guess:
    recipe = ColumnRecipe(headers=one.column.path[-1:], personal=True)
    sure = "nomme une personne ou permet de la joindre : déclarée personnelle, jamais montrée"
    return Guess((one.column,), one.kind, identifier(one.column), recipe, True, sure)


def _unknown(one: Sample, near: Nearest | None) -> Guess:
    recipe = ColumnRecipe(headers=one.column.path[-1:] or ("",), type=_type(one))
    guess = Guess((one.column,), one.kind, identifier(one.column), recipe, False, "non comprise",
                  examples(one, is_known=False))  # fmt: skip
    ignored = {"ignored": ColumnRecipe(headers=near.part.ignored if near else ())}
    if match_columns([one.column], ignored):
        return replace(guess, name="", sureness="sans usage, comme dans la recette la plus proche")
    return guess


def _type(one: Sample) -> FieldType:
    if one.kind == "number":
        label = normalise(" ".join(one.column.path))
        if label.startswith(_YEAR_LABELS):
            return "year"
        return "count" if all(_WHOLE.fullmatch(text) for text in one.texts) else "number"
    return _TYPES.get(one.kind, "text")


def _with_places(found: list[Guess], samples: list[Sample], places: Atlas) -> list[Guess]:
    """Say which columns hold the communes, by their cells, where no label does."""
    names = {guess.name for guess in found}
    by_column = {one.column: one for one in samples}
    for position, guess in enumerate(found):
        if guess.is_understood or not guess.name:
            continue
        role = place_role(by_column[guess.columns[0]], places)
        if role and role not in names:
            names.add(role)
            what = "codes" if role == CODE else "noms"
            found[position] = replace(
                guess, name=role, is_understood=True,
                sureness=f"{TO_CHECK} : les cellules sont des {what} de communes",
                examples=examples(by_column[guess.columns[0]], is_known=True),
            )  # fmt: skip
    return found


def _without_false_lists(near: Nearest | None, samples: list[Sample], places: Atlas) -> Nearest | None:
    """The nearest table without the columns that look like a list of communes by their label alone."""
    if near is None:
        return None
    lists = {one.column.index for one in samples if lists_communes(one, places)}
    kept = {
        index: likeness
        for index, likeness in near.likenesses.items()
        if likeness.recipe.type != "communes" or likeness.score is None or index in lists
    }
    return replace(near, likenesses=kept)


def _with_lists(
    found: list[Guess], samples: list[Sample], near: Nearest | None, places: Atlas
) -> list[Guess]:
    """Say which columns list communes: under the name of the nearest recipe's list, if it has one left."""
    names = {guess.name for guess in found if guess.is_understood}
    lists = {name: one for name, one in (near.part.columns if near else {}).items() if one.type == "communes"}
    by_column = {one.column: one for one in samples}
    for position, guess in enumerate(found):
        if guess.is_understood or not guess.name or not lists_communes(by_column[guess.columns[0]], places):
            continue
        own = {"type": "communes", "headers": guess.recipe.headers, "personal": guess.recipe.personal}
        name = next((name for name in lists if name not in names), guess.name)
        names.add(name)
        recipe = (lists.get(name) or guess.recipe).model_copy(update=own)
        sure = f"{TO_CHECK} : les cellules sont des listes de communes"
        found[position] = replace(guess, name=name, recipe=recipe, is_understood=True, sureness=sure)
    return found


def _with_choices(found: list[Guess], samples: list[Sample], near: Nearest | None) -> list[Guess]:
    """Say which columns hold the words of a closed list that no label names."""
    lists = {name: recipe for name, recipe in (near.part.columns if near else {}).items() if recipe.list}
    texts = {one.column: [normalise(text) for text in one.texts] for one in samples}
    for position, guess in enumerate(found):
        for name, recipe in lists.items() if guess.name and not guess.is_understood else ():
            if are_choices(texts[guess.columns[0]], recipe) and all(other.name != name for other in found):
                sure = f"{TO_CHECK} : les cellules sont des mots de « {recipe.headers[0]} »"
                found[position] = replace(guess, name=name, recipe=recipe, is_understood=True, sureness=sure)
    return found
