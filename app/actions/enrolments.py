"""Who is in a class: enrolled, withdrawn, moved to another class."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.actions import changes
from app.domain.enrolment import EnrolmentState
from app.domain.keys import ClassKey
from app.domain.text import LONGEST_REMARK, one_line
from app.errors import NotFound
from app.journal.registry import LIFE
from app.queries import classes
from app.storage import tables
from app.storage.journal import Draft, Plain
from app.storage.present import shown


def enrol(
    session: Session,
    key: ClassKey,
    participants: Sequence[bytes],
    state: EnrolmentState = EnrolmentState.ENROLLED,
) -> int:
    """Give each of them this state in the class, and the next places to those who have none, in this order.

    Returns how many changes that took. Raises NotFound("class-unknown"), ("participant-unknown").
    """
    classes.head(session, key)
    here = shown(session.connection(), "participant", [(p,) for p in participants])
    if len(here) < len(set(participants)):
        raise NotFound("participant-unknown", field="participant")
    return changes.write(session, drafts(session, key, participants, state))


def withdraw(session: Session, key: ClassKey, participant: bytes, reason: str) -> int:
    """Take somebody out of the class; marks and results stay. NotFound("participant-not-enrolled")."""
    _row(session, key, participant)
    said = one_line(reason, "reason", LONGEST_REMARK)
    values = (EnrolmentState.WITHDRAWN.value, None)
    return changes.write(session, [Draft("enrolment", (*key, participant), {"state": values}, said)])


def move(session: Session, key: ClassKey, participant: bytes, to: ClassKey) -> int:
    """Move somebody to another class of the centre, where a place is given; raises as the others here."""
    classes.head(session, to)
    _row(session, key, participant)
    left = Draft("enrolment", (*key, participant), {"state": (EnrolmentState.MOVED.value, to.code)})
    return changes.write(session, [left, *drafts(session, to, [participant])])


def restore(
    session: Session, key: ClassKey, participant: bytes, state: EnrolmentState | None, moved_to: str | None
) -> int:
    """Bring back how somebody stood towards the class; None: not at all, as before they were ever put in it.

    The place stays theirs. Returns how many changes that took. NotFound("participant-not-enrolled").
    """
    _row(session, key, participant)
    groups: dict[str, tuple[Plain, ...]] = {LIFE.name: (state is None,)}
    if state is not None:
        groups["state"] = (state.value, moved_to)
    return changes.write(session, [Draft("enrolment", (*key, participant), groups)])


def drafts(
    session: Session,
    key: ClassKey,
    participants: Sequence[bytes],
    state: EnrolmentState = EnrolmentState.ENROLLED,
) -> list[Draft]:
    """Enrolments for others who write more along with them; one that was deleted comes back."""
    present = shown(session.connection(), "enrolment", [(*key, p) for p in participants])
    place = _highest_place(session, key)
    made = []
    for participant in participants:
        row = present.get((*key, participant))
        taken = row["place"][0] if row is not None else None
        if taken is None:
            place += 1
        groups: dict[str, tuple[Plain, ...]] = {
            "state": (state.value, None),
            "place": (place if taken is None else taken,),
        }
        if row is not None and row[LIFE.name] == (True,):
            groups[LIFE.name] = (False,)
        made.append(Draft("enrolment", (*key, participant), groups))
    return made


def _row(session: Session, key: ClassKey, participant: bytes) -> None:
    if not shown(session.connection(), "enrolment", [(*key, participant)]):
        raise NotFound("participant-not-enrolled", field="participant", code_of_class=key.code)


def _highest_place(session: Session, key: ClassKey) -> int:
    row = tables.Enrolment
    query = select(func.max(row.place)).where(row.centre == key.centre, row.class_code == key.code)
    return session.scalar(query) or 0
