"""What calamine does not tell of the cells of a workbook: hidden values, errors, percentages, looks."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from typing import NamedTuple

from sdsf_analysis.reading.sheet import Cell, Marks, Place, Range
from sdsf_analysis.reading.workbooks.colours import WHITE
from sdsf_analysis.reading.workbooks.formats import is_percent, may_hide, padded, padding, shown_instead

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
    padding: Mapping[int, int] = field(default_factory=dict)

    @property
    def telling(self) -> frozenset[int]:
        """Styles that show something else than the stored value."""
        return self.invisible | self.hiding.keys() | self.padding.keys()

    @property
    def looked_at(self) -> frozenset[int]:
        """Styles whose cells are looked at one by one."""
        return self.struck | self.telling | self.colours.keys()


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
        {index: digits for index, _, code in numbered if (digits := padding(code))},
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
    errors: dict[Place, str] = {}
    places: dict[int, list[Place]] = {}
    for place, style, error in looks:
        places.setdefault(style, []).append(place)
        if error:
            errors[place] = error
    return replace(marks_of(places, rows, styles, painted), errors=errors)


def marks_of(
    places: Mapping[int, list[Place]], rows: list[list[Cell]], styles: Styles, painted: Sequence[Range] = ()
) -> Marks:
    """Find the same of cells that are sorted by style; errors are not looked for.

    Parameters
    ----------
    places : mapping of int to list
        Places of the cells, by the number of their style.
    rows, styles, painted
        As in `find_marks`.
    """
    hiding = dict.fromkeys(styles.invisible, INVISIBLE) | dict(styles.hiding)
    masked: dict[Place, str] = {}
    completed: dict[Place, str] = {}
    for style, found in places.items():
        if style in hiding:
            is_read = painted if style not in styles.hiding else ()
            unread = [place for place in found if not is_inside(place, is_read)] if is_read else found
            masked |= _shown(rows, unread, partial(shown_instead, hiding[style]))
        if style in styles.padding:
            completed |= _shown(rows, found, partial(padded, digits=styles.padding[style]))
    return Marks(
        masked,
        {},
        frozenset(chain.from_iterable(places[style] for style in places.keys() & styles.percents)),
        struck=frozenset(chain.from_iterable(places[style] for style in places.keys() & styles.struck)),
        coloured={
            place: colour for style, colour in styles.colours.items() for place in places.get(style, ())
        },
        padded=completed,
    )


def _shown(
    rows: list[list[Cell]], places: list[Place], shown: Callable[[Cell], str | None]
) -> dict[Place, str]:
    """What a format shows in place of the values of some cells, asked once of equal values."""
    values = [
        rows[row - 1][column - 1] if row <= len(rows) and column <= len(rows[row - 1]) else None
        for row, column in places
    ]
    known = {value: text for value in set(values) if (text := shown(value)) is not None}
    return {place: known[value] for place, value in zip(places, values, strict=True) if value in known}


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
    """Rows with what the sheet shows in place of hidden values, errors, codes stored without their zeros.

    A hidden value goes no further.

    Examples
    --------
    >>> as_shown([["Ain", 3.0]], Marks(masked={(1, 2): "<5"}))
    [['Ain', '<5']]
    """
    texts = marks.padded | marks.masked | marks.errors
    changed = {row: list(rows[row - 1]) for row, _ in texts if row <= len(rows)}
    for (row, column), shown in texts.items():
        if row in changed and column <= len(changed[row]):
            changed[row][column - 1] = shown
    return [changed.get(row, cells) for row, cells in enumerate(rows, start=1)] if changed else rows
