"""What a roll call needs besides its lines: its class and module, what its marks bring about, whose cards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.attendance import Allowance, SessionState, Status, allowance
from app.domain.ids import ParticipantId, SessionNumber
from app.domain.keys import ClassKey
from app.domain.marks import MarkEntry
from app.queries import attendance, classes, history, programmes, settings
from app.queries.attendance import RollCall
from app.queries.classes import ClassRow
from app.queries.history import HistoryLine
from app.storage import tables

LATE_AFTER = "late-after-minutes"
"""The setting that says how long after its beginning a session still lets people be present, in minutes."""

_LATE_AFTER_USUAL = 15


@dataclass(frozen=True, slots=True)
class Opened:
    """A roll call with what stands above it. `minimum` attendance in hundredths of a percent; `late_after`
    in minutes after the session's beginning; `module` is its title, empty where the plan names none.
    """

    head: ClassRow
    call: RollCall
    module: str
    minimum: int
    late_after: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a mark brings about: how often this person has had it now, and what may still be missed."""

    times: int
    allowance: Allowance


def opened(session: Session, key: ClassKey, number: int) -> Opened:
    """The roll call of a session; NotFound("class-unknown"), ("session-unknown")."""
    head = classes.head(session, key)
    call = attendance.roll_call(session, key, number)
    programme = programmes.programme(session, head.programme, head.version)
    module = programme.module(call.session.module or "")
    late = settings.get(session, LATE_AFTER, _LATE_AFTER_USUAL)
    return Opened(
        head=head,
        call=call,
        module="" if module is None else module.title,
        minimum=programme.rule.min_attendance,
        late_after=late if isinstance(late, int) else _LATE_AFTER_USUAL,
    )


def outlooks(
    session: Session, key: ClassKey, number: int, marks: Mapping[ParticipantId, Status]
) -> dict[ParticipantId, Outlook]:
    """How these people would stand once the session is held with these marks."""
    stands = attendance.rule(session, key)
    there = attendance.matrix(session, key)
    held = [s.number for s in there.sessions if s.state is SessionState.HELD or s.number == number]
    after = replace(
        there,
        sessions=tuple(
            replace(s, state=SessionState.HELD) if s.number == number else s for s in there.sessions
        ),
        marks={
            who: {**there.marks.get(who, {}), SessionNumber(number): MarkEntry(status)}
            for who, status in marks.items()
        },
    )
    return {
        who: Outlook(
            sum(after.status(who, n) is status for n in held),
            allowance(after.tally(who, stands.policy), stands.min_attendance),
        )
        for who, status in marks.items()
    }


def name_of(session: Session, participant: bytes) -> str:
    """The name of a participant this database knows, in whatever class; empty for nobody."""
    row = tables.Participant
    return session.scalar(select(row.name).where(row.id == participant, row.gone.is_not(True))) or ""


def earlier(session: Session, key: ClassKey, number: int, participant: bytes) -> list[HistoryLine]:
    """How a person's mark in a session came to be what it is, the newest first."""
    lines = history.of_row(session, "mark", (*key, number, participant))
    return [line for line in lines if line.group == "mark"]
