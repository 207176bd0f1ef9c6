"""Styles of an OpenDocument workbook: inks, backgrounds, number formats, looks that depend on the value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree.ElementTree import Element

from sdsf_analysis.reading.workbooks.colours import WHITE
from sdsf_analysis.reading.workbooks.formats import may_hide
from sdsf_analysis.reading.workbooks.marks import INVISIBLE
from sdsf_analysis.reading.workbooks.markup import children, local_name

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_NUMBER = "{urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0}"
STYLE_GROUPS = (f"{_OFFICE}styles", f"{_OFFICE}automatic-styles")
_STYLE_NODE = f"{_STYLE}style"
# What a number format writes in Excel's language; all that is left shows the value
_PIECES = {"text-content": "@", "fill-character": "", "embedded-text": "", "currency-symbol": "", "map": "",
           "text-properties": "", "properties": ""}  # fmt: skip
_SHOWN = "0"
# Positive, negative, zero: the sections of a format without conditions
_USUAL_TESTS = ([">=0"], [">0", "<0"], [">0", "<0", "=0"])


class OnCondition(NamedTuple):
    """Look that a cell takes on a condition, which is written for the cell of an address."""

    condition: str
    look: str
    base: str


class OpenStyle(NamedTuple):
    """Look of a cell: struck through, ink, background (empty: none), number format in Excel's language."""

    is_struck: bool = False
    ink: str = ""
    background: str = ""
    number_format: str = ""
    conditions: tuple[OnCondition, ...] = ()

    @property
    def is_invisible(self) -> bool:
        """Say whether the ink is that of the paper."""
        return self.ink != "" and self.ink == (self.background or WHITE)

    @property
    def hiding_code(self) -> str:
        """Number format that the look amounts to, empty where it hides nothing."""
        hides = self.number_format and may_hide(self.number_format)
        return self.number_format if hides else INVISIBLE * self.is_invisible


PLAIN = OpenStyle()


@dataclass(frozen=True)
class OpenStyles:
    """Styles of a workbook, under their names and the names that users read; its number formats."""

    looks: dict[str, OpenStyle] = field(default_factory=dict)
    formats: dict[str, str] = field(default_factory=dict)

    def of(self, name: str) -> OpenStyle:
        """Look of a style, plain for an unknown one."""
        return self.looks.get(name, PLAIN)

    def add(self, group: Element) -> None:
        """Add the styles of a group, one of the nodes of `STYLE_GROUPS`."""
        self.formats.update(number_formats(group))
        for node in group.iter(_STYLE_NODE):
            names = (node.get(f"{_STYLE}name"), node.get(f"{_STYLE}display-name"))
            self.looks.update(dict.fromkeys(filter(None, names), self._look(node)))

    def _look(self, node: Element) -> OpenStyle:
        look = self.of(node.get(f"{_STYLE}parent-style-name", ""))
        code = self.formats.get(node.get(f"{_STYLE}data-style-name", ""), look.number_format)
        look = look._replace(number_format=code)
        for properties in node:
            look = _with_properties(look, properties)
        return look._replace(conditions=tuple(_conditions(node)) or look.conditions)


def number_formats(group: Element) -> dict[str, str]:
    """Number formats of a group of styles in Excel's language, as far as hiding goes.

    Examples
    --------
    >>> from defusedxml import ElementTree
    >>> group = ElementTree.fromstring(
    ...     "<a xmlns:number='urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0'"
    ...     " xmlns:style='urn:oasis:names:tc:opendocument:xmlns:style:1.0'>"
    ...     "<number:number-style style:name='P'><number:text>secret</number:text></number:number-style>"
    ...     "<number:number-style style:name='N'><number:number/>"
    ...     "<style:map style:condition='value()&lt;5' style:apply-style-name='P'/></number:number-style></a>"
    ... )
    >>> number_formats(group)
    {'P': '"secret"', 'N': '[<5]"secret";0'}
    """
    nodes = [node for node in group if str(node.tag).startswith(_NUMBER)]
    plain = {node.get(f"{_STYLE}name", ""): "".join(map(_piece, node)) for node in nodes}
    return {node.get(f"{_STYLE}name", ""): _code(node, plain) for node in nodes}


def _code(node: Element, plain: Mapping[str, str]) -> str:
    tests = [one.condition.replace("value()", "").replace(" ", "") for one in _conditions(node)]
    sections = [plain.get(one.look, _SHOWN) for one in _conditions(node)]
    if tests not in _USUAL_TESTS:
        written = (f"[{test.replace('!=', '<>')}]" for test in tests)
        sections = ["".join(pair) for pair in zip(written, sections, strict=True)]
    return ";".join([*sections, plain[node.get(f"{_STYLE}name", "")]])


def _piece(node: Element) -> str:
    name = local_name(node)
    if name == "text":
        text = (node.text or "").replace('"', "")
        return f'"{text}"' if text else ""
    return _PIECES.get(name, _SHOWN)


def _with_properties(style: OpenStyle, properties: Element) -> OpenStyle:
    line = properties.get(f"{_STYLE}text-line-through-style")
    ink, background = properties.get(f"{_FO}color"), properties.get(f"{_FO}background-color")
    return style._replace(
        is_struck=style.is_struck if line is None else line != "none",
        ink=style.ink if ink is None else ink.upper(),
        background=style.background if background is None else background.upper().replace("TRANSPARENT", ""),
    )


def _conditions(node: Element) -> list[OnCondition]:
    return [
        OnCondition(
            *(
                one.get(f"{_STYLE}{name}", "")
                for name in ("condition", "apply-style-name", "base-cell-address")
            )
        )
        for one in children(node, "map")
    ]
