"""Whatever files say and in whatever order, a service is in one state at a time, the one last seen."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdsf_analysis.build.history import Sighting, history
from sdsf_analysis.build.identities import Links

FIRST = date(2020, 1, 1)


@st.composite
def files(draw):
    """One sighting a file, each of its own day, dated by an opening or by the file, some with a closing."""
    days = sorted(draw(st.sets(st.integers(0, 60), min_size=1, max_size=6)))
    sightings = []
    for row, day in enumerate(days):
        start = draw(st.sampled_from([day, *range(0, 70, 10)]))
        end = draw(st.none() | st.integers(start, 80))
        sightings.append(
            Sighting(
                row, _day(day), _day(start), None if end is None else _day(end), draw(st.sampled_from("ab"))
            )
        )
    return sightings


def _day(number):
    return FIRST + timedelta(days=number)


def held(periods, day):
    return [one for one in periods if one.start <= day and (one.end is None or one.end >= day)]


@given(files())
def test_at_each_date_at_most_one_state(sightings):
    periods = history(sightings).periods
    for number in range(-1, 90):
        assert len(held(periods, _day(number))) <= 1
    assert all(one.end is None or one.start <= one.end for one in periods)
    assert sorted(one.start for one in periods) == [one.start for one in periods]


@given(files())
def test_the_day_that_a_file_speaks_of_is_as_it_says(sightings):
    told = history(sightings)
    doubtful = {row for row, _ in told.doubts}
    for one in sightings:
        later = [other for other in sightings if other.seen > one.seen and other.row not in doubtful]
        is_told_since = any(other.start <= one.seen for other in later)
        if one.row in doubtful or is_told_since:
            continue
        found = [period.content for period in held(told.periods, one.seen)]
        if one.start <= one.seen and (one.end is None or one.end >= one.seen):
            assert found == [one.content]


@given(files())
def test_nothing_is_told_before_the_first_day_nor_after_a_closing(sightings):
    told = history(sightings)
    assert told.periods[0].start >= min(one.start for one in sightings)
    last = max(
        (one for one in sightings if one.row not in {row for row, _ in told.doubts}), key=lambda s: s.seen
    )
    assert told.periods[-1].end == last.end


@given(files(), st.randoms())
def test_the_order_of_the_files_does_not_matter(sightings, random):
    shuffled = list(sightings)
    random.shuffle(shuffled)
    assert history(shuffled) == history(sightings)


@given(files())
def test_every_row_is_in_one_period_or_in_doubt_or_announced_in_vain(sightings):
    told = history(sightings)
    rows = [row for one in told.periods for row in one.rows] + [row for row, _ in told.doubts]
    assert len(rows) == len(set(rows))
    announced = {one.row for one in sightings if one.start > one.seen}
    assert {one.row for one in sightings} - set(rows) <= announced


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef"))))
def test_joining_is_idempotent_and_does_not_depend_on_the_order(pairs):
    ranks = {name: rank for rank, name in enumerate("fabcde")}
    once, again = Links(ranks), Links(ranks)
    for one, two in pairs:
        once.join(one, two)
    for one, two in [*reversed(pairs), *pairs, *pairs]:
        again.join(two, one)
    names = once.names()
    assert names == again.names()
    assert not set(names.values()) & set(names)
    for one, two in pairs:
        assert names.get(one, one) == names.get(two, two)


def sighting(row, seen, start, end=None, content="a"):
    return Sighting(row, _day(seen), _day(start), None if end is None else _day(end), content)


def test_two_rows_of_one_file_that_overlap_are_a_doubt_and_the_later_beginning_holds():
    told = history([sighting(0, 50, 0, 30), sighting(1, 50, 20, None, "b")])
    assert [(one.start, one.end) for one in told.periods] == [(_day(0), _day(19)), (_day(20), None)]
    assert told.doubts == [(1, 0)]


def test_an_opening_that_was_announced_gives_way_to_what_became_of_it():
    told = history([sighting(0, 10, 40), sighting(1, 60, 50, None, "b")])
    assert [(one.start, one.content) for one in told.periods] == [(_day(50), "b")]
    assert told.doubts == []


@pytest.mark.parametrize("content", ["a", "b"])
def test_a_closing_before_an_earlier_sighting_is_a_doubt(content):
    told = history([sighting(0, 20, 20), sighting(1, 40, 0, 10, content)])
    assert [(one.start, one.end) for one in told.periods] == [(_day(20), None)]
    assert told.doubts == [(1, 0)]
