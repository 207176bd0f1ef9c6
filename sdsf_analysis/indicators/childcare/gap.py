"""Why our rate is not the Cnaf's, nor the PMI's: the difference, component by component."""

import numpy as np
import pandas as pd

from sdsf_analysis.indicators.astride import astride_epci
from sdsf_analysis.indicators.childcare.childminders import CHILDREN_PER_CHILDMINDER, decimal
from sdsf_analysis.indicators.childcare.components import COMPONENTS, LABELS
from sdsf_analysis.indicators.childcare.coverage import MEASURES, childcare_coverage
from sdsf_analysis.indicators.childcare.pmi import MEASURES as PMI_MEASURES
from sdsf_analysis.indicators.childcare.pmi import capacity_in
from sdsf_analysis.indicators.remarks import remark
from sdsf_analysis.model.french import plural
from sdsf_analysis.model.tables import Tables

COLUMNS = ("territory", "reading", "component", "theirs", "ours", "difference", "reason")
ROUNDING, TOTAL = "rounding", "total"
_CNAF = {
    "eaje_psu": "Places autorisées au 31 décembre d'après la liste reçue ; la Cnaf a sa propre liste.",
    "eaje_other": (
        "Places de nos listes ; la Cnaf estime les micro-crèches Paje par l'accueil constaté, non par leurs "
        "places."
    ),
    "childminders": (
        "La Cnaf part des enfants gardés ; ici, assistants maternels en activité × {average} enfants, ou les "
        "enfants gardés si la PMI les compte."
    ),
    "home_care": "Accueil constaté selon la Cnaf ; ici, d'après la liste reçue.",
    "preschool": "Enfants de 2 ans scolarisés d'après la liste reçue, dans la commune de l'école.",
}
_PMI = {
    "eaje": "La PMI donne la capacité maximale autorisée, la Caf les places ouvertes.",
    "childminders": (
        "La PMI compte les places agréées, pour des enfants de tous âges et même sans activité ; ici, les "
        "assistants maternels qui travaillent."
    ),
    TOTAL: (
        "La PMI ne compte ni la préscolarisation ni la garde à domicile ; sa capacité n'est pas un taux de "
        "couverture."
    ),
}


def coverage_gap(
    tables: Tables,
    by: str = "commune",
    year: int | None = None,
    *,
    rounding: str = "unknown",
    children_per_childminder: float = CHILDREN_PER_CHILDMINDER,
) -> pd.DataFrame:
    """List what parts the local estimate from the Cnaf's rate, and from the PMI's capacity.

    Formula: difference = their rate less ours, in points, by component; of the Cnaf, a component that is not
    known here counts for nothing on our side, and what its rounding leaves is a line of its own: the lines of
    a territory add up to its total. Reference: Cnaf, Dossier d'étude n° 203 (2019).

    Parameters
    ----------
    tables : Tables
    by : str
        Level of the territories; the Cnaf publishes communes above 10,000 inhabitants, and every level above.
    year : int, optional
        As for `childcare_coverage`.
    rounding, children_per_childminder
        As for `childcare_coverage`.

    Returns
    -------
    pandas.DataFrame
        territory, reading (``cnaf``, ``pmi``), component, theirs, ours, difference (points), reason (French).
        The territories whose published rate is in the tables; where none is, those of which the PMI tells.

    Raises
    ------
    QuestionError
        If the level, year or rounding is unknown; the message lists the known ones.

    Examples
    --------
    >>> from sdsf_analysis.indicators.childcare.example import childcare_example
    >>> found = coverage_gap(childcare_example(), children_per_childminder=2.5).round(1)
    >>> found.loc[found["reading"] == "cnaf", ["component", "theirs", "ours", "difference"]].values.tolist()
    ... # doctest: +NORMALIZE_WHITESPACE
    [['eaje_psu', 0.0, 0.0, 0.0], ['eaje_other', 20.1, 16.7, 3.4], ['childminders', 28.0, 25.0, 3.0],
     ['home_care', 2.0, nan, 2.0], ['preschool', 5.0, nan, 5.0], ['rounding', nan, nan, 0.1],
     ['total', 55.2, 41.7, 13.5]]
    """
    coverage = childcare_coverage(
        tables, by, year, rounding=rounding, children_per_childminder=children_per_childminder
    )
    rates = _wide(coverage, MEASURES)
    chosen = int(coverage.attrs["year"])
    lacking = set(coverage.attrs["lacking"])
    published = rates[rates["coverage_total"].notna()]
    cnaf = _against_cnaf(published, lacking, children_per_childminder)
    pmi = _against_pmi(tables, by, rates if published.empty else published, chosen, rounding)
    beyond = astride_epci(tables.territories) if by == "epci" else []
    frame = pd.concat([cnaf, pmi], ignore_index=True)
    frame["reason"] += (
        frame["territory"]
        .isin(beyond)
        .map({True: " La Cnaf compte tout l'EPCI, ici seules ses communes du département.", False: ""})
    )
    order = frame["territory"].rank(method="dense").astype("int64")
    frame = frame.iloc[np.argsort(order.to_numpy(), kind="stable")].reset_index(drop=True)
    frame.attrs = {"year": chosen, "children": coverage.attrs["children"]}
    return remark(frame, [coverage.attrs.get("remark", "")])


def _wide(frame: pd.DataFrame, measures: tuple[str, ...]) -> pd.DataFrame:
    return frame.pivot(index="territory", columns="measure", values="value").reindex(columns=measures)


def _against_cnaf(rates: pd.DataFrame, lacking: set[str], average: float) -> pd.DataFrame:
    frames = []
    for name in COMPONENTS:
        theirs, ours = rates[f"coverage_{name}"], rates[f"local_{name}"]
        gap = theirs if name in lacking else theirs - ours
        reason = _missing_here(name) if name in lacking else _CNAF[name].format(average=decimal(average))
        frames.append(_lines("cnaf", name, (theirs, ours, gap), reason))
    known = sum((rates[f"coverage_{name}"] for name in COMPONENTS), pd.Series(0.0, rates.index))
    left = rates["coverage_total"] - known
    nothing = pd.Series(np.nan, rates.index)
    rounded = "La Cnaf arrondit chaque composante à 0,1 : leur somme n'est pas le taux global."
    frames.append(_lines("cnaf", ROUNDING, (nothing, nothing, left), rounded))
    total = rates["coverage_total"], rates["local_known"], rates["gap"]
    missing = plural(len(lacking), "composante n'est pas connue", "composantes ne sont pas connues")
    told = f"Ici, {missing}. " if lacking else ""
    reason = f"{told}Les enfants de moins de 3 ans retenus peuvent aussi différer."
    frames.append(_lines("cnaf", TOTAL, total, reason))
    return pd.concat(frames, ignore_index=True)


def _against_pmi(tables: Tables, by: str, rates: pd.DataFrame, year: int, rounding: str) -> pd.DataFrame:
    licensed = _wide(capacity_in(tables, by, year, rounding), PMI_MEASURES)
    licensed = licensed.reindex(rates.index)
    frames = []
    for name, reason in _PMI.items():
        theirs, ours = licensed[f"pmi_{name}"], rates["local_known" if name == TOTAL else f"local_{name}"]
        known = theirs.notna()
        frames.append(_lines("pmi", name, (theirs[known], ours[known], (theirs - ours)[known]), reason))
    return pd.concat(frames, ignore_index=True)


def _lines(
    reading: str, component: str, numbers: tuple[pd.Series, pd.Series, pd.Series], reason: str
) -> pd.DataFrame:
    theirs, ours, gap = numbers
    columns = {"theirs": theirs.to_numpy(), "ours": ours.to_numpy(), "difference": gap.to_numpy()}
    lines = pd.DataFrame({"territory": theirs.index, "reading": reading, "component": component, **columns})
    return lines.assign(reason=reason)[list(COLUMNS)]


def _missing_here(name: str) -> str:
    return f"Pas connu ici : {LABELS[name]}."
