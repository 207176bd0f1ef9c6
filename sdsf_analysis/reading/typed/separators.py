"""Commas and points that may part thousands as well as decimals: « 1,234 »."""

import re
from collections.abc import Iterable

# « 1,234 » may be a thousand as well as a number with decimals.
_THREE_DECIMALS = re.compile(r"[-−–+]?[1-9]\d{0,2}([.,])\d{3}\s?(?:€|%)?")
_OTHER_DECIMALS = re.compile(r"[-−–+]?(?:0?[.,]\d+|\d[\d ]*[.,](?:\d{1,2}|\d{4,}))\s?(?:€|%)?")


def decimal_separators(texts: Iterable[str]) -> set[str]:
    """Commas or points that some text of the table shows to be decimal ones."""
    return {"," if "," in text else "." for text in set(texts) if _OTHER_DECIMALS.fullmatch(text.strip())}


def lone_separator(text: str) -> str:
    """Give the separator of a number that may be a thousand or have three decimals; empty for any other."""
    match = _THREE_DECIMALS.fullmatch(text.strip())
    return match[1] if match else ""


def is_thousand_or_decimal(text: str, separator: str) -> bool:
    """Say whether a text may be a thousand as well as a number with three decimals.

    Examples
    --------
    >>> [is_thousand_or_decimal(text, ",") for text in ("1,234", "0,294", "12,5")]
    [True, False, False]
    """
    return lone_separator(text) == separator
