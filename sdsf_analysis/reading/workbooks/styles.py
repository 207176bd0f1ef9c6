"""The styles of an .xlsx workbook: number formats, struck fonts, backgrounds, conditional looks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from sdsf_analysis.reading.workbooks.colours import PALETTE, THEME, WHITE, indexed, tinted
from sdsf_analysis.reading.workbooks.formats import may_hide
from sdsf_analysis.reading.workbooks.marks import INVISIBLE, CellStyle, Styles, styles_of
from sdsf_analysis.reading.workbooks.markup import child, children, local_name, read_part

# The theme writes the dark role before the light one; cells number them the other way round.
_THEME_ORDER = (1, 0, 3, 2, 4, 5, 6, 7, 8, 9, 10, 11)
_THEME_PART = "xl/theme/theme1.xml"
_RGB = 6


class _Colours(NamedTuple):
    palette: Sequence[str] = PALETTE
    theme: Sequence[str] = THEME

    def of(self, node: Element | None) -> str:
        """``#RRGGBB``, empty for an automatic colour or an unknown one."""
        if node is None:
            return ""
        rgb, theme, number = node.get("rgb"), node.get("theme"), node.get("indexed")
        colour = ""
        if rgb:
            colour = f"#{rgb[-_RGB:].upper()}"
        elif theme and int(theme) < len(self.theme):
            colour = self.theme[int(theme)]
        elif number:
            colour = indexed(int(number), self.palette)
        return tinted(colour, float(node.get("tint") or 0))


@dataclass(frozen=True)
class StyleSheet:
    """Styles of cells, and the number format that each conditional look amounts to where it hides."""

    cells: Styles
    hiding_looks: Mapping[int, str] = field(default_factory=dict)
    colours: _Colours = field(default_factory=_Colours)

    def hiding_code(self, rule: Element) -> str:
        """Number format that the look of a conditional format amounts to, empty where it hides nothing."""
        look = child(rule, "dxf")
        if look is not None:
            return _hiding_code(look, self.colours)
        return self.hiding_looks.get(int(rule.get("dxfId", -1)), "")


def read_styles(archive: ZipFile) -> StyleSheet:
    """Read the styles of an .xlsx workbook.

    Parameters
    ----------
    archive : zipfile.ZipFile
        The open archive.
    """
    if "xl/styles.xml" not in archive.namelist():
        return StyleSheet(styles_of([], {}))
    root = read_part(archive, "xl/styles.xml")
    colours = _Colours(_palette(root), theme_colours(archive))
    codes = {
        int(n.get("numFmtId", 0)): n.get("formatCode", "") for n in children(child(root, "numFmts"), "numFmt")
    }
    fonts = [_font(node, colours) for node in children(child(root, "fonts"), "font")]
    fills = [_background(node, colours) for node in children(child(root, "fills"), "fill")]
    styles = [_cell_style(node, fonts, fills) for node in children(child(root, "cellXfs"), "xf")]
    looks = enumerate(children(child(root, "dxfs"), "dxf"))
    hiding = {number: code for number, node in looks if (code := _hiding_code(node, colours))}
    return StyleSheet(styles_of(styles, codes), hiding, colours)


def theme_colours(archive: ZipFile) -> tuple[str, ...]:
    """Colours of the roles of a workbook's theme, in the order in which cells number them."""
    if _THEME_PART not in archive.namelist():
        return THEME
    scheme = next((n for n in read_part(archive, _THEME_PART).iter() if local_name(n) == "clrScheme"), None)
    roles = [
        c.get("lastClr") or c.get("val") or ""
        for role in (scheme if scheme is not None else ())
        for c in role
    ]
    if len(roles) < len(_THEME_ORDER):
        return THEME
    return tuple(f"#{roles[place].upper()}" for place in _THEME_ORDER)


def _cell_style(node: Element, fonts: list[tuple[bool, str]], fills: list[str]) -> CellStyle:
    font, fill = int(node.get("fontId", 0)), int(node.get("fillId", 0))
    is_struck, ink = fonts[font] if font < len(fonts) else (False, "")
    background = fills[fill] if fill < len(fills) else ""
    return CellStyle(int(node.get("numFmtId", 0)), is_struck, ink, background)


def _font(node: Element, colours: _Colours) -> tuple[bool, str]:
    strike = child(node, "strike")
    is_struck = strike is not None and strike.get("val", "1") not in ("0", "false")
    return is_struck, colours.of(child(node, "color"))


def _background(node: Element, colours: _Colours) -> str:
    pattern = child(node, "patternFill")
    is_solid = pattern is not None and pattern.get("patternType") == "solid"
    return colours.of(child(pattern, "fgColor")) if is_solid else ""


def _hiding_code(look: Element, colours: _Colours) -> str:
    """Number format that a conditional look amounts to, empty where it hides nothing."""
    number_format = child(look, "numFmt")
    code = number_format.get("formatCode", "") if number_format is not None else ""
    if code and may_hide(code):
        return code
    ink = colours.of(child(child(look, "font"), "color"))
    background = colours.of(child(child(child(look, "fill"), "patternFill"), "bgColor"))
    return INVISIBLE if ink and ink == (background or WHITE) else ""


def _palette(root: Element) -> Sequence[str]:
    own = child(child(root, "colors"), "indexedColors")
    return [f"#{n.get('rgb', '')[-_RGB:].upper()}" for n in children(own, "rgbColor")] or PALETTE
