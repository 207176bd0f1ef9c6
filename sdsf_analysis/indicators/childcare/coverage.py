"""The coverage of the children under three: the rate that the Cnaf publishes, then the local estimate."""

import numpy as np
import pandas as pd

from sdsf_analysis.indicators.childcare.childminders import CHILDREN_PER_CHILDMINDER
from sdsf_analysis.indicators.childcare.local import (
    Estimate,
    children_said,
    lacking_said,
    local_estimate,
    perimeters_of,
)
from sdsf_analysis.indicators.childcare.published import INDICATORS, publication_said, published_by
from sdsf_analysis.indicators.childcare.years import coverage_year
from sdsf_analysis.indicators.measures import VALUE_COLUMNS
from sdsf_analysis.indicators.question import Question
from sdsf_analysis.indicators.remarks import remark
from sdsf_analysis.model.tables import Tables

_LOCAL = ("known", "total", "eaje", "eaje_psu", "eaje_other", "childminders", "home_care", "preschool")
MEASURES = (*INDICATORS, *(f"local_{name}" for name in _LOCAL), "gap")


def childcare_coverage(
    tables: Tables,
    by: str = "epci",
    year: int | None = None,
    *,
    rounding: str = "unknown",
    children_per_childminder: float = CHILDREN_PER_CHILDMINDER,
) -> pd.DataFrame:
    """Places of formal childcare for 100 children under three: published by the Cnaf, then estimated here.

    Formula: 100 · (EAJE, PSU and others + assistants maternels who work + care at home + schooling at two) /
    children under three, in December; places and children are summed, then divided. The published rate is
    given as it is, never as the sum of its rounded components; above 100 is legitimate. Reference: Cnaf,
    Dossier d'étude n° 203 (2019).

    Parameters
    ----------
    tables : Tables
    by : str
        Level of the territories, one of those of ``membership``, or ``commune``.
    year : int, optional
        The situation is that of its 31 December; the latest published year without it.
    rounding : {"unknown", "nearest", "floor"}
        What stands behind the Caf's counts of children, multiples of five: see `rounded`.
    children_per_childminder : float
        Children under three per assistant maternel at work, where they are not counted.

    Returns
    -------
    pandas.DataFrame
        One row per territory and measure, sorted: territory, measure, numerator (places), denominator
        (children), value (places for 100 children), status, low, high. First the published rates
        (``coverage_total``, ``coverage_eaje``…), then the estimate: ``local_known``, the sum of the
        components that are known, ``local_total``, missing with its lower bound as long as one is not, each
        component, and ``gap`` (points: published less ``local_known``). ``attrs["remark"]`` says what lacks.

    Raises
    ------
    QuestionError
        If the level, year or rounding is unknown; the message lists the known ones.

    Examples
    --------
    >>> from sdsf_analysis.indicators.childcare.example import childcare_example
    >>> found = childcare_coverage(childcare_example(), "commune", children_per_childminder=2.5)
    >>> of_01004 = found[found["territory"] == "01004"].set_index("measure").round(1)
    >>> of_01004.loc[["coverage_total", "local_known", "gap"], "value"].tolist()
    [55.2, 41.7, 13.5]
    >>> of_01004.loc[["local_known", "local_total"], ["status", "low"]].values.tolist()
    [['known', nan], ['missing', 41.7]]
    """
    chosen = coverage_year(tables, year)
    day = pd.Timestamp(chosen, 12, 31)
    perimeters = perimeters_of(tables, by, day)
    estimate = local_estimate(tables, perimeters, day, rounding, children_per_childminder)
    territories, n = estimate.territories, len(estimate.territories)
    published, shares = published_by(tables, by, chosen, territories), estimate.shares(*_LOCAL)
    # the overall rate and the sum of what is known come first
    gap = difference(published[:n], shares[:n])
    frame = one_below_the_other(MEASURES, territories, pd.concat([published, shares, gap]))
    frame.attrs = {
        "year": chosen,
        "children": {"year": estimate.basis.year, "regime": estimate.basis.regime},
        "rounding": rounding,
        "children_per_childminder": children_per_childminder,
        "lacking": list(estimate.lacking),
        "question": Question.of(
            tables,
            "childcare_coverage",
            on=day,
            by=by,
            year=chosen,
            rounding=rounding,
            children_per_childminder=children_per_childminder,
        ),
    }
    published_said = publication_said(tables, by, chosen, territories)
    return remark(frame, [published_said, *estimate_said(estimate, chosen, perimeters)])


def estimate_said(estimate: Estimate, year: int, perimeters: pd.DataFrame) -> list[str]:
    """Sentences that must stand beside a local estimate.

    Examples
    --------
    >>> from sdsf_analysis.indicators.childcare.example import childcare_example
    >>> tables, day = childcare_example(), pd.Timestamp("2024-12-31")
    >>> zones = perimeters_of(tables, "epci", day)
    >>> estimate_said(local_estimate(tables, zones, day, "unknown", 2.0), 2024, zones)[1]
    'Enfants de moins de 3 ans : Insee, 2023.'
    """
    return [
        lacking_said(estimate.lacking),
        *children_said(estimate.basis, year, perimeters),
        *estimate.said,
    ]


def one_below_the_other(
    measures: tuple[str, ...], territories: pd.Index, values: pd.DataFrame
) -> pd.DataFrame:
    """Measures of the same territories, sorted by territory, then as the measures are given.

    Parameters
    ----------
    measures : tuple of str
    territories : pandas.Index
    values : pandas.DataFrame
        The territories of each measure, one measure after the other.

    Examples
    --------
    >>> values = pd.DataFrame(dict.fromkeys(VALUE_COLUMNS, [1.0, 2.0, 3.0, 4.0]))
    >>> one_below_the_other(("a", "b"), pd.Index(["E1", "E2"]), values)["value"].tolist()
    [1.0, 3.0, 2.0, 4.0]
    """
    n = len(territories)
    order = np.arange(len(measures) * n).reshape(len(measures), n).T.ravel()
    frame = values[VALUE_COLUMNS].take(order).reset_index(drop=True)
    frame.insert(0, "territory", pd.Series(territories.take(order % max(n, 1)), dtype="str"))
    frame.insert(1, "measure", pd.Series(np.array(measures)[order // max(n, 1)], dtype="str"))
    return frame


def difference(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """One rate less another, in points; bounds where either has some.

    Examples
    --------
    >>> rates = pd.DataFrame({"value": [60.6], "status": "known", "low": np.nan, "high": np.nan})
    >>> difference(rates, rates.assign(value=60.5))["value"].round(1).tolist()
    [0.1]
    """
    bounds = [
        [rates[side].astype("float64").fillna(rates["value"]) for side in ("low", "high")]
        for rates in (first, second)
    ]
    (low, high), (other_low, other_high) = bounds
    status = second["status"].where(first["status"] == "known", first["status"])
    value = (first["value"] - second["value"]).where(status == "known")
    is_exact = (low == high) & (other_low == other_high)
    return pd.DataFrame(
        {
            "numerator": np.nan,
            "denominator": np.nan,
            "value": value,
            "status": status,
            "low": (low - other_high).mask(is_exact),
            "high": (high - other_low).mask(is_exact),
        }
    )
