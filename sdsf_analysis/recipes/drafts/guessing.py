"""What each column of an unknown table may mean, and how sure that is."""

import re
from dataclasses import dataclass, replace

from sdsf_analysis.reading.layout import Column, Table
from sdsf_analysis.reading.text import normalise
from sdsf_analysis.recipes.drafts.likeness import Nearest, headers_for, series_pattern
from sdsf_analysis.recipes.drafts.sampling import (
    Sample,
    departements_of,
    examples,
    names_a_person,
    place_role,
    sample,
)
from sdsf_analysis.recipes.matching import match_columns
from sdsf_analysis.recipes.recipe import ColumnRecipe, FieldType
from sdsf_analysis.recipes.recognise import CODE, NAME
from sdsf_analysis.recipes.sources import slug
from sdsf_analysis.territories.france import France

TO_CHECK = "À VÉRIFIER"
_TYPES: dict[str, FieldType] = {"percent": "percent", "date": "date", "number": "number"}
_WHOLE = re.compile(r"\d[\d\s]*")
_WORD_SHARE = 0.8
_YEAR_LABELS = ("annee", "exercice", "millesime")


@dataclass(frozen=True)
class Guess:
    """What one column, or the columns of one quantity by year, may mean.

    Attributes
    ----------
    columns : tuple of Column
    name : str
        Name in the draft; `CODE` or `NAME` for the place.
    recipe : ColumnRecipe
        How it would be read, by the labels of this file.
    is_understood : bool
        Whether it is read; else it is only named, in a comment.
    sureness : str
        French sentence.
    """

    columns: tuple[Column, ...]
    kind: str
    name: str
    recipe: ColumnRecipe
    is_understood: bool
    sureness: str
    examples: tuple[str, ...] = ()


@dataclass(frozen=True)
class Guesses:
    """Guesses of a table, left to right, and whether its communes are of several départements."""

    guesses: tuple[Guess, ...]
    is_several: bool

    @property
    def names(self) -> set[str]:
        """Names of the columns that are read."""
        return {guess.name for guess in self.guesses if guess.is_understood}


def guess_columns(table: Table, kinds: dict[int, str], near: Nearest | None, places: France) -> Guesses:
    """Guess what the columns of a table mean.

    Parameters
    ----------
    table : Table
    kinds : dict of int to str
        Kind of each column.
    near : Nearest or None
        The known table that it looks like.
    places : France
        Communes, to know those that the cells name.
    """
    samples = [sample(table, column, kinds.get(column.index, "text")) for column in table.columns]
    found = [_guess(one, near, table) for one in samples if one.column.path or one.cells]
    found = _with_choices(_with_places(found, samples, places), samples, near)
    found = _once_each(_series(_joined(found), table), table)
    codes = (one for one in samples for g in found if g.name == CODE and one.column in g.columns)
    return Guesses(tuple(found), any(len(departements_of(one)) > 1 for one in codes))


def _guess(one: Sample, near: Nearest | None, table: Table) -> Guess:
    likeness = near.likenesses.get(one.column.index) if near else None
    is_person = names_a_person(one)
    if likeness is None:
        return _personal(one) if is_person else _unknown(one, near)
    recipe = likeness.recipe.model_copy(
        update={"personal": likeness.recipe.personal or _is_forename_near(one, table)}
    )
    shown = () if recipe.personal or (is_person and likeness.score) else examples(one, is_known=True)
    sure = "intitulé connu"
    if likeness.score is not None:
        sure = f"{TO_CHECK} : l'intitulé ressemble à « {likeness.synonym} » ({likeness.score:.0f} %)"
    return Guess((one.column,), one.kind, likeness.name, recipe, True, sure, shown)


def _is_forename_near(one: Sample, table: Table) -> bool:
    """« Nom » beside « Prénom » names a person, whatever it names elsewhere."""
    labels = {normalise(column.path[-1]) for column in table.columns if column.path}
    return normalise(one.column.path[-1]) in ("nom", "noms") and bool(labels & {"prenom", "prenoms"})


def _personal(one: Sample) -> Guess:
    recipe = ColumnRecipe(headers=one.column.path[-1:], personal=True)
    sure = "nomme une personne ou permet de la joindre : déclarée personnelle, jamais montrée"
    return Guess((one.column,), one.kind, _identifier(one.column), recipe, True, sure)


def _unknown(one: Sample, near: Nearest | None) -> Guess:
    recipe = ColumnRecipe(headers=one.column.path[-1:] or ("",), type=_type(one))
    guess = Guess((one.column,), one.kind, _identifier(one.column), recipe, False, "non comprise",
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


def _identifier(column: Column) -> str:
    return slug(" ".join(column.path)).replace("-", "_")[:40].strip("_") or f"colonne_{column.letter.lower()}"


def _with_places(found: list[Guess], samples: list[Sample], places: France) -> list[Guess]:
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


def _with_choices(found: list[Guess], samples: list[Sample], near: Nearest | None) -> list[Guess]:
    """Say which columns hold the words of a closed list that no label names."""
    lists = {name: recipe for name, recipe in (near.part.columns if near else {}).items() if recipe.list}
    texts = {one.column: [normalise(text) for text in one.texts] for one in samples}
    for position, guess in enumerate(found):
        for name, recipe in lists.items() if guess.name and not guess.is_understood else ():
            words = texts[guess.columns[0]]
            known = sum(word in recipe.choice_codes() for word in words)
            if known >= _WORD_SHARE * len(words) > 0 and all(other.name != name for other in found):
                sure = f"{TO_CHECK} : les cellules sont des mots de « {recipe.headers[0]} »"
                found[position] = replace(guess, name=name, recipe=recipe, is_understood=True, sureness=sure)
    return found


def _joined(found: list[Guess]) -> list[Guess]:
    """Columns of one meaning by year or date, as one guess; a second column of another meaning is unknown."""
    joined: dict[object, Guess] = {}
    for guess in found:
        key: object = guess.name if guess.is_understood else guess.columns
        known = joined.get(key)
        if known is None:
            joined[key] = guess
        elif guess.recipe.by:
            joined[key] = replace(known, columns=known.columns + guess.columns)
        else:
            joined[guess.columns] = replace(guess, name=_identifier(guess.columns[0]), is_understood=False)
    return list(joined.values())


def _series(found: list[Guess], table: Table) -> list[Guess]:
    """Columns that nothing but the year of their label tells apart, as one quantity by year."""
    series: dict[tuple[str, ...], list[Guess]] = {}
    for guess in found:
        if not guess.is_understood and guess.name and guess.kind in ("number", "percent"):
            series.setdefault(_undated_path(guess.columns[0]), []).append(guess)
    for same in series.values():
        if len(same) > 1 and re.search(r"\d\d", "".join(same[0].columns[0].path)):
            columns = tuple(guess.columns[0] for guess in same)
            whole = {guess.recipe.type for guess in same}
            kind: FieldType = same[0].recipe.type if len(whole) == 1 else "number"
            recipe = same[0].recipe.model_copy(update={"by": "year", "type": kind})
            recipe = recipe.model_copy(update={"headers": headers_for(columns, recipe, table)})
            name = _identifier(Column(columns[0].index, _undated_path(columns[0]))) + "_par_annee"
            merged = replace(same[0], columns=columns, recipe=recipe, name=name,
                             sureness="non comprise ; une colonne par année")  # fmt: skip
            found[found.index(same[0])] = merged
            found = [guess for guess in found if guess not in same[1:]]
    return found


def _undated_path(column: Column) -> tuple[str, ...]:
    return tuple(re.sub(r"\(\?P<year>.*?\)", "", series_pattern(part)) for part in column.path)


def _once_each(found: list[Guess], table: Table) -> list[Guess]:
    """Guesses with the labels by which they are known again, and a name of their own."""
    names: set[str] = {CODE, NAME}
    given: list[Guess] = []
    for guess in found:
        name = guess.name
        while name in names and name not in (CODE, NAME, ""):
            name += "_2"
        names.add(name)
        headers = headers_for(guess.columns, guess.recipe, table) if guess.columns[0].path else ()
        recipe = guess.recipe.model_copy(update={"headers": headers})
        given.append(replace(guess, name=name, recipe=recipe))
    return given
