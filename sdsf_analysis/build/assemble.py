"""Rows of all files put together: geography added, rows completed, each table held to its declaration."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pandas as pd

from sdsf_analysis.build.accounts import TOLD, Fates
from sdsf_analysis.build.cells import Cells
from sdsf_analysis.build.conventions import (
    doubtful_stages,
    drop_refused,
    incomplete_conventions,
    older_situations,
    without_perimeter,
)
from sdsf_analysis.build.finish import (
    POSITIVE,
    communes_elsewhere,
    fill_perimeter_dates,
    negative_values,
    overlapping_perimeters,
    overlapping_zones,
    reversed_dates,
    unknown_conventions,
)
from sdsf_analysis.build.geography import official_membership, official_names, territories
from sdsf_analysis.build.hold import hold, once_per_pair
from sdsf_analysis.build.identities import NO_IDENTITIES, Identities
from sdsf_analysis.build.intake import Intake
from sdsf_analysis.build.ledger import ledger, loans
from sdsf_analysis.build.partners import code_partners
from sdsf_analysis.build.periods import authority_periods, expired_agreements, last_days, next_rows
from sdsf_analysis.build.plans import check_plans
from sdsf_analysis.build.populations import legal_populations
from sdsf_analysis.build.retold import mark_days
from sdsf_analysis.build.through_time import services
from sdsf_analysis.model.lists import choices
from sdsf_analysis.model.problems import Problem
from sdsf_analysis.model.tables import Table, table, tables
from sdsf_analysis.paths import Settings
from sdsf_analysis.recipes.rows import MARKS
from sdsf_analysis.territories import reference
from sdsf_analysis.territories.names import CommuneIndex
from sdsf_analysis.territories.outlines import places

REGISTERS = ("problems", "ledger")
PERIODS = (
    ("ctg", "starts_on", "ends_on"),
    ("membership", "starts_on", "ends_on"),
    ("officers", "starts_on", "ends_on"),
    ("offer", "opened_on", "closed_on"),
    ("offer", "valid_from", "valid_to"),
    ("actions", "starts_on", "ends_on"),
    ("authorities", "starts_on", "ends_on"),
)


def assemble_tables(
    intakes: list[Intake],
    settings: Settings,
    index: CommuneIndex,
    identities: Identities = NO_IDENTITIES,
) -> tuple[dict[str, pd.DataFrame], list[Problem], Fates]:
    """Put the rows of all files together, and complete them with the reference.

    Parameters
    ----------
    intakes : list of Intake
        Files read.
    settings : Settings
        Département and geography year.
    index : CommuneIndex
        Communes of the département.
    identities : Identities
        What the rulings say of the identity of services.

    Returns
    -------
    tuple of (dict, list, Fates)
        Every tidy table but ``problems``, what was met on the way, and what became of each row.
    """
    fates = Fates()
    frames = {
        name: _gather(intakes, declared) for name, declared in tables().items() if name not in REGISTERS
    }
    cells = Cells([intake.ledger for intake in intakes])
    frames |= mark_days(frames, intakes)
    undated = frames["membership"][frames["membership"]["starts_on"].isna()]
    listed = {number for intake in intakes for number in intake.conventions}
    frames["offer"], over = last_days(frames["offer"])
    problems = _complete(frames, index, listed, cells, fates)
    problems += check_plans(frames, listed, cells)
    problems += _check_conventions(frames, intakes, settings.reference_date, cells)
    problems += expired_agreements(frames["offer"], settings.reference_date, cells)
    told = services(frames, intakes, identities, settings.sources.get("offer", ""), cells)
    for name, frame in told.frames.items():
        fates.lose(frames[name], frame, TOLD)
    fates.lost |= told.lost
    frames |= told.frames
    problems += told.problems
    frames["authorities"] = authority_periods(frames["authorities"])
    over = over[~over.isin(told.told.moved)]
    became = replace(told.told, begun=told.told.begun.union(over))
    lent = [_loans(frames, undated), told.lent, loans(over, over, "valid_from", "valid_to")]
    _add_geography(frames, settings)
    problems += _leave_out_elsewhere(frames, cells, fates)
    keys = []
    for name, frame in frames.items():
        held = hold(tables()[name], frame, cells)
        frames[name] = held.frame
        keys.append(held.keys)
        problems += held.problems
        fates.lost |= held.lost
    fates.kept = {*became.joined, *(row for kept in keys for row in kept["_row"])}
    frames["ledger"] = ledger(intakes, pd.concat(keys), became, pd.concat(lent, ignore_index=True))
    return frames, once_per_pair(problems), fates


def _gather(intakes: list[Intake], declared: Table) -> pd.DataFrame:
    frames = [intake.frames[declared.name] for intake in intakes if declared.name in intake.frames]
    empty = declared.empty().join(pd.DataFrame(columns=list(MARKS), dtype="str"))
    return pd.concat(frames, ignore_index=True) if frames else empty


def _complete(
    frames: dict[str, pd.DataFrame], index: CommuneIndex, listed: set[str], cells: Cells, fates: Fates
) -> list[Problem]:
    """Complete the tables that need another one; give the doubts."""
    problems: list[Problem] = []
    for name, start, end in PERIODS:
        before = frames[name]
        frames[name], refused = reversed_dates(before, start, end, cells)
        problems += refused
        fates.lose(before, frames[name], "dates_reversed")
    standing = drop_refused(frames, listed)
    for name, frame in standing.items():
        fates.lose(frames[name], frame, "ctg_refused")
    frames |= standing
    for name in POSITIVE:
        frames[name], negative = negative_values(frames[name], POSITIVE[name], cells)
        problems += negative
    frames["membership"] = fill_perimeter_dates(frames["membership"], frames["ctg"])
    frames["ctg_partners"], uncoded = code_partners(frames["ctg_partners"], index)
    perimeters = frames["membership"][frames["membership"]["level"] == "ctg"]
    # a convention that is refused is still one that the list names
    problems += [*uncoded, *unknown_conventions(perimeters, "territory", listed)]
    for name in ("officers", "ctg_partners"):
        problems += unknown_conventions(frames[name], "ctg", listed)
    problems += overlapping_perimeters(frames["membership"], frames["ctg"])
    return [*problems, *overlapping_zones(frames["membership"])]


def _check_conventions(
    frames: dict[str, pd.DataFrame], intakes: list[Intake], on: date, cells: Cells
) -> list[Problem]:
    # two lines of one number are asked about as such
    ctg = frames["ctg"].drop_duplicates("ctg", keep=False)
    situations = {
        (intake.source, sheet): day for intake in intakes for sheet, day in intake.ctg_situations.items()
    }
    return [
        *incomplete_conventions(ctg, cells),
        *without_perimeter(ctg, frames["membership"]),
        *doubtful_stages(ctg, on, situations, cells),
        *older_situations(situations, on),
    ]


def _loans(frames: dict[str, pd.DataFrame], undated: pd.DataFrame) -> pd.DataFrame:
    """Values of one row that another row, or another column, gave."""
    conventions = frames["ctg"].drop_duplicates("ctg").set_index("ctg")["_row"]
    partners, following = frames["ctg_partners"], next_rows(frames["offer"])
    found = [
        loans(undated["_row"], undated["territory"].map(conventions), "starts_on", "starts_on"),
        loans(following["_row"], following["next"], "valid_to", "valid_from"),
    ]
    found += [loans(partners["_row"], partners["_row"], name, "partner") for name in ("level", "territory")]
    return pd.concat(found, ignore_index=True)


def _leave_out_elsewhere(frames: dict[str, pd.DataFrame], cells: Cells, fates: Fates) -> Iterator[Problem]:
    territories = frames["territories"]
    known = set(territories.loc[territories["level"] == "commune", "territory"])
    for name, frame in frames.items():
        if "commune" in frame:
            frames[name], refused = communes_elsewhere(frame, known, cells)
            fates.lose(frame, frames[name], "commune_outside")
            yield from refused


def _add_geography(frames: dict[str, pd.DataFrame], settings: Settings) -> None:
    year, departement = settings.geography_year, settings.departement
    communes = reference.communes(year, departement).drop(columns=["kind", "chef_lieu"])
    communes = communes.merge(places(departement), on="code", how="left", validate="one_to_one")
    frames["membership"] = _stack(official_membership(communes), frames["membership"], "membership")
    names = official_names(communes, year)
    named = frames["ctg"].dropna(subset=["name"])
    names |= {("ctg", ctg): name for ctg, name in zip(named["ctg"], named["name"], strict=True)}
    names |= {("frr", zone): label for zone, label in choices("frr_zone").items()}
    frames["territories"] = table("territories").cast(
        territories(communes, frames["membership"], names, year)
    )
    frames["families"] = _stack(legal_populations(departement, year), frames["families"], "families")


def _stack(official: pd.DataFrame, received: pd.DataFrame, name: str) -> pd.DataFrame:
    return pd.concat([table(name).cast(official), received], ignore_index=True)
