"""The sessions of a class one by one: added, moved, removed, held, not held for a reason, made up for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from app.actions import changes
from app.actions.classes import planned
from app.domain import calendar
from app.domain.attendance import SessionState
from app.domain.ids import SessionNumber
from app.domain.keys import ClassKey
from app.domain.text import LONGEST_REMARK, one_line, optional_line
from app.domain.timetable import SessionPlan
from app.errors import Refused
from app.queries import classes, holidays
from app.storage.journal import Draft


def add(
    session: Session, key: ClassKey, plans: Sequence[SessionPlan], reason: str | None = None
) -> tuple[SessionNumber, ...]:
    """Plan further sessions beside those there are; returns their numbers, in the order of `plans`.

    Raises those of `SessionPlan.checked`, Refused("session-on-holiday") without a `reason` for a holiday,
    NotFound("class-unknown").
    """
    classes.head(session, key)
    said = _reasoned(session, [plan.day for plan in plans], reason)
    first = classes.next_number(session, key)
    drafts = []
    for at, plan in enumerate(plans):
        draft = planned(key, SessionNumber(first + at), plan.checked(), None)
        drafts.append(Draft("session", draft.key, draft.groups, said))
    changes.write(session, drafts)
    return tuple(SessionNumber(first + at) for at in range(len(plans)))


def move(
    session: Session, key: ClassKey, number: int, plan: SessionPlan, reason: str | None = None
) -> SessionNumber:
    """Give a session this plan; one that is no longer ahead may only get another topic and module.

    Raises as `add`, Refused("session-held"), NotFound("session-unknown").
    """
    old = classes.session_numbered(session, key, number)
    said = _reasoned(session, [plan.day] if plan.day != old.day else [], reason)
    draft = planned(key, old.number, plan.checked(), old)
    changes.write(session, [Draft("session", draft.key, draft.groups, said)])
    return old.number


def remove(session: Session, key: ClassKey, numbers: Sequence[int]) -> None:
    """Take sessions out of the plan; Refused("session-held") for one that was held or did not happen, that
    somebody was marked in, or that another one makes up for."""
    rows = {row.number: row for row in classes.sessions(session, key)}
    going = set(numbers)
    made_up = {row.make_up_of for row in rows.values() if row.number not in going}
    drafts = []
    for number in numbers:
        row = rows.get(SessionNumber(number)) or classes.session_numbered(session, key, number)
        if row.state is not SessionState.PLANNED or row.marks or row.drafts or row.number in made_up:
            raise Refused("session-held", field="session", number=number)
        drafts.append(Draft("session", (*key, number), {"gone": (True,)}))
    changes.write(session, drafts)


def bring_back(session: Session, key: ClassKey, numbers: Sequence[int]) -> None:
    """Put removed sessions back into the plan as they were."""
    changes.write(session, [Draft("session", (*key, number), {"gone": (False,)}) for number in numbers])


def hold(session: Session, key: ClassKey, number: int) -> SessionNumber:
    """Say that the session was held; finalising its roll call does the same."""
    return _become(session, key, number, SessionState.HELD, None)


def did_not_happen(session: Session, key: ClassKey, number: int, reason: str) -> SessionNumber:
    """Say that the session did not happen; marks it may have count for nobody. The reason is kept."""
    said = one_line(reason, "reason", LONGEST_REMARK)
    return _become(session, key, number, SessionState.NOT_HELD, said)


def plan_again(session: Session, key: ClassKey, number: int) -> SessionNumber:
    """Take back that a session was held or did not happen; Refused("session-has-marks") once it has any."""
    if classes.session_numbered(session, key, number).marks:
        raise Refused("session-has-marks", field="session", number=number)
    return _become(session, key, number, SessionState.PLANNED, None)


def happened(session: Session, key: ClassKey, number: int) -> SessionNumber:
    """Take back that a session did not happen: held where it has marks, else planned again."""
    marks = classes.session_numbered(session, key, number).marks
    return _become(session, key, number, SessionState.HELD if marks else SessionState.PLANNED, None)


def make_up(
    session: Session, key: ClassKey, number: int, plan: SessionPlan, reason: str | None = None
) -> SessionNumber:
    """Plan a session in place of another one; returns its number. Present at either is present.

    Raises as `add`.
    """
    classes.session_numbered(session, key, number)
    said = _reasoned(session, [plan.day], reason)
    made = classes.next_number(session, key)
    draft = planned(key, made, plan.checked(), None)
    groups = {**draft.groups, "make_up": (number,)}
    changes.write(session, [Draft("session", draft.key, groups, said)])
    return made


def held(key: ClassKey, number: int) -> Draft:
    """That the session was held, as a draft for others who write more along with it."""
    return Draft("session", (*key, number), {"held": (SessionState.HELD.value, None)})


def _become(
    session: Session, key: ClassKey, number: int, state: SessionState, reason: str | None
) -> SessionNumber:
    classes.session_numbered(session, key, number)
    changes.write(session, [Draft("session", (*key, number), {"held": (state.value, reason)}, reason)])
    return SessionNumber(number)


def _reasoned(session: Session, days: Sequence[date], reason: str | None) -> str | None:
    """The reason in one line; a session may be held on a holiday, but only for one that is said."""
    said = optional_line(reason, "reason", LONGEST_REMARK)
    if said is None:
        closed = holidays.overrides(session)
        for day in days:
            if (name := calendar.holiday(day, closed)) is not None:
                raise Refused("session-on-holiday", field="reason", day=day, holiday=name)
    return said
