"""Shapes of sheets: totals at the top or in the middle, stacked tables, no header, documentation."""

from dataclasses import replace

from sdsf_analysis.demo.dice import Dice
from sdsf_analysis.demo.faults.clean import ADDITIVE, LABELS
from sdsf_analysis.demo.faults.editing import replaced, said_of_page, text_line, with_note
from sdsf_analysis.demo.faults.fault import Dirty, in_page
from sdsf_analysis.demo.faults.page import Draft, Line, Page, Plant, Reading, Spot
from sdsf_analysis.demo.faults.sheets import GROUPS

YEAR_LABEL = "Année 2023"
SECOND = "Structures en projet (données fictives)"
WAITING = "Enfants en attente"
WORDS = (
    "Documentation",
    "Ce classeur réunit les chiffres des structures du département (données fictives).",
    "Les effectifs sont ceux du 31 décembre ; les dépenses sont celles de l'exercice.",
    "Contact : service des études de la Caf.",
)


def total_at_top(page: Page, _: Dice, plant: Plant) -> Page | None:
    """The total right under the header."""
    if page.rows("total"):
        return None
    top = page.rows("body")[0] - 1
    line = _adding("Ensemble du département", page, page.rows("body"))
    return said_of_page(replace(page, lines=(*page.lines[:top], line, *page.lines[top:])), plant)


def subtotals(page: Page, _: Dice, plant: Plant) -> Page | None:
    """Two groups, each with its sub-total under it, then the grand total."""
    rows = page.rows("body")
    half = len(rows) // 2
    if page.rows("total") or rows[half] != rows[half - 1] + 1:
        return None
    first, second = rows[:half], rows[half:]
    lines = (
        *page.lines[: first[-1]],
        _adding("Sous-total nord", page, first),
        *page.lines[first[-1] : second[-1]],
        _adding("Sous-total sud", page, second),
        _adding("Total général", page, rows),
        *page.lines[second[-1] :],
    )
    return said_of_page(replace(page, lines=lines), plant)


def _adding(label: str, page: Page, rows: list[int]) -> Line:
    spots = [Spot() for _ in page.columns]
    spots[0] = Spot(label)
    for name in ADDITIVE:
        column = page.columns.index(name)
        truths = [page.lines[row - 1].spots[column].truth for row in rows]
        if None not in truths:
            value = round(sum(truth or 0 for truth in truths), 2)
            spots[column] = Spot(value, Reading("number", value))
    return Line("total", tuple(spots))


def stacked(page: Page, _: Dice, plant: Plant) -> Page | None:
    """Another table under a blank row, under its own title, one of its labels its own."""
    if page.n_tables > 1 or not page.rows("header"):
        return None
    width = len(page.columns)
    again = tuple(replace(line, spots=tuple(_renamed(spot) for spot in line.spots)) for line in page.lines)
    title = text_line("title", SECOND, width)
    under = tuple(replace(line, table=1) for line in (title, *again) if line.role != "note")
    lines = (*page.lines, Line("blank", (Spot(),) * width), *under)
    return said_of_page(replace(page, lines=lines, n_tables=2), plant)


def _renamed(spot: Spot) -> Spot:
    return replace(spot, value=WAITING) if spot.value == LABELS["children"] else spot


def three_header_rows(page: Page, _: Dice, plant: Plant) -> Page | None:
    """A year merged over groups merged over labels."""
    (top, *more) = page.rows("header")
    if more or page.rows("repeated"):
        return None
    labels = page.lines[top - 1].spots
    left, right = page.columns.index(GROUPS[0][0]), page.columns.index(GROUPS[-1][1])
    years = [replace(spot, span=(3, 1)) for spot in labels]
    groups, names = [Spot()] * len(labels), [Spot()] * len(labels)
    years[left : right + 1] = [Spot(YEAR_LABEL, span=(1, right - left + 1)), *[Spot()] * (right - left)]
    for first, _last, name in GROUPS:
        column = page.columns.index(first)
        groups[column] = Spot(name, span=(1, 2))
    names[left : right + 1] = labels[left : right + 1]
    rows = tuple(Line("header", tuple(spots)) for spots in (years, groups, names))
    return said_of_page(replace(page, lines=(*page.lines[: top - 1], *rows, *page.lines[top:])), plant)


def no_header(page: Page, _: Dice, plant: Plant) -> Page | None:
    """Records from the first row, without any label."""
    is_marked = any(line.is_planted for line in page.lines)
    if len(page.rows("header")) != 1 or page.rows("repeated") or is_marked:
        return None
    codes = [column for column, name in enumerate(page.columns) if name in ("code", "epci")]
    lines = tuple(
        replace(line, spots=tuple(_unsaid(spot, column in codes) for column, spot in enumerate(line.spots)))
        for line in page.lines
        if line.role != "header"
    )
    return said_of_page(replace(page, lines=lines), plant)


def _unsaid(spot: Spot, is_code: bool) -> Spot:
    """Without its label, a column of digits may be one of codes or one of numbers."""
    return replace(spot, reading=None) if is_code else spot


def documented(draft: Draft, _: Dice, plant: Plant) -> Draft:
    """A sheet of documentation beside the table."""
    lines = tuple(text_line("title", word, 1) for word in WORDS)
    page = Page("Lisez-moi", ("text",), lines, n_tables=0)
    return replace(draft, pages=(*draft.pages, page), plants=(*draft.plants, plant))


def noted_name(page: Page, dice: Dice, plant: Plant) -> Page | None:
    """The mark of a note behind a name, and the note."""
    rows = [row for row in page.rows("body") if not page.lines[row - 1].is_planted]
    if not rows:
        return None
    row, column = dice.pick(rows), page.columns.index("commune")
    spot = page.lines[row - 1].spots[column]
    marked = replace(spot, value=f"{spot.value} (2)", reading=None, plant=plant)
    return with_note(replaced(page, row, {column: marked}), "(2) commune entrée dans l'EPCI en cours d'année")


DIRTY: dict[str, Dirty] = {
    "16b": in_page(three_header_rows),
    "21b": in_page(stacked),
    "26c": in_page(total_at_top),
    "26d": in_page(subtotals),
    "28b": in_page(noted_name),
    "F1": in_page(no_header),
    "F2": documented,
}
