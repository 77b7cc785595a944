"""The list of participants, the people of a class, a person's classes, and the words of consent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from app.actions import attendance, classes, enrolments, participants
from app.actions.participants import ConsentGiven, ParticipantForm
from app.domain.attendance import Status
from app.domain.enrolment import EnrolmentState
from app.domain.ids import ClassCode
from app.domain.keys import ClassKey
from app.domain.marks import MarkEntry
from app.errors import NotFound, Refused
from app.queries import centre_secret, class_people, consents, participants_board, participations
from app.queries import participants as people
from app.queries.participants_board import Agreed, Choice
from app.storage import settings
from app.storage.journal import Draft, record
from tests.support.class_of import class_of, two_laptops
from tests.support.laptop import EVERYBODY, TODAY, Laptop, Office, hand_over, publish, woman

DAY = timedelta(days=1)


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Laptop]:
    first, second = two_laptops(tmp_path)
    yield first
    first.store.close()
    second.store.close()


def _named(laptop: Laptop, typed: str, choice: Choice = Choice.ALL) -> list[str]:
    with laptop.read() as session:
        return [line.person.name for line in participants_board.of(session, TODAY, typed, choice).lines]


def test_people_are_found_by_what_people_say_of_them(laptop: Laptop) -> None:
    forms = [
        ParticipantForm("Dewi Lestari", woman(1), phone="0812 3456 7890", business="Abon Tuna"),
        ParticipantForm("Kartini", woman(2), phone="0813 1111 2222", business="Kue Dewi"),
        ParticipantForm("Made Suartana", business="Warung 99"),
    ]
    with laptop.write() as session:
        for form in forms:
            participants.register(session, form, laptop.secret, TODAY)
    assert _named(laptop, "dewi") == ["Dewi Lestari", "Kartini"]
    assert _named(laptop, "tuna dewi") == ["Dewi Lestari"]
    assert _named(laptop, "9002") == _named(laptop, woman(2)) == ["Kartini"]
    assert _named(laptop, "0812-3456") == _named(laptop, "+62 812 345") == ["Dewi Lestari"]
    assert _named(laptop, "7890") == ["Dewi Lestari"]
    assert _named(laptop, "warung 99") == ["Made Suartana"]
    assert _named(laptop, "100%") == []
    assert _named(laptop, "", Choice.NO_NIK) == ["Made Suartana"]


def test_the_list_tells_the_class_now_and_the_consent(laptop: Laptop) -> None:
    past, (first, second) = class_of(laptop, 2, 1, "KWU-1")
    with laptop.write() as session:
        later = classes.create(
            session, code="KWU-2", title="Lanjutan", programme="KWU", version=1,
            first_day=TODAY + 20 * DAY, last_day=TODAY + 22 * DAY,
        )  # fmt: skip
        enrolments.enrol(session, later, [first], EnrolmentState.WAITING)
        enrolments.withdraw(session, past, second, "Sakit")
        participants.give_consent(session, first, ConsentGiven("1", TODAY))
        participants.give_consent(session, second, ConsentGiven("1", TODAY))
        participants.withdraw_consent(session, second, "1", TODAY)
        board = participants_board.of(session, TODAY + 10 * DAY)
        limited = participants_board.of(session, TODAY, limit=1)
    there, left = board.lines
    assert there.now and (there.now.key, there.now.state, there.now.over) == (
        later,
        EnrolmentState.WAITING,
        False,
    )
    assert (there.agreed, left.agreed, left.now) == (Agreed.GIVEN, Agreed.WITHDRAWN, None)
    assert board.found == 2 and board.counts == {
        Choice.ALL: 2,
        Choice.NO_CONSENT: 1,
        Choice.NO_CLASS: 1,
        Choice.NO_NIK: 0,
    }
    assert len(limited.lines) == 1 and limited.found == 2
    assert _named(laptop, "", Choice.NO_CLASS) == _named(laptop, "", Choice.NO_CONSENT) == ["Orang 1"]


def test_a_class_that_is_over_is_told_where_there_is_no_other(laptop: Laptop) -> None:
    key, (who,) = class_of(laptop, 1, 1)
    with laptop.read() as session:
        now = participants_board.classes_now(session, [who], TODAY + 30 * DAY)[who]
    assert (now.key, now.over, now.title) == (key, True, "Kewirausahaan")


def test_the_people_of_a_class_come_with_attendance_places_and_where_they_may_move(tmp_path: Path) -> None:
    office = Office(tmp_path)
    headquarters, laptop = office.headquarters(), office.laptop()
    publish(headquarters)
    hand_over(headquarters, laptop)
    key, (first, second) = class_of(laptop, 2, 2)
    elsewhere, _ = class_of(laptop, 1, 5, "KWU-10")
    class_of(laptop, 1, 1, "KWU-8")  # over by then
    with laptop.write() as session:
        attendance.finalise(
            session, key, 1, {first: MarkEntry(Status.PRESENT), second: MarkEntry(Status.ABSENT)}
        )
        enrolments.withdraw(session, key, second, "Pindah kota")
        found = class_people.of(session, key, TODAY + 4 * DAY)
    assert [one.row.participant for one in found.at(EnrolmentState.ENROLLED)] == [first]
    assert [one.row.participant for one in found.at(EnrolmentState.WITHDRAWN)] == [second]
    tallies = [(one.tally.present, one.tally.absent, one.tally.planned) for one in found.people]
    assert tallies == [(1, 0, 2), (0, 1, 2)]
    assert (found.quota, found.taken) == (500, 1)
    assert [other.key for other in found.others] == [elsewhere]
    with laptop.read() as session, pytest.raises(NotFound, match="class-unknown"):
        class_people.of(session, ClassKey(key.centre, ClassCode("KWU-99")), TODAY)
    laptop.store.close()
    headquarters.store.close()


def test_a_person_is_followed_through_classes_the_latest_first(laptop: Laptop) -> None:
    first, (who,) = class_of(laptop, 1, 1, "KWU-1")
    with laptop.write() as session:
        second = classes.create(
            session, code="KWU-2", title="Lanjutan", programme="KWU", version=1, intake="IX",
            first_day=TODAY + 9 * DAY, last_day=TODAY + 10 * DAY,
        )  # fmt: skip
        enrolments.move(session, first, who, second)
        found = participations.of(session, who)
        enrolments.restore(session, second, who, None, None)
        after = participations.of(session, who)
        nobody = participations.of(session, b"nobody")
    assert [(one.key, one.state, one.moved_to) for one in found] == [
        (second, EnrolmentState.ENROLLED, None),
        (first, EnrolmentState.MOVED, "KWU-2"),
    ]
    assert (found[0].intake, found[1].title) == ("IX", "Kewirausahaan")
    assert [one.key for one in after] == [first] and nobody == []


def test_the_version_of_the_notice_is_headquarters_word_or_the_last_one_used(tmp_path: Path) -> None:
    office = Office(tmp_path)
    headquarters, laptop = office.headquarters(), office.laptop()
    publish(headquarters)
    hand_over(headquarters, laptop)
    with laptop.write() as session:
        assert consents.current_version(session) == ""
        for version, day in (("2026-2", TODAY - DAY), ("2026-1", TODAY - 9 * DAY)):
            form = ParticipantForm(f"Orang {version}")
            given = ConsentGiven(version, day)
            participants.register(session, form, laptop.secret, TODAY, given)
        assert consents.current_version(session) == "2026-2"
    with headquarters.write() as session:
        record(session, [Draft("policy", (consents.POLICY,), {"value": ("2027-1",)})], scope=EVERYBODY)
    hand_over(headquarters, laptop)
    with laptop.read() as session:
        assert consents.current_version(session) == "2027-1"
    laptop.store.close()
    headquarters.store.close()


def test_the_centres_secret_is_there_once_the_laptop_is_enrolled(laptop: Laptop) -> None:
    with laptop.write() as session:
        with pytest.raises(Refused, match="centre-secret-missing"):
            centre_secret.centre_secret(session)
        settings.put(session, settings.CENTRE_SECRET, bytes(range(32)))
        assert centre_secret.centre_secret(session) == bytes(range(32))


def test_no_more_are_read_than_asked_for_and_the_first_by_name(laptop: Laptop) -> None:
    with laptop.write() as session:
        for number in range(60):
            participants.register(session, ParticipantForm(f"Orang {number:02}"), laptop.secret, TODAY)
        found = people.search(session, "orang", 25)
    assert [row.name for row in found] == [f"Orang {number:02}" for number in range(25)]
