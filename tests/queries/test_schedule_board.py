"""The schedule of a class: sessions in order, what a further plan would make, headquarters' word on days."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from app.actions import classes, sessions
from app.domain.ids import ClassCode
from app.domain.keys import ClassKey
from app.domain.planning import Planned, Skipped
from app.domain.timetable import SessionPlan
from app.errors import NotFound, Refused
from app.queries import holidays, schedule_board
from app.queries.classes import listed
from app.queries.schedule_board import ScheduleBoard
from app.storage.journal import Draft, record
from tests.support.class_of import class_of
from tests.support.laptop import EVERYBODY, TODAY, Laptop, Office, hand_over, publish

DAY = timedelta(days=1)
CLOSED, OPENED = date(2026, 9, 23), date(2026, 12, 25)
TIMES = ((480, 660), (780, 960))
WORKING = frozenset(range(5))


@pytest.fixture
def laptop(tmp_path: Path) -> Laptop:
    """A laptop to which headquarters said that one day is closed and Christmas open."""
    office = Office(tmp_path)
    headquarters, made = office.headquarters(), office.laptop()
    publish(headquarters)
    drafts = [
        Draft("holiday", (CLOSED,), {"gone": (False,), "holiday": ("Hari jadi balai", True)}),
        Draft("holiday", (OPENED,), {"gone": (False,), "holiday": ("Dibuka", False)}),
    ]
    with headquarters.write() as session:
        record(session, drafts, scope=EVERYBODY)
    hand_over(headquarters, made)
    return made


def _board(laptop: Laptop) -> ScheduleBoard:
    key, _ = class_of(laptop, 1, 0)
    with laptop.write() as session:
        plans = [
            SessionPlan(TODAY + 2 * DAY, 780, 960, 4, "Praktik", "KWU-02"),
            SessionPlan(TODAY, 480, 660, 3),
        ]
        classes.schedule(session, key, plans)
        sessions.did_not_happen(session, key, 2, "Banjir")
        sessions.make_up(session, key, 2, SessionPlan(TODAY + 3 * DAY, 480, 660, 3))
    with laptop.read() as session:
        return schedule_board.of(session, key)


def test_headquarters_closes_days_and_opens_them(laptop: Laptop) -> None:
    with laptop.read() as session:
        assert holidays.overrides(session) == {CLOSED: "Hari jadi balai", OPENED: None}
        named = [schedule_board.holiday(session, day) for day in (CLOSED, OPENED, TODAY, date(2026, 12, 24))]
    assert named[:3] == ["Hari jadi balai", None, None] and named[3] is not None


def test_sessions_stand_by_day_and_time_with_modules_and_holidays(laptop: Laptop) -> None:
    board = _board(laptop)
    assert [row.number for row in board.sessions] == [2, 1, 3]
    assert dict(board.closed) == {CLOSED: "Hari jadi balai"}
    assert [board.title_of(code) for code in ("KWU-02", "X-1", None)] == ["Harga pokok produksi", "X-1", ""]
    assert board.jp_minutes == 45


def test_hours_are_those_that_teach_something_new(laptop: Laptop) -> None:
    board = _board(laptop)
    assert (board.planned_jp, board.programme_jp) == (4, 9)


def _preview(laptop: Laptop, first: date, count: int, with_modules: bool = True) -> Planned:
    with laptop.read() as session:
        key = listed(session)[0].key
        return schedule_board.preview(session, key, first, count, TIMES, WORKING, with_modules)


def test_a_further_plan_passes_over_what_is_closed_and_goes_on_in_the_programme(laptop: Laptop) -> None:
    _board(laptop)
    made = _preview(laptop, TODAY, 6)
    assert [session.day.day for session in made.sessions] == [21, 21, 22, 22, 24, 24]
    assert made.skipped == (Skipped(CLOSED, "Hari jadi balai"),)
    assert [session.module for session in made.sessions] == ["KWU-02", *["KWU-03"] * 5]
    assert [session.jp for session in made.sessions] == [4] * 6
    assert {session.module for session in _preview(laptop, TODAY, 2, False).sessions} == {None}


def test_a_plan_that_cannot_be_is_refused(laptop: Laptop) -> None:
    _board(laptop)
    with pytest.raises(Refused, match="schedule-count"):
        _preview(laptop, TODAY, 0)


def test_an_unknown_class_is_not_found(laptop: Laptop) -> None:
    with laptop.read() as session, pytest.raises(NotFound, match="class-unknown"):
        schedule_board.of(session, ClassKey(laptop.centre, ClassCode("NIRGENDS")))
