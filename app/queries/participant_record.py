"""What the form of a participant begins with: the values on record, and the changes they stand on."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.domain.keys import ClassKey
from app.journal.change import Ref
from app.queries import heads, participants, participations
from app.queries.participants import ParticipantDetail
from app.queries.participations import Participation


@dataclass(frozen=True, slots=True)
class ParticipantRecord:
    """A person as on record; `stood` is how they stand towards the class the form was opened for, None where
    they never were in it. `seen` are others' changes behind the values, to be handed to `participants.edit`.
    """

    person: ParticipantDetail
    stood: Participation | None
    seen: tuple[Ref, ...]


def of(session: Session, participant: bytes, key: ClassKey | None = None) -> ParticipantRecord:
    """The record of somebody; NotFound("participant-unknown")."""
    person = participants.one(session, participant)
    stays = participations.of(session, participant) if key is not None else []
    stood = next((stay for stay in stays if stay.key == key), None)
    seen = heads.seen(session, "participant", [(participant,)])
    return ParticipantRecord(person, stood, seen.get((participant,), ()))
