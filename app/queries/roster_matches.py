"""Who of a roster is known already: by their NIK, in a class, and in others at the same time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.enrolment import EnrolmentState
from app.domain.ids import ClassCode, ParticipantId
from app.domain.keys import ClassKey
from app.queries import classes
from app.storage import bulk, tables
from app.storage.present import Shown, shown

GONE = (True,)


def holders(session: Session, numbers: Iterable[str]) -> dict[str, ParticipantId]:
    """Who has which of these NIKs: also somebody in whose id it is not, since it was filled in later."""
    row = tables.Participant
    query = select(row.nik, row.id).where(row.gone.is_not(True))
    found: dict[str, ParticipantId] = {}
    for part in bulk.slices(sorted(set(numbers))):
        found |= {
            number: ParticipantId(who)
            for number, who in session.execute(query.where(row.nik.in_(part)).order_by(row.id))
            if number is not None
        }
    return found


def members(session: Session, key: ClassKey, ids: Sequence[bytes]) -> dict[bytes, Shown]:
    """How those of them stand towards a class who ever were in it; who was put in by mistake was not."""
    here = shown(session.connection(), "enrolment", [(*key, i) for i in ids])
    found = {i: here[(*key, i)] for i in ids if (*key, i) in here}
    return {i: row for i, row in found.items() if row["gone"] != GONE}


def elsewhere(session: Session, key: ClassKey, ids: Iterable[bytes]) -> dict[bytes, tuple[ClassCode, ...]]:
    """The other classes of the centre whose period meets this one's, of people enrolled there.

    Raises NotFound("class-unknown").
    """
    head = classes.head(session, key)
    row, group = tables.Enrolment, tables.TrainingClass
    query = (
        select(row.participant, row.class_code)
        .join(group, (group.centre == row.centre) & (group.code == row.class_code))
        .where(row.centre == key.centre, row.class_code != key.code, row.gone.is_not(True))
        .where(row.state == EnrolmentState.ENROLLED, group.gone.is_not(True))
        .where(group.first_day <= head.last_day, group.last_day >= head.first_day)
    )
    found: dict[bytes, tuple[ClassCode, ...]] = {}
    for part in bulk.slices(sorted(set(ids))):
        for who, code in session.execute(query.where(row.participant.in_(part)).order_by(row.class_code)):
            found[who] = (*found.get(who, ()), ClassCode(code))
    return found
