"""Counts that their sender rounds: what may stand behind one of them."""


def is_rounded(value: object, base: int | None) -> bool:
    """Say whether a value may come out of a rounding; anything does where the sender rounds nothing.

    Examples
    --------
    >>> is_rounded(120.0, 5), is_rounded(123.0, 5), is_rounded(None, 5), is_rounded(123.0, None)
    (True, False, True, True)
    """
    return base is None or not isinstance(value, float) or value % base == 0


def unrounded(value: float, base: int | None) -> tuple[float, float]:
    """Bounds of the count behind a rounded one, itself twice where it was not rounded.

    Nearest or floor: the sender's rule is not written, the interval is the union of both.

    Examples
    --------
    >>> unrounded(10.0, 5), unrounded(11.0, 5)
    ((8.0, 14.0), (11.0, 11.0))
    """
    if base is None or value % base:
        return value, value
    return max(0.0, value - base // 2), value + base - 1
