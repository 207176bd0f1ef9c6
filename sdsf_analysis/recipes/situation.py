"""The date that a table speaks of: in its title, its sheet, its file's titles, else the file's name."""

import re
from collections.abc import Iterable
from datetime import date
from pathlib import PurePosixPath
from typing import NamedTuple

from sdsf_analysis.reading.layout import Table
from sdsf_analysis.reading.text import normalise
from sdsf_analysis.reading.typed.dates import find_date
from sdsf_analysis.reading.typed.school import school_year
from sdsf_analysis.reading.values import clean_text

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
FIRST_MONTH = 9


class Situation(NamedTuple):
    """The date that a table speaks of.

    Attributes
    ----------
    day : datetime.date or None
    is_from_name : bool
        Whether only the file's name says it.
    school_year : int or None
        Year in which the school year that is said begins: its activity is of that year.
    """

    day: date | None
    is_from_name: bool = False
    school_year: int | None = None

    @property
    def year(self) -> int | None:
        """Year of the activity: the one in which the school year begins, else the date's."""
        return self.school_year or (self.day.year if self.day else None)


def find_situation(
    table: Table, file_titles: Iterable[str], source: str, *, is_school: bool = False
) -> Situation:
    """Find the date of situation of a table.

    Parameters
    ----------
    table : Table
        The table.
    file_titles : iterable of str
        Titles of every table of the file.
    source : str
        Name of the file.
    is_school : bool
        Whether the table counts by school years: « 2023-2024 » is one, without a word more.

    Returns
    -------
    Situation
        The date: 31 December where only a year is written (the last one of « 2022-2024 »), 1 September
        where a school year is.
    """
    for texts in (tuple(table.titles), (clean_text(table.sheet.name),), tuple(file_titles)):
        found = _said_by(texts, is_school=is_school)
        if found.day:
            return found
    found = _said_by((PurePosixPath(source).stem,), is_school=is_school)
    return found._replace(is_from_name=found.day is not None)


def _said_by(texts: tuple[str, ...], *, is_school: bool) -> Situation:
    begun = next((year for text in texts if (year := school_year(text, is_bare_enough=is_school))), None)
    day = _exact(texts)
    if begun:
        return Situation(day or date(begun, FIRST_MONTH, 1), school_year=begun)
    years = [int(year) for text in texts for year in _YEAR.findall(text)]
    return Situation(day or (date(max(years), 12, 31) if years else None))


def _exact(texts: tuple[str, ...]) -> date | None:
    # « extrait le 15/01/2025 » may stand beside « situation au 31/12/2024 »
    said = [text for text in texts if "situation" in normalise(text)]
    return next((day for text in (*said, *texts) if (day := find_date(text))), None)
