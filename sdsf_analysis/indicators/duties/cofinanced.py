"""The crèche places that each signatory of a CTG cofinances, and its next step of the development bonus."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from sdsf_analysis.build.periods import COMING
from sdsf_analysis.errors import QuestionError
from sdsf_analysis.indicators.asked import Day, read_date
from sdsf_analysis.indicators.codes import places_in
from sdsf_analysis.indicators.conventions import running_conventions
from sdsf_analysis.indicators.duties.cofinancers import cofinancers_at
from sdsf_analysis.indicators.duties.names import authority_key
from sdsf_analysis.indicators.measures import sum_parts
from sdsf_analysis.indicators.offer import is_held
from sdsf_analysis.indicators.received import file_lacking
from sdsf_analysis.indicators.remarks import listed, not_received, remark
from sdsf_analysis.indicators.services.kinds import EAJE
from sdsf_analysis.indicators.signatories import AUTHORITIES
from sdsf_analysis.model.french import french_date, number, plural
from sdsf_analysis.model.tables import Tables

COLUMNS = (
    "signatory",
    "kind",
    "ctg",
    "services",
    "places_start",
    "places_end",
    "growth",
    "growth_percent",
    "bonus_eur",
    "next_step_percent",
    "places_needed",
    "next_bonus_eur",
    "places_planned",
    "finding",
)
STEPS, AMOUNTS = (4.0, 8.0, 12.0), (100.0, 200.0, 300.0)
_WHEN = ("start", "end", "planned")
# a growth of exactly a step reaches it, whatever floating point makes of it
_NOISE = 1e-9


class Step(NamedTuple):
    """Where a growth stands among the steps of the bonus."""

    bonus_eur: float
    next_step_percent: float
    places_needed: float
    next_bonus_eur: float


def next_step(
    before: float, after: float, steps: Sequence[float] = STEPS, amounts: Sequence[float] = AMOUNTS
) -> Step:
    """Bonus that a growth of places opens, and the places that the next step still needs, rounded up.

    Formula: needed = ⌈before · (1 + step / 100)⌉ - after. Reference: bonus « trajectoire de développement »,
    Cnaf, November 2025: + 4, + 8, + 12 % of cofinanced places give 100, 200, 300 € more for each PSU place
    that has the bonus territoire.

    Parameters
    ----------
    before, after : float
        Cofinanced places at the start and now.
    steps : sequence of float
        In per cent, rising.
    amounts : sequence of float
        Euros for a place, one for each step.

    Returns
    -------
    Step
        Missing numbers where there is no place at the start, or no further step.

    Examples
    --------
    >>> next_step(60, 62)
    Step(bonus_eur=0.0, next_step_percent=4.0, places_needed=1.0, next_bonus_eur=100.0)
    >>> next_step(25, 26).bonus_eur
    100.0
    """
    if not before > 0 or np.isnan(after):
        return Step(np.nan, np.nan, np.nan, np.nan)
    bonus = 0.0
    for step, amount in zip(steps, amounts, strict=True):
        goal = np.ceil(before * (1 + step / 100) - _NOISE)
        if after < goal:
            return Step(bonus, step, float(goal - after), amount)
        bonus = amount
    return Step(bonus, np.nan, np.nan, np.nan)


def cofinanced_places(
    tables: Tables,
    on: Day,
    start: Day = "2023-01-01",
    *,
    steps: Sequence[float] = STEPS,
    amounts: Sequence[float] = AMOUNTS,
) -> pd.DataFrame:
    """List the growth of the PSU places that each signatory of a CTG cofinances, and its next step of bonus.

    Formula: places open in PSU crèches whose cofinancer is a signatory of a CTG in force, at the start and on
    the day; growth = 100 · (now - start) / start. Reference: see `next_step`; the base and the way to count
    are to be checked, hence ``start``, ``steps`` and ``amounts``.

    Parameters
    ----------
    tables : Tables
    on : str or datetime.date
        Day of the count and of the conventions.
    start : str or datetime.date
        Day of the base.
    steps : sequence of float
        Growth that each step asks for, in per cent.
    amounts : sequence of float
        Euros a place and year that each step gives.

    Returns
    -------
    pandas.DataFrame
        One row per signatory that cofinances, sorted: signatory, kind, ctg (joined by « ; »), services (of
        either day), places_start, places_end, growth (places), growth_percent, bonus_eur (a place, of the
        step reached), next_step_percent, places_needed, next_bonus_eur, places_planned (projects), finding.

    Raises
    ------
    QuestionError
        If a date is not a day, the dates are not in order, or steps and amounts do not go together.

    Examples
    --------
    >>> from sdsf_analysis.indicators.duties.example import duties_example
    >>> found = cofinanced_places(duties_example(), "2024-12-31")
    >>> found[["signatory", "places_start", "places_end", "places_needed"]].values.tolist()
    [['01001', 60.0, 62.0, 1.0], ['CC E1', 25.0, 25.0, 1.0]]
    """
    day, base = read_date(on), read_date(start)
    if base > day:
        raise QuestionError(f"Le départ ({french_date(base)}) est après la date ({french_date(day)}).")
    rises, euros = _checked(steps, amounts)
    signatories = _signatories(tables, day)
    places = _places(tables, base, day)
    joined = places.merge(signatories, on="key", validate="many_to_one")
    frame = _rows(joined, rises, euros)[list(COLUMNS)].astype(_TYPES)
    return remark(frame, _said(tables, places, signatories, day, base))


_TYPES = {name: "str" if name in ("signatory", "kind", "ctg", "finding") else "float64" for name in COLUMNS}


def _checked(steps: Sequence[float], amounts: Sequence[float]) -> tuple[list[float], list[float]]:
    try:
        rises, euros = [float(one) for one in steps], [float(one) for one in amounts]
    except ValueError:
        raise QuestionError("Paliers (steps) et montants (amounts) : écrire des nombres, 4,8,12.") from None
    if len(rises) != len(euros) or rises != sorted(rises):
        raise QuestionError(
            f"Paliers (steps) : {len(rises)}, montants (amounts) : {len(euros)}. En donner autant, "
            "croissants."
        )
    return rises, euros


def _signatories(tables: Tables, day: pd.Timestamp) -> pd.DataFrame:
    """Authorities that signed a convention in force: key, signatory, kind, ctg."""
    partners = tables.ctg_partners
    running = running_conventions(tables.ctg, day)["ctg"]
    ours = (
        partners["role"].eq("signatory") & partners["kind"].isin(AUTHORITIES) & partners["ctg"].isin(running)
    )
    rows = partners[ours].sort_values(["partner", "ctg"])
    rows = rows.assign(key=rows["partner"].map(authority_key).astype("str"))
    whole = rows.groupby("key", sort=False).agg(
        signatory=("partner", "first"),
        kind=("kind", "first"),
        ctg=("ctg", lambda ids: " ; ".join(dict.fromkeys(ids))),
    )
    return whole.reset_index()


def _places(tables: Tables, base: pd.Timestamp, day: pd.Timestamp) -> pd.DataFrame:
    """PSU crèches open at the base or on the day, and projects, each with its cofinancer."""
    offer = tables.offer
    creches = offer[offer["kind"].isin(EAJE) & offer["funding"].eq("psu")]
    frames = [
        creches[is_held(creches, when) & creches["stage"].isin(stages)].assign(when=label)
        for when, stages, label in (
            (base, ("open",), "start"),
            (day, ("open",), "end"),
            (day, COMING, "planned"),
        )
    ]
    rows = pd.concat([*frames, _undated(frames[1], frames[0], base)], ignore_index=True)
    rows = rows.rename(columns={f"capacity_{name}": name for name in ("status", "low", "high")})
    rows = rows.assign(value=rows["capacity"], cofinancer=cofinancers_at(tables, rows, day))
    rows["key"] = rows["cofinancer"].map(authority_key, na_action="ignore").astype("str")
    return rows[["when", "service", "cofinancer", "key", "value", "status", "low", "high"]]


def _undated(now: pd.DataFrame, then: pd.DataFrame, base: pd.Timestamp) -> pd.DataFrame:
    """Crèches that only a later list shows, and whose opening nobody dates: unknown at the base."""
    unsaid = now["opened_on"].isna() & (now["valid_from"] > base) & ~now["service"].isin(then["service"])
    return now[unsaid].assign(when="start", capacity=np.nan, capacity_status="missing")


def _rows(joined: pd.DataFrame, steps: list[float], amounts: list[float]) -> pd.DataFrame:
    """One row per signatory: its places at the base, on the day and in projects, and its next step."""
    first = joined.drop_duplicates("signatory").set_index("signatory").sort_index()
    codes = places_in(joined["signatory"], pd.Series(first.index, dtype="str"))
    when = places_in(joined["when"], pd.Series(_WHEN))
    sums = sum_parts(joined).summed(codes * len(_WHEN) + when, len(first) * len(_WHEN)).value
    start, end, planned = sums.reshape(-1, len(_WHEN)).T
    reached = [next_step(*pair, steps, amounts) for pair in zip(start, end, strict=True)]
    counted = joined[joined["when"] != "planned"].groupby("signatory")["service"].nunique()
    frame = first[["kind", "ctg"]].assign(
        services=counted.reindex(first.index, fill_value=0),
        places_start=start,
        places_end=end,
        growth=end - start,
        growth_percent=100 * (end - start) / np.where(start > 0, start, np.nan),
        places_planned=planned,
        finding=[_finding(*one) for one in zip(start, end, reached, strict=True)],
    )
    return frame.reset_index().join(pd.DataFrame(reached, columns=list(Step._fields)))


def _finding(start: float, end: float, step: Step) -> str:
    if np.isnan(start) or np.isnan(end):
        return "Les places ou l'ouverture d'un service ne sont pas connues : la croissance ne se calcule pas."
    if start == 0:
        return "Aucune place cofinancée au départ : la croissance ne se calcule pas."
    if np.isnan(step.places_needed):
        return f"Dernier palier atteint : {number(step.bonus_eur)} € par place."
    return (
        f"Encore {plural(step.places_needed, 'place')} pour + {number(step.next_step_percent)} % "
        f"({number(step.next_bonus_eur)} € par place)."
    )


def _said(
    tables: Tables, places: pd.DataFrame, signatories: pd.DataFrame, day: pd.Timestamp, base: pd.Timestamp
) -> list[str]:
    if tables.ctg.empty or places.empty:
        psu = [] if len(places) else [file_lacking("offer", "psu", "les EAJE en PSU")]
        return [*not_received(tables, "ctg"), *psu]
    counted = places[places["when"] != "planned"]
    unsaid = counted.loc[counted["cofinancer"].isna(), "service"].drop_duplicates()
    strangers = counted.loc[
        counted["cofinancer"].notna() & ~counted["key"].isin(signatories["key"]), "cofinancer"
    ]
    strangers_said = "Cofinanceurs qui n'ont pas signé de CTG en vigueur, non comptés"
    return [
        f"Places en PSU au {french_date(base)} et au {french_date(day)}, du cofinanceur connu le plus récent "
        "; base et mode de calcul du bonus : à vérifier auprès de la Cnaf.",
        listed(strangers_said, sorted(strangers.unique())),
        listed("EAJE en PSU dont le cofinanceur n'est pas connu, non comptés", sorted(unsaid)),
    ]
