"""What the CTG cover of each territory at a date: communes, inhabitants, children, families.

Reference: Caf, convention territoriale globale (circulaire Cnaf 2020-01 du 16 janvier 2020). What counts as
covered is said in ``conventions``.
"""

import pandas as pd

from sdsf_analysis.indicators.asked import Day, read_date
from sdsf_analysis.indicators.codes import is_in, places_in
from sdsf_analysis.indicators.conventions import covered_communes, running_conventions
from sdsf_analysis.indicators.counts import counts_by_commune
from sdsf_analysis.indicators.measures import VALUE_COLUMNS, shares_by_code, sum_parts
from sdsf_analysis.indicators.question import Question
from sdsf_analysis.indicators.remarks import (
    beyond_the_data,
    not_received,
    period_unknown,
    remark,
    signatories_said,
    signature_unknown,
    without_perimeter,
)
from sdsf_analysis.indicators.territories import departement_communes, members
from sdsf_analysis.model.tables import Tables

_UNKNOWN = float("nan")
_PART_OF_REGION = "De la région, seules les communes du département sont comptées."


def ctg_coverage(  # noqa: PLR0913 - what a reading is made of, each by its name
    tables: Tables,
    on: Day,
    by: str = "epci",
    *,
    population_year: int | None = None,
    of: str = "perimeter",
    basis: str = "effective",
) -> pd.DataFrame:
    """Share of the communes, inhabitants, children and families of each territory that a CTG covers.

    Formula: 100 · Σ covered / Σ all, over the communes of the territory that are in the département; a
    commune of two conventions counts once. Children and families: latest year known at the date (else the
    latest of all), all regimes together if there is one such count, else the Caf's. Reference: Caf,
    convention territoriale globale (circulaire Cnaf 2020-01).

    Parameters
    ----------
    tables : Tables
    on : str or datetime.date
    by : str
        Level of the territories, one of those of ``membership``, or ``commune``.
    population_year : int, optional
        Year of the legal population; that of ``territories`` without it.
    of : {"perimeter", "signatories"}
        Communes of the perimeters, or those of the authorities that signed: the commune itself, all those of
        an EPCI, those of a syndicat where ``membership`` gives them.
    basis : {"effective", "signed"}
        Conventions that have begun and not ended (both days included), or those that are also signed.

    Returns
    -------
    pandas.DataFrame
        One row per territory and measure (``communes``, ``population``, then ``children_0_2``,
        ``children_0_17``, ``families`` and ``households`` when known), sorted: territory, measure, numerator,
        denominator, value (%), status, low, high. ``attrs`` holds the years, the regimes, the reading, and
        in ``remark`` what must be said beside. ``missing`` without any row in ``ctg``, or without what the
        conventions in force would cover (no perimeter, no signatory at all).

    Raises
    ------
    QuestionError
        If ``on`` is not a day, or a level, year or reading is unknown; the message lists the known ones.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> shares = ctg_coverage(example_tables(), "2024-06-30").round(1)
    >>> shares.loc[shares["measure"] == "population", ["territory", "value"]].values.tolist()
    [['E1', 100.0], ['E2', 88.9]]
    """
    day = read_date(on)
    communes = departement_communes(tables.territories)["commune"]
    rows = members(tables.membership, communes, by, day)
    covered = covered_communes(tables, day, basis=basis, of=of)
    counts, years = counts_by_commune(tables.territories, tables.families, day, population_year)
    frame = shares(rows, covered, counts)
    if not is_known(tables, day, basis=basis, of=of):
        frame = unknown_shares(frame)
    asked = Question.of(
        tables, "ctg_coverage", on=day, by=by, population_year=population_year, of=of, basis=basis
    )
    frame.attrs = {**years, "of": of, "basis": basis, "question": asked}
    part = [_PART_OF_REGION] if by == "region" else []
    return remark(frame, [*said(tables, day, basis=basis, of=of), *part])


def shares(rows: pd.DataFrame, covered: pd.Series, counts: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Share of each count that is covered, by territory.

    Parameters
    ----------
    rows : pandas.DataFrame
        territory, commune.
    covered : pandas.Series
        Communes covered.
    counts : dict of str to pandas.DataFrame
        By measure: commune, value, status, low, high, all on the same communes in the same order.

    Returns
    -------
    pandas.DataFrame
        One row per territory and measure, in the order of the counts.

    Examples
    --------
    >>> rows = pd.DataFrame({"territory": "E1", "commune": ["01001", "01002"]})
    >>> count = pd.DataFrame({"commune": ["01001", "01002"], "value": [3.0, 1.0], "status": "known"})
    >>> counts = {"population": count.assign(low=float("nan"), high=float("nan"))}
    >>> shares(rows, pd.Series(["01001"]), counts)["value"].tolist()
    [75.0]
    """
    communes = next(iter(counts.values()))["commune"]
    places = places_in(rows["commune"], communes)
    codes, territories = pd.factorize(rows["territory"], sort=True)
    inside = is_in(rows["commune"], covered)
    frames = [
        shares_by_code(sum_parts(count).at(places), inside, codes, len(territories)).assign(
            rank=range(len(territories)), territory=territories, measure=measure
        )
        for measure, count in counts.items()
    ]
    frame = pd.concat(frames).sort_values("rank", kind="stable", ignore_index=True)
    return frame[["territory", "measure", *VALUE_COLUMNS]]


def is_known(tables: Tables, day: pd.Timestamp, *, basis: str, of: str) -> bool:
    """Whether the tables can say what is covered: before the first CTG, nothing is, and that is known.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> is_known(example_tables(), pd.Timestamp("1990-01-01"), basis="effective", of="perimeter")
    True
    """
    if tables.ctg.empty or running_conventions(tables.ctg, day, basis).empty:
        return not tables.ctg.empty
    if of == "signatories":
        return not tables.ctg_partners.empty
    return bool((tables.membership["level"] == "ctg").any())


def unknown_shares(shares: pd.DataFrame) -> pd.DataFrame:
    """Shares of which nobody knows what is covered: missing, never zero; the denominators stay."""
    unknown = dict.fromkeys(("numerator", "value", "low", "high"), _UNKNOWN)
    return shares.assign(**unknown, status="missing")


def said(tables: Tables, day: pd.Timestamp, *, basis: str, of: str) -> list[str]:
    """Sentences that must stand beside a coverage.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> said(example_tables(), pd.Timestamp("2024-06-30"), basis="effective", of="perimeter")
    []
    """
    running = running_conventions(tables.ctg, day, basis)
    sentences = [*not_received(tables, "ctg"), beyond_the_data(tables, day), period_unknown(tables, day)]
    if basis == "signed":
        sentences.append(signature_unknown(tables, day))
    if of == "signatories":
        sentences += signatories_said(tables, running, day)
    else:
        sentences.append(without_perimeter(tables, running))
    return [sentence for sentence in sentences if sentence]
