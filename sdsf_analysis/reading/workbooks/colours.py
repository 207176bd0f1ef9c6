"""Colours of a workbook, however they are named: by value, by place in a palette, by role in a theme."""

import colorsys
from collections.abc import Sequence

WHITE = "#FFFFFF"
_FIRST = ("000000", "FFFFFF", "FF0000", "00FF00", "0000FF", "FFFF00", "FF00FF", "00FFFF")
# Excel's palette of 56 colours
_OTHERS = (
    "800000", "008000", "000080", "808000", "800080", "008080", "C0C0C0", "808080", "9999FF", "993366",
    "FFFFCC", "CCFFFF", "660066", "FF8080", "0066CC", "CCCCFF", "000080", "FF00FF", "FFFF00", "00FFFF",
    "800080", "800000", "008080", "0000FF", "00CCFF", "CCFFFF", "CCFFCC", "FFFF99", "99CCFF", "FF99CC",
    "CC99FF", "FFCC99", "3366FF", "33CCCC", "99CC00", "FFCC00", "FF9900", "FF6600", "666699", "969696",
    "003366", "339966", "003300", "333300", "993300", "993366", "333399", "333333",
)  # fmt: skip
# The eight first colours stand twice
PALETTE = tuple(f"#{rgb}" for rgb in (*_FIRST, *_FIRST, *_OTHERS))
# Roles of Office's own theme, in the order of their numbers
THEME = ("#FFFFFF", "#000000", "#EEECE1", "#1F497D", "#4F81BD", "#C0504D", "#9BBB59", "#8064A2", "#4BACC6",
         "#F79646", "#0000FF", "#800080")  # fmt: skip
_AUTOMATIC_BACKGROUND = 65


def indexed(number: int, palette: Sequence[str] = PALETTE) -> str:
    """Colour of a place in the palette; empty for the automatic ones.

    Examples
    --------
    >>> indexed(13), indexed(64), indexed(65)
    ('#FFFF00', '', '#FFFFFF')
    """
    if number == _AUTOMATIC_BACKGROUND:
        return WHITE
    return palette[number] if 0 <= number < len(palette) else ""


def tinted(colour: str, tint: float) -> str:
    """Colour made lighter (tint above 0) or darker (below 0).

    Examples
    --------
    >>> tinted("#000000", 0.5), tinted("#FFFFFF", -0.25)
    ('#808080', '#BFBFBF')
    """
    if not tint or len(colour) != len(WHITE):
        return colour
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    rgb = colorsys.hls_to_rgb(hue, min(max(light, 0), 1), saturation)
    return "#" + "".join(f"{int(part * 255 + 0.5):02X}" for part in rgb)
