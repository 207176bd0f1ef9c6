"""The services of all files: which are one, which partner counts, what each was from day to day."""

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from sdsf_analysis.build.cells import Cells
from sdsf_analysis.build.identities import Identities, closed_by_ruling, renamed, ruled_links
from sdsf_analysis.build.intake import Intake
from sdsf_analysis.build.ledger import Told, loans
from sdsf_analysis.build.linking import agreeing_rows, link_services
from sdsf_analysis.build.listings import in_double, listing_doubts
from sdsf_analysis.build.periods import SEEN, Periods, offer_periods, since_seen
from sdsf_analysis.build.retold import latest_told
from sdsf_analysis.build.twins import PARTNER, find_twins, partner_rank, settle_twins, waiting_out
from sdsf_analysis.model.problems import Problem
from sdsf_analysis.model.tables import table
from sdsf_analysis.recipes.citing import LIKENESS, RULING


class Services(NamedTuple):
    """Tables of the services, and what the ledger needs to know of them.

    Attributes
    ----------
    frames : dict
        ``offer``, ``service_area``, ``activity``, ``funds``, ``alerts``.
    told : Told
        What became of their rows, for the ledger.
    lent : pandas.DataFrame
        Values that another row gave.
    problems : list of Problem
    lost : dict
        Names of the rows that wait for a ruling → code of what they wait for.
    """

    frames: dict[str, pd.DataFrame]
    told: Told
    lent: pd.DataFrame
    problems: list[Problem]
    lost: dict[str, str]


def services(
    frames: Mapping[str, pd.DataFrame],
    intakes: list[Intake],
    identities: Identities,
    counts: str,
    cells: Cells,
) -> Services:
    """Put together what all files tell of the same services.

    Parameters
    ----------
    frames : mapping
        Tables by name, as received, with the day that the file of each service speaks of.
    intakes : list of Intake
        Files read.
    identities : Identities
        What the rulings say of the identity of services.
    counts : str
        Partner that counts where two describe one structure; empty for the usual order.
    cells : Cells
        Cells of the rows.
    """
    one_each = _identified(frames, intakes, identities, cells)
    told = one_each.frames
    settled = settle_twins(told["offer"], counts, cells)
    observed, late = since_seen(settled.offer.drop(columns=PARTNER))
    recipes = {intake.source: intake.recipes[0] for intake in intakes if intake.recipes}
    problems = [*one_each.problems, *settled.problems]
    ahead = {(intake.source, sheet) for intake in intakes for sheet in intake.forecasts}
    is_ahead = [place in ahead for place in zip(observed["_source"], observed["_sheet"], strict=True)]
    listed = observed[~pd.Series(is_ahead, index=observed.index, dtype=bool)]
    problems += listing_doubts(listed, recipes, identities.distinct, one_each.named, cells)
    double = in_double(problems, observed)
    lost = one_each.lost | _waiting(told, double, "service_renumbered")
    told, observed = waiting_out(told, double), observed[~observed["service"].isin(double)]
    for name in ("service_area", "activity", "funds"):
        told[name], revised = latest_told(name, told[name], cells)
        problems += revised
    periods = offer_periods(observed, cells)
    told["offer"] = closed_by_ruling(periods.frame, identities.closed)
    begun = _begun(periods, settled.opened)
    first_days = loans(begun, begun.map(settled.opened), "valid_from", "opened_on")
    lent = pd.concat([settled.lent, periods.lent, first_days], ignore_index=True)
    became = Told(periods.joined | one_each.joined, periods.moved | late, one_each.named, frozenset(begun))
    return Services(told, became, lent, [*problems, *periods.problems], lost)


class _Identified(NamedTuple):
    """Tables where each service has one name, and what became of their rows.

    ``named``: those that stand under another name than theirs; ``joined``: those that another one says alike;
    ``lost``: those that wait for a ruling, with the code of what they wait for.
    """

    frames: dict[str, pd.DataFrame]
    named: dict[str, str]
    joined: dict[str, str]
    lost: dict[str, str]
    problems: list[Problem]


def _identified(
    frames: Mapping[str, pd.DataFrame], intakes: list[Intake], identities: Identities, cells: Cells
) -> _Identified:
    told = {name: frame for name, frame in frames.items() if "service" in frame.columns}
    told["offer"] = _with_partner(told["offer"], intakes)
    written = pd.concat([frame[["_row", "service"]] for frame in told.values()], ignore_index=True)
    links, problems = ruled_links(told["offer"], identities)
    ruled = links.names()
    twins = find_twins(renamed(told["offer"], ruled), identities.distinct, cells)
    for one, two in twins.pairs:
        links.join(one, two)
    names = links.names()
    told = {name: renamed(frame, names) for name, frame in told.items()}
    is_named = written["service"].isin(names)
    origins = written["service"].isin(ruled).map({True: RULING, False: LIKENESS})
    named = dict(zip(written["_row"][is_named], origins[is_named], strict=True))
    waiting = _waiting(told, twins.waiting, "structure_near")
    told |= waiting_out(told, twins.waiting)
    # money and alerts name their service: once it is known which are one
    linked, unnamed, lost = link_services(told, names, cells)
    told |= linked
    # the programme and the co-financer of an amount may be said by one file alone
    told["funds"], joined = agreeing_rows(told["funds"], [*table("funds").key, "amount_eur"])
    return _Identified(told, named, joined, lost | waiting, [*problems, *twins.problems, *unnamed])


def _waiting(frames: Mapping[str, pd.DataFrame], services: set[str], code: str) -> dict[str, str]:
    rows = (row for frame in frames.values() for row in frame["_row"][frame["service"].isin(services)])
    return dict.fromkeys(rows, code)


def _begun(periods: Periods, opened: Mapping[str, str]) -> pd.Series:
    """Rows whose first day is an opening that another row told."""
    frame = periods.frame
    is_opening = (frame["valid_from"] == frame["opened_on"]) & ~frame["_row"].isin(periods.moved)
    return frame.loc[is_opening & frame["_row"].isin(opened), "_row"]


def _with_partner(offer: pd.DataFrame, intakes: list[Intake]) -> pd.DataFrame:
    """Rows with the partner of their file, in the order in which the name of a service is preferred."""
    partners = {intake.source: intake.partner for intake in intakes}
    offer = offer.assign(**{PARTNER: offer["_source"].map(partners).fillna("").astype("str")})
    rank = offer[PARTNER].map(partner_rank)
    day = offer[SEEN].fillna(offer["valid_from"])
    ordered = offer.assign(_rank=rank, _day=day).sort_values(["_rank", "_day"], kind="stable")
    return ordered.drop(columns=["_rank", "_day"]).reset_index(drop=True)
