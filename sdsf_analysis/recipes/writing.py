"""The rows that the outputs of a recipe ask for: written one by one, added up or asked about."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from itertools import pairwise
from typing import Any

from sdsf_analysis.model.problems import Problem
from sdsf_analysis.model.tables import table as declared_table
from sdsf_analysis.reading.sheet import address
from sdsf_analysis.recipes.account import Account
from sdsf_analysis.recipes.adding import add_up, may_add
from sdsf_analysis.recipes.areas import COMMUNES
from sdsf_analysis.recipes.checks import EACH, SAID, columns_named, rests_on_date
from sdsf_analysis.recipes.citing import Citation, cite_cell, cite_label
from sdsf_analysis.recipes.matching import ColumnMatch
from sdsf_analysis.recipes.natures import ACTUAL
from sdsf_analysis.recipes.parse import Context, Entry, Parsed
from sdsf_analysis.recipes.places import Places
from sdsf_analysis.recipes.recipe import NATURE, Output
from sdsf_analysis.recipes.repeated import repeated_message
from sdsf_analysis.recipes.rows import MARKS, Applied, beside, quantity, row_key, shape_of
from sdsf_analysis.recipes.sources import RowMaker


@dataclass
class _Item:
    """One tidy row, the cells that each of its columns is made of, its row on the sheet."""

    tidy: dict[str, Any]
    cells: dict[str, tuple[Citation, ...]]
    row: int


@dataclass
class Writer:
    """Writes the rows that the outputs of a recipe ask for, and says what they lack."""

    context: Context
    maker: RowMaker
    places: Places
    parsed: list[Parsed]
    place_column: ColumnMatch | None
    applied: Applied
    account: Account
    reported: set[tuple[str, int]] = field(default_factory=set)
    labels: dict[tuple[int, int | date | str | None], Citation] = field(default_factory=dict)

    def write(self, output: Output) -> None:
        """Write the rows of one output; rows of the same key are added up, or asked about."""
        items: dict[str, list[_Item]] = {}
        for row in self.context.table.body_rows:
            if row not in self.places.refused and self._is_wanted(output, row):
                for item in self._items(output, row):
                    if self._has_key(output, item):
                        items.setdefault(row_key(output.table, item.tidy), []).append(item)
        for key, same in items.items():
            self._give(output, key, same)

    def _is_wanted(self, output: Output, row: int) -> bool:
        return output.where is None or self.maker.make(output.where, row)[0].value not in (None, False)

    def _items(self, output: Output, row: int) -> Iterator[_Item]:
        base = self._base(output, row)
        spread = (name for name, source in output.columns.items() if source.startswith((EACH, COMMUNES)))
        if listed := next(spread, None):
            codes = base.tidy[listed] or ()
            yield from (_Item(base.tidy | {listed: code}, base.cells, row) for code in codes)
            return
        if not output.measures:
            yield base
            return
        for one in self.parsed:
            entry = one.entries[row]
            if one.match.name in output.measures and _is_given(output, one, row):
                yield self._measure(output, base, one, entry)

    def _base(self, output: Output, row: int) -> _Item:
        item = _Item({}, {}, row)
        for column, source in output.columns.items():
            entry, item.cells[column] = self.maker.make(source, row)
            item.tidy |= quantity(output.table, column, entry)
        return item

    def _measure(self, output: Output, base: _Item, one: Parsed, entry: Entry) -> _Item:
        names = shape_of(output.table).names
        dated = {"year": one.match.year, "date": one.match.on, NATURE: one.match.nature}
        dated = {name: value for name, value in dated.items() if value is not None and name in names}
        cells = base.cells | {output.measure_to: (self._label(one),)}
        cells |= {name: (self._label(one, value),) for name, value in dated.items()}
        if NATURE not in dated and (told := self._nature(output, base, one)):
            dated[NATURE], cells[NATURE] = told[0], (told[1],)
        tidy = base.tidy | {output.measure_to: one.match.name} | dated
        said = cite_cell(self.context.table, one, base.row)
        value_to = output.value_to
        if value_to not in names:
            return _Item(tidy, cells | {output.measure_to: (said, self._label(one))}, base.row)
        return _Item(tidy | quantity(output.table, value_to, entry), cells | {value_to: (said,)}, base.row)

    def _nature(self, output: Output, base: _Item, one: Parsed) -> tuple[str, Citation] | None:
        """What a title or a note says of a figure, where the recipe only supposes that it is actual."""
        if output.columns.get(NATURE) != f"={ACTUAL}":
            return None
        year = one.match.year or base.tidy.get("year")
        is_dated = one.match.year is not None or not rests_on_date(output.columns["year"], self.maker.columns)
        place = (base.row, one.match.column.index)
        return self.maker.natures.of(place, year, is_dated=is_dated)

    def _label(self, one: Parsed, said: int | date | str | None = None) -> Citation:
        """Label of a column, sought once for all its rows."""
        place = one.match.column.index, said
        if place not in self.labels:
            self.labels[place] = cite_label(self.context.table, one.match.column, said)
        return self.labels[place]

    def _has_key(self, output: Output, item: _Item) -> bool:
        missing = [name for name in shape_of(output.table).required if item.tidy.get(name) is None]
        # a table without a date says so once, not at each row
        dated = any(rests_on_date(output.columns.get(name, ""), self.maker.columns) for name in missing)
        if missing and not dated and not self._is_unsaid(output, missing[0], item.row):
            label = declared_table(output.table)[missing[0]].label
            self.account.refuse(item.row, "row_incomplete")
            self._report_incomplete(output, missing[0], label, item.row)
        elif missing:
            self.account.refuse(item.row, "situation_missing" if dated else "title_silent")
        return not missing

    def _is_unsaid(self, output: Output, name: str, row: int) -> bool:
        """Report once what no title says and no column of the table gives."""
        source = output.columns.get(name, "")
        if SAID not in source or columns_named(source)[0] & self.maker.columns.keys():
            return False
        label = declared_table(output.table)[name].label
        message = f"Ni titre, ni feuille, ni nom de fichier ne dit « {label} » : aucune ligne n'est reprise."
        self._report("title_silent", min(self.context.table.body_rows), message)
        return True

    def _report_incomplete(self, output: Output, name: str, label: str, row: int) -> None:
        """Name the cell that is missing, where one column of the sheet gives it, else what the row lacks."""
        parsed = self._blank_column(output.columns.get(name, "="), row)
        if parsed is None:
            message = f"La ligne {row} n'a pas de « {label} » (table {output.table})."
            self._report("row_incomplete", row, message)
            return
        column = parsed.match.column
        cell = address(row, column.index)
        state = "est illisible" if parsed.found[row] else "est vide"
        message = f"La ligne {row} n'a pas de « {column.label} » : la cellule {cell} {state}."
        self._report("row_incomplete", row, message, cell)

    def _blank_column(self, source: str, row: int) -> Parsed | None:
        """The only column behind a source that gives nothing at a row, None where there are several."""
        behind = [self.maker.columns[name] for name in columns_named(source)[0] if name in self.maker.columns]
        blank = [parsed for parsed in behind if parsed.entries[row].value is None]
        return blank[0] if len(blank) == 1 else None

    def _give(self, output: Output, key: str, same: list[_Item]) -> None:
        table = output.table
        if len(same) > 1 and not (output.adds and self._are_one_today(table, same)):
            message = repeated_message(table, same[0].tidy, [item.row for item in same])
            self._report("row_repeated", same[1].row, message)
            for item in same:
                self.account.refuse(item.row, "row_repeated")
            return
        tidy = reduce(lambda one, two: add_up(table, one, two), (item.tidy for item in same))
        name = f"{self.context.source}!{self._sheet}!{table}!{key}"
        marks = (name, self.context.source, self._sheet, self._address(same[0].row))
        self.applied.rows.setdefault(table, []).append(tidy | dict(zip(MARKS, marks, strict=True)))
        for item in same:
            self._note(name, item)
        self.account.made += [(name, item.row) for item in same]

    def _are_one_today(self, table: str, same: list[_Item]) -> bool:
        """Rows of distinct former communes, and at most one of the commune itself, that may be added up."""
        written = [self.places.former.get(item.row, "") for item in same]
        are_distinct = len(set(written)) == len(written)
        return are_distinct and all(may_add(table, one.tidy, two.tidy) for one, two in pairwise(same))

    def _note(self, name: str, item: _Item) -> None:
        source, sheet = self.context.source, self._sheet
        self.applied.ledger += [
            (
                name,
                column,
                source,
                sheet if said.sheet is None else said.sheet,
                said.cell,
                said.found,
                said.origin,
            )
            for column, citations in item.cells.items()
            for said in citations
        ]

    def _report(self, code: str, row: int, message: str, cell: str = "") -> None:
        # one row may feed several tables: what is wrong with it is said once
        if (code, row) not in self.reported:
            self.reported.add((code, row))
            self.applied.problems.append(
                Problem(self.context.source, self._sheet, cell or self._address(row), code, message)
            )

    @property
    def _sheet(self) -> str:
        return self.context.table.sheet.name or ""

    def _address(self, row: int) -> str:
        column = self.place_column.column.index if self.place_column else self.context.table.columns[0].index
        return address(row, column)


def _is_given(output: Output, one: Parsed, row: int) -> bool:
    """Whether a cell gives a row: a tick that is one, a quantity with its status, else a filled cell."""
    if one.match.recipe.type == "tick":
        return one.entries[row].value is True
    has_status = beside(output.table, output.value_to) is not None
    return has_status or one.entries[row].value is not None or bool(one.found[row])
