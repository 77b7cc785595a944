"""The attendance of a class as its page shows it: marks, rates by the rule, and what may still be missed."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.actions import attendance, sessions
from app.domain.attendance import Status, percent
from app.domain.ids import ClassCode
from app.domain.keys import ClassKey
from app.domain.marks import MarkEntry
from app.domain.timetable import SessionPlan
from app.errors import NotFound
from app.queries import attendance_board
from tests.support.class_of import class_of, two_laptops
from tests.support.laptop import TODAY, Laptop

H, A, S = (MarkEntry(status) for status in (Status.PRESENT, Status.ABSENT, Status.SICK))


@pytest.fixture
def laptop(tmp_path: Path) -> Laptop:
    return two_laptops(tmp_path)[0]


def test_everybody_stands_with_their_marks_and_what_they_may_still_miss(laptop: Laptop) -> None:
    key, people = class_of(laptop, 3, 5)
    with laptop.write() as session:
        attendance.finalise(session, key, 1, {people[0]: H, people[1]: A, people[2]: A})
        attendance.finalise(session, key, 2, {people[0]: H, people[1]: H, people[2]: S})
    with laptop.read() as session:
        board = attendance_board.of(session, key)
    assert board.head.key == key and board.minimum == 8_000
    assert board.policy.late == "present" and board.policy.sick == "absent"
    assert [board.matrix.status(who, board.matrix.sessions[1].number) for who in people] == ["H", "H", "S"]
    rates = [board.tallies[who].rate for who in people]
    assert [None if rate is None else percent(rate) for rate in rates] == [10_000, 5_000, 0]
    may = [board.allowances[who] for who in people]
    assert [(one.possible, one.may_miss) for one in may] == [(True, 1), (True, 0), (False, 0)]


def test_a_make_up_counts_with_what_it_stands_in_for(laptop: Laptop) -> None:
    key, people = class_of(laptop, 1, 1)
    with laptop.write() as session:
        attendance.finalise(session, key, 1, {people[0]: A})
        made = sessions.make_up(session, key, 1, SessionPlan(TODAY, 780, 960, 4))
        attendance.finalise(session, key, made, {people[0]: H})
    with laptop.read() as session:
        board = attendance_board.of(session, key)
    assert board.tallies[people[0]].rate == 1 and len(board.matrix.sessions) == 2


def test_a_class_that_is_not_there_is_not_found(laptop: Laptop) -> None:
    with laptop.read() as session, pytest.raises(NotFound, match="class-unknown"):
        attendance_board.of(session, ClassKey(laptop.centre, ClassCode("NIRGENDS")))
