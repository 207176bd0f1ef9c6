"""Sheets that hold no data: contents, documentation, nothing at all."""

import re

from sdsf_analysis.reading.layouts.grid import Grid
from sdsf_analysis.reading.table import Table
from sdsf_analysis.reading.text import is_blank, normalise

CONTENTS, DOCUMENTATION, EMPTY = "contents", "documentation", "layout"
_FIRST_ROWS = 8
_MIN_ENTRIES = 3
_ENTRY_SHARE = 0.6
_PROSE_COLUMNS = 3
_PROSE_LENGTH = 80
_CONTENTS = re.compile(
    r"(.* )?(sommaire|table des matieres|contents?|onglets"
    r"|liste des (tableaux|onglets|feuilles|figures|fichiers))( .*)?|index|menu|accueil|navigation"
)
_ENTRY = re.compile(
    r"[>►→•\s]*(tableau|tab\.?|figure|fig\.?|graphique|carte|onglet|feuille)\s*n?°?\s*[A-Z]?\d", re.I
)
_DOCUMENTATION = re.compile(
    r"variables?|liste des variables"
    r"|(.* )?(documentation|dictionnaire|metadonnees?|definitions?|methodes?|methodologie)( .*)?"
    r"|(meta|a savoir|a lire|notices?|presentation|historique|mentions|complements?|precisions?|guide"
    r"|description)( .*)?"
    r"|lisez ?moi|read ?me|glossaire|lexique|sigles?|abreviations?"
    r"|avertissements?|legendes?|notes?|informations?|aide|contacts?"
    r"|mode d emploi|consignes?|champs?|sources?"
)
# What a table is about, and along what.
_TITLE = re.compile(
    r"\w+ .*\b(par|selon|entre|depuis)\b|^(nombre|part|taux|évolution|répartition)\b .*", re.I
)
_INSEE = re.compile(r"var (id|lib|lib long)|(cod|lib|type|long) (var|mod)( long)?")
_VARIABLE = re.compile(
    r"variables?|(nom|code|libelle|intitule) (de (la )?)?variables?|mnemonique"
    r"|nom (du champ|de la colonne)|contenu de la mise a jour"
)
_TERM = re.compile(r"sigles?|acronymes?|abreviations?|termes?|notions?|mots?( cles?)?")
_SENSE = re.compile(r"(definition|signification|explication)s?|(intitule |nom )?(developpe|complet)|en clair")
_SHEETS = re.compile(r"(nom (de l |de la |des ))?(onglet|feuille)s?")
_COUNTED = re.compile(r"(longueur|taille|ordre|position|rang|n|numero|decimales?)( .*)?")
_MEANING = re.compile(
    r"lib|(libelle|intitule)( .*)?|label|definitions?|significations?|descriptions?|explications?"
)


def why_no_data(grid: Grid, tables: list[Table]) -> str:
    """Say why a sheet is no data: ``contents``, ``documentation``, ``layout`` if blank; else nothing.

    Parameters
    ----------
    grid : Grid
        Rows of the sheet.
    tables : list of Table
        Tables found on it.

    Examples
    --------
    >>> from sdsf_analysis.reading.sheet import Sheet
    >>> why_no_data(Grid(Sheet("Sommaire", [["Tableau 1", "Places"], ["Tableau 2", "Heures"]])), [])
    'contents'
    """
    if not any(grid.filled):
        return EMPTY
    numbers = [len(_number_columns(grid, table)) for table in tables]
    # contents may number their entries
    if all(count < 2 for count in numbers) and (_are_contents(grid) or _are_numbered(tables)):
        return CONTENTS
    if len(tables) == 1 and not any(numbers) and _SHEETS.fullmatch(_labels(tables[0])[0]):
        return CONTENTS
    if not tables or any(_is_dictionary(grid, table) for table in tables[:1]):
        return DOCUMENTATION
    is_named = _DOCUMENTATION.fullmatch(normalise(grid.sheet.name or "")) is not None
    has_prose = all(_is_prose(grid, table) for table in tables)
    return DOCUMENTATION if not any(numbers) and (is_named or has_prose) else ""


def _number_columns(grid: Grid, table: Table) -> list[int]:
    return grid.numeric_columns([*table.body_rows, *table.total_rows])


def _are_contents(grid: Grid) -> bool:
    rows = [row for row, columns in enumerate(grid.filled, start=1) if columns]
    first = [grid.text(row) for row in rows[:_FIRST_ROWS] if grid.is_lone(row)]
    # a title may hold the word; a short text that is nothing else names the sheet
    names = [grid.sheet.name or "", *(text for text in first if len(text.split()) <= _PROSE_COLUMNS)]
    if any(_CONTENTS.fullmatch(normalise(name)) for name in names):
        return True
    entries = sum(any(isinstance(c, str) and _ENTRY.match(c) for c in grid.cells(row)) for row in rows)
    return entries >= _MIN_ENTRIES and entries >= _ENTRY_SHARE * len(rows)


def _are_numbered(tables: list[Table]) -> bool:
    """Titles of tables, each after its number: « 1 » | « Foyers allocataires par département »."""
    if len(tables) != 1 or tables[0].header_rows or len(tables[0].columns) != 2:
        return False
    table, (number, title) = tables[0], (column.index for column in tables[0].columns)
    numbers = [str(table.cell(row, number)).removesuffix(".0") for row in table.body_rows]
    titles = [str(table.cell(row, title)) for row in table.body_rows]
    are_counted = numbers == [str(n) for n in range(1, len(numbers) + 1)]
    return are_counted and sum(_TITLE.search(text) is not None for text in titles) >= len(titles) / 2


def _labels(table: Table) -> list[str]:
    """Last label of each column that bears one."""
    return [normalise(label) for column in table.columns for label in column.path[-1:]] or [""]


def _is_dictionary(grid: Grid, table: Table) -> bool:
    """A table whose records are the columns of another: variables, their labels, their modalities."""
    labels = _labels(table)
    if sum(_INSEE.fullmatch(label) is not None for label in labels) > 1:
        return True
    variables = [label for label in labels if _VARIABLE.fullmatch(label)]
    # a dictionary numbers its variables, and says how long they are
    counted = [c for c in table.columns if _COUNTED.fullmatch(normalise(" ".join(c.path[-1:])))]
    if len(labels) < 2 or set(_number_columns(grid, table)) - {column.index for column in counted}:
        return False
    if len(labels) == 2 and _TERM.fullmatch(labels[0]) and _SENSE.fullmatch(labels[1]):
        return True
    is_pair = len(labels) == 2 and labels[0] == "id" and _MEANING.fullmatch(labels[1]) is not None
    meanings = any(_MEANING.fullmatch(label) for label in labels)
    return is_pair or (
        bool(variables) and (meanings or labels[0] in variables or "mise a jour" in variables[0])
    )


def _is_prose(grid: Grid, table: Table) -> bool:
    """A few columns of sentences without a number."""
    if len(table.columns) > _PROSE_COLUMNS or _number_columns(grid, table) or not table.body_rows:
        return False
    rows = table.body_rows[:200]
    longest = [max(len(str(cell)) for cell in grid.cells(row) if not is_blank(cell)) for row in rows]
    return sum(longest) > _PROSE_LENGTH * len(rows)
