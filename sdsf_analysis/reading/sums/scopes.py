"""The rows that a total may add up, found by trying: its section, all rows, sub-totals, a run of rows."""

from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sdsf_analysis.reading.sums.figures import Figures, Flags, Floats
from sdsf_analysis.reading.sums.rounding import Rounding

# A total is tried against this many earlier or later totals, whatever their number.
_REACH = 12
# Runs that no total bounds are tried where totals are few, as in a table of territories.
_MAX_TRIED = 12
_MIN_TRIED_COLUMNS = 2


@dataclass(frozen=True)
class Scope:
    """Records from one position to another, or other totals, that a total may add up.

    Attributes
    ----------
    start, stop : int
        Positions among the records, the last one left out.
    totals : tuple of int
        Positions among the totals; the records do not count then.
    skips : bool
        Whether the records that another record adds up are left out.
    """

    start: int = 0
    stop: int = 0
    totals: tuple[int, ...] = ()
    skips: bool = False


@dataclass(frozen=True)
class Sums:
    """Records and totals of a table, ready to be added up.

    Attributes
    ----------
    body, totals : Figures
        Records and totals.
    parts : ndarray of bool
        Records that another record already adds up.
    rounding : Rounding
        What their sender rounds.
    """

    body: Figures
    totals: Figures
    parts: Flags
    rounding: Rounding

    def bounds(self, scope: Scope) -> tuple[Floats, Floats]:
        """Bounds of the sum of a scope, by column."""
        if scope.totals:
            kept = list(scope.totals)
            low, high = self.totals.low[kept].sum(axis=0), self.totals.high[kept].sum(axis=0)
            return low, np.where(self.totals.blank[kept].any(axis=0), np.inf, high)
        low, high, unknown = (run[scope.stop] - run[scope.start] for run in self._runs[scope.skips])
        return low, np.where(unknown > 0, np.inf, high)

    def cells(self, scope: Scope) -> tuple[Figures, Flags]:
        """Figures that a scope stands for, and which of their rows count."""
        if scope.totals:
            kept = np.zeros(len(self.totals.rows), bool)
            kept[list(scope.totals)] = True
            return self.totals, kept
        kept = np.zeros(len(self.body.rows), bool)
        kept[scope.start : scope.stop] = True
        return self.body, kept & ~self.parts if scope.skips else kept

    def gaps(self, position: int, scope: Scope) -> Floats:
        """How far a total stands from the sum of a scope beyond what rounding explains, by column."""
        low, high = self.bounds(scope)
        total = self.totals
        gap = np.maximum(low - total.high[position], total.low[position] - high)
        count = scope.stop - scope.start
        allowed = self.rounding.tolerance(position, count, scope.totals)
        return np.asarray(np.where(gap <= allowed, 0.0, gap))

    @cached_property
    def _runs(self) -> dict[bool, tuple[Floats, Floats, Floats]]:
        """Running sums of the bounds and of the unbounded marks, with all records and without parts."""
        return {skips: self._run(skips) for skips in ((False, True) if self.parts.any() else (False,))}

    def _run(self, skips: bool) -> tuple[Floats, Floats, Floats]:
        counts = (~self.parts if skips else np.ones_like(self.parts))[:, None]
        unknown = ~np.isfinite(self.body.high)
        high = np.where(unknown, 0.0, self.body.high)
        top = np.zeros((1, len(self.body.columns)))
        low, high, unknown = (
            np.vstack((top, np.cumsum(array * counts, axis=0))) for array in (self.body.low, high, unknown)
        )
        return low, high, unknown

    def scopes(self, position: int) -> Iterator[Scope]:
        """Scopes that the place of a total suggests, the most natural first."""
        seen: set[Scope] = set()
        for scope in self._suggested(position):
            both = (scope, Scope(scope.start, scope.stop, scope.totals, skips=True))
            for one in both if self.parts.any() and not scope.totals else both[:1]:
                if one not in seen and (one.stop > one.start or len(one.totals) > 1):
                    seen.add(one)
                    yield one

    def _suggested(self, position: int) -> Iterator[Scope]:
        edges, count = self._edges, len(self.body.rows)
        here, is_above = edges[position], self.is_above
        last = len(edges) - 1
        above = Scope(edges[position - 1] if position else 0, here)
        below = Scope(here, edges[position + 1] if position < last else count)
        yield from (above, below) if is_above else (below, above)
        is_outermost = position == (last if is_above else 0)
        whole = [Scope(0, count), Scope(0, here), Scope(here, count)]
        yield from whole if is_outermost else whole[1:]
        for reach in range(2, min(_REACH, max(position, last - position)) + 1):
            if position - reach >= 0 and is_above:
                yield Scope(edges[position - reach], here)
                yield Scope(totals=tuple(range(position - reach, position)))
            if position + reach <= last and not is_above:
                yield Scope(here, edges[position + reach])
                yield Scope(totals=tuple(range(position + 1, position + 1 + reach)))

    @cached_property
    def is_above(self) -> bool:
        """Whether the records stand above their totals: below where a total comes before the first."""
        return not self._edges or self._edges[0] > 0

    @cached_property
    def _edges(self) -> list[int]:
        """How many records stand above each total."""
        return [bisect(self.body.rows, row) for row in self.totals.rows]

    def tried(self, position: int) -> Scope | None:
        """Find a run of records, from one end of what stands above or below, that a total adds up.

        « France métropolitaine » above « DOM », both under the départements, have no section of their own.
        """
        counted = self.totals.known[position] & (self.totals.low[position] != 0)
        if len(self.totals.rows) > _MAX_TRIED or counted.sum() < _MIN_TRIED_COLUMNS:
            return None
        here, count = self._edges[position], len(self.body.rows)
        ends = [(0, here, 0), (0, here, here), (here, count, here), (here, count, count)]
        runs = [self._nearest_run(position, skips, *end) for skips in self._runs for end in ends]
        agreed, found = max(runs, key=lambda run: run[0])
        return found if agreed >= max(counted.sum() / 2, _MIN_TRIED_COLUMNS) else None

    def _nearest_run(
        self, position: int, skips: bool, first: int, last: int, anchor: int
    ) -> tuple[int, Scope]:
        """Find the run between an anchor and any record that agrees with a total in most columns."""
        total, inside = self.totals, slice(first, last + 1)
        low, high, unknown = (np.abs(run[inside] - run[anchor]) for run in self._runs[skips])
        allowed = self.rounding.tolerance(position, last - first)
        is_near = (low <= total.low[position] + allowed) & (high >= total.low[position] - allowed)
        agreed = (is_near & (unknown == 0) & total.known[position] & (low > 0)).sum(axis=1)
        where = int(agreed.argmax())
        scope = Scope(min(anchor, first + where), max(anchor, first + where), skips=skips)
        return int(agreed[where]), scope
