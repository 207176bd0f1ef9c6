"""What successive files said of one service, put end to end: the periods in which nothing changed."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import NamedTuple

ONE_DAY = timedelta(days=1)


class Sighting(NamedTuple):
    """What one row of a file said of a service.

    Attributes
    ----------
    row : int
        Where the row is.
    seen : datetime.date
        Day that the file speaks of.
    start, end : datetime.date
        Period that the row gives itself; no end where it gives none.
    content : hashable
        What it says, its dates apart.
    """

    row: int
    seen: date
    start: date
    end: date | None
    content: Hashable


@dataclass(frozen=True)
class Period:
    """Days in which nothing changed, and the rows that say so, the first one first.

    ``told_end`` is the end that they give, were no other row to follow.
    """

    rows: tuple[int, ...]
    seen: date
    start: date
    end: date | None
    content: Hashable
    told_end: date | None = None


@dataclass
class History:
    """Periods of one service in order, and the pairs of rows that contradict each other.

    Attributes
    ----------
    periods : list of Period
    doubts : list of tuple of int
        (row, the earlier row that it contradicts).
    """

    periods: list[Period] = field(default_factory=list)
    doubts: list[tuple[int, int]] = field(default_factory=list)


def history(sightings: Iterable[Sighting]) -> History:
    """Put the sightings of one service end to end.

    What a later file repeats joins the period; what it changes opens another one: from the day that it gives
    where that day is later than the previous file, else from the day that it speaks of, for a change is not
    known before it is seen. A period announced for later is dropped when a later file tells what became of
    it. Where two rows of one file overlap, the later beginning holds; a closing before a day when an earlier
    file saw the service is not applied: both are doubts.

    Parameters
    ----------
    sightings : iterable of Sighting

    Returns
    -------
    History

    Examples
    --------
    >>> def seen(row, year, places):
    ...     return Sighting(row, date(year, 12, 31), date(2019, 9, 1), None, places)
    >>> found = history([seen(0, 2022, 10), seen(1, 2023, 10), seen(2, 2024, 12)])
    >>> [(str(one.start), str(one.end), one.content, one.rows) for one in found.periods]
    [('2019-09-01', '2024-12-30', 10, (0, 1)), ('2024-12-31', 'None', 12, (2,))]
    """
    told = History()
    for one in sorted(sightings, key=lambda s: (s.seen, s.start, s.row)):
        _tell(told, one)
    return told


def _tell(told: History, one: Sighting) -> None:
    periods = _without_announcements(told.periods, one.seen)
    if not periods:
        told.periods = [_period(one, one.start)]
        return
    last = periods[-1]
    is_later_file = one.seen > last.seen
    start = _first_day(one, last) if is_later_file else one.start
    if _is_repeated(one, last, start):
        again = replace(last, rows=(*last.rows, one.row), seen=one.seen, end=one.end, told_end=one.end)
        told.periods = [*periods[:-1], again]
    elif is_later_file and start <= last.start:
        # closed before a day when it was seen, or on the very day when the other content began
        told.doubts.append((one.row, last.rows[-1]))
    else:
        if not is_later_file and last.start < start and last.end is not None and last.end >= start:
            told.doubts.append((one.row, last.rows[-1]))
        told.periods = [*periods[:-1], _cut(last, start), _period(one, start)]


def _without_announcements(periods: list[Period], seen: date) -> list[Period]:
    """Periods without those that an earlier file only announced for later."""
    kept = list(periods)
    while kept and kept[-1].start > kept[-1].seen < seen:
        kept.pop()
        kept[-1:] = [replace(one, end=one.told_end) for one in kept[-1:]]
    return kept


def _cut(last: Period, start: date) -> Period:
    """A period that ends at the latest the day before the next one.

    Two rows of one day are not two observations: they are asked about as a repeated line.
    """
    return last if last.start >= start else replace(last, end=min(last.end or date.max, start - ONE_DAY))


def _period(one: Sighting, start: date) -> Period:
    return Period((one.row,), one.seen, start, one.end, one.content, one.end)


def _first_day(one: Sighting, last: Period) -> date:
    """First day on which a later file says something: a change is not known before it is seen.

    What an earlier file said ended (an agreement) may be followed from the next day on.
    """
    known_until = min(last.seen, last.end or last.seen)
    return one.start if one.start > known_until else min(one.seen, one.end or one.seen)


def _is_repeated(one: Sighting, last: Period, start: date) -> bool:
    if one.seen > last.seen and one.end is not None and one.end < last.start:
        return False
    was_ended = last.end is not None and last.end + ONE_DAY < start
    is_told_again = one.content == last.content and not was_ended
    # a row that follows another one in a file says a later day of the same thing
    return is_told_again and (one.seen > last.seen or start > last.start)
