"""The communes without a CTG, and their neighbours that have one."""

import pandas as pd

from sdsf_analysis.indicators.asked import Day, read_date
from sdsf_analysis.indicators.codes import is_in
from sdsf_analysis.indicators.conventions import (
    covered_communes,
    ctg_at,
    members_of,
    running_conventions,
)
from sdsf_analysis.indicators.populations import population_of
from sdsf_analysis.indicators.remarks import beyond_the_data, not_received, period_unknown, remark
from sdsf_analysis.indicators.territories import departement_communes, level_rows
from sdsf_analysis.model.tables import Tables
from sdsf_analysis.territories.neighbours import commune_neighbours
from sdsf_analysis.territories.outlines import commune_outlines

COLUMNS = (
    "commune",
    "name",
    "epci",
    "inhabitants",
    "population_year",
    "state",
    "neighbours",
    "covered_neighbours",
    "covered_neighbour_codes",
    "neighbour_ctg",
)


def ctg_gaps(
    tables: Tables,
    on: Day,
    neighbours: pd.DataFrame | None = None,
    *,
    basis: str = "effective",
    population_year: int | None = None,
) -> pd.DataFrame:
    """List the communes without a CTG at a date, and their neighbours that have one.

    Parameters
    ----------
    tables : Tables
    on : str or datetime.date
    neighbours : pandas.DataFrame, optional
        commune, neighbour; those of the outlines of the communes of ``tables`` without it.
    basis : {"effective", "signed"}
        As for `ctg_coverage`.
    population_year : int, optional
        Year of the legal population; that of ``territories`` without it.

    Returns
    -------
    pandas.DataFrame
        One row per commune, the most populous first: commune, name, epci, inhabitants, population_year,
        state
        (``renewal``, ``preparation`` as `ctg_states` says, ``in_force`` for a convention in effect that is
        not signed, else ``none``), neighbours and covered_neighbours (counts; missing for a commune without
        outline), covered_neighbour_codes and neighbour_ctg (joined by « ; »). Without any row in ``ctg``,
        nobody knows: no row, and a remark.

    Raises
    ------
    QuestionError
        If ``on`` is not a day, or a basis or year is unknown.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> pairs = pd.DataFrame({"commune": ["01005", "01005"], "neighbour": ["01004", "01001"]})
    >>> found = ctg_gaps(example_tables(), "2024-06-30", pairs)
    >>> found[["commune", "state", "covered_neighbours", "neighbour_ctg"]].values.tolist()
    [['01005', 'preparation', 2, 'A ; C']]
    """
    day = read_date(on)
    population, years = population_of(tables.territories, tables.families, population_year)
    communes = departement_communes(tables.territories)[["commune", "name", "departement"]]
    communes = communes.assign(
        inhabitants=population["value"], population_year=years[0] if len(years) == 1 else None
    )
    open_ones = communes[~is_in(communes["commune"], covered_communes(tables, day, basis=basis))]
    if tables.ctg.empty:
        open_ones = open_ones[:0]
    frame = _described(tables, day, open_ones)
    pairs = _known_neighbours(open_ones) if neighbours is None else neighbours
    frame = _with_neighbours(
        frame, pairs, members_of(tables, running_conventions(tables.ctg, day, basis), day)
    )
    frame = frame.sort_values(["inhabitants", "commune"], ascending=[False, True], ignore_index=True)
    frame = frame.astype({"population_year": "Int64"})[list(COLUMNS)]
    doubts = [beyond_the_data(tables, day), period_unknown(tables, day)]
    return remark(frame, [*not_received(tables, "ctg"), *doubts])


def _described(tables: Tables, day: pd.Timestamp, communes: pd.DataFrame) -> pd.DataFrame:
    """EPCI of each commune, and the best state of its conventions."""
    epci = level_rows(tables.membership, "epci", day).drop_duplicates("commune")
    epci = epci[["commune", "territory"]].rename(columns={"territory": "epci"})
    states = ctg_at(tables, day)[["commune", "state"]]
    order = states["state"].map({"in_force": 0, "renewal": 1, "preparation": 2})
    best = states.assign(order=order).sort_values("order", kind="stable").drop_duplicates("commune")
    frame = communes.merge(epci, on="commune", how="left", validate="one_to_one")
    frame = frame.merge(best[["commune", "state"]], on="commune", how="left", validate="one_to_one")
    return frame.fillna({"state": "none"})


def _known_neighbours(communes: pd.DataFrame) -> pd.DataFrame:
    """Neighbours in each département; a commune whose outline is known and has none keeps an empty one."""
    codes = communes["departement"].dropna().unique()
    frames = [pd.DataFrame({"commune": [], "neighbour": []}, dtype="str")]
    for code in codes:
        drawn = commune_outlines(str(code))[["code"]].rename(columns={"code": "commune"})
        frames.append(drawn.merge(commune_neighbours(str(code)), how="left", validate="one_to_many"))
    return pd.concat(frames, ignore_index=True)


def _with_neighbours(frame: pd.DataFrame, pairs: pd.DataFrame, covered: pd.DataFrame) -> pd.DataFrame:
    """Count and name the covered neighbours of each commune."""
    pairs = pairs[is_in(pairs["commune"], frame["commune"])]
    counts = pairs.groupby("commune")["neighbour"].nunique()
    near = pairs.dropna(subset=["neighbour"]).merge(
        covered.rename(columns={"commune": "neighbour"}), on="neighbour", validate="many_to_many"
    )
    groups = near.groupby("commune")
    known = frame["commune"].isin(counts.index)
    named = {
        "covered_neighbours": groups["neighbour"].nunique().reindex(counts.index, fill_value=0),
        "covered_neighbour_codes": groups["neighbour"].agg(_joined).reindex(counts.index, fill_value=""),
        "neighbour_ctg": groups["ctg"].agg(_joined).reindex(counts.index, fill_value=""),
    }
    found = {name: frame["commune"].map(values.to_dict()) for name, values in named.items()}
    frame = frame.assign(neighbours=frame["commune"].map(counts.to_dict()).where(known), **found)
    return frame.astype({"neighbours": "Int64", "covered_neighbours": "Int64"})


def _joined(codes: pd.Series) -> str:
    return " ; ".join(sorted(codes.unique()))
