"""What a workbook hides or says by its looks (22 to 24, D4, D5, D8)."""

from dataclasses import replace

from sdsf_analysis.demo.dice import Dice
from sdsf_analysis.demo.faults.editing import replaced, said_of_page
from sdsf_analysis.demo.faults.fault import Dirty, in_page
from sdsf_analysis.demo.faults.page import Draft, Page, Plant

FEW = 3
YEARS = ("2022", "2023", "2024")


def hidden_rows(page: Page, dice: Dice, plant: Plant) -> Page:
    """Three rows of the body hidden."""
    return said_of_page(_with_hidden(page, dice), plant)


def filtered(page: Page, dice: Dice, plant: Plant) -> Page | None:
    """A filter in force, which hides three rows."""
    if not page.rows("header") or any(line.hidden for line in page.lines):
        return None
    return said_of_page(replace(_with_hidden(page, dice), filtered=True), plant)


def _with_hidden(page: Page, dice: Dice) -> Page:
    rows = set(dice.sample(page.rows("body"), FEW))
    lines = tuple(
        replace(line, hidden=line.hidden or row in rows) for row, line in enumerate(page.lines, start=1)
    )
    return replace(page, lines=lines)


def hidden_column(page: Page, _: Dice, plant: Plant) -> Page:
    """The column of amounts hidden."""
    column = page.columns.index("amount") + 1
    return said_of_page(replace(page, hidden_columns=page.hidden_columns | {column}), plant)


def hidden_sheet(draft: Draft, _: Dice, plant: Plant) -> Draft:
    """A second sheet, hidden."""
    page = replace(draft.page, name="Feuille masquée", hidden=True, plants=(*draft.page.plants, plant))
    return replace(draft, pages=(*draft.pages, page))


def struck(page: Page, dice: Dice, plant: Plant) -> Page | None:
    """A service struck through: closed, no doubt."""
    return _looking(page, dice, plant, "struck", 1)


def coloured(page: Page, dice: Dice, plant: Plant) -> Page | None:
    """Two services in grey: the meaning of the colour is not written."""
    return _looking(page, dice, plant, "coloured", 2)


def _looking(page: Page, dice: Dice, plant: Plant, look: str, count: int) -> Page | None:
    free = [row for row in page.rows("body") if not page.lines[row - 1].is_planted]
    for row in dice.sample(free, count):
        spots = page.lines[row - 1].spots
        filled = {column: spot for column, spot in enumerate(spots) if spot.value is not None}
        aside = replace(plant, aside=True)
        changed = {column: replace(spot, look=look, plant=aside) for column, spot in filled.items()}
        page = replaced(page, row, changed)
    return said_of_page(page, plant) if free else None


def alike(draft: Draft, _: Dice, plant: Plant) -> Draft:
    """The same table on three sheets, one for each year."""
    pages = tuple(replace(draft.page, name=year) for year in YEARS)
    return replace(draft, pages=(*pages, *draft.pages[1:]), plants=(*draft.plants, plant))


def spaced_name(draft: Draft, _: Dice, plant: Plant) -> Draft:
    """A sheet whose name ends with a space."""
    page = replace(draft.page, name=f"{draft.page.name} ")
    return replace(draft.with_page(page), plants=(*draft.plants, plant))


DIRTY: dict[str, Dirty] = {
    "23a": in_page(hidden_rows),
    "23b": in_page(hidden_column),
    "24": in_page(filtered),
    "D4": in_page(coloured),
    "D5": in_page(struck),
    "22": alike,
    "23c": hidden_sheet,
    "D8": spaced_name,
}
