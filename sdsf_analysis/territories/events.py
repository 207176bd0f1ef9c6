"""Where the code of a commune leads in the geography of another year, and the event that moved it.

Until 1 January 2019 INSEE's history gives the events and their dates; later ones are read in the yearly
releases, and carry the release in which they are first seen.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from sdsf_analysis.territories import reference
from sdsf_analysis.territories.extents import leads, release_of, state_ends
from sdsf_analysis.territories.holders import holders, is_commune, names, relation
from sdsf_analysis.territories.keys import name_key
from sdsf_analysis.territories.past import begun, code_of, events_of, last_states, parts, state_on

__all__ = ["Event", "Lead", "lead", "trail"]


@dataclass(frozen=True)
class Event:
    """What happened to a commune.

    Attributes
    ----------
    kind : str
        ``merger``, ``split``, ``code_change``, ``renaming`` or ``restoration``.
    date : str
        ISO date, empty after 1 January 2019.
    release : int or None
        Release in which a later event is first seen.
    """

    kind: str
    date: str = ""
    release: int | None = None


@dataclass(frozen=True)
class Lead:
    """Communes that a code leads to.

    Attributes
    ----------
    codes : tuple of str
        One: certain. Several: the commune was split since (or, towards an older year, was made of them).
        None: no trail.
    event : Event or None
        What moved it; none when the code means the same commune in both years.
    own_code : str
        The code asked, when it is that of a former commune or of a former extent; else empty.
    """

    codes: tuple[str, ...]
    event: Event | None = None
    own_code: str = ""


def lead(code: str, year: int, since: int | None = None) -> Lead:
    """Communes of a geography year that a code leads to.

    Parameters
    ----------
    code : str
        Code of a commune, present or former.
    year : int
        Geography of the answer, one of `reference.YEARS`.
    since : int, optional
        Geography of the sender: the extent that the code had on 1 January of that year. Without it, or if
        the code was not in force then, the last state in which it was.

    Returns
    -------
    Lead

    Raises
    ------
    TerritoryError
        If ``year`` is not shipped.

    Notes
    -----
    Sources: INSEE, history of the communes; yearly releases of the COG. A commune created from a part of
    another one (72 since 1943) is not traced to it: the histories do not say which.

    Examples
    --------
    >>> lead("01091", 2026)
    Lead(codes=('01033',), event=Event(kind='merger', date='2019-01-01', release=None), own_code='01091')
    >>> lead("01039", 2026).event
    Event(kind='merger', date='', release=2023)
    >>> lead("14712", 2026, since=2019).codes
    ('14666', '14712')
    """
    reference.check_year(year)
    origin = _origin(code, year, since)
    codes = _ends(code, origin, year)
    if not codes:
        return Lead(())
    event = _event(code, codes, origin, year)
    is_same = event is None or (codes == (code,) and event.kind not in ("merger", "split"))
    return Lead(codes, event, "" if is_same else code)


def trail(since: int, target: int) -> pd.DataFrame:
    """Communes of a year that each code in force in another one leads to: `lead`, for all codes at once.

    Parameters
    ----------
    since, target : int
        Geography of the codes, and of the answer; ``since`` may be any year from 1943.

    Returns
    -------
    pandas.DataFrame
        One row per pair, sorted: code, commune. Codes without a trail have no row.

    Examples
    --------
    >>> pairs = trail(2022, 2023)
    >>> pairs[pairs["commune"] == "01138"]["code"].tolist()
    ['01039', '01138']
    """
    ends = leads(since, reference.check_year(target))
    pairs = [(code, commune) for code in sorted(ends) for commune in ends[code]]
    return pd.DataFrame(pairs, columns=["code", "commune"], dtype="str")


def _origin(code: str, year: int, since: int | None) -> int | str:
    """Release or state of the history that a code is taken in; empty where it never was in force."""
    if since is not None and since < reference.YEARS[0] and (state := state_on(code, f"{since}-01-01")):
        return state
    latest = release_of(year if since is None else since)
    if since is not None and code in holders(max(latest, reference.YEARS[0])):
        return max(latest, reference.YEARS[0])
    for release in sorted(reference.YEARS, key=lambda release: (release > latest, abs(release - latest))):
        if is_commune(code, release):
            return release
    last = last_states().get(code, "")
    return last if last.startswith("COM-") else year


def _ends(code: str, origin: int | str, year: int) -> tuple[str, ...]:
    if isinstance(origin, int):
        return _now(code, origin, year)
    return state_ends(origin, year) if origin else ()


def _event(code: str, codes: tuple[str, ...], origin: int | str, year: int) -> Event | None:
    if isinstance(origin, str):
        return _since_state(origin, codes, year)
    if origin <= year:
        return _since_release(code, codes, origin, year)
    if len(codes) > 1:
        return Event(
            "merger", release=_first(year, origin, lambda release: _are_together(codes, year, release))
        )
    # backwards: what happened to the older commune on its way here
    forward = _now(codes[0], year, origin)
    return _since_release(codes[0], forward, year, origin) if forward else None


def _are_together(codes: tuple[str, ...], year: int, release: int) -> bool:
    return len({_now(code, year, release) for code in codes}) == 1


def _since_state(state: str, codes: tuple[str, ...], year: int) -> Event | None:
    """Event that the history dates, else the one that the releases show."""
    first = reference.YEARS[0]
    ends = state_ends(state, first)
    if len(codes) > 1 and len(ends) > 1:
        left = [date for part in parts(state) for kind, date in events_of(part) if kind == "restoration"]
        return Event("split", min(date for date in left if date > begun(state)))
    if len(codes) > 1:
        return Event("split", release=_first(first, year, lambda r: len(state_ends(state, r)) > 1))
    found = [Event(kind, date) for kind, date in events_of(state) if kind != "split"]
    back = [event for event in found if event.kind == "restoration" and codes[0] == code_of(state)]
    moved = [event for event in found if event.kind not in ("renaming", "restoration")]
    # a commune that was split, and whose parts came together again
    moved += [
        Event(kind, date)
        for part in parts(state)
        for kind, date in events_of(part)
        if kind == "merger" and date > begun(state)
    ]
    later = _since_release(ends[0], codes, first, year)
    return next(iter([*back[-1:], *moved, *([later] if later else []), *found]), None)


def _since_release(code: str, codes: tuple[str, ...], origin: int, year: int) -> Event | None:
    """First event that the releases show between two years, for what a code meant in the first one."""
    if len(codes) > 1:
        return Event(
            "split", release=_first(origin, year, lambda r: len(relation(origin, r).get(code, ())) > 1)
        )
    if not is_commune(code, origin):
        return _of_held(code, codes, origin, year)
    if release := _first(origin, year, lambda r: _now(code, origin, r) != (code,)):
        is_alone = _now(_now(code, origin, release)[0], release, origin) == (code,)
        return Event("code_change" if is_alone else "merger", release=release)
    if release := _first(origin, year, lambda r: len(_now(code, r, origin)) > 1):
        return Event("merger", release=release)
    release = _first(origin, year, lambda r: name_key(names(r)[code]) != name_key(names(origin)[code]))
    return Event("renaming", release=release) if release else None


def _now(code: str, origin: int, release: int) -> tuple[str, ...]:
    return relation(origin, release).get(code, ())


def _of_held(code: str, codes: tuple[str, ...], origin: int, year: int) -> Event | None:
    """Restoration of a commune that another one held, else what made it so."""
    if codes == (code,) and (release := _first(origin, year, lambda r: _stands_alone(code, origin, r))):
        return Event("restoration", release=release)
    first = reference.YEARS[0]
    whole = _now(code, first, origin) if is_commune(code, first) else ()
    if len(whole) == 1 and (event := _since_release(code, whole, first, origin)):
        return event
    dated = events_of(last_states()[code]) if code in last_states() else []
    return next((Event(*event) for event in dated if event[0] in ("merger", "code_change")), None)


def _stands_alone(code: str, origin: int, release: int) -> bool:
    """Say whether a held commune is one again; the code of a new seat is the whole's, not its own."""
    if not is_commune(code, release):
        return False
    held = {*reference.former_communes(origin)["code"], *names(origin)}
    return [other for other, holder in holders(release).items() if holder == code and other in held] == [code]


def _first(after: int, until: int, holds: Callable[[int], bool]) -> int | None:
    """First release after one, and until another one, for which something holds."""
    return next((year for year in reference.YEARS if after < year <= until and holds(year)), None)
