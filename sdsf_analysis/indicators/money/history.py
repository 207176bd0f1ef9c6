"""What the Caf pays to the services of each territory, year after year and fund by fund."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from sdsf_analysis.indicators.asked import Day, read_date
from sdsf_analysis.indicators.measures import sum_parts
from sdsf_analysis.indicators.money.natures import amounts_of, best_natures
from sdsf_analysis.indicators.money.paid import funds_asked, placed, said_of, year_asked
from sdsf_analysis.indicators.remarks import remark
from sdsf_analysis.indicators.territories import commune_codes, members
from sdsf_analysis.model.lists import choices
from sdsf_analysis.model.tables import Tables

COLUMNS = (
    *("territory", "year", "nature", "fund", "label", "structures"),
    *("amount_eur", "amount_status", "amount_low", "amount_high"),
)
TOTAL = "total"


def funds_history(  # noqa: PLR0913 - what is paid, to whom and how it is counted, each by its name
    tables: Tables,
    on: Day,
    by: str = "epci",
    *,
    kinds: Sequence[str] = (),
    funds: Sequence[str] = (),
    nature: str | None = None,
) -> pd.DataFrame:
    """List what the Caf pays to the services of each territory, by year and fund.

    Formula: Σ amounts, in one nature for each year: the one that is asked, else the most definite that the
    year has. Perimeters are those of the date, for every year.

    Parameters
    ----------
    tables : Tables
    on : str or datetime.date
        Years not after it.
    by : str
        Level of the territories, one of those of ``membership``, or ``commune``.
    kinds, funds, nature
        As for `funds_by`.

    Returns
    -------
    pandas.DataFrame
        One row per territory, year and fund that some file tells of, sorted: territory, year, nature, fund
        (or ``total``), label, structures (that receive some), amount_eur, amount_status, amount_low,
        amount_high (missing where the amount is exact). A territory that has no paid service has a true zero.

    Raises
    ------
    QuestionError
        If a day, a level, a kind, a fund or a nature is unknown.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> found = funds_history(example_tables(), "2024-12-31", by="epci", kinds=["eaje"])
    >>> found.loc[found["fund"] == "total", ["territory", "year", "nature", "amount_eur"]].values.tolist()
    [['E1', 2023, 'actual', 69000.0], ['E1', 2024, 'updated', 71000.0], ['E2', 2023, 'actual', 31300.0],
     ['E2', 2024, 'updated', 31500.0]]
    """
    day = read_date(on)
    rows = funds_asked(tables, kinds, funds, nature)
    zones = members(tables.membership, commune_codes(tables.territories), by, day)
    natures = {year: one for year, one in best_natures(rows, nature).items() if year <= day.year}
    frames, said = [], []
    for year, chosen in natures.items():
        found = amounts_of(rows, year, chosen)
        where = placed(tables, found.rows, zones, pd.Timestamp(year, 12, 31))
        frames.append(where.rows.assign(year=year))
        words = [*said_of(tables, found, funds, year), where.nowhere]
        said += [words[0], *(f"{year} : {one}" for one in words[2:] if one), words[1]]
    if not frames:
        empty = pd.DataFrame({name: pd.Series(dtype="object") for name in COLUMNS})
        return remark(empty, said_of(tables, year_asked(rows, day.year, nature), funds, day.year))
    told = [fund for fund in choices("fund") if fund in set(rows["fund"].unique())]
    frame = _cells(zones, list(natures), [TOTAL, *told])
    frame = frame.assign(nature=frame["year"].map(natures), **_sums(frame, pd.concat(frames)))
    return remark(frame[list(COLUMNS)], said)


def _cells(zones: pd.DataFrame, years: list[int], funds: list[str]) -> pd.DataFrame:
    """Every territory, year and fund of the answer, in this order."""
    territories = np.sort(zones["territory"].unique())
    keys = pd.MultiIndex.from_product([territories, years, funds], names=["territory", "year", "fund"])
    frame = keys.to_frame(index=False)
    return frame.assign(label=frame["fund"].map(choices("fund")).fillna("ensemble"))


def _sums(cells: pd.DataFrame, rows: pd.DataFrame) -> dict[str, Any]:
    """Amount of each cell with its bounds, and how many structures receive it."""
    both = pd.concat([rows, rows.assign(fund=TOTAL)], ignore_index=True)
    keys = ["territory", "year", "fund"]
    codes = pd.MultiIndex.from_frame(cells[keys]).get_indexer(pd.MultiIndex.from_frame(both[keys]))
    sums = sum_parts(both).summed(codes, len(cells))
    receiving = pd.DataFrame({"code": codes, "service": both["service"]}).drop_duplicates()
    exact = sums.low == sums.high
    return {
        "structures": np.bincount(receiving["code"], minlength=len(cells)),
        "amount_eur": sums.value,
        "amount_status": sums.status().array,
        "amount_low": np.where(exact, np.nan, sums.low),
        "amount_high": np.where(exact, np.nan, sums.high),
    }
