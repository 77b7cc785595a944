"""The list of classes: stages, attendance so far, the one remark that counts, the session to open."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from app.actions import attendance, classes, decisions, results, sessions
from app.domain.attendance import Status
from app.domain.marks import MarkEntry
from app.domain.results import ResultEntry
from app.domain.timetable import SessionPlan
from app.queries import class_board
from app.queries.class_board import ClassBoard, ClassLine, Remark, Stage
from tests.support.class_of import class_of, two_laptops
from tests.support.laptop import TODAY, Laptop

H, A = MarkEntry(Status.PRESENT), MarkEntry(Status.ABSENT)
DAY = timedelta(days=1)


@pytest.fixture
def laptop(tmp_path: Path) -> Laptop:
    return two_laptops(tmp_path)[0]


def _board(laptop: Laptop, day: date, minute: int = 360) -> ClassBoard:
    with laptop.read() as session:
        return class_board.of(session, laptop.centre, day, minute)


def _line(laptop: Laptop, day: date, minute: int = 360) -> ClassLine:
    return _board(laptop, day, minute).lines[0]


def test_an_empty_database_has_an_empty_list(laptop: Laptop) -> None:
    assert _board(laptop, TODAY) == ClassBoard((), 0)


def test_a_class_is_upcoming_running_and_finished_by_its_days(laptop: Laptop) -> None:
    class_of(laptop, 1, 2)
    stages = [_line(laptop, TODAY + n * DAY).stage for n in (-1, 0, 2, 3)]
    assert stages == [Stage.UPCOMING, Stage.RUNNING, Stage.RUNNING, Stage.FINISHED]


def test_those_to_come_stand_in_the_order_in_which_they_begin(laptop: Laptop) -> None:
    for code, later in (("B", 2), ("A", 9), ("C", 5)):
        key, _ = class_of(laptop, 1, 1, code)
        day = TODAY + later * DAY
        with laptop.write() as session:
            classes.edit(session, key, title=code, first_day=day, last_day=day)
    board = _board(laptop, TODAY)
    assert [line.head.title for line in board.at(Stage.UPCOMING)] == ["B", "C", "A"]
    assert [line.head.title for line in board.lines] == ["A", "C", "B"]
    assert board.at(Stage.RUNNING) == board.at(Stage.FINISHED) == []


def test_attendance_is_counted_over_everybody_and_rounded_down(laptop: Laptop) -> None:
    key, people = class_of(laptop, 3, 3)
    assert _line(laptop, TODAY).rate is None
    with laptop.write() as session:
        attendance.finalise(session, key, 1, {people[0]: H, people[1]: H, people[2]: A})
    assert _line(laptop, TODAY).rate == 6_666


def test_what_is_said_of_a_class_is_the_first_thing_that_holds(laptop: Laptop) -> None:
    key, people = class_of(laptop, 2, 5)
    assert _line(laptop, TODAY - 3 * DAY).remark is Remark.SOON
    assert _line(laptop, TODAY - 3 * DAY).n == 3
    assert _line(laptop, TODAY).remark is Remark.TODAY
    assert _line(laptop, TODAY, 479).remark is Remark.TODAY
    assert _line(laptop, TODAY, 480).remark is Remark.NOW
    assert _line(laptop, TODAY, 660).remark is Remark.TODAY
    overdue = _line(laptop, TODAY + 2 * DAY)
    assert (overdue.remark, overdue.n) == (Remark.OVERDUE, 2)
    with laptop.write() as session:
        attendance.finalise(session, key, 1, {people[0]: A, people[1]: H})
        sessions.did_not_happen(session, key, 2, "Banjir")
    absent = _line(laptop, TODAY + 2 * DAY)  # one of four missed: the rule of 80 % is out of reach
    assert (absent.remark, absent.n) == (None, 0)
    with laptop.write() as session:
        attendance.finalise(session, key, 1, {people[0]: H}, reason="salah tekan")
        sessions.plan_again(session, key, 2)
        attendance.finalise(session, key, 2, {people[0]: A, people[1]: H})
    absent = _line(laptop, TODAY + 2 * DAY)
    assert (absent.remark, absent.n) == (Remark.ABSENCE, 1)


def test_a_class_without_people_or_schedule_says_so(laptop: Laptop) -> None:
    class_of(laptop, 0, 1)
    class_of(laptop, 1, 0, "NEXT")
    remarks = [(str(line.head.key.code), line.remark) for line in _board(laptop, TODAY).lines]
    assert remarks == [("KWU-9", Remark.NOBODY), ("NEXT", Remark.NO_SCHEDULE)]


def test_a_class_that_is_over_runs_on_while_certificates_wait_and_graduates_are_counted(
    laptop: Laptop,
) -> None:
    key, people = class_of(laptop, 2, 2)
    with laptop.write() as session:
        for number in (1, 2):
            attendance.finalise(session, key, number, dict.fromkeys(people, H))
        entries = [ResultEntry(who, code, None, 9_000) for who in people for code in ("KWU-01", "KWU-02")]
        results.record_many(session, key, entries)
        decisions.decide(session, key, TODAY + 2 * DAY, people[:1])
    later = TODAY + 9 * DAY
    line = _line(laptop, later)
    assert (line.stage, line.remark, line.n) == (Stage.RUNNING, Remark.CERTIFICATES, 1)
    with laptop.read() as session:
        quick = class_board.quick(session, laptop.centre, later)
    assert (quick.lines[0].stage, quick.graduates) == (Stage.FINISHED, 1)
    assert quick.lines[0].remark is None and quick.lines[0].rate is None


def test_the_session_to_open_is_the_one_on_then_the_next_then_the_last_of_today(laptop: Laptop) -> None:
    key, _ = class_of(laptop, 1, 0)
    with laptop.write() as session:
        plans = [SessionPlan(TODAY, 480, 660, 4), SessionPlan(TODAY, 780, 960, 4)]
        classes.schedule(session, key, [*plans, SessionPlan(TODAY + DAY, 480, 660, 4)])
    found = [_line(laptop, TODAY, minute).session for minute in (0, 500, 700, 800, 1_000)]
    assert found == [1, 1, 2, 2, 2]
    assert _line(laptop, TODAY + 2 * DAY).session is None
    with laptop.write() as session:
        sessions.did_not_happen(session, key, 1, "Banjir")
    assert _line(laptop, TODAY, 500).session == 2
