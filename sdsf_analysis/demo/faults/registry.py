"""Every fault by its number, and drafts dirtied by one or by several."""

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

from sdsf_analysis.demo.dice import Dice
from sdsf_analysis.demo.faults import codes, days, figures, habits, hidden, names, shapes, sheets
from sdsf_analysis.demo.faults import files as whole_files
from sdsf_analysis.demo.faults.clean import clean_draft
from sdsf_analysis.demo.faults.fault import Fault
from sdsf_analysis.demo.faults.page import Draft

PLANTERS = {
    number: dirty
    for module in (codes, names, figures, days, habits, sheets, shapes, hidden, whole_files)
    for number, dirty in module.DIRTY.items()
}
SAMPLE = ("01", "42", "2A", "974", "59")


@cache
def faults() -> dict[str, Fault]:
    """Every fault of ``faults.toml``, in the order of planting.

    Examples
    --------
    >>> faults()["29"].codes
    ('code_lost_zero',)
    """
    text = (files(__package__) / "faults.toml").read_text(encoding="utf-8")
    return {
        number: Fault(number, dirty=PLANTERS[number], **{key: _frozen(value) for key, value in entry.items()})
        for number, entry in tomllib.loads(text).items()
    }


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def dirtied(wanted: Iterable[str], seed: str) -> tuple[Draft, tuple[Fault, ...]]:
    """A clean file of a drawn format and département, dirtied by the faults that it can bear.

    Parameters
    ----------
    wanted : iterable of str
        Numbers of faults; the first in the order of planting decides what file it is.
    seed : str
        Seed of the draws.

    Returns
    -------
    Draft
    tuple of Fault
        The faults that were planted.

    Examples
    --------
    >>> draft, planted = dirtied(["29", "26a"], "a")
    >>> [fault.number for fault in planted], draft.page.lines[-1].role
    (['29', '26a'], 'total')
    """
    asked = set(wanted)
    chosen = [fault for number, fault in faults().items() if number in asked]
    dice = Dice(f"{seed}/{'+'.join(fault.number for fault in chosen)}")
    draft = _blank_draft(chosen, dice, seed)
    planted: list[Fault] = []
    for fault in chosen:
        after = fault.dirty(draft, dice, fault.plant) if may_bear(draft, fault) else None
        if after:
            draft, planted = after, [*planted, fault]
    return draft, tuple(planted)


def may_bear(draft: Draft, fault: Fault) -> bool:
    """Say whether a file is of the format, the département and the columns that a fault needs.

    Examples
    --------
    >>> may_bear(clean_draft("42", "a"), faults()["29"])
    False
    """
    is_there = not fault.departements or draft.departement in fault.departements
    is_coded = "code" in draft.page.columns
    return is_there and draft.format in fault.formats and (fault.coded or not is_coded)


def _blank_draft(chosen: list[Fault], dice: Dice, seed: str) -> Draft:
    first = chosen[0] if chosen else faults()["26a"]
    departement = dice.pick(first.departements or SAMPLE)
    return clean_draft(departement, seed, dice.pick(first.formats), coded=first.coded)
