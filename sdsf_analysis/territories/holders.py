"""Which commune holds the territory of each code, in every release shipped.

The unit is the territory that a code meant in its last state: it follows the releases one by one, from
commune to delegated commune, to nothing of its own, or back to a commune.
"""

from collections.abc import Iterable
from functools import cache

import pandas as pd

from sdsf_analysis.territories import reference
from sdsf_analysis.territories.keys import name_key
from sdsf_analysis.territories.past import code_of, ends, last_states

__all__ = ["holders", "holders_in", "in_force", "names", "relation", "state_holder", "untraced"]


@cache
def untraced() -> dict[int, dict[str, str]]:
    """Mergers that no release traces, by the release in which they are first seen: code → commune.

    Examples
    --------
    >>> untraced()[2021]
    {'45287': '45307'}
    """
    table = reference.read_data("untraced_mergers.csv")
    return {
        int(str(release)): dict(zip(rows["code"], rows["leads_to"], strict=True))
        for release, rows in table.groupby("release")
    }


@cache
def in_force(release: int) -> dict[str, str]:
    """Commune that holds each commune, delegated or associated commune of a release.

    Examples
    --------
    >>> in_force(2023)["01039"], in_force(2023)["01138"]
    ('01138', '01138')
    """
    held = reference.former_communes(release)
    codes = reference.communes(release)["code"].tolist()
    # the delegated commune of a seat bears the code of the whole
    return dict(zip(held["code"].tolist(), held["chef_lieu"].tolist(), strict=True)) | dict(
        zip(codes, codes, strict=True)
    )


@cache
def holders() -> pd.DataFrame:
    """Commune that holds the territory of each code since 1943, by release.

    Returns
    -------
    pandas.DataFrame
        One row per code, sorted; one column per release; missing where the code is not yet known, or
        where its trail stops.

    Examples
    --------
    >>> holders().loc["01039", 2022], holders().loc["01039", 2026]
    ('01039', '01138')
    """
    columns = {year: holders_in(year) for year in reference.YEARS}
    return pd.DataFrame(columns, dtype="str").sort_index()


@cache
def holders_in(year: int) -> dict[str, str]:
    """Commune of a release that holds the territory of each code since 1943: a column of `holders`."""
    position = reference.YEARS.index(year)
    if position == 0:
        return _last_ends() | in_force(year)
    before = reference.YEARS[position - 1]
    return _next_holders(holders_in(before), before, year)


def _last_ends() -> dict[str, str]:
    """Commune of 2019 that the last state of each code led to."""
    return {code: end for code, state in last_states().items() if (end := ends()[state])}


def _next_holders(held: dict[str, str], before: int, release: int) -> dict[str, str]:
    """Holders in a release: as it says, else wherever the commune that held the code has gone."""
    known = in_force(release)
    own = known | {code: known[end] for code, end in untraced().get(release, {}).items() if end in known}
    if lost := set(held.values()) - own.keys():
        own |= _new_codes(lost, before, release)
    return {code: own[holder] for code, holder in held.items() if holder in own} | known


def _new_codes(lost: set[str], before: int, release: int) -> dict[str, str]:
    """Communes that changed their code and kept their name: the seat has moved."""
    came = {name_key(names(release)[code]): code for code in names(release).keys() - names(before).keys()}
    keys = {code: name_key(names(before)[code]) for code in sorted(lost) if code in names(before)}
    return {code: came[key] for code, key in keys.items() if key in came and came[key][:2] == code[:2]}


@cache
def names(release: int) -> dict[str, str]:
    """Name of each commune of a release.

    Examples
    --------
    >>> names(2026)["01033"]
    'Valserhône'
    """
    frame = reference.communes(release)
    return dict(zip(frame["code"].tolist(), frame["name"].tolist(), strict=True))


def state_holder(state: str, year: int) -> str | None:
    """Commune of a release that holds the territory of a state of the history.

    Examples
    --------
    >>> state_holder("COM-01458@1943-01-01", 2026)
    '01033'
    """
    code, end = code_of(state), ends()[state]
    column = holders_in(year)
    # a code given again to another commune follows where its own last state ended
    if holders_in(reference.YEARS[0]).get(code) != end:
        code = end
    return column.get(code)


@cache
def relation(since: int, year: int) -> dict[str, tuple[str, ...]]:
    """Communes of a release by code in force in another one; codes whose trail stops are left out.

    Examples
    --------
    >>> relation(2019, 2026)["14712"], relation(2026, 2019)["01138"]
    (('14666', '14712'), ('01039', '01138'))
    """
    before, after = holders_in(since), holders_in(year)
    found: dict[str, set[str | None]] = {}
    for code, holder in before.items():
        found.setdefault(holder, set()).add(after.get(code))
    # what a code of a held commune meant is its own territory only
    found |= {code: {after.get(code)} for code, holder in in_force(since).items() if code != holder}
    return {code: whole for code, ends in found.items() if (whole := _sorted(ends))}


def _sorted(ends: Iterable[str | None]) -> tuple[str, ...]:
    """Ends of the parts of a whole; nothing where one of them is unknown: better unknown than in part."""
    known = {end for end in ends if end}
    return tuple(sorted(known)) if None not in ends else ()
