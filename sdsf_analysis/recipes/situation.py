"""The date that a table speaks of: in its title, its sheet, its file's titles, else the file's name."""

import re
from collections.abc import Iterable
from datetime import date
from pathlib import PurePosixPath

from sdsf_analysis.reading.layout import Table
from sdsf_analysis.reading.text import normalise
from sdsf_analysis.reading.typed.dates import find_date
from sdsf_analysis.reading.values import clean_text

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


def find_situation(table: Table, file_titles: Iterable[str], source: str) -> tuple[date | None, bool]:
    """Find the date of situation of a table.

    Parameters
    ----------
    table : Table
        The table.
    file_titles : iterable of str
        Titles of every table of the file.
    source : str
        Name of the file.

    Returns
    -------
    tuple of (date or None, bool)
        The date, 31 December where only a year is written (the last one of « 2022-2024 »), and whether
        only the file's name says it.
    """
    for texts in (table.titles, (clean_text(table.sheet.name),), tuple(file_titles)):
        if found := _date_of(texts):
            return found, False
    found = _date_of((PurePosixPath(source).stem,))
    return found, found is not None


def _date_of(texts: Iterable[str]) -> date | None:
    texts = tuple(texts)
    # « extrait le 15/01/2025 » may stand beside « situation au 31/12/2024 »
    said = [text for text in texts if "situation" in normalise(text)]
    exact = next((day for text in (*said, *texts) if (day := find_date(text))), None)
    if exact:
        return exact
    years = [int(year) for text in texts for year in _YEAR.findall(text)]
    return date(max(years), 12, 31) if years else None
