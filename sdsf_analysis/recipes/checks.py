"""What must hold in a recipe before any file is read with it: names that exist, words of closed lists."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.model.declaration import Table
from sdsf_analysis.model.lists import choices
from sdsf_analysis.model.tables import table as declared_table

if TYPE_CHECKING:
    from sdsf_analysis.recipes.recipe import ColumnRecipe, Output

DATES = ("@situation", "@year")
PLACES = ("@commune", "@territory")
CONTEXT = (*PLACES, *DATES)
FUNCTIONS = (
    *("stage", "count", "pseudonym", "operator_kind", "year", "service"),
    *("each", "area", "area_communes"),
)
EACH, SAID = "@each:", "@said:"
TEMPLATE = re.compile(r"{([^}]+)}")


def rests_on_date(source: str, known: Container[str]) -> bool:
    """Say whether a tidy column has nothing but the date of the table, for want of the columns before it.

    Parameters
    ----------
    source : str
        Where the column comes from, as a recipe writes it.
    known : container of str
        Columns of the recipe that the table has.

    Examples
    --------
    >>> rests_on_date("opened_on | @situation", set()), rests_on_date("opened_on | @situation", {"opened_on"})
    (True, False)
    """
    *before, last = source.split(" | ")
    return last in DATES and not any(name in known for name in before)


def check_columns(columns: Mapping[str, "ColumnRecipe"]) -> Iterator[str]:
    """French sentences on the columns of a recipe that cannot be read as they are declared."""
    for name, column in columns.items():
        yield from (f"{name} : {fault}" for fault in _faults_of_column(column))


def _faults_of_column(column: "ColumnRecipe") -> Iterator[str]:
    for header in column.headers:
        if header.startswith("re:") and not _compiles(header[3:]):
            yield f"l'expression « {header} » est mal écrite"
    if (column.type == "choice") != (column.list is not None):
        yield 'un choix (type = "choice") va avec sa liste (list = …)'
    elif column.list is not None:
        known = _codes(column.list)
        said = (*column.choices.values(), *column.only)
        yield from (f"« {code} » n'est pas dans la liste {column.list}" for code in said if code not in known)


def check_said(said: Mapping[str, Mapping[str, str]], outputs: Iterable["Output"]) -> Iterator[str]:
    """French sentences on what a recipe seeks in titles and cannot find there, or uses without seeking it."""
    for name, patterns in said.items():
        for pattern, meaning in patterns.items():
            if not _compiles(pattern) or not (meaning or "said" in re.compile(pattern).groupindex):
                yield f"said.{name} : l'expression « {pattern} » est mal écrite ou sans groupe « said »"
    used = [part for output in outputs for source in output.columns.values() for part in source.split(" | ")]
    for part in used:
        if part.startswith(SAID) and part.removeprefix(SAID) not in said:
            yield f"« {part} » n'est pas cherché : ajouter [tables.said.{part.removeprefix(SAID)}]"


def _compiles(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True


def _codes(name: str) -> Iterable[str]:
    try:
        return choices(name)
    except QuestionError as error:
        raise ValueError(str(error)) from None


def check_output(output: "Output", columns: Mapping[str, "ColumnRecipe"]) -> Iterator[str]:
    """French sentences on what an output says of a table or a column that does not exist."""
    try:
        declared = declared_table(output.table)
    except QuestionError as error:
        yield str(error)
        return
    # a tick has no value beside its name
    value_to = () if output.value_to == "value" else (output.value_to,)
    written = (*output.columns, *((output.measure_to, *value_to) if output.measures else ()))
    unknown = [name for name in written if name not in declared.names]
    if unknown:
        named = ", ".join(f"« {name} »" for name in unknown)
        is_many = len(unknown) > 1
        yield (
            f"table {output.table} : colonne{'s' if is_many else ''} {named} "
            f"inconnue{'s' if is_many else ''}, docs/dictionary.md nomme les siennes"
        )
        return
    yield from _faults_of_sources(output, columns)
    yield from _faults_of_words(output, declared, columns)


def _faults_of_sources(output: "Output", columns: Mapping[str, "ColumnRecipe"]) -> Iterator[str]:
    for source in (*output.columns.values(), *output.measures, *((output.where,) if output.where else ())):
        named, behind = columns_named(source)
        for name in sorted(named):
            if name not in columns:
                yield f"table {output.table} : colonne « {name} » absente de la recette"
            elif (columns[name].type == "communes") != source.startswith(EACH) and source != output.where:
                yield f"table {output.table} : « {EACH}{name} » va avec une colonne de type communes"
            elif columns[name].personal and name not in behind:
                yield f"table {output.table} : « {name} » est personnelle, seul un pseudonyme peut en sortir"


def _faults_of_words(
    output: "Output", declared: Table, columns: Mapping[str, "ColumnRecipe"]
) -> Iterator[str]:
    """Constants, choices and measures that are not in the closed list of the column they go to."""
    words = [(name, source[1:]) for name, source in output.columns.items() if source.startswith("=")]
    words += [(output.measure_to, measure) for measure in output.measures]
    words += [(name, code) for name, source in output.columns.items() if source in columns
              for code in columns[source].choices.values()]  # fmt: skip
    for name, word in words:
        column = declared[name]
        if column.choices and not column.is_open and word not in _codes(column.choices):
            yield f"table {output.table} : « {word} » n'est pas dans la liste {column.choices}"


def columns_named(source: str) -> tuple[set[str], set[str]]:
    """Columns of the recipe that a source names, and those among them that only a pseudonym stands for.

    Raises
    ------
    ValueError
        If the source uses a word that does not exist.

    Examples
    --------
    >>> sorted(columns_named("mc-{@commune}-{name} | service")[0])
    ['name', 'service']
    >>> columns_named("@pseudonym:last_name")
    ({'last_name'}, {'last_name'})
    """
    named: set[str] = set()
    behind: set[str] = set()
    for part in source.split(" | "):
        for word in TEMPLATE.findall(part) or [part]:
            names, is_behind = _columns_of(word)
            named |= names
            behind |= names if is_behind else set()
    return named, behind


def _columns_of(word: str) -> tuple[set[str], bool]:
    if word.startswith(("=", SAID)) or word in CONTEXT:
        return set(), False
    if not word.startswith("@"):
        return {word}, False
    kind, _, argument = word[1:].partition(":")
    if kind not in FUNCTIONS or not argument:
        raise ValueError(f"« {word} » n'est pas une source connue")
    return set(argument.split()), kind == "pseudonym"
