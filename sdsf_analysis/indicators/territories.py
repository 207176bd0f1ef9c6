"""The communes of the workspace, and the territories above them."""

import pandas as pd

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.indicators.asked import check_choice, choices_said
from sdsf_analysis.indicators.codes import is_in
from sdsf_analysis.indicators.measures import in_force
from sdsf_analysis.model.tables import Tables


def departement_communes(territories: pd.DataFrame) -> pd.DataFrame:
    """Communes of the workspace: the rows of level commune, their code under ``commune``.

    Parameters
    ----------
    territories : pandas.DataFrame
        Table ``territories``.

    Returns
    -------
    pandas.DataFrame

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> departement_communes(example_tables().territories)["commune"].tolist()
    ['01001', '01002', '01004', '01005']
    """
    rows = territories[territories["level"] == "commune"]
    return rows.rename(columns={"territory": "commune"}).reset_index(drop=True)


def commune_codes(territories: pd.DataFrame) -> pd.Series:
    """Codes of the communes of the workspace, in the order of ``territories``: `departement_communes` alone.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> commune_codes(example_tables().territories).tolist()
    ['01001', '01002', '01004', '01005']
    """
    codes = territories.loc[territories["level"] == "commune", "territory"]
    return codes.rename("commune").reset_index(drop=True)


def members(membership: pd.DataFrame, communes: pd.Series, by: str, day: pd.Timestamp) -> pd.DataFrame:
    """Communes under the territories of a level.

    Parameters
    ----------
    membership : pandas.DataFrame
        Table ``membership``.
    communes : pandas.Series
        Codes to keep: those of the département.
    by : str
        Level.
    day : pandas.Timestamp
        Day of the question. A day before the geography of the workspace keeps its perimeters.

    Returns
    -------
    pandas.DataFrame
        territory, commune.

    Raises
    ------
    QuestionError
        If no territory has this level.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> tables = example_tables()
    >>> communes = departement_communes(tables.territories)["commune"]
    >>> members(tables.membership, communes, "epci", pd.Timestamp("2024-06-30"))["territory"].tolist()
    ['E1', 'E1', 'E2', 'E2']
    """
    check_choice("Niveau inconnu", by, levels(membership))
    if by == "commune":
        return pd.DataFrame({"territory": communes, "commune": communes}).reset_index(drop=True)
    rows = level_rows(membership, by, day)
    inside = is_in(rows["commune"], communes)
    found = rows.loc[inside, ["territory", "commune"]].reset_index(drop=True)
    # a pair comes twice only where its commune does
    twice = found["commune"].duplicated(keep=False)
    return found[~(twice & found.duplicated())].reset_index(drop=True) if twice.any() else found


def levels(membership: pd.DataFrame) -> list[str]:
    """Levels that a question can name: those of ``membership``, and the commune itself.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> levels(example_tables().membership)
    ['commune', 'ctg', 'epci']
    """
    return sorted({"commune", *membership["level"].unique()})


def level_rows(membership: pd.DataFrame, level: str, day: pd.Timestamp) -> pd.DataFrame:
    """Rows of ``membership`` of a level on a day; before its geography, a level keeps its perimeters.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> len(level_rows(example_tables().membership, "epci", pd.Timestamp("2019-01-01")))
    4
    """
    rows = membership[membership["level"] == level]
    current = rows[in_force(rows, day)]
    return current if len(current) else rows[rows["ends_on"].isna()]


def communes_of(tables: Tables, day: pd.Timestamp, by: str, territory: str | None) -> pd.Series:
    """Communes of one territory, or of the whole département without a code.

    Parameters
    ----------
    tables : Tables
    day : pandas.Timestamp
    by : str
        Level of the territory.
    territory : str or None

    Raises
    ------
    QuestionError
        If the level is unknown or has no such code; the message says what was meant.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> communes_of(example_tables(), pd.Timestamp("2024-06-30"), "epci", "E2").tolist()
    ['01004', '01005']
    """
    every = departement_communes(tables.territories)["commune"]
    if territory is None:
        return every
    found = members(tables.membership, every, by, day)
    if territory not in set(found["territory"]):
        raise QuestionError(_unknown(tables, found, by, territory))
    return found.loc[found["territory"] == territory, "commune"].reset_index(drop=True)


def _unknown(tables: Tables, found: pd.DataFrame, by: str, territory: str) -> str:
    """That a level has no such code, and what was meant: another level, or what holds the commune."""
    message = f"Aucun territoire de niveau « {by} » n'a le code « {territory} »"
    levels = tables.territories.loc[tables.territories["territory"] == territory, "level"]
    known = [level for level in levels if (tables.membership["level"] == level).any()]
    if known:
        return f"{message} : ajouter by={known[0]}."
    holding = found.loc[found["commune"] == territory, "territory"].tolist()
    if holding:
        return f"{message} : c'est une commune, de {', '.join(holding)} ; écrire territory={holding[0]}."
    return f"{message}. {choices_said(territory, sorted(found['territory'].unique()))}"
