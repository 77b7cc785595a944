"""The classes that one participant is or was in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.enrolment import EnrolmentState
from app.domain.ids import CentreCode, ClassCode
from app.domain.keys import ClassKey
from app.storage import tables

LIMIT = 100


@dataclass(frozen=True, slots=True)
class Participation:
    """A class, and how somebody stands towards it."""

    key: ClassKey
    title: str
    intake: str
    first_day: date | None
    last_day: date | None
    state: EnrolmentState
    moved_to: str | None


def of(session: Session, participant: bytes) -> list[Participation]:
    """The latest class first."""
    row, group = tables.Enrolment, tables.TrainingClass
    query = (
        select(
            row.centre, row.class_code, row.state, row.moved_to, group.title, group.intake, group.first_day,
            group.last_day,
        )
        .outerjoin(group, (group.centre == row.centre) & (group.code == row.class_code))
        .where(row.participant == participant, row.gone.is_not(True))
        .order_by(group.first_day.desc(), row.class_code)
        .limit(LIMIT)
    )  # fmt: skip
    return [
        Participation(
            key=ClassKey(CentreCode(found.centre), ClassCode(found.class_code)),
            title=found.title or found.class_code,
            intake=found.intake or "",
            first_day=found.first_day,
            last_day=found.last_day,
            state=EnrolmentState(found.state)
            if found.state in list(EnrolmentState)
            else EnrolmentState.APPLIED,
            moved_to=found.moved_to,
        )
        for found in session.execute(query)
    ]
