"""A recipe applied to a table: tidy rows, the ledger of the cells they come from, the problems."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

from sdsf_analysis.model.problems import Problem
from sdsf_analysis.model.tables import table as declared_table
from sdsf_analysis.reading.sheet import address
from sdsf_analysis.recipes.matching import ColumnMatch
from sdsf_analysis.recipes.parse import Context, Entry, Parsed, parse
from sdsf_analysis.recipes.places import Places, find_places
from sdsf_analysis.recipes.recipe import Output
from sdsf_analysis.recipes.recognise import CODE, NAME, Recognition
from sdsf_analysis.recipes.sources import RowMaker
from sdsf_analysis.recipes.totals import check_totals
from sdsf_analysis.territories.names import CommuneIndex

KEY_SEPARATOR = "|"
MARKS = ("_row", "_source", "_sheet", "_cell")
LEDGER = ("_row", "column", "source", "sheet", "cell", "found")


@dataclass
class Applied:
    """Tidy rows by table, the ledger of their cells, the problems met.

    Each row bears `MARKS`: a name of its own, to which the ledger refers, and the cell to look at.
    """

    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    ledger: list[tuple[str, ...]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def apply_recipe(
    recognition: Recognition, context: Context, index: CommuneIndex, maker_options: dict[str, Any]
) -> Applied:
    """Turn a recognised table into tidy rows.

    Parameters
    ----------
    recognition : Recognition
        The recipe and the columns it knows.
    context : Context
        File and table.
    index : CommuneIndex
        Communes of the département.
    maker_options : dict
        ``situation`` (date or None) and ``pseudonym`` (callable), see `RowMaker`.
    """
    matches = {match.name: match for match in recognition.matches}
    code, name = matches.pop(CODE, None), matches.pop(NAME, None)
    parsed = [parse(match, context) for match in recognition.matches if match.name not in (CODE, NAME)]
    places = _places(code, name, recognition, context, index)
    applied = Applied(problems=[*places.problems, *(p for one in parsed for p in one.problems)])
    applied.problems += check_totals(parsed, context)
    maker = RowMaker(_by_name(parsed), places.communes, **maker_options)
    writer = _Writer(context, maker, places, parsed, code or name, applied)
    for output in recognition.part.outputs:
        writer.write(output)
    return applied


def _places(
    code: ColumnMatch | None,
    name: ColumnMatch | None,
    recognition: Recognition,
    context: Context,
    index: CommuneIndex,
) -> Places:
    if code is None and name is None:
        return Places()
    return find_places(code, name, context, index, is_several=recognition.part.scope == "several")


def _by_name(parsed: list[Parsed]) -> dict[str, Parsed]:
    """Columns by name; of one that repeats by date, the latest stands for the others."""
    ordered = sorted(parsed, key=lambda p: p.match.year or 0)
    return {one.match.name: one for one in ordered}


@dataclass
class _Item:
    """One tidy row, the columns of the sheet that it comes from, its row there."""

    tidy: dict[str, Any]
    cells: dict[str, Parsed]
    row: int


@dataclass
class _Writer:
    context: Context
    maker: RowMaker
    places: Places
    parsed: list[Parsed]
    place_column: ColumnMatch | None
    applied: Applied
    reported: set[tuple[str, int]] = field(default_factory=set)

    def write(self, output: Output) -> None:
        """Write the rows of one output; rows of the same key are added up, or asked about."""
        items: dict[str, list[_Item]] = {}
        for row in self.context.table.body_rows:
            if row not in self.places.refused and self._is_wanted(output, row):
                for item in self._items(output, row):
                    if self._has_key(output.table, item):
                        items.setdefault(row_key(output.table, item.tidy), []).append(item)
        for key, same in items.items():
            self._give(output.table, key, same)

    def _is_wanted(self, output: Output, row: int) -> bool:
        return output.where is None or self.maker.make(output.where, row)[0].value not in (None, False)

    def _items(self, output: Output, row: int) -> Iterator[_Item]:
        base = self._base(output, row)
        if not output.measures:
            yield base
            return
        for one in self.parsed:
            entry = one.entries[row]
            if one.match.name in output.measures and entry.value is not False:
                yield self._measure(output, base, one, entry)

    def _base(self, output: Output, row: int) -> _Item:
        names = declared_table(output.table).names
        item = _Item({}, {}, row)
        for column, source in output.columns.items():
            entry, parsed = self.maker.make(source, row)
            item.tidy |= _quantity(column, entry, names)
            if parsed:
                item.cells[column] = parsed
        return item

    def _measure(self, output: Output, base: _Item, one: Parsed, entry: Entry) -> _Item:
        names = declared_table(output.table).names
        dated = {"year": one.match.year, "date": one.match.on}
        tidy = base.tidy | {output.measure_to: one.match.name}
        tidy |= {name: value for name, value in dated.items() if value is not None and name in names}
        value_to = "value" if "value" in names else output.measure_to
        if value_to == "value":
            tidy |= _quantity("value", entry, names)
        return _Item(tidy, base.cells | {value_to: one}, base.row)

    def _has_key(self, table: str, item: _Item) -> bool:
        declared = declared_table(table)
        missing = [
            name for name in declared.key if declared[name].is_required and item.tidy.get(name) is None
        ]
        if missing:
            message = f"La ligne {item.row} n'a pas de « {declared[missing[0]].label} » (table {table})."
            self._report("row_incomplete", item.row, message)
        return not missing

    def _give(self, table: str, key: str, same: list[_Item]) -> None:
        if len(same) > 1 and not any(item.row in self.places.former for item in same):
            rows = ", ".join(str(item.row) for item in same)
            self._report("row_repeated", same[1].row, f"Les lignes {rows} disent la même chose ({key}).")
            return
        tidy = reduce(lambda one, two: add_up(table, one, two), (item.tidy for item in same))
        name = f"{self.context.source}!{self._sheet}!{table}!{key}"
        marks = (name, self.context.source, self._sheet, self._address(same[0].row))
        self.applied.rows.setdefault(table, []).append(tidy | dict(zip(MARKS, marks, strict=True)))
        for item in same:
            self._note(name, item)

    def _note(self, name: str, item: _Item) -> None:
        for column, parsed in item.cells.items():
            cell = address(item.row, parsed.match.column.index)
            found = parsed.found[item.row]
            self.applied.ledger.append((name, column, self.context.source, self._sheet, cell, found))

    def _report(self, code: str, row: int, message: str) -> None:
        # one row may feed several tables: what is wrong with it is said once
        if (code, row) not in self.reported:
            self.reported.add((code, row))
            self.applied.problems.append(
                Problem(self.context.source, self._sheet, self._address(row), code, message)
            )

    @property
    def _sheet(self) -> str:
        return self.context.table.sheet.name or ""

    def _address(self, row: int) -> str:
        column = self.place_column.column.index if self.place_column else self.context.table.columns[0].index
        return address(row, column)


def row_key(table: str, tidy: dict[str, Any]) -> str:
    """Key of a tidy row as one text, as the ledger writes it."""
    return KEY_SEPARATOR.join(
        "" if tidy.get(name) is None else str(tidy[name]) for name in declared_table(table).key
    )


def _quantity(column: str, entry: Entry, names: tuple[str, ...]) -> dict[str, Any]:
    """A tidy value, with its status and bounds where the table has them."""
    prefix = "" if column == "value" else f"{column}_"
    if f"{prefix}status" not in names or entry.status is None:
        return {column: entry.value}
    return {
        column: entry.value,
        f"{prefix}status": entry.status,
        f"{prefix}low": entry.low,
        f"{prefix}high": entry.high,
    }


def add_up(table: str, one: dict[str, Any], two: dict[str, Any]) -> dict[str, Any]:
    """Add two rows that are one commune today: known counts and bounds add up, a doubt stays a doubt.

    Examples
    --------
    >>> base = {"commune": "01033", "low": None, "high": None}
    >>> both = add_up("families", base | {"value": 5.0, "status": "known"},
    ...               base | {"value": None, "status": "secret", "low": 0.0, "high": 4.0})
    >>> both["value"], both["status"], both["low"], both["high"]
    (None, 'secret', 5.0, 9.0)
    """
    total = dict(one)
    for quantity in declared_table(table).quantities:
        names = (quantity.value, quantity.status, quantity.low, quantity.high)
        total |= dict(
            zip(names, _add_quantities([one.get(n) for n in names], [two.get(n) for n in names]), strict=True)
        )
    return total


def _add_quantities(one: list[Any], two: list[Any]) -> list[Any]:
    are_known = one[0] is not None and two[0] is not None
    value = one[0] + two[0] if are_known else None
    status = one[1] if one[0] is None else two[1]
    if are_known and one[2] is None and two[2] is None:
        return [value, status, None, None]
    # a known value without bounds is its own bounds
    lows, highs = ([n[i] if n[i] is not None else n[0] for n in (one, two)] for i in (2, 3))
    bounds = [None if None in pair else float(sum(pair)) for pair in (lows, highs)]
    return [value, status, *bounds]
