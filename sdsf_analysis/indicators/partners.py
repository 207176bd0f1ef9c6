"""Who signs each CTG, and which themes it covers."""

import pandas as pd

from sdsf_analysis.indicators.asked import Day, check_choice, read_date
from sdsf_analysis.indicators.codes import is_in
from sdsf_analysis.indicators.conventions import running_conventions
from sdsf_analysis.indicators.remarks import beyond_the_data, not_received, period_unknown, remark
from sdsf_analysis.model.lists import choices
from sdsf_analysis.model.tables import Tables

ASSOCIATED = "associated"


def ctg_partners_matrix(
    tables: Tables, on: Day, *, ctg: str | None = None, basis: str = "effective"
) -> pd.DataFrame:
    """Set out who signs each CTG in force, and which themes it covers.

    Parameters
    ----------
    tables : Tables
    on : str or datetime.date
    ctg : str, optional
        One convention, in force or not; all those in force at the date without it.
    basis : {"effective", "signed"}
        As for `ctg_counters`.

    Returns
    -------
    pandas.DataFrame
        One row per convention, sorted: ctg, name, then the signatories by kind (``commune``, ``epci``,
        ``syndicat``, ``state``, ``other``) and the partners that do not sign (``associated``), names joined
        by « ; », then one column per theme of the list ``ctg_theme``: True or False. A convention of which no
        partner is known has none of the names (missing, not empty); of which no theme is known, no answer.

    Raises
    ------
    QuestionError
        If ``on`` is not a day, or no convention has this number; the message lists them, with the nearest.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> found = ctg_partners_matrix(example_tables(), "2024-06-30")
    >>> found[["ctg", "commune", "epci", "petite_enfance", "logement"]].values.tolist()
    [['A', '01001', '', True, False], ['B2', '', 'CC E1', True, False], ['C', '', '', False, True]]
    """
    day = read_date(on)
    rows = running_conventions(tables.ctg, day, basis)
    if ctg is not None:
        check_choice("CTG inconnue", ctg, tables.ctg["ctg"])
        rows = tables.ctg[tables.ctg["ctg"] == ctg]
    frame = rows[["ctg", "name"]].sort_values("ctg", ignore_index=True)
    frame = _with_partners(frame, tables.ctg_partners)
    frame = _with_themes(frame, tables.ctg_themes)
    doubts = [beyond_the_data(tables, day), period_unknown(tables, day)]
    return remark(frame, [*not_received(tables, "ctg"), *doubts])


def _with_partners(frame: pd.DataFrame, partners: pd.DataFrame) -> pd.DataFrame:
    known = is_in(frame["ctg"], partners["ctg"])
    group = partners["kind"].where(partners["role"] == "signatory", ASSOCIATED)
    names = partners.assign(group=group).sort_values(["ctg", "partner"])
    for kind in (*choices("partner_kind"), ASSOCIATED):
        joined = names[names["group"] == kind].groupby("ctg")["partner"].agg(" ; ".join)
        column = frame["ctg"].map(joined.to_dict()).astype("str").fillna("")
        frame = frame.assign(**{kind: column.where(pd.Series(known))})
    return frame


def _with_themes(frame: pd.DataFrame, themes: pd.DataFrame) -> pd.DataFrame:
    known = pd.Series(is_in(frame["ctg"], themes["ctg"]))
    for theme in choices("ctg_theme"):
        ticked = pd.Series(is_in(frame["ctg"], themes.loc[themes["theme"] == theme, "ctg"]), dtype="boolean")
        frame = frame.assign(**{theme: ticked.where(known)})
    return frame
