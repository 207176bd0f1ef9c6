"""What must be said beside an answer on the CTG: the file that is not there, the dates that are not known."""

from collections.abc import Iterable

import pandas as pd

from sdsf_analysis.indicators.codes import is_in
from sdsf_analysis.indicators.conventions import is_undated, running_conventions
from sdsf_analysis.indicators.signatories import uncounted_signatories, unsigned_conventions
from sdsf_analysis.model.french import french_date, plural
from sdsf_analysis.model.tables import Tables

SENT_AS = {"ctg": "Suivi CTG.xlsx", "officers": "Chargés de coopération.xlsx"}
_WHAT = {"ctg": "Aucune CTG", "officers": "Aucun poste de chargé de coopération"}
_OBSERVED = ("decided_on", "signed_on", "starts_on")
_SHOWN = 5


def remark(frame: pd.DataFrame, sentences: Iterable[str]) -> pd.DataFrame:
    """Put sentences beside an answer, in ``attrs["remark"]``; none, no remark.

    Examples
    --------
    >>> remark(pd.DataFrame(), ["Une remarque.", ""]).attrs
    {'remark': 'Une remarque.'}
    """
    text = " ".join(dict.fromkeys(filter(None, sentences)))
    if text:
        frame.attrs["remark"] = text
    return frame


def not_received(tables: Tables, *names: str) -> list[str]:
    """Say which files would bring the tables that are empty.

    Parameters
    ----------
    tables : Tables
    *names : str
        ``ctg``, ``officers``.

    Examples
    --------
    >>> from sdsf_analysis.model.tables import Tables, table
    >>> not_received(Tables(lambda name: table(name).empty()), "ctg")
    ['Aucune CTG dans les tables : déposer « Suivi CTG.xlsx » (recette ctg) dans data/raw, puis construire.']
    """
    return [
        f"{_WHAT[name]} dans les tables : déposer « {SENT_AS[name]} » (recette {name}) dans data/raw, "
        "puis construire."
        for name in names
        if getattr(tables, name).empty
    ]


def beyond_the_data(tables: Tables, day: pd.Timestamp) -> str:
    """Say that a date is later than what the tables know; empty when it is not.

    Three signs: the list of CTG says an earlier date of situation; every known convention has ended;
    nothing was decided, signed or begun for a year.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> beyond_the_data(example_tables(), pd.Timestamp("2030-01-01"))
    'Le 1er janvier 2030 est au-delà des données : la dernière CTG connue finit le 31 décembre 2028.'
    """
    if tables.ctg.empty:
        return ""
    words = f"Le {french_date(day)} est au-delà des données : "
    last = tables.ctg["ends_on"].max()
    if last < day:
        return f"{words}la dernière CTG connue finit le {french_date(last)}."
    situation = _situation(tables)
    if situation < day:
        return f"{words}la liste des CTG est au {french_date(situation)}."
    event = tables.ctg[list(_OBSERVED)].max().max()
    if event + pd.DateOffset(years=1) < day:
        return (
            f"{words}la dernière délibération, signature ou prise d'effet connue est du {french_date(event)}."
        )
    return ""


def _situation(tables: Tables) -> pd.Timestamp:
    """Date of the list of CTG where the build found it old; missing when nothing says so."""
    said = tables.problems.loc[tables.problems["code"] == "situation_older", "found"]
    return pd.to_datetime(said, format="ISO8601", errors="coerce").min()


def signature_unknown(tables: Tables, day: pd.Timestamp) -> str:
    """Say which conventions in force are not counted as signed, for want of a date; empty when none.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> signature_unknown(example_tables(), pd.Timestamp("2024-06-30"))
    ''
    """
    running = running_conventions(tables.ctg, day)
    return _named("CTG en vigueur sans date de signature, non comptées", running[running["signed_on"].isna()])


def without_perimeter(tables: Tables, running: pd.DataFrame) -> str:
    """Say which conventions in force have no commune; empty when none.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> without_perimeter(example_tables(), example_tables().ctg)
    ''
    """
    known = tables.membership.loc[tables.membership["level"] == "ctg", "territory"]
    bare = running[~is_in(running["ctg"], known)]
    return _named("CTG en vigueur sans commune connue, qui ne couvrent personne", bare)


def period_unknown(tables: Tables, day: pd.Timestamp) -> str:
    """Say which conventions are not counted, for want of their beginning or end; empty when none.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> period_unknown(example_tables(), pd.Timestamp("2024-06-30"))
    ''
    """
    undated = tables.ctg[is_undated(tables.ctg, day)]
    return _named("CTG dont la période est incomplète, non comptées", undated)


def _named(what: str, conventions: pd.DataFrame) -> str:
    return listed(what, conventions["ctg"].tolist())


def listed(what: str, names: list[str]) -> str:
    """Write « what : a, b » with the first names and the count of the others; empty without a name.

    Examples
    --------
    >>> listed("Syndicats", list("abcdefg"))
    'Syndicats : a, b, c, d, e et 2 autres.'
    """
    if not names:
        return ""
    rest = len(names) - _SHOWN
    others = f" et {plural(rest, 'autre')}" if rest > 0 else ""
    return f"{what} : {', '.join(names[:_SHOWN])}{others}."


def signatories_said(tables: Tables, running: pd.DataFrame, day: pd.Timestamp) -> list[str]:
    """Say which signatories and conventions a coverage by signatories leaves out.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> tables = example_tables()
    >>> signatories_said(tables, tables.ctg[:4], pd.Timestamp("2024-06-30"))
    ['Signataires non comptés, leurs communes ne sont pas connues : SIVOM du Test.', '']
    """
    uncounted = uncounted_signatories(tables, running, day)
    unsigned = unsigned_conventions(tables, running)
    return [
        listed("Signataires non comptés, leurs communes ne sont pas connues", uncounted),
        listed("CTG dont aucun signataire n'est connu, non comptées", unsigned),
    ]
