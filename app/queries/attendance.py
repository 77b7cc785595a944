"""Attendance of a class: who was there when, how each person stands, and what a roll call shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.attendance import (
    Allowance,
    Policy,
    SessionState,
    Sitting,
    Status,
    Tally,
    allowance,
    settle,
    tally,
)
from app.domain.enrolment import EnrolmentState
from app.domain.ids import ParticipantId, SessionNumber
from app.domain.keys import ClassKey
from app.domain.marks import MarkEntry
from app.domain.programme import Rule
from app.journal.change import Ref
from app.queries import classes, heads, programmes, rosters
from app.queries.classes import SessionRow
from app.queries.rosters import ENROLLED, EnrolmentRow
from app.storage import tables
from app.storage.tables import local

LAST = 5
"""So many sessions before this one stand beside a name in the roll call."""


@dataclass(frozen=True, slots=True)
class AttendanceMatrix:
    """People, sessions, and the marks there are by person and number of the session."""

    key: ClassKey
    sessions: tuple[SessionRow, ...]
    people: tuple[EnrolmentRow, ...]
    marks: Mapping[ParticipantId, Mapping[SessionNumber, MarkEntry]]

    def status(self, participant: ParticipantId, number: SessionNumber) -> Status | None:
        """The status there, None without a mark."""
        found = self.marks.get(participant, {}).get(number)
        return None if found is None else found.status

    def tally(self, participant: ParticipantId, policy: Policy) -> Tally:
        """One person's sessions, counted; a session and its make-ups count once."""
        sittings = [
            Sitting(s.number, s.state, self.status(participant, s.number), s.make_up_of)
            for s in self.sessions
        ]
        marks, planned = settle(sittings, policy)
        return tally(marks, policy, planned)


@dataclass(frozen=True, slots=True)
class RollCallLine:
    """One person in a roll call.

    `stored` is the mark on record, `draft` what was keyed in since. `last` are the marks of the sessions held
    before, the latest last; `allowance` says how many sessions may still be missed, by what is on record.
    `seen` are the heads behind `stored`, to be handed to `finalise`.
    """

    person: EnrolmentRow
    stored: MarkEntry | None
    draft: MarkEntry | None
    last: tuple[Status | None, ...]
    allowance: Allowance
    seen: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class RollCall:
    """A session and everybody enrolled, in the order of their places."""

    session: SessionRow
    lines: tuple[RollCallLine, ...]


def matrix(
    session: Session, key: ClassKey, states: Collection[EnrolmentState] | None = ENROLLED
) -> AttendanceMatrix:
    """The attendance of a class; `states` as `rosters.enrolled` takes them."""
    row = tables.Mark
    query = select(row.participant, row.number, row.status, row.arrival, row.remark)
    query = query.where(row.centre == key.centre, row.class_code == key.code, row.gone.is_not(True))
    marks: dict[ParticipantId, dict[SessionNumber, MarkEntry]] = defaultdict(dict)
    for participant, number, status, arrival, remark in session.execute(query):
        if status in _STATUSES:
            entry = MarkEntry(_STATUSES[status], arrival, remark)
            marks[ParticipantId(participant)][SessionNumber(number)] = entry
    sessions = tuple(classes.sessions(session, key))
    return AttendanceMatrix(key, sessions, tuple(rosters.enrolled(session, key, states)), marks)


def tallies(session: Session, key: ClassKey) -> dict[ParticipantId, Tally]:
    """Everybody enrolled, counted by the rule of the class's programme."""
    policy = rule(session, key).policy
    found = matrix(session, key)
    return {p.participant: found.tally(p.participant, policy) for p in found.people}


def drafts(session: Session, key: ClassKey, number: int) -> dict[ParticipantId, MarkEntry]:
    """The marks keyed in for a session and not finalised, on this machine."""
    row = local.Draft
    query = select(row.participant, row.status, row.arrival, row.remark)
    query = query.where(row.centre == key.centre, row.class_code == key.code, row.number == number)
    return {
        ParticipantId(who): MarkEntry(_STATUSES[status], arrival, remark)
        for who, status, arrival, remark in session.execute(query.order_by(row.wall, row.participant))
        if status in _STATUSES
    }


def roll_call(session: Session, key: ClassKey, number: int) -> RollCall:
    """What the roll call of a session shows; NotFound("session-unknown")."""
    here = classes.session_numbered(session, key, number)
    found = matrix(session, key)
    stands = rule(session, key)
    keyed = drafts(session, key, number)
    before = [s.number for s in found.sessions if s.state is SessionState.HELD and s.number < number][-LAST:]
    keys = [(*key, number, p.participant) for p in found.people]
    seen = heads.seen(session, "mark", keys)
    lines = tuple(
        RollCallLine(
            person=p,
            stored=found.marks.get(p.participant, {}).get(here.number),
            draft=keyed.get(p.participant),
            last=tuple(found.status(p.participant, n) for n in before),
            allowance=allowance(found.tally(p.participant, stands.policy), stands.min_attendance),
            seen=seen.get(k, ()),
        )
        for p, k in zip(found.people, keys, strict=True)
    )
    return RollCall(here, lines)


def rule(session: Session, key: ClassKey) -> Rule:
    """The rule of the programme version that the class started with."""
    head = classes.head(session, key)
    return programmes.programme(session, head.programme, head.version).rule


_STATUSES: Mapping[str | None, Status] = {status.value: status for status in Status}
