"""What the PMI authorises or licenses: another figure than the coverage, never one of its components."""

import numpy as np
import pandas as pd

from sdsf_analysis.indicators.childcare.childminders import last_whole_year
from sdsf_analysis.indicators.childcare.components import as_rows
from sdsf_analysis.indicators.childcare.coverage import one_below_the_other
from sdsf_analysis.indicators.childcare.local import CHILDREN, children_by, children_said, perimeters_of
from sdsf_analysis.indicators.childcare.years import checked_year
from sdsf_analysis.indicators.offer import is_held
from sdsf_analysis.indicators.question import Question
from sdsf_analysis.indicators.ratios import ratio
from sdsf_analysis.indicators.received import file_lacking
from sdsf_analysis.indicators.remarks import remark
from sdsf_analysis.indicators.services.kinds import EAJE
from sdsf_analysis.indicators.sums import BOUNDED, family_count, sums_by
from sdsf_analysis.indicators.territories import departement_communes
from sdsf_analysis.model.tables import Tables

AUTHORISED = "authorised_capacity"
MEASURES = ("pmi_eaje", "pmi_childminders", "pmi_total")
_NO_YEAR = 2000


def pmi_capacity(
    tables: Tables, by: str = "epci", year: int | None = None, *, rounding: str = "unknown"
) -> pd.DataFrame:
    """Places authorised (EAJE) or licensed (assistants maternels) by the PMI for 100 children under three.

    Formula: 100 · Σ places / Σ children under three. It is no rate of coverage: licences mix ages, some are
    not used, and schooling at two and care at home are not of the PMI. The places of a MAM are among those of
    its assistants maternels. Reference: code de l'action sociale et des familles, agrément (L. 421-1) and
    code de la santé publique, autorisation (L. 2324-1).

    Parameters
    ----------
    tables : Tables
    by : str
        Level of the territories, one of those of ``membership``, or ``commune``.
    year : int, optional
        The situation is that of its 31 December; the latest of the PMI's lists without it.
    rounding : {"unknown", "nearest", "floor"}
        What stands behind the Caf's counts of children: see `rounded`.

    Returns
    -------
    pandas.DataFrame
        One row per territory and measure (``pmi_eaje``, ``pmi_childminders``, ``pmi_total``), sorted:
        territory, measure, numerator (places), denominator (children), value, status, low, high.

    Raises
    ------
    QuestionError
        If the level, year or rounding is unknown; the message lists the known ones.

    Examples
    --------
    >>> from sdsf_analysis.indicators.childcare.example import childcare_example
    >>> found = pmi_capacity(childcare_example(), "epci", 2023).round(1)
    >>> found.loc[found["territory"] == "E1", ["measure", "numerator", "value"]].values.tolist()
    [['pmi_eaje', 26.0, 57.8], ['pmi_childminders', 30.0, 66.7], ['pmi_total', 56.0, 124.4]]
    """
    known = sorted(_years(tables))
    chosen = checked_year(year, known) if year is not None else max(known, default=_NO_YEAR)
    frame = capacity_in(tables, by, chosen, rounding)
    day = pd.Timestamp(chosen, 12, 31)
    frame.attrs["question"] = Question.of(
        tables, "pmi_capacity", on=day, by=by, year=chosen, rounding=rounding
    )
    return frame


def capacity_in(tables: Tables, by: str, year: int, rounding: str) -> pd.DataFrame:
    """Places of the PMI on 31 December of a year, be they known or not.

    Examples
    --------
    >>> from sdsf_analysis.indicators.childcare.example import childcare_example
    >>> capacity_in(childcare_example(), "epci", 1990, "unknown")["status"].unique().tolist()
    ['missing']
    """
    day = pd.Timestamp(year, 12, 31)
    perimeters = perimeters_of(tables, by, day)
    places, lacking = _places(tables, day)
    basis = family_count(tables, CHILDREN, year)
    children = children_by(basis, perimeters, rounding)
    shares = pd.concat([ratio(sums_by(places[name], perimeters), children) for name in MEASURES])
    frame = one_below_the_other(MEASURES, children.index, shares)
    frame.attrs = {
        "year": year,
        "children": {"year": basis.year, "regime": basis.regime},
        "rounding": rounding,
    }
    return remark(frame, [*lacking, *children_said(basis, year, perimeters)])


def _years(tables: Tables) -> set[int]:
    minders = tables.offer.loc[tables.offer["kind"] == "childminders", "valid_from"].dt.year
    told = tables.activity.loc[tables.activity["measure"] == AUTHORISED, "year"]
    return {int(year) for year in (*minders.dropna().unique(), *told.dropna().unique())}


def _places(tables: Tables, day: pd.Timestamp) -> tuple[dict[str, pd.DataFrame], list[str]]:
    """Places by commune of the EAJE, of the assistants maternels and of both; what is not known, and why."""
    held = tables.offer[is_held(tables.offer, day) & tables.offer["stage"].isin(["open", "frozen"])]
    minders = as_rows(held[held["kind"] == "childminders"])
    authorised = _authorised(tables, held[held["kind"].isin(EAJE)], day)
    communes = departement_communes(tables.territories)["commune"]
    unknown = pd.DataFrame({"commune": communes, "value": np.nan, "status": "missing"})
    unknown = unknown.assign(low=np.nan, high=np.nan)
    lacking = []
    if minders.empty:
        minders = unknown
        lacking.append(
            file_lacking(
                "offer", "childminders", f"les places agréées des assistants maternels en {day.year}"
            )
        )
    if authorised.empty:
        authorised = unknown
        subject = f"les capacités autorisées des EAJE en {day.year}"
        lacking.append(file_lacking("activity", AUTHORISED, subject))
    both = pd.concat([minders, authorised], ignore_index=True)
    return {"pmi_eaje": authorised, "pmi_childminders": minders, "pmi_total": both}, lacking


def _authorised(tables: Tables, held: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """Capacities authorised of the EAJE that are there on a day, of the latest list not after it."""
    told = tables.activity[tables.activity["measure"] == AUTHORISED]
    told = told[told["year"] <= last_whole_year(day)]
    told = told.loc[told["year"] == told["year"].max(), ["service", *BOUNDED]]
    places = held[["service", "commune"]].drop_duplicates("service")
    found: pd.DataFrame = told.merge(places, on="service", validate="one_to_one")
    return found.reindex(columns=["commune", *BOUNDED])
