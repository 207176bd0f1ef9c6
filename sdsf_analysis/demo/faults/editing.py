"""Changes made to a sheet that is being dirtied: its lines, its spots."""

from dataclasses import replace

from sdsf_analysis.demo.faults.page import Line, LineRole, Page, Plant, Spot


def text_line(role: LineRole, text: str, width: int) -> Line:
    """A line of one text, as titles and notes are.

    Examples
    --------
    >>> text_line("note", "Source : Caf", 3).spots[0].value
    'Source : Caf'
    """
    return Line(role, (Spot(text), *(Spot(),) * (width - 1)))


def under_body(page: Page, line: Line) -> Page:
    """A sheet with a line added right under its last record.

    Examples
    --------
    >>> page = Page("s", ("text",), (Line("body", ()), Line("note", ())))
    >>> [line.role for line in under_body(page, Line("total", ())).lines]
    ['body', 'total', 'note']
    """
    last = page.rows("body")[-1]
    return replace(page, lines=(*page.lines[:last], line, *page.lines[last:]))


def replaced(page: Page, row: int, changes: dict[int, Spot]) -> Page:
    """A sheet with some spots of one row changed.

    Parameters
    ----------
    page : Page
        The sheet.
    row : int
        1-based row.
    changes : dict of int to Spot
        New spots by 0-based column.

    Examples
    --------
    >>> page = Page("s", ("text",), (Line("body", (Spot("a"),)),))
    >>> replaced(page, 1, {0: Spot("b")}).lines[0].spots[0].value
    'b'
    """
    line = page.lines[row - 1]
    spots = tuple(changes.get(column, spot) for column, spot in enumerate(line.spots))
    lines = (*page.lines[: row - 1], replace(line, spots=spots), *page.lines[row:])
    return replace(page, lines=lines)


def said_of_page(page: Page, plant: Plant) -> Page:
    """The sheet, bearing a fault that is said of it as a whole.

    Examples
    --------
    >>> said_of_page(Page("s", (), ()), Plant("14", "S")).plants[0].fault
    '14'
    """
    return replace(page, plants=(*page.plants, plant))


def with_note(page: Page, text: str) -> Page:
    """The sheet with one more line under its table.

    Examples
    --------
    >>> with_note(Page("s", ("text",), ()), "Source : Caf").lines[0].role
    'note'
    """
    return replace(page, lines=(*page.lines, text_line("note", text, len(page.columns))))
