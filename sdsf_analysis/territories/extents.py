"""What each code of a year leads to in another one, for all the codes at once."""

from collections import Counter
from functools import cache
from itertools import chain

from sdsf_analysis.territories import reference
from sdsf_analysis.territories.holders import communes_in, relation, state_holder
from sdsf_analysis.territories.past import parts, states_on

__all__ = ["changed", "communes_of", "leads", "release_of", "state_ends", "states_of"]


@cache
def leads(since: int, target: int) -> dict[str, tuple[str, ...]]:
    """Communes that each code of a year leads to in another one, as `trail`.

    Examples
    --------
    >>> leads(2018, 2026)["01091"]
    ('01033',)
    """
    release = release_of(since)
    if release in reference.YEARS:
        return relation(release, target)
    ends = {code: state_ends(state, target) for code, state in states_of(since).items()}
    return {code: communes for code, communes in ends.items() if communes}


@cache
def changed(since: int, year: int) -> dict[str, frozenset[str]]:
    """Communes of a release that another year has not with the same extent, and what they are made of then.

    A commune that only changed its code is none of them.

    Examples
    --------
    >>> sorted(changed(2018, 2026)["01033"]), "01004" in changed(2018, 2026), "27676" in changed(2021, 2026)
    (['01033', '01091', '01205'], False, False)
    """
    ends = leads(since, year)
    pairs = [(code, ends.get(code, ())) for code in communes_of(since)]
    times = Counter(chain.from_iterable(end for _, end in pairs))
    split = set(chain.from_iterable(end for _, end in pairs if len(end) > 1))
    moved = split | {commune for commune, n in times.items() if n > 1}
    found: dict[str, set[str]] = {commune: set() for commune in moved}
    for code, end in pairs:
        for commune in end:
            if commune in moved:
                found[commune].add(code)
    return {commune: frozenset(codes) for commune, codes in found.items()}


@cache
def communes_of(since: int) -> frozenset[str]:
    """Codes of the communes in force on 1 January of a year, from 1943.

    Examples
    --------
    >>> len(communes_of(2018)), len(communes_of(2026))
    (35357, 34969)
    """
    release = release_of(since)
    if release in reference.YEARS:
        return frozenset(communes_in(release))
    return frozenset(code for code, state in states_of(since).items() if state.startswith("COM-"))


def release_of(since: int) -> int:
    """Release that stands for a year: itself; the one before for 2020, which is not shipped."""
    return max([year for year in reference.YEARS if year <= since], default=since)


@cache
def states_of(since: int) -> dict[str, str]:
    """State of the history that each code was in on 1 January of a year before the releases."""
    return dict(states_on(f"{since}-01-01")["id"])


@cache
def state_ends(state: str, year: int) -> tuple[str, ...]:
    """Communes of a release that hold the parts of a state; none where the trail of one of them stops."""
    ends = {state_holder(part, year) for part in parts(state)}
    return () if None in ends else tuple(sorted(end for end in ends if end))
