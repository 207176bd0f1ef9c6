"""What a title, a sheet's name or the file's name says of every row of a table, as a recipe seeks it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from sdsf_analysis.reading.layout import Table
from sdsf_analysis.reading.sheet import address
from sdsf_analysis.reading.values import clean_text
from sdsf_analysis.recipes.citing import FILE_NAME, SHEET_NAME, TITLE, Citation

Said = dict[str, tuple[str, Citation]]


def texts_around(table: Table, tables: Iterable[Table], source: str) -> tuple[Citation, ...]:
    """Cite the texts that may speak of a whole table, the nearest first.

    Parameters
    ----------
    table : Table
        The table.
    tables : iterable of Table
        Every table of the file.
    source : str
        Name of the file.
    """
    name = clean_text(table.sheet.name)
    sheet = [Citation("", name, SHEET_NAME)] if name else []
    others = [title for other in tables if other is not table for title in _titles(other)]
    return (*_titles(table), *sheet, *others, Citation("", PurePosixPath(source).stem, FILE_NAME, ""))


def _titles(table: Table) -> Iterator[Citation]:
    for row in table.title_rows:
        for index, cell in enumerate(table.sheet.rows[row - 1], 1):
            if text := clean_text(cell):
                yield Citation(address(row, index), text, TITLE, table.sheet.name or "")


def what_is_said(sought: Mapping[str, Mapping[str, str]], texts: Iterable[Citation]) -> Said:
    """Find what the first text that says something says.

    Parameters
    ----------
    sought : mapping
        Name → regular expression → what it means; an empty meaning is the group ``said`` itself.
    texts : iterable of Citation
        As `texts_around` gives.

    Returns
    -------
    dict of str to (str, Citation)
        What is said under each name, and where; where several expressions fit a text, the one that fits
        earliest in it.

    Examples
    --------
    >>> sought = {"plan": {"CTG n° (?P<said>[0-9]+)": "", "schéma": "SDSF"}}
    >>> texts = [Citation("A1", "Plan de la CTG n° 12, dans le cadre du schéma")]
    >>> what_is_said(sought, texts)["plan"][0]
    '12'
    """
    texts = list(texts)
    found = {name: next(_found(patterns, texts), None) for name, patterns in sought.items()}
    return {name: one for name, one in found.items() if one}


def _found(patterns: Mapping[str, str], texts: Iterable[Citation]) -> Iterator[tuple[str, Citation]]:
    for text in texts:
        fits = [
            (match.start(), rank, meaning or match["said"].strip())
            for rank, (pattern, meaning) in enumerate(patterns.items())
            if (match := re.search(pattern, text.found, re.IGNORECASE))
        ]
        if fits:
            yield min(fits)[2], text
