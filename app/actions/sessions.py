"""What became of a session: held, not held for a reason, made up for on another day."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.actions import changes
from app.actions.classes import planned
from app.domain.attendance import SessionState
from app.domain.ids import SessionNumber
from app.domain.keys import ClassKey
from app.domain.text import LONGEST_REMARK, one_line
from app.domain.timetable import SessionPlan
from app.errors import Refused
from app.queries import classes
from app.storage.journal import Draft


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


def make_up(session: Session, key: ClassKey, number: int, plan: SessionPlan) -> SessionNumber:
    """Plan a session in place of another one; returns its number. Present at either is present."""
    classes.session_numbered(session, key, number)
    made = classes.next_number(session, key)
    draft = planned(key, made, plan.checked(), None)
    groups = {**draft.groups, "make_up": (number,)}
    changes.write(session, [Draft("session", draft.key, groups)])
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
