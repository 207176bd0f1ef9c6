"""Conditional formats of an OpenDocument sheet, of its styles and of LibreOffice's own list."""

import re
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

from sdsf_analysis.reading.sheet import Place, Range, ranges_of
from sdsf_analysis.reading.workbooks.conditional import Rule, condition, spares_numbers, spares_text
from sdsf_analysis.reading.workbooks.opencells import Block
from sdsf_analysis.reading.workbooks.openstyles import OpenStyle, OpenStyles

_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_SHEET = re.compile(r"\$?(?:'(?:[^']|'')*'|[^\s':.]+)?\.")
_COMPARED = re.compile(r"(?:cell-content\(\))?\s*(<=|>=|!=|<|>|=)(.+)")
_BETWEEN = re.compile(r"(?:cell-content-is-)?(not-)?between\(([^,]+),([^,]+)\)")
_FORMULA = re.compile(r"(?:is-true-formula|formula-is)\((.+)\)")
_TEXT = re.compile(r"(?:contains-text|begins-with|ends-with)\((.*)\)")
_OPERATORS = {
    "<": "lessThan",
    "<=": "lessThanOrEqual",
    "=": "equal",
    "!=": "notEqual",
    ">": "greaterThan",
    ">=": "greaterThanOrEqual",
}


def hiding_rules(table: Element, filled: list[Block], styles: OpenStyles) -> list[Rule]:
    """Conditional formats of a sheet that may hide a number.

    Parameters
    ----------
    table : xml.etree.ElementTree.Element
        The sheet.
    filled : list of Block
        Its cells that hold something.
    styles : OpenStyles
        Styles of the workbook.
    """
    return [*_of_styles(filled, styles), *_of_list(table, styles)]


def _of_styles(filled: list[Block], styles: OpenStyles) -> Iterator[Rule]:
    """Rules that styles bear."""
    ranges: dict[str, list[Range]] = {}
    for block in filled:
        if styles.of(block.style).conditions:
            ranges.setdefault(block.style, []).append(block.range)
    for style, places in ranges.items():
        for one in styles.of(style).conditions:
            yield from _rule(places, one.condition, styles.of(one.look), one.base)


def _of_list(table: Element, styles: OpenStyles) -> Iterator[Rule]:
    """Rules that LibreOffice writes after the rows."""
    for node in table.iter(f"{_CALC}conditional-format"):
        places = cell_ranges(node.get(f"{_CALC}target-range-address", ""))
        for rule in node.iter(f"{_CALC}condition"):
            look = styles.of(rule.get(f"{_CALC}apply-style-name", ""))
            base = rule.get(f"{_CALC}base-cell-address", "")
            yield from _rule(places, rule.get(f"{_CALC}value", ""), look, base)


def _rule(ranges: list[Range], text: str, look: OpenStyle, base: str) -> Iterator[Rule]:
    corners = cell_ranges(base) or ranges
    if look.hiding_code and corners and not _is_harmless(text, corners[0][:2]):
        yield Rule(ranges, look.hiding_code, _condition(text))


def _is_harmless(text: str, base: Place) -> bool:
    if text in ("is-error", "is-error()"):
        return True
    if sought := _TEXT.fullmatch(text):
        return spares_text(sought[1])
    formula = _FORMULA.fullmatch(text)
    return bool(formula) and spares_numbers(formula[1] if formula else "", base)


def _condition(text: str) -> Callable[[float], bool]:
    if found := _COMPARED.fullmatch(text):
        return condition(_OPERATORS[found[1]], [found[2]])
    if found := _BETWEEN.fullmatch(text):
        return condition("notBetween" if found[1] else "between", [found[2], found[3]])
    return condition("", [])


def cell_ranges(text: str) -> list[Range]:
    """Ranges of a list of OpenDocument addresses, whatever their sheet.

    Examples
    --------
    >>> cell_ranges("'L''été. 2024'.E2:'L''été. 2024'.E5 F.$G$2")
    [Range(top=2, left=5, bottom=5, right=5), Range(top=2, left=7, bottom=2, right=7)]
    """
    return ranges_of(_SHEET.sub("", text))
