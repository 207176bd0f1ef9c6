"""A list laid out for a sheet: French titles and words, each number with its status in the one cell."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from sdsf_analysis.indicators.declaration import Indicator
from sdsf_analysis.model.tables import table
from sdsf_analysis.publish.audience import may_see
from sdsf_analysis.publish.workbook.cells import Cell, column_form, number_cell, quantity_cell, text_cell
from sdsf_analysis.publish.workbook.grids import Grid, distinct, titled
from sdsf_analysis.publish.workbook.plan import ListPart

Rows = Sequence[Mapping[Any, Any]]
Names = Mapping[str, "pd.Series"]
# a column of codes that the sheet shows by their names
_PLACES = {"territory": "Territoire", "commune": "Commune", "epci": "EPCI"}
_IN_WORDS = re.compile(",? en toutes lettres$")


def list_grid(answer: pd.DataFrame, part: ListPart, entry: Indicator, names: Names, audience: str) -> Grid:
    """Lay out a list.

    Parameters
    ----------
    answer : pandas.DataFrame
    part : ListPart
        The columns shown, and what their codes read.
    entry : Indicator
        For the titles and units.
    names : mapping of str to pandas.Series
        Level → name of each territory, by its code.
    audience : str
        Columns of a stricter level are left out.

    Returns
    -------
    Grid

    Examples
    --------
    >>> from sdsf_analysis.indicators.registry import indicator
    >>> part = ListPart("white_zones", "Zones", ("name", "children"))
    >>> zones = pd.DataFrame({"name": ["Seuil"], "children": [float("nan")], "children_status": ["secret"]})
    >>> grid = list_grid(zones, part, indicator("white_zones"), {}, "public")
    >>> grid.titles, [cell.value for cell in grid.rows[0]]
    (('Nom', 'Enfants'), ['Seuil', 'secret'])
    """
    rows = answer.to_dict("records")
    shown = [name for name in part.columns if name in answer and _is_open(part, name, audience)]
    columns = [
        _blanked(_column(answer, part, entry, names, name), rows, part.blank.get(name)) for name in shown
    ]
    titles = distinct(_title(entry, part, name) for name in shown)
    return Grid(titles, [list(row) for row in zip(*columns, strict=True)])


def _is_open(part: ListPart, name: str, audience: str) -> bool:
    declared = table(part.table) if part.table else None
    return declared is None or name not in declared.names or may_see(audience, declared[name].diffusion)


def _title(entry: Indicator, part: ListPart, name: str) -> str:
    if name in part.names:
        return _PLACES[name]
    measure = entry.measure(name)
    if name in part.words:
        # the list of the codes follows the colon, of which the sheet shows the words
        return measure.label.partition(" : ")[0]
    return titled(_IN_WORDS.sub("", measure.label), measure.unit)


def _blanked(cells: list[Cell], rows: Rows, blank: tuple[str, str] | None) -> list[Cell]:
    if not blank:
        return cells
    other, code = blank
    return [Cell(None) if row.get(other) == code else cell for row, cell in zip(rows, cells, strict=True)]


def _column(answer: pd.DataFrame, part: ListPart, entry: Indicator, names: Names, name: str) -> list[Cell]:
    values = answer[name].tolist()
    if name in part.words:
        return [_word(part.words[name], value) for value in values]
    if name in part.names:
        by_code = names.get(part.names[name], pd.Series(dtype="str")).to_dict()
        return [text_cell(by_code.get(value, value)) for value in values]
    if not pd.api.types.is_numeric_dtype(answer[name]) or pd.api.types.is_bool_dtype(answer[name]):
        return [text_cell(value) for value in values]
    return _quantities(answer, name, entry.measure(name).unit)


def _quantities(answer: pd.DataFrame, name: str, unit: str) -> list[Cell]:
    form = column_form(answer[name].astype("float64").dropna(), unit)
    prefix = "" if name == "value" else f"{name}_"
    parts = {one: f"{prefix}{one}" for one in ("status", "low", "high")}
    if not any(column in answer for column in parts.values()):
        return [_plain(value, unit, form) for value in answer[name].tolist()]
    found = []
    for row in answer.to_dict("records"):
        told = {one: row.get(column) for one, column in parts.items()}
        is_void = pd.isna(row[name]) and all(pd.isna(one) for one in told.values())
        found.append(Cell(None) if is_void else quantity_cell({"value": row[name], **told}, unit, form))
    return found


def _plain(value: Any, unit: str, form: str) -> Cell:
    return Cell(None) if pd.isna(value) else number_cell(float(value), unit, form)


def _word(words: Mapping[str, str], code: object) -> Cell:
    return text_cell(words.get(str(code), code) if not pd.isna(code) else None)  # type: ignore[call-overload]
