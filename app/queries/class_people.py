"""Who is in a class, as its page of participants shows them: state, attendance so far, consent, places."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.attendance import Policy, Tally
from app.domain.enrolment import EnrolmentState
from app.domain.keys import ClassKey
from app.errors import NotFound
from app.queries import attendance, classes, participants_board
from app.queries.classes import ClassRow
from app.queries.participants_board import Agreed
from app.queries.rosters import EnrolmentRow
from app.storage import tables


@dataclass(frozen=True, slots=True)
class ClassPerson:
    """Somebody who is or was in the class; `tally` counts the sessions so far."""

    row: EnrolmentRow
    tally: Tally
    agreed: Agreed


@dataclass(frozen=True, slots=True)
class ClassPeople:
    """The class and everybody who ever was in it. `quota` is how many people headquarters gives the centre,
    None where it says nothing; `taken` how many are enrolled in any of its classes. `others` are classes one
    may move to: of the same centre, not over yet."""

    head: ClassRow
    people: tuple[ClassPerson, ...]
    quota: int | None
    taken: int
    others: tuple[ClassRow, ...]

    def at(self, state: EnrolmentState) -> list[ClassPerson]:
        """Those in this state, by place."""
        return [person for person in self.people if person.row.state is state]


def of(session: Session, key: ClassKey, today: date) -> ClassPeople:
    """The people of a class; NotFound("class-unknown")."""
    head = classes.head(session, key)
    try:
        policy = attendance.rule(session, key).policy
    except NotFound:  # its programme has not come here yet: counted as most programmes count
        policy = Policy()
    marks = attendance.matrix(session, key, None)
    agreed = participants_board.consents_of(session, [row.participant for row in marks.people])
    people = tuple(
        ClassPerson(row, marks.tally(row.participant, policy), agreed.get(row.participant, Agreed.MISSING))
        for row in marks.people
    )
    others = tuple(
        other
        for other in classes.listed(session, key.centre)
        if other.key != key and (other.last_day is None or other.last_day >= today)
    )
    return ClassPeople(head, people, _quota(session, key), _taken(session, key), others)


def _quota(session: Session, key: ClassKey) -> int | None:
    row = tables.Centre
    return session.scalar(select(row.quota).where(row.code == key.centre, row.gone.is_not(True)))


def _taken(session: Session, key: ClassKey) -> int:
    row = tables.Enrolment
    query = select(func.count(func.distinct(row.participant)))
    query = query.where(row.centre == key.centre, row.state == EnrolmentState.ENROLLED)
    return session.scalar(query.where(row.gone.is_not(True))) or 0
