"""The kind of each column of a table, by its labels and by what most of its cells hold."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import chain

from sdsf_analysis.model.status import Status
from sdsf_analysis.reading.sheet import Cell
from sdsf_analysis.reading.table import PLAIN_NUMBER, Table
from sdsf_analysis.reading.text import is_blank
from sdsf_analysis.reading.typed.dates import find_date, is_serial, read_month
from sdsf_analysis.reading.typed.roles import are_phones, code_role, is_age_band, looks_like_codes, speaks_of
from sdsf_analysis.reading.typed.separators import decimal_separators, lone_separator
from sdsf_analysis.reading.values import Legend, is_error, read_fte, read_number

# So many rows, spread over the table, tell the kinds of its columns; a sparse column is looked at whole.
_SAMPLE = 250
_ENOUGH = 25
_HALF = 0.5
SMALL = 1.5
# Shares under one beside points: no rate of a column is twenty times all the others.
PERCENT_GAP = 20


@dataclass(frozen=True)
class Traits:
    """What the cells of a column, taken together, say of each of them.

    Attributes
    ----------
    role : str
        Codes of a commune, a département, a region… (see `roles.code_role`); empty for none.
    is_ages, is_fte : bool
        Bands of ages, that Excel may have turned into dates; full-time equivalents.
    scale : str
        « share » or « points » for a column of rates of which most cells are of that scale.
    separator : str
        Comma or point that no cell of the column shows to be a decimal one.
    is_measured : bool
        Whether the numbers are no counts: rates, or numbers with decimals.
    """

    role: str = ""
    is_ages: bool = False
    is_fte: bool = False
    scale: str = ""
    separator: str = ""
    is_measured: bool = False


class ColumnKind(str):
    """Kind of a column — text, code, number, percent or date — that bears its traits."""

    __slots__ = ("traits",)
    traits: Traits

    def __new__(cls, kind: str, traits: Traits | None = None) -> "ColumnKind":
        """Make a kind, without traits unless some are given."""
        made = super().__new__(cls, kind)
        made.traits = traits or Traits()
        return made


def column_kinds(table: Table, legend: Legend | None = None) -> dict[int, str]:
    """Kind of each column of a table.

    Parameters
    ----------
    table : Table
    legend : dict, optional
        Meaning of the marks by the file's own legend.

    Returns
    -------
    dict of int to str
        Text, code, number, percent or date, by the column's index on the sheet.

    Examples
    --------
    >>> from sdsf_analysis.reading.layout import find_tables
    >>> from sdsf_analysis.reading.sheet import Sheet
    >>> header = ["Code", "Commune", "Taux", "Places"]
    >>> rows = [header, ["01173", "Gex", "45,7 %", 20.0], ["01419", "Thoiry", "nd", 5.0]]
    >>> column_kinds(*find_tables(Sheet("Offre", rows)))
    {1: 'code', 2: 'text', 3: 'percent', 4: 'number'}
    """
    found: dict[int, str] = {}
    samples = {column.index: _sample(table, column.index) for column in table.columns}
    texts = {
        column: [cell for _, cell in cells if isinstance(cell, str)] for column, cells in samples.items()
    }
    decimals = decimal_separators(chain.from_iterable(texts.values()))
    for column in table.columns:
        kind = _kind(table, column.index, column.path, samples[column.index], legend)
        found[column.index] = _without_separator(kind, decimals, texts[column.index])
    return found


def are_stored(cells: Iterable[Cell]) -> bool:
    """Say whether all cells hold a number themselves, not a text that shows one.

    Examples
    --------
    >>> are_stored([12.0, 3.0]), are_stored([12.0, "3"]), are_stored([True])
    (True, False, False)
    """
    return set(map(type, cells)) <= {float, int}


def _sample(table: Table, column: int) -> list[tuple[int, Cell]]:
    """Rows and cells that show something, evenly spread over the column."""
    rows = table.body_rows
    every = table.column(column).cells
    for step in (len(rows) // _SAMPLE + 1, 1):
        cells = zip(rows[::step], every[::step], strict=True)
        shown = [pair for pair in cells if type(pair[1]) is float or not is_blank(pair[1])]
        if len(shown) >= _ENOUGH:
            break
    return shown[:: len(shown) // _SAMPLE + 1]


def _kind(
    table: Table, column: int, path: Sequence[str], sample: list[tuple[int, Cell]], legend: Legend | None
) -> ColumnKind:
    masked = table.sheet.marks.masked_rows.get(column, ())
    shown = [pair for pair in sample if pair[0] not in masked] if masked else sample
    cells = [cell for _, cell in shown]
    families = ["number"] * len(cells) if are_stored(cells) else [family_of(cell, legend) for cell in cells]
    if speaks_of("fte", path):
        families = list(map(_family_of_fte, cells, families))
    cells = [cell for cell, family in zip(cells, families, strict=True) if family != "mark"]
    if not cells:
        return ColumnKind("number" if sample else "text")
    if are_phones(path, cells):
        return ColumnKind("text")
    role, is_said = code_role(path)
    if looks_like_codes(cells, role, is_said=is_said) or _are_departements_alone(table, column, path, cells):
        return ColumnKind("code", Traits(role=role or "other"))
    counts = Counter(families)
    numbers = counts["number"] + counts["percent"]
    is_ages = _are_ages(path, cells)
    if not is_ages and _are_dates(counts, path, cells):
        return ColumnKind("date")
    # a column of small numbers may be withheld from end to end
    if is_ages or numbers + counts["bound"] < _HALF * len(cells):
        return ColumnKind("text", Traits(is_ages=is_ages))
    return _kind_of_numbers(table, column, path, shown)


def _kind_of_numbers(
    table: Table, column: int, path: Sequence[str], shown: list[tuple[int, Cell]]
) -> ColumnKind:
    """Percent where most numbers bear the sign or are shown with it."""
    percents = table.sheet.marks.percent_rows.get(column, set())
    if are_stored(cell for _, cell in shown):
        numbers, marked = shown, sum(row in percents for row, _ in shown) if percents else 0
    else:
        numbers = [(row, cell) for row, cell in shown if family_of(cell) in ("number", "percent")]
        marked = sum(
            row in percents if _is_stored(cell) else family_of(cell) == "percent" for row, cell in numbers
        )
    is_fte = speaks_of("fte", path)
    # « 80 % » beside « mi-temps » is one way to write a working time
    is_percent = bool(numbers) and marked >= _HALF * len(shown if is_fte else numbers)
    # a working time is written as a share or in percent, side by side
    is_rate = (is_percent or speaks_of("rates", path)) and not is_fte
    scale = _scale(table, column, numbers, is_percent=is_percent) if is_rate else ""
    is_measured = is_rate or is_fte or any(_has_decimals(cell) for _, cell in numbers)
    traits = Traits(is_fte=is_fte, scale=scale, is_measured=is_measured)
    return ColumnKind("percent" if is_percent else "number", traits)


def _has_decimals(cell: Cell) -> bool:
    value = cell if isinstance(cell, float) else read_number(cell).value
    return value is not None and not value.is_integer()


def _family_of_fte(cell: Cell, family: str) -> str:
    """Family of a cell of working times: « mi-temps » is a number there."""
    return "number" if family in ("text", "bound") and read_fte(cell).value is not None else family


def _is_stored(cell: Cell) -> bool:
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def family_of(cell: Cell, legend: Legend | None = None) -> str:
    """Family of a cell by itself: number, percent, bound, mark, date or text.

    Examples
    --------
    >>> [family_of(cell) for cell in (3.0, "45,7 %", "1-4", "nd", "31/12/2024", "Gex", None)]
    ['number', 'percent', 'bound', 'mark', 'date', 'text', 'mark']
    """
    if isinstance(cell, str):
        if PLAIN_NUMBER.fullmatch(cell):
            return "number"
        return "mark" if legend and cell.strip().casefold() in legend else _family_of_text(cell)
    if isinstance(cell, bool):
        return "text"
    if isinstance(cell, int | float):
        return "number"
    return "mark" if cell is None else "date" if isinstance(cell, date) else "text"


@lru_cache(maxsize=50_000)
def _family_of_text(text: str) -> str:
    number = read_number(text)
    if number.value is not None:
        return "percent" if number.percent else "number"
    if number.status is Status.SECRET and number.low is not None:
        return "bound"
    if number.status is not Status.ERROR or is_error(text):
        return "mark"
    if number.code == "number_doubtful":
        return "bound"
    return "date" if find_date(text, whole=True) or read_month(text) else "text"


def _are_departements_alone(table: Table, column: int, path: Sequence[str], cells: list[Cell]) -> bool:
    """Stored numbers without a label, each once, at the head of the rows and all of them départements."""
    if path or column != table.columns[0].index or len(cells) < 2 or len(set(cells)) < len(cells):
        return False
    return looks_like_codes(cells, "departement", is_said=False) and all(
        isinstance(table.cell(row, column + 1), str) for row in table.body_rows[:2]
    )


def _are_ages(path: Sequence[str], cells: list[Cell]) -> bool:
    """Texts that are bands of ages, or dates under a label that speaks of ages."""
    if are_stored(cells):
        return False
    texts = [cell for cell in cells if isinstance(cell, str)]
    bands = sum(is_age_band(text) for text in texts)
    dates = sum(isinstance(cell, date) for cell in cells)
    if speaks_of("ages", path):
        return bool(bands + dates) and bands + dates >= _HALF * len(cells)
    # « 1 à 4 » again and again, or beside numbers, bounds a count
    are_bounds = len({text for text in texts if is_age_band(text)}) < 2 or any(map(_is_stored, cells))
    return not are_bounds and bands + dates >= _HALF * len(cells) and bands > dates


def _are_dates(counts: Counter[str], path: Sequence[str], cells: list[Cell]) -> bool:
    days = counts["date"]
    if speaks_of("dates", path):
        days += sum(is_serial(cell) for cell in cells)
    return bool(days) and days >= _HALF * len(cells)


def _scale(table: Table, column: int, cells: list[tuple[int, Cell]], *, is_percent: bool) -> str:
    """Scale of most cells of a column of rates, empty where nothing says that the column mixes two."""
    scales = Counter(scale_of(cell, is_shown_percent=(row, column) in table.sheet.marks.percents)
                     for row, cell in cells)  # fmt: skip
    shares, points = scales["share"] + (scales["small"] if scales["share"] else 0), scales["points"]
    if is_percent:
        return "points" if points > shares else "share"
    if not scales["small"] or not points:
        return ""
    sizes = [abs(value) for _, cell in cells if (value := read_number(cell).value)]
    small, large = [s for s in sizes if s <= SMALL], [s for s in sizes if s > SMALL]
    if not small or not large or min(large) < PERCENT_GAP * max(small):
        return ""
    return "points" if points > scales["small"] else "share"


def scale_of(cell: Cell, *, is_shown_percent: bool) -> str:
    """Scale of one rate: share of one, points, « small » where it may be either; empty for no number or zero.

    Examples
    --------
    >>> scale_of(0.457, is_shown_percent=True), scale_of("45,7 %", is_shown_percent=False)
    ('share', 'points')
    >>> scale_of(0.31, is_shown_percent=False), scale_of(71.0, is_shown_percent=False)
    ('small', 'points')
    """
    number = read_number(cell)
    if not number.value:
        return ""
    if number.percent:
        return "points"
    if is_shown_percent and _is_stored(cell):
        return "share"
    return "small" if abs(number.value) <= SMALL else "points"


def _without_separator(kind: ColumnKind, decimals: set[str], texts: list[str]) -> ColumnKind:
    """The kind, with the separator that nothing shows to be a decimal one, where the column writes one."""
    if kind not in ("number", "percent"):
        return kind
    found = (separator for text in texts if (separator := lone_separator(text)))
    doubtful = next((separator for separator in found if separator not in decimals), "")
    if not doubtful:
        return kind
    return ColumnKind(kind, replace(kind.traits, separator=doubtful))
