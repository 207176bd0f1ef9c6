"""Conditional formats that hide the value of a cell: white ink below five, a format that says « <5 »."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple
from xml.etree.ElementTree import Element

from sdsf_analysis.reading.sheet import Cell, Place, Range, address, ranges_of
from sdsf_analysis.reading.workbooks.formats import shown_instead
from sdsf_analysis.reading.workbooks.markup import child, children, local_name

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
_NUMBER = re.compile(r"\s*[+-]?\d+(?:\.\d*)?\s*")
# Errors and blanks are often painted white: no number is hidden by that.
_HARMLESS_KINDS = ("containsErrors", "containsBlanks")
_TEXT_KINDS = ("containsText", "beginsWith", "endsWith")
_HARMLESS = re.compile(
    r"\s*=?(?:ISERROR|ISERR|ISNA|ISBLANK|ISTEXT|ESTERREUR|ESTERR|ESTNA|ESTVIDE|ESTTEXTE)\(([^()]*)\)\s*",
    re.IGNORECASE,
)
_MARKS_OF_REFERENCE = re.compile(r"[\[\].$\s]")


class Rule(NamedTuple):
    """A conditional format that hides: where, by which number format, on which condition."""

    ranges: Sequence[Range]
    code: str
    applies: Callable[[float], bool]


def conditional_ranges(frame: Element) -> list[Range]:
    """Ranges of a worksheet that some conditional format may paint."""
    return [
        one for node in children(frame, "conditionalFormatting") for one in ranges_of(node.get("sqref", ""))
    ]


def hidden_by(rules: Iterable[Rule], rows: list[list[Cell]]) -> dict[Place, str]:
    """Numbers that some rules hide, with what is shown instead.

    Parameters
    ----------
    rules : iterable of Rule
        Conditional formats of the sheet.
    rows : list of list
        Values from A1.

    Examples
    --------
    >>> below_five = Rule([Range(1, 1, 2, 1)], '"<5"', condition("lessThan", ["5"]))
    >>> hidden_by([below_five], [[3.0], [12.0], [2.0]])
    {(1, 1): '<5'}
    """
    return {
        place: shown
        for rule in rules
        for place, value in _numbers(rows, rule.ranges)
        if rule.applies(value) and (shown := shown_instead(rule.code, value)) is not None
    }


def condition(operator: str, operands: Sequence[str]) -> Callable[[float], bool]:
    """Test of a number, always true where only a spreadsheet can work it out: better missed than let out.

    Parameters
    ----------
    operator : str
        Name of the comparison in Excel's files.
    operands : sequence of str
        One number, or two; formulas are not worked out.

    Examples
    --------
    >>> condition("between", ["1", "4"])(5), condition("lessThan", ["$Z$1"])(5)
    (False, True)
    """
    test = _TESTS.get(operator)
    if test is None or not operands or not all(_NUMBER.fullmatch(text) for text in operands):
        return lambda value: True
    first, last = float(operands[0]), float(operands[-1])
    # A zero painted white is a zero
    return lambda value: not (value == 0 and operator == "equal") and test(value, first, last)


def spares_numbers(formula: str, base: Place) -> bool:
    """Say whether a formula is true of errors, blanks or texts alone, in the cell that it paints.

    Parameters
    ----------
    formula : str
        Condition, written for the first cell of its range.
    base : Place
        That cell.

    Examples
    --------
    >>> spares_numbers("ISERROR($B2)", (2, 2)), spares_numbers("ISBLANK(C2)", (2, 2))
    (True, False)
    """
    found = _HARMLESS.fullmatch(formula)
    return bool(found) and _MARKS_OF_REFERENCE.sub("", found[1] if found else "") == address(*base)


def spares_text(text: str) -> bool:
    """Say whether a text, looked for in cells, is in no number: it has letters."""
    return any(character.isalpha() for character in text)


def sheet_rules(frame: Element, hiding_code: Callable[[Element], str]) -> Iterator[Rule]:
    """Rules of a worksheet that hide, those that Excel 2010 added included.

    Parameters
    ----------
    frame : xml.etree.ElementTree.Element
        The worksheet without its cells.
    hiding_code : callable
        Number format that the look of a rule amounts to, empty where it hides nothing.
    """
    for node in frame.iter():
        if local_name(node) == "conditionalFormatting":
            ranges = ranges_of(node.get("sqref") or _text(child(node, "sqref")))
            for rule in children(node, "cfRule"):
                if ranges and (code := hiding_code(rule)) and not _is_harmless(rule, ranges[0]):
                    yield Rule(ranges, code, _condition(rule))


def _is_harmless(rule: Element, first: Range) -> bool:
    kind = rule.get("type")
    if kind in _TEXT_KINDS:
        return spares_text(rule.get("text", ""))
    return kind in _HARMLESS_KINDS or any(spares_numbers(text, first[:2]) for text in _formulas(rule))


def _condition(rule: Element) -> Callable[[float], bool]:
    return condition(rule.get("operator", "") if rule.get("type") == "cellIs" else "", _formulas(rule))


def _formulas(rule: Element) -> list[str]:
    return [_text(node) for name in ("formula", "f") for node in children(rule, name)]


def _text(node: Element | None) -> str:
    return (node.text or "").strip() if node is not None else ""


def _numbers(rows: list[list[Cell]], ranges: Sequence[Range]) -> Iterator[tuple[Place, float]]:
    for one in ranges:
        for number, row in enumerate(rows[one.top - 1 : one.bottom], one.top):
            for column, value in enumerate(row[one.left - 1 : one.right], one.left):
                if isinstance(value, int | float):
                    yield (number, column), value
