"""What is said of the layout of a table before any recipe applies: its header, its labels, its merges."""

from collections.abc import Iterator

from sdsf_analysis.model.french import plural
from sdsf_analysis.model.problems import Problem
from sdsf_analysis.reading.layout import Table
from sdsf_analysis.reading.layouts.grid import is_year
from sdsf_analysis.reading.layouts.wording import is_field, is_page
from sdsf_analysis.reading.sheet import Range, address
from sdsf_analysis.reading.text import column_letter, is_blank
from sdsf_analysis.reading.values import clean_text

_SHOWN = 3


def structure_findings(source: str, table: Table) -> Iterator[Problem]:
    """Say what was made of a table's header, its repeated rows, its labels and its merges.

    Parameters
    ----------
    source : str
        Name of the file.
    table : Table

    Examples
    --------
    >>> from sdsf_analysis.reading.layout import find_tables
    >>> from sdsf_analysis.reading.sheet import Sheet
    >>> rows = [["Nom", "Accueil", None], [None, "Places", "Heures"], ["A", 12.0, 300.0]]
    >>> problem, = structure_findings("EAJE.xlsx", *find_tables(Sheet("Gex", rows)))
    >>> problem.code, problem.cell
    ('header_spread', 'A1:C2')
    """
    sheet = table.sheet.name or ""
    if not table.header_rows:
        message = f"Le tableau {table.range} n'a pas d'intitulés de colonnes{_as_form(table)}."
        yield Problem(source, sheet, table.range, "header_missing", message)
        return
    yield from _header(source, table)
    for row in table.repeated_rows:
        message = f"La ligne {row} {_repeated(table, row)} ; elle n'est pas lue comme une donnée."
        yield Problem(source, sheet, f"{table.columns[0].letter}{row}", "header_repeated", message)
    yield from _labels_twice(source, table)
    yield from _merged(source, table)


def _as_form(table: Table) -> str:
    """What a table of two columns without labels is, where its first column names fields."""
    first = clean_text(table.cell(table.first_row, table.columns[0].index))
    is_form = len(table.columns) == 2 and is_field(first)
    return " : il se lit comme une fiche, un champ par ligne" if is_form else ""


def _header(source: str, table: Table) -> Iterator[Problem]:
    """Several rows of labels: joined where merges say how far each goes, asked about where nothing does."""
    if len(table.header_rows) < 2:
        return
    first, last = table.columns[0].letter, table.columns[-1].letter
    place = f"{first}{table.header_rows[0]}:{last}{table.header_rows[-1]}"
    joined = [f"« {c.label} »" for c in table.columns if len(c.path) > 1][:_SHOWN]
    if table.spread:
        spread = " ; ".join(_reach(table, reach) for reach in table.spread)
        message = f"Des intitulés sont centrés sans fusion, rien ne dit jusqu'où : {spread}."
        yield Problem(source, table.sheet.name or "", place, "header_spread", message)
    elif joined:
        message = (
            f"L'en-tête tient sur {len(table.header_rows)} lignes ; intitulés joints : {', '.join(joined)}…"
        )
        yield Problem(source, table.sheet.name or "", place, "header_joined", message)


def _reach(table: Table, reach: Range) -> str:
    """What was made of a label that seems to stand over several columns: a year is left to its own."""
    label = clean_text(table.cell(reach.top, reach.left))
    own, after, last = (column_letter(c) for c in (reach.left, reach.left + 1, reach.right))
    others = after if after == last else f"{after} à {last}"
    if _is_year(table, reach):
        return f"« {label} » (colonne {own}) n'est pas repris sur {others}"
    return f"« {label} » est repris de {own} à {last}"


def _is_year(table: Table, reach: Range) -> bool:
    return is_year(clean_text(table.cell(reach.top, reach.left)))


def _repeated(table: Table, row: int) -> str:
    texts = [clean_text(cell) for cell in table.sheet.rows[row - 1] if not is_blank(cell)]
    if len(texts) > 1:
        return "répète l'en-tête"
    return "porte un numéro de page" if is_page(texts[0]) else "répète le titre"


def _labels_twice(source: str, table: Table) -> Iterator[Problem]:
    seen: dict[tuple[str, ...], str] = {}
    # what a year does not reach is already asked about
    bare = {
        c for reach in table.spread if _is_year(table, reach) for c in range(reach.left + 1, reach.right + 1)
    }
    for column in table.columns:
        if column.index not in bare and column.path and column.path in seen:
            place = f"{column.letter}{table.header_rows[-1]}"
            message = f"Les colonnes {seen[column.path]} et {column.letter} s'appellent « {column.label} »."
            yield Problem(source, table.sheet.name or "", place, "column_twice", message, column.label)
        seen.setdefault(column.path, column.letter)


def _merged(source: str, table: Table) -> Iterator[Problem]:
    places = sorted(place for place in table.filled if table.repeats(*place))
    if places:
        first = next(m for m in table.sheet.merged if m.top <= places[0][0] <= m.bottom
                     and m.left <= places[0][1] <= m.right)  # fmt: skip
        where = f"{address(first.top, first.left)}:{address(first.bottom, first.right)}"
        count = plural(len(places), "cellule")
        message = f"La valeur d'une fusion vaut pour toutes ses lignes ({count}) ; la première est {where}."
        yield Problem(source, table.sheet.name or "", where, "merge_filled", message)
