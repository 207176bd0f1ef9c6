"""The layouts of the partners' files, declared in ``layouts.toml``: titles, columns, notes."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

from sdsf_analysis.demo.cells import Cell, Column, Document, Row, Sheet, Table, plain

Rows = Mapping[str, Sequence[Row]]
FICTITIOUS = "données fictives"
_YEAR = re.compile(r"\b20\d\d\b")


def kinds() -> list[str]:
    """Kinds of file that have a layout.

    Examples
    --------
    >>> kinds()[:3]
    ['ctg', 'officers', 'eaje']
    """
    return list(_layouts())


def file_name(kind: str) -> str:
    """Name of the file of a kind.

    Examples
    --------
    >>> file_name("ctg")
    'Suivi CTG.xlsx'
    """
    return str(_layouts()[kind]["file"])


def is_asked(kind: str) -> bool:
    """Whether partners are asked for this file (the Cnaf and INSEE publish theirs).

    Examples
    --------
    >>> is_asked("ctg"), is_asked("txcouv")
    (True, False)
    """
    return not _layouts()[kind].get("published", False)


def variants(kind: str) -> int:
    """Number of layouts in which senders lay out this kind of file, or of words in which they head it.

    Examples
    --------
    >>> variants("insee_ages"), variants("alsh"), variants("projets")
    (2, 2, 2)
    """
    layout = _layouts()[kind]
    return 1 + len(layout.get("variants", ())) + ("other_words" in layout)


def document(kind: str, words: Mapping[str, str], variant: int = 0, *, is_template: bool = False) -> Document:
    """Document of a kind, with its titles and headers and no row.

    Parameters
    ----------
    kind : str
        One of `kinds`.
    words : mapping of str to str
        What fills the braces of titles and headers: ``of``, ``date``, ``baseline``…
    variant : int
        One of `variants`; the first is the one asked of partners.
    is_template : bool
        Without « données fictives », for a partner to fill in.

    Examples
    --------
    >>> document("secteurs", {"of": "de l'Ain", "date": "31/12/2024"}).sheets[0].titles[0]
    "Secteurs d'intervention – Caf de l'Ain – données fictives"
    """
    layout = _layouts()[kind]
    others = ({}, *layout.get("variants", ()))
    layout = layout | (others[variant] if variant < len(others) else {})
    tables = [part for spec in layout["tables"] for part in _per_sheet(spec)]
    names = list(dict.fromkeys(spec["sheet"] for spec in tables))
    sheets = tuple(
        _sheet(name, [spec for spec in tables if spec["sheet"] == name], words, is_template) for name in names
    )
    if variant >= len(others):
        other = {
            before.format_map(words): label.format_map(words)
            for before, label in layout["other_words"].items()
        }
        orders = layout.get("other_order", {})
        sheets = tuple(_reworded(sheet, other, orders) for sheet in sheets)
    if "texts" in layout and not is_template:
        sheets = (*sheets, _texts(layout["texts"], words))
    name = layout["file"].replace(f" ({FICTITIOUS})", "") if is_template else layout["file"]
    return Document(name, sheets, layout.get("encoding", "utf-8"))


def a_year_before(blank: Document) -> Document:
    """The same document as it was sent a year before: the years of its name, titles and headers.

    Examples
    --------
    >>> a_year_before(document("eaje", {"of": "de l'Ain", "date": "31/12/2024"})).name
    'EAJE activité 2021-2023.xlsx'
    """
    sheets = (
        replace(sheet, titles=tuple(map(_before, sheet.titles)), tables=tuple(
            replace(table, columns=tuple(
                replace(column, path=tuple(map(_before, column.path))) for column in table.columns
            ))
            for table in sheet.tables
        ))
        for sheet in blank.sheets
    )  # fmt: skip
    return replace(blank, name=_before(blank.name), sheets=tuple(sheets))


def _before(text: str) -> str:
    return _YEAR.sub(lambda year: str(int(year[0]) - 1), text)


def filled(blank: Document, rows: Rows) -> Document:
    """Put rows under the headers, each table by its key.

    Examples
    --------
    >>> blank = document("secteurs", {"of": "de l'Ain"})
    >>> complete = filled(blank, {"Secteurs": [Row(("01004", "Ambérieu-en-Bugey", "Sud"))]})
    >>> len(complete.sheets[0].tables[0].rows)
    1
    """
    return replace(blank, sheets=tuple(replace(sheet, tables=_filled(sheet, rows)) for sheet in blank.sheets))


def _filled(sheet: Sheet, rows: Rows) -> tuple[Table, ...]:
    return tuple(
        replace(table, rows=_printed(table, _ordered(table, rows[table.key]))) for table in sheet.tables
    )


def _ordered(table: Table, rows: Sequence[Row]) -> Sequence[Row]:
    if not table.order:
        return rows
    return [
        replace(row, cells=tuple(row.cells[index] for index in _whole(table.order, len(row.cells))))
        for row in rows
    ]


def _whole(order: Sequence[int], count: int) -> tuple[int, ...]:
    """Order of a few columns, followed by those that it does not move."""
    return (*order, *range(len(order), count)) if max(order) < len(order) else tuple(order)


def _printed(table: Table, rows: Sequence[Row]) -> tuple[Row, ...]:
    """Rows, with the header again at the top of the second printed page where the layout says so."""
    if not table.page or len(rows) <= table.page:
        return tuple(rows)
    again = Row(tuple(column.path[-1] for column in table.columns), "repeated")
    first = Cell(plain(again.cells[0]), "text", "header_repeated", "en-tête répété à la deuxième page")
    again = replace(again, cells=(first, *again.cells[1:]))
    return (*rows[: table.page], again, *rows[table.page :])


def _reworded(sheet: Sheet, other: Mapping[str, str], orders: Mapping[str, Sequence[int]]) -> Sheet:
    """The sheet under the labels of another sender, and in the order in which that sender gives them."""
    return replace(
        sheet, tables=tuple(_retold(table, other, orders.get(table.key, ())) for table in sheet.tables)
    )


def _retold(table: Table, other: Mapping[str, str], order: Sequence[int]) -> Table:
    columns = [
        replace(column, path=tuple(other.get(label, label) for label in column.path))
        for column in table.columns
    ]
    whole = _whole(order, len(columns)) if order else tuple(range(len(columns)))
    filtered_on = other.get(table.filtered_on, table.filtered_on)
    return replace(
        table, columns=tuple(columns[index] for index in whole), order=whole, filtered_on=filtered_on
    )


def _texts(spec: dict[str, Any], words: Mapping[str, str]) -> Sheet:
    title, *lines = (line.format_map(words) for line in spec["lines"])
    return Sheet(spec["sheet"], (f"{title} – {FICTITIOUS}", *lines), ())


def _sheet(name: str, specs: list[dict[str, Any]], words: Mapping[str, str], is_template: bool) -> Sheet:
    words = {**words, "sheet": name}
    titles = [line.format_map(words) for line in specs[0].get("titles", ())]
    if titles and not is_template:
        titles[0] = f"{titles[0]} – {FICTITIOUS}"
    return Sheet(name, tuple(titles), tuple(_table(spec, words, is_template) for spec in specs))


def _table(spec: dict[str, Any], words: Mapping[str, str], is_template: bool) -> Table:
    heading = spec.get("heading", "").format_map(words)
    notes = () if is_template else tuple(note.format_map(words) for note in spec.get("notes", ()))
    columns = [_column(line, words) for line in spec["columns"]]
    for label in spec.get("years", ()):
        columns += [_under(label, _column(line, words)) for line in spec["year_columns"]]
    more = (spec.get("filtered_on", ""), spec.get("page", 0), tuple(spec.get("order", ())))
    return Table(spec.get("key") or heading or spec["sheet"], tuple(columns), heading, (), notes, *more)


def _column(line: list[Any], words: Mapping[str, str]) -> Column:
    title, style, width, *rest = line
    path = tuple(part.strip().format_map(words) for part in title.split(" > "))
    return Column(path, style, width, merged="merged" in rest)


def _under(label: str, column: Column) -> Column:
    return replace(column, path=(column.path[0], label, *column.path[1:]))


def _per_sheet(spec: dict[str, Any]) -> list[dict[str, Any]]:
    return [spec | {"sheet": name} for name in spec.get("sheets", [spec.get("sheet", "")])]


@cache
def _layouts() -> dict[str, dict[str, Any]]:
    text = files(__package__).joinpath("layouts.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
