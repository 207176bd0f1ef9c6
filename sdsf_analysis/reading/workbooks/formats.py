"""Number formats of a workbook: which ones hide the value, which ones are percentages."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from functools import cache, lru_cache, partial

_SECTION = re.compile(r'(?:"[^"]*"|\\.|\[[^\]]*\]|[^;"\\\[])*')
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?[\d.]+)\]")
# Hours beyond 24, and the text of a currency, stand between brackets too.
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_CURRENCY = re.compile(r'\[\$([^\]"-]*)[^\]]*\]')
_BRACKET = re.compile(r"\[[^\]]*\]")
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.')
_SHOWS_VALUE = re.compile(r"[0#?@]|general|standard|[ymdhs]", re.IGNORECASE)
_DIGITS = re.compile(r'(?:"[^"]*"|\\.|_.|\*.|[^0#?"\\])*')
_BOUND = re.compile(r"<|≤|moins de", re.IGNORECASE)
_ZEROS = re.compile(r"(?:\[\$[^\]]*\])?(0{2,})")
_ZERO_SIGN = re.compile(r"[-–—€$\s]*")
_TESTS = {
    "<": lambda b, a: a < b,
    "<=": lambda b, a: a <= b,
    ">": lambda b, a: a > b,
    ">=": lambda b, a: a >= b,
    "=": lambda b, a: a == b,
    "<>": lambda b, a: a != b,
}


@dataclass(frozen=True)
class _Section:
    """One section of a number format: what it writes beside the value, or in place of it."""

    shows: bool
    literal: str
    bound: str
    test: Callable[[float], bool] | None
    is_zero_test: bool

    @property
    def is_zero_sign(self) -> bool:
        return bool(_ZERO_SIGN.fullmatch(self.literal))


_VALUE = _Section(shows=True, literal="", bound="", test=None, is_zero_test=False)
_TOO_NARROW = replace(_VALUE, shows=False, literal="####")


def may_hide(code: str) -> bool:
    """Say whether some section of a number format shows something else than the value.

    Examples
    --------
    >>> may_hide('[<5]"<5";0'), may_hide('"<"0'), may_hide("# ##0,00")
    (True, True, False)
    """
    numeric, text = _sections(code)
    return any(not section.shows or section.bound for section in (*numeric, text))


def padding(code: str) -> int:
    """Digits that a number format of zeros alone shows at least; none for any other format.

    Examples
    --------
    >>> padding("00000"), padding("[$-40C]00000"), padding("0.00"), padding('00" places"')
    (5, 5, 0, 0)
    """
    zeros = _ZEROS.fullmatch(code)
    return len(zeros[1]) if zeros else 0


def padded(value: object, digits: int) -> str | None:
    """Text of a whole number that lacks digits, None for a number that needs no zero before it.

    Examples
    --------
    >>> padded(1004.0, 5), padded(42005.0, 5), padded(10.5, 5)
    ('01004', None, None)
    """
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0 or value % 1:
        return None
    text = str(int(value))
    return text.zfill(digits) if len(text) < digits else None


def is_percent(code: str) -> bool:
    """Say whether a number format shows a percentage.

    Examples
    --------
    >>> is_percent("0.0%"), is_percent('0" %"')
    (True, False)
    """
    return "%" in _LITERAL.sub("", code)


@lru_cache(maxsize=10_000)
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
    numeric, text = _sections(code)
    if isinstance(value, str):
        section = text
    elif isinstance(value, int | float | date | time | timedelta):
        section = _choose(numeric, float(value) if isinstance(value, int | float) else 1.0)
    else:
        return None
    if not section.shows:
        return section.literal
    bound = section.bound
    return (
        f"{bound}{' ' * bound[-1].isalpha()}{value:g}" if bound and isinstance(value, int | float) else None
    )


@cache
def _sections(code: str) -> tuple[tuple[_Section, ...], _Section]:
    """Sections of the numbers, and the one of the texts."""
    written = _split(code)
    sections = tuple(_section(text) for text in written)
    if len(sections) > 3:
        return sections[:3], sections[3]
    if len(sections) > 1 and "@" in _LITERAL.sub("", written[-1]):
        return sections[:-1], sections[-1]
    return sections, _VALUE


def _split(code: str) -> list[str]:
    sections, position = [], 0
    while position <= len(code):
        match = _SECTION.match(code, position)
        end = match.end() if match else len(code)
        sections.append(code[position:end])
        position = end + 1
    return sections


def _section(text: str) -> _Section:
    condition = _CONDITION.search(text)
    bare = _BRACKET.sub("", _CURRENCY.sub(r'"\1"', _ELAPSED.sub(r"\1", text)))
    before = _DIGITS.match(bare)
    bound = _literal_text(bare[: before.end()]) if before else ""
    return _Section(
        shows=bool(_SHOWS_VALUE.search(_LITERAL.sub("", bare))),
        literal=_literal_text(bare),
        bound=bound if _BOUND.fullmatch(bound) else "",
        test=partial(_TESTS[condition[1]], float(condition[2])) if condition else None,
        is_zero_test=condition is not None and condition[1] == "=",
    )


def _choose(numeric: tuple[_Section, ...], value: float) -> _Section:
    if any(section.test for section in numeric):
        return _choose_by_condition(numeric, value)
    if value < 0 and len(numeric) > 1:
        return numeric[1]
    if value == 0 and len(numeric) > 2:
        return _VALUE if numeric[2].is_zero_sign and numeric[0].shows else numeric[2]
    return numeric[0]


def _choose_by_condition(numeric: tuple[_Section, ...], value: float) -> _Section:
    for section in numeric:
        if section.test is None:
            return section
        if section.test(value):
            says_zero = section.is_zero_test and value == 0 and section.is_zero_sign
            return _VALUE if says_zero else section
    return _VALUE if len(numeric) == 1 else _TOO_NARROW


def _literal_text(bare: str) -> str:
    return _LITERAL.sub(lambda m: m[1] or m[2] or "", bare).strip()
