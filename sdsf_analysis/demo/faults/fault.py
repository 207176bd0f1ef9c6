"""What a fault is, and the ways of planting one: in a cell, in a row, in a sheet, in the whole file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from sdsf_analysis.demo.dice import Dice
from sdsf_analysis.demo.faults.editing import replaced
from sdsf_analysis.demo.faults.page import Draft, Format, Page, Plant, Spot

Behaviour = Literal["S", "R", "A", "X"]
Level = Literal["C", "Sh", "F"]
Row = Mapping[str, Spot]
Dirty = Callable[[Draft, Dice, Plant], Draft | None]
ALL: tuple[Format, ...] = ("xlsx", "ods", "csv", "html")


@dataclass(frozen=True)
class Fault:
    """One fault of the catalogue.

    Attributes
    ----------
    number : str
        Number in the catalogue, with a letter where it takes several forms.
    name : str
        What it is, in French.
    behaviour : {"S", "R", "A", "X"}
        Repaired in silence, repaired and said, asked, refused.
    level : {"C", "Sh", "F"}
        Cell, sheet or file.
    dirty : callable
        Plants it in a draft; None where the draft has no place for it.
    codes : tuple of str
        Problems of which one is expected, none where nothing need be said.
    formats : tuple of str
        Formats of file that can hold it.
    departements : tuple of str
        The départements where it exists, all without any.
    coded : bool
        Whether the table gives the codes of its communes.
    also : tuple of str
        Problems that may rightly follow from it.
    mentions : tuple of str
        What the sentence must say; ``{size}`` and ``{sha256}`` stand for those of the file.
    judge : {"read", "match"}
        Who must find it: the reader of files, or the match of each row to a commune of the département.
    """

    number: str
    name: str
    behaviour: Behaviour
    level: Level
    dirty: Dirty
    codes: tuple[str, ...] = ()
    formats: tuple[Format, ...] = ALL
    departements: tuple[str, ...] = ()
    coded: bool = True
    also: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    judge: Literal["read", "match"] = "read"

    @property
    def plant(self) -> Plant:
        """What it leaves in the draft."""
        return Plant(self.number, self.behaviour, self.codes, self.also, self.mentions)


def in_cell(column: str, change: Callable[[Spot, Dice], Spot | None]) -> Dirty:
    """Plant a fault in one cell of a column, in a row that bears none yet.

    Parameters
    ----------
    column : str
        Role of the column.
    change : callable
        Gives the dirtied spot, None for a cell that cannot bear the fault.
    """
    return in_row(column, lambda row, dice, _: _if_any(column, change(row[column], dice)))


def in_row(column: str, change: Callable[[Row, Dice, Draft], Row | None]) -> Dirty:
    """Plant a fault in one row; the cell of ``column`` bears it.

    Parameters
    ----------
    column : str
        Role of the column where the fault is expected to be found.
    change : callable
        Gives the spots that change, by role; None for a row that cannot bear the fault.
    """

    def dirty(draft: Draft, dice: Dice, plant: Plant) -> Draft | None:
        page = draft.page
        if column not in page.columns:
            return None
        free = [row for row in page.rows("body") if not page.lines[row - 1].is_planted]
        for row in dice.shuffled(free):
            spots = dict(zip(page.columns, page.lines[row - 1].spots, strict=False))
            changed = change(spots, dice, draft)
            if changed is not None:
                return draft.with_page(_planted(page, row, column, changed, plant))
        return None

    return dirty


def in_page(change: Callable[[Page, Dice, Plant], Page | None]) -> Dirty:
    """Plant a fault in the first sheet."""

    def dirty(draft: Draft, dice: Dice, plant: Plant) -> Draft | None:
        page = change(draft.page, dice, plant)
        return draft.with_page(page) if page else None

    return dirty


def times(count: int, dirty: Dirty) -> Dirty:
    """Plant a fault several times over."""

    def repeat(draft: Draft, dice: Dice, plant: Plant) -> Draft | None:
        done: Draft | None = draft
        for _ in range(count):
            done = dirty(done, dice, plant) if done else None
        return done

    return repeat


def _if_any(column: str, spot: Spot | None) -> Row | None:
    return None if spot is None else {column: spot}


def _planted(page: Page, row: int, column: str, changed: Row, plant: Plant) -> Page:
    spots = {
        page.columns.index(name): replace(spot, plant=replace(plant, aside=name != column))
        for name, spot in changed.items()
    }
    return replaced(page, row, spots)
