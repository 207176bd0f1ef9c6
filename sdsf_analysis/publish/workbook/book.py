"""The file itself: formats, sheets that print on A4, texts that never become formulas or links."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from math import ceil
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from sdsf_analysis.publish.workbook.cells import Cell
from sdsf_analysis.publish.workbook.grids import Grid

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
INK, MUTED, LINK, WARNING, HEAD, RULE = "#22303C", "#5B6770", "#0B5394", "#A34700", "#E8EEF3", "#B8C0C6"
# a spreadsheet reads as a formula what begins so, once the cell is edited
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_A4 = 9
LINE, MIN_WIDTH, FIRST_WIDTH = 15, 10, 34
# a column of names, one of sentences
MAX_WIDTH, SENTENCE_WIDTH, _SENTENCE = 30, 60, 60
_LONGEST, _FOOTER = 32_000, 250
# letters of a French text in one unit of width, which is that of a digit
_PER_UNIT = 1.25
_HEADER_LINES = 4
_BOLD = 0.85


@dataclass
class Book:
    """A workbook being written, and its formats, each made once.

    Parameters
    ----------
    banner : str
        What stands under the title of every sheet: plan, date, diffusion.
    warning : str
        « données fictives », in the demo.
    """

    banner: str
    warning: str = ""
    stream: BytesIO = field(default_factory=BytesIO)
    _formats: dict[tuple[tuple[str, Any], ...], Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.book = xlsxwriter.Workbook(self.stream, OPTIONS)

    def format(self, **properties: Any) -> Any:
        """Format of some properties; cells stand at the top, in the ink of the house."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            base = {"font_name": "Calibri", "font_size": 10, "font_color": INK, "valign": "top"}
            self._formats[key] = self.book.add_format({**base, **properties})
        return self._formats[key]

    def sheet(self, name: str, title: str, colour: str, source: str, *, back: str = "") -> Any:
        """Add a sheet with its title, its banner, a link back, and its setting for the printer.

        Parameters
        ----------
        name, title, colour
            Name of the sheet, title on it, colour of its tab.
        source : str
            Said in the footer of the printed page.
        back : str
            Sheet that the link leads to; none without it.
        """
        sheet = self.book.add_worksheet(name)
        sheet.hide_gridlines(2)
        sheet.set_tab_color(colour)
        self.write(sheet, 0, 0, title, bold=True, font_size=14, font_color=colour)
        sheet.set_row(0, 22)
        if back:
            self.link(sheet, 1, 0, back, f"← {back}")
        self.write(sheet, 1, 1 if back else 0, self.banner, font_color=MUTED)
        if self.warning:
            self.write(sheet, 2, 1 if back else 0, self.warning, bold=True, font_color=WARNING)
        _print_setup(sheet, source, " · ".join(filter(None, (self.banner, self.warning))))
        return sheet

    def write(self, sheet: Any, row: int, column: int, text: str, **properties: Any) -> None:
        """Write a text as a text, whatever it begins with."""
        if text.startswith(_FORMULA):
            properties["quote_prefix"] = True
        sheet.write_string(row, column, text[:_LONGEST], self.format(**properties))

    def link(self, sheet: Any, row: int, column: int, target: str, text: str, **properties: Any) -> None:
        """Write a link to a sheet of the book."""
        quoted = target.replace("'", "''")
        style = self.format(font_color=LINK, underline=1, **properties)
        sheet.write_url(
            row, column, f"internal:'{quoted}'!A1", style, string=text, tip=f"Aller à « {target} »"
        )

    def cell(self, sheet: Any, row: int, column: int, cell: Cell, **properties: Any) -> None:
        """Write a cell: a number, a day, a text, or in grey why there is no number."""
        value = cell.value
        if value is None:
            sheet.write_blank(row, column, None, self.format(**properties))
        elif cell.is_status:
            self.write(
                sheet, row, column, str(value), italic=True, font_color=MUTED, align="right", **properties
            )
        elif isinstance(value, str):
            # a text right of a number would touch it
            place = {"align": "left", "indent": 1} if column else {}
            self.write(sheet, row, column, value, text_wrap=True, **place, **properties)
        elif isinstance(value, date):
            style = self.format(num_format=cell.form, align="left", indent=min(column, 1), **properties)
            sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), style)  # noqa: DTZ001
        else:
            sheet.write_number(row, column, value, self.format(num_format=cell.form, **properties))

    def paragraph(self, sheet: Any, row: int, text: str, widths: Sequence[float], **properties: Any) -> None:
        """Write a text over some columns, in a row high enough for it."""
        last = max(len(widths) - 1, 1)
        style = self.format(text_wrap=True, **{"font_color": MUTED, **properties})
        sheet.merge_range(row, 0, row, last, "", style)
        sheet.write_string(row, 0, text[:_LONGEST], style)
        sheet.set_row(row, LINE * lines(text, sum(widths)))

    def table(self, sheet: Any, row: int, grid: Grid, name: str, widths: Sequence[float]) -> int:
        """Write a table, with its filter; give the row after it.

        Parameters
        ----------
        sheet : xlsxwriter.worksheet.Worksheet
        row : int
            Of the titles.
        grid : Grid
            With at least one row.
        name : str
            Name of the table, for formulas of the reader's own.
        widths : sequence of float
            Of the columns of the sheet.
        """
        head = self.format(bold=True, bg_color=HEAD, text_wrap=True, bottom=1, bottom_color=RULE)
        last = row + len(grid.rows)
        columns = [{"header": title, "header_format": head} for title in grid.titles]
        sheet.add_table(
            row,
            0,
            last,
            len(grid.titles) - 1,
            {"name": name, "columns": columns, "style": "Table Style Light 1"},
        )
        deep = max(
            lines(title, (width - 3) * _BOLD) for title, width in zip(grid.titles, widths, strict=False)
        )
        sheet.set_row(row, LINE * min(deep, _HEADER_LINES + 1))
        for at, cells in enumerate(grid.rows, row + 1):
            self._row(sheet, at, cells, widths)
        if grid.foot:
            self._row(sheet, last + 1, grid.foot, widths, bold=True, top=1, top_color=RULE)
        # codes of communes are texts on purpose
        area = f"A{row + 2}:{xl_rowcol_to_cell(last + 1, len(grid.titles) - 1)}"
        self._codes.setdefault(sheet.get_name(), []).append(area)
        sheet.ignore_errors({"number_stored_as_text": " ".join(self._codes[sheet.get_name()])})
        return last + (2 if grid.foot else 1)

    @property
    def _codes(self) -> dict[str, list[str]]:
        return self.__dict__.setdefault("_areas", {})  # type: ignore[no-any-return]

    def _row(
        self, sheet: Any, row: int, cells: Sequence[Cell], widths: Sequence[float], **properties: Any
    ) -> None:
        for column, cell in enumerate(cells):
            self.cell(sheet, row, column, cell, **properties)
        texts = zip(cells, widths, strict=False)
        deep = max(lines(cell.value, width) if isinstance(cell.value, str) else 1 for cell, width in texts)
        sheet.set_row(row, LINE * deep)

    def close(self, created: date) -> bytes:
        """Give the bytes of the file: the same each time, for the same date."""
        self.book.set_properties({"created": datetime(created.year, created.month, created.day)})  # noqa: DTZ001
        self.book.close()
        return self.stream.getvalue()


def lines(text: str, width: float) -> int:
    """Lines that a text takes in a column: LibreOffice does not make a row high enough by itself.

    Examples
    --------
    >>> lines("Habitants", 20), lines("Habitants couverts par une CTG", 20)
    (1, 2)
    """
    return max(1, sum(ceil(len(part) / (max(width, 1) * _PER_UNIT)) or 1 for part in text.split("\n")))


def widths_of(grids: Sequence[Grid]) -> list[float]:
    """Widths of the columns of a sheet that fit all its tables.

    Examples
    --------
    >>> widths_of([Grid(("Territoire", "Habitants couverts (%)"), [[Cell("CC du Test"), Cell(0.6)]])])
    [34, 12]
    """
    size = max((len(grid.titles) for grid in grids), default=0)
    widths = [
        max((_width(grid, at) for grid in grids if at < len(grid.titles)), default=0) for at in range(size)
    ]
    return [max(widths[0], FIRST_WIDTH), *widths[1:]] if widths else []


def _width(grid: Grid, column: int) -> int:
    """Room for the longest word of the title, a part of it, the cells; the rest goes to a new line."""
    title = grid.titles[column]
    cells = [len(str(row[column].value)) if isinstance(row[column].value, str) else 9 for row in grid.rows]
    # the button of the filter stands on the title
    words = max(len(word) for word in title.split()) + 3
    longest = max(cells, default=0)
    most = SENTENCE_WIDTH if longest > _SENTENCE else MAX_WIDTH
    return max(MIN_WIDTH, words, ceil(len(title) / _HEADER_LINES) + 4, min(longest, most))


def _print_setup(sheet: Any, source: str, banner: str) -> None:
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.7)
    tail = f"&R&8{_escaped(banner)} — page &P sur &N"
    room = _FOOTER - len(tail) - 6
    words = _escaped(f"Source : {source}") if source else ""
    sheet.set_footer(f"&L&8{words[:room]}{tail}")


def _escaped(text: str) -> str:
    return text.replace("&", "&&")
