"""Values of the indicators of a plan in words: 22,6 %, 81 places, n. d."""

import pandas as pd

from sdsf_analysis.model.french import NARROW_SPACE, NO_VALUE, number

_INVARIABLE = ("%", "€", "EPCI", "ETP")


def quantity(value: float, unit: str) -> str:
    r"""Write a value with its unit, with one decimal at most where it has some.

    Examples
    --------
    >>> quantity(22.6, "%"), quantity(81.0, "places"), quantity(float("nan"), "places")
    ('22,6\u202f%', '81 places', 'n. d.')
    """
    if pd.isna(value):
        return NO_VALUE
    written = number(float(value), 0 if float(value).is_integer() else 1)
    if not unit:
        return written
    return f"{written}{NARROW_SPACE if unit in _INVARIABLE else ' '}{unit}"
