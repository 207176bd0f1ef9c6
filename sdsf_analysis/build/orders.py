"""Rulings that found their problem, and what they order of each file before it is read again."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property

from sdsf_analysis.build.identities import Identities
from sdsf_analysis.model.problems import Problem, Severity, cause
from sdsf_analysis.model.rulings import FILE, OF_IDENTITY, Decision, Ruling, proposal
from sdsf_analysis.reading.layout import Table
from sdsf_analysis.reading.sheet import Place, Sheet, address
from sdsf_analysis.reading.text import column_index
from sdsf_analysis.reading.typed.dates import read_date
from sdsf_analysis.reading.values import clean_text, read_number
from sdsf_analysis.recipes.citing import RULING
from sdsf_analysis.recipes.rows import LEDGER
from sdsf_analysis.recipes.ruled import Ruled, rewritten

_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_CELL_AT, _FOUND_AT, _ORIGIN_AT = (LEDGER.index(name) for name in ("cell", "found", "origin"))
_OF_IDENTITY = (Decision.SAME, Decision.CLOSE)
_SHEET_AT = LEDGER.index("sheet")
SheetPlace = tuple[str, Place]


@dataclass(frozen=True)
class Order:
    """A ruling, the problems that it found, and the text that it puts in the cell, None for none.

    The ruling that leaves out a whole file or sheet needs no problem.
    """

    ruling: Ruling
    problems: tuple[Problem, ...] = ()
    text: str | None = None

    @property
    def place(self) -> SheetPlace | None:
        """Sheet and place of the cell, None for a whole sheet or file."""
        cell = _CELL.fullmatch(self.ruling.cell)
        return (self.sheet, (int(cell[2]), column_index(cell[1]))) if cell else None

    @property
    def sheet(self) -> str:
        """Name of the sheet as the file has it."""
        return self.problems[0].sheet if self.problems else self.ruling.sheet

    @property
    def source(self) -> str:
        """Name of the file."""
        return self.problems[0].source if self.problems else self.ruling.source

    @property
    def leaves_out(self) -> bool:
        """Whether the ruling leaves a line, a sheet or a file out."""
        return self.ruling.decision is Decision.LEAVE_OUT

    def settled(self) -> Problem:
        """Line of the register that says what the ruling did; what a blank stands for is not written."""
        ruling = self.ruling
        day = f" du {ruling.decided_on:%d/%m/%Y}" if ruling.decided_on else ""
        by = f"par la décision{day} (ligne {ruling.line})"
        if not self.problems:
            return _set_aside(ruling, by)
        found = self.problems[0].found
        # the register blanks personal columns, and the reason may name the person too
        reason = f" : {ruling.reason}" if found else ""
        text = self.text or (ruling.value if ruling.decision in _OF_IDENTITY else "")
        done = f"{ruling.decision} : {text}" if text and found else str(ruling.decision)
        message = f"« {cause(ruling.code).title} », réglé {by}{reason}"
        place = (ruling.source, ruling.sheet, ruling.cell)
        return Problem(*place, "decision_applied", message.rstrip(".") + ".", found, done)


@dataclass(frozen=True)
class Orders:
    """What the rulings in force change in one file."""

    orders: tuple[Order, ...] = ()

    @property
    def is_out(self) -> bool:
        """Whether the whole file is left out."""
        return any(o.leaves_out and not o.sheet and not o.ruling.cell for o in self.orders)

    @cached_property
    def _texts(self) -> dict[SheetPlace, str]:
        return {order.place: order.text for order in self.orders if order.place and order.text is not None}

    def sheets(self, sheets: Iterable[Sheet]) -> list[Sheet]:
        """Sheets that count, the cells of rulings rewritten."""
        out = {clean_text(order.sheet) for order in self.orders if order.leaves_out and not order.ruling.cell}
        kept = [sheet for sheet in sheets if clean_text(sheet.name) not in out]
        return [rewritten(sheet, texts) if (texts := self._of(sheet)) else sheet for sheet in kept]

    def left_out(self, sheets: Iterable[Sheet] = ()) -> list[Problem]:
        """Say which of the rulings without a problem left the file or one of its sheets out."""
        whole = [order for order in self.orders if not order.problems]
        names = {"", *(clean_text(sheet.name) for sheet in sheets)}
        is_there = {order: clean_text(order.sheet) in names for order in whole}
        return [order.settled() if is_there[order] else _not_found(order.ruling) for order in whole]

    def _of(self, sheet: Sheet) -> dict[Place, str]:
        return {place: text for (name, place), text in self._texts.items() if name == (sheet.name or "")}

    def ruled(self, table: Table) -> Ruled:
        """Lines of a table left out, and its cells that are the analyst's."""
        name = table.sheet.name or ""
        out = [order.place for order in self.orders if order.place and order.leaves_out]
        columns = {column.index for column in table.columns}
        rows = frozenset(
            row
            for sheet, (row, column) in out
            if sheet == name and column in columns and row in table.body_rows
        )
        return Ruled(rows, frozenset(self._of(table.sheet)))

    def as_written(self, lines: list[tuple[str, ...]], sheets: Iterable[Sheet]) -> list[tuple[str, ...]]:
        """Lines of the ledger where the cells of rulings say what the file says, and that it was ruled."""
        by_name = {sheet.name or "": sheet for sheet in sheets}
        written = {
            (name, address(*place)): clean_text(by_name[name].cell(*place)) for name, place in self._texts
        }
        return [_as_written(line, written) for line in lines] if written else lines


NO_ORDERS = Orders()


@dataclass
class Desk:
    """The rulings of a workspace, heard as problems are found.

    Attributes
    ----------
    waiting : list of Ruling
        Those that have not found their problem.
    in_force : list of Order
        Those that have.
    refused : list of Problem
        Lines that cannot be applied.
    """

    waiting: list[Ruling]
    refused: list[Problem]
    in_force: list[Order] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._whole = [Order(ruling) for ruling in self.waiting if not ruling.code]
        self.waiting = [ruling for ruling in self.waiting if ruling.code]
        self._received: set[str] = set()

    def of(self, source: str) -> Orders:
        """What the rulings in force change in one file."""
        self._received.add(source)
        return Orders(tuple(order for order in (*self._whole, *self.in_force) if order.source == source))

    def hear(self, problems: Iterable[Problem]) -> bool:
        """Put in force the rulings that find their problem among some; say whether there are any."""
        index = _by_place(problems)
        heard = {ruling: found for ruling in self.waiting if (found := _found_by(ruling, index))}
        self.waiting = [ruling for ruling in self.waiting if ruling not in heard]
        for ruling, found in heard.items():
            fault = _unfit(ruling, found[0])
            if fault:
                self.refused.append(
                    Problem(FILE, "", f"A{ruling.line}", "decision_faulty", fault, ruling.place)
                )
            else:
                self.in_force.append(Order(ruling, found, _text_of(ruling, found[0])))
        return bool(heard)

    def identities(self) -> Identities:
        """What the rulings in force say of the identity of services."""
        asked = [(order.ruling, order.problems[0]) for order in self.in_force]
        asked = [(ruling, problem) for ruling, problem in asked if problem.code in OF_IDENTITY]
        return Identities(
            same=tuple(
                (problem.found, ruling.value or problem.repaired_to, ruling.line)
                for ruling, problem in asked
                if ruling.decision is Decision.SAME
            ),
            distinct=frozenset(
                (problem.found, problem.repaired_to)
                for ruling, problem in asked
                if ruling.decision is Decision.KEEP and problem.repaired_to
            ),
            closed=tuple(
                (problem.found, day, ruling.line)
                for ruling, problem in asked
                if ruling.decision is Decision.CLOSE and (day := read_date(ruling.value)[0])
            ),
        )

    def close(self, problems: Iterable[Problem]) -> list[Problem]:
        """Problems that still stand, then what the rulings settled, and those that had no effect."""
        problems = list(problems)
        index = _by_place(problems)
        standing = {order.ruling: _found_by(order.ruling, index) for order in self.in_force}
        # a text put in a cell must have mended it
        vain = [order.ruling for order in self.in_force if order.text is not None and standing[order.ruling]]
        done = [order for order in self.in_force if order.ruling not in vain]
        settled = {problem for order in done for problem in standing[order.ruling]}
        kept = [problem for problem in problems if problem not in settled]
        absent = [order.ruling for order in self._whole if order.source not in self._received]
        without = [*map(_not_mended, vain), *map(_not_found, [*self.waiting, *absent])]
        return [*kept, *(order.settled() for order in done), *self.refused, *without]


Index = dict[tuple[str, ...], list[Problem]]


def _by_place(problems: Iterable[Problem]) -> Index:
    index: Index = {}
    for problem in problems:
        place = (problem.source, clean_text(problem.sheet), problem.cell, problem.code)
        index.setdefault(place, []).append(problem)
    return index


def _found_by(ruling: Ruling, index: Index) -> tuple[Problem, ...]:
    place = (ruling.source, clean_text(ruling.sheet), ruling.cell, ruling.code)
    return tuple(problem for problem in index.get(place, []) if _same(ruling.found, problem.found))


def _same(ruled: str, found: str) -> bool:
    """Whether two texts say the same, Excel having perhaps taken one for a number or a date."""
    if clean_text(ruled) == clean_text(found):
        return True
    readers: tuple[Callable[[str], object], ...] = (lambda t: read_number(t).value, lambda t: read_date(t)[0])
    return any(read(ruled) is not None and read(ruled) == read(found) for read in readers)


def _unfit(ruling: Ruling, problem: Problem) -> str:
    """Why a ruling cannot be applied to the problem that it found, empty where it can."""
    start = f"{FILE}, ligne {ruling.line}. « {ruling.decision} »"
    if ruling.decision in _OF_IDENTITY and problem.code not in OF_IDENTITY:
        return f"{start} ne répond qu'aux questions sur l'identité d'un service."
    if ruling.decision is Decision.CLOSE and problem.code != "service_unlisted":
        return f"{start} ne répond qu'à un service qui n'est plus dans la liste."
    if ruling.decision is Decision.SAME and not (ruling.value or problem.repaired_to):
        return f"{start} demande l'identifiant de l'autre service comme valeur."
    if ruling.decision is Decision.REPLACE and not _CELL.fullmatch(ruling.cell):
        return f"{FILE}, ligne {ruling.line}. « remplacer » demande une seule cellule."
    is_open = problem.severity in (Severity.QUESTION, Severity.ERROR)
    if ruling.decision is Decision.ACCEPT and is_open and not (ruling.cell and proposal(problem)):
        advice = "écrire « remplacer » et la valeur, ou une autre décision"
        return f"{FILE}, ligne {ruling.line}. Ce problème ne propose pas une seule valeur ; {advice}."
    return ""


def _text_of(ruling: Ruling, problem: Problem) -> str | None:
    if ruling.decision is Decision.REPLACE:
        return ruling.value
    is_open = problem.severity in (Severity.QUESTION, Severity.ERROR)
    return proposal(problem) if ruling.decision is Decision.ACCEPT and is_open else None


def _set_aside(ruling: Ruling, by: str) -> Problem:
    what = f"La feuille « {ruling.sheet} » est écartée" if ruling.sheet else "Le fichier est écarté"
    message = f"{what} {by} : {ruling.reason.rstrip('.')}."
    return Problem(ruling.source, ruling.sheet, "", "decision_applied", message, "", str(ruling.decision))


def _not_mended(ruling: Ruling) -> Problem:
    message = f"La décision « {ruling.decision} » n'a pas réglé le problème de {ruling.place}."
    return Problem(FILE, "", f"A{ruling.line}", "decision_without_effect", message, ruling.place)


def _not_found(ruling: Ruling) -> Problem:
    sought = f"de problème « {cause(ruling.code).title} » en {ruling.place}" if ruling.code else ruling.place
    message = f"La décision « {ruling.decision} » ne trouve plus {sought}."
    return Problem(FILE, "", f"A{ruling.line}", "decision_without_effect", message, ruling.place)


def _as_written(line: tuple[str, ...], written: dict[tuple[str, str], str]) -> tuple[str, ...]:
    place = line[_SHEET_AT], line[_CELL_AT]
    if place not in written:
        return line
    cells = list(line)
    # what is blank in the ledger is personal, or blank
    cells[_FOUND_AT] = written[place] if line[_FOUND_AT] else ""
    cells[_ORIGIN_AT] = RULING
    return tuple(cells)
