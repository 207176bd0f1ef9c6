"""What each code of a year leads to in another one, for all the codes at once."""

from functools import cache

from sdsf_analysis.territories import reference
from sdsf_analysis.territories.holders import communes_in, relation, state_holder
from sdsf_analysis.territories.past import parts, states_on

__all__ = ["communes_of", "leads", "parts_of", "release_of", "state_ends", "states_of", "unchanged"]


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
def parts_of(year: int, since: int) -> dict[str, frozenset[str]]:
    """Communes of another year that make up, in part or wholly, each commune of a release.

    Examples
    --------
    >>> sorted(parts_of(2026, 2018)["01033"])
    ['01033', '01091', '01205']
    """
    found: dict[str, set[str]] = {}
    for code in communes_of(since):
        for commune in leads(since, year).get(code, ()):
            found.setdefault(commune, set()).add(code)
    return {commune: frozenset(codes) for commune, codes in found.items()}


@cache
def unchanged(since: int, year: int) -> dict[str, str]:
    """Communes of a year that another one has with the same extent, be it under another code.

    Examples
    --------
    >>> unchanged(2019, 2021)["27676"], "01138" in unchanged(2022, 2023)
    ('27058', False)
    """
    wholes = {
        commune: next(iter(parts)) for commune, parts in parts_of(year, since).items() if len(parts) == 1
    }
    return {code: commune for commune, code in wholes.items() if leads(since, year)[code] == (commune,)}


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
