"""Attendance of all classes at one go: the same as counting person by person, whatever happened in them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from random import Random

from app.actions import attendance, enrolments, sessions
from app.domain.attendance import WHOLE, Status
from app.domain.keys import ClassKey
from app.domain.marks import MarkEntry
from app.domain.timetable import SessionPlan
from app.queries import attendance as one_by_one
from app.queries import attendance_rates, classes
from tests.support.class_of import class_of, two_laptops
from tests.support.laptop import TODAY, Laptop


def _taught(laptop: Laptop, random: Random, code: str, make_up: bool) -> ClassKey:
    """A class with marks of every kind, somebody who left, a session that did not happen, one unmarked."""
    key, people = class_of(laptop, 6, 5, code)
    with laptop.write() as session:
        for number in (1, 2, 3):
            marks = {who: MarkEntry(random.choice(list(Status))) for who in people}
            attendance.finalise(session, key, number, marks)
        sessions.did_not_happen(session, key, 3, "Banjir")
        sessions.hold(session, key, 4)
        enrolments.withdraw(session, key, people[0], "Pindah")
        if make_up:
            extra = sessions.make_up(session, key, 1, SessionPlan(TODAY + timedelta(days=9), 480, 660, 4))
            present = {who: MarkEntry(Status.PRESENT) for who in people[1:4]}
            attendance.finalise(session, key, extra, present)
    return key


def _counted(laptop: Laptop, key: ClassKey) -> int | None:
    with laptop.read() as session:
        tallies = one_by_one.tallies(session, key).values()
    present, absent = sum(t.present for t in tallies), sum(t.absent for t in tallies)
    return present * WHOLE // (present + absent) if present + absent else None


def test_the_rates_of_all_classes_are_those_counted_person_by_person(tmp_path: Path) -> None:
    laptop, random = two_laptops(tmp_path)[0], Random(5)
    keys = [_taught(laptop, random, f"KWU-{n}", make_up=n == 3) for n in range(4)]
    empty, _ = class_of(laptop, 2, 1, "KWU-BARU")
    with laptop.read() as session:
        rates = attendance_rates.of_classes(session, laptop.centre, classes.listed(session))
    assert rates == {key: _counted(laptop, key) for key in keys}
    assert empty not in rates and len(set(rates.values())) > 1
