"""What a reader understood of a dirtied file, held against what each cell should give."""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sdsf_analysis.demo.cells import Value
from sdsf_analysis.demo.faults.comparing import is_right, wrong_rows
from sdsf_analysis.demo.faults.page import Draft, Page, Plant, Spot
from sdsf_analysis.demo.faults.seeing import Seen, cell, covers
from sdsf_analysis.demo.faults.showing import expected
from sdsf_analysis.model.problems import Problem

READ_ROLES = ("body", "total", "refused")


@dataclass(frozen=True)
class Outcome:
    """One fault planted at one place: whether it was found, and read as it should."""

    plant: Plant
    place: str
    found: bool
    right: bool
    seen: str = ""


@dataclass
class Verdict:
    """What became of one file.

    Attributes
    ----------
    outcomes : list of Outcome
        One for each place where a fault was planted.
    clean : int
        Clean cells that were looked at.
    misread : list of str
        Clean cells whose value is not theirs, rows that are not what they are.
    accused : list of str
        Problems said of cells or sheets that bear no such fault.
    """

    outcomes: list[Outcome] = field(default_factory=list)
    clean: int = 0
    misread: list[str] = field(default_factory=list)
    accused: list[str] = field(default_factory=list)

    @property
    def missed(self) -> list[Outcome]:
        """Faults that were not found, or not read as they should."""
        return [outcome for outcome in self.outcomes if not (outcome.found and outcome.right)]


def judge(draft: Draft, path: Path, seen: Seen) -> Verdict:
    """Hold what a reader understood against what was written.

    Parameters
    ----------
    draft : Draft
        What was written.
    path : Path
        Where.
    seen : Seen
        What was understood.
    """
    verdict = Verdict()
    must_refuse = any(plant.behaviour == "X" for plant in draft.plants)
    for page in () if must_refuse else draft.pages:
        _judge_page(verdict, draft, page, seen)
    verdict.outcomes += [_of_file(plant, path, seen, verdict.misread) for plant in draft.plants]
    verdict.accused = list(_accused(draft, seen.problems))
    return verdict


def judge_names(draft: Draft, resolve: Callable[[Value, Value], Any]) -> Verdict:
    """Hold the communes that rows are matched to against those they speak of.

    Parameters
    ----------
    draft : Draft
        What was written.
    resolve : callable
        Gives, for the code (or None) and the name of a row, an object with ``code`` and ``problem``.
    """
    verdict, page = Verdict(), draft.page
    for row in page.rows("body"):
        line = page.lines[row - 1]
        spots = dict(zip(page.columns, line.spots, strict=False))
        code = spots["code"].value if "code" in spots else None
        match, plant = resolve(code, spots["commune"].value), spots["commune"].plant
        shown = f"{page.name}!{row} : {spots['commune'].value!r} lu {match.code} {match.problem}"
        if plant:
            verdict.outcomes.append(_of_name(plant, line.commune, match, shown))
            continue
        verdict.clean += 1
        verdict.misread += [shown] if match.code != line.commune else []
        verdict.accused += [shown] if match.problem else []
    return verdict


def _of_name(plant: Plant, commune: str, match: Any, shown: str) -> Outcome:
    wanted = {"S": match.code == commune, "R": match.code != ""}
    return Outcome(
        plant,
        shown,
        match.problem in (plant.codes or ("",)),
        wanted.get(plant.behaviour, not match.code),
        shown,
    )


def _of_file(plant: Plant, path: Path, seen: Seen, misread: list[str]) -> Outcome:
    content = path.read_bytes()
    facts = {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()[:8]}
    wanted = [text.format(**facts) for text in plant.mentions]
    said = [p for p in seen.problems if p.code in plant.codes and all(text in _plain(p) for text in wanted)]
    shown = " ; ".join(f"{p.code} {p.message}" for p in seen.problems[:5])
    right = seen.refused if plant.behaviour == "X" else not seen.refused and not misread
    found = right if plant.behaviour == "S" else bool(said)
    return Outcome(plant, path.name, found, right, shown)


def _plain(problem: Problem) -> str:
    return re.sub(r"[\u00a0\u202f]", "", problem.message)


def _judge_page(verdict: Verdict, draft: Draft, page: Page, seen: Seen) -> None:
    sheet, problems = seen.sheet(page), seen.problems_of(draft, page)
    wrong = wrong_rows(page, sheet)
    verdict.misread += wrong
    for plant in page.plants:
        found = not wrong if plant.behaviour == "S" else any(p.code in plant.codes for p in problems)
        shown = " ; ".join(wrong) or ", ".join(sorted({p.code for p in problems}))
        verdict.outcomes.append(Outcome(plant, page.name, found, not wrong, shown))
    for address, role, spot in page.spots():
        if role in READ_ROLES and (spot.reading or spot.plant):
            reading = cell(sheet, address)
            right = is_right(reading, expected(spot, draft.format))
            shown = f"{page.name}!{address} : {spot.value!r} lu {reading}"
            if spot.plant is None:
                verdict.clean += 1
                verdict.misread += [] if right else [shown]
            elif not spot.plant.aside:
                is_said = _is_said(spot, [address, *_beside(page, spot)], problems)
                found = right if spot.plant.behaviour == "S" else is_said
                verdict.outcomes.append(Outcome(spot.plant, f"{page.name}!{address}", found, right, shown))


def _beside(page: Page, spot: Spot) -> list[str]:
    """Addresses of the other cells that a fault takes."""
    same = spot.plant and replace(spot.plant, aside=True)
    return [address for address, _, other in page.spots() if other.plant and other.plant == same]


def _is_said(spot: Spot, addresses: list[str], problems: list[Problem]) -> bool:
    """Say whether the problem is told where the fault stands, or once for all cells that show the same."""
    shown = str(spot.value).strip().casefold()
    return any(
        p.found.strip().casefold() == shown or any(covers(p, address) for address in addresses)
        for p in problems
        if spot.plant and p.code in spot.plant.codes
    )


def _accused(draft: Draft, problems: Iterable[Problem]) -> Iterator[str]:
    """Problems that no fault planted where they point explains, nor leads to."""
    planted = [
        (spot.plant, address) for page in draft.pages for address, _, spot in page.spots() if spot.plant
    ]
    placed = {plant.fault for plant, _ in planted}
    whole = [*draft.plants, *(plant for page in draft.pages for plant in page.plants)]
    said = {code for plant in whole if plant.fault not in placed for code in plant.codes}
    said |= {code for plant in (*whole, *(plant for plant, _ in planted)) for code in plant.also}
    for problem in problems:
        is_placed = any(problem.code in plant.codes and covers(problem, at) for plant, at in planted)
        if problem.code not in said and not is_placed:
            yield f"{problem.code} {problem.sheet}!{problem.cell} {problem.message}"
