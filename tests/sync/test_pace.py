"""How large frames are made, and that the next one is packed while headquarters takes one in."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.client.pace import FIRST, LARGEST, QUICK, SECONDS, SMALLEST, Pace


@dataclass(slots=True)
class Line:
    """A line of so many bytes a second, and its clock."""

    speed: float
    now: float = 0.0

    def carry(self, pace: Pace, length: int) -> None:
        """Send that many bytes."""
        with pace.timed(length):
            self.now += length / self.speed


def _pace(line: Line, target: int = FIRST) -> Pace:
    return Pace(target, lambda: line.now)


@given(st.floats(300, 16_000))
def test_on_a_slow_line_a_frame_is_what_it_carries_in_fifteen_seconds(speed: float) -> None:
    line = Line(speed)
    pace = _pace(line)
    line.carry(pace, pace.target)
    assert pace.target == pytest.approx(min(max(SECONDS * speed, SMALLEST), LARGEST), abs=2)


def test_on_a_quick_line_frames_are_small_enough_to_be_packed_beside_each_other() -> None:
    line = Line(10_000_000)
    pace = _pace(line)
    line.carry(pace, pace.target)
    assert pace.target == QUICK


def test_a_small_request_says_nothing_about_the_line() -> None:
    line = Line(10)
    pace = _pace(line)
    line.carry(pace, 300)
    assert pace.target == FIRST


def test_a_cut_makes_smaller_frames_and_413_halves_them_down_to_the_smallest() -> None:
    pace = Pace(LARGEST)
    pace.cut()
    assert pace.target == LARGEST // 4
    halved = 0
    while pace.halve():
        halved += 1
    assert (pace.target, halved) == (SMALLEST, 5)
    pace.cut()
    assert pace.target == SMALLEST


@given(st.integers(-10, 10_000_000))
def test_what_was_remembered_is_held_within_bounds(target: int) -> None:
    assert SMALLEST <= Pace(target).target <= LARGEST
