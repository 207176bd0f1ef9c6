"""Charts that Excel draws from the cells of a sheet: they hold nothing that is not there."""

from dataclasses import dataclass
from typing import Any

from sdsf_analysis.publish.workbook.cells import Cell
from sdsf_analysis.publish.workbook.grids import Grid

_WIDTH, _BAR, _AROUND, _CURVE = 900, 19, 110, 340
ROW_PX = 20
_COLOURS = ("#2F6F9F", "#A34700", "#5B6770", "#3B7D5A")
_FONT = {"name": "Calibri", "size": 9, "color": "#22303C"}
_GRID = {"visible": True, "line": {"color": "#E1E5E8", "width": 0.75}}


@dataclass(frozen=True)
class Place:
    """Where a table is: its workbook, its worksheet, the row of its titles."""

    book: Any
    sheet: Any
    row: int


def ranked_bars(place: Place, grid: Grid, title: str, colour: str) -> tuple[Any, int] | None:
    """Draw the rows of a table that have a number, in its order: the largest first.

    Parameters
    ----------
    place : Place
        Where the table is.
    grid : Grid
        Sorted by its charted column, what is not known last.
    title : str
        Of the chart, before that of the column.
    colour : str

    Returns
    -------
    tuple or None
        The chart, and its height in pixels; nothing where no row has a number.
    """
    count = _known(grid)
    if grid.charted is None or not count:
        return None
    name, row, column = place.sheet.get_name(), place.row, grid.charted
    chart = place.book.add_chart({"type": "bar"})
    cell = grid.rows[0][column]
    chart.add_series(
        {
            "name": [name, row, column],
            "categories": [name, row + 1, 0, row + count, 0],
            "values": [name, row + 1, column, row + count, column],
            "fill": {"color": colour},
            "gap": 40,
            "data_labels": {"value": True, "num_format": cell.form, "font": _FONT},
        }
    )
    _titled(chart, f"{title} : {grid.titles[column]}")
    chart.set_y_axis({"reverse": True, "num_font": _FONT, "line": {"none": True}, "major_tick_mark": "none"})
    chart.set_x_axis({"min": 0, "visible": False, "major_gridlines": {"visible": False}})
    height = _AROUND + _BAR * count
    chart.set_size({"width": _WIDTH, "height": height})
    return chart, height


def curves(place: Place, grid: Grid, title: str) -> tuple[Any, int] | None:
    """Draw each share of a table through its dates.

    Parameters
    ----------
    place : Place
        Where the table is.
    grid : Grid
        One row per date.
    title : str
        Of the chart.
    """
    shares = [at for at in range(1, len(grid.titles)) if any(_is_share(cells[at]) for cells in grid.rows)]
    if not shares:
        return None
    name, row = place.sheet.get_name(), place.row
    last = row + len(grid.rows)
    chart = place.book.add_chart({"type": "line"})
    for at, column in enumerate(shares):
        chart.add_series(
            {
                "name": [name, row, column],
                "categories": [name, row + 1, 0, last, 0],
                "values": [name, row + 1, column, last, column],
                "line": {
                    "color": _COLOURS[at % 4],
                    "width": 2.25,
                    "dash_type": ("solid", "long_dash", "dash")[at % 3],
                },
                "marker": {
                    "type": ("circle", "square", "diamond")[at % 3],
                    "size": 5,
                    "fill": {"color": _COLOURS[at % 4]},
                    "border": {"color": _COLOURS[at % 4]},
                },
            }
        )
    _titled(chart, title)
    chart.set_y_axis({"min": 0, "num_format": "0 %", "num_font": _FONT, "major_gridlines": _GRID})
    chart.set_x_axis({"text_axis": True, "num_format": "dd/mm/yyyy", "num_font": _FONT})
    chart.set_legend({"position": "bottom", "font": _FONT})
    chart.show_blanks_as("gap")
    chart.set_size({"width": _WIDTH, "height": _CURVE})
    return chart, _CURVE


def _titled(chart: Any, name: str) -> None:
    chart.set_title({"name": name, "name_font": {**_FONT, "size": 11, "bold": True}, "overlay": False})
    chart.set_legend({"none": True})
    chart.set_chartarea({"border": {"none": True}})


def _known(grid: Grid) -> int:
    """Rows with a number before the first that has none."""
    count = 0
    for cells in grid.rows:
        if grid.charted is None or not isinstance(cells[grid.charted].value, float):
            break
        count += 1
    return count


def _is_share(cell: Cell) -> bool:
    return isinstance(cell.value, float) and cell.form.endswith("%")
