"""Rows of communes that are one today: counts add up, anything else that differs is asked about."""

from typing import Any

from sdsf_analysis.model.tables import table as declared_table


def may_add(table: str, one: dict[str, Any], two: dict[str, Any]) -> bool:
    """Say whether two rows differ by their quantities only.

    Examples
    --------
    >>> may_add("membership", {"commune": "01033", "ends_on": None}, {"commune": "01033", "ends_on": "2024"})
    False
    """
    declared = declared_table(table)
    counted = {name for q in declared.quantities for name in (q.value, q.status, q.low, q.high)}
    return all(one.get(name) == two.get(name) for name in declared.names if name not in counted)


def add_up(table: str, one: dict[str, Any], two: dict[str, Any]) -> dict[str, Any]:
    """Add two rows that are one commune today: known counts and bounds add up, a doubt stays a doubt.

    Examples
    --------
    >>> base = {"commune": "01033", "low": None, "high": None}
    >>> both = add_up("families", base | {"value": 5.0, "status": "known"},
    ...               base | {"value": None, "status": "secret", "low": 0.0, "high": 4.0})
    >>> both["value"], both["status"], both["low"], both["high"]
    (None, 'secret', 5.0, 9.0)
    """
    total = dict(one)
    for quantity in declared_table(table).quantities:
        names = (quantity.value, quantity.status, quantity.low, quantity.high)
        total |= dict(
            zip(names, _add_quantities([one.get(n) for n in names], [two.get(n) for n in names]), strict=True)
        )
    return total


def _add_quantities(one: list[Any], two: list[Any]) -> list[Any]:
    are_known = one[0] is not None and two[0] is not None
    value = one[0] + two[0] if are_known else None
    status = one[1] if one[0] is None else two[1]
    if are_known and one[2] is None and two[2] is None:
        return [value, status, None, None]
    # a known value without bounds is its own bounds
    lows, highs = ([n[i] if n[i] is not None else n[0] for n in (one, two)] for i in (2, 3))
    bounds = [None if None in pair else float(sum(pair)) for pair in (lows, highs)]
    return [value, status, *bounds]
