"""Anyone may cut a frame, join two that meet, or portion a run; nothing is lost or changed by it."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import Refused
from app.journal import chain
from app.journal.chain import Entry, Point
from bench import centre
from sync.protocol import frame, runs
from tests.protocol import made
from tests.protocol.made import entries_of, framed

LOG = framed(centre.entries(centre.changes(participants=100, classes=5, sessions=4, modules=4)), first=0)


def signed(seq: int, chain_hash: bytes) -> Point:
    """A signature that says what it is over."""
    return Point(seq, chain_hash * 2)


@given(made.runs.filter(lambda entries: len(entries) > 1), st.data())
def test_what_is_cut_in_two_can_be_joined_again(entries: tuple[Entry, ...], data: st.DataObject) -> None:
    whole = framed(entries, 5, range(5, 5 + len(entries)))
    middle = data.draw(st.integers(6, runs.end(whole) - 1))
    one, other = runs.cut(whole, 5, middle), runs.cut(whole, middle, runs.end(whole))
    assert other.previous == runs.head_hash(one)
    assert runs.merge(one, other) == whole


def test_points_outside_of_a_cut_are_dropped() -> None:
    whole = framed(entries_of(made.marks(6)), 5, [6, 8, 10])
    assert [point.seq for point in runs.cut(whole, 7, 10).points] == [8]


def test_a_cut_outside_of_the_frame_is_refused() -> None:
    whole = framed(entries_of(made.marks(6)))
    for start, stop in ((4, 6), (5, 12), (7, 7), (8, 7)):
        with pytest.raises(Refused, match="frame-cut"):
            runs.cut(whole, start, stop)


def test_frames_that_do_not_meet_are_not_joined() -> None:
    whole = framed(entries_of(made.marks(6)))
    one, other = runs.cut(whole, 5, 8), runs.cut(whole, 8, 11)
    for stranger in (
        replace(other, log=bytes(8)),
        replace(other, previous=bytes(32)),
        runs.cut(whole, 9, 11),
        runs.cut(whole, 7, 11),
    ):
        with pytest.raises(Refused, match="frame-merge"):
            runs.merge(one, stranger)


@pytest.mark.parametrize("target", [2 << 10, 8 << 10, 256 << 10])
def test_our_own_run_is_portioned_anywhere_and_each_portion_signed(target: int) -> None:
    parts = list(runs.split(LOG, target, signed))
    assert all(len(data) <= target for _, data in parts)
    assert all(len(data) > target / 3 for _, data in parts[:-1])
    assert all(frame.decode(data).frame == part for part, data in parts)
    for part, _ in parts:
        assert part.points == (signed(runs.end(part) - 1, runs.head_hash(part)),)
    whole = reduce(runs.merge, (part for part, _ in parts))
    assert whole.entries == LOG.entries


def test_another_s_run_is_portioned_at_its_points_and_the_rest_stays() -> None:
    numbers = [40, 90, 91, 300, 700]
    run = replace(LOG, points=tuple(Point(number, bytes(64)) for number in numbers))
    parts = [part for part, _ in runs.split(run, 4 << 10)]
    ends = [runs.end(part) - 1 for part in parts]
    assert set(ends) <= set(numbers)
    assert ends[-1] == 700
    assert all(len(part.points) == 1 for part in parts)
    assert reduce(runs.merge, parts).entries == LOG.entries[:701]


def test_a_run_without_points_that_we_cannot_sign_gives_nothing() -> None:
    assert list(runs.split(replace(LOG, points=()), 4 << 10)) == []


def test_changes_larger_than_the_target_travel_one_by_one() -> None:
    salted = [chain.entry(bytes(16), entry.body or b"") for entry in entries_of(made.marks(5))]
    assert [len(part.entries) for part, _ in runs.split(framed(salted), 100, signed)] == [1] * 5
