"""One trial: a file dirtied, written, read, judged."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from sdsf_analysis.demo.cells import Value
from sdsf_analysis.demo.dice import Dice
from sdsf_analysis.demo.faults.fault import Fault
from sdsf_analysis.demo.faults.judging import Verdict, judge, judge_names
from sdsf_analysis.demo.faults.registry import dirtied, faults
from sdsf_analysis.demo.faults.seeing import look
from sdsf_analysis.demo.faults.writing import write_draft

MOST = 6
Resolve = Callable[[Value, Value], Any]


def try_out(
    numbers: Iterable[str],
    seed: str,
    folder: Path,
    read: Callable[[Path], Any],
    resolver: Callable[[str], Resolve],
) -> tuple[tuple[Fault, ...], Verdict]:
    """Dirty a file, have it read, judge what was understood.

    Parameters
    ----------
    numbers : iterable of str
        Faults wanted.
    seed : str
        Seed of the draws.
    folder : Path
        Where to write the file.
    read : callable
        The reader: `sdsf_analysis.recipes.inspection.read`.
    resolver : callable
        Gives, for a département, what finds the commune of a code and a name.

    Returns
    -------
    tuple of Fault
        The faults that the file could bear.
    Verdict
    """
    draft, planted = dirtied(numbers, seed)
    path = write_draft(draft, folder)
    if any(fault.judge == "match" for fault in planted):
        return planted, judge_names(draft, resolver(draft.departement))
    return planted, judge(draft, path, look(read, path))


def draw(seed: str) -> list[str]:
    """Draw several faults that a reader judges and that leave the file readable.

    Examples
    --------
    >>> draw("a") == draw("a")
    True
    """
    dice = Dice(f"combined/{seed}")
    usable = [n for n, fault in faults().items() if fault.judge == "read" and not is_refusal(fault)]
    return dice.shuffled(usable)[: dice.between(2, MOST)]


def is_refusal(fault: Fault) -> bool:
    """Say whether a fault has the whole file refused.

    Examples
    --------
    >>> is_refusal(faults()["3"]), is_refusal(faults()["52a"])
    (True, False)
    """
    return fault.behaviour == "X" and fault.level == "F"
