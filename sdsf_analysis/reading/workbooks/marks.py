"""What calamine does not tell of the cells of a workbook: hidden values, errors, percentages, looks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sdsf_analysis.reading.sheet import Cell, Marks, Place, Range
from sdsf_analysis.reading.workbooks.colours import WHITE
from sdsf_analysis.reading.workbooks.formats import is_percent, may_hide, shown_instead

BUILT_IN_FORMATS = {9: "0%", 10: "0.00%"}
NOT_COMPUTED = "formule sans résultat"
# The format that shows a number as white ink on white paper does: not at all
INVISIBLE = ";;"


class CellStyle(NamedTuple):
    """One style of a workbook: its number format, its font, its background (empty: none)."""

    number_format: int
    is_struck: bool = False
    ink: str = ""
    background: str = ""


@dataclass(frozen=True)
class Styles:
    """Cell styles worth a look, by their number in the workbook."""

    hiding: Mapping[int, str]
    percents: frozenset[int]
    struck: frozenset[int] = frozenset()
    colours: Mapping[int, str] = field(default_factory=dict)
    invisible: frozenset[int] = frozenset()

    @property
    def looked_at(self) -> frozenset[int]:
        """Styles whose cells are looked at one by one."""
        return self.struck | self.invisible | self.hiding.keys() | self.colours.keys()


class Look(NamedTuple):
    """One cell as its workbook describes it: its place, its style, the error it shows."""

    place: Place
    style: int
    error: str = ""


def styles_of(styles: Iterable[CellStyle], codes: Mapping[int, str]) -> Styles:
    """Sort the styles of a workbook.

    Parameters
    ----------
    styles : iterable of CellStyle
        Every style, in order.
    codes : mapping of int to str
        Number formats that the workbook declares, by number.

    Examples
    --------
    >>> styles = styles_of([CellStyle(0), CellStyle(164), CellStyle(9, is_struck=True)], {164: '"<5"'})
    >>> styles.hiding, styles.percents, styles.struck
    ({1: '"<5"'}, frozenset({2}), frozenset({2}))
    """
    known = BUILT_IN_FORMATS | dict(codes)
    numbered = [(index, style, known.get(style.number_format, "")) for index, style in enumerate(styles)]
    return Styles(
        {index: code for index, _, code in numbered if code and may_hide(code)},
        frozenset(index for index, _, code in numbered if is_percent(code)),
        frozenset(index for index, style, _ in numbered if style.is_struck),
        {index: s.background for index, s, _ in numbered if s.background not in ("", WHITE)},
        frozenset(index for index, s, _ in numbered if s.ink and s.ink == (s.background or WHITE)),
    )


def find_marks(
    looks: Iterable[Look], rows: list[list[Cell]], styles: Styles, painted: Sequence[Range] = ()
) -> Marks:
    """Find the cells whose value is hidden, is an error, is a percentage, or stands out.

    Parameters
    ----------
    looks : iterable of Look
        Cells of the sheet.
    rows : list of list
        Values from A1.
    styles : Styles
        Styles of the workbook.
    painted : sequence of Range
        Where a background comes from elsewhere than the cell, so that white ink may well be read.
    """
    masked: dict[Place, str] = {}
    errors: dict[Place, str] = {}
    percents: set[Place] = set()
    struck: set[Place] = set()
    coloured: dict[Place, str] = {}
    hiding = dict.fromkeys(styles.invisible, INVISIBLE) | dict(styles.hiding)
    for place, style, error in looks:
        if error:
            errors[place] = error
        if style in styles.percents:
            percents.add(place)
        is_read = style not in styles.hiding and is_inside(place, painted)
        if style in hiding and not is_read:
            shown = shown_instead(hiding[style], value_at(rows, place))
            if shown is not None:
                masked[place] = shown
        if style in styles.struck:
            struck.add(place)
        if style in styles.colours:
            coloured[place] = styles.colours[style]
    return Marks(masked, errors, frozenset(percents), struck=frozenset(struck), coloured=coloured)


def is_inside(place: Place, ranges: Sequence[Range]) -> bool:
    """Say whether a place stands in one of some ranges."""
    row, column = place
    return any(r.top <= row <= r.bottom and r.left <= column <= r.right for r in ranges)


def value_at(rows: list[list[Cell]], place: Place) -> Cell:
    """Value of a place, None outside the rows."""
    row, column = place
    if row > len(rows) or column > len(rows[row - 1]):
        return None
    return rows[row - 1][column - 1]


def as_shown(rows: list[list[Cell]], marks: Marks) -> list[list[Cell]]:
    """Rows with what the sheet shows in place of hidden values and errors: a hidden value goes no further.

    Examples
    --------
    >>> as_shown([["Ain", 3.0]], Marks(masked={(1, 2): "<5"}))
    [['Ain', '<5']]
    """
    rows = [list(row) for row in rows] if marks.masked or marks.errors else rows
    for (row, column), shown in (marks.masked | marks.errors).items():
        if row <= len(rows) and column <= len(rows[row - 1]):
            rows[row - 1][column - 1] = shown
    return rows
