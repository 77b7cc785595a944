"""Opening classes and planning their sessions."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.actions import classes, sessions
from app.domain.attendance import SessionState
from app.domain.keys import ClassKey
from app.domain.timetable import SessionPlan
from app.errors import NotFound, Refused
from app.queries import classes as listed
from app.queries.history import changes_written
from tests.support.laptop import Laptop

FIRST = date(2026, 9, 21)


def plan(day: int, starts: int = 480, jp: int = 4) -> SessionPlan:
    return SessionPlan(FIRST + timedelta(days=day), starts, starts + 45 * jp, jp)


def test_a_class_is_listed_with_what_it_holds(laptop: Laptop, key: ClassKey) -> None:
    with laptop.write() as session:
        classes.schedule(session, key, [plan(0), plan(1)])
        sessions.hold(session, key, 1)
    with laptop.read() as session:
        (row,) = listed.listed(session)
    assert row.key == (10009, "KWU-1") and row.title == "Kewirausahaan angkatan VIII"
    assert (row.first_day, row.last_day) == (date(2026, 9, 21), date(2026, 9, 25))
    assert (row.programme, row.version, row.planned, row.held, row.enrolled) == ("KWU", 1, 2, 1, 0)


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ({"code": "KWU 1"}, "class-code-invalid"),
        ({"code": "kwu-1"}, "class-exists"),
        ({"title": " "}, "text-missing"),
        ({"title": "x" * 121}, "text-too-long"),
        ({"version": 2}, "programme-unknown"),
        ({"last_day": date(2026, 9, 20)}, "period-invalid"),
    ],
)
def test_a_class_that_breaks_a_rule_is_refused(
    laptop: Laptop, key: ClassKey, fault: dict[str, object], code: str
) -> None:
    form: dict[str, object] = {
        "code": "KWU-2", "title": "T", "programme": "KWU", "version": 1,
        "first_day": FIRST, "last_day": FIRST,
    }  # fmt: skip
    with pytest.raises(Refused) as refusal, laptop.write() as session:
        classes.create(session, **(form | fault))  # type: ignore[arg-type]  # one value of another kind
    assert refusal.value.code == code


def test_editing_writes_only_what_changed(laptop: Laptop, key: ClassKey) -> None:
    form = {"first_day": FIRST, "last_day": date(2026, 9, 25), "intake": "VIII"}
    with laptop.write() as session:
        before = changes_written(session)
        classes.edit(session, key, title="Kewirausahaan angkatan VIII", **form)  # type: ignore[arg-type]
        assert changes_written(session) == before
        classes.edit(session, key, title="Judul baru", **form)  # type: ignore[arg-type]
        assert changes_written(session) == before + 1
        assert listed.head(session, key).title == "Judul baru"


def test_scheduling_again_moves_adds_and_removes(laptop: Laptop, key: ClassKey) -> None:
    with laptop.write() as session:
        assert classes.schedule(session, key, [plan(0), plan(1), plan(2)]) == (1, 2, 3)
        assert sessions.make_up(session, key, 1, plan(4)) == 4
        assert classes.schedule(session, key, [plan(0), plan(2)]) == (1, 2)
        assert classes.schedule(session, key, [plan(0), plan(2), plan(3)]) == (1, 2, 5)
        rows = listed.sessions(session, key)
    assert [(r.number, (r.day or FIRST) - FIRST, r.make_up_of) for r in rows] == [
        (1, timedelta(0), None), (2, timedelta(2), None), (4, timedelta(4), 1), (5, timedelta(3), None),
    ]  # fmt: skip


def test_a_session_that_was_held_keeps_its_plan(laptop: Laptop, key: ClassKey) -> None:
    with laptop.write() as session:
        classes.schedule(session, key, [plan(0), plan(1)])
        sessions.hold(session, key, 1)
        classes.schedule(session, key, [plan(0), plan(2)])
        for wrong in ([plan(3), plan(2)], []):
            with pytest.raises(Refused) as refusal:
                classes.schedule(session, key, wrong)
            assert refusal.value.code == "session-held"


def test_a_session_says_why_it_did_not_happen_and_can_be_planned_again(laptop: Laptop, key: ClassKey) -> None:
    with laptop.write() as session:
        classes.schedule(session, key, [plan(0)])
        with pytest.raises(Refused):
            sessions.did_not_happen(session, key, 1, "  ")
        sessions.did_not_happen(session, key, 1, "Listrik  padam")
        row = listed.session_numbered(session, key, 1)
        assert (row.state, row.reason) == (SessionState.NOT_HELD, "Listrik padam")
        sessions.plan_again(session, key, 1)
        assert listed.session_numbered(session, key, 1).state is SessionState.PLANNED


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (SessionPlan(FIRST, 600, 600, 4), "session-times"),
        (SessionPlan(FIRST, -1, 600, 4), "session-times"),
        (SessionPlan(FIRST, 480, 600, 0), "session-jp"),
    ],
)
def test_impossible_times_are_refused(laptop: Laptop, key: ClassKey, wrong: SessionPlan, code: str) -> None:
    with pytest.raises(Refused) as refusal, laptop.write() as session:
        classes.schedule(session, key, [wrong])
    assert refusal.value.code == code


def test_what_is_not_there_is_said(laptop: Laptop, key: ClassKey) -> None:
    with laptop.read() as session:
        with pytest.raises(NotFound):
            listed.head(session, ClassKey(key.centre, "NONE"))  # type: ignore[arg-type]
        with pytest.raises(NotFound):
            listed.session_numbered(session, key, 9)


def test_opening_a_class_is_taken_back_only_while_nothing_is_in_it(laptop: Laptop, key: ClassKey) -> None:
    with laptop.write() as session:
        sessions.add(session, key, [plan(0)])
    with pytest.raises(Refused, match="class-not-empty"), laptop.write() as session:
        classes.remove(session, key)
    with laptop.write() as session:
        sessions.remove(session, key, [1])
        classes.remove(session, key)
    with pytest.raises(NotFound, match="class-unknown"), laptop.read() as session:
        listed.head(session, key)
    with laptop.write() as session:
        form = {"programme": "KWU", "version": 1, "first_day": FIRST, "last_day": FIRST}
        assert classes.create(session, code="KWU-1", title="Lain", **form) == key  # type: ignore[arg-type]  # mixed values
    with laptop.read() as session:
        assert listed.head(session, key).title == "Lain" and listed.sessions(session, key) == []
