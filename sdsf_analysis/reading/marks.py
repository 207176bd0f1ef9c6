"""What calamine does not tell of the cells of a workbook: hidden values, errors, percentages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sdsf_analysis.reading.formats import is_percent, may_hide, shown_instead
from sdsf_analysis.reading.sheet import Cell, Marks, Place

BUILT_IN_FORMATS = {9: "0%", 10: "0.00%"}
NOT_COMPUTED = "formule sans résultat"


@dataclass(frozen=True)
class Styles:
    """Cell styles worth a look: those that may hide a value, those that are percentages."""

    hiding: Mapping[int, str]
    percents: frozenset[int]


class Look(NamedTuple):
    """One cell as its workbook describes it: its place, its style, the error it shows."""

    place: Place
    style: int
    error: str = ""


def styles_of(formats: Iterable[int], codes: Mapping[int, str]) -> Styles:
    """Sort the styles of a workbook.

    Parameters
    ----------
    formats : iterable of int
        Number of the format of each style, in order.
    codes : mapping of int to str
        Formats that the workbook declares, by number.

    Examples
    --------
    >>> styles_of([0, 164, 9], {164: '"<5"'})
    Styles(hiding={1: '"<5"'}, percents=frozenset({2}))
    """
    known = BUILT_IN_FORMATS | dict(codes)
    written = [known.get(number, "") for number in formats]
    return Styles(
        {index: code for index, code in enumerate(written) if code and may_hide(code)},
        frozenset(index for index, code in enumerate(written) if is_percent(code)),
    )


def find_marks(looks: Iterable[Look], rows: list[list[Cell]], styles: Styles) -> Marks:
    """Find the cells whose value is hidden, is an error, or is shown as a percentage.

    Parameters
    ----------
    looks : iterable of Look
        Cells of the sheet.
    rows : list of list
        Values from A1.
    styles : Styles
        Styles of the workbook.
    """
    masked: dict[Place, str] = {}
    errors: dict[Place, str] = {}
    percents: set[Place] = set()
    for look in looks:
        if look.error:
            errors[look.place] = look.error
        if look.style in styles.percents:
            percents.add(look.place)
        if look.style in styles.hiding:
            shown = shown_instead(styles.hiding[look.style], value_at(rows, look.place))
            if shown is not None:
                masked[look.place] = shown
    return Marks(masked, errors, frozenset(percents))


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
