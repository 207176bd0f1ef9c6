"""Seeded draws that give the same results on every system and version of Python."""

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """Draws from one seed, through ``random.random`` only, the one call that Python promises to keep.

    Parameters
    ----------
    key : str
        The seed; one key, one sequence.

    Examples
    --------
    >>> Dice("a").between(1, 6) == Dice("a").between(1, 6)
    True
    """

    def __init__(self, key: str) -> None:
        self._random = random.Random(key)  # noqa: S311 - fictitious figures, not secrets

    def share(self) -> float:
        """Draw a number in [0, 1[.

        Examples
        --------
        >>> 0 <= Dice("a").share() < 1
        True
        """
        return self._random.random()

    def chance(self, probability: float) -> bool:
        """Draw true with this probability.

        Examples
        --------
        >>> Dice("a").chance(1), Dice("a").chance(0)
        (True, False)
        """
        return self.share() < probability

    def between(self, low: int, high: int) -> int:
        """Draw a whole number, both bounds included.

        Examples
        --------
        >>> Dice("a").between(3, 3)
        3
        """
        return low + int(self.share() * (high - low + 1))

    def around(self, centre: float, width: float) -> float:
        """Draw a number at most ``width`` away from the centre, more often near it.

        Examples
        --------
        >>> 5 <= Dice("a").around(6, 1) <= 7
        True
        """
        return centre + width * (self.share() + self.share() - 1)

    def pick(self, items: Sequence[T]) -> T:
        """Draw one item.

        Examples
        --------
        >>> Dice("a").pick(["x"])
        'x'
        """
        return items[self.between(0, len(items) - 1)]

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """Return the items in a drawn order.

        Examples
        --------
        >>> sorted(Dice("a").shuffled([2, 1, 3]))
        [1, 2, 3]
        """
        left = list(items)
        return [left.pop(self.between(0, len(left) - 1)) for _ in items]

    def sample(self, items: Sequence[T], count: int) -> list[T]:
        """Draw distinct items, at most ``count``, kept in their order.

        Examples
        --------
        >>> Dice("a").sample([1, 2], 5)
        [1, 2]
        """
        chosen = sorted(self.shuffled(range(len(items)))[:count])
        return [items[index] for index in chosen]
