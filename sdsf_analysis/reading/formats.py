"""Number formats of a workbook: which ones hide the value, which ones are percentages."""

import re
from datetime import date, time, timedelta

_SECTION = re.compile(r'(?:"[^"]*"|\\.|\[[^\]]*\]|[^;"\\\[])*')
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?[\d.]+)\]")
_BRACKET = re.compile(r"\[[^\]]*\]")
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.')
_SHOWS_VALUE = re.compile(r"[0#?@]|general|standard|[ymdhs]", re.IGNORECASE)
_DIGITS = re.compile(r'(?:"[^"]*"|\\.|_.|\*.|[^0#?"\\])*')
_BOUND = re.compile(r"<|≤|moins de", re.IGNORECASE)
_ZERO_SIGN = re.compile(r"[-–—€$\s]*")
_SHOWN = "General"
_TESTS = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "=": lambda a, b: a == b,
    "<>": lambda a, b: a != b,
}


def may_hide(code: str) -> bool:
    """Say whether some section of a number format shows something else than the value.

    Examples
    --------
    >>> may_hide('[<5]"<5";0'), may_hide('"<"0'), may_hide("# ##0,00")
    (True, True, False)
    """
    return any(not _shows_value(section) or _bound(section) for section in _sections(code))


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

    A zero that is shown as a dash or as nothing, by a format that shows every other number, is a zero.

    Parameters
    ----------
    code : str
        Number format as stored in the workbook.
    value : object
        The stored value; texts follow the fourth section, dates are positive numbers.

    Examples
    --------
    >>> shown_instead('"<5"', 3.0), shown_instead('"<"0', 5.0)
    ('<5', '<5')
    >>> shown_instead('[<5]"<5";0', 12.0) is None
    True
    >>> shown_instead(";;;", 7.0)
    ''
    """
    numeric, text = _split(_sections(code))
    if isinstance(value, str):
        section = text
    elif isinstance(value, int | float | date | time | timedelta):
        section = _choose(numeric, float(value) if isinstance(value, int | float) else 1.0)
    else:
        return None
    if not _shows_value(section):
        return _literal_text(section)
    bound = _bound(section)
    return (
        f"{bound}{' ' * bound[-1].isalpha()}{value:g}" if bound and isinstance(value, int | float) else None
    )


def _sections(code: str) -> list[str]:
    sections, position = [], 0
    while position <= len(code):
        match = _SECTION.match(code, position)
        end = match.end() if match else len(code)
        sections.append(code[position:end])
        position = end + 1
    return sections


def _split(sections: list[str]) -> tuple[list[str], str]:
    """Sections of the numbers, and the one of the texts."""
    if len(sections) > 3:
        return sections[:3], sections[3]
    if len(sections) > 1 and "@" in _LITERAL.sub("", sections[-1]):
        return sections[:-1], sections[-1]
    return sections, "@"


def _choose(numeric: list[str], value: float) -> str:
    conditions = [_CONDITION.search(section) for section in numeric]
    if any(conditions):
        return _choose_by_condition(numeric, conditions, value)
    if value < 0 and len(numeric) > 1:
        return numeric[1]
    if value == 0 and len(numeric) > 2:
        is_zero = _ZERO_SIGN.fullmatch(_literal_text(numeric[2])) and _shows_value(numeric[0])
        return _SHOWN if is_zero else numeric[2]
    return numeric[0]


def _choose_by_condition(numeric: list[str], conditions: list[re.Match[str] | None], value: float) -> str:
    for section, condition in zip(numeric, conditions, strict=True):
        if condition is None:
            return section
        if _TESTS[condition[1]](value, float(condition[2])):
            says_zero = condition[1] == "=" and value == 0 and _ZERO_SIGN.fullmatch(_literal_text(section))
            return _SHOWN if says_zero else section
    return _SHOWN if len(numeric) == 1 else '"####"'


def _shows_value(section: str) -> bool:
    return bool(_SHOWS_VALUE.search(_LITERAL.sub("", _BRACKET.sub("", section))))


def _bound(section: str) -> str:
    """« < » or « moins de » written before the digits: what is shown is a bound, not the value."""
    bare = _BRACKET.sub("", section)
    match = _DIGITS.match(bare)
    before = _literal_text(bare[: match.end()]) if match else ""
    return before if _BOUND.fullmatch(before) else ""


def _literal_text(section: str) -> str:
    bare = _BRACKET.sub("", section)
    return _LITERAL.sub(lambda m: m[1] or m[2] or "", bare).strip()
