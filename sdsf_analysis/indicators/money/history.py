"""What the Caf pays to the services of each territory, year after year and fund by fund."""

from collections.abc import Sequence

import pandas as pd

from sdsf_analysis.indicators.asked import Day, read_date
from sdsf_analysis.indicators.money.natures import amounts_of, best_natures
from sdsf_analysis.indicators.money.paid import funds_asked, placed, said_of, year_asked
from sdsf_analysis.indicators.remarks import remark
from sdsf_analysis.indicators.sums import sums_placed
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
    told = set(rows["fund"].unique())
    frames, said = [], []
    for year, chosen in best_natures(rows, nature).items():
        if year <= day.year:
            found = amounts_of(rows, year, chosen)
            where = placed(tables, found.rows, zones, pd.Timestamp(year, 12, 31))
            frames.append(_of_year(where.rows, zones, told).assign(year=year, nature=chosen))
            words = [*said_of(tables, found, funds, year), where.nowhere]
            said += [words[0], *(f"{year} : {one}" for one in words[2:] if one), words[1]]
    if not frames:
        empty = pd.DataFrame({name: pd.Series(dtype="object") for name in COLUMNS})
        return remark(empty, said_of(tables, year_asked(rows, day.year, nature), funds, day.year))
    frame = pd.concat(frames)
    frame = frame.sort_values(["territory", "year", "rank"], ignore_index=True)[list(COLUMNS)]
    return remark(frame, said)


def _of_year(rows: pd.DataFrame, zones: pd.DataFrame, told: set[str]) -> pd.DataFrame:
    """Sum of each fund that some year tells of, and of all of them."""
    labels = choices("fund")
    parts = {TOTAL: rows} | {fund: rows[rows["fund"] == fund] for fund in labels if fund in told}
    sums = pd.concat({fund: sums_placed(part, zones) for fund, part in parts.items()}, names=["fund"])
    receiving = pd.concat(
        {fund: part.groupby("territory")["service"].nunique() for fund, part in parts.items()},
        names=["fund"],
    )
    exact = sums["low"] == sums["high"]
    frame = sums.rename(columns={"value": "amount_eur", "status": "amount_status"}).assign(
        structures=receiving.reindex(sums.index).fillna(0).astype("int64"),
        amount_low=sums["low"].mask(exact),
        amount_high=sums["high"].mask(exact),
    )
    frame = frame.reset_index()
    ranks = {fund: rank for rank, fund in enumerate(parts)}
    return frame.assign(label=frame["fund"].map(labels).fillna("ensemble"), rank=frame["fund"].map(ranks))
