"""The day of somebody who teaches, and what waits for them."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from app.actions import attendance, certificates, classes, persons, results, sessions
from app.domain.attendance import Status
from app.domain.marks import MarkEntry
from app.domain.results import ResultEntry
from app.domain.roles import Role
from app.domain.timetable import SessionPlan
from app.queries import attendance as shown
from app.queries import finding, roll_calls, today, waiting
from app.queries.today import Today
from app.queries.waiting import Wait
from tests.support.class_of import class_of, two_laptops
from tests.support.issuing import Authorities, graduates, issuer
from tests.support.laptop import TODAY, Laptop, Office, hand_over, publish

H, A = MarkEntry(Status.PRESENT), MarkEntry(Status.ABSENT)
DAY = timedelta(days=1)


@pytest.fixture
def laptop(tmp_path: Path) -> Laptop:
    return two_laptops(tmp_path)[0]


def _today(laptop: Laptop, day: date, person: bytes | None = None) -> Today:
    with laptop.read() as session:
        return today.today(session, laptop.centre, day, person)


def test_an_empty_database_has_an_empty_day(laptop: Laptop) -> None:
    found = _today(laptop, TODAY)
    assert (found.sessions, found.tomorrow, found.overdue, found.running) == ((), (), (), ())
    assert not found.anything


def test_sessions_come_by_their_time_with_module_and_what_is_marked(laptop: Laptop) -> None:
    key, people = class_of(laptop, 3, 1)
    with laptop.write() as session:
        plans = [
            SessionPlan(TODAY, 780, 960, 4, None, "KWU-02"),
            SessionPlan(TODAY, 510, 690, 4),
            SessionPlan(TODAY + DAY, 510, 690, 4, "Praktik"),
        ]
        classes.schedule(session, key, plans)
        attendance.save_draft(session, key, 1, people[0], H)
        attendance.finalise(session, key, 2, {people[0]: H, people[1]: H, people[2]: A})
    found = _today(laptop, TODAY)
    morning, noon = found.sessions
    assert (morning.session.number, noon.session.number) == (2, 1)
    assert morning.final and morning.finalised is not None and dict(morning.counts) == {"H": 2, "A": 1}
    assert not noon.final and noon.session.drafts == 1 and noon.finalised is None
    assert noon.module == (2, "Harga pokok produksi")
    assert [of.session.topic for of in found.tomorrow] == ["Praktik"]
    assert [head.key for head in found.running] == [key] and found.anything


def test_sessions_left_open_stay_until_they_are_finalised_or_did_not_happen(laptop: Laptop) -> None:
    key, people = class_of(laptop, 1, 3)
    later = TODAY + 2 * DAY
    assert [of.session.number for of in _today(laptop, later).overdue] == [1, 2]
    with laptop.write() as session:
        attendance.finalise(session, key, 1, {people[0]: H})
        sessions.did_not_happen(session, key, 2, "Banjir")
    assert _today(laptop, later).overdue == ()
    assert _today(laptop, TODAY + DAY).sessions[0].final


def test_who_teaches_sees_their_classes_and_who_teaches_none_sees_all(laptop: Laptop) -> None:
    with laptop.write() as session:
        me = persons.add(session, name="Nurlaila Hamid", login="nurlaila", role=Role.INSTRUCTOR, pin="482915")
        other = persons.add(session, name="Yusuf Mahmud", login="yusuf", role=Role.INSTRUCTOR, pin="482915")
    for code, who in (("MINE", (me,)), ("HERS", (other,)), ("OPEN", ())):
        key, _ = class_of(laptop, 1, 1, code)
        with laptop.write() as session:
            classes.edit(session, key, title=code, first_day=TODAY, last_day=TODAY, instructors=who)
    assert {of.head.title for of in _today(laptop, TODAY, me).sessions} == {"MINE", "OPEN"}
    assert len(_today(laptop, TODAY, b"somebody else").sessions) == 3
    assert len(_today(laptop, TODAY).sessions) == 3


def test_absences_at_the_limit_and_missing_tests_wait(laptop: Laptop) -> None:
    key, people = class_of(laptop, 3, 5)
    with laptop.write() as session:
        plans = [SessionPlan(TODAY + n * DAY, 510, 690, 4, None, "KWU-01") for n in range(2)]
        plans += [SessionPlan(TODAY + n * DAY, 510, 690, 4, None, "KWU-02") for n in range(2, 5)]
        classes.schedule(session, key, plans)
        attendance.finalise(session, key, 1, {people[0]: A, people[1]: H, people[2]: H})
    assert _waits(laptop) == [(Wait.ABSENCE, 1, "Orang 0", 1, None)]
    with laptop.write() as session:
        attendance.finalise(session, key, 2, dict.fromkeys(people, H))
        results.record(session, key, ResultEntry(people[0], "KWU-01", post=8_000))
    assert _waits(laptop) == [
        (Wait.ABSENCE, 1, "Orang 0", 1, None),
        (Wait.TESTS, 2, "Orang 1", 0, (1, "Konsep kewirausahaan")),
    ]
    with laptop.write() as session:
        attendance.finalise(session, key, 3, {people[0]: A, people[1]: A, people[2]: H})
    assert _waits(laptop)[0] == (Wait.ABSENCE, 1, "Orang 1", 1, None)  # the first one can't make it any more


def _waits(laptop: Laptop) -> list[tuple[Wait, int, str, int, tuple[int, str] | None]]:
    with laptop.read() as session:
        found = waiting.listed(session, laptop.centre, TODAY + DAY)
    return [(w.kind, w.n, w.name, w.absences, w.module) for w in found]


def test_who_passed_waits_for_a_certificate_until_it_is_issued(tmp_path: Path) -> None:
    office, authorities = Office(tmp_path), Authorities()
    headquarters, laptop = office.headquarters(), office.laptop()
    publish(headquarters)
    authorities.publish(headquarters)
    authorities.lease(headquarters, laptop, 1, 100)
    hand_over(headquarters, laptop)
    key, people = graduates(laptop, 2, 1)
    assert (Wait.CERTIFICATES, 2, "", 0, None) in _waits(laptop)
    with laptop.write() as session:
        certificates.issue(session, key, issuer(laptop), TODAY, people=people[:2])
    assert all(kind is not Wait.CERTIFICATES for kind, *_ in _waits(laptop))


def test_reviews_wait_with_the_name_they_concern(tmp_path: Path) -> None:
    one, other = two_laptops(tmp_path)
    key, people = class_of(one, 1, 1)
    hand_over(one, other)
    for laptop, entry in ((one, H), (other, A)):
        with laptop.write() as session:
            attendance.finalise(session, key, 1, {people[0]: entry})
    hand_over(other, one)
    assert _waits(one)[-1][:3] == (Wait.REVIEW, 1, "Orang 0")


def test_a_roll_call_says_what_its_marks_bring_about(laptop: Laptop) -> None:
    key, (one, two) = class_of(laptop, 2, 5)
    with laptop.write() as session:
        attendance.finalise(session, key, 1, {one: A, two: H})
    with laptop.read() as session:
        found = roll_calls.outlooks(session, key, 2, {one: Status.ABSENT, two: Status.ABSENT})
        opened = roll_calls.opened(session, key, 2)
    assert (found[one].times, found[one].allowance.possible) == (2, False)
    assert (found[two].times, found[two].allowance.may_miss) == (1, 0)
    assert (opened.head.title, opened.minimum, opened.late_after) == ("Kewirausahaan", 8_000, 15)
    with laptop.write() as session:
        attendance.finalise(session, key, 1, {one: H}, "Salah baca")
        assert [line.after["status"] for line in roll_calls.earlier(session, key, 1, one)] == ["H", "A"]
        assert roll_calls.name_of(session, one) == "Orang 0" and roll_calls.name_of(session, b"x" * 16) == ""


def test_drafts_kept_at_once_are_those_kept_one_by_one(laptop: Laptop) -> None:
    key, (one, two) = class_of(laptop, 2, 1)
    with laptop.write() as session:
        assert attendance.save_drafts(session, key, 1, {one: H, two: A}) == 2
        assert shown.drafts(session, key, 1) == {one: H, two: A}
        attendance.save_drafts(session, key, 1, {one: None, two: H})
        assert shown.drafts(session, key, 1) == {two: H}


def test_one_field_finds_classes_and_people(laptop: Laptop) -> None:
    key, people = class_of(laptop, 3, 1)
    with laptop.read() as session:
        assert finding.by_text(session, laptop.centre, "  ") == []
        found = finding.by_text(session, laptop.centre, "kewirausahaan viii")
        assert [of.head.key for of in found if of.head is not None] == [key] and len(found) == 1
        found = finding.by_text(session, laptop.centre, "orang 1")
        assert [of.person.id for of in found if of.person is not None] == [people[1]]
        assert len(finding.by_text(session, laptop.centre, "or", limit=2)) == 2
