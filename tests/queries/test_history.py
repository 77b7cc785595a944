"""What was written about a row or a person, with both values."""

from __future__ import annotations

from datetime import date

from app.actions import attendance, participants, persons, results
from app.actions.participants import ConsentGiven, ParticipantForm
from app.domain.attendance import Status
from app.domain.marks import MarkEntry
from app.domain.results import ResultEntry
from app.domain.roles import Role
from app.queries import history
from tests.support.class_of import class_of, fresh_code
from tests.support.laptop import TODAY, Laptop, hand_over, woman


def test_a_mark_tells_who_set_it_where_and_what_stood_before(pair: tuple[Laptop, Laptop]) -> None:
    laptop, other = pair
    with laptop.write() as session:
        laptop.author = persons.add(
            session, name="Nurlaila Contoh", login="nurlaila", role=Role.INSTRUCTOR, pin="246810"
        )
    key, (who,) = class_of(laptop, 1, 1, fresh_code())
    with laptop.write() as session:
        attendance.mark(session, key, 1, who, MarkEntry(Status.ABSENT))
    hand_over(laptop, other)
    other.clock.now = laptop.clock.now + 60_000
    with other.write() as session:
        attendance.mark(session, key, 1, who, MarkEntry(Status.LATE, 500), "Datang 08.20")
    hand_over(other, laptop)
    with laptop.read() as session:
        new, old = history.of_row(session, "mark", (*key, 1, who))
    assert (old.author, old.machine, old.before, old.reason) == ("Nurlaila Contoh", "Laptop 2", None, None)
    assert (new.author, new.machine, new.reason) == ("", "Laptop 3", "Datang 08.20")
    assert new.before == old.after == {"status": "A", "arrival": None}
    assert new.after == {"status": "T", "arrival": 500}
    assert new.key["participant"] == who and new.at and old.at and new.at > old.at
    laptop.author = None


def test_a_person_is_followed_through_all_tables(laptop: Laptop) -> None:
    key, (_, who, neighbour) = class_of(laptop, 3, 1, fresh_code())
    with laptop.write() as session:
        participants.give_consent(session, who, ConsentGiven("1", TODAY))
        results.record(session, key, ResultEntry(who, "KWU-01", post=8_000))
        attendance.finalise(
            session, key, 1, {who: MarkEntry(Status.PRESENT), neighbour: MarkEntry(Status.SICK)}
        )
        participants.edit(session, who, ParticipantForm("Orang Satu", woman(1)), TODAY)
        lines = history.of_participant(session, who)
        first = history.of_participant(session, who, limit=1)
    of_this_class = [line for line in lines if key.code in line.key.values()]
    assert {line.entity for line in of_this_class} == {"enrolment", "result", "mark"}
    assert lines[0].entity == "participant" and first == lines[:1]
    assert lines[0].before and lines[0].before["name"] == "Orang 1" and lines[0].after["name"] == "Orang Satu"
    assert lines[0].after["birth_date"] == date(1985, 1, 1)
    assert not any(line.key.get("participant") == neighbour for line in lines)


def test_a_row_nobody_wrote_has_no_history(laptop: Laptop) -> None:
    with laptop.read() as session:
        assert history.of_row(session, "participant", (bytes(16),)) == []
        assert history.of_participant(session, bytes(16)) == []
