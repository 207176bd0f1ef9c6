"""Guesses that go together: a quantity by year is one, each has its own name and labels."""

import re
from dataclasses import replace

from sdsf_analysis.reading.layout import Column, Table
from sdsf_analysis.recipes.drafts.guess import Guess, identifier
from sdsf_analysis.recipes.drafts.likeness import headers_for, series_pattern
from sdsf_analysis.recipes.recipe import FieldType
from sdsf_analysis.recipes.recognise import PLACE


def joined(found: list[Guess]) -> list[Guess]:
    """Columns of one meaning by year or date, as one guess; a second column of another meaning is unknown."""
    first: dict[object, Guess] = {}
    for guess in found:
        key: object = guess.name if guess.is_understood else guess.columns
        known = first.get(key)
        if known is None:
            first[key] = guess
        elif guess.recipe.by:
            first[key] = replace(known, columns=known.columns + guess.columns)
        else:
            first[guess.columns] = replace(guess, name=identifier(guess.columns[0]), is_understood=False)
    return list(first.values())


def series(found: list[Guess], table: Table) -> list[Guess]:
    """Columns that nothing but the year of their label tells apart, as one quantity by year."""
    found_by_year: dict[tuple[str, ...], list[Guess]] = {}
    for guess in found:
        if not guess.is_understood and guess.name and guess.kind in ("number", "percent"):
            found_by_year.setdefault(_undated_path(guess.columns[0]), []).append(guess)
    for same in found_by_year.values():
        if len(same) > 1 and re.search(r"\d\d", "".join(same[0].columns[0].path)):
            columns = tuple(guess.columns[0] for guess in same)
            whole = {guess.recipe.type for guess in same}
            kind: FieldType = same[0].recipe.type if len(whole) == 1 else "number"
            recipe = same[0].recipe.model_copy(update={"by": "year", "type": kind})
            recipe = recipe.model_copy(update={"headers": headers_for(columns, recipe, table)})
            name = identifier(Column(columns[0].index, _undated_path(columns[0]))) + "_par_annee"
            merged = replace(same[0], columns=columns, recipe=recipe, name=name,
                             sureness="non comprise ; une colonne par année")  # fmt: skip
            found[found.index(same[0])] = merged
            found = [guess for guess in found if guess not in same[1:]]
    return found


def _undated_path(column: Column) -> tuple[str, ...]:
    return tuple(re.sub(r"\(\?P<year>.*?\)", "", series_pattern(part)) for part in column.path)


def once_each(found: list[Guess], table: Table) -> list[Guess]:
    """Guesses with the labels by which they are known again, and a name of their own."""
    names: set[str] = set(PLACE)
    given: list[Guess] = []
    for guess in found:
        name = guess.name
        while name in names and name not in (*PLACE, ""):
            name += "_2"
        names.add(name)
        headers = headers_for(guess.columns, guess.recipe, table) if guess.columns[0].path else ()
        recipe = guess.recipe.model_copy(update={"headers": headers})
        given.append(replace(guess, name=name, recipe=recipe))
    return given
