"""Faults of layout: titles, headers, blanks, blocks, totals, notes (14 to 22, 25 to 27)."""

from dataclasses import replace

from sdsf_analysis.demo.dice import Dice
from sdsf_analysis.demo.faults.clean import ADDITIVE
from sdsf_analysis.demo.faults.editing import said_of_page, text_line, under_body
from sdsf_analysis.demo.faults.fault import Dirty, in_page
from sdsf_analysis.demo.faults.page import Line, Page, Plant, Reading, Spot

TITLES = ("Suivi des structures (données fictives)", "Situation au 31/12/2024")
SOURCES = ("Source : Caf, données fictives.", "Note : effectifs au 31 décembre.", "Champ : département.")
TOTALS = ("Total", "TOTAL GÉNÉRAL", "Ensemble", "Total département")
GROUPS = (("places", "children", "Accueil"), ("rate", "amount", "Activité"))
UNITS = {"places": "nombre", "children": "nombre", "rate": "en %", "amount": "en €"}
FEW = 3


def titled(page: Page, dice: Dice, plant: Plant) -> Page:
    """Title lines above the header, then a blank row."""
    width = len(page.lines[0].spots)
    titles = [text_line("title", text, width) for text in dice.sample(TITLES, dice.between(1, 2))]
    return said_of_page(replace(page, lines=(*titles, _blank(width), *page.lines)), plant)


def repeated_header(page: Page, dice: Dice, plant: Plant) -> Page:
    """The header again, on its second row or at a printed page."""
    bottom = page.rows("header")[-1]
    at = dice.pick((bottom, page.rows("body")[len(page.rows("body")) // 2]))
    again = replace(page.lines[bottom - 1], role="repeated")
    aside = replace(plant, aside=True)
    again = replace(again, spots=tuple(replace(spot, plant=aside) for spot in again.spots))
    return said_of_page(replace(page, lines=(*page.lines[:at], again, *page.lines[at:])), plant)


def two_header_rows(page: Page, _: Dice, plant: Plant) -> Page | None:
    """Labels merged over two columns, the others over two rows."""
    return _grouped(page, plant, is_merged=True)


def centred_header(page: Page, _: Dice, plant: Plant) -> Page | None:
    """Labels centred over two columns without a merge."""
    return _grouped(page, plant, is_merged=False)


def _grouped(page: Page, plant: Plant, *, is_merged: bool) -> Page | None:
    (top,) = page.rows("header")[:1]
    if len(page.rows("header")) > 1 or page.rows("repeated"):
        return None
    labels = page.lines[top - 1]
    upper = [replace(spot, span=(2, 1)) if is_merged else Spot() for spot in labels.spots]
    lower = [Spot() if is_merged else spot for spot in labels.spots]
    for first, last, name in GROUPS:
        left, right = page.columns.index(first), page.columns.index(last)
        upper[left : right + 1] = [Spot(name, span=(1, 2) if is_merged else (1, 1)), Spot()]
        lower[left : right + 1] = labels.spots[left : right + 1]
    lines = (Line("header", tuple(upper)), Line("header", tuple(lower)))
    return said_of_page(replace(page, lines=(*page.lines[: top - 1], *lines, *page.lines[top:])), plant)


def merged_body(page: Page, dice: Dice, plant: Plant) -> Page | None:
    """One value merged over three rows."""
    column, row = page.columns.index("operator"), dice.pick(page.rows("body")[:-FEW])
    rows = range(row, row + FEW)
    if any(page.lines[one - 1].is_planted or page.lines[one - 1].role != "body" for one in rows):
        return None
    held = page.lines[row - 1].spots[column]
    lines = list(page.lines)
    for one in rows:
        covered = Spot(None, held.reading, plant=replace(plant, aside=True))
        spot = replace(held, plant=plant, span=(FEW, 1)) if one == row else covered
        spots = lines[one - 1].spots
        lines[one - 1] = replace(lines[one - 1], spots=(*spots[:column], spot, *spots[column + 1 :]))
    return replace(page, lines=tuple(lines))


def blank_row(page: Page, dice: Dice, plant: Plant) -> Page:
    """A blank row in the body."""
    at = dice.pick(page.rows("body")[2:-2])
    lines = (*page.lines[:at], _blank(len(page.lines[0].spots)), *page.lines[at:])
    return said_of_page(replace(page, lines=lines), plant)


def offset(page: Page, dice: Dice, plant: Plant) -> Page:
    """A table that begins neither on the first row nor in the first column."""
    down, right = dice.between(1, 4), dice.between(1, 2)
    margin = (Spot(),) * right
    lines = [replace(line, spots=(*margin, *line.spots)) for line in page.lines]
    blanks = (_blank(len(lines[0].spots)),) * down
    columns = ("",) * right + page.columns
    return said_of_page(replace(page, lines=(*blanks, *lines), columns=columns), plant)


def side_by_side(page: Page, _: Dice, plant: Plant) -> Page:
    """The same table again, right of a blank column."""
    lines = tuple(
        line if line.role in ("title", "note") else replace(line, spots=(*line.spots, Spot(), *line.spots))
        for line in page.lines
    )
    columns = (*page.columns, "", *page.columns)
    return said_of_page(replace(page, lines=lines, columns=columns, n_tables=2), plant)


def total(page: Page, dice: Dice, plant: Plant) -> Page | None:
    """A last row that adds up the others."""
    return said_of_page(_totalled(page, dice, {}), plant) if not page.rows("total") else None


def wrong_total(page: Page, dice: Dice, plant: Plant) -> Page | None:
    """A last row whose total is not the sum of the rows."""
    if page.rows("total") or any(_sum(page, name) is None for name in ADDITIVE):
        return None
    return _totalled(page, dice, {"places": plant})


def _totalled(page: Page, dice: Dice, wrong: dict[str, Plant]) -> Page:
    spots = [Spot() for _ in page.columns]
    spots[0] = Spot(dice.pick(TOTALS))
    for name in ADDITIVE:
        value = _sum(page, name)
        if value is not None:
            value += 7 * (name in wrong)
            spots[page.columns.index(name)] = Spot(value, Reading("number", value), plant=wrong.get(name))
    return under_body(page, Line("total", tuple(spots)))


def _sum(page: Page, name: str) -> float | None:
    column = page.columns.index(name)
    truths = [page.lines[row - 1].spots[column].truth for row in page.rows("body")]
    return None if None in truths else round(sum(value or 0 for value in truths), 2)


def sourced(page: Page, dice: Dice, plant: Plant) -> Page:
    """Lines of source and notes under the table."""
    width = len(page.lines[0].spots)
    notes = [text_line("note", text, width) for text in dice.sample(SOURCES, dice.between(1, 3))]
    return said_of_page(replace(page, lines=(*page.lines, *notes)), plant)


def units_row(page: Page, _: Dice, plant: Plant) -> Page | None:
    """A row of units under the labels."""
    (top, *more) = page.rows("header")
    if more:
        return None
    units = Line("header", tuple(Spot(UNITS.get(name)) for name in page.columns))
    return said_of_page(replace(page, lines=(*page.lines[:top], units, *page.lines[top:])), plant)


def twice(page: Page, _: Dice, plant: Plant) -> Page | None:
    """Two columns of one label."""
    row, column = page.rows("header")[-1], page.columns.index("children")
    spots = list(page.lines[row - 1].spots)
    if spots[column].value is None:
        return None
    spots[column] = replace(spots[column], value=spots[column - 1].value)
    line = replace(page.lines[row - 1], spots=tuple(spots))
    return said_of_page(replace(page, lines=(*page.lines[: row - 1], line, *page.lines[row:])), plant)


def ghost(page: Page, _: Dice, plant: Plant) -> Page:
    """A coloured cell on the last row that Excel has."""
    return said_of_page(replace(page, ghost=True), plant)


def _blank(width: int) -> Line:
    return Line("blank", (Spot(),) * width)


DIRTY: dict[str, Dirty] = {
    "15": in_page(repeated_header),
    "19": in_page(blank_row),
    "18": in_page(merged_body),
    "26a": in_page(total),
    "26b": in_page(wrong_total),
    "D1": in_page(twice),
    "D3": in_page(units_row),
    "16": in_page(two_header_rows),
    "17": in_page(centred_header),
    "27": in_page(sourced),
    "14": in_page(titled),
    "21": in_page(side_by_side),
    "20": in_page(offset),
    "25": in_page(ghost),
}
