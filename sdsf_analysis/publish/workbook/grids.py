"""An answer laid out for a sheet: titled columns, one row of cells per territory, date or measure."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import Any

import pandas as pd

from sdsf_analysis.indicators.declaration import Indicator, Measure
from sdsf_analysis.model.french import capital
from sdsf_analysis.publish.workbook.cells import Cell, column_form, number_cell, quantity_cell, text_cell

_UNSAID = (
    "année",
    "texte",
    "choix",
    "code",
    "codes",
    "noms",
    "date",
    "statut",
    "oui ou non",
    "texte ou code",
)
_TITLES = {"date": "Date", "group": "Groupe", "territory": "Territoire"}


@dataclass(frozen=True)
class Grid:
    """A table ready to write.

    Attributes
    ----------
    titles : tuple of str
        Of the columns, each once.
    rows : list of list of Cell
    foot : list of Cell
        The row of the whole département, beside the others; empty where there is none.
    charted : int or None
        Column drawn as bars.
    unit : str
        Of all its numbers, where they have the same: the titles do not repeat it.
    """

    titles: tuple[str, ...]
    rows: list[list[Cell]]
    foot: list[Cell] = field(default_factory=list)
    charted: int | None = None
    unit: str = ""


def titled(label: str, unit: str) -> str:
    """Title of a column: its label, and its unit where the label does not say it.

    Examples
    --------
    >>> titled("Habitants couverts", "%"), titled("Habitants", "habitants"), titled("Nom", "texte")
    ('Habitants couverts (%)', 'Habitants', 'Nom')
    >>> titled("Solde", "places ou services")
    'Solde (places)'
    """
    unit = unit.removesuffix(" ou services")
    is_said = not unit or unit in _UNSAID or unit.startswith(("selon", "celle")) or _says(label, unit)
    return label if is_said else f"{label} ({unit})"


def table_grid(answer: pd.DataFrame, entry: Indicator, names: pd.Series, chart: str = "") -> Grid:
    """Lay out an indicator in long form.

    Parameters
    ----------
    answer : pandas.DataFrame
        territory, date or group, then measure, numerator, denominator, value, status, low, high.
    entry : Indicator
    names : pandas.Series
        Name of each territory, by its code.
    chart : str
        Measure by which the rows are sorted, the largest first; without it, by name.

    Returns
    -------
    Grid
        One row per territory, date or group, one column per measure; of a single date, one row per measure.

    Examples
    --------
    >>> from sdsf_analysis.indicators.ctg import ctg_coverage
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> from sdsf_analysis.indicators.registry import indicator
    >>> found = ctg_coverage(example_tables(), "2024-06-30")
    >>> grid = table_grid(found, indicator("ctg_coverage"), pd.Series({"E1": "CC du Test"}), "population")
    >>> grid.titles[:3], [cell.value for cell in grid.rows[0][:3]]
    (('Territoire', 'Code', 'Communes couvertes (%)'), ['CC du Test', 'E1', 1.0])
    """
    key = str(answer.columns[0])
    if key == "date" and answer["date"].nunique() == 1:
        return _vertical(answer, entry)
    shown = [measure for measure in entry.measures if (answer["measure"] == measure.name).any()]
    keys = _ordered(answer, key, names, chart)
    by_measure: dict[str, list[Mapping[Hashable, Any]]] = {}
    for row in answer.to_dict("records"):
        by_measure.setdefault(str(row["measure"]), []).append(row)
    columns = [_measure_cells(by_measure[measure.name], key, keys, measure) for measure in shown]
    heads = [[_head(one, key, names) for one in keys]]
    titles = [_TITLES[key]]
    if key == "territory":
        heads.append([text_cell(one) for one in keys])
        titles.append("Code")
    unit = _common(shown)
    titles += without_common_start([titled(one.label, "" if unit else one.unit) for one in shown])
    charted = next((i for i, one in enumerate(shown, len(heads)) if one.name == chart), None)
    rows = [list(row) for row in zip(*heads, *columns, strict=True)]
    return Grid(distinct(titles), rows, charted=charted, unit=unit)


def distinct(titles: Iterable[str]) -> tuple[str, ...]:
    """Number the titles that come twice, as Excel asks of a table.

    Examples
    --------
    >>> distinct(["État", "Nom", "état"])
    ('État', 'Nom', 'état (2)')
    """
    seen: dict[str, int] = {}
    found = []
    for title in titles:
        count = seen[title.casefold()] = seen.get(title.casefold(), 0) + 1
        found.append(title if count == 1 else f"{title} ({count})")
    return tuple(found)


def without_common_start(labels: list[str]) -> list[str]:
    """Leave out what all the titles begin with, where it ends with a colon: the text above says it.

    Examples
    --------
    >>> without_common_start(["Taux : global", "Taux : crèches"])
    ['Global', 'Crèches']
    """
    start = labels[0].rpartition(" : ")[0] + " : " if labels else ""
    if len(labels) < 2 or not all(label.startswith(start) for label in labels):
        return labels
    rest = [label.removeprefix(start) for label in labels]
    return [capital(label) for label in rest]


def _common(shown: Sequence[Measure]) -> str:
    """Unit of all, where it would weigh on every title."""
    units = {measure.unit.removesuffix(" ou services") for measure in shown}
    unit = units.pop() if len(shown) > 1 and len(units) == 1 else ""
    return unit if unit != "%" and not all(_says(measure.label, unit) for measure in shown) else ""


def _says(label: str, unit: str) -> bool:
    return unit != "%" and unit.casefold() in label.casefold()


def _head(key: object, kind: str, names: pd.Series) -> Cell:
    return text_cell(names.get(key, key) if kind == "territory" else key)


def _ordered(answer: pd.DataFrame, key: str, names: pd.Series, chart: str) -> list[object]:
    keys = answer[key].drop_duplicates().tolist()
    if key != "territory":
        return keys
    keys.sort(key=lambda code: (str(names.get(code, code)), str(code)))
    if not chart:
        return keys
    rows = answer[answer["measure"] == chart]
    values = dict(zip(rows["territory"], rows["value"], strict=True))
    # without a value, last
    return sorted(keys, key=lambda code: _rank(values.get(code)))


def _rank(value: float | None) -> float:
    return inf if pd.isna(value) else -float(value)


def _measure_cells(
    rows: Sequence[Mapping[Hashable, Any]], key: str, keys: Sequence[object], measure: Measure
) -> list[Cell]:
    by_key = {row[key]: row for row in rows}
    form = column_form([row["value"] for row in rows], measure.unit)
    return [quantity_cell(by_key[one], measure.unit, form) if one in by_key else Cell(None) for one in keys]


def _vertical(answer: pd.DataFrame, entry: Indicator) -> Grid:
    """One row per measure, with what it is a part of."""
    rows = []
    for row in answer.to_dict("records"):
        measure = entry.measure(str(row["measure"]))
        form = column_form([] if pd.isna(row["value"]) else [row["value"]], measure.unit)
        cell = quantity_cell(row, measure.unit, form)
        parts = [_part(row[name] if measure.unit == "%" else None) for name in ("numerator", "denominator")]
        rows.append([text_cell(measure.label), cell, text_cell(measure.unit), *parts])
    has_parts = any(cell.value is not None for row in rows for cell in row[3:])
    titles = ("Mesure", "Valeur", "Unité", *(("Numérateur", "Dénominateur") if has_parts else ()))
    return Grid(titles, [row[: len(titles)] for row in rows])


def _part(value: float | None) -> Cell:
    return Cell(None) if pd.isna(value) else number_cell(float(value), "", "#,##0")
