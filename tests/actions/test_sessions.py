"""Sessions one by one: added, moved, removed and brought back; holidays only for a reason."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.actions import attendance, classes, sessions
from app.domain.attendance import SessionState, Status
from app.domain.keys import ClassKey
from app.domain.marks import MarkEntry
from app.domain.timetable import SessionPlan
from app.errors import NotFound, Refused
from app.queries import classes as listed
from app.queries.classes import SessionRow
from tests.support.class_of import class_of
from tests.support.laptop import Laptop

FIRST = date(2026, 9, 21)
CHRISTMAS = date(2026, 12, 25)
H = MarkEntry(Status.PRESENT)


def plan(day: int, topic: str | None = None) -> SessionPlan:
    return SessionPlan(FIRST + timedelta(days=day), 480, 660, 4, topic)


def _rows(laptop: Laptop, key: ClassKey) -> dict[int, SessionRow]:
    with laptop.read() as session:
        return {row.number: row for row in listed.sessions(session, key)}


def test_sessions_are_added_beside_those_there_are(laptop: Laptop, key: ClassKey) -> None:
    with laptop.write() as session:
        classes.schedule(session, key, [plan(0)])
        assert sessions.add(session, key, [plan(1), plan(2)]) == (2, 3)
        assert sessions.add(session, key, []) == ()
    assert [row.day for row in _rows(laptop, key).values()] == [FIRST + timedelta(days=n) for n in range(3)]


def test_an_added_session_never_gets_the_number_of_a_removed_one(laptop: Laptop, key: ClassKey) -> None:
    with laptop.write() as session:
        sessions.add(session, key, [plan(0), plan(1)])
        sessions.remove(session, key, [2])
        assert sessions.add(session, key, [plan(5)]) == (3,)
        sessions.bring_back(session, key, [2])
    rows = _rows(laptop, key)
    assert list(rows) == [1, 2, 3] and rows[2].day == FIRST + timedelta(days=1)


def test_a_session_is_moved_while_it_is_ahead(laptop: Laptop, key: ClassKey) -> None:
    with laptop.write() as session:
        sessions.add(session, key, [plan(0)])
        sessions.move(session, key, 1, plan(3, "Praktik"))
    row = _rows(laptop, key)[1]
    assert row.day == FIRST + timedelta(days=3) and row.topic == "Praktik"
    with laptop.write() as session:
        sessions.hold(session, key, 1)
        sessions.move(session, key, 1, plan(3, "Teori"))
    assert _rows(laptop, key)[1].topic == "Teori"
    with pytest.raises(Refused, match="session-held"), laptop.write() as session:
        sessions.move(session, key, 1, plan(4))
    with pytest.raises(NotFound, match="session-unknown"), laptop.write() as session:
        sessions.move(session, key, 9, plan(4))


def test_a_session_is_held_on_a_holiday_only_for_a_reason(laptop: Laptop, key: ClassKey) -> None:
    on = SessionPlan(CHRISTMAS, 480, 660, 4)
    with laptop.write() as session:
        sessions.add(session, key, [plan(0)])
    for act in (
        lambda s, reason: sessions.add(s, key, [plan(1), on], reason),
        lambda s, reason: sessions.move(s, key, 1, on, reason),
        lambda s, reason: sessions.make_up(s, key, 1, on, reason),
    ):
        with pytest.raises(Refused) as refusal, laptop.write() as session:
            act(session, " ")
        assert (refusal.value.code, refusal.value.field) == ("session-on-holiday", "reason")
        assert refusal.value.facts["day"] == CHRISTMAS and "Natal" in str(refusal.value.facts["holiday"])
        with laptop.write() as session:
            act(session, "atas permintaan peserta")
    with laptop.write() as session:  # it stays on its day: nothing to give reasons for
        sessions.move(session, key, 1, SessionPlan(CHRISTMAS, 500, 660, 4))
    assert sum(row.day == CHRISTMAS for row in _rows(laptop, key).values()) == 3


def test_only_what_left_no_trace_can_be_removed(laptop: Laptop) -> None:
    key, people = class_of(laptop, 1, 5)
    with laptop.write() as session:
        attendance.finalise(session, key, 1, {people[0]: H})
        attendance.save_draft(session, key, 2, people[0], H)
        sessions.did_not_happen(session, key, 3, "Banjir")
        sessions.make_up(session, key, 4, plan(9))
    for number in (1, 2, 3, 4):
        with pytest.raises(Refused, match="session-held"), laptop.write() as session:
            sessions.remove(session, key, [5, number])
    with pytest.raises(NotFound, match="session-unknown"), laptop.write() as session:
        sessions.remove(session, key, [5, 99])
    with laptop.write() as session:
        sessions.remove(session, key, [4, 6])
    assert list(_rows(laptop, key)) == [1, 2, 3, 5]


def test_taking_back_that_a_session_did_not_happen_finds_it_as_it_was(laptop: Laptop) -> None:
    key, people = class_of(laptop, 1, 2)
    with laptop.write() as session:
        attendance.finalise(session, key, 1, {people[0]: H})
        for number in (1, 2):
            sessions.did_not_happen(session, key, number, "Banjir")
            sessions.happened(session, key, number)
    assert [row.state for row in _rows(laptop, key).values()] == [SessionState.HELD, SessionState.PLANNED]
    assert all(row.reason is None for row in _rows(laptop, key).values())
