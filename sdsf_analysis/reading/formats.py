"""Number formats of a workbook: which ones hide the value, which ones are percentages."""

import re

_SECTION = re.compile(r'(?:"[^"]*"|\\.|\[[^\]]*\]|[^;"\\\[])*')
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?[\d.]+)\]")
_BRACKET = re.compile(r"\[[^\]]*\]")
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.')
_SHOWS_VALUE = re.compile(r"[0#?@]|general|standard|[ymdhs]", re.IGNORECASE)
_TESTS = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "=": lambda a, b: a == b,
    "<>": lambda a, b: a != b,
}


def may_hide(code: str) -> bool:
    """Say whether some section of a number format shows nothing of the value."""
    return any(not _shows_value(section) for section in _sections(code))


def is_percent(code: str) -> bool:
    """Say whether a number format shows a percentage.

    Examples
    --------
    >>> is_percent("0.0%"), is_percent('0" %"')
    (True, False)
    """
    return "%" in _LITERAL.sub("", code)


def shown_instead(code: str, value: object) -> str | None:
    r"""Text that a number format shows in place of a value, or None where the value is shown.

    Parameters
    ----------
    code : str
        Number format as stored in the workbook.
    value : object
        The stored value; texts follow the fourth section.

    Examples
    --------
    >>> shown_instead('"<5"', 3.0)
    '<5'
    >>> shown_instead('[<5]"<5";0', 12.0) is None
    True
    >>> shown_instead(";;;", 7.0)
    ''
    """
    sections = _sections(code)
    if isinstance(value, str):
        section = sections[3] if len(sections) > 3 else "@"
    elif isinstance(value, int | float) and not isinstance(value, bool):
        section = _choose(sections, float(value))
    else:
        return None
    return None if _shows_value(section) else _literal_text(section)


def _sections(code: str) -> list[str]:
    sections, position = [], 0
    while position <= len(code):
        match = _SECTION.match(code, position)
        end = match.end() if match else len(code)
        sections.append(code[position:end])
        position = end + 1
    return sections


def _choose(sections: list[str], value: float) -> str:
    numeric = sections[:3]
    conditions = [_CONDITION.search(section) for section in numeric]
    if any(conditions):
        for section, condition in zip(numeric, conditions, strict=True):
            if condition is None or _TESTS[condition[1]](value, float(condition[2])):
                return section
        return "General"
    if value < 0 and len(numeric) > 1:
        return numeric[1]
    if value == 0 and len(numeric) > 2:
        return numeric[2]
    return numeric[0]


def _shows_value(section: str) -> bool:
    return bool(_SHOWS_VALUE.search(_LITERAL.sub("", _BRACKET.sub("", section))))


def _literal_text(section: str) -> str:
    bare = _BRACKET.sub("", section)
    return re.sub(r'"([^"]*)"|\\(.)|_.|\*.', lambda m: m[1] or m[2] or "", bare).strip()
