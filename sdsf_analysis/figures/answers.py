"""Answers to a question, as a director reads them: a table in French, and a sentence."""

from datetime import date
from string import Formatter
from typing import Any

import pandas as pd

from sdsf_analysis.model.french import NARROW_SPACE, NO_VALUE, french_date, number, percent


class Words(str):
    """A French sentence that a notebook shows as text.

    Examples
    --------
    >>> Words("Rien.")._repr_markdown_()
    'Rien.'
    """

    def _repr_markdown_(self) -> str:
        return str(self)


def grid_or_words(grid: pd.DataFrame, words: str) -> "pd.DataFrame | Words":
    """Give a table, or the sentence that stands for an empty one.

    Examples
    --------
    >>> grid_or_words(pd.DataFrame({"a": []}), "Tout est là.")
    'Tout est là.'
    """
    return grid if len(grid) else Words(words)


def answer_grid(answer: pd.DataFrame) -> "pd.DataFrame | Words":
    r"""Lay out an answer: French numbers and dates, « n. d. » where there is none.

    Parameters
    ----------
    answer : pandas.DataFrame
        Its columns bear French titles; the first one names the rows.

    Returns
    -------
    pandas.DataFrame or Words
        Texts; a column whose title ends with « (%) » is never rounded to 0 or 100. Nothing for an answer
        without a row.

    Examples
    --------
    >>> answer = pd.DataFrame({"Année": [2023], "Places": [1234.0], "Part (%)": [58.27]})
    >>> answer_grid(answer).loc["2023"].tolist()
    ['1\u202f234', '58,3']
    """
    if answer.empty:
        return Words()
    texts = {
        str(name): [_written(value, str(name)) for value in answer[name].astype("object")]
        for name in answer.columns
    }
    grid = pd.DataFrame(texts, columns=[str(name) for name in answer.columns], dtype="str")
    first = str(answer.columns[0])
    return grid.set_index(first).rename_axis(index=None, columns=first)


def answer_sentence(answer: pd.DataFrame, sentence: str, otherwise: str) -> Words:
    r"""Say the first row of an answer in a sentence.

    Parameters
    ----------
    answer : pandas.DataFrame
    sentence : str
        French, with names of columns in braces: « {Places} places en {Année} ».
    otherwise : str
        What is said where the answer has no row, or lacks one of these values: which file would bring it.

    Returns
    -------
    Words

    Examples
    --------
    >>> answer = pd.DataFrame({"Année": [2023], "Places": [1234.0]})
    >>> answer_sentence(answer, "{Places} places en {Année}.", "Il faut le fichier de la PMI.")
    '1\u202f234 places en 2023.'
    >>> answer_sentence(answer.head(0), "{Places} places.", "Il faut le fichier de la PMI.")
    'Il faut le fichier de la PMI.'
    """
    names = [name for _, name, _, _ in Formatter().parse(sentence) if name]
    if answer.empty or answer[names].iloc[0].isna().any():
        return Words(otherwise)
    row = answer.iloc[0]
    return Words(sentence.format(**{name: _written(row[name], name) for name in names}))


def _written(value: Any, title: str) -> str:
    if pd.isna(value):
        return NO_VALUE
    if isinstance(value, date):
        return french_date(value)
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, str):
        return value
    return _number(float(value), title)


def _number(value: float, title: str) -> str:
    if title.startswith("Année"):
        return f"{value:.0f}"
    if title.endswith("(%)"):
        return percent(value).removesuffix(f"{NARROW_SPACE}%")
    return number(value, 0 if value.is_integer() else 1)
