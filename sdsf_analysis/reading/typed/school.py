"""School years in cells, labels and titles: « année scolaire 2023-2024 », « 2023/24 », « rentrée 24 »."""

import re
from functools import lru_cache

_PAIR = re.compile(r"(?<![\d/.-])((?:20)?\d{2})\s*[-–/]\s*((?:20)?\d{2})(?![\d/.-])")
_FALL = re.compile(
    r"\brentr[ée]e\s+(?:scolaire\s+)?(?:(?:de\s+)?septembre\s+)?((?:20)?\d{2})(?!\d)", re.IGNORECASE
)
_SAID = re.compile(r"\bscolaires?\b|\ba\.?\s?/?\s?s\.?(?=\s*\d)", re.IGNORECASE)
# « périscolaire » and « extrascolaire » are moments of a day, and never say the year
_CENTURY = 2000


@lru_cache(maxsize=10_000)
def school_year(text: str, *, is_bare_enough: bool = False) -> int | None:
    """Year in which the school year that a text says begins, None where it says none.

    Parameters
    ----------
    text : str
        A cell, a label or a title.
    is_bare_enough : bool
        Whether two years that follow each other are enough, without a word that says « scolaire ».

    Examples
    --------
    >>> school_year("CLAS, année scolaire 2023-2024"), school_year("rentrée 24")
    (2023, 2024)
    >>> school_year("Activité 2023-2024"), school_year("2023/24", is_bare_enough=True)
    (None, 2023)
    >>> school_year("2022-2024", is_bare_enough=True) is None
    True
    """
    if fall := _FALL.search(text):
        return _full(fall[1])
    is_said = _SAID.search(text) is not None
    if not is_bare_enough and not is_said:
        return None
    # « 11-12 » alone may be an age
    pairs = ((_full(a), _full(b)) for a, b in _PAIR.findall(text) if is_said or len(a) == len("2023"))
    return next((first for first, second in pairs if second == first + 1), None)


def _full(year: str) -> int:
    return int(year) % 100 + _CENTURY
