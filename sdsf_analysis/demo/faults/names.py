"""Faults of names, looked at row by row against the communes of the département (37, 40 to 42)."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

from sdsf_analysis.demo.cells import Value
from sdsf_analysis.demo.dice import Dice
from sdsf_analysis.demo.faults.fault import Dirty, Row, in_cell, in_row
from sdsf_analysis.demo.faults.page import Draft, Reading, Spot
from sdsf_analysis.demo.names import town, unaccented
from sdsf_analysis.territories import reference

YEAR = 2026
VARIANTS: tuple[Callable[[str], str], ...] = (
    town,
    lambda name: name.upper(),
    lambda name: name.replace("Saint-", "St ").replace("Sainte-", "Ste "),
    lambda name: name.replace("-", " "),
    lambda name: name.replace("'", "’"),
    lambda name: name.replace("-sur-", " s/ "),
    lambda name: f"{name[3:]} (Le)" if name.startswith("Le ") else f" {name} ",
)


def named(value: Value) -> Spot:
    """A spot that reads as the name written.

    Examples
    --------
    >>> named("Gex").reading.kind
    'text'
    """
    return Spot(value, Reading("text", value))


def variant(spot: Spot, dice: Dice) -> Spot:
    """Another spelling of the same name.

    Examples
    --------
    >>> variant(Spot("Le Mans"), Dice("b")).reading.kind
    'text'
    """
    written = dice.pick(VARIANTS)(str(spot.value))
    return replace(spot, value=written, reading=Reading("text", written.strip()))


def typo(spot: Spot, dice: Dice) -> Spot | None:
    """A name that lost one letter in its middle.

    Examples
    --------
    >>> len(typo(Spot("Ajaccio"), Dice("a")).value)
    6
    """
    name = str(spot.value)
    if len(name) < 7:
        return None
    at = dice.between(2, len(name) - 3)
    written = name[:at] + name[at + 1 :]
    is_other = name[at].isalpha() and unaccented(written) not in _known_names()
    return named(written) if is_other else None


@cache
def _known_names() -> frozenset[str]:
    frames = (reference.communes(YEAR), reference.former_communes(YEAR))
    return frozenset(unaccented(name) for frame in frames for name in frame["name"])


def former(row: Row, dice: Dice, draft: Draft) -> Row | None:
    """A commune that has since been merged into another, under its own code and name."""
    frame = reference.former_communes(YEAR, draft.departement)
    pairs = list(zip(frame["code"], frame["name"], frame["chef_lieu"], strict=True))
    gone = [(code, name) for code, name, seat in pairs if code != seat]
    if not gone:
        return None
    code, name = dice.pick(gone)
    return {"code": Spot(code, Reading("code", code)), "commune": named(name)}


def namesake(_: Row, dice: Dice, draft: Draft) -> Row | None:
    """A name that two communes of other départements bear, and none of this one."""
    names = reference.communes(YEAR)[["name", "departement"]]
    own = set(names.loc[names["departement"] == draft.departement, "name"])
    counts = names.loc[~names["name"].isin(own), "name"].value_counts()
    shared = sorted(str(name) for name in counts[counts > 1].index)
    return {"commune": named(dice.pick(shared))}


DIRTY: dict[str, Dirty] = {
    "37": in_row("code", former),
    "40": in_row("commune", namesake),
    "41": in_cell("commune", variant),
    "42": in_cell("commune", typo),
}
