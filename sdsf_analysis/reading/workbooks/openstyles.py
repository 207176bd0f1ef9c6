"""Cell styles of an OpenDocument workbook: struck through, on a background, in an ink."""

from typing import IO
from xml.etree.ElementTree import Element

from defusedxml import ElementTree

from sdsf_analysis.reading.workbooks.marks import CellStyle

_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
STYLE = f"{_STYLE}style"


def read_looks(stream: IO[bytes]) -> dict[str, CellStyle]:
    """Look of every style of a part, by the style's name."""
    looks: dict[str, CellStyle] = {}
    for _, node in ElementTree.iterparse(stream):
        if node.tag == STYLE:
            add_look(looks, node)
    return looks


def add_look(looks: dict[str, CellStyle], style: Element) -> None:
    """Add the look of a style, made of its parent's and of its own properties."""
    look = looks.get(style.get(f"{_STYLE}parent-style-name", ""), CellStyle(0))
    for properties in style:
        look = _with_properties(look, properties)
    looks[style.get(f"{_STYLE}name", "")] = look


def _with_properties(look: CellStyle, properties: Element) -> CellStyle:
    line = properties.get(f"{_STYLE}text-line-through-style")
    ink, background = properties.get(f"{_FO}color"), properties.get(f"{_FO}background-color")
    return look._replace(
        is_struck=look.is_struck if line is None else line != "none",
        ink=look.ink if ink is None else ink.upper(),
        background=look.background if background is None else background.upper().replace("TRANSPARENT", ""),
    )
