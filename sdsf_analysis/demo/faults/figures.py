"""Faults of numbers: notes, withheld and missing values, texts, scales, errors (28, 44 to 50, 52)."""

from collections.abc import Callable
from dataclasses import replace

from sdsf_analysis.demo.dice import Dice
from sdsf_analysis.demo.faults.editing import replaced, said_of_page, text_line, under_body, with_note
from sdsf_analysis.demo.faults.fault import Dirty, in_cell, in_page, times
from sdsf_analysis.demo.faults.page import Page, Plant, Reading, Spot

LEGEND = "Légende : s : secret statistique ; nd : non disponible ; ns : non significatif ; so : sans objet"
EXPLAINED = {"s": "secret", "nd": "missing", "ns": "not_significant", "so": "not_applicable"}
UNEXPLAINED = EXPLAINED | {
    "n.d.": "missing",
    "…": "missing",
    ".": "missing",
    "-": "not_applicable",
    "c": "secret",
}
UNDER = {"<5": (0, 4), "< 5": (0, 4), "moins de 5": (0, 4), "1 à 4": (1, 4), "Moins de 10": (0, 9)}
MASKS = ('"<5"', '"***"', '"s"', ";;;")
NARROW, NO_BREAK = "\u202f", "\u00a0"
WRITTEN: tuple[Callable[[float], str], ...] = (
    lambda value: f"{value:,.2f}".replace(",", " ").replace(".", ","),
    lambda value: f"{value:,.2f}".replace(",", NO_BREAK).replace(".", ","),
    lambda value: f"{value:,.2f}".replace(",", NARROW).replace(".", ","),
    lambda value: f"{value:.2f} €".replace(".", ","),
    lambda value: f"{value:,.2f}{NO_BREAK}€".replace(",", NARROW).replace(".", ","),
    lambda value: f" {value:.2f} ".replace(".", ","),
)
ERRORS = ("#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?")
NOTES = (("*", "* donnée provisoire"), (" (1)", "(1) donnée provisoire"), ("¹", "¹ donnée provisoire"))


def withheld(kind: str, shown: str, bounds: tuple[int, int] | None = None) -> Spot:
    """A spot whose number is not given, with its bounds where it says them.

    Examples
    --------
    >>> withheld("secret", "<5", (0, 4)).reading.high
    4
    """
    low, high = bounds or (None, None)
    return Spot(shown, Reading(kind, None, low, high), truth=None if low is None else low + 1)


def unexplained(_: Spot, dice: Dice) -> Spot:
    """A mark that no legend explains."""
    mark = dice.pick(sorted(UNEXPLAINED))
    return withheld(UNEXPLAINED[mark], mark)


def explained(page: Page, dice: Dice, plant: Plant) -> Page | None:
    """Marks in two columns, and their legend under the table."""
    rows = [row for row in page.rows("body") if not page.lines[row - 1].is_planted]
    for row in dice.sample(rows, 3):
        mark = dice.pick(sorted(EXPLAINED))
        spot = replace(withheld(EXPLAINED[mark], mark), plant=plant)
        page = replaced(page, row, {page.columns.index("children"): spot})
    return with_note(page, LEGEND)


def under(_: Spot, dice: Dice) -> Spot:
    """A number said by its bounds: « <5 », « 1 à 4 », « moins de 5 »."""
    shown = dice.pick(sorted(UNDER))
    return withheld("secret", shown, UNDER[shown])


def masked(_: Spot, dice: Dice) -> Spot:
    """A small number that the format of its cell hides."""
    form, value = dice.pick(MASKS), dice.between(1, 4)
    bounds = (0, 4) if form == '"<5"' else (None, None)
    return Spot(value, Reading("secret", None, *bounds), value, form)


def noted(page: Page, dice: Dice, plant: Plant) -> Page | None:
    """A number followed by the mark of a note, and the note."""
    rows = [row for row in page.rows("body") if not page.lines[row - 1].is_planted]
    if not rows:
        return None
    row, (mark, note) = dice.pick(rows), dice.pick(NOTES)
    column = page.columns.index("children")
    spot = page.lines[row - 1].spots[column]
    page = replaced(page, row, {column: replace(spot, value=f"{spot.value}{mark}", plant=plant)})
    return with_note(page, note)


def as_text(spot: Spot, dice: Dice) -> Spot:
    """An amount written as a French text: spaces of three kinds, comma, euro."""
    written = dice.pick(WRITTEN)(float(spot.truth or 0))
    return replace(spot, value=written, reading=Reading("number", round(float(spot.truth or 0), 2)), form="")


def percent_text(spot: Spot, _: Dice) -> Spot | None:
    """A rate in percent points among shares of one."""
    if not isinstance(spot.value, float):
        return None
    points = round(spot.value * 100, 1)
    shown = f"{points} %".replace(".", ",")
    return Spot(shown, Reading("percent", points))


def bare_points(spot: Spot, _: Dice) -> Spot | None:
    """A rate in points without any percent sign: 71.7 among shares shown as percentages."""
    return Spot(round(float(spot.value) * 100, 1)) if isinstance(spot.value, float) else None


def error(_: Spot, dice: Dice) -> Spot:
    """The error of a formula."""
    return Spot(dice.pick(ERRORS), Reading("error"))


def never_computed(_: Spot, dice: Dice) -> Spot:
    """A formula saved without its result."""
    return Spot(f"=1+{dice.between(1, 9)}", Reading("error"))


def blanks_and_zeros(page: Page, dice: Dice, plant: Plant) -> Page | None:
    """A count with both zeros and blanks, which no legend tells apart."""
    column = page.columns.index("children")
    free = [row for row in page.rows("body") if not page.lines[row - 1].is_planted]
    if page.rows("note"):
        return None
    aside = replace(plant, aside=True)
    rows = dice.sample(free, 6)
    for row in rows[:3]:
        page = replaced(page, row, {column: Spot(0, Reading("number", 0), 0, plant=aside)})
    for row in rows[3:]:
        page = replaced(page, row, {column: Spot(None, Reading("empty"), plant=aside)})
    return said_of_page(page, plant)


def derivable(page: Page, dice: Dice, plant: Plant) -> Page | None:
    """One value withheld in a column whose total tells it."""
    column, rows = page.columns.index("children"), page.rows("body")
    spots = [page.lines[row - 1].spots[column] for row in rows]
    is_known = all(spot.reading and spot.reading.kind == "number" for spot in spots)
    free = [row for row in rows if not page.lines[row - 1].is_planted]
    if page.rows("total") or not is_known or not free:
        return None
    page = replaced(page, dice.pick(free), {column: replace(withheld("secret", "s"), plant=plant)})
    total = sum(spot.truth or 0 for spot in spots)
    line = text_line("total", "Total", len(page.columns))
    told = (*line.spots[:column], Spot(total, Reading("number", total)), *line.spots[column + 1 :])
    return with_note(under_body(page, replace(line, spots=told)), LEGEND)


DIRTY: dict[str, Dirty] = {
    "28": in_page(noted),
    "44a": in_page(explained),
    "44b": times(2, in_cell("children", unexplained)),
    "45": times(2, in_cell("children", under)),
    "46": times(2, in_cell("children", masked)),
    "47": in_page(derivable),
    "48": in_page(blanks_and_zeros),
    "49": times(2, in_cell("amount", as_text)),
    "50a": in_cell("rate", percent_text),
    "50b": in_cell("rate", bare_points),
    "52a": in_cell("children", error),
    "52b": in_cell("children", never_computed),
}
