"""Taking one person in: registered, consent recorded, a place in a class, all at once or not at all."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from app.actions import enrolments, participants
from app.actions.participants import ConsentGiven, ParticipantForm
from app.domain.enrolment import EnrolmentState
from app.domain.ids import ParticipantId
from app.domain.keys import ClassKey
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
    session: Session, participant: bytes, form: ParticipantForm, today: date, consent: ConsentGiven | None
) -> ParticipantId:
    """Give somebody these values, and record a consent where one came with them; as `participants.edit`."""
    participants.edit(session, participant, form, today)
    if consent is not None:
        participants.give_consent(session, participant, consent)
    return ParticipantId(participant)
