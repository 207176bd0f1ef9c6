"""A list that answers a question, as a director reads it: French titles from the registry, French values."""

from collections.abc import Iterable

import pandas as pd

from sdsf_analysis.figures.answers import Words, answer_grid
from sdsf_analysis.indicators.registry import indicator


def list_grid(answer: pd.DataFrame, name: str, columns: Iterable[str] = ()) -> "pd.DataFrame | Words":
    r"""Lay out the rows of an indicator that is a list.

    Parameters
    ----------
    answer : pandas.DataFrame
        Result of the indicator, or some of its rows.
    name : str
        Indicator, for the titles of the columns and their units.
    columns : iterable of str
        Measures shown, in this order: the first one names the rows; all of them without it.

    Returns
    -------
    pandas.DataFrame or Words
        Texts; nothing for an answer without a row.

    Raises
    ------
    QuestionError
        If no indicator has this name, or it lacks a measure.

    Examples
    --------
    >>> from sdsf_analysis.indicators.duties.authorities import organising_authorities
    >>> from sdsf_analysis.indicators.duties.example import duties_example
    >>> found = organising_authorities(duties_example(), "2026-06-30")
    >>> list_grid(found, "organising_authorities", ["authority", "communes"]).columns.tolist()
    ['Communes pour lesquelles elle organise']
    """
    entry = indicator(name)
    shown = [entry.measure(measure) for measure in (columns or answer.columns)]
    # the writing of a share goes by the title of its column
    titles = {one.name: f"{one.label} (%)" if one.unit == "%" else one.label for one in shown}
    return answer_grid(answer[list(titles)].rename(columns=titles))
