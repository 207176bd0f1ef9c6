"""How far a total may stand from the sum of its rows when their sender rounds one or the other."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sdsf_analysis.reading.sums.figures import Figures, Flags, Floats

_STEPS = (1000.0, 100.0, 10.0, 5.0)
# So many numbers that are all multiples of a step, far above it, are rounded: places come by five or ten.
_MANY, _FAR = 20, 20
_FEW = 5
# A line such as « non ventilés », worked out, may escape the rounding.
_OTHERS = 0.05
_BASES = (100.0, 1000.0, 10_000.0)
_SHARE_OF_COLUMN, _SHARE_OF_ROW = 2 / 3, 1 / 2
_NOISE = 1e-9
_WHOLE = 0.5


@dataclass(frozen=True)
class Rounding:
    """How far rounding alone may part totals from sums.

    Attributes
    ----------
    own : ndarray
        What each total may be off by, one line per total and one column per column.
    steps : ndarray
        What the records of each column are rounded to, zero for whole numbers that nobody rounded.
    """

    own: Floats
    steps: Floats

    def tolerance(self, position: int, count: int, totals: Sequence[int] = ()) -> Floats:
        """Widest honest gap between a total and the sum of so many records, or of other totals."""
        if totals:
            # whole numbers that nobody rounded add up to the unit
            own = self.own[list(totals)]
            parts = np.where((own < _WHOLE) | (own >= 1), own, 0.0).sum(axis=0)
        else:
            parts = self.steps * min(count / 2, count**0.5)
        return np.asarray(self.own[position] + parts)


def find_rounding(body: Figures, totals: Figures, *, is_said: bool) -> Rounding:
    """Find what totals and records are rounded to.

    Parameters
    ----------
    body, totals : Figures
        Records and totals of a table.
    is_said : bool
        Whether the titles or the notes speak of rounding: fewer records are then asked for.
    """
    units = 10.0 ** -body.decimals.astype(float)
    steps = _steps(np.abs(body.low), body.known & (body.low != 0), is_said=is_said)
    return Rounding(
        _bases(totals, 10.0 ** -totals.decimals.astype(float)),
        np.maximum(steps, np.where(units < 1, units, 0.0)),
    )


def _bases(totals: Figures, units: Floats) -> Floats:
    """A hundred or more where most totals of the row and of the column are its multiples, else half a unit.

    A whole hundred, not half: some senders cut, others round what was rounded before. Ten, only where nearly
    all of many totals are its multiples: places come by ten.
    """
    counted = totals.known & (totals.low != 0)
    own = np.broadcast_to(units / 2, totals.low.shape).copy()
    is_ten = counted & (np.mod(totals.low, 10) == 0)
    if counted.sum() >= _MANY / 2 and is_ten.sum() >= (1 - _OTHERS) * counted.sum():
        own = np.where(is_ten, 10.0, own)
    for base in _BASES:
        is_round = counted & (np.mod(totals.low, base) == 0)
        of_column = is_round.sum(axis=0) >= _SHARE_OF_COLUMN * counted.sum(axis=0)
        of_row = is_round.sum(axis=1) >= _SHARE_OF_ROW * counted.sum(axis=1)
        own = np.where(is_round & of_column & of_row[:, None], base, own)
    return np.asarray(own + _NOISE * np.abs(totals.low))


def _steps(sizes: Floats, known: Flags, *, is_said: bool) -> Floats:
    """What the numbers of each column are rounded to, zero for nothing; zeros are not looked at."""
    counts = known.sum(axis=0)
    largest = np.where(known, sizes, 0.0).max(axis=0, initial=0.0)
    steps, is_left = np.zeros(counts.size), counts >= (_FEW if is_said else _MANY)
    for step in _STEPS:
        asked = np.flatnonzero(is_left & (is_said | (largest >= _FAR * step)))
        others = ((np.mod(sizes[:, asked], step) != 0) & known[:, asked]).sum(axis=0)
        found = asked[others / counts[asked] <= _OTHERS]
        steps[found], is_left[found] = step, False
    return steps
