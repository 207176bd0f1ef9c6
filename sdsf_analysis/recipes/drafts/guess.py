"""What one column of an unknown table may mean, and how sure that is."""

from dataclasses import dataclass

from sdsf_analysis.reading.layout import Column
from sdsf_analysis.recipes.recipe import ColumnRecipe
from sdsf_analysis.recipes.sources import slug

TO_CHECK = "À VÉRIFIER"


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
    goes_to : tuple of (str, str)
        Tidy tables and columns that it usually fills, where no part of the nearest recipe says it.
    """

    columns: tuple[Column, ...]
    kind: str
    name: str
    recipe: ColumnRecipe
    is_understood: bool
    sureness: str
    examples: tuple[str, ...] = ()
    goes_to: tuple[tuple[str, str], ...] = ()

    @property
    def is_doubtful(self) -> bool:
        """Whether it is read, and to be checked first."""
        return self.sureness.startswith(TO_CHECK)


@dataclass(frozen=True)
class Guesses:
    """Guesses of a table, left to right, and whether its communes are of several départements."""

    guesses: tuple[Guess, ...]
    is_several: bool

    @property
    def names(self) -> set[str]:
        """Names of the columns that are read."""
        return {guess.name for guess in self.guesses if guess.is_understood}

    @property
    def personal(self) -> set[str]:
        """Names of the columns that only a pseudonym may stand for."""
        return {guess.name for guess in self.guesses if guess.recipe.personal}


def identifier(column: Column) -> str:
    """Name of a column in the draft, after its labels.

    Examples
    --------
    >>> identifier(Column(2, ("Activité", "Nb d'heures"))), identifier(Column(2, ()))
    ('activite_nb_d_heures', 'colonne_b')
    """
    return slug(" ".join(column.path)).replace("-", "_")[:40].strip("_") or f"colonne_{column.letter.lower()}"
