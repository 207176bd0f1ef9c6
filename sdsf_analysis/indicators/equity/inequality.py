"""How unequal the offer is between the territories of the département, and the curve that shows it."""

import pandas as pd

from sdsf_analysis.indicators.asked import Day, read_date
from sdsf_analysis.indicators.equity.measures import extremes_ratio, gini, lorenz, quantile, theil
from sdsf_analysis.indicators.equity.shared import SHARED, Shares, shares_of
from sdsf_analysis.indicators.measures import VALUE_COLUMNS
from sdsf_analysis.indicators.remarks import remark
from sdsf_analysis.model.tables import Tables

# the PQE compare 20 départements of 101 at each end
_EXTREME_SHARE = 0.2
_ALONE = "Un seul territoire a des enfants : il n'y a pas d'inégalité à mesurer."
_SMALL_UNITS = (
    "La commune est une maille trop fine pour juger d'un accès : une famille n'en est pas bornée ; "
    'comparer aussi les EPCI (unit="epci").'
)
_NOTHING_SHARED = "Aucune place dans ces territoires : il n'y a rien à répartir."
LORENZ_COLUMNS = ("territory", "rate", "offer", "children", "population_share", "offer_share")


def inequality(
    tables: Tables, on: Day, *, of: str = "eaje_places", unit: str = "commune", extremes: int | None = None
) -> pd.DataFrame:
    """Measure how unequally places are shared among children, from one territory to the next.

    Formula: Gini, Theil (between and within EPCI) and deciles of the places for 100 children, each territory
    weighted by its children; ratio of extremes: mean of the best served over that of the worst served
    territories, each for one, as the social security's official indicators have it. Reference: methods of
    the PQE; Theil 1967.

    Parameters
    ----------
    tables : Tables
    on : str or datetime.date
    of : {"eaje_places", "childminder_places", "accessible_places"}
        What is shared: places where they stand, or the places that children can reach (see
        `accessible_places`), which a border between communes does not cut.
    unit : {"commune", "epci"}
        Territories that are compared.
    extremes : int, optional
        Territories at each end of the official ratio; a fifth of them without it, as in the PQE.

    Returns
    -------
    pandas.DataFrame
        One row per measure: date, measure, numerator (places), denominator (children), value, status, low,
        high; measures ``gini``, ``theil``, ``theil_between``, ``theil_within``, ``d1``, ``d9``, ``d9_d1``,
        ``extremes_ratio``. ``not_applicable`` where the measure has no meaning (a single territory, nothing
        shared, a first decile of zero). ``attrs["remark"]`` says what is left out.

    Raises
    ------
    QuestionError
        If ``on`` is not a day, or ``of`` or ``unit`` is unknown; the message lists them.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> found = inequality(example_tables(), "2024-06-30").set_index("measure")["value"]
    >>> found[["gini", "d1", "d9"]].round(3).tolist()
    [0.429, 0.0, 80.0]
    """
    day = read_date(on)
    shares = shares_of(tables, day, of, unit)
    values = _values(shares.frame, extremes) if len(shares.frame) > 1 else dict.fromkeys(_NAMES)
    frame = _frame(day, values, shares.frame)
    return remark(frame, [*shares.said, *_said(shares, unit, of)])


def lorenz_points(tables: Tables, on: Day, *, of: str = "eaje_places", unit: str = "commune") -> pd.DataFrame:
    """Give the points of the Lorenz curve: territories from the worst to the best served.

    Parameters
    ----------
    tables : Tables
    on : str or datetime.date
    of : {"eaje_places", "childminder_places", "accessible_places"}
    unit : {"commune", "epci"}

    Returns
    -------
    pandas.DataFrame
        One row per territory after a first one at zero: territory, rate (for 100 children), offer, children,
        population_share and offer_share (cumulated, from 0 to 1). No row where nothing is shared.

    Raises
    ------
    QuestionError
        As `inequality`.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> lorenz_points(example_tables(), "2024-06-30")[["territory", "offer_share"]].round(2).values.tolist()
    [[nan, 0.0], ['01002', 0.0], ['01004', 0.33], ['01001', 1.0]]
    """
    day = read_date(on)
    shares = shares_of(tables, day, of, unit)
    ordered = shares.frame.sort_values("rate", kind="stable", ignore_index=True)
    population, offer = lorenz(ordered["rate"], ordered["children"])
    points = pd.concat([ordered.head(1).reindex([-1]), ordered], ignore_index=True)[: len(population)]
    points = points.assign(population_share=population, offer_share=offer)
    return remark(points[list(LORENZ_COLUMNS)], [*shares.said, *_said(shares, unit, of)])


_NAMES = ("gini", "theil", "theil_between", "theil_within", "d1", "d9", "d9_d1", "extremes_ratio")


def _values(known: pd.DataFrame, extremes: int | None) -> dict[str, float]:
    rates, children = known["rate"].to_numpy(), known["children"].to_numpy()
    split = theil(rates, children, known["group"].to_numpy())
    d1, d9 = (quantile(rates, children, share) for share in (0.1, 0.9))
    count = max(1, round(_EXTREME_SHARE * len(known))) if extremes is None else extremes
    ratio = d9 / d1 if d1 else float("nan")
    values = (gini(rates, children), *split, d1, d9, ratio, extremes_ratio(rates, count))
    return dict(zip(_NAMES, values, strict=True))


def _frame(
    day: pd.Timestamp, values: dict[str, float] | dict[str, None], known: pd.DataFrame
) -> pd.DataFrame:
    frame = pd.DataFrame({"date": day, "measure": list(values), "value": list(values.values())})
    frame = frame.astype({"value": "float64"})
    reason = "not_applicable" if len(known) else "missing"
    return frame.assign(
        numerator=known["offer"].sum() if len(known) else float("nan"),
        denominator=known["children"].sum() if len(known) else float("nan"),
        status=frame["value"].notna().map({True: "known", False: reason}),
        low=float("nan"),
        high=float("nan"),
    )[["date", "measure", *VALUE_COLUMNS]]


def _said(shares: Shares, unit: str, of: str) -> list[str]:
    known = shares.frame
    if known.empty:
        return []
    return [
        _ALONE if len(known) == 1 else "",
        _NOTHING_SHARED if not known["offer"].sum() else "",
        _SMALL_UNITS if unit == "commune" and not SHARED[of].is_reached else "",
    ]


__all__ = ["LORENZ_COLUMNS", "SHARED", "inequality", "lorenz_points"]
