"""Taking one person in, the way back, and showing a NIK in full."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.actions import disclosures, enrolments, participants, persons, taking_in
from app.actions.participants import ConsentGiven, ParticipantForm
from app.domain.enrolment import EnrolmentState
from app.domain.keys import ClassKey
from app.domain.roles import Role
from app.errors import NotFound, Refused
from app.queries import disclosures as shown
from app.queries import participants as people
from app.queries import rosters
from app.queries.history import changes_written
from app.storage import settings
from tests.support.laptop import TODAY, Laptop, woman

FORM = ParticipantForm("Nabila Contoh", woman(1), business="Warung Contoh")
CONSENT = ConsentGiven("2026-1", TODAY)


@pytest.fixture
def enrolled(laptop: Laptop) -> Laptop:
    """The laptop with its centre's secret, as setting it up leaves it."""
    with laptop.write() as session:
        settings.put(session, settings.CENTRE_SECRET, laptop.secret)
    return laptop


def test_somebody_is_registered_agrees_and_joins_at_once(enrolled: Laptop, key: ClassKey) -> None:
    with enrolled.write() as session:
        made = taking_in.take_in(session, FORM, TODAY, CONSENT, key, EnrolmentState.WAITING)
        (row,) = rosters.enrolled(session, key, None)
        given = people.one(session, made).consents
    assert (row.participant, row.state, row.name) == (made, EnrolmentState.WAITING, "Nabila Contoh")
    assert [(one.version, one.given_on) for one in given] == [("2026-1", TODAY)]


def test_without_the_centres_secret_nobody_is_taken_in(laptop: Laptop) -> None:
    with pytest.raises(Refused, match="centre-secret-missing"), laptop.write() as session:
        taking_in.take_in(session, FORM, TODAY)


def test_a_class_that_is_not_there_leaves_nobody_behind(enrolled: Laptop, key: ClassKey) -> None:
    nowhere = key._replace(code="KWU-99")  # type: ignore[arg-type]  # a code is a text
    with pytest.raises(NotFound, match="class-unknown"), enrolled.write() as session:
        taking_in.take_in(session, FORM, TODAY, None, nowhere)
    with enrolled.read() as session:
        assert people.search(session, "") == []


def test_taken_back_somebody_is_gone_and_can_be_taken_in_again_as_the_same_person(
    enrolled: Laptop, key: ClassKey
) -> None:
    with enrolled.write() as session:
        made = taking_in.take_in(session, FORM, TODAY, CONSENT, key)
        taking_in.take_back(session, made, key)
        assert (people.search(session, ""), rosters.enrolled(session, key, None)) == ([], [])
        again = taking_in.take_in(session, replace(FORM, name="Nabila C."), TODAY, CONSENT, key)
        (row,) = rosters.enrolled(session, key)
        detail = people.one(session, again)
    assert again == made and (row.participant, row.place) == (made, 1)
    assert detail.name == "Nabila C." and len(detail.consents) == 1


def test_a_nik_is_one_persons_also_where_it_was_filled_in_later(enrolled: Laptop) -> None:
    with enrolled.write() as session:
        walk_in = taking_in.take_in(session, replace(FORM, nik=None), TODAY)
        participants.edit(session, walk_in, FORM, TODAY)
        other = taking_in.take_in(session, ParticipantForm("Orang Lain", woman(2)), TODAY)
        with pytest.raises(Refused, match="participant-exists"):
            taking_in.take_in(session, replace(FORM, name="Nabila Kedua"), TODAY)
        with pytest.raises(Refused, match="participant-exists"):
            participants.edit(session, other, replace(FORM, name="Orang Lain"), TODAY)
        holder = people.holder(session, woman(1))
    assert holder is not None and holder.id == walk_in


def test_values_and_consent_are_corrected_together(enrolled: Laptop) -> None:
    with enrolled.write() as session:
        made = taking_in.take_in(session, FORM, TODAY)
        before = changes_written(session)
        taking_in.correct(session, made, replace(FORM, business="Toko"), TODAY, CONSENT)
        detail = people.one(session, made)
        assert changes_written(session) == before + 2
    assert detail.business == "Toko" and detail.consents[0].version == "2026-1"


def test_a_consent_that_was_withdrawn_can_be_given_again(enrolled: Laptop) -> None:
    with enrolled.write() as session:
        made = taking_in.take_in(session, FORM, TODAY, CONSENT)
        participants.withdraw_consent(session, made, "2026-1", date(2026, 9, 22))
        participants.give_consent(session, made, replace(CONSENT, given_on=date(2026, 9, 23)))
        (given,) = people.one(session, made).consents
    assert (given.given_on, given.withdrawn_on) == (date(2026, 9, 23), None)


def test_how_somebody_stood_towards_a_class_is_brought_back(enrolled: Laptop, key: ClassKey) -> None:
    with enrolled.write() as session:
        made = taking_in.take_in(session, FORM, TODAY, None, key)
        enrolments.withdraw(session, key, made, "Pindah kota")
        enrolments.restore(session, key, made, EnrolmentState.ENROLLED, None)
        assert [row.participant for row in rosters.enrolled(session, key)] == [made]
        enrolments.restore(session, key, made, None, None)
        assert rosters.enrolled(session, key, None) == []
        stranger = participants.register(session, ParticipantForm("Tamu"), enrolled.secret, TODAY)
        with pytest.raises(NotFound, match="participant-not-enrolled"):
            enrolments.restore(session, key, stranger, EnrolmentState.ENROLLED, None)


def test_showing_a_nik_is_noted_without_the_nik(enrolled: Laptop) -> None:
    with enrolled.write() as session:
        enrolled.author = persons.add(
            session, name="Nurlaila Contoh", login="nurlaila", role=Role.INSTRUCTOR, pin="246810"
        )
        made = taking_in.take_in(session, FORM, TODAY)
        guest = taking_in.take_in(session, ParticipantForm("Tamu"), TODAY)
        changes = changes_written(session)
    for _ in range(2):
        with enrolled.write() as session:
            assert disclosures.show_nik(session, made) == woman(1)
    with enrolled.write() as session:
        assert disclosures.show_nik(session, guest) == ""
        with pytest.raises(NotFound, match="participant-unknown"):
            disclosures.show_nik(session, b"nobody")
        notes, of_guest = shown.listed(session), shown.listed(session, guest)
        kept = settings.get(session, shown.name_of(TODAY))
        assert changes_written(session) == changes, "the note stays on this machine"
    assert [(note.author, note.participant) for note in notes] == [("Nurlaila Contoh", made)] * 2
    assert notes[0].at and notes[1].at and notes[0].at > notes[1].at and of_guest == []
    assert woman(1) not in repr(kept) and woman(1)[-8:] not in repr(kept)
