"""A doubt about a cell of a table, before it is said of a file."""

from typing import NamedTuple


class Doubt(NamedTuple):
    """One doubt, at its own row and column of the sheet.

    Attributes
    ----------
    code : str
        Code of the problem, as the catalogue has it.
    message : str
        What an analyst reads.
    found : str
        The cell as written; empty where it must not be repeated.
    others : tuple of str
        Addresses or ranges of the cells that it was compared with.
    """

    row: int
    column: int
    code: str
    message: str
    found: str = ""
    others: tuple[str, ...] = ()
