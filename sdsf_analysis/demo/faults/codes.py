"""Faults of codes: communes and EPCI (29 to 36, 43)."""

from dataclasses import replace
from functools import cache

from sdsf_analysis.demo.dice import Dice
from sdsf_analysis.demo.faults.clean import communes
from sdsf_analysis.demo.faults.editing import replaced
from sdsf_analysis.demo.faults.fault import Dirty, Row, in_cell, in_row, times
from sdsf_analysis.demo.faults.page import Draft, Plant, Reading, Spot
from sdsf_analysis.demo.setting import YEAR
from sdsf_analysis.territories import reference

CITIES = {
    "13": (("13055", "Marseille"), ("13201", "Marseille 1er Arrondissement")),
    "69": (("69123", "Lyon"), ("69381", "Lyon 1er Arrondissement")),
}
OLD_CORSICA = str.maketrans("AB", "00")


def lost_zero(spot: Spot, _: Dice) -> Spot | None:
    """Code become a number: 1004 for 01004.

    Examples
    --------
    >>> lost_zero(Spot("01004"), Dice("a")).value
    1004
    """
    code = str(spot.value)
    return replace(spot, value=int(code)) if code.startswith("0") else None


def decimals(spot: Spot, _: Dice) -> Spot | None:
    """Code written as a decimal number: « 42005.0 ».

    Examples
    --------
    >>> decimals(Spot("01004"), Dice("a")).value
    '1004.0'
    """
    code = str(spot.value)
    return replace(spot, value=f"{int(code)}.0") if code.isdigit() else None


def zero_by_format(spot: Spot, _: Dice) -> Spot | None:
    """Number that shows its zero by its format only.

    Examples
    --------
    >>> zero_by_format(Spot("01004"), Dice("a")).form
    '00000'
    """
    code = str(spot.value)
    return replace(spot, value=int(code), form="00000") if code.isdigit() else None


def small_letter(spot: Spot, dice: Dice) -> Spot | None:
    """Code of Corsica in small letters, or as 20A004.

    Examples
    --------
    >>> small_letter(Spot("2A004"), Dice("a")).value
    '2a004'
    """
    code = str(spot.value)
    return replace(spot, value=code.lower()) if code[1].isalpha() else None


def old_corsica(spot: Spot, _: Dice) -> Spot | None:
    """Code of Corsica as before 1976: 20004.

    Examples
    --------
    >>> old_corsica(Spot("2A004"), Dice("a")).value
    '20004'
    """
    code = str(spot.value)
    written = code.translate(OLD_CORSICA)
    return replace(spot, value=written, reading=Reading("code", written))


def as_number(spot: Spot, _: Dice) -> Spot | None:
    """Code stored as a number that loses nothing.

    Examples
    --------
    >>> as_number(Spot("97105"), Dice("a")).value
    97105
    """
    code = str(spot.value)
    return replace(spot, value=int(code)) if code.isdigit() and code[0] != "0" else None


def spaced(spot: Spot, _: Dice) -> Spot:
    """SIREN cut by spaces.

    Examples
    --------
    >>> spaced(Spot("200040350"), Dice("a")).value
    '200 040 350'
    """
    siren = str(spot.value)
    return replace(spot, value=f"{siren[:3]} {siren[3:6]} {siren[6:]}")


def postal(row: Row, _: Dice, draft: Draft) -> Row | None:
    """Put the postal code in place of the INSEE code."""
    codes = {commune.code: commune.postal_code for commune in communes(draft.departement)}
    written = codes.get(str(row["code"].value), "")
    if not written or written in _known_codes():
        return None
    return {"code": Spot(written, Reading("code", written))}


@cache
def _known_codes() -> frozenset[str]:
    return frozenset(reference.communes(YEAR)["code"]) | frozenset(reference.former_communes(YEAR)["code"])


def with_arrondissement(draft: Draft, dice: Dice, plant: Plant) -> Draft | None:
    """A city and one of its arrondissements, as if both were communes; the city's row says it."""
    page = draft.page
    free = [row for row in page.rows("body") if not page.lines[row - 1].is_planted]
    given = {line.commune for line in page.lines}
    if "code" not in page.columns or len(free) < 2 or CITIES[draft.departement][0][0] in given:
        return None
    rows = dice.sample(free, 2)
    for row, (code, name), aside in zip(rows, CITIES[draft.departement], (False, True), strict=True):
        marked, other = replace(plant, aside=aside), replace(plant, aside=True)
        spots = {
            "code": Spot(code, Reading("code", code), plant=marked),
            "commune": Spot(name, Reading("text", name), plant=other),
        }
        page = replaced(page, row, {page.columns.index(key): spot for key, spot in spots.items()})
    return draft.with_page(page)


def conflict(row: Row, dice: Dice, draft: Draft) -> Row | None:
    """Code of another commune of the département than the one named."""
    given = {str(line.spots[0].value) for line in draft.page.lines}
    others = [commune for commune in communes(draft.departement) if commune.code not in given]
    if not others:
        return None
    code = dice.pick(others).code
    return {"code": Spot(code, Reading("code", code))}


DIRTY: dict[str, Dirty] = {
    "29": in_cell("code", lost_zero),
    "30": in_cell("code", decimals),
    "31": in_cell("code", zero_by_format),
    "32a": in_cell("code", small_letter),
    "32b": in_cell("code", old_corsica),
    "33": in_cell("code", as_number),
    "34": in_row("code", postal),
    "35": with_arrondissement,
    "36a": times(2, in_cell("epci", as_number)),
    "36b": in_cell("epci", spaced),
    "43": in_row("code", conflict),
}
