"""A draft recipe as text: TOML with French comments, each column explained to who reviews it."""

import json
import re
from collections.abc import Iterable, Iterator
from textwrap import wrap

from sdsf_analysis.model.declaration import Table as TidyTable
from sdsf_analysis.model.french import plural
from sdsf_analysis.model.tables import table as declared_table
from sdsf_analysis.reading.layout import Table
from sdsf_analysis.recipes.checks import PLACES, TEMPLATE, columns_named
from sdsf_analysis.recipes.drafts.guess import TO_CHECK, Guess, Guesses
from sdsf_analysis.recipes.drafts.likeness import Nearest
from sdsf_analysis.recipes.recipe import COMMUNE, NATURE, ColumnRecipe, Output
from sdsf_analysis.recipes.recognise import CODE, NAME, PLACE

WIDTH = 100
MAX_LETTERS = 4
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_UNDATED = (
    f"{TO_CHECK} : aucune colonne ne dit l'année ; « @year » prend celle de la situation, lue dans le titre "
    "ou dans le nom du fichier."
)
KINDS = {
    "text": "texte",
    "code": "code",
    "number": "nombre",
    "percent": "pourcentage",
    "date": "date",
}
_OPTIONS = ("type", "required", "personal", "by", "rounded", "list", "choices")


def table_lines(name: str, table: Table, near: Nearest | None, guesses: Guesses) -> Iterator[str]:
    """Lines of one table of the draft.

    Parameters
    ----------
    name : str
        Name of the table in the draft.
    table : Table
    near : Nearest or None
        The known table that it looks like.
    guesses : Guesses
    """
    yield ""
    yield from comment(_seen(table))
    yield from comment(_likeness(near, guesses))
    yield "[[tables]]"
    yield f"name = {quoted(name)}"
    if near and near.part.titled and near.is_titled:
        yield f"titled = {quoted(near.part.titled)}"
    if guesses.is_several or (near and near.part.scope == "several"):
        yield 'scope = "several"  # le fichier couvre plusieurs départements'
    if near and near.part.is_school:
        yield "is_school = true  # « 2023-2024 » est une année scolaire"
    unused = [guess for guess in guesses.guesses if not guess.name]
    headers = [header for guess in unused for header in guess.recipe.headers]
    yield f"ignored = {quoted(headers)}"
    outputs = list(_outputs(near, guesses))
    if near and not any(line.startswith("[[") for line in outputs):
        yield from comment(
            "Aucune ligne ne sort encore de ce tableau : enlever le dièse devant [[tables.outputs]] et ce "
            "qui le suit, plus bas, une fois les valeurs vérifiées."
        )
    level = near.part.place.level if near and near.part.place else COMMUNE
    yield from _place_lines(guesses.guesses, level)
    yield "[tables.columns]"
    for guess in guesses.guesses:
        if guess.name and guess.name not in PLACE:
            yield from _column_lines(guess)
    if near:
        yield from _said_lines(near)
    yield from outputs


def quoted(value: object) -> str:
    """Write a value as TOML does; texts and lists of texts are written alike in JSON.

    Examples
    --------
    >>> print(quoted("L'« été »"), quoted(True), quoted({"x": "y"}))
    "L'« été »" true { "x" = "y" }
    """
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{quoted(key)} = {quoted(word)}" for key, word in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(quoted(item) for item in value) + "]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "")


def comment(text: str) -> Iterator[str]:
    """Comment lines; a text of the file never ends one before its time.

    Examples
    --------
    >>> [line.count("\N{NO-BREAK SPACE}") for line in comment("Oui : « Nom du relais ».")]
    [3]
    """
    text = re.sub(r"(?<=«) | (?=[»:;?!])", "\N{NO-BREAK SPACE}", text)
    yield from wrap(text, WIDTH, initial_indent="# ", subsequent_indent="#   ", break_on_hyphens=False)


def _seen(table: Table) -> str:
    sheet = f"Feuille « {table.sheet.name} », tableau" if table.sheet.name else "Tableau"
    totals = table.total_rows
    said = f"{sheet} {table.range} : {plural(len(table.body_rows), 'ligne')}"
    if totals:
        rows = ", ".join(map(str, totals[:5]))
        said += f" ; totaux mis à part, ligne{'s' if len(totals) > 1 else ''} {rows}"
    return f"{said}."


def _likeness(near: Nearest | None, guesses: Guesses) -> str:
    if near is None:
        return (
            "Aucune recette connue ne ressemble à ce tableau : dire dans [[tables.outputs]] à quelle table "
            "de data/processed vont ses lignes (docs/dictionary.md les décrit)."
        )
    absent = [f"« {near.part.columns[name].headers[0]} » ({name})"
              for name in near.part.required if name not in guesses.names]  # fmt: skip
    said = f"Recette la plus proche : « {near.recipe.title} » ({near.recipe.name})."
    if near.is_read:
        return f"{said} Elle lit déjà ce tableau : ce brouillon ne sert que si elle le lit mal."
    if absent:
        said += (
            f" Il y manque, obligatoire : {', '.join(absent)}. Si une colonne ci-dessous le contient, lui "
            "donner le nom entre parenthèses."
        )
    if not near.is_titled:
        titled = " ou ".join(f"« {word} »" for word in near.part.titled)
        said += (
            f" {TO_CHECK} : elle demande {titled} dans le titre, que ce tableau n'a pas ; il est sans "
            "doute d'une autre sorte."
        )
    return said


def _place_lines(guesses: Iterable[Guess], level: str) -> Iterator[str]:
    places = [guess for guess in guesses if guess.name in PLACE]
    if not places:
        yield "# Aucune colonne ne dit la commune."
        return
    yield "[tables.place]"
    if level != COMMUNE:
        yield f"level = {quoted(level)}"
    for guess in places:
        yield from _comments(guess)
        yield f"{guess.name.removeprefix('place ')} = {quoted(guess.recipe.headers)}"


def _column_lines(guess: Guess) -> Iterator[str]:
    """A column that is not understood is named in a comment: what is left unread is said at each build."""
    yield from _comments(guess)
    line = f"{guess.name} = {{ {', '.join(_options(guess.recipe))} }}"
    yield line if guess.is_understood else f"# {line}"


def _said_lines(near: Nearest) -> Iterator[str]:
    """What the nearest recipe seeks in titles: sought in those of this file too."""
    for name, patterns in near.part.said.items():
        yield from comment(
            "Ce qu'un titre, le nom de la feuille ou celui du fichier dit de toutes les lignes."
        )
        yield f"[tables.said.{name}]"
        yield from (f"{quoted(pattern)} = {quoted(meaning)}" for pattern, meaning in patterns.items())


def _comments(guess: Guess) -> Iterator[str]:
    letters = [column.letter for column in guess.columns]
    range_ = ", ".join(letters) if len(letters) <= MAX_LETTERS else f"{letters[0]} à {letters[-1]}"
    shown = f", par exemple {' ; '.join(guess.examples)}" if guess.examples else ""
    of = "Colonne" if len(guess.columns) == 1 else "Colonnes"
    yield from comment(f"{of} {range_} « {guess.columns[0].label} » : {KINDS[guess.kind]}{shown}.")
    yield from comment(f"{guess.sureness[0].upper()}{guess.sureness[1:]}.")


def _options(recipe: ColumnRecipe) -> Iterator[str]:
    yield f"headers = {quoted(recipe.headers)}"
    given = recipe.model_dump(exclude_defaults=True)
    yield from (f"{name} = {quoted(given[name])}" for name in _OPTIONS if name in given)


def _outputs(near: Nearest | None, guesses: Guesses) -> Iterator[str]:
    outputs = near.part.outputs if near else ()
    # without the column that says for which rows, every row would come out
    for output in (one for one in outputs if one.where is None or one.where in guesses.names):
        declared = declared_table(output.table)
        given = _given(output, guesses.names, guesses.personal)
        lacking = _lacking(declared, given)
        if near and lacking:
            # as it will be once what is obligatory is found
            given = _given(output, guesses.names | set(near.part.required), guesses.personal)
        is_dated = _is_dated(declared, given, guesses)
        given = given if is_dated else _with_year(given)
        taken = [] if near and near.is_read else _taken(given)
        yield ""
        yield from comment(f"Lignes de la table « {output.table} » ({declared.label}) : {declared.row}")
        yield from _warnings(near, taken, lacking)
        if not is_dated:
            yield from comment(_UNDATED)
        dash = "# " if lacking or taken or not is_dated else ""
        doubtful = taken if is_dated else [*taken, "year"]
        yield from (f"{dash}{line}" for line in _output_lines(given, doubtful))
        yield from (f"# {line}" for line in _usual_lines(given, guesses))


def _given(output: Output, names: set[str], personal: set[str]) -> Output:
    """What is left of an output without the columns that the file has not, or that may not come out."""
    columns = {
        name: kept for name, source in output.columns.items() if (kept := _kept(source, names, personal))
    }
    changed = {
        "columns": columns,
        "measures": tuple(name for name in output.measures if name in names - personal),
        "where": output.where if output.where in names - personal else None,
    }
    return output.model_copy(update=changed)


def _kept(source: str, names: set[str], personal: set[str]) -> str:
    return " | ".join(part for part in source.split(" | ") if _is_given(part, names, personal))


def _is_given(part: str, names: set[str], personal: set[str]) -> bool:
    words = TEMPLATE.findall(part) or [part]
    named, behind = columns_named(part)
    is_safe = named <= names and not (named - behind) & personal
    return is_safe and (not {*words} & {*PLACES} or bool(names & {CODE, NAME}))


def _is_dated(declared: TidyTable, given: Output, guesses: Guesses) -> bool:
    """Say whether the rows need no year, or a column or the labels of their measures give it."""
    by_label = any(_is_dated_by_label(guess) for guess in guesses.guesses if guess.name in given.measures)
    return "year" not in declared.key or "year" in given.columns or by_label


def _is_dated_by_label(guess: Guess) -> bool:
    """Say whether labels give the date that a quantity may bear: a year alone may be in a column instead."""
    is_pattern = any(header.startswith("re:") for header in guess.recipe.headers)
    labels = [label for column in guess.columns for label in column.path]
    is_year = is_pattern or any(_YEAR.search(label) for label in labels)
    return guess.recipe.by == "date" or (guess.recipe.by == "year" and is_year)


def _with_year(given: Output) -> Output:
    return given.model_copy(update={"columns": {**given.columns, "year": "@year"}})


def _taken(given: Output) -> list[str]:
    """Columns whose value comes from the nearest recipe, not from the file: constants and invented codes."""
    return [
        name
        for name, source in given.columns.items()
        if source.startswith("=") or (TEMPLATE.search(source) and TEMPLATE.sub("", source).strip(" -|"))
    ]


def _lacking(declared: TidyTable, given: Output) -> list[str]:
    """Labels of what a row of a table cannot do without."""
    dated = {given.measure_to, "year", "date", NATURE} if given.measures else set()
    lacking = [f"« {declared[name].label} »" for name in declared.key
               if declared[name].is_required and name not in {*given.columns, *dated}]  # fmt: skip
    # a table of measures has nothing to say without one
    is_measured = {"measure", "role"} & set(declared.key) - set(given.columns)
    return lacking if lacking or given.measures or not is_measured else ["une mesure"]


def _warnings(near: Nearest | None, taken: list[str], lacking: list[str]) -> Iterator[str]:
    if near and taken:
        origin = f"{TO_CHECK} : {', '.join(taken)}, repris de la recette « {near.recipe.title} »"
        todo = "ne viennent pas du fichier. Les" if len(taken) > 1 else "ne vient pas du fichier. Le"
        yield from comment(f"{origin}, {todo} corriger, puis enlever le dièse des lignes qui suivent.")
    if lacking:
        yield from comment(
            f"{TO_CHECK} : il manque {', '.join(lacking)}. Dire d'abord quelle colonne "
            f"{'les' if len(lacking) > 1 else 'le'} donne, puis enlever le dièse des lignes qui suivent."
        )


def _output_lines(given: Output, taken: list[str]) -> Iterator[str]:
    yield "[[tables.outputs]]"
    yield f"table = {quoted(given.table)}"
    options = given.model_dump(exclude_defaults=True)
    for name in ("adds", "where", "measures", "measure_to", "value_to"):
        if options.get(name):
            yield f"{name} = {quoted(options[name])}"
    yield "[tables.outputs.columns]"
    for name, source in given.columns.items():
        yield f"{name} = {quoted(source)}" + (f"  # {TO_CHECK}" if name in taken else "")


def _usual_lines(given: Output, guesses: Guesses) -> Iterator[str]:
    """Columns that the nearest recipe does not know, where other recipes send them."""
    for guess in guesses.guesses:
        targets = [column for table, column in guess.goes_to if table == given.table]
        for column in targets if not guess.recipe.personal else ():
            if column not in given.columns:
                yield f"{column} = {quoted(guess.name)}  # {TO_CHECK}"
