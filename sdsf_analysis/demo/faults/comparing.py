"""What was read, compared with what was written: rows of a sheet, value of a cell."""

from typing import Any

from sdsf_analysis.demo.cells import Value
from sdsf_analysis.demo.faults.page import LineRole, Page, Reading

TOLERANCE = 1e-9


def wrong_rows(page: Page, sheet: Any) -> list[str]:
    """Rows of a sheet that are not understood as what they are.

    Parameters
    ----------
    page : Page
        What was written.
    sheet : object or None
        Reading of the sheet, with its ``tables`` and its ``layout``.
    """
    tables = [one.table for one in sheet.tables] if sheet else []
    wrong = [] if len(tables) == page.n_tables else [f"{page.name} : {len(tables)} tableaux"]
    if sheet and sheet.layout.is_data != (page.n_tables > 0):
        wrong.append(f"{page.name} : données {sheet.layout.is_data} ({sheet.layout.reason})")
    return wrong + [
        f"{page.name} : {name} {list(getattr(table, name))} au lieu de {rows}"
        for index, table in enumerate(tables)
        for name, rows in _rows(page, index).items()
        if list(getattr(table, name)) != rows
    ]


def _rows(page: Page, index: int) -> dict[str, list[int]]:
    """Rows of each role in a table; titles and notes of tables side by side are said of either."""
    table = index if page.is_stacked else None
    roles: tuple[LineRole, ...] = ("header", "body", "total")
    if page.n_tables == 1 or page.is_stacked:
        roles = (*roles, "title", "note")
    return {f"{role}_rows": page.rows(role, table) for role in roles}


def is_right(seen: Any, wanted: Reading | None) -> bool:
    """Say whether a cell was read as it must.

    Parameters
    ----------
    seen : object or None
        Reading of the cell, with ``kind``, ``value``, ``low`` and ``high``.
    wanted : Reading or None
        What is right, None where several answers are fair.

    Examples
    --------
    >>> is_right(Reading("number", 12.0), Reading("number", 12)), is_right(None, Reading("empty"))
    (True, False)
    """
    if wanted is None:
        return True
    if seen is None or seen.kind != wanted.kind or not _same(seen.value, wanted.value):
        return False
    return wanted.low is None or (seen.low, seen.high) == (wanted.low, wanted.high)


def _same(one: Value, other: Value) -> bool:
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(one - other) <= TOLERANCE * max(1.0, abs(one))
    if isinstance(one, str) and isinstance(other, str):
        return " ".join(one.split()) == " ".join(other.split())
    return one is None and other is None
