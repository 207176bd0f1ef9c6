"""The communes that signed a CTG, by themselves, by their EPCI or by a syndicat.

« Population couverte » has two meanings: the inhabitants of the perimeter, or those of the authorities that
signed. A syndicat counts only where ``membership`` gives its communes (level ``syndicat``).
"""

import pandas as pd

from sdsf_analysis.indicators.asked import Day, read_date
from sdsf_analysis.indicators.territories import level_rows
from sdsf_analysis.model.tables import Tables
from sdsf_analysis.territories.keys import name_key

AUTHORITIES = ("commune", "epci", "syndicat")


def signatory_communes(tables: Tables, conventions: pd.DataFrame, on: Day) -> pd.DataFrame:
    """Communes of the authorities that signed some conventions, with the name under which they did.

    Parameters
    ----------
    tables : Tables
    conventions : pandas.DataFrame
        Rows of the table ``ctg``.
    on : str or datetime.date
        Day of the composition of the EPCI and syndicats.

    Returns
    -------
    pandas.DataFrame
        ctg, partner, commune, sorted. The communes of an EPCI are all those that the workspace knows, in
        the perimeter of the convention or not. The State, the département and other partners have none.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> tables = example_tables()
    >>> rows = signatory_communes(tables, tables.ctg[tables.ctg["ctg"] == "B2"], "2024-06-30")
    >>> rows.values.tolist()
    [['B2', 'CC E1', '01001'], ['B2', 'CC E1', '01002']]
    """
    rows = _signatures(tables, conventions)
    groups = [_members(tables, kind, read_date(on)) for kind in ("epci", "syndicat")]
    communes = rows.loc[rows["kind"] == "commune", "territory"].dropna().unique()
    alone = pd.DataFrame({"kind": "commune", "territory": communes, "commune": communes}, dtype="str")
    members = pd.concat([alone, *groups], ignore_index=True)
    found = rows.merge(members, on=["kind", "territory"], validate="many_to_many")
    columns = ["ctg", "partner", "commune"]
    return found[columns].drop_duplicates().sort_values(columns, ignore_index=True)


def uncounted_signatories(tables: Tables, conventions: pd.DataFrame, on: Day) -> list[str]:
    """Name the authorities that signed some conventions and whose communes are not known.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> tables = example_tables()
    >>> uncounted_signatories(tables, tables.ctg, "2024-06-30")
    ['SIVOM du Test']
    """
    counted = signatory_communes(tables, conventions, on)[["ctg", "partner"]].drop_duplicates()
    rows = _signatures(tables, conventions)
    rows = rows.merge(counted, on=["ctg", "partner"], how="left", indicator=True, validate="many_to_one")
    return sorted(rows.loc[rows["_merge"] == "left_only", "partner"].unique())


def unsigned_conventions(tables: Tables, conventions: pd.DataFrame) -> list[str]:
    """Numbers of the conventions of which no signatory is known.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> unsigned_conventions(example_tables(), example_tables().ctg)
    ['D']
    """
    known = _signatures(tables, conventions)["ctg"]
    return sorted(conventions.loc[~conventions["ctg"].isin(known), "ctg"])


def _signatures(tables: Tables, conventions: pd.DataFrame) -> pd.DataFrame:
    """Signatures of authorities, each with the territory that it commits, as far as known."""
    rows = tables.ctg_partners
    ours = rows["ctg"].isin(conventions["ctg"]) & rows["kind"].isin(AUTHORITIES)
    rows = rows.loc[ours & (rows["role"] == "signatory"), ["ctg", "partner", "kind", "territory"]]
    is_syndicat = rows["kind"] == "syndicat"
    keys = rows["territory"].fillna(rows["partner"])[is_syndicat].map(name_key)
    return rows.assign(territory=rows["territory"].mask(is_syndicat, keys))


def _members(tables: Tables, level: str, day: pd.Timestamp) -> pd.DataFrame:
    """Communes of the territories of a level; a syndicat is known by its code and by its name."""
    rows = level_rows(tables.membership, level, day)[["territory", "commune"]].assign(kind=level)
    if level != "syndicat":
        return rows.drop_duplicates()
    known = tables.territories[tables.territories["level"] == level]
    names = rows["territory"].map(dict(zip(known["territory"], known["name"], strict=True)))
    both = [rows, rows.assign(territory=names).dropna(subset=["territory"])]
    every = pd.concat(both, ignore_index=True)
    return every.assign(territory=every["territory"].map(name_key).astype("str")).drop_duplicates()
