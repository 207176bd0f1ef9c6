"""Follows the territory of each code from release to release, and keeps the result beside the releases.

``python -m sdsf_analysis.territories.following`` writes ``holders.parquet`` again, after a new year.
"""

from pathlib import Path

import pandas as pd

from sdsf_analysis.territories import reference
from sdsf_analysis.territories.keys import name_key
from sdsf_analysis.territories.past import ends, last_states

__all__ = ["follow", "untraced"]

FILE = "holders.parquet"


def untraced(release: int) -> dict[str, str]:
    """Mergers that no release traces, first seen in one: code → commune.

    Examples
    --------
    >>> untraced(2021)
    {'45287': '45307'}
    """
    table = reference.read_data("untraced_mergers.csv")
    rows = table[table["release"] == str(release)]
    return dict(zip(rows["code"].tolist(), rows["leads_to"].tolist(), strict=True))


def follow() -> pd.DataFrame:
    """Commune that holds the territory of each code since 1943, by release.

    Returns
    -------
    pandas.DataFrame
        One row per code, sorted: code, then one column per release (its year as a text); missing where the
        code is not yet known, or where its trail stops.
    """
    held: dict[str, str] = {}
    columns = {}
    for before, release in zip((None, *reference.YEARS), reference.YEARS, strict=False):
        held = _last_ends() | _in_force(release) if before is None else _next_holders(held, before, release)
        columns[str(release)] = held
    frame = pd.DataFrame(columns, dtype="str").sort_index()
    return frame.rename_axis("code").reset_index()


def _last_ends() -> dict[str, str]:
    """Commune of 2019 that the last state of each code led to."""
    return {code: end for code, state in last_states().items() if (end := ends()[state])}


def _in_force(release: int) -> dict[str, str]:
    """Commune that holds each commune, delegated or associated commune of a release."""
    held = reference.former_communes(release)
    codes = reference.communes(release)["code"].tolist()
    chief = dict(zip(held["code"].tolist(), held["chef_lieu"].tolist(), strict=True))
    # the delegated commune of a seat bears the code of the whole
    return chief | dict(zip(codes, codes, strict=True))


def _next_holders(held: dict[str, str], before: int, release: int) -> dict[str, str]:
    """Holders in a release: as it says, else wherever the commune that held the code has gone."""
    known = _in_force(release)
    own = known | {code: known[end] for code, end in untraced(release).items() if code not in known}
    if lost := set(held.values()) - own.keys():
        own |= _new_codes(lost, before, release)
    return {code: own[holder] for code, holder in held.items() if holder in own} | known


def _new_codes(lost: set[str], before: int, release: int) -> dict[str, str]:
    """Communes that changed their code and kept their name: the seat has moved."""
    old, new = (dict(reference.communes(year)[["code", "name"]].to_numpy()) for year in (before, release))
    came = {name_key(new[code]): code for code in sorted(new.keys() - old.keys())}
    keys = {code: name_key(old[code]) for code in sorted(lost) if code in old}
    return {code: came[key] for code, key in keys.items() if key in came and came[key][:2] == code[:2]}


if __name__ == "__main__":
    target = Path(__file__).parent / "data" / FILE
    follow().astype("category").to_parquet(target, index=False, compression="zstd")
