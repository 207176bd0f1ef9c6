"""The watch list: the structures to follow, why, what was given to them, and what became of them."""

import pandas as pd

from sdsf_analysis.indicators.asked import Day, read_date
from sdsf_analysis.indicators.received import file_lacking
from sdsf_analysis.indicators.remarks import remark
from sdsf_analysis.indicators.services.homes import known_near
from sdsf_analysis.indicators.support.alerts import alerts_of
from sdsf_analysis.indicators.support.outcomes import OUTCOMES, outcomes
from sdsf_analysis.indicators.support.rules import JUDGED, Thresholds, actual_figures, series_of
from sdsf_analysis.indicators.territories import level_rows
from sdsf_analysis.model.french import number, plural
from sdsf_analysis.model.lists import choices
from sdsf_analysis.model.tables import Tables

COLUMNS = (
    *("service", "name", "kind", "commune", "epci", "alerts", "rule", "label"),
    *("year", "value", "unit", "threshold", "figures"),
    *("reported_on", "reason", "support", "follow_up", "aid_eur"),
    *("outcome", "outcome_label", "outcome_on"),
)
_USUAL = Thresholds()
_INTERNAL = "Document interne : structures nommées, à ne pas diffuser."
_TO_SET = "Les seuils sont un point de départ, sans texte de référence : les fixer avec la Caf (options)."


def watch_list(  # noqa: PLR0913 - one option per threshold, each by its name
    tables: Tables,
    on: Day,
    *,
    occupancy_min: float = _USUAL.occupancy_min,
    billing_max: float = _USUAL.billing_max,
    deficit_max: float = _USUAL.deficit_max,
    cash_min: float = _USUAL.cash_min,
    fall: float = _USUAL.fall,
    years: int = _USUAL.years,
) -> pd.DataFrame:
    """List the structures to watch at a date: one row per alert, and one per exceptional aid.

    Rules, on the actual figures of the last year known for each measure, not after that of the date:
    ``occupancy_low``: occupancy rate below ``occupancy_min``; ``occupancy_falling``: down every one of the
    last ``years`` years, by ``fall`` points at least; ``billing_high``, ``billing_rising``: the billing rate
    (hours billed over hours done) above ``billing_max``, or up every year by ``fall`` points; ``deficit``:
    result below −``deficit_max`` % of the charges (the budget, else hours done · hourly cost price);
    ``deficit_running``: result below zero every year; ``cash_low``: cash of less than ``cash_min`` days;
    ``cash_falling``: down every year, to less than twice that. ``reported``: an alert that the Caf wrote.
    Reference: démarche IDA of the Caf (informer, détecter, accompagner); no text was found that sets its
    thresholds.

    Parameters
    ----------
    tables : Tables
    on : str or datetime.date
    occupancy_min, billing_max : float
        In per cent.
    deficit_max : float
        In per cent of the charges.
    cash_min : float
        In days.
    fall : float
        In points.
    years : int
        Years of a trend: all of them must be known.

    Returns
    -------
    pandas.DataFrame
        The structures with most alerts first: service, name, kind, commune, epci, alerts (of this structure),
        rule, label (in words), year, value, unit, threshold, figures (year by year), reported_on, reason,
        support, follow_up, aid_eur (on the rows ``aid`` only, so that they add up), outcome (``open``,
        ``moved``, ``frozen``, ``closed``, ``unknown``), outcome_label, outcome_on. Structures are named: for
        internal use.

    Raises
    ------
    QuestionError
        If ``on`` is not a day or a threshold is not a number.

    Examples
    --------
    >>> from sdsf_analysis.indicators.support.example import support_example
    >>> found = watch_list(support_example(), "2024-12-31")
    >>> found[["service", "alerts", "rule", "outcome"]].values.tolist()[:2]
    [['c1', 4, 'occupancy_low', 'open'], ['c1', 4, 'occupancy_falling', 'open']]
    >>> found.loc[found["service"] == "m1", ["rule", "aid_eur", "outcome"]].values.tolist()
    [['reported', nan, 'closed'], ['aid', 20000.0, 'closed']]
    """
    day = read_date(on)
    limits = Thresholds(occupancy_min, billing_max, deficit_max, cash_min, fall, years).checked()
    rows = alerts_of(tables, day, limits)
    count = (rows["rule"] != "aid").groupby(rows["service"]).sum()
    told = outcomes(tables.offer, _since(rows), day)
    frame = rows.join(_described(tables, day), on="service").join(told, on="service")
    frame = frame.assign(alerts=rows["service"].map(count).astype("int64"))
    frame = frame.sort_values("alerts", ascending=False, kind="stable", ignore_index=True)
    said = [_INTERNAL, _TO_SET, _aided(frame), *_judged(tables, day)]
    return remark(frame[list(COLUMNS)], said)


def _since(rows: pd.DataFrame) -> pd.Series:
    """First alert of each structure: its own date, else the last day of its year."""
    ends = pd.to_datetime(rows["year"].astype("str") + "-12-31", errors="coerce").dt.as_unit("us")
    return rows["reported_on"].fillna(ends).groupby(rows["service"]).min()


def _described(tables: Tables, day: pd.Timestamp) -> pd.DataFrame:
    services = known_near(tables.offer, day).set_index("service")[["name", "kind", "commune"]]
    epci = level_rows(tables.membership, "epci", day).drop_duplicates("commune").set_index("commune")
    return services.assign(epci=services["commune"].map(epci["territory"]).astype("str"))


def _judged(tables: Tables, day: pd.Timestamp) -> list[str]:
    """Which measures are judged, of which year, for how many structures; which files would bring more."""
    labels, known = choices("activity_measure"), actual_figures(tables, day.year)
    found = {measure: series_of(known, measure, 1) for measure in JUDGED}
    words = [
        f"{labels[measure]} {one.years[-1]} ({len(one.services)})"
        for measure, one in found.items()
        if one.years
    ]
    lacking = "l'activité des établissements jusqu'à cette date"
    return [
        f"Structures jugées : {' ; '.join(words)}." if words else "",
        "" if found["occupancy_rate"].years else file_lacking("activity", "occupancy_rate", lacking),
        file_lacking("alerts", label="les alertes et l'accompagnement") if tables.alerts.empty else "",
    ]


def _aided(frame: pd.DataFrame) -> str:
    """What was given, and what became of the structures that had it."""
    aided = frame[frame["rule"] == "aid"]
    if aided.empty:
        return ""
    years = ", ".join(map(str, sorted(aided["year"].unique())))
    fates = aided.drop_duplicates("service")["outcome"].value_counts()
    told = ", ".join(f"{OUTCOMES[one]} : {fates[one]}" for one in OUTCOMES if one in fates.index)
    return (
        f"Aides exceptionnelles ({years}) : {number(float(aided['aid_eur'].sum()))} € à "
        f"{plural(aided['service'].nunique(), 'structure')} ({told})."
    )
