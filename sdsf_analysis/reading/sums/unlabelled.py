"""Records that add up their neighbours without saying « total »: a former département, a region, an EPCI."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sdsf_analysis.reading.sums.figures import Figures, Flags, Floats

Integers = npt.NDArray[np.intp]
# An agreement is worth the digits it could have missed; chance has as many tries as there are records.
_DIGITS, _DIGITS_BOUNDED = 2.5, 1.5
_MIN_PARTS = 2
# In a lone column, only a whole block says it: all records above, or since the one that adds up those before.
_MIN_PARTS_ALONE, _MIN_VALUE_ALONE, _MIN_VALUE_ONCE = 5, 50.0, 500.0
# Means and rates do not add up: they may be this share of the columns.
_MEANS = 0.25
# Columns that look the runs up; the others confirm. Long tables have less need of many.
_LOOKUPS = 400_000
_AT_ONCE = 4_000
_CORSICA = ("2A", "2B")


class Run(NamedTuple):
    """A record that adds up the records from ``start`` to ``stop``, the last one left out."""

    position: int
    start: int
    stop: int


def find_sums(body: Figures, codes: Iterable[Sequence[object]] = ()) -> list[Run]:
    """Find the records that are the sum of the records right above or right under them.

    Every column where the record and its parts hold numbers must agree, but for means and rates, which lie
    between those of the parts.

    Parameters
    ----------
    body : Figures
        Records of a table.
    codes : iterable of sequences, optional
        Columns of codes: where those of the parts begin with the record's, little more is asked.

    Returns
    -------
    list of Run
        In the order of the records.
    """
    if len(body.rows) <= _MIN_PARTS or not body.columns:
        return []
    search = _Search(body)
    related = [run for column in codes for run in _related(column)]
    found = {run.position: run for run in related if search.is_sure(run, wanted=_DIGITS_BOUNDED)}
    ends = {0, len(body.rows)}
    for run in sorted(search.runs(), key=lambda run: (run.position, run.stop - run.start)):
        if run.position not in found and search.is_sum(run, ends):
            found[run.position] = run
            ends |= {run.position, run.position + 1}
    alone = [run for run in found.values() if search.is_alone(run)]
    if len(alone) == 1 and search.values[alone[0].position].max() < _MIN_VALUE_ONCE:
        del found[alone[0].position]
    return sorted(found.values())


def _related(codes: Sequence[object]) -> Iterator[Run]:
    """Records right above those whose codes begin with theirs: 69 above 69D and 69M, 20 above 2A and 2B."""
    texts = [code.strip() if isinstance(code, str) else "" for code in codes]
    for position, code in enumerate(texts[:-1]):
        start = stop = position + 1
        while code and stop < len(texts) and _is_part(texts[stop], code):
            stop += 1
        if stop - start >= _MIN_PARTS:
            yield Run(position, start, stop)


def _is_part(code: str, whole: str) -> bool:
    return code in _CORSICA if whole == "20" else len(code) > len(whole) and code.startswith(whole)


class _Search:
    def __init__(self, body: Figures) -> None:
        kept = ~((body.low < 0).any(axis=0))
        self.values: Floats = np.where(body.known, body.low, 0.0)[:, kept]
        self.known, self.blank = body.known[:, kept], body.blank[:, kept]
        self.running = _running(self.values)
        self.margins = 10.0 ** -body.decimals[kept].astype(float) / 2
        self.digits = np.log10(1 + self.values)
        count = (self.values > 0).sum(axis=1)
        least = np.log10(len(self.values)) + _DIGITS_BOUNDED
        self.wanted = np.where(count > 1, least, np.log10(_MIN_VALUE_ALONE))
        self.may_tell = self.digits.sum(axis=1) >= self.wanted

    def runs(self) -> Iterator[Run]:
        """Runs that a lookup column suggests, above and under each record."""
        for column in self._lookups():
            for records, here, there in self._ends(column):
                start, stop = np.minimum(here, there), np.maximum(here, there)
                long = np.flatnonzero(stop - start >= _MIN_PARTS)
                # some at a time: a long table has as many chances as records
                for first in range(0, long.size, _AT_ONCE):
                    some = long[first : first + _AT_ONCE]
                    kept = some[self._may_agree(records[some], start[some], stop[some])]
                    for run in zip(records[kept], start[kept], stop[kept], strict=True):
                        yield Run(*map(int, run))

    def _may_agree(self, records: Integers, start: Integers, stop: Integers) -> Flags:
        """Say of many runs at once whether enough digits agree to look further."""
        gaps = np.abs(self.running[stop] - self.running[start] - self.values[records])
        digits = (self.digits[records] * (gaps <= self.margins)).sum(axis=1)
        return np.asarray(digits >= self.wanted[records])

    def _ends(self, column: int) -> Iterator[tuple[Integers, Integers, Integers]]:
        """Records whose value some run from them adds up to, and where the run begins and ends."""
        values, running, margin = self.values[:, column], self.running[:, column], self.margins[column]
        records = np.flatnonzero((values > 0) & self.may_tell)
        for here, sign in ((records + 1, 1), (records, -1)):
            wanted = running[here] + sign * values[records]
            side = "left" if sign > 0 else "right"
            there = np.searchsorted(running, wanted - sign * margin, side) - (sign < 0)  # type: ignore[call-overload]
            is_inside = (there >= 0) & (there < len(running))
            hit = is_inside & (np.abs(running[np.where(is_inside, there, 0)] - wanted) <= margin)
            yield records[hit], here[hit], there[hit]

    def _lookups(self) -> list[int]:
        """Columns of the largest numbers, where agreement by chance is rarest; all in a short table."""
        allowed = max(2, _LOOKUPS // max(len(self.values), 1))
        return [int(k) for k in np.argsort(-self.values.sum(axis=0), kind="stable")[:allowed]]

    def is_sum(self, run: Run, ends: set[int]) -> bool:
        """Say whether a record is the sum of a run beyond what chance may do; a whole block asks for less."""
        is_whole = run.start in ends and run.stop in ends | {run.position, run.position + 1}
        agreed = self._agreed(run)
        if self.is_alone(run):
            is_long = run.stop - run.start >= _MIN_PARTS_ALONE
            return bool(is_whole and is_long and self.values[run.position][agreed][0] >= _MIN_VALUE_ALONE)
        wanted = np.log10(len(self.values)) + (_DIGITS_BOUNDED if is_whole else _DIGITS)
        parts = self.values[run.start : run.stop]
        has_parts = (parts[:, agreed].any(axis=1)).sum() >= _MIN_PARTS
        return bool(agreed.sum() > 1 and has_parts and self.is_sure(run, wanted=wanted))

    def is_alone(self, run: Run) -> bool:
        """Say whether a single column can tell."""
        return bool(self._agreed(run).sum() == 1 and self._judged(run).sum() == 1)

    def is_sure(self, run: Run, *, wanted: float) -> bool:
        """Say whether all columns agree, with so many digits that might have been others."""
        agreed, total = self._agreed(run), self.values[run.position]
        judged = self._judged(run) & (total > 0)
        others = judged & ~agreed
        is_mean = self._is_mean(total, slice(run.start, run.stop))
        if (others & ~is_mean).any() or others.sum() > _MEANS * judged.sum():
            return False
        return bool(np.log10(1 + total[agreed]).sum() >= wanted)

    def _agreed(self, run: Run) -> Flags:
        total = self.values[run.position]
        gap = np.abs(self.values[run.start : run.stop].sum(axis=0) - total)
        return np.asarray(self._judged(run) & (gap <= self.margins) & (total > 0))

    def _judged(self, run: Run) -> Flags:
        """Columns where the record and each part hold a number or nothing, and some part something."""
        inside = slice(run.start, run.stop)
        is_plain = (self.known[inside] | self.blank[inside]).all(axis=0)
        return np.asarray(is_plain & self.known[run.position] & (self.values[inside] > 0).any(axis=0))

    def _is_mean(self, total: Floats, inside: slice) -> Flags:
        parts, known = self.values[inside], self.known[inside]
        low = np.where(known, parts, np.inf).min(axis=0)
        return np.asarray((low <= total) & (total <= parts.max(axis=0)))


def _running(values: Floats) -> Floats:
    return np.vstack((np.zeros((1, values.shape[1])), np.cumsum(values, axis=0)))
