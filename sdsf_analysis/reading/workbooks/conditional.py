"""Conditional formats that hide the value of a cell: white ink below five, a format that says « <5 »."""

import re
from collections.abc import Callable, Iterator, Mapping
from xml.etree.ElementTree import Element

from sdsf_analysis.reading.sheet import Cell, Place, Range, ranges_of
from sdsf_analysis.reading.workbooks.formats import shown_instead
from sdsf_analysis.reading.workbooks.markup import children

_TESTS: dict[str, Callable[[float, float, float], bool]] = {
    "lessThan": lambda value, a, b: value < a,
    "lessThanOrEqual": lambda value, a, b: value <= a,
    "equal": lambda value, a, b: value == a,
    "notEqual": lambda value, a, b: value != a,
    "greaterThan": lambda value, a, b: value > a,
    "greaterThanOrEqual": lambda value, a, b: value >= a,
    "between": lambda value, a, b: a <= value <= b,
    "notBetween": lambda value, a, b: not a <= value <= b,
}
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d*)?")
# Errors and blanks are often painted white: no number is hidden by that.
_HARMLESS_KINDS = {
    "containsErrors",
    "containsBlanks",
    "containsText",
    "beginsWith",
    "endsWith",
    "notContainsText",
}
_HARMLESS = re.compile(r"\s*(?:ISERROR|ISERR|ISNA|ISBLANK|ISTEXT|ESTERREUR|ESTVIDE|ESTNA)\(", re.IGNORECASE)


def conditional_ranges(frame: Element) -> list[Range]:
    """Ranges of a worksheet that some conditional format may paint."""
    return [
        one for node in children(frame, "conditionalFormatting") for one in ranges_of(node.get("sqref", ""))
    ]


def hidden_by_rules(frame: Element, looks: Mapping[int, str], rows: list[list[Cell]]) -> dict[Place, str]:
    """Numbers that a conditional format hides, with what is shown instead.

    A rule that only Excel can work out hides every number of its range: better missed than let out.

    Parameters
    ----------
    frame : xml.etree.ElementTree.Element
        The worksheet without its cells.
    looks : mapping of int to str
        Number format that each hiding look amounts to.
    rows : list of list
        Values from A1.
    """
    return {
        place: shown
        for node in children(frame, "conditionalFormatting")
        for rule in children(node, "cfRule")
        if (code := looks.get(int(rule.get("dxfId", -1)))) and not _is_harmless(rule)
        for place, value in _numbers(rows, ranges_of(node.get("sqref", "")))
        if _applies(rule, value) and (shown := shown_instead(code, value)) is not None
    }


def _is_harmless(rule: Element) -> bool:
    return rule.get("type") in _HARMLESS_KINDS or any(_HARMLESS.match(text) for text in _formulas(rule))


def _applies(rule: Element, value: float) -> bool:
    test, formulas = _TESTS.get(rule.get("operator", "")), _formulas(rule)
    if rule.get("type") != "cellIs" or test is None or not all(_NUMBER.fullmatch(text) for text in formulas):
        return True
    first, *others = [float(text) for text in formulas] or [0.0]
    says_zero = value == 0 and rule.get("operator") == "equal"
    return not says_zero and test(value, first, others[0] if others else first)


def _formulas(rule: Element) -> list[str]:
    return [(node.text or "").strip() for node in children(rule, "formula")]


def _numbers(rows: list[list[Cell]], ranges: list[Range]) -> Iterator[tuple[Place, float]]:
    for one in ranges:
        for number, row in enumerate(rows[one.top - 1 : one.bottom], one.top):
            for column, value in enumerate(row[one.left - 1 : one.right], one.left):
                if isinstance(value, int | float):
                    yield (number, column), value
