"""What a workbook bears beside its values, said once a sheet or a table: hidden, struck, coloured."""

from collections.abc import Callable, Iterator
from itertools import groupby

from sdsf_analysis.model.french import plural
from sdsf_analysis.model.problems import Problem
from sdsf_analysis.reading.layout import Table
from sdsf_analysis.reading.sheet import Sheet, address
from sdsf_analysis.reading.text import column_letter, is_blank

# A colour on more rows than that is the look of the table, not a remark about some of them.
MAX_COLOURED_SHARE = 0.25
_SHOWN = 5


def sheet_facts(sheet: Sheet, source: str) -> Iterator[Problem]:
    """Say what a sheet hides: rows, columns, a filter in force; what it strikes through.

    Parameters
    ----------
    sheet : Sheet
    source : str
        Name of its file.

    Examples
    --------
    >>> from sdsf_analysis.reading.sheet import Marks
    >>> sheet = Sheet("RPE", [["Gex"], ["Thoiry"], ["Ornex"]], marks=Marks(hidden_rows=frozenset({2, 3})))
    >>> [(fact.code, fact.cell, fact.message) for fact in sheet_facts(sheet, "rpe.xlsx")]
    [('rows_hidden', '2:3', '2 lignes masquées sont lues avec les autres : 2 à 3.')]
    """
    marks, name = sheet.marks, sheet.name or ""
    rows = sorted(row for row in marks.hidden_rows if any(not is_blank(cell) for cell in sheet.rows[row - 1]))
    if rows and marks.filter:
        read = plural(len(rows), "ligne, lue", "lignes, lues")
        message = f"Un filtre masque {read} avec les autres : {_listed(rows)}."
        yield Problem(source, name, marks.filter, "filter_active", message, str(len(rows)))
    elif rows:
        message = f"{_hidden(rows, 'ligne')} : {_listed(rows)}."
        yield Problem(source, name, f"{rows[0]}:{rows[-1]}", "rows_hidden", message, str(len(rows)))
    columns = sorted(column for column in marks.hidden_columns if _is_filled(sheet, column))
    if columns:
        message = f"{_hidden(columns, 'colonne')} : {_listed(columns, column_letter)}."
        place = f"{column_letter(columns[0])}:{column_letter(columns[-1])}"
        yield Problem(source, name, place, "columns_hidden", message, str(len(columns)))
    yield from _struck(sheet, source)


def table_facts(table: Table, source: str) -> Iterator[Problem]:
    """Say that some rows of a table bear a colour, whose meaning is lost.

    Parameters
    ----------
    table : Table
    source : str
        Name of its file.
    """
    rows_of: dict[str, set[int]] = {}
    places = table.sheet.marks.coloured
    columns = [column.index for column in table.columns]
    inside, body = set(columns), set(table.body_rows) if places else set()
    for (row, column), colour in places.items():
        if row in body and column in inside:
            rows_of.setdefault(colour, set()).add(row)
    few = {
        colour: rows
        for colour, rows in rows_of.items()
        if len(rows) <= MAX_COLOURED_SHARE * len(table.body_rows)
    }
    if few:
        rows = sorted(set().union(*few.values()))
        message = (
            f"Une couleur de fond distingue {plural(len(rows), 'ligne')} ({_listed(rows)}) : "
            "les valeurs sont lues, le sens de la couleur est perdu."
        )
        place = address(rows[0], columns[0])
        yield Problem(source, table.sheet.name or "", place, "colour_lost", message, " ".join(sorted(few)))


def header_facts(table: Table, source: str) -> Iterator[Problem]:
    """Say which rows repeat the header, as printed pages do: they are not read as data.

    Parameters
    ----------
    table : Table
    source : str
        Name of its file.

    Examples
    --------
    >>> from sdsf_analysis.reading.layout import find_tables
    >>> rows = [["Commune", "Places"], ["Gex", 20.0], ["Commune", "Places"], ["Thoiry", 12.0]]
    >>> [fact.cell for fact in header_facts(find_tables(Sheet("EAJE", rows))[0], "eaje.xlsx")]
    ['A3']
    """
    for row in table.repeated_rows:
        message = f"La ligne {row} répète l'en-tête ; elle n'est pas lue comme une donnée."
        place = address(row, table.columns[0].index)
        yield Problem(source, table.sheet.name or "", place, "header_repeated", message)


def _struck(sheet: Sheet, source: str) -> Iterator[Problem]:
    for row, places in groupby(sorted(sheet.marks.struck), key=lambda place: place[0]):
        columns = [column for _, column in places if not is_blank(sheet.cell(row, column))]
        if columns:
            ends = dict.fromkeys((address(row, columns[0]), address(row, columns[-1])))
            message = f"La ligne {row} porte du texte barré : elle est lue comme les autres."
            yield Problem(source, sheet.name or "", ":".join(ends), "text_struck", message)


def _is_filled(sheet: Sheet, column: int) -> bool:
    return any(len(row) >= column and not is_blank(row[column - 1]) for row in sheet.rows)


def _hidden(items: list[int], noun: str) -> str:
    many = len(items) > 1
    return (
        f"{plural(len(items), noun)} masquée{'s' * many} {'sont lues' if many else 'est lue'} avec les autres"
    )


def _listed(numbers: list[int], written: Callable[[int], str] = str) -> str:
    """Write numbers as runs, the first ones at most.

    Examples
    --------
    >>> _listed([2, 3, 4, 9]), _listed([1, 2], column_letter)
    ('2 à 4, 9', 'A à B')
    """
    runs = [
        [item for _, item in run] for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0])
    ]
    texts = [written(run[0]) + (f" à {written(run[-1])}" if len(run) > 1 else "") for run in runs]
    return ", ".join(texts[:_SHOWN]) + ("…" if len(texts) > _SHOWN else "")
