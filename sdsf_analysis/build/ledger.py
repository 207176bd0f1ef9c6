"""The ledger: every value of the tables that files gave, and the cells it is made of."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import pandas as pd

from sdsf_analysis.build.intake import Intake
from sdsf_analysis.model.tables import table
from sdsf_analysis.recipes.rows import LEDGER

# row and column of a value, row and column of the other value that it was taken from
LOAN = ("_row", "column", "_lender", "_lent")


@dataclass(frozen=True)
class Told:
    """What became of the rows of services that were put together.

    Attributes
    ----------
    joined : dict
        Rows that another one stands for → that other.
    moved : frozenset of str
        Rows whose first day is the one that their sheet speaks of, not the one that they give.
    named : dict
        Rows that stand under another identifier than the one that they write → what says so.
    begun : frozenset of str
        Rows whose first day is lent: another row's opening, or their own last day.
    """

    joined: dict[str, str] = field(default_factory=dict)
    moved: frozenset[str] = frozenset()
    named: dict[str, str] = field(default_factory=dict)
    begun: frozenset[str] = frozenset()


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
    intakes: Iterable[Intake],
    keys: pd.DataFrame,
    told: Told,
    lent: pd.DataFrame,
) -> pd.DataFrame:
    """Cells of the rows that were kept, in the order of the files.

    Parameters
    ----------
    intakes : iterable of Intake
        Files read.
    keys : pandas.DataFrame
        Rows kept: their name (``_row``), table and key.
    told : Told
        What became of the rows of services.
    lent : pandas.DataFrame
        As given by `loans`.

    Returns
    -------
    pandas.DataFrame
        The table ``ledger``.
    """
    rows = [row for intake in intakes for row in _cited(intake, told)]
    cells = pd.DataFrame(rows, columns=list(LEDGER)).astype("str")
    borrowed = _borrowed(cells, lent)
    cells = pd.concat([_own(cells, borrowed), borrowed], ignore_index=True)
    # a row that joins an earlier one says when it was seen again, not when that one began
    cells = cells[~(cells["_row"].isin(told.joined) & (cells["column"] == "valid_from"))]
    moved = cells["_row"][cells["_row"].isin(told.joined)].map(told.joined)
    cells = cells.assign(_row=cells["_row"].mask(cells["_row"].isin(told.joined), moved))
    # one name may stand for rows of the same key in two tables of a sheet: both were refused
    kept = cells.merge(keys.drop_duplicates("_row"), on="_row", how="inner", validate="many_to_one")
    return table("ledger").conform(kept.drop(columns="_row").drop_duplicates())


def _cited(intake: Intake, told: Told) -> Iterator[tuple[str, ...]]:
    """Lines of a file: first days cited where the sheet is dated, identifiers that something else decided."""
    for line in intake.ledger:
        row, column, source, sheet, cell, found, _ = line
        if column == "valid_from" and row in told.moved:
            said = intake.seen[sheet].said
            yield row, column, source, sheet if said.sheet is None else said.sheet, *said[:3]
        elif column == "valid_from" and row in told.begun:
            continue
        elif column == "service" and row in told.named:
            yield row, column, source, sheet, cell, found, told.named[row]
        else:
            yield line


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
