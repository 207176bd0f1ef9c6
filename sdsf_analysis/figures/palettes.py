"""Colours of the classes, the categories and the statuses, told apart by everyone and in grey.

Held by tests: the least difference of two colours that may stand side by side (CAM02-UCS, as seen with each
kind of colour blindness), and sequences that darken steadily, so that a grey print keeps their order.
"""

from dataclasses import dataclass
from typing import Literal

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.figures.style import PAPER

Palette = Literal["sequence", "divergence"]
MOST_CLASSES = 8


@dataclass(frozen=True)
class Fill:
    """Colour and pattern of a class: the pattern alone is enough in grey."""

    face: str
    hatch: str = ""
    line: str = PAPER


# from light to dark; from too few, through the middle, to many
_ENDS = {
    "sequence": ("#F3F0DC", "#B9D6C9", "#6FAEC0", "#3B7CA8", "#2A4B86", "#1B1F4D"),
    "divergence": ("#8A4B08", "#D3913F", "#F1DFC0", "#D9DCEA", "#8C86BE", "#3F2B76"),
}
CATEGORIES = ("#2F6F9F", "#E3A13A", "#B5533C", "#A8C97F", "#7A3E65", "#4FB3BF", "#8A8D91")
# values that are not known, each for its own reason; and a territory that the answer leaves out
STATUSES = {
    "secret": Fill("#ECECEC", "////", "#8C959B"),
    "masked": Fill("#ECECEC", "\\\\\\\\", "#8C959B"),
    "missing": Fill("#FFFFFF", "....", "#8C959B"),
    "not_significant": Fill("#FFFFFF", "----", "#8C959B"),
    "not_applicable": Fill("#FFFFFF", "", "#8C959B"),
    "error": Fill("#FFFFFF", "xxxx", "#A34700"),
}


def colours(count: int, palette: Palette = "sequence") -> list[str]:
    """Colours of so many classes, from the lowest to the highest.

    Parameters
    ----------
    count : int
    palette : {"sequence", "divergence"}
        From light to dark, or from one hue to another through a light middle.

    Returns
    -------
    list of str

    Raises
    ------
    QuestionError
        If there are more classes than eyes tell apart (8).

    Examples
    --------
    >>> colours(2)
    ['#f3f0dc', '#1b1f4d']
    """
    if count > MOST_CLASSES:
        raise QuestionError(f"{count} classes : on n'en distingue pas plus de {MOST_CLASSES} sur une carte.")
    from matplotlib.colors import LinearSegmentedColormap, to_hex

    ramp = LinearSegmentedColormap.from_list(palette, _ENDS[palette])
    if count == 1:
        return [to_hex(ramp(0.5))]
    return [to_hex(ramp(place / (count - 1))) for place in range(count)]
