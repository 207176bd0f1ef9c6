"""The years of which the coverage by childcare can speak."""

from collections.abc import Iterable

import pandas as pd

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.indicators.services.kinds import EAJE
from sdsf_analysis.model.tables import Tables

# nothing was received: whatever the year, nothing is known of it
_NO_YEAR = 2000


def coverage_year(tables: Tables, year: int | None) -> int:
    """Year of a question; without one, the latest that the Cnaf published, else the latest known.

    Raises
    ------
    QuestionError
        If neither a published rate nor any place is known of the year; the message lists those that are.

    Examples
    --------
    >>> from sdsf_analysis.indicators.childcare.example import childcare_example
    >>> coverage_year(childcare_example(), None)
    2023
    >>> coverage_year(childcare_example(), 2030)
    Traceback (most recent call last):
    sdsf_analysis.errors.QuestionError: Rien de connu pour 2030. Années connues : 2023, 2024. La plus...
    """
    published = _years(tables.published_rates["year"])
    if year is None and published:
        return max(published)
    known = sorted({*published, *local_years(tables)})
    if year is None:
        return max(known, default=_NO_YEAR)
    return checked_year(year, known)


def checked_year(year: int, known: list[int]) -> int:
    """Give back a year that is known, or any where nothing is.

    Raises
    ------
    QuestionError
        If it is none of them; the message lists them, with the nearest.

    Examples
    --------
    >>> checked_year(2023, [2022, 2023])
    2023
    """
    if not known or year in known:
        return year
    nearest = min(known, key=lambda other: (abs(other - year), other))
    listed = ", ".join(map(str, known))
    raise QuestionError(f"Rien de connu pour {year}. Années connues : {listed}. La plus proche : {nearest}.")


def local_years(tables: Tables) -> set[int]:
    """Years at the end of which some file tells the places: those of the activity and of the lists.

    Examples
    --------
    >>> from sdsf_analysis.indicators.childcare.example import childcare_example
    >>> sorted(local_years(childcare_example()))
    [2023, 2024]
    """
    offer = tables.offer[tables.offer["kind"].isin([*EAJE, "childminders", "home_care", "preschool"])]
    told = tables.activity.loc[tables.activity["service"].isin(offer["service"]), "year"]
    years = {*_years(told), *_years(offer["valid_from"].dt.year)}
    first, last = min(_years(told), default=max(years, default=0)), max(years, default=0)
    return {year for year in years if first <= year <= last}


def _years(column: Iterable[object]) -> list[int]:
    return sorted(map(int, pd.Series(column).dropna().unique()))
