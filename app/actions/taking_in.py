"""Taking one person in: registered, consent recorded, a place in a class, all at once or not at all."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from app.actions import enrolments, participants
from app.actions.participants import ConsentGiven, ParticipantForm
from app.domain.enrolment import EnrolmentState
from app.domain.ids import ParticipantId
from app.domain.keys import ClassKey
from app.journal.change import Ref
from app.queries.centre_secret import centre_secret


def take_in(
    session: Session,
    form: ParticipantForm,
    today: date,
    consent: ConsentGiven | None = None,
    key: ClassKey | None = None,
    state: EnrolmentState = EnrolmentState.ENROLLED,
) -> ParticipantId:
    """Register somebody new, and give them this state in a class where one is named.

    Raises what `participants.register`, `enrolments.enrol` and `centre_secret` raise.
    """
    made = participants.register(session, form, centre_secret(session), today, consent)
    if key is not None:
        enrolments.enrol(session, key, [made], state)
    return made


def take_back(session: Session, participant: bytes, key: ClassKey | None = None) -> ParticipantId:
    """The opposite: delete the person again, and their place in the class."""
    if key is not None:
        enrolments.restore(session, key, participant, None, None)
    return participants.remove(session, participant)


def correct(
    session: Session,
    participant: bytes,
    form: ParticipantForm,
    today: date,
    consent: ConsentGiven | None = None,
    key: ClassKey | None = None,
    seen: tuple[Ref, ...] | None = None,
) -> ParticipantId:
    """Give somebody these values, record a consent where one came with them, and put them into a class where
    one is named. `seen` as `participants.edit` takes it; raises what that and `enrolments.enrol` raise."""
    participants.edit(session, participant, form, today, seen)
    if consent is not None:
        participants.give_consent(session, participant, consent)
    if key is not None:
        enrolments.enrol(session, key, [participant])
    return ParticipantId(participant)


def put_back(
    session: Session, participant: bytes, form: ParticipantForm, today: date, version: str | None
) -> ParticipantId:
    """The opposite: the values of before, and without the consent of this version where one was recorded."""
    participants.edit(session, participant, form, today)
    if version is not None:
        participants.forget_consent(session, participant, version)
    return ParticipantId(participant)
