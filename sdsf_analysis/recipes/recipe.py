"""A recipe: how a kind of file is recognised, what its columns mean, which tidy rows they give.

One TOML file per kind of file. A renamed column is an edit of TOML, never of code.
"""

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from sdsf_analysis.errors import RecipeError, why
from sdsf_analysis.model.lists import choices
from sdsf_analysis.model.tables import table as declared_table
from sdsf_analysis.reading.text import normalise
from sdsf_analysis.recipes.checks import check_columns, check_output, check_said
from sdsf_analysis.recipes.wording import faults, toml_fault

FieldType = Literal[
    "text",
    "date",
    "year",
    "school_year",
    "choice",
    "tick",
    "number",
    "count",
    "amount",
    "fte",
    "percent",
    "communes",
]
NUMERIC = ("number", "count", "amount", "fte", "percent")
SUMMED = ("count", "amount")
NATURE = "nature"
COMMUNE = "commune"


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ColumnRecipe(_Model):
    """One meaning that a column of the sheet may have.

    Attributes
    ----------
    headers : tuple of str
        Synonyms of its label, compared without case, accents or punctuation; ``"parent > label"`` asks for
        the label above too, ``"re:…"`` is a regular expression on the label as written, whose group
        ``year`` (two or four digits) dates the column.
    type : str
        Kind of value; a ``count`` is whole, an ``amount`` (hours, euros) may have decimals, both add up; a
        ``school_year`` may be written « 2023-2024 » and is of the year in which it begins; ``communes`` is a
        list of communes in one cell, which an output gives one by one (``@each:column``).
    by : str
        ``year`` or ``date`` where the column may repeat, dated by its own labels.
    rounded : int
        Base of the rounding that the sender applies; values then get bounds.
    list : str
        Closed list of a choice; its French labels are understood.
    choices : dict
        More words for a choice: word → code of the list.
    only : tuple of str
        Codes of the list that the column may say, all by default.
    nothing : tuple of str
        Words of a text or of a choice that say that there is none: « aucun », « non ».
    """

    headers: tuple[str, ...]
    type: FieldType = "text"
    required: bool = False
    personal: bool = False
    by: Literal["year", "date"] | None = None
    rounded: int | None = None
    list: str | None = None
    choices: dict[str, str] = Field(default_factory=dict)
    only: tuple[str, ...] = ()
    nothing: tuple[str, ...] = ()

    def choice_codes(self) -> dict[str, str]:
        """Codes of a choice by normalised word."""
        labels = choices(self.list) if self.list else {}
        words = {label: code for code, label in labels.items()} | self.choices
        words |= {code: code for code in labels}
        return {normalise(word): code for word, code in words.items() if not self.only or code in self.only}

    def says_nothing(self, text: str) -> bool:
        """Say whether a text stands for none."""
        return bool(self.nothing) and normalise(text) in map(normalise, self.nothing)


class Place(_Model):
    """Columns that say the commune of a row, or its EPCI or département where its level is one of these.

    Its code, its name, or both; its postal code, which only confirms a name; its département, if any.
    """

    level: Literal["commune", "epci", "departement"] = "commune"
    code: tuple[str, ...] = ()
    name: tuple[str, ...] = ()
    postal: tuple[str, ...] = ()
    departement: tuple[str, ...] = (
        "Département",
        "Code département",
        "Nom du département",
        "N° département",
        "Dépt",
        "Dpt",
        "Dép",
    )
    required: bool = True


class Output(_Model):
    """Tidy rows that each row of the sheet gives.

    Attributes
    ----------
    table : str
        Tidy table.
    columns : dict
        Tidy column → where it comes from: a column of the recipe, ``a | b`` (the first filled), ``=code``
        (constant), ``@situation``, ``@year``, ``@commune``, ``@territory`` (the place, whatever its level),
        ``@said:name`` (what a title says of the whole table, see `TableRecipe`), ``@count:column`` (rank
        among the rows of the same value),
        ``@each:column`` (a row for each commune of a list), ``@stage:a b`` (open or closed),
        ``@year:column`` (year of its date), ``@service:number name`` (a service that another file lists),
        ``@pseudonym:a b``, ``@operator_kind:column`` (the legal form that a name says), ``@area:column``
        (code of the EPCI, or of the whole département, that a column names), ``@area_communes:column`` (one
        row per commune of it), or a text with ``{column}``. The labels of a measure may say its year, its
        date and its nature; they win.
    measures : tuple of str
        Columns of the recipe given one below the other: their name in ``measure_to``, what they hold in
        ``value_to``. Where no status goes with the value, an empty cell gives no row.
    where : str
        Column that must be filled for the row to be given.
    adds : bool
        Whether rows of communes that are one today are added up: counts only, never rates or services.
    """

    table: str
    columns: dict[str, str]
    measures: tuple[str, ...] = ()
    measure_to: str = "measure"
    value_to: str = "value"
    where: str | None = None
    adds: bool = False


class TableRecipe(_Model):
    """How one table of a file is recognised and read.

    Attributes
    ----------
    geography_year : int or None
        Year of the geography that its codes are written in; told from the codes themselves without it.
    is_school : bool
        Whether its sender counts by school years: « 2023-2024 » is one, without the word « scolaire ».
    whole : bool
        Whether it reads no table that has a column it does not know: a canton stands in many a file.
    ignored : tuple of str
        Columns that are known and not read.
    personal : tuple of str
        Columns that name or reach a person: known, not read, never shown. One that a pseudonym stands for is
        among ``columns``, as ``personal = true``.
    said : dict
        Name → regular expression → meaning of what a title, the sheet's name or the file's says of every
        row; an empty meaning is the group ``said`` of the expression.
    """

    name: str
    geography_year: int | None = None
    titled: tuple[str, ...] = ()
    is_school: bool = False
    whole: bool = False
    scope: Literal["departement", "several"] = "departement"
    place: Place | None = None
    columns: dict[str, ColumnRecipe]
    ignored: tuple[str, ...] = ()
    personal: tuple[str, ...] = ()
    said: dict[str, dict[str, str]] = Field(default_factory=dict)
    outputs: tuple[Output, ...] = ()

    @model_validator(mode="after")
    def _check(self) -> "TableRecipe":
        wrong = [*check_columns(self.columns), *check_said(self.said, self.outputs)]
        wrong += [fault for output in self.outputs for fault in check_output(output, self.columns)]
        if wrong:
            raise ValueError(" ; ".join(wrong))
        return self

    @property
    def required(self) -> tuple[str, ...]:
        """Columns without which the table is not read."""
        return tuple(name for name, column in self.columns.items() if column.required)

    @property
    def natures(self) -> dict[str, bool]:
        """Measures whose labels may say forecast, updated or actual, and whether nothing else does."""
        natured = [output for output in self.outputs if NATURE in declared_table(output.table).names]
        return {name: NATURE not in output.columns for output in natured for name in output.measures}


class Recipe(_Model):
    """One kind of file: who sends it, how it is called, its tables."""

    name: str
    title: str
    partner: str
    tables: tuple[TableRecipe, ...]


def load_recipe(text: str, where: str) -> Recipe:
    """Read one recipe.

    Parameters
    ----------
    text : str
        The TOML.
    where : str
        Name of the file, for the message.

    Raises
    ------
    RecipeError
        If the TOML is faulty, or a key is unknown; the sentence names the file, the place and the key.
    """
    try:
        return Recipe.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise RecipeError(f"La recette {where} est mal écrite, {toml_fault(error)}.") from None
    except ValidationError as error:
        raise RecipeError(f"La recette {where} est à corriger : {faults(error)}.") from None


@cache
def shipped_recipes() -> tuple[Recipe, ...]:
    """Recipes of the package, by name.

    Examples
    --------
    >>> "ctg" in [recipe.name for recipe in shipped_recipes()]
    True
    """
    found = [item for item in files(__package__).iterdir() if item.name.endswith(".toml")]
    return tuple(
        load_recipe(item.read_text(encoding="utf-8"), item.name)
        for item in sorted(found, key=lambda i: i.name)
    )


def all_recipes(folder: Path | None = None) -> tuple[Recipe, ...]:
    """Recipes of the package and of a workspace; the workspace's win over those of the same name.

    Raises
    ------
    RecipeError
        If a recipe of the workspace is faulty.
    """
    own = _own_recipes(sorted(folder.glob("*.toml")) if folder and folder.is_dir() else [])
    names = {recipe.name for recipe in own}
    return (*own, *(recipe for recipe in shipped_recipes() if recipe.name not in names))


def _own_recipes(paths: Iterable[Path]) -> tuple[Recipe, ...]:
    return tuple(load_recipe(_read(path), path.name) for path in paths)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise RecipeError(
            f"La recette {path.name} n'est pas en UTF-8 : l'enregistrer dans ce codage."
        ) from None
    except OSError as error:
        raise RecipeError(f"La recette {path.name} ne peut pas être lue ({why(error)}).") from None
