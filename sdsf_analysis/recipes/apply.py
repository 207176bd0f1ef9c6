"""A recipe applied to a table: tidy rows, the ledger of the cells they come from, the problems."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache, reduce
from itertools import pairwise
from typing import Any, NamedTuple

from sdsf_analysis.model.problems import Problem
from sdsf_analysis.model.tables import table as declared_table
from sdsf_analysis.reading.sheet import address
from sdsf_analysis.recipes.account import Account, added_columns, open_account, reasons
from sdsf_analysis.recipes.adding import add_up, may_add
from sdsf_analysis.recipes.areas import COMMUNES, find_areas
from sdsf_analysis.recipes.checks import EACH, SAID, columns_named
from sdsf_analysis.recipes.citing import Citation, cite_cell, cite_label
from sdsf_analysis.recipes.epcis import epci_of_other_years
from sdsf_analysis.recipes.matching import ColumnMatch
from sdsf_analysis.recipes.parse import Context, Entry, Parsed, parse
from sdsf_analysis.recipes.persons import several_persons
from sdsf_analysis.recipes.places import PlaceColumns, Places, find_places
from sdsf_analysis.recipes.recipe import NATURE, Output
from sdsf_analysis.recipes.recognise import PLACE, Recognition
from sdsf_analysis.recipes.repeated import repeated_message
from sdsf_analysis.recipes.ruled import Ruled, say_communes
from sdsf_analysis.recipes.scales import refuse_mixed_scales
from sdsf_analysis.recipes.schooling import school_columns
from sdsf_analysis.recipes.served import parse_lists
from sdsf_analysis.recipes.sources import RowMaker
from sdsf_analysis.recipes.totals import check_totals
from sdsf_analysis.territories.names import CommuneIndex

KEY_SEPARATOR = "|"
_NOTHING_RULED = Ruled()
MARKS = ("_row", "_source", "_sheet", "_cell")
LEDGER = ("_row", "column", "source", "sheet", "cell", "found", "origin")


@dataclass
class Applied:
    """Tidy rows by table, the ledger of their cells, the problems met.

    Each row bears `MARKS`: a name of its own, to which the ledger refers, and the cell to look at.
    ``codes`` are those of the communes as their codes are written, from which the geography year is told.
    """

    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    ledger: list[tuple[str, ...]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    codes: set[str] = field(default_factory=set)
    account: Account | None = None


def apply_recipe(
    recognition: Recognition,
    context: Context,
    index: CommuneIndex,
    maker_options: dict[str, Any],
    ruled: Ruled = _NOTHING_RULED,
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
        ``situation`` (date or None), ``pseudonym`` (callable), and optionally ``said``, ``says`` and
        ``year``, see `RowMaker`.
    ruled : Ruled
        What the analyst's rulings change in the table.
    """
    matches = {match.name: match for match in recognition.matches}
    columns = PlaceColumns(*(matches.get(part) for part in PLACE))
    parsed = [_parse(match, context, index) for match in recognition.matches if match.name not in PLACE]
    refuse_mixed_scales(parsed, context)
    places = _places(columns, recognition, context, index)
    say_communes(places, [one for one in columns[:2] if one], context.table, index, ruled)
    account = open_account(context)
    account.refused |= dict.fromkeys(ruled.rows, "decision_applied")
    account.refused |= reasons(places.refused - ruled.rows, places.problems)
    places.refused |= ruled.rows
    met = [*places.problems, *(problem for one in parsed for problem in one.problems)]
    applied = Applied(problems=met, account=account)
    doubts = list(check_totals(parsed, context))
    applied.problems += doubts
    account.added = added_columns(parsed, recognition.part.outputs, context, doubts)
    if columns.code:
        applied.codes = {places.former.get(row, today) for row, today in places.communes.items()}
    applied.problems += epci_of_other_years(recognition, context, places, index.year)
    applied.problems += [_undated(match, context) for match in recognition.undated]
    applied.problems += school_columns(recognition, context)
    crowded = several_persons(recognition, context)
    places.refused |= crowded.keys()
    for row, problem in crowded.items():
        account.refuse(row, problem.code)
    applied.problems += crowded.values()
    by_name = _by_name(parsed)
    areas = find_areas(recognition.part.outputs, by_name, context, index)
    account.refused |= reasons(areas.refused, areas.problems)
    places.refused |= areas.refused
    applied.problems += areas.problems
    maker = RowMaker(by_name, places, context.table, areas=areas.found, **maker_options)
    writer = _Writer(context, maker, places, parsed, columns.code or columns.name, applied, account)
    for output in recognition.part.outputs:
        writer.write(output)
    applied.problems = [problem for problem in applied.problems if not ruled.settles(problem)]
    return applied


def _places(columns: PlaceColumns, recognition: Recognition, context: Context, index: CommuneIndex) -> Places:
    if columns.code is None and columns.name is None:
        return Places()
    return find_places(columns, context, index, is_several=recognition.part.scope == "several")


def _parse(match: ColumnMatch, context: Context, index: CommuneIndex) -> Parsed:
    if match.recipe.type == "communes":
        return parse_lists(match, context, index)
    return parse(match, context)


def _undated(match: ColumnMatch, context: Context) -> Problem:
    cell = address(context.table.header_rows[-1], match.column.index)
    message = f"La colonne « {match.column.label} » ne dit pas son année, alors que d'autres la disent."
    sheet = context.table.sheet.name or ""
    return Problem(context.source, sheet, cell, "year_unlabelled", message, match.column.label)


def _by_name(parsed: list[Parsed]) -> dict[str, Parsed]:
    """Columns by name; of one that repeats by date, the latest stands for the others, a forecast for none."""
    ordered = sorted((p for p in parsed if not p.match.is_expected), key=lambda p: p.match.year or 0)
    return {one.match.name: one for one in ordered}


@dataclass
class _Item:
    """One tidy row, the cells that each of its columns is made of, its row on the sheet."""

    tidy: dict[str, Any]
    cells: dict[str, tuple[Citation, ...]]
    row: int


@dataclass
class _Writer:
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
            item.tidy |= _quantity(output.table, column, entry)
        return item

    def _measure(self, output: Output, base: _Item, one: Parsed, entry: Entry) -> _Item:
        names = _shape(output.table).names
        dated = {"year": one.match.year, "date": one.match.on, NATURE: one.match.nature}
        dated = {name: value for name, value in dated.items() if value is not None and name in names}
        cells = base.cells | {output.measure_to: (self._label(one),)}
        cells |= {name: (self._label(one, value),) for name, value in dated.items()}
        tidy = base.tidy | {output.measure_to: one.match.name} | dated
        said = cite_cell(self.context.table, one, base.row)
        value_to = output.value_to
        if value_to not in names:
            return _Item(tidy, cells | {output.measure_to: (said, self._label(one))}, base.row)
        return _Item(tidy | _quantity(output.table, value_to, entry), cells | {value_to: (said,)}, base.row)

    def _label(self, one: Parsed, said: int | date | str | None = None) -> Citation:
        """Label of a column, sought once for all its rows."""
        place = one.match.column.index, said
        if place not in self.labels:
            self.labels[place] = cite_label(self.context.table, one.match.column, said)
        return self.labels[place]

    def _has_key(self, output: Output, item: _Item) -> bool:
        missing = [name for name in _shape(output.table).required if item.tidy.get(name) is None]
        # a table without a date says so once, not at each row
        dated = [name for name in missing if output.columns.get(name) in ("@situation", "@year")]
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
    has_status = _beside(output.table, output.value_to) is not None
    return has_status or one.entries[row].value is not None or bool(one.found[row])


class _Shape(NamedTuple):
    """What is asked of a tidy table at each row: its key, what of it may not be missing, its columns."""

    key: tuple[str, ...]
    required: tuple[str, ...]
    names: frozenset[str]


@cache
def _shape(table: str) -> _Shape:
    declared = declared_table(table)
    required = tuple(name for name in declared.key if declared[name].is_required)
    return _Shape(declared.key, required, frozenset(declared.names))


def row_key(table: str, tidy: dict[str, Any]) -> str:
    """Key of a tidy row as one text, as the ledger writes it."""
    values = (tidy.get(name) for name in _shape(table).key)
    return KEY_SEPARATOR.join("" if value is None else str(value) for value in values)


@cache
def _beside(table: str, column: str) -> tuple[str, str, str] | None:
    """Columns of the status and bounds of a column, None where the table has none."""
    prefix = "" if column == "value" else f"{column}_"
    beside = (f"{prefix}status", f"{prefix}low", f"{prefix}high")
    return beside if beside[0] in _shape(table).names else None


def _quantity(table: str, column: str, entry: Entry) -> dict[str, Any]:
    """A tidy value, with its status and bounds where the table has them."""
    beside = _beside(table, column)
    if beside is None or entry.status is None:
        return {column: entry.value}
    status, low, high = beside
    return {column: entry.value, status: entry.status, low: entry.low, high: entry.high}
