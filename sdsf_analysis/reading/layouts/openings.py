"""Where a table opens: at its header, at its first record where it has none, or nowhere."""

import re
from itertools import takewhile

from sdsf_analysis.reading.layouts.footers import is_fact_row, is_note_row
from sdsf_analysis.reading.layouts.grid import NUMERIC, SAMPLE, Grid
from sdsf_analysis.reading.layouts.header import header_bottom, starts_header
from sdsf_analysis.reading.layouts.labelling import is_label_row
from sdsf_analysis.reading.layouts.totals import total_place
from sdsf_analysis.reading.layouts.wording import is_fact, is_field, is_sentence, names_a_list
from sdsf_analysis.reading.text import normalise

# Rows that look alike before they may pass for a table without a header.
_MIN_RECORDS = 3
# What tells « Année | 2024 » above a table from a table of two columns is sought this far.
_CARD_ROWS = 8
_FULL_SHARE = 0.5
# Cells of one kind that make a column of numbers, or of texts.
_ALIKE_SHARE = 0.8
# A form on four columns: label, value, label, value.
_TWO_PAIRS = 4
_DIGITS = re.compile(r"\d+")
_DATED = re.compile(r"\b(annee|exercice|date|periode|ouverture|fermeture|creation)\b")


def opening(grid: Grid, row: int) -> int | None:
    """Last row of the header that begins at a row, the row above where records begin without one.

    Parameters
    ----------
    grid : Grid
        Rows of the sheet.
    row : int
        Row asked.

    Returns
    -------
    int or None
        None where no table begins.

    Examples
    --------
    >>> from sdsf_analysis.reading.sheet import Sheet
    >>> rows = [["Crèches du Gex"], [], ["Nom", "Places"], ["Les Lutins", 20.0]]
    >>> grid = Grid(Sheet("Gex", rows))
    >>> opening(grid, 1), opening(grid, 3)
    (None, 3)
    >>> opening(Grid(Sheet("Fiche", [["Nom", "Les Lutins"], ["Commune", "Gex"], ["Places", 20.0]])), 1)
    0
    """
    if _is_card(grid, row) or is_note_row(grid, row):
        return None
    if _is_list(grid, row):
        return row
    if _starts_records(grid, row):
        return row - 1
    if is_fact_row(grid, row):
        return None
    return header_bottom(grid, row) if starts_header(grid, row) else None


def _is_card(grid: Grid, row: int) -> bool:
    """Say whether rows of two cells stand above a wider table to name it: « Caf | Ain », « Année | 2024 »."""
    if len(grid.columns_of(row)) != 2:
        return False
    end = row
    while grid.columns_of(end):
        is_said = "number" not in grid.kinds(end) or is_fact_row(grid, end)
        if len(grid.columns_of(end)) > 2 or end - row > _CARD_ROWS or not is_said:
            return False
        end += 1
    below = grid.next_filled(end)
    for _ in range(_CARD_ROWS):
        if len(grid.columns_of(below)) > 2:
            return starts_header(grid, below)
        below = grid.next_filled(below + 1)
    return False


def _is_list(grid: Grid, row: int) -> bool:
    """Say whether a label stands over a lone column: names of one kind, or codes."""
    if not grid.is_lone(row) or is_sentence(grid.text(row)):
        return False
    (column,) = grid.columns_of(row)
    under = _run(grid, row + 1)
    is_column = len(under) > 1 and all(grid.columns_of(r) == [column] for r in under)
    if not is_column or grid.kind(row, column) != "text":
        return False
    are_codes = all(grid.kind(r, column) == "number" for r in under)
    are_names = names_a_list(grid.text(row)) and not any(is_sentence(grid.text(r)) for r in under)
    return (are_codes or are_names) and all(len(columns) < 2 for columns in grid.filled)


def _starts_records(grid: Grid, row: int) -> bool:
    """Say whether records without any header begin at a row, by the rows that follow it."""
    columns = grid.columns_of(row)
    if len(columns) < 2:
        return False
    rows = _run(grid, row)
    if len(rows) < _MIN_RECORDS:
        return False
    if is_label_row(grid, row):
        return _is_form(grid, rows) or _is_worded_record(grid, rows)
    # a total above the records that it adds up leaves most columns blank
    return _are_records(grid, rows[1:] if _is_total(grid, row) else rows)


def _is_total(grid: Grid, row: int) -> bool:
    columns = grid.columns_of(row)
    return total_place({c: grid.label(row, c) for c in columns if grid.kind(row, c) == "text"}) is not None


def _run(grid: Grid, row: int) -> list[int]:
    """Rows that follow one another without a blank one nor a note, as many as a sample takes."""
    rows = range(row, min(row + SAMPLE, grid.height + 1))
    return list(takewhile(lambda r: grid.columns_of(r) and not is_note_row(grid, r), rows))


def _are_records(grid: Grid, rows: list[int]) -> bool:
    """Numbers in the same columns row after row, texts in the others; some cells may be blank."""
    columns = sorted({c for row in rows for c in grid.columns_of(row)})
    first = grid.columns_of(rows[0])
    if len(first) < _FULL_SHARE * len(columns):
        return False
    numbers = [c for c in first if grid.kind(rows[0], c) in NUMERIC]
    return any(_is_filled(grid, c, rows) for c in numbers) and all(_is_alike(grid, c, rows) for c in first)


def _is_filled(grid: Grid, column: int, rows: list[int]) -> bool:
    return sum(column in grid.columns_of(row) for row in rows) >= _ALIKE_SHARE * len(rows)


def _is_alike(grid: Grid, column: int, rows: list[int]) -> bool:
    """Say whether a column holds numbers, or something else, from its first row on; marks stand anywhere."""
    kinds = [grid.kind(row, column) for row in rows if column in grid.columns_of(row)]
    are_numbers = [kind in NUMERIC for kind in kinds if kind != "mark"]
    return are_numbers.count(are_numbers[0]) >= _ALIKE_SHARE * len(are_numbers) if are_numbers else True


def _is_form(grid: Grid, rows: list[int]) -> bool:
    """Fields of one record beside their values: « Nom | Les Lutins », « Places | 20 », be it twice a row."""
    if len(grid.columns_of(rows[0])) == _TWO_PAIRS:
        return _is_double_form(grid, rows)
    pairs = list(takewhile(lambda row: len(grid.columns_of(row)) == 2, rows))
    if len(pairs) < _MIN_RECORDS or len({tuple(grid.columns_of(row)) for row in pairs}) > 1:
        return False
    return _are_fields(grid, pairs, *grid.columns_of(pairs[0]))


def _is_double_form(grid: Grid, rows: list[int]) -> bool:
    """Say whether rows hold two fields beside their values each; a value may be blank, but for the first."""
    name, value, second, other = grid.columns_of(rows[0])
    pairs = list(takewhile(lambda row: {name, second} >= set(grid.columns_of(row)) - {value, other}, rows))
    halves = [(name, value), (second, other)]
    named = [[row for row in pairs if column in grid.columns_of(row)] for column, _ in halves]
    return len(named[0]) == len(pairs) and all(
        len(found) >= _MIN_RECORDS and _are_fields(grid, found, *half)
        for found, half in zip(named, halves, strict=True)
    )


def _are_fields(grid: Grid, pairs: list[int], name: int, value: int) -> bool:
    """Say whether a column names the fields of a record whose values stand in another."""
    labels = [grid.label(row, name) for row in pairs]
    fields = [label for label in labels if is_field(label) and not is_fact(label)]
    # « Structure 84 », « Structure 27 » are names of one kind, not fields
    kinds = {_DIGITS.sub("", normalise(label)).strip() for label in labels}
    are_fields = len(fields) >= max(2, _FULL_SHARE * len(labels)) and len(kinds) == len(labels)
    return are_fields and is_field(labels[0]) and not _is_label(grid, pairs[0], value)


def _is_label(grid: Grid, row: int, column: int) -> bool:
    """Say whether what stands beside the first field is a label too: « Structure » | « 2023 », « Valeur »."""
    is_dated = _DATED.search(normalise(grid.text(row))) is not None
    return is_field(grid.label(row, column)) or (grid.kind(row, column) == "year" and not is_dated)


def _is_worded_record(grid: Grid, rows: list[int]) -> bool:
    """Say whether a row of texts is a record: half of them come back under it, and none names a field."""
    first, others = rows[0], rows[1:]
    columns, words = grid.columns_of(first), grid.words(first)
    are_labels = "year" in grid.kinds(first) or any(map(is_field, words))
    if are_labels or any(grid.says(row, words) for row in others):
        return False
    again = sum(_comes_back(grid, first, c, others) for c in columns)
    return again >= 1 and again >= _FULL_SHARE * len(columns)


def _comes_back(grid: Grid, row: int, column: int, others: list[int]) -> bool:
    found = normalise(grid.label(row, column))
    return any(normalise(grid.label(other, column)) == found for other in others)
