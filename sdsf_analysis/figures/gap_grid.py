"""Why our estimate is not the rate of the Cnaf nor the capacity of the PMI, as a director reads it."""

import pandas as pd

from sdsf_analysis.indicators.childcare.components import LABELS
from sdsf_analysis.indicators.childcare.gap import ROUNDING, TOTAL
from sdsf_analysis.model.french import NO_VALUE, capital, number

_OTHERS = {ROUNDING: "arrondi des composantes", "eaje": "ensemble des EAJE", TOTAL: "ensemble"}


def gap_grid(gap: pd.DataFrame, reading: str, theirs: str) -> pd.DataFrame:
    """Lay out what parts two readings of one territory: one row per component.

    Parameters
    ----------
    gap : pandas.DataFrame
        Result of `coverage_gap`, for one territory.
    reading : {"cnaf", "pmi"}
    theirs : str
        Title of the other reading's column: « Cnaf », « PMI ».

    Returns
    -------
    pandas.DataFrame
        Texts, in places for 100 children under 3: theirs, Estimation locale, Écart, D'où vient l'écart.

    Examples
    --------
    >>> gap = pd.DataFrame({"reading": ["pmi"], "component": ["childminders"], "theirs": [53.4],
    ...                     "ours": [28.5], "difference": [24.9], "reason": ["Elle compte les agréés."]})
    >>> gap_grid(gap, "pmi", "PMI").loc["Assistants maternels qui travaillent"].tolist()
    ['53,4', '28,5', '+24,9', 'Elle compte les agréés.']
    """
    found = gap[gap["reading"] == reading]
    found = found[(found["component"] != ROUNDING) | (found["difference"].abs() >= 0.05)]
    labels = {**LABELS, **_OTHERS}
    index = [_titled(labels[component]) for component in found["component"]]
    columns = {
        theirs: [_written(value) for value in found["theirs"]],
        "Estimation locale": [_written(value) for value in found["ours"]],
        "Écart": [_written(value, signed=True) for value in found["difference"]],
        "D'où vient l'écart": found["reason"].tolist(),
    }
    return pd.DataFrame(columns, index=index)


def _titled(label: str) -> str:
    return capital(label.removeprefix("les ").removeprefix("la "))


def _written(value: float, *, signed: bool = False) -> str:
    if pd.isna(value):
        return NO_VALUE
    return f"{'+' if signed and value > 0 else ''}{number(value, 1)}"
