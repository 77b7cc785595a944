"""Opening a class, editing its head, and planning its sessions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from app.actions import changes
from app.domain.attendance import SessionState
from app.domain.ids import SessionNumber, class_code
from app.domain.keys import ClassKey
from app.domain.text import one_line, optional_line
from app.domain.timetable import SessionPlan
from app.errors import NotFound, Refused
from app.queries import classes, programmes, rosters
from app.queries.classes import SessionRow
from app.storage.journal import Draft, Plain


def create(
    session: Session,
    *,
    code: str,
    title: str,
    programme: str,
    version: int,
    first_day: date,
    last_day: date,
    intake: str = "",
    room: str = "",
    instructors: Sequence[bytes] = (),
) -> ClassKey:
    """Open a class of this centre; it keeps the programme's version for good.

    Raises Refused("class-code-invalid"), ("class-exists"), ("period-invalid"), those of
    `text.one_line`, NotFound("programme-unknown").
    """
    key = ClassKey(changes.centre(session), class_code(code))
    if _there(session, key):
        raise Refused("class-exists", field="code", code_of_class=key.code)
    programmes.programme(session, programme, version)
    groups = _head(title, intake, first_day, last_day, room, instructors)
    groups |= {"gone": (False,), "programme": (programme, version)}
    changes.write(session, [Draft("training_class", key, groups)])
    return key


def edit(
    session: Session,
    key: ClassKey,
    *,
    title: str,
    first_day: date,
    last_day: date,
    intake: str = "",
    room: str = "",
    instructors: Sequence[bytes] = (),
) -> ClassKey:
    """Give the head of a class these values; raises as `create`, and NotFound("class-unknown")."""
    classes.head(session, key)
    changes.write(
        session,
        [Draft("training_class", key, _head(title, intake, first_day, last_day, room, instructors))],
    )
    return key


def remove(session: Session, key: ClassKey) -> None:
    """Take back that a class was opened, while nothing is in it; Refused("class-not-empty") once there is.

    Its code is free again: whoever opens a class by it brings this one back.
    """
    classes.head(session, key)
    if classes.sessions(session, key) or rosters.enrolled(session, key, None):
        raise Refused("class-not-empty", field="code", code_of_class=key.code)
    changes.write(session, [Draft("training_class", key, {"gone": (True,)})])


def schedule(session: Session, key: ClassKey, plan: Sequence[SessionPlan]) -> tuple[SessionNumber, ...]:
    """Make these the sessions of the class, in this order; returns their numbers.

    The first plan belongs to the first session there is (make-ups stand outside), and so on; further ones
    get new numbers, sessions left over are removed. Raises Refused("session-held") where that would
    change the plan of a session that was held or did not happen, and NotFound("class-unknown").
    """
    classes.head(session, key)
    rows = classes.sessions(session, key)
    regular = [row for row in rows if row.make_up_of is None]
    numbers = _numbers(session, key, regular, len(plan))
    old = {row.number: row for row in regular}
    drafts = [
        planned(key, number, wanted.checked(), old.get(number))
        for number, wanted in zip(numbers, plan, strict=True)
    ]
    drafts += [_removed(key, row) for row in regular[len(plan) :]]
    changes.write(session, drafts)
    return numbers


def planned(key: ClassKey, number: SessionNumber, plan: SessionPlan, old: SessionRow | None) -> Draft:
    """The plan of a session as a draft; Refused("session-held") for one that is no longer ahead."""
    if old is not None and old.state is not SessionState.PLANNED and _differs(old, plan):
        raise Refused("session-held", field="session", number=number)
    groups: dict[str, tuple[Plain, ...]] = {
        "plan": (plan.day, plan.starts, plan.ends, plan.jp),
        "topic": (plan.topic, plan.module),
    }
    if old is None:
        # Its state is not written: a session that nobody spoke of is planned, and another laptop that
        # planned the same one must not stand against the first that holds it.
        groups |= {"gone": (False,)}
    return Draft("session", (*key, number), groups)


def _there(session: Session, key: ClassKey) -> bool:
    try:
        classes.head(session, key)
    except NotFound:
        return False
    return True


def _head(
    title: str, intake: str, first_day: date, last_day: date, room: str, instructors: Sequence[bytes]
) -> dict[str, tuple[Plain, ...]]:
    if last_day < first_day:
        raise Refused("period-invalid", field="last_day")
    return {
        "title": (one_line(title, "title"), optional_line(intake, "intake") or ""),
        "period": (first_day, last_day),
        "room": (optional_line(room, "room"),),
        "instructors": (tuple(instructors),),
    }


def _numbers(
    session: Session, key: ClassKey, regular: Sequence[SessionRow], count: int
) -> tuple[SessionNumber, ...]:
    kept = [row.number for row in regular[:count]]
    first = classes.next_number(session, key)
    return (*kept, *(SessionNumber(first + n) for n in range(count - len(kept))))


def _removed(key: ClassKey, row: SessionRow) -> Draft:
    if row.state is not SessionState.PLANNED or row.marks or row.drafts:
        raise Refused("session-held", field="session", number=row.number)
    return Draft("session", (*key, row.number), {"gone": (True,)})


def _differs(old: SessionRow, plan: SessionPlan) -> bool:
    return (old.day, old.starts, old.ends, old.jp) != (plan.day, plan.starts, plan.ends, plan.jp)
