"""The ledger: every value of the tables that files gave, and the cells it is made of."""

from collections.abc import Iterable

import pandas as pd

from sdsf_analysis.build.intake import Intake
from sdsf_analysis.model.tables import table
from sdsf_analysis.recipes.apply import LEDGER

# row and column of a value, row and column of the other value that it was taken from
LOAN = ("_row", "column", "_lender", "_lent")


def loans(rows: pd.Series, lenders: pd.Series, column: str, lent: str) -> pd.DataFrame:
    """Say of which other values those of a column are made.

    Parameters
    ----------
    rows, lenders : pandas.Series
        Names of the rows, and of those that each of them takes its value from.
    column, lent : str
        Column filled, column that fills it.

    Examples
    --------
    >>> loans(pd.Series(["m1", "m2"]), pd.Series(["c1", None]), "starts_on", "starts_on").values.tolist()
    [['m1', 'starts_on', 'c1', 'starts_on']]
    """
    pairs = {"_row": rows.to_numpy(), "column": column, "_lender": lenders.to_numpy(), "_lent": lent}
    return pd.DataFrame(pairs, columns=list(LOAN)).dropna().astype("str")


def ledger(
    intakes: Iterable[Intake], keys: pd.DataFrame, joined: dict[str, str], lent: pd.DataFrame
) -> pd.DataFrame:
    """Cells of the rows that were kept, in the order of the files.

    Parameters
    ----------
    intakes : iterable of Intake
        Files read.
    keys : pandas.DataFrame
        Rows kept: their name (``_row``), table and key.
    joined : dict
        Rows that another one stands for → that other.
    lent : pandas.DataFrame
        As given by `loans`.

    Returns
    -------
    pandas.DataFrame
        The table ``ledger``.
    """
    rows = [row for intake in intakes for row in intake.ledger]
    cells = pd.DataFrame(rows, columns=list(LEDGER)).astype("str")
    borrowed = _borrowed(cells, lent)
    cells = pd.concat([_own(cells, borrowed), borrowed], ignore_index=True)
    # a row that joins an earlier one says when it was seen again, not when that one began
    cells = cells[~(cells["_row"].isin(joined) & (cells["column"] == "valid_from"))]
    moved = cells["_row"][cells["_row"].isin(joined)].map(joined)
    cells = cells.assign(_row=cells["_row"].mask(cells["_row"].isin(joined), moved))
    # one name may stand for rows of the same key in two tables of a sheet: both were refused
    kept = cells.merge(keys.drop_duplicates("_row"), on="_row", how="inner", validate="many_to_one")
    return table("ledger").conform(kept.drop(columns="_row").drop_duplicates())


def _own(cells: pd.DataFrame, borrowed: pd.DataFrame) -> pd.DataFrame:
    """Cells without the blank ones that another value stands in for."""
    filled = set(zip(borrowed["_row"], borrowed["column"], strict=True))
    blank = cells[cells["found"] == ""]
    lost = [pair in filled for pair in zip(blank["_row"], blank["column"], strict=True)]
    return cells.drop(index=blank.index[lost])


def _borrowed(cells: pd.DataFrame, lent: pd.DataFrame) -> pd.DataFrame:
    """Cells of the values lent, under the rows that took them."""
    own = cells.rename(columns={"_row": "_lender", "column": "_lent"})
    own = own[own["_lender"].isin(lent["_lender"])]
    found = lent.merge(own, on=["_lender", "_lent"], how="inner", validate="many_to_many")
    return found[list(LEDGER)]
