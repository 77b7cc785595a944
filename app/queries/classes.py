"""Classes and their sessions, as lists and heads show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.domain.attendance import SessionState
from app.domain.enrolment import EnrolmentState
from app.domain.ids import CentreCode, ClassCode, ProgrammeCode, SessionNumber
from app.domain.keys import ClassKey
from app.errors import NotFound
from app.storage import tables
from app.storage.tables.local import Draft

LIMIT = 500
_CLASS = tables.TrainingClass
_SESSION = tables.Session


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A class in a list, and what stands above its pages.

    `enrolled` counts people, `planned` and `held` sessions; one that did not happen is in neither.
    """

    key: ClassKey
    title: str
    intake: str
    programme: ProgrammeCode
    version: int
    first_day: date | None
    last_day: date | None
    room: str
    instructors: tuple[bytes, ...]
    enrolled: int
    planned: int
    held: int


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session; times in minutes since local midnight. `marks` and `drafts` count people."""

    number: SessionNumber
    day: date | None
    starts: int | None
    ends: int | None
    jp: int
    state: SessionState
    reason: str | None
    make_up_of: int | None
    topic: str | None
    module: str | None
    marks: int = 0
    drafts: int = 0


def listed(session: Session, centre: int | None = None, limit: int = LIMIT) -> list[ClassRow]:
    """Classes, the latest to begin first."""
    query = _heads()
    if centre is not None:
        query = query.where(_CLASS.centre == centre)
    query = query.order_by(_CLASS.first_day.desc(), _CLASS.centre, _CLASS.code).limit(limit)
    return _rows(session, query)


def head(session: Session, key: ClassKey) -> ClassRow:
    """One class; NotFound("class-unknown")."""
    found = _rows(session, _heads().where(_CLASS.centre == key.centre, _CLASS.code == key.code))
    if not found:
        raise NotFound("class-unknown", field="class", code_of_class=key.code)
    return found[0]


def sessions(session: Session, key: ClassKey) -> list[SessionRow]:
    """The sessions of a class, in order of their numbers."""
    marks = _counts(session, tables.Mark, key)
    drafts = _counts(session, Draft, key)
    query = select(
        _SESSION.number, _SESSION.day, _SESSION.starts, _SESSION.ends, _SESSION.jp, _SESSION.state,
        _SESSION.reason, _SESSION.make_up_of, _SESSION.topic, _SESSION.module,
    )  # fmt: skip
    query = query.where(_SESSION.centre == key.centre, _SESSION.class_code == key.code)
    query = query.where(_SESSION.gone.is_not(True))
    return [
        SessionRow(
            number=SessionNumber(row.number),
            day=row.day,
            starts=row.starts,
            ends=row.ends,
            jp=row.jp or 0,
            state=state_named(row.state),
            reason=row.reason,
            make_up_of=row.make_up_of,
            topic=row.topic,
            module=row.module,
            marks=marks.get(row.number, 0),
            drafts=drafts.get(row.number, 0),
        )
        for row in session.execute(query.order_by(_SESSION.number).limit(LIMIT))
    ]


def session_numbered(session: Session, key: ClassKey, number: int) -> SessionRow:
    """One session; NotFound("session-unknown")."""
    for row in sessions(session, key):
        if row.number == number:
            return row
    raise NotFound("session-unknown", field="session", code_of_class=key.code, number=number)


def next_number(session: Session, key: ClassKey) -> SessionNumber:
    """The first number never used in the class: the marks of a removed session must not meet a new one."""
    used = select(func.max(_SESSION.number)).where(
        _SESSION.centre == key.centre, _SESSION.class_code == key.code
    )
    return SessionNumber((session.scalar(used) or 0) + 1)


def state_named(text: str | None) -> SessionState:
    """A session's state; what this version doesn't know, and a session without one, counts as planned."""
    return SessionState(text) if text in list(SessionState) else SessionState.PLANNED


def _heads() -> Select[tuple[object, ...]]:
    """Classes with what is counted of them, each number by a lookup of its own."""
    enrolment = tables.Enrolment
    enrolled = (
        select(func.count())
        .where(enrolment.centre == _CLASS.centre, enrolment.class_code == _CLASS.code)
        .where(enrolment.state == EnrolmentState.ENROLLED, enrolment.gone.is_not(True))
        .scalar_subquery()
    )
    of_class = (
        select(func.count())
        .where(_SESSION.centre == _CLASS.centre, _SESSION.class_code == _CLASS.code)
        .where(_SESSION.gone.is_not(True))
    )
    planned = of_class.where(func.coalesce(_SESSION.state, "") != SessionState.NOT_HELD).scalar_subquery()
    held = of_class.where(_SESSION.state == SessionState.HELD).scalar_subquery()
    columns: Sequence[object] = (
        _CLASS.centre, _CLASS.code, _CLASS.title, _CLASS.intake, _CLASS.programme,
        _CLASS.programme_version, _CLASS.first_day, _CLASS.last_day, _CLASS.room, _CLASS.instructors,
        enrolled.label("enrolled"), planned.label("planned"), held.label("held"),
    )  # fmt: skip
    return select(*columns).where(_CLASS.gone.is_not(True))  # type: ignore[call-overload, no-any-return]  # more columns than its overloads count


def _rows(session: Session, query: Select[tuple[object, ...]]) -> list[ClassRow]:
    return [
        ClassRow(
            key=ClassKey(CentreCode(row.centre), ClassCode(row.code)),
            title=row.title or row.code,
            intake=row.intake or "",
            programme=ProgrammeCode(row.programme or ""),
            version=row.programme_version or 0,
            first_day=row.first_day,
            last_day=row.last_day,
            room=row.room or "",
            instructors=row.instructors or (),
            enrolled=row.enrolled,
            planned=row.planned,
            held=row.held,
        )
        for row in session.execute(query)
    ]


def _counts(session: Session, of: type[tables.Mark] | type[Draft], key: ClassKey) -> dict[int, int]:
    query = select(of.number, func.count()).where(of.centre == key.centre, of.class_code == key.code)
    found = session.execute(query.where(of.status.is_not(None)).group_by(of.number))
    return {number: count for number, count in found}
