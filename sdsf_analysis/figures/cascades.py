"""Why a total moved: the balance of places between two dates, a coverage split into offer and births."""

from collections.abc import Mapping
from math import isnan

import pandas as pd

from sdsf_analysis.figures.frame import nothing_page
from sdsf_analysis.figures.steps import Step, steps_chart
from sdsf_analysis.figures.style import A4_MM, Page
from sdsf_analysis.figures.territory_grid import Row
from sdsf_analysis.indicators.measures import Day, read_date
from sdsf_analysis.indicators.registry import indicator
from sdsf_analysis.indicators.services.movements import MOVEMENTS
from sdsf_analysis.model.french import french_date, number, plural


def balance_chart(balance: pd.DataFrame, start: Day, end: Day, *, fictitious: bool = False) -> Page:
    """Draw the places of a territory from one date to another: what was gained, what was lost.

    Parameters
    ----------
    balance : pandas.DataFrame
        Result of `places_balance`, for one territory.
    start, end : str or datetime.date
        The two dates asked.
    fictitious : bool
        Whether to say that the data are made up.

    Returns
    -------
    Page
        Where services have no known capacity, the bound that is known is drawn, with « au moins ».

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> from sdsf_analysis.indicators.services.balance import places_balance
    >>> found = places_balance(example_tables(), "2023-12-31", "2024-12-31")
    >>> page = balance_chart(found[found["territory"] == "E1"], "2023-12-31", "2024-12-31")
    >>> page.alt_text.split(".")[0]
    'Mouvements datés : 6 places de plus'
    """
    days = [f"au {french_date(read_date(day).date())}" for day in (start, end)]
    rows = _by_measure(balance)
    steps = [
        _step(rows, "places_balance", "start", days[0]),
        *(_step(rows, "places_balance", name) for name in MOVEMENTS),
        _step(rows, "places_balance", "end", days[1]),
    ]
    subtitle = f"Places, du {days[0][3:]} au {days[1][3:]}"
    return _chart(
        balance, "places_balance", steps, (_balance_title(rows), subtitle), decimals=0, fictitious=fictitious
    )


def change_chart(change: pd.DataFrame, start: Day, end: Day, *, fictitious: bool = False) -> Page:
    """Draw how a coverage moved between two dates: by the offer, and by the number of children.

    Parameters
    ----------
    change : pandas.DataFrame
        Result of `coverage_change`, for one territory.
    start, end : str or datetime.date
        The two dates asked.
    fictitious : bool
        Whether to say that the data are made up.

    Returns
    -------
    Page

    Examples
    --------
    >>> names = ["coverage_start", "coverage_end", "offer_effect", "births_effect"]
    >>> change = pd.DataFrame({"measure": names, "value": [50.0, 53.0, 1.0, 2.0]})
    >>> change = change.assign(low=float("nan"), high=float("nan"))
    >>> change_chart(change, "2021-12-31", "2023-12-31").alt_text.split(".")[0]
    "+3,0 points : +1,0 par l'offre, +2,0 par le nombre d'enfants"
    """
    days = [f"au {french_date(read_date(day).date())}" for day in (start, end)]
    rows = _by_measure(change)
    offer = _step(rows, "coverage_change", "offer_effect", "effet de l'offre")
    births = _step(rows, "coverage_change", "births_effect", "effet du nombre d'enfants")
    steps = [
        _step(rows, "coverage_change", "coverage_start", days[0]),
        offer,
        births,
        _step(rows, "coverage_change", "coverage_end", days[1]),
    ]
    total, by_offer, by_births = map(_points, (offer.value + births.value, offer.value, births.value))
    title = f"{total} points : {by_offer} par l'offre, {by_births} par le nombre d'enfants"
    subtitle = f"Places pour 100 enfants de moins de 3 ans, du {days[0][3:]} au {days[1][3:]}"
    return _chart(change, "coverage_change", steps, (title, subtitle), decimals=1, fictitious=fictitious)


def _chart(  # noqa: PLR0913 - what is drawn and what is said of it
    answer: pd.DataFrame,
    name: str,
    steps: list[Step],
    words: tuple[str, str],
    *,
    decimals: int,
    fictitious: bool,
) -> Page:
    entry = indicator(name)
    remark = str(answer.attrs.get("remark", ""))
    if any(isnan(step.value) for step in steps):
        return nothing_page(f"{entry.label} (non connu)", remark or "Aucun fichier reçu ne le dit.", A4_MM)
    notes = [remark, f"Source : {entry.source}. Diffusion : {entry.diffusion}."]
    return steps_chart(steps, *words, list(filter(None, notes)), decimals=decimals, fictitious=fictitious)


def _by_measure(answer: pd.DataFrame) -> Mapping[str, Row]:
    return {str(row["measure"]): row for row in answer.to_dict("records")}


def _step(rows: Mapping[str, Row], name: str, measure: str, label: str = "") -> Step:
    """A step at its value, else at the bound that is known."""
    row = rows[measure]
    value, low, high = (float(row[part]) for part in ("value", "low", "high"))
    known = value if not isnan(value) else (low if not isnan(low) else high)
    label = label or indicator(name).measure(measure).label.removesuffix(" (en moins)")
    return Step(label, known, is_total=measure.endswith(("start", "end")), is_bound=isnan(value))


def _balance_title(rows: Mapping[str, Row]) -> str:
    dated = _step(rows, "places_balance", "balance")
    if isnan(dated.value) or not dated.value:
        return "Mouvements datés : ni plus ni moins de places"
    way = "plus" if dated.value > 0 else "moins"
    moved = plural(abs(dated.value), f"place de {way}", f"places de {way}")
    return f"Mouvements datés : {'au moins ' if dated.is_bound else ''}{moved}"


def _points(value: float) -> str:
    return f"{'+' if value > 0 else ''}{number(value, 1)}"
