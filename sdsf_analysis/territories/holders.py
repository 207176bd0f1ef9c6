"""Which commune holds the territory of each code, in every release shipped.

The unit is the territory that a code meant in its last state: it follows the releases one by one, from
commune to delegated commune, to nothing of its own, or back to a commune.
"""

from collections.abc import Iterable
from functools import cache

from pyarrow import compute

from sdsf_analysis.territories import reference
from sdsf_analysis.territories.past import code_of, ends

__all__ = ["communes_in", "holders", "is_commune", "names", "relation", "state_holder"]


@cache
def holders(year: int) -> dict[str, str]:
    """Commune of a release that holds the territory of each code since 1943.

    A code has no entry where it is not yet known, or where its trail stops.

    Examples
    --------
    >>> holders(2022)["01039"], holders(2026)["01039"]
    ('01039', '01138')
    """
    column = str(reference.check_year(year))
    known = reference.read_columns("holders.parquet", ["code", column]).drop_null()
    return dict(zip(reference.texts(known["code"]), reference.texts(known[column]), strict=True))


def communes_in(year: int) -> list[str]:
    """Codes of the communes in force in a release, without the holders of all the others: much lighter.

    Examples
    --------
    >>> len(communes_in(2026))
    34969
    """
    column = str(reference.check_year(year))
    known = reference.read_columns("holders.parquet", ["code", column])
    codes, owners = known["code"].cast("string"), known[column].cast("string")
    return reference.texts(codes.filter(compute.equal(codes, owners)))


def is_commune(code: str, year: int) -> bool:
    """Say whether a code is that of a commune in force in a release.

    Examples
    --------
    >>> is_commune("01039", 2022), is_commune("01039", 2023)
    (True, False)
    """
    return holders(year).get(code) == code


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
    # a code given again to another commune follows where its own last state ended
    if holders(reference.YEARS[0]).get(code) != end:
        code = end
    return holders(year).get(code)


@cache
def relation(since: int, year: int) -> dict[str, tuple[str, ...]]:
    """Communes of a release by code of another one, former codes among them.

    A commune leads wherever the territories that it held have gone; a former code, where its own has.
    Codes whose trail stops are left out.

    Examples
    --------
    >>> relation(2019, 2026)["14712"], relation(2026, 2019)["01138"]
    (('14666', '14712'), ('01039', '01138'))
    """
    before, after = holders(since), holders(year)
    found = {code: (end,) for code in before if (end := after.get(code))}
    left: dict[str, set[str | None]] = {}
    for code, holder in before.items():
        if code != holder and after.get(code) != after.get(holder):
            left.setdefault(holder, {after.get(holder)}).add(after.get(code))
    wholes = {code: _sorted(ends) for code, ends in left.items()}
    return {code: whole for code, whole in (found | wholes).items() if whole}


def _sorted(ends: Iterable[str | None]) -> tuple[str, ...]:
    """Ends of the parts of a whole; nothing where one of them is unknown: better unknown than in part."""
    known = {end for end in ends if end}
    return tuple(sorted(known)) if None not in ends else ()
