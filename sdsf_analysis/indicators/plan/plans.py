"""The plans that a question may name: the SDSF, one per CTG, the indicators common to all départements."""

import pandas as pd

from sdsf_analysis.indicators.asked import check_choice
from sdsf_analysis.model.plans import COMMON, SDSF
from sdsf_analysis.model.tables import Tables

# asked for by name, they are empty rather than unknown where no file brings them
_EXPECTED = (SDSF, COMMON)


def of_plan(tables: Tables, rows: pd.DataFrame, plan: str | None) -> pd.DataFrame:
    """Keep the rows of one plan; all of them without a name.

    Parameters
    ----------
    tables : Tables
    rows : pandas.DataFrame
        Rows of ``actions`` or ``action_measures``.
    plan : str or None

    Raises
    ------
    QuestionError
        If no plan has this name; the message lists them, with the nearest.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> tables = example_tables()
    >>> of_plan(tables, tables.actions, "A")["action"].tolist()
    ['1.1']
    >>> of_plan(tables, tables.actions, "indicateurs communs").empty
    True
    """
    if plan is None:
        return rows
    check_choice("Plan inconnu", plan, plans(tables))
    return rows[rows["plan"] == plan]


def plans(tables: Tables) -> list[str]:
    """Names of the plans, the SDSF first.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> plans(example_tables())
    ['SDSF', 'indicateurs communs', 'A']
    """
    named = {*tables.actions["plan"].dropna(), *tables.action_measures["plan"].dropna()}
    return [*_EXPECTED, *sorted(named - set(_EXPECTED))]


def by_number(column: pd.Series) -> pd.Series:
    """Sort key that puts action 2 before action 10.

    Examples
    --------
    >>> pd.Series(["10.1", "2.10", "2.2"]).sort_values(key=by_number).tolist()
    ['2.2', '2.10', '10.1']
    """
    texts: pd.Series = column.astype("str")
    return texts.str.replace(r"\d+", lambda found: found.group().zfill(6), regex=True)
